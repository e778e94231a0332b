"""The outbox of a workshop: NAME.post, one row for each person and round of letters, and the files that were exported.

It holds ids of contributors and how their letters stand, no address and no words of theirs, and outlives the contacts.
Each act is one transaction on disk before it returns: what a crash leaves is what the row says.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from core.base.clock import from_milliseconds, to_milliseconds
from core.base.ids import ContributorId, WorkshopId
from core.base.language import _
from core.domain.delivery import Delivery, Exported, Kind, Round, State, message_of
from core.store.aside import Aside, leave_no_trace
from core.store.files import post_file

TABLES = (
    "CREATE TABLE IF NOT EXISTS round (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, made INTEGER NOT NULL)",
    """
    CREATE TABLE IF NOT EXISTS delivery (
        round INTEGER NOT NULL REFERENCES round, contributor TEXT NOT NULL, message TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL, at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '',
        told TEXT NOT NULL DEFAULT '', collected INTEGER, PRIMARY KEY (round, contributor)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE IF NOT EXISTS exported (path TEXT PRIMARY KEY, what TEXT NOT NULL, at INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)
FILE = Aside(0x53415950, 1, TABLES)
"""'SAYP' marks an SQLite file as an outbox of ours."""
SELECT = "SELECT round, contributor, message, state, at, tries, why, told, collected FROM delivery"
ALL = f"{SELECT} ORDER BY round, contributor"
OF_ROUND = f"{SELECT} WHERE round = ? ORDER BY contributor"
OF_MESSAGE = f"{SELECT} WHERE message = ?"
DROP = "DELETE FROM delivery WHERE round = ? AND contributor = ? AND state IN ('queued', 'refused')"
FORGET = "DELETE FROM delivery WHERE contributor IN (SELECT value FROM json_each(?))"
QUEUE = """
    INSERT INTO delivery (round, contributor, message, state, at) VALUES (?, ?, ?, 'queued', ?)
    ON CONFLICT (round, contributor) DO UPDATE SET state = 'queued', at = excluded.at WHERE state = 'collected'
"""
CLAIM = """
    UPDATE delivery SET state = 'sending', at = ?, told = ?, tries = tries + 1, why = ''
    WHERE round = ? AND contributor = ? AND state = 'queued'
"""
SETTLE = """
    UPDATE delivery SET state = ?, at = ?, why = ?
    WHERE round = ? AND contributor = ? AND state IN (SELECT value FROM json_each(?))
"""
COLLECT = """
    INSERT INTO delivery (round, contributor, message, state, at, collected) VALUES (?, ?, ?, 'collected', ?, ?)
    ON CONFLICT (round, contributor) DO UPDATE SET collected = excluded.collected
"""


class Deliveries:
    """Who was written to. Used by one thread at a time; every method raises NotSaved where the disk refuses."""

    def __init__(self, workshop: Path) -> None:
        self.path = post_file(workshop)

    def begin(self, kind: Kind, at: datetime) -> Round:
        """A new round of letters; nobody is in it yet."""
        with self._open() as connection:
            number = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM round").fetchone()[0]
            connection.execute("INSERT INTO round VALUES (?, ?, ?)", (number, kind.value, to_milliseconds(at)))
        return Round(number=number, kind=kind, made=at)

    def rounds(self) -> list[Round]:
        """All rounds, the oldest first."""
        found = self._read("SELECT number, kind, made FROM round ORDER BY number")
        return [Round(number=n, kind=Kind(kind), made=from_milliseconds(made)) for n, kind, made in found]

    def queue(self, workshop: WorkshopId, number: int, people: Iterable[ContributorId], at: datetime) -> None:
        """Everybody of these waits for their letter of this round; a letter that is in it already stays as it is. Who
        had only read their own page wants a letter, too: they have left an address since."""
        moment = to_milliseconds(at)
        rows = [(number, who, message_of(workshop, number, who), moment) for who in people]
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(QUEUE, rows)
            connection.execute("COMMIT")

    def all(self, number: int | None = None) -> list[Delivery]:
        """All letters, or those of one round, in a steady order."""
        found = self._read(ALL) if number is None else self._read(OF_ROUND, number)
        return [_delivery(row) for row in found]

    def by_message(self, message: str) -> Delivery | None:
        """The letter of this name."""
        found = self._read(OF_MESSAGE, message)
        return _delivery(found[0]) if found else None

    def claim(self, delivery: Delivery, at: datetime, told: str = "") -> bool:
        """Take a letter that waits in hand; it tells all up to this point of the log. False where it does not wait any
        more: somebody else has it."""
        with self._open() as connection:
            values = (to_milliseconds(at), told, delivery.round, delivery.contributor)
            return connection.execute(CLAIM, values).rowcount == 1

    def settle(
        self, delivery: Delivery, state: State, at: datetime, why: str = "",
        of: Collection[State] = (State.SENDING,),
    ) -> bool:  # fmt: skip
        """A letter that stands in one of these states stands so from now on. False where it stood otherwise."""
        values = (state.value, to_milliseconds(at), why, delivery.round, delivery.contributor, json.dumps(list(of)))
        with self._open() as connection:
            return connection.execute(SETTLE, values).rowcount == 1

    def own_up(self, at: datetime) -> int:
        """What was in hand when the program died may have gone or not: a person decides. Returns how many."""
        if not self.path.exists():
            return 0
        with self._open() as connection:
            change = "UPDATE delivery SET state = 'unsure', at = ?, why = 'died' WHERE state = 'sending'"
            return connection.execute(change, (to_milliseconds(at),)).rowcount

    def collect(self, workshop: WorkshopId, contributor: ContributorId, at: datetime) -> None:
        """Somebody has read what came of their notes. Counts once, for the newest round there is; without one there is
        nothing yet to read."""
        newest = self.rounds()[-1:] if self.path.exists() else []
        known = {each.round for each in self.all() if each.contributor == contributor and each.collected}
        for each in (each for each in newest if each.number not in known):
            moment = to_milliseconds(at)
            message = message_of(workshop, each.number, contributor)
            with self._open() as connection:
                connection.execute(COLLECT, (each.number, contributor, message, moment, moment))

    def drop(self, delivery: Delivery) -> None:
        """A letter that waits, waits no more: its address is gone."""
        with self._open() as connection:
            connection.execute(DROP, (delivery.round, delivery.contributor))

    def forget(self, people: Iterable[ContributorId]) -> None:
        """Erased: nothing of them is left in the file."""
        if not self.path.exists():
            return
        with self._open() as connection:
            if connection.execute(FORGET, (json.dumps(list(people)),)).rowcount:
                leave_no_trace(connection)

    def note_exported(self, paths: Iterable[Path], what: str, at: datetime) -> None:
        """These files were written, wherever they may go from there."""
        rows = [(str(path.absolute()), what, to_milliseconds(at)) for path in paths]
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO exported VALUES (?, ?, ?)", rows)
            connection.execute("COMMIT")

    def exported(self) -> list[Exported]:
        """The files that were ever written from this workshop, the oldest first."""
        found = self._read("SELECT path, what, at FROM exported ORDER BY at, path")
        return [Exported(path=path, what=what, at=from_milliseconds(at)) for path, what, at in found]

    def setting(self, name: str) -> str | None:
        """What is remembered under this name."""
        found = self._read("SELECT value FROM setting WHERE name = ?", name)
        return str(found[0][0]) if found else None

    def set(self, name: str, value: str | None) -> None:
        """Remember it; None forgets it."""
        with self._open() as connection:
            if value is None:
                connection.execute("DELETE FROM setting WHERE name = ?", (name,))
            else:
                connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def _read(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        if not self.path.exists():
            return []
        with self._open() as connection:
            return connection.execute(query, values).fetchall()

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return FILE.opened(self.path, _("What became of the letters cannot be kept here: {why}"))


def _delivery(row: tuple[Any, ...]) -> Delivery:
    number, who, message, state, at, tries, why, told, collected = row
    return Delivery(
        round=number, contributor=ContributorId(who), message=message, state=State(state),
        at=from_milliseconds(at), tries=tries, why=why, told=told,
        collected=None if collected is None else from_milliseconds(collected),
    )  # fmt: skip
