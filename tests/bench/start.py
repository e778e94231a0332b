"""How long it takes to begin: the commands, a server, and the desk until its board is painted; what that costs.

`measure` runs `python -m tests.bench.first_paint FILE BEGAN` for the desk: imports and memory are a fresh process's.
Compiled modules are kept, as on anybody's laptop, also where the environment says not to.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.notes import serving
from tests.bench.rows import Row
from tests.bench.workshops import make_workshop

HOUSE = Path(__file__).parents[2]
FIRST_PAINT = {2_000: 0.55, 20_000: 1.6}
MEMORY = {2_000: 125.0, 20_000: 260.0}
TRIES, DESK_TRIES = 5, 3
LONGEST_SECONDS = 60


def measure(folder: Path, *, quick: bool = False) -> list[Row]:
    """The rows of the bench; each time is the middle one of five (of the desk, of three)."""
    return [*_commands(folder), *(row for notes in ([2_000] if quick else MEMORY) for row in _desk(folder, notes))]


def _commands(folder: Path) -> Iterator[Row]:
    path = make_workshop(folder / "start.sayback", 2_000)
    told = {
        "python, doing nothing": ["-c", "pass"],
        "the commands, imported": ["-c", "import core.cli"],
        "main.py --help": ["main.py", "--help"],
        "main.py check, 2,000 notes": ["main.py", "check", str(path)],
    }
    for what, words in told.items():
        yield Row(what=f"start: {what}", figure=_middle(lambda words=words: _run(words)), unit="s")  # type: ignore[misc]
    yield Row(what="start: main.py serve, 2,000 notes, to join", figure=_middle(lambda: _serve(path)), unit="s")


def _middle(act: Callable[[], float]) -> float:
    return statistics.median(act() for _ in range(TRIES))


def _run(words: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=HOUSE, capture_output=True, check=True, timeout=LONGEST_SECONDS)
    return time.perf_counter() - began


def _serve(path: Path) -> float:
    command = [sys.executable, "main.py", "serve", str(path), "--host", "127.0.0.1", "--port", "0"]
    began = time.perf_counter()
    with serving(command):
        return time.perf_counter() - began


def _desk(folder: Path, notes: int) -> Iterator[Row]:
    path = make_workshop(folder / f"desk-{notes}.sayback", notes)
    _start_desk(path)    # modules are compiled once on each machine
    found = [_start_desk(path) for _ in range(DESK_TRIES)]
    painted, memory = (statistics.median(each[name] for each in found) for name in ("seconds", "memory"))
    what = f"start: the desk with {notes:,} notes"
    yield Row(what=f"{what}, until the board is painted", figure=painted, unit="s", goal=FIRST_PAINT[notes])
    yield Row(what=f"{what}, memory then", figure=memory, unit="MB", goal=MEMORY[notes])


def _start_desk(path: Path) -> dict[str, float]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.run(
        [sys.executable, "-m", "tests.bench.first_paint", str(path), str(time.time())], cwd=HOUSE, capture_output=True,
        env={**environment, "QT_QPA_PLATFORM": "offscreen"}, check=True, text=True, timeout=LONGEST_SECONDS,
    )  # fmt: skip
    found: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return found
