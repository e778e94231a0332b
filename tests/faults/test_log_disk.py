"""A disk that is full or fails: nothing is thanked for that is not kept, and it goes on when the disk does again
(faults.md F05 to F09)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.store.files import seal_file
from tests.core.workshops import made
from tests.faults.log_writer import say
from tests.faults.outcome import assert_nothing_lost, thanked

PROJECT = Path(__file__).parents[2]
SECONDS = 60


def can(*command: str) -> bool:
    return shutil.which(command[0]) is not None and subprocess.run(command, capture_output=True).returncode == 0


STRACE = pytest.mark.skipif(not can("strace", "-o", "/dev/null", "true"), reason="strace cannot be used here")
OWN_MOUNTS = pytest.mark.skipif(
    not (hasattr(os, "geteuid") and os.geteuid() == 0 and can("unshare", "-m", "true")),
    reason="a file system of its own needs root",
)


def with_fault(path: Path, notes: int, *faults: str) -> "subprocess.CompletedProcess[str]":
    """The writer, while the kernel answers as these strace injections say."""
    inject = [part for fault in faults for part in ("-e", f"inject={fault}")]
    calls = ",".join(sorted({name for fault in faults for name in fault.split(":")[0].split(",")}))
    command = [
        "strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={calls}", *inject,
        sys.executable, "-m", "tests.faults.log_writer", str(path), str(notes), "0",
    ]  # fmt: skip
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=SECONDS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workshop with a note in it, closed."""
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, 999_999)
    return path


@pytest.mark.faults
@STRACE
@pytest.mark.parametrize(
    "fault",
    [
        "fdatasync,fsync:error=EIO:when=9",
        "fdatasync,fsync:error=EIO:when=9..12",
        "pwrite64:error=ENOSPC:when=40..43",
        "pwrite64:error=EIO:when=41",
    ],
)
def test_a_disk_that_fails_for_a_moment_is_never_thanked_for_and_then_goes_on(path: Path, fault: str) -> None:
    done = with_fault(path, 40, fault)
    assert done.returncode == 0, done.stderr
    assert "refused" in done.stdout
    assert sorted(thanked(done.stdout)) == list(range(40))
    assert assert_nothing_lost(path, done.stdout) == 40


@pytest.mark.faults
@STRACE
def test_a_folder_that_goes_read_only_for_a_while_is_gone_on_in_afterwards(path: Path) -> None:
    """F11. Not even the reserve can be let go then."""
    seal_file(path).unlink()    # as after a crash: else it is taken off when the file is opened
    done = with_fault(path, 40, "pwrite64:error=EROFS:when=40..43", "unlink,unlinkat:error=EROFS")
    assert done.returncode == 0, done.stderr
    assert "refused" in done.stdout
    assert assert_nothing_lost(path, done.stdout) == 40


@pytest.mark.faults
@STRACE
def test_a_disk_that_says_it_wrote_a_part_loses_nothing_either(path: Path) -> None:
    done = with_fault(path, 40, "pwrite64:retval=10:when=42")
    assert done.returncode == 0, done.stderr
    assert assert_nothing_lost(path, done.stdout) == 40


@pytest.mark.faults
@STRACE
@pytest.mark.alone
def test_a_disk_that_has_failed_for_good_is_never_thanked_for_again(path: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired) as ended:
        run_for_a_while(path, "fdatasync,fsync:error=EIO:when=9+")
    said = (ended.value.stdout or b"").decode()
    lines = said.splitlines()
    first = lines.index(next(line for line in lines if line.startswith("refused")))
    assert len(lines) - first > 10
    assert not [line for line in lines[first:] if line.startswith("thanked")]
    assert assert_nothing_lost(path, said + "\n") > 0


def run_for_a_while(path: Path, fault: str) -> None:
    """The writer tries for ever; a group of its own, so that strace and what it traces end together."""
    command = [
        "timeout", "--signal=KILL", "4", "strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=fdatasync,fsync",
        "-e", f"inject={fault}", sys.executable, "-m", "tests.faults.log_writer", str(path), "100000", "0",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, timeout=SECONDS)
    raise subprocess.TimeoutExpired(command, 4, output=done.stdout)


FULL_DISK = """
mount -t tmpfs -o size=12m tmpfs "$3" && exec "$1" -m tests.faults.full_disk "$2" "$3"
"""


@pytest.mark.faults
@OWN_MOUNTS
def test_a_full_disk_says_so_keeps_what_it_thanked_for_and_goes_on_when_there_is_room(path: Path) -> None:
    small = path.parent / "small disk"
    small.mkdir()
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", FULL_DISK, "sh", sys.executable, str(path), str(small)],
        cwd=PROJECT, capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-500:] + done.stderr
    assert done.stdout.endswith("whole\n")


@pytest.mark.faults
@OWN_MOUNTS
def test_no_new_workshop_is_begun_on_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    """F06. A disk with 40 MiB is left as it was."""
    make = '"$2" main.py new "$1/park.sayback" --title T --question Q'
    script = f'mount -t tmpfs -o size=40m none "$1" && {make}; echo "$?"; ls "$1"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", str(tmp_path), sys.executable],
        cwd=PROJECT, capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert done.stdout == "1\n"
    assert "MB left on this disk, so no new workshop was made." in done.stderr
    assert "Empty the recycle bin" in done.stderr


@pytest.mark.faults
@OWN_MOUNTS
def test_a_stick_without_room_for_a_copy_is_said_to_be_the_fault(path: Path) -> None:
    """A disk with 16 KiB; the workshop is well, and nothing half stays on the stick."""
    stick = path.parent / "stick"
    stick.mkdir()
    script = 'mount -t tmpfs -o size=16k none "$3" && exec "$1" -m tests.faults.no_room "$2" "$3"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", sys.executable, str(path), str(stick)],
        cwd=PROJECT, capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert done.stdout == "There is too little room for the copy there. The workshop itself is safe.\n", done.stderr
