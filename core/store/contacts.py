"""The contacts of a workshop: NAME.contacts, an SQLite file of its own that only its owner may read.

It is made with the first address, and no copy is made of it: backups, exports, the record and "Save a copy" leave it
out (privacy.md P2). It is opened for each act and closed again, so that nothing of it stays beside it.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from core.base.clock import Clock, from_milliseconds, to_milliseconds
from core.base.errors import NotSaved
from core.base.files import sync_folder
from core.base.ids import ContributorId
from core.base.language import _
from core.domain.contact import KEPT_AFTER_WRITING, KEPT_AT_MOST, Consent, Contact, Letter, Way
from core.store.disk import not_saved
from core.store.files import contacts_file

APPLICATION_ID = 0x53415943
"""'SAYC': marks an SQLite file as contacts of ours."""
VERSION = 1
OWNER_ONLY = 0o600
PRAGMAS = (
    "journal_mode = DELETE",    # no WAL beside it that could outlive an erasure
    "synchronous = FULL",
    "fullfsync = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
)
TABLE = """
    CREATE TABLE IF NOT EXISTS contact (
        contributor TEXT PRIMARY KEY, way TEXT NOT NULL, address TEXT NOT NULL,
        consent INTEGER NOT NULL, language TEXT NOT NULL, at INTEGER NOT NULL, next_event INTEGER NOT NULL,
        record_sent INTEGER, next_event_sent INTEGER
    ) WITHOUT ROWID
"""
KEEP = """
    INSERT INTO contact (contributor, way, address, consent, language, at, next_event) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (contributor) DO UPDATE SET way = excluded.way, address = excluded.address,
        consent = excluded.consent, language = excluded.language, at = excluded.at, next_event = excluded.next_event
"""
SELECT = "SELECT contributor, way, address, consent, language, at, next_event FROM contact"
SENT = {
    Letter.RECORD: "UPDATE contact SET record_sent = ? WHERE contributor = ?",
    Letter.NEXT_EVENT: "UPDATE contact SET next_event_sent = ? WHERE contributor = ?",
}
FORGET = "DELETE FROM contact WHERE contributor IN (SELECT value FROM json_each(?))"
FORGET_OLD = """
    DELETE FROM contact WHERE at <= :longest
        OR (record_sent <= :written AND (NOT next_event OR next_event_sent <= :written))
"""


class Contacts:
    """Who wants to be written to. Used by one thread at a time; every method raises NotSaved where the disk refuses."""

    def __init__(self, workshop: Path) -> None:
        self.path = contacts_file(workshop)

    def keep(self, contact: Contact) -> None:
        """Keep an address; it takes the place of an earlier one of the same person, of which nothing is left."""
        agreed = contact.consent
        row = (
            contact.contributor, contact.way.value, contact.address,
            agreed.version, agreed.language, to_milliseconds(agreed.at), int(agreed.next_event),
        )  # fmt: skip
        with self._open() as connection:
            is_other = connection.execute("SELECT 1 FROM contact WHERE contributor = ?", row[:1]).fetchone()
            connection.execute(KEEP, row)
            if is_other:
                _leave_no_trace(connection)

    def of(self, contributor: ContributorId) -> Contact | None:
        """The address of this person; None where they left none."""
        found = self._read(f"{SELECT} WHERE contributor = ?", contributor)
        return found[0] if found else None

    def all(self) -> list[Contact]:
        """Everybody who wants to be written to, in a steady order."""
        return self._read(f"{SELECT} ORDER BY contributor")

    def forget(self, contributors: Iterable[ContributorId]) -> int:
        """Withdrawn, or erased: nothing of it is left in the file. Returns how many there were."""
        return self._forget(FORGET, (json.dumps(list(contributors)),))

    def letter_sent(self, contributor: ContributorId, letter: Letter, at: datetime) -> None:
        """Remember that somebody was written to; from then on runs the time until their address is erased."""
        if self.path.exists():
            with self._open() as connection:
                connection.execute(SENT[letter], (to_milliseconds(at), contributor))

    def forget_old(self, clock: Clock, kept: timedelta = KEPT_AFTER_WRITING) -> int:
        """Erase the addresses of people who were written to about all they asked for so long ago, and those that have
        been kept for a year (privacy.md P4). Returns how many there were."""
        if not self.path.exists():
            return 0
        now = clock()
        written, longest = to_milliseconds(now - kept), to_milliseconds(now - KEPT_AT_MOST)
        return self._forget(FORGET_OLD, {"written": written, "longest": longest})

    def _forget(self, statement: str, values: tuple[str, ...] | dict[str, int]) -> int:
        if not self.path.exists():
            return 0
        with self._open() as connection:
            gone = connection.execute(statement, values).rowcount
            if gone:
                _leave_no_trace(connection)
            return gone

    def _read(self, query: str, *values: str) -> list[Contact]:
        if not self.path.exists():
            return []
        with self._open() as connection:
            return [_contact(*row) for row in connection.execute(query, values)]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, made at the first use; nobody else may ever read it, not even for a moment."""
        try:
            if not self.path.exists():
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
                sync_folder(self.path.parent)
            with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
                for pragma in PRAGMAS:
                    connection.execute(f"PRAGMA {pragma}")
                _make_once(connection)
                yield connection
        except sqlite3.Error as error:
            raise not_saved(error) from error
        except OSError as error:
            raise NotSaved(
                _("No address can be kept here: {why}").format(why=error.strerror),
                _("Look whether the disk is still there, then try again."),
            ) from error


def _make_once(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        return
    connection.execute(TABLE)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _leave_no_trace(connection: sqlite3.Connection) -> None:
    """What was deleted or written over is in no free page and no slack of the file."""
    connection.execute("VACUUM")


def _contact(
    contributor: str, way: str, address: str, version: int, language: str, at: int, next_event: int
) -> Contact:
    consent = Consent(
        version=version, language=language, at=from_milliseconds(at), next_event=bool(next_event)
    )
    return Contact(contributor=ContributorId(contributor), way=Way(way), address=address, consent=consent)
