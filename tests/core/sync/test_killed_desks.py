"""Two desks as processes with files of their own, over real sockets, killed at any moment: nothing is lost or doubled,
both end with one board, and every unseen overwrite is listed (issue "The desk", done when 6)."""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from core.domain.board import Board, Conflict
from core.domain.bodies import NoteReworded
from core.store.check import check
from core.store.parcels import Parcels
from core.store.reader import read_board, read_log
from tests.core.model import picture
from tests.core.sync.desks import until

PROJECT = Path(__file__).parents[3]
ACTS = 200


class Desk:
    """One desk's process. `thanked` is every event that it said was on disk, over all its lives."""

    def __init__(self, which: str, folder: Path) -> None:
        folder.mkdir()
        self.file = folder / "park.sayback"
        self.known = folder / "known"
        self.thanked: list[str] = []
        self.words: list[str] = []
        self._which = which
        self._process: subprocess.Popen[str] | None = None

    def start(self, *more: str) -> dict[str, Any]:
        """Begin, or begin again; what it says first."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.core.sync.desk_at_work", self._which, str(self.file), str(self.known), *more],
            cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return self.says()

    def says(self) -> dict[str, Any]:
        """The next that it tells."""
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else {}

    def told(self, *what: object) -> None:
        """Tell it to do something."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, what)) + "\n")
        self._process.stdin.flush()

    def hears(self, said: dict[str, Any]) -> bool:
        """Note what was thanked for; whether it goes on."""
        self.thanked += said.get("ids", ())
        self.words += filter(None, [said.get("words"), *said.get("texts", ())])
        return "ids" in said

    def works(self, until_thanked: int = 1_000_000) -> None:
        """Listen until it has done all, or until so many acts were thanked for."""
        for _ in range(until_thanked):
            if not self.hears(self.says()):
                return

    def kill(self) -> None:
        """SIGKILL; what it had said by then was on disk."""
        assert self._process is not None
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        self._process.kill()
        self._process.wait()
        for line in self._process.stdout:
            if line.endswith("\n"):
                self.hears(json.loads(line))
        self._process.stdout.close()
        self._process.stdin.close()

    def stop(self) -> None:
        """Close it as people do."""
        if self._process is None or self._process.poll() is not None:
            return
        self.told("stop")
        self._process.wait(15)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


@contextmanager
def two_desks(folder: Path) -> Iterator[tuple[Desk, Desk, str]]:
    """Both started and paired; and where the first one listens."""
    first, second = Desk("first", folder / "first"), Desk("second", folder / "second")
    try:
        address = first.start("0")["address"]
        first.told("pair")
        assert second.start(address, first.says()["code"]) == {"joined": True}
        yield first, second, address.rpartition(":")[2]
    finally:
        first.stop()
        second.stop()


def work_and_kill(folder: Path, seed: int) -> int:
    """200 acts at each desk at the same time; each is killed once in the midst and goes on. Returns how many conflicts
    there were to choose."""
    chance = random.Random(seed)
    with two_desks(folder) as (first, second, port):
        for desk in (first, second):
            desk.told("act", seed, ACTS)
        for desk, again in ((second, ()), (first, (port,))):
            desk.works(chance.randint(ACTS // 8, ACTS // 3))
            desk.kill()
            desk.start(*again)
            desk.told("act", seed + 1, ACTS)
        first.works()
        second.works()
        until(lambda: are_alike(first, second), "the two logs did not become one")
    return assert_nothing_lost(first, second)


def are_alike(first: Desk, second: Desk) -> bool:
    ours, theirs = Parcels(first.file), Parcels(second.file)
    return ours.mark() == theirs.mark() and not theirs.count_waiting() and not ours.count_waiting()


def assert_nothing_lost(first: Desk, second: Desk) -> int:
    boards = [read_board(desk.file) for desk in (first, second)]
    assert picture(boards[0]) == picture(boards[1])
    for desk in (first, second):
        assert check(desk.file).ok
        rows, words = read_log(desk.file)
        there = Counter(row.id for row in rows)
        assert set(there.values()) == {1}
        assert {*first.thanked, *second.thanked} <= there.keys()
        assert {*first.words, *second.words} <= {each.text for each in words}
    conflicts = boards[0].conflict_list()
    for conflict in conflicts:
        assert_can_be_chosen(boards[1], conflict)
    return len(conflicts)


def assert_can_be_chosen(board: Board, conflict: Conflict) -> None:
    """Where words were overwritten, both wordings can be read."""
    for event in (conflict.kept, *conflict.lost):
        if isinstance(event.body, NoteReworded):
            assert board.text(event.body.words)


@pytest.mark.faults
def test_two_desks_killed_in_the_midst_end_with_one_board_and_nothing_lost(tmp_path: Path) -> None:
    assert work_and_kill(tmp_path, seed=7) > 0


@pytest.mark.faults
@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_again_with_other_seeds(tmp_path: Path, seed: int) -> None:
    work_and_kill(tmp_path, seed)
