"""Events and words as rows of the file (and as the two lists that bundles carry), and back."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from sys import intern
from typing import Any, NamedTuple

from core.base.clock import from_milliseconds, to_milliseconds
from core.base.ids import ActId, DeskId, EventId, OriginId, WordsHash, WorkshopId
from core.domain import codec
from core.domain.events import Event, State
from core.domain.words import Words


class Row(NamedTuple):
    """An event as the file keeps it; the names are the columns of LOG.md. Times in milliseconds since 1970."""

    seq: int | None
    state: str
    id: EventId
    workshop: WorkshopId
    origin: OriginId
    origin_seq: int
    desk: DeskId
    actor: str
    act: ActId
    kind: str
    subject: str
    base: str
    was: str | None
    body: str
    schema: int
    said_at: int
    received_at: int
    hash: str


STATES = {state.value: state for state in State}
COLUMNS = ", ".join(Row._fields)
IN_ORDER = "ORDER BY seq IS NULL, seq, rowid"
"""The one order of the log, the same on every engine."""
NUMBERED = f"SELECT {COLUMNS} FROM event WHERE seq IS NOT NULL ORDER BY seq"  # noqa: S608
PENDING = f"SELECT {COLUMNS} FROM event WHERE seq IS NULL AND state != 'refused' ORDER BY rowid"  # noqa: S608
"""The same order in two parts: each is found in it, and nothing is sorted."""


def to_row(event: Event) -> Row:
    """The row that keeps this event."""
    body, was = codec.write_body(event.body)
    return Row(
        event.seq, event.state.value, event.id, event.workshop, event.origin, event.origin_seq, event.desk,
        event.actor, event.act, codec.kind_of(event.body), event.subject, codec.write_base(event.base), was, body,
        event.schema, to_milliseconds(event.said_at), to_milliseconds(event.received_at), event.hash,
    )  # fmt: skip


DAMAGED = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file raises; the second where even SQLite's message about it is no text."""


def to_event(row: Row) -> Event:
    """The event this row keeps; a kind or value not known here comes as Unknown. Raises sqlite3.DatabaseError where
    the row can be none of ours."""
    try:
        return _to_event(row)
    except (ValueError, KeyError, TypeError, OverflowError, OSError) as error:
        raise sqlite3.DatabaseError("a row of the log is damaged") from error


def _to_event(row: Row) -> Event:
    (
        seq, state, event_id, workshop, origin, origin_seq, desk, actor, act, kind, subject, base, was, body, schema,
        said_at, received_at, digest,
    ) = row    # fmt: skip
    said = from_milliseconds(said_at)
    return Event(
        seq=seq, state=STATES[state], id=event_id, workshop=WorkshopId(intern(workshop)),
        origin=OriginId(intern(origin)), origin_seq=origin_seq, desk=DeskId(intern(desk)), actor=intern(actor), act=act,
        subject=subject, schema=schema, hash=digest, body=codec.read_body(kind, schema, body, was),
        base=codec.read_base(base), said_at=said,
        received_at=said if received_at == said_at else from_milliseconds(received_at),
    )  # fmt: skip


def chain_hash(previous: str, row: Row) -> str:
    """SHA-256(hash of this origin's event before + canonical bytes), as 64 hexadecimal digits. The bytes hold all of
    the event but seq, state, received_at and the words themselves."""
    canonical = codec.canonical([
        row.workshop, row.origin, row.origin_seq, row.id, row.desk, row.actor, row.act, row.kind, row.subject,
        row.base, row.was, row.body, row.schema, row.said_at,
    ])  # fmt: skip
    return hashlib.sha256(previous.encode() + canonical).hexdigest()


def hash_before(origin_seq: int, last: tuple[int, str], ask: Callable[[], Sequence[Any] | None]) -> str | None:
    """The hash that an event's own follows from; None where the event before it is not there. `last` is the last of
    its origin, with its hash: only of an earlier one whatever keeps the log is asked, for a row of one column."""
    if origin_seq == 1:
        return ""
    if origin_seq - 1 >= last[0]:
        return last[1] if origin_seq - 1 == last[0] else None
    found = ask()
    return None if found is None else str(found[0])


def read_events(connection: sqlite3.Connection) -> list[Event]:
    """All events that were not refused, in order."""
    return [to_event(row) for query in (NUMBERED, PENDING) for row in connection.execute(query)]


def read_rows(connection: sqlite3.Connection) -> list[Row]:
    """All events as they are kept, in order, also the refused ones."""
    return [Row(*row) for row in connection.execute(f"SELECT {COLUMNS} FROM event {IN_ORDER}")]  # noqa: S608


def read_texts(connection: sqlite3.Connection) -> dict[WordsHash, str]:
    """All texts that were not erased, by their hashes."""
    return dict(connection.execute("SELECT hash, text FROM words"))


def read_words(connection: sqlite3.Connection) -> list[Words]:
    """All words that were not erased."""
    found = connection.execute("SELECT hash, salt, text FROM words ORDER BY hash")
    return [Words(WordsHash(digest), bytes(salt), text) for digest, salt, text in found]
