"""A program that is killed at any moment loses nothing it was thanked for (faults.md F01, F20)."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.outcome import assert_nothing_lost

PROJECT = Path(__file__).parents[2]


def killed_after(path: Path, seconds: float, what: str) -> str:
    """Let the writer run for that long after it has begun, kill it, and return what it said."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.log_writer", str(path), "1000000", "0", what],
        cwd=PROJECT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    try:
        said, _ = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        said, _ = child.communicate()
    return said


def kill_at_random(path: Path, times: int, what: str) -> int:
    chance, count = random.Random(what), 0
    for _ in range(times):
        count += assert_nothing_lost(path, killed_after(path, chance.uniform(0.05, 0.5), what))
    return count


@pytest.mark.alone
@pytest.mark.faults
@pytest.mark.parametrize("what", ["", "backups", "erasures", "layouts"])
def test_a_killed_program_loses_nothing_it_was_thanked_for(tmp_path: Path, what: str) -> None:
    assert kill_at_random(tmp_path / "park.sayback", 2, what) > 0


@pytest.mark.faults
@pytest.mark.long
def test_a_program_killed_fifty_times_loses_nothing_it_was_thanked_for(tmp_path: Path) -> None:
    for what in ("", "backups", "erasures", "layouts"):
        folder = tmp_path / f"with {what}"
        folder.mkdir()
        assert kill_at_random(folder / "park.sayback", 13, what) > 0
