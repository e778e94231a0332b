"""Whether the WAL beside a workshop is its own: SQLite takes in any that lies there, and then the file is another one
(sqlite.org/howtocorrupt.html, 1.4). The log only grows: what has a number in the file is there with its WAL, too."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from core.base.clock import from_milliseconds
from core.base.errors import NotAWorkshop
from core.base.language import _
from core.store.reading import alone, steady, wal_of
from core.store.rows import DAMAGED


class Content(NamedTuple):
    """Its workshop, the hashes of its events, and of those that have a number: these never leave it."""

    workshops: frozenset[str]
    hashes: frozenset[str]
    numbered: frozenset[str]
    last: datetime | None


def require_own(path: Path) -> None:
    """Raises NotAWorkshop where the WAL beside a workshop that nobody has open is not its own. Changes nothing."""
    if not is_own(path):
        raise NotAWorkshop(said_of_foreign(path), _("Move that file to another folder, then open the workshop again."))


def is_own(path: Path) -> bool:
    """Whether file and WAL go together; also where the file alone cannot be read, but with its WAL it can."""
    wal = wal_of(path)
    if not wal.exists() or not wal.stat().st_size:
        return True
    before = _content(path, with_wal=False)
    after = _content(path, with_wal=True)
    if before is None or after is None:
        return before is None
    return before.workshops <= after.workshops and before.numbered <= after.hashes


def said_of_foreign(path: Path) -> str:
    """What a person is told of such a WAL: which file it is, and where the workshop ends without it."""
    found = _content(path, with_wal=False)
    last = found.last.astimezone().strftime("%Y-%m-%d %H:%M") if found and found.last else "?"
    return _("The file {name} does not belong to this workshop, whose last event is from {when}.").format(
        name=wal_of(path).name, when=last
    )


def _content(path: Path, *, with_wal: bool) -> Content | None:
    """None where it is damaged: after a crash, a file without its WAL may be."""
    try:
        with closing(steady(path) if with_wal else alone(path)) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                return None
            return _read(connection)
    except DAMAGED:
        return None


def _read(connection: sqlite3.Connection) -> Content:
    rows = connection.execute("SELECT workshop, hash, seq, received_at FROM event").fetchall()
    return Content(
        frozenset(str(row[0]) for row in rows),
        frozenset(str(row[1]) for row in rows),
        frozenset(str(row[1]) for row in rows if row[2] is not None),
        from_milliseconds(max(int(row[3]) for row in rows)) if rows else None,
    )
