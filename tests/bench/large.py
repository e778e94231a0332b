"""A large online home, on PostgreSQL with fsync on: what its log takes in with group commit, beside the barest table in
the same server; and notes of 300 phones through one instance, beside the floor in the same run."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import psycopg

from core.base.ids import DeskId, EventId, OriginId, new_id
from core.domain.words import Words
from core.session import Session
from core.store.postgres.log import PostgresLog
from core.store.rows import Row as Kept
from core.store.rows import to_row
from core.writer import BATCH
from tests.bench.home import PHONES, QUICK_RATES, RATES, a_home, climbed
from tests.bench.notes import Server, climb, kept, serving
from tests.bench.rows import Row
from tests.bench.workshops import CODE, make_workshop
from tests.core.store.engines import EVERYTHING, InADatabase
from tests.core.workshops import SECONDS
from tests.postgres import READY, ROLE, a_server

EVENTS, QUICK_EVENTS = 40_000, 10_000
APPENDED = 5_000
BARE = "CREATE TABLE bare (n bigint PRIMARY KEY, id text UNIQUE, body text, said text)"
INSERT_BARE = "INSERT INTO bare SELECT * FROM unnest(%b::bigint[], %b::text[], %b::text[], %b::text[])"
"""A number, an id, a body and the words: nothing less keeps an event."""
Said = tuple[list[Kept], list[Words]]


def measure(folder: Path, *, quick: bool = False) -> list[Row]:
    """The rows of the bench."""
    folder = folder / "large-home"
    folder.mkdir()
    with a_server() as server:
        shared = InADatabase(server.address(READY, ROLE))
        with closing(Session.open(make_workshop(folder / "made.sayback"), DeskId(new_id()))) as session:
            shared.parcel = session.parcels.after(0, EVERYTHING)
        with shared.opened() as home:
            home.take(shared.parcel.events, shared.parcel.words).result(SECONDS)
        appended = _appending(shared, server.address(READY), QUICK_EVENTS if quick else EVENTS)
        return [appended, *_intake(folder, shared, quick=quick)]


def _appending(shared: InADatabase, owner: str, events: int) -> Row:
    """Events that are made already, as many in a commit as the writer takes."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(BARE)

        def keep_barely(said: Said) -> None:
            rows, words = said
            columns = [row.seq for row in rows], [row.id for row in rows], [row.body for row in rows]
            connection.execute(INSERT_BARE, (*columns, [each.text for each in words]))

        floor = events / _seconds(_made(shared, events, 0), keep_barely)
    with shared.opened() as home:
        log = home._book.log
        assert isinstance(log, PostgresLog)

        def keep(said: Said) -> None:
            with log.transaction():
                log.insert(*said)

        made = _made(shared, events, log.head())
        ours = events / home._writer.alone(lambda: _seconds(made, keep)).result()
    return Row(
        what=f"large home: {events:,} events appended, {BATCH} a commit", figure=ours, unit="events/s", floor=floor,
        goal=APPENDED, more_is_better=True,
    )  # fmt: skip


def _made(shared: InADatabase, events: int, head: int) -> list[Said]:
    """Notes of a new origin, under the numbers after this one, in batches."""
    like, origin = to_row(shared.parcel.events[-1]), OriginId(new_id())
    rows = [
        like._replace(seq=head + n, id=EventId(new_id()), origin=origin, origin_seq=n, hash=f"{n:064}")
        for n in range(1, events + 1)
    ]
    words = [Words.of(f"note {n} " * 12) for n in range(events)]
    return [(rows[at : at + BATCH], words[at : at + BATCH]) for at in range(0, events, BATCH)]


def _seconds(batches: Sequence[Said], keep: Callable[[Said], None]) -> float:
    began = time.monotonic()
    for each in batches:
        keep(each)
    return time.monotonic() - began


def _intake(folder: Path, shared: InADatabase, *, quick: bool) -> Iterator[Row]:
    rates, seconds = (QUICK_RATES if quick else RATES), 3 if quick else 4
    with serving([sys.executable, "-m", "tests.bench.floor", str(folder / "floor.db")]) as server:
        floor = climb(server, "floor", PHONES, rates, seconds)
    with a_home("--database", shared.address) as (process, people, _desks):
        ours = climb(Server(process, people, CODE), "sayback", PHONES, rates, seconds)
    yield from climbed("large home, one instance", ours, floor)
    with shared.opened() as home:
        copy = home.save_copy(folder / "kept.sayback").result(60)
    yield from kept(copy, PHONES, ours)
