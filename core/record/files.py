"""Writing the files of a record: each whole under its name or not there at all."""

import errno
from pathlib import Path

from core.base.errors import DiskFull, NotSaved, WorkshopError
from core.base.files import write_atomically
from core.base.language import _


def save(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Write one file, whole or not at all. Raises DiskFull, NotSaved."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, content, mode)
    except OSError as error:
        raise refused(error) from error


def take_away(target: Path) -> None:
    """Remove one of our files. Raises NotSaved where another program holds it."""
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise refused(error) from error


def refused(error: OSError) -> WorkshopError:
    """What a person is told, and what they can do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        full = _("There is no room left on the disk for the record.")
        return DiskFull(full, _("Make room, or choose another folder."))
    why = _("The record cannot be written here: {why}").format(why=error.strerror)
    return NotSaved(why, _("Close the file if it is open, or choose another folder."))
