"""Who is let in, for all instances: invitations, the desks that came, and the secrets that the instances share."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psycopg

from core.base.ids import DeskId, WorkshopId
from core.domain.board import EMPTY, Board
from core.domain.bodies import WorkshopMade
from core.domain.events import Event
from core.domain.fold import fold, with_words
from core.store.postgres.database import Database, not_saved
from core.store.postgres.log import ALL, STEADY, TEXTS, Position
from core.store.postgres.parcels import words_of
from core.store.rows import Row, to_event

KNOWN_TO_ALL = "INSERT INTO sayback.secret (name, value) VALUES (%s, %s) ON CONFLICT DO NOTHING"
INVITE = "INSERT INTO sayback.invitation (hash, role, workshop, until, venue) VALUES (%s, %s, %s, %s, %s)"
CLAIM = """
    UPDATE sayback.invitation SET claim = %s WHERE hash = %s AND (claim IS NULL OR claim = %s) RETURNING 1
"""
ADMIT = """
    INSERT INTO sayback.guest (workshop, desk, name, role, token_hash) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (workshop, desk) DO UPDATE SET name = excluded.name, role = excluded.role,
        token_hash = excluded.token_hash
"""
GUESTS = "SELECT desk, name, role, token_hash FROM sayback.guest WHERE workshop = %s"
WITH_CODE = r"""
    SELECT workshop FROM sayback.event WHERE kind = %s AND upper(substring(body FROM '"code":\s*"([^"]*)"')) = upper(%s)
"""
HOW_FAR = """
    SELECT id, last, anew, coalesce((SELECT hash FROM sayback.event e WHERE e.workshop = w.id AND rowid = last), '')
    FROM sayback.workshop w
"""
CHANNEL = "sayback"


class KnownGuest(NamedTuple):
    """A desk that was let in, as it is kept."""

    desk: str
    name: str
    role: str
    token_hash: str


class KnownInvitation(NamedTuple):
    """What an invitation is good for, as it is kept; `until` in milliseconds."""

    role: str
    workshop: str
    until: int
    venue: str = ""


class Ledger:
    """All of it in one database. From any thread; every method raises NotSaved."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def secret(self, name: str, fresh: bytes) -> bytes:
        """What all instances know under this name: this, where nobody was here before."""
        self._database.execute(KNOWN_TO_ALL, (name, fresh))
        return bytes(self._database.execute("SELECT value FROM sayback.secret WHERE name = %s", (name,))[0][0])

    def invite(self, digest: str, invitation: KnownInvitation, now: int) -> None:
        """Keep an invitation, and forget those that are over."""
        self._database.execute("DELETE FROM sayback.invitation WHERE until <= %s", (now,))
        self._database.execute(INVITE, (digest, *invitation))

    def invitation(self, digest: str) -> KnownInvitation | None:
        """The invitation with this hash."""
        query = "SELECT role, workshop, until, venue FROM sayback.invitation WHERE hash = %s"
        found = self._database.execute(query, (digest,))
        return KnownInvitation(*found[0]) if found else None

    def claim(self, digest: str, claim: str) -> bool:
        """Whether this is the first one who comes with it, or the same again."""
        return bool(self._database.execute(CLAIM, (claim, digest, claim)))

    def admit(self, workshop: WorkshopId, guest: KnownGuest) -> None:
        """Let a desk in; an earlier token of it opens nothing any more."""
        self._database.execute(ADMIT, (workshop, *guest))

    def send_away(self, workshop: WorkshopId, desk: DeskId) -> None:
        """From now on its token opens nothing, at any instance."""
        self._database.execute("DELETE FROM sayback.guest WHERE workshop = %s AND desk = %s", (workshop, desk))

    def guests(self, workshop: WorkshopId) -> list[KnownGuest]:
        """The desks that were let in, by name."""
        found = self._database.execute(f"{GUESTS} ORDER BY name, desk", (workshop,))
        return [KnownGuest(*row) for row in found]

    def guest(self, workshop: WorkshopId, token_hash: str) -> KnownGuest | None:
        """Whose token this is."""
        found = self._database.execute(f"{GUESTS} AND token_hash = %s", (workshop, token_hash))
        return KnownGuest(*found[0]) if found else None

    # the workshops that there are

    def make(self, workshop: WorkshopId) -> None:
        """Room for a workshop; does nothing where it is here already."""
        self._database.execute("SELECT sayback.make(%s)", (workshop,))

    def how_far(self) -> dict[WorkshopId, Position]:
        """Every workshop, and how far its log goes."""
        return {WorkshopId(each): Position(*far) for each, *far in self._database.execute(HOW_FAR)}

    def has(self, workshop: WorkshopId) -> bool:
        """Whether this workshop is here."""
        return bool(self._database.execute("SELECT 1 FROM sayback.workshop WHERE id = %s", (workshop,)))

    def with_code(self, code: str) -> WorkshopId | None:
        """Which workshop people find under this join code."""
        found = self._database.execute(WITH_CODE, (WorkshopMade.KIND, code))
        return WorkshopId(found[0][0]) if found else None

    def read(self, workshop: WorkshopId) -> tuple[Board, list[Event]]:
        """A workshop as it is now: its board, and its events in order."""
        with self._database.transaction(STEADY) as connection:
            rows = [Row(*row) for row in connection.execute(ALL, (workshop,))]
            words = [words_of(row) for row in connection.execute(TEXTS, (workshop,))]
        events = [to_event(row) for row in rows if row.seq is not None]
        return fold(with_words(EMPTY, words), events), events


class Ear:
    """Hears, on a connection of its own, that something was written. A hint only: it may miss some."""

    def __init__(self, connection: psycopg.Connection[object]) -> None:
        self._connection = connection

    def wait(self, seconds: float) -> None:
        """Until something was written, at most so long. Raises NotSaved where the database has gone."""
        try:
            for _ in self._connection.notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.Error as error:
            raise not_saved(error) from error


@contextmanager
def opened(address: str) -> Iterator[Ledger]:
    """The ledger of the home in this database, for a command. Raises NoDatabase, WrongDatabase."""
    database = Database(address, connections=1)
    database.open()
    try:
        yield Ledger(database)
    finally:
        database.close()


@contextmanager
def listening(database: Database) -> Iterator[Ear]:
    """Raises NotSaved."""
    try:
        connection = psycopg.connect(**{**database.settings, "autocommit": True})
    except psycopg.Error as error:
        raise not_saved(error) from error
    with connection:
        connection.execute(f"LISTEN {CHANNEL}")
        yield Ear(connection)


def speak_up(database: Database) -> None:
    """Everybody who listens looks once. Raises NotSaved."""
    database.execute(f"NOTIFY {CHANNEL}")
