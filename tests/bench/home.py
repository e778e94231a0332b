"""An online home: notes of 300 phones through it, beside the floor in the same run; and a desk that catches up with a
large workshop, from one where nothing is to be done."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from core.base.ids import ContributorId, DeskId, WorkshopId, new_id
from core.home.shelf import invitations_of
from core.session import Session
from core.store.reader import read_board, read_log
from core.sync.invitations import as_shown
from core.sync.invited import come_in
from core.sync.joining import fill
from core.sync.known import Home
from core.sync.link import Link
from core.sync.roles import Role
from tests.bench.load import milliseconds
from tests.bench.notes import HOUSE, Ladder, Server, climb, kept, serving
from tests.bench.rows import Row
from tests.bench.workshops import CODE, poured
from tests.bench.workshops import fill as fill_with_notes
from tests.bench.workshops import said as one_note
from tests.core.home.draining import alone, come_back
from tests.core.home.large import a_large_home

PHONES = 300
RATES, QUICK_RATES = (100, 500, 1000), (100, 500)
SUSTAINED = 500
EVENTS, QUICK_EVENTS = 100_000, 10_000
CATCH_UP_SECONDS, OPEN_SECONDS = 5.0, 3.0
"""For a hundred thousand notes, an event each; the goals of a smaller run are as much smaller."""
TIMES_THE_BAREST = 6.0
"""A machine that is busy makes both slower: a ratio that grows is ours."""
VENUES, OFFLINE, QUICK_OFFLINE, LIVE = 4, 2_000, 250, 60
DRAIN_SECONDS, LONGEST_SECONDS = 10.0, 120.0
LEAST_SHARE = 0.5
"""However little is to be sent: a standby is to be promoted, and desks wait before they try again."""


def measure(folder: Path, *, quick: bool = False) -> list[Row]:
    """The rows of the bench."""
    return [
        *_intake(folder / "intake", quick=quick), *_catching_up(folder / "large", quick=quick),
        *_venues(folder / "venues", quick=quick), _while_it_suffers(folder / "standby", quick=quick),
    ]  # fmt: skip


def _intake(folder: Path, *, quick: bool) -> Iterator[Row]:
    rates, seconds = (QUICK_RATES if quick else RATES), 3 if quick else 4
    folder.mkdir()
    with serving([sys.executable, "-m", "tests.bench.floor", str(folder / "floor.db")]) as server:
        floor = climb(server, "floor", PHONES, rates, seconds)
    path, _workshop = with_workshop(folder, 0)
    with a_home("--data", folder / "data") as (process, people, _desks):
        ours = climb(Server(process, people, CODE), "sayback", PHONES, rates, seconds)
    yield from climbed("home", ours, floor)
    yield from kept(path, PHONES, ours)


def climbed(what: str, ours: Ladder, floor: Ladder) -> Iterator[Row]:
    """How many notes a second a home takes in, and how soon they are seen, beside the floor."""
    yield Row(
        what=f"{what}, {PHONES} phones: notes sustained (p99 < 1 s)", figure=ours.sustained, unit="notes/s",
        floor=floor.sustained, goal=SUSTAINED, more_is_better=True,
    )  # fmt: skip
    for step in ours.steps:
        beside = floor.at(step.rate)
        yield Row(
            what=f"{what}, {step.rate:,.0f} notes/s: seen, p99", figure=step.p99, unit="ms",
            floor=beside.p99 if beside else None,
        )  # fmt: skip


def _catching_up(folder: Path, *, quick: bool) -> Iterator[Row]:
    events = QUICK_EVENTS if quick else EVENTS
    share = events / EVENTS
    folder.mkdir()
    path, workshop = with_workshop(folder, events)
    floor = barest(path, folder / "barest.db")
    with a_home("--data", folder / "data") as (_process, _people, desks):
        code = as_shown(invitations_of(folder / "data").make(Role.READER, workshop))
        home = come_in(f"http://127.0.0.1:{desks}", code, DeskId(new_id()), "A desk")
        copy = folder / "copy.sayback"
        caught_up = _filled(copy, home)
    began = time.monotonic()
    session = Session.open(copy, DeskId(new_id()))
    opened = time.monotonic() - began
    session.close(60)
    what = f"home, {events:,} events"
    goal = CATCH_UP_SECONDS * share
    yield Row(what=f"{what}: a new desk catches up", figure=caught_up, unit="s", floor=floor, goal=goal)
    yield Row(what=f"{what}: that, over the barest", figure=caught_up / floor, unit="x", goal=TIMES_THE_BAREST)
    yield Row(what=f"{what}: the desk opens it", figure=opened, unit="s", floor=floor, goal=OPEN_SECONDS * share)


def _venues(folder: Path, *, quick: bool) -> Iterator[Row]:
    """Four venues that were without a network, all in one process, come back together; then two of them, live."""
    said = QUICK_OFFLINE if quick else OFFLINE
    folder.mkdir()
    _path, workshop = with_workshop(folder, 0)
    with a_home("--data", folder / "data") as (_process, _people, desks), ExitStack() as held:
        homes = [
            come_in(
                f"http://127.0.0.1:{desks}", as_shown(invitations_of(folder / "data").make(Role.VENUE, workshop)),
                DeskId(new_id()), f"Venue {number}",
            )
            for number in range(VENUES)
        ]  # fmt: skip
        sessions = []
        for number, home in enumerate(homes):
            session = Session.join(folder / f"venue-{number}.sayback", home.workshop, DeskId(new_id()))
            held.callback(session.close, 60)
            fill(session, home)
            fill_with_notes(session, said, random.Random(number))
            sessions.append(session)
        began = time.monotonic()
        for session, home in zip(sessions, homes, strict=True):
            link = Link(session, home)
            link.start()
            held.callback(link.stop)
        wait_for(lambda: len({session.board.seen for session in sessions}) == 1 and not waiting(sessions))
        drained = time.monotonic() - began
        latencies = [live(sessions[0], sessions[1], random.Random(number)) for number in range(LIVE)]
    events = sessions[0].board.events
    goal = DRAIN_SECONDS * said / OFFLINE
    what = f"home, {VENUES} venues, {events:,} events in all: all have all"
    yield Row(what=what, figure=drained, unit="s", goal=goal)
    p99 = milliseconds(latencies, 0.99)
    yield Row(what="home: a note of one venue on the board of another, p99", figure=p99, unit="ms", goal=1000)


def _while_it_suffers(folder: Path, *, quick: bool) -> Row:
    """The same on two instances over PostgreSQL, of which one is killed meanwhile, and the primary, whose synchronous
    standby is promoted. The floor is how long that took, and the barest that moves what one of them has."""
    said = QUICK_OFFLINE if quick else OFFLINE
    folder.mkdir()
    with a_large_home(folder / "home") as online, alone(online, folder, said) as venues:
        drained, without_a_primary = come_back(online, venues)
        file = next(iter(venues)).file
        floor, events = without_a_primary + barest(file, folder / "barest.db"), read_board(file).events
    what = f"large home, {VENUES} venues, {events:,} events in all: all have all, an instance and the primary killed"
    return Row(what=what, figure=drained, unit="s", floor=floor, goal=DRAIN_SECONDS * max(said / OFFLINE, LEAST_SHARE))


def waiting(sessions: Sequence[Session]) -> int:
    """How much is not at the home yet."""
    return sum(session.parcels.count_waiting() for session in sessions)


def live(here: Session, there: Session, chance: random.Random) -> float:
    """Seconds until a note of one venue is on the board of the other."""
    question, there_before = here.board.questions_in_order()[0].id, len(there.board.notes)
    began = time.monotonic()
    here.submit(one_note(here, question, chance, ContributorId(new_id()))).result()
    wait_for(lambda: len(there.board.notes) > there_before)
    return time.monotonic() - began


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it is so."""
    pause, until = threading.Event(), time.monotonic() + LONGEST_SECONDS
    while not condition():
        if time.monotonic() > until:
            raise OSError("what was waited for did not come")
        pause.wait(0.005)


def barest(path: Path, target: Path) -> float:
    """Seconds in which SQLite and JSON alone move the same rows: read, written as JSON, read again, kept."""
    began = time.monotonic()
    rows, words = read_log(path)
    said = json.loads(json.dumps([*map(list, rows), *([each.hash, each.salt.hex(), each.text] for each in words)]))
    with closing(sqlite3.connect(target)) as database, database:
        database.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, said TEXT)")
        database.executemany("INSERT INTO row (said) VALUES (?)", ((json.dumps(each),) for each in said))
    return time.monotonic() - began


def _filled(copy: Path, home: Home) -> float:
    session = Session.join(copy, home.workshop, DeskId(new_id()))
    try:
        began = time.monotonic()
        fill(session, home, 300)
        return time.monotonic() - began
    finally:
        session.close(60)


def with_workshop(folder: Path, events: int) -> tuple[Path, WorkshopId]:
    """A home's folder with one workshop of about so many events in it, all of them notes."""
    made = poured(folder / "made.sayback", events)
    board = read_board(made)
    assert board.workshop is not None
    path = folder / "data" / "workshops" / f"{board.workshop.id}.sayback"
    path.parent.mkdir(parents=True)
    made.rename(path)
    return path, board.workshop.id


@contextmanager
def a_home(way: str, place: Path | str) -> Iterator[tuple[subprocess.Popen[str], int, int]]:
    """A home in a process of its own, ended as people end it: it, and the ports for people and for desks."""
    command = [sys.executable, "main.py", "home", way, str(place), "--port", "0", "--rehearsal"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=HOUSE
    ) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            people, desks = (int(told[name].rpartition(":")[2]) for name in ("people", "desks"))
            yield process, people, desks
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
