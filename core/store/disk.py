"""What SQLite is told about the disk, and what people are told when the disk fails."""

import sqlite3

from core.base.errors import DiskFull, NotSaved
from core.base.language import _

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "cache_size = -16000",    # ids lie anywhere in their index: of a large workshop all of it is to be at hand
)
"""faults.md 3.3: at five notes a second anything less than FULL lost every acknowledged note in a power cut."""
READER_WAITS = 2
"""Seconds that what must be gone waits for somebody who just looks at it; notes wait as long (faults.md F10)."""
OF_THE_DISK = frozenset(
    {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
)
"""SQLite's words for a disk that fails, not for a file that is damaged."""


def not_saved(error: sqlite3.Error) -> NotSaved:
    """What a person is told when the disk did not take it."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return DiskFull(
            _("The disk is full, so new notes cannot be kept. Everything thanked so far is safe."),
            _("Empty the recycle bin, or move the workshop to a stick."),
        )
    return NotSaved(
        _("The disk did not take it. Everything thanked so far is safe."),
        _("Look whether the disk is still there, then try again."),
    )
