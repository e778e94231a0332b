"""The contacts of a workshop: NAME.contacts, an SQLite file of its own that only its owner may read.

It is made with the first address, and no copy is made of it: backups, exports, the record and "Save a copy" leave it
out (privacy.md P2).
"""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from core.base.clock import Clock, from_milliseconds, to_milliseconds
from core.base.ids import ContributorId
from core.base.language import _
from core.domain.contact import KEPT_AFTER_WRITING, KEPT_AT_MOST, Consent, Contact, Letter, Way
from core.store.aside import Aside, leave_no_trace
from core.store.files import contacts_file

TABLE = """
    CREATE TABLE IF NOT EXISTS contact (
        contributor TEXT PRIMARY KEY, way TEXT NOT NULL, address TEXT NOT NULL,
        consent INTEGER NOT NULL, language TEXT NOT NULL, at INTEGER NOT NULL, next_event INTEGER NOT NULL,
        record_sent INTEGER, next_event_sent INTEGER
    ) WITHOUT ROWID
"""
FILE = Aside(0x53415943, 1, (TABLE,))
"""'SAYC' marks an SQLite file as contacts of ours."""
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
                leave_no_trace(connection)

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
                leave_no_trace(connection)
            return gone

    def _read(self, query: str, *values: str) -> list[Contact]:
        if not self.path.exists():
            return []
        with self._open() as connection:
            return [_contact(*row) for row in connection.execute(query, values)]

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return FILE.opened(self.path, _("No address can be kept here: {why}"))


def _contact(
    contributor: str, way: str, address: str, version: int, language: str, at: int, next_event: int
) -> Contact:
    consent = Consent(
        version=version, language=language, at=from_milliseconds(at), next_event=bool(next_event)
    )
    return Contact(contributor=ContributorId(contributor), way=Way(way), address=address, consent=consent)
