"""An online home: notes of 300 phones through it, beside the floor in the same run; and a desk that catches up with a
large workshop, from one where nothing is to be done."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.base.ids import DeskId, WorkshopId, new_id
from core.home.shelf import invitations_of
from core.session import Session
from core.store.reader import read_board, read_log
from core.sync.invitations import as_shown
from core.sync.invited import come_in
from core.sync.joining import fill
from core.sync.known import Home
from core.sync.roles import Role
from tests.bench.notes import HOUSE, Server, climb, kept, serving
from tests.bench.rows import Row
from tests.bench.workshops import CODE, make_workshop

PHONES = 300
RATES, QUICK_RATES = (100, 500, 1000), (100, 500)
SUSTAINED = 500
EVENTS, QUICK_EVENTS = 100_000, 10_000
CATCH_UP_SECONDS, OPEN_SECONDS = 5.0, 3.0
"""For a hundred thousand notes, most of them moved once; the goals of a smaller run are as much smaller."""
TIMES_THE_BAREST = 6.0
"""A machine that is busy makes both slower: a ratio that grows is ours."""


def measure(folder: Path, *, quick: bool = False) -> list[Row]:
    """The rows of the bench."""
    return [*_intake(folder / "intake", quick=quick), *_catching_up(folder / "large", quick=quick)]


def _intake(folder: Path, *, quick: bool) -> Iterator[Row]:
    rates, seconds = (QUICK_RATES if quick else RATES), 3 if quick else 4
    folder.mkdir()
    with serving([sys.executable, "-m", "tests.bench.floor", str(folder / "floor.db")]) as server:
        floor = climb(server, "floor", PHONES, rates, seconds)
    path, _workshop = with_workshop(folder, 0)
    with a_home("--data", folder / "data") as (process, people, _desks):
        ours = climb(Server(process, people, CODE), "sayback", PHONES, rates, seconds)
    yield Row(
        what=f"home, {PHONES} phones: notes sustained (p99 < 1 s)", figure=ours.sustained, unit="notes/s",
        floor=floor.sustained, goal=SUSTAINED, more_is_better=True,
    )  # fmt: skip
    for step in ours.steps:
        beside = floor.at(step.rate)
        yield Row(
            what=f"home, {step.rate:,.0f} notes/s: seen, p99", figure=step.p99, unit="ms",
            floor=beside.p99 if beside else None,
        )  # fmt: skip
    yield from kept(path, PHONES, ours)


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
    Session.open(copy, DeskId(new_id())).close()
    opened = time.monotonic() - began
    what = f"home, {events:,} notes"
    goal = CATCH_UP_SECONDS * share
    yield Row(what=f"{what}: a new desk catches up", figure=caught_up, unit="s", floor=floor, goal=goal)
    yield Row(what=f"{what}: that, over the barest", figure=caught_up / floor, unit="x", goal=TIMES_THE_BAREST)
    yield Row(what=f"{what}: the desk opens it", figure=opened, unit="s", floor=floor, goal=OPEN_SECONDS * share)


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
    """A home's folder with one workshop of about so many events in it."""
    made = make_workshop(folder / "made.sayback", events)
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
