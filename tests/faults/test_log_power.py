"""A power cut loses nothing that was thanked for (faults.md F02, F03, F04)."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SECONDS = 90
DISK_OF_ITS_OWN = """
f=$(mktemp) && truncate -s 8M "$f" && mkfs.ext4 -qF "$f" &&
d=$(losetup --direct-io=on -f --show "$f") && losetup -d "$d"
r=$?; rm -f "$f"; exit $r
"""


def has_disks() -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    return subprocess.run(["unshare", "-m", "sh", "-c", DISK_OF_ITS_OWN], capture_output=True).returncode == 0


pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not has_disks(), reason="a power cut needs root, loop devices and mkfs.ext4"),
]


def cut(folder: Path, seconds: float, between: str = "0", what: str = "") -> str:
    folder.mkdir()
    done = subprocess.run(
        ["unshare", "-m", sys.executable, "-m", "tests.faults.power_cut", str(folder), str(seconds), between, what],
        cwd=PROJECT, capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "none lost" in done.stdout
    return done.stdout


@pytest.mark.parametrize(("seconds", "between", "what"), [(0.1, "0", ""), (0.8, "0", "backups")])
def test_a_power_cut_loses_nothing_that_was_thanked_for(
    tmp_path: Path, seconds: float, between: str, what: str
) -> None:
    cut(tmp_path / "cut", seconds, between, what)


@pytest.mark.long
@pytest.mark.parametrize(
    ("between", "what"), [("0", ""), ("0.2", ""), ("0", "backups"), ("0", "erasures"), ("0", "layouts")]
)
def test_twenty_power_cuts_at_any_time_lose_nothing_that_was_thanked_for(
    tmp_path: Path, between: str, what: str
) -> None:
    chance = random.Random(f"{between} {what}")
    for number in range(4):
        cut(tmp_path / f"cut {number}", chance.uniform(0.0, 4.0), between, what)
