"""Notes from 65, 300 and 1,000 phones through `serve`, beside the floor in the same run."""

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.store.reader import read_board
from tests.bench.load import Figures
from tests.bench.rows import Row
from tests.bench.wire import MARK
from tests.bench.workshops import make_workshop

HOUSE = Path(__file__).parents[2]
Ladders = Mapping[int, tuple[int, ...]]
LADDERS: Ladders = {65: (30, 100, 500, 1000), 300: (30, 100, 500, 1000, 1500), 1000: (100, 500, 1000)}
QUICK: Ladders = {65: (100,), 300: (100, 1000)}
SUSTAINED = {300: 1000, 1000: 500}
LONGEST_SECONDS = 150


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is being measured."""

    process: subprocess.Popen[str]
    port: int
    code: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """What one crowd of phones did with one server, rate by rate."""

    steps: tuple[Figures, ...]
    thanked: frozenset[int]

    def at(self, rate: float) -> Figures | None:
        """The step of this rate; None where it was not reached."""
        return next((step for step in self.steps if step.rate == rate), None)

    @property
    def sustained(self) -> float:
        """The highest rate that was kept up."""
        return max((step.rate for step in self.steps if step.is_sustained), default=0)


def measure(folder: Path, *, quick: bool = False) -> list[Row]:
    """The rows of the bench. Each crowd meets a fresh floor, then a fresh workshop."""
    ladders = QUICK if quick else LADDERS
    return [row for phones, rates in ladders.items() for row in _measure_one(folder, phones, rates, 3 if quick else 4)]


def _measure_one(folder: Path, phones: int, rates: Sequence[int], seconds: float) -> Iterator[Row]:
    with serving([sys.executable, "-m", "tests.bench.floor", str(folder / f"floor-{phones}.db")]) as server:
        floor = climb(server, "floor", phones, rates, seconds)
    path = make_workshop(folder / f"notes-{phones}.sayback")
    command = [sys.executable, "main.py", "serve", str(path), "--rehearsal", "--host", "127.0.0.1", "--port", "0"]
    with serving(command) as server:
        ours = climb(server, "sayback", phones, rates, seconds)
    yield from _rows(phones, ours, floor)
    yield from kept(path, phones, ours)


@contextmanager
def serving(command: Sequence[str]) -> Iterator[Server]:
    """A server in a process of its own, ended as people end it."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=HOUSE
    ) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            yield Server(process, told["port"], told.get("code", ""))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def climb(server: Server, target: str, phones: int, rates: Sequence[int], seconds: float) -> Ladder:
    """Rate after rate until one is too much, from a process of its own."""
    ended = subprocess.run(
        [
            sys.executable, "-m", "tests.bench.load", "--target", target, "--port", str(server.port),
            "--code", server.code, "--phones", str(phones), "--rates", ",".join(map(str, rates)),
            "--seconds", str(seconds), "--server", str(server.process.pid),
        ],
        capture_output=True, text=True, timeout=LONGEST_SECONDS, cwd=HOUSE, check=True,
    )  # fmt: skip
    *steps, last = [json.loads(line) for line in ended.stdout.splitlines()]
    return Ladder(tuple(Figures(**step) for step in steps), frozenset(last["thanked"]))


def _rows(phones: int, ours: Ladder, floor: Ladder) -> Iterator[Row]:
    for step in ours.steps:
        yield from _step_rows(step, floor.at(step.rate))
    yield Row(
        what=f"{phones:,} phones: notes sustained (p99 < 1 s)", figure=ours.sustained, unit="notes/s",
        floor=floor.sustained, goal=SUSTAINED.get(phones), more_is_better=True,
    )  # fmt: skip
    memory, beside = ours.steps[-1].server_mb, floor.steps[-1].server_mb
    yield Row(what=f"{phones:,} phones: server's memory", figure=memory, unit="MB", floor=beside)


def _step_rows(step: Figures, floor: Figures | None) -> Iterator[Row]:
    name = f"{step.phones:,} phones, {step.rate:,.0f} notes/s"
    asked = step.phones == 65 and step.rate == 100
    p50, p99, cpu = (floor.p50, floor.p99, floor.server_ms) if floor else (None, None, None)
    yield Row(what=f"{name}: seen, p50", figure=step.p50, unit="ms", floor=p50)
    yield Row(what=f"{name}: seen, p99", figure=step.p99, unit="ms", floor=p99, goal=50 if asked else None)
    if asked and p99:
        yield Row(what=f"{name}: p99 over the floor's", figure=step.p99 / p99, unit="x", goal=3)
    yield Row(what=f"{name}: server's work for a note", figure=step.server_ms, unit="ms", floor=cpu)


def kept(path: Path, phones: int, ours: Ladder) -> Iterator[Row]:
    """Every note that was thanked for is in the file, once."""
    board = read_board(path)
    found = Counter(
        int(mark.group(1)) for note in board.notes.values() if (mark := MARK.search(board.text_of(note).encode()))
    )
    lost = len(ours.thanked - found.keys())
    yield Row(what=f"{phones:,} phones: notes thanked for and lost", figure=lost, unit="", goal=0)
    doubled = sum(count - 1 for count in found.values())
    yield Row(what=f"{phones:,} phones: notes kept twice", figure=doubled, unit="", goal=0)
