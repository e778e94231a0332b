"""Our own faults, written down for us: what broke and where in the code, and no one's words."""

import logging
import platform
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from core.base.settings import log_folder

ROOT = Path(__file__).parents[2]
SIZE_LIMIT = 256 * 1024


def record_fault(fault: BaseException, folder: Path | None = None) -> Path:
    """Add the fault to faults.log and say where that is. Raises OSError where it cannot be written."""
    folder = log_folder() if folder is None else folder
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "faults.log"
    handler = RotatingFileHandler(path, maxBytes=SIZE_LIMIT, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    try:
        handler.handle(logging.LogRecord("sayback", logging.ERROR, "", 0, described(fault), None, None))
    finally:
        handler.close()
    return path


def described(fault: BaseException) -> str:
    """The kinds of error and the places in the code, innermost cause first. Its message is left out:
    it may quote a note (A49)."""
    where = f"Python {platform.python_version()} on {sys.platform}"
    return "\n".join([where, *(line for each in _chain(fault) for line in _one(each))])


def _chain(fault: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = fault
    while following is not None and following not in found:
        found.insert(0, following)
        following = following.__cause__ or following.__context__
    return found


def _one(fault: BaseException) -> list[str]:
    number = f" {fault.errno}" if isinstance(fault, OSError) and fault.errno else ""
    frames = traceback.extract_tb(fault.__traceback__)
    return [
        f"  {type(fault).__module__}.{type(fault).__qualname__}{number}",
        *(f"    {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames),
    ]


def _place(filename: str) -> str:
    """A file by its place in the program or by its last two names: a person's folders are not logged."""
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])
