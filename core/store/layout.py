"""The layout of a file: made for a new one, brought up to date for an older one, of which a copy is made first.

sqlite-utils, which does it, is loaded only then: it takes 50 ms, and nearly every file has the newest layout.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from core.store import backup, seal

WAITING = "CREATE INDEX IF NOT EXISTS idx_event_waiting ON event (kind) WHERE state = 'pending'"
"""What waits for a number is found without reading the whole log."""


def make(connection: sqlite3.Connection) -> None:
    """Make the tables of a new file."""
    from core.store.schema import migrate

    migrate(connection)


def bring_up_to_date(path: Path) -> None:
    """Bring an older file to the newest layout. Raises NotAWorkshop where it cannot be read."""
    if backup.before_migration(path) is None:
        return
    from core.store.schema import migrate_file

    seal.take_off(path)  # before, or a crash in between would look like damage
    migrate_file(path)


def complete(connection: sqlite3.Connection) -> None:
    """What earlier files of the newest layout lack, and older versions need not know. It only makes a look quick: where
    the disk is full, or the file damaged, who writes or reads it next says so."""
    with suppress(sqlite3.Error):
        connection.execute(WAITING)
