"""How fast the board is: first paint, panning, dragging, arriving notes, all of it in view, memory; and the projector.

`measure` runs `python -m tests.bench.board FILE BEGAN` for each size: memory and start-up are a fresh process's.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from core.base.ids import ContributorId, DeskId, new_id
from core.domain.events import NewEvent
from core.session import Session
from tests.bench.rows import Row
from tests.bench.workshops import make_workshop, said

SIZES = (200, 2_000)
LARGE = 20_000
FIRST_PAINT = {2_000: 0.55, 20_000: 1.6}
MEMORY = {2_000: 125.0, 20_000: 260.0}
WINDOW = (1600, 900)
STEPS, WALL_STEPS = 120, 12
LONGEST_SECONDS = 300


def measure(folder: Path, sizes: Sequence[int] = SIZES) -> list[Row]:
    """The board's rows of the bench, for boards of these sizes."""
    return [row for notes in sizes for row in _measure_one(folder / f"board-{notes}.sayback", notes)]


def _measure_one(path: Path, notes: int) -> list[Row]:
    make_workshop(path, notes)
    command = [sys.executable, "-m", "tests.bench.board", str(path), str(time.time())]
    child = subprocess.run(
        command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, timeout=LONGEST_SECONDS,
        check=True, cwd=Path(__file__).parents[2], text=True,
    )  # fmt: skip
    return [Row(**row) for row in json.loads(child.stdout)]


def rows_of(path: Path, began: float) -> Iterable[Row]:
    """Measured in this process, on the real view of the real session."""
    from tests.bench import wall
    from tests.bench.eyes import Eyes

    session = Session.open(path, DeskId(new_id()))
    eyes = Eyes(session, *WINDOW)
    painted = time.time() - began
    notes = len(session.board.notes)
    try:
        yield _row(notes, "first painted board", painted, "s", FIRST_PAINT.get(notes))
        yield _row(notes, "memory, first painted", _memory(), "MB", MEMORY.get(notes))
        yield _frames(notes, "pan", eyes.pan(STEPS), 4.0)
        yield _frames(notes, "drag one", eyes.drag(1, STEPS), 4.0)
        yield _frames(notes, "drag 500", eyes.drag(500, STEPS), 14.0)
        yield _frames(notes, "insert", eyes.insert(_saying(session, STEPS)), 4.0)
        yield _frames(notes, "zoom step", eyes.zoom(20))
        yield _frames(notes, "all in view", eyes.repaint_all(20), 30.0)
        yield _row(notes, "memory, at the end", _memory(), "MB", MEMORY.get(notes))
        yield from wall.rows(session, notes, iter(_saying(session, WALL_STEPS)))
    finally:
        eyes.close()
        session.close()


def _saying(session: Session, count: int) -> Iterable[Callable[[], object]]:
    """Notes from phones, one after the other, each on disk before it is looked at."""
    chance, person = random.Random(7), ContributorId(new_id())
    question = session.board.questions_in_order()[0].id
    for _ in range(count):
        yield partial(_submit, session, said(session, question, chance, person))


def _submit(session: Session, event: NewEvent) -> None:
    session.submit(event).result()


def _frames(notes: int, what: str, seconds: Sequence[float], goal: float | None = None) -> Row:
    p95 = statistics.quantiles(seconds, n=20)[-1] * 1000
    return _row(notes, f"{what}, frame p95", p95, "ms", goal)


def _row(notes: int, what: str, figure: float, unit: str, goal: float | None) -> Row:
    return Row(what=f"board of {notes:,}: {what}", figure=figure, unit=unit, goal=goal)


def _memory() -> float:
    """What this process has taken, in megabytes."""
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return resident / 1e6


if __name__ == "__main__":
    print(json.dumps([asdict(row) for row in rows_of(Path(sys.argv[1]), float(sys.argv[2]))]))
