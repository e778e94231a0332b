"""Whether the file is still where it was opened, and still as we left it (faults.md F13, F14).

A file that was deleted or moved can be written for hours by whoever has it open, and is gone when they close it. So
before each commit one look says whether the name still leads to it. That its time or size is another proves nothing:
SQLite itself writes into it when it tidies, and so do programs that only mark a file as copied. Then, and only then,
what is in the file is compared with what we know.
"""

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

from core.base.errors import FileGone, WorkshopError
from core.base.language import _
from core.store.reader import reading


class Mark(NamedTuple):
    """What tells that a file is another, or may have been written to."""

    device: int
    number: int
    size: int
    changed_ns: int

    @property
    def file(self) -> tuple[int, int]:
        """Which file it is, however it is called."""
        return self.device, self.number


class Whereabouts:
    """Remembers how the file was when it was last seen to be right. Used by the one thread that writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mark = _mark_of(path)

    def remember(self) -> None:
        """We have just written."""
        self._mark = _mark_of(self._path) or self._mark

    def require(self, newest: str) -> None:
        """Raises FileGone where the name leads elsewhere, or whoever opens the file does not find this hash last."""
        if os.name == "nt":    # an open file can be neither moved nor replaced there
            return
        now = _mark_of(self._path)
        if now == self._mark:
            return
        if now is None or (self._mark and now.file != self._mark.file):
            raise FileGone(
                _("The file of this workshop is not in its place any more."),
                _("Put it back where it was, or save a copy elsewhere now. Do not close Sayback before."),
            )
        if not _is_whole(self._path, newest):
            raise FileGone(
                _("Something else has written over the file of this workshop."),
                _("Save a copy elsewhere now. Do not close Sayback before."),
            )
        self._mark = now


def _mark_of(path: Path) -> Mark | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return Mark(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def newest_hash(connection: sqlite3.Connection) -> str:
    """The hash of the event that was written last; empty where there is none."""
    found = connection.execute("SELECT hash FROM event ORDER BY rowid DESC LIMIT 1").fetchone()
    return "" if found is None else str(found[0])


def _is_whole(path: Path, newest: str) -> bool:
    """Whether somebody who opens the file now finds it whole, and with this event last."""
    try:
        with reading(path) as theirs:
            return newest_hash(theirs) == newest and theirs.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except WorkshopError:
        return False
