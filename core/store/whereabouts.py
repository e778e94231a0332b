"""Whether the file is still where it was opened, and still as we left it (faults.md F13, F14).

A file that was deleted or moved can be written for hours by whoever has it open, and is gone when they close it. So
before each commit one look says whether the name still leads to it, and whether somebody else wrote into it.
"""

import os
from pathlib import Path
from typing import NamedTuple

from core.base.errors import FileGone
from core.base.language import _


class Mark(NamedTuple):
    """What tells one state of a file from another; in WAL only our own commits change the file itself."""

    device: int
    number: int
    size: int
    changed_ns: int


class Whereabouts:
    """Remembers how the file was when we last wrote. Used by the one thread that writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mark = _mark_of(path)

    def remember(self) -> None:
        """We have just written."""
        self._mark = _mark_of(self._path) or self._mark

    def require(self) -> None:
        """Raises FileGone where the name leads elsewhere, or somebody else has written into the file."""
        if os.name == "nt":    # an open file can be neither moved nor replaced there
            return
        now = _mark_of(self._path)
        if now == self._mark:
            return
        if now is None:
            raise FileGone(
                _("The file of this workshop is not in its place any more."),
                _("Put it back where it was, or save a copy elsewhere now. Do not close Sayback before."),
            )
        raise FileGone(
            _("Something else has written over the file of this workshop."),
            _("Save a copy elsewhere now. Do not close Sayback before."),
        )


def _mark_of(path: Path) -> Mark | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return Mark(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
