"""The seal: a digest of a workshop file as it was closed, so that damage is noticed even where no row is hurt
(docs/decisions/a-seal-beside-the-file.md)."""

import hashlib
import json
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from core.base.files import sync_folder, write_atomically
from core.store.files import seal_file


class Seal(StrEnum):
    """What the seal says about the file."""

    WHOLE = "whole"
    BROKEN = "broken"
    NONE = "none"


def set_on(path: Path) -> None:
    """Seal a file that was closed in order. On a disk that refuses there is no seal, which harms nothing."""
    try:
        write_atomically(seal_file(path), json.dumps({"sha256": _digest(path), **_place_of(path)}))
    except OSError:
        with suppress(OSError):
            seal_file(path).unlink(missing_ok=True)


def take_off(path: Path) -> None:
    """The file is about to change. On the disk too, or after a power cut the old seal would speak of damage."""
    if seal_file(path).exists():
        seal_file(path).unlink(missing_ok=True)
        sync_folder(path.parent)


def look(path: Path) -> Seal:
    """Whether the file is as it was sealed; NONE while it is open, after a crash, or where it came without."""
    try:
        sealed = json.loads(seal_file(path).read_text("utf-8"))
        return Seal.WHOLE if sealed["sha256"] == _digest(path) else Seal.BROKEN
    except FileNotFoundError:
        return Seal.NONE
    except (ValueError, KeyError, TypeError):
        return Seal.BROKEN


def is_as_left(path: Path) -> bool:
    """Whether this is the very file that was sealed, and nobody has touched it since. False of a copy, of one that was
    put back, also where nothing else could tell, and after a crash."""
    try:
        sealed = json.loads(seal_file(path).read_text("utf-8"))
        return {name: sealed[name] for name in _place_of(path)} == _place_of(path)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _place_of(path: Path) -> dict[str, int]:
    """What no program that copies or puts back files can give to another one: which file it is, and when something of
    it was last changed by the clock of the system."""
    found = path.stat()
    return {"bytes": found.st_size, "inode": found.st_ino, "changed_ns": found.st_ctime_ns}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
