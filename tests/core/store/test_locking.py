"""One desk for each file: a second one is told so and writes nothing; a crashed one stands in nobody's way."""

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from core.base.errors import AlreadyOpen
from core.session import Session
from core.store.files import lock_file
from core.store.reader import read_board
from tests.core.workshops import ANN, BEN, SECONDS, made, opened, say

HOLDER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from core.base.ids import DeskId
    from core.session import Session
    session = Session.open(Path(sys.argv[1]), DeskId("a" * 32))
    print("open", flush=True)
    sys.stdin.read()
    session.close()
""")
PROJECT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "kept")
    return path


def bytes_of(folder: Path) -> dict[str, str]:
    files = [file for file in folder.iterdir() if file.is_file() and not file.name.endswith(("-shm", ".lock"))]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def holder(path: Path) -> "subprocess.Popen[str]":
    """Another program that has the workshop open."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    return child


def end(child: "subprocess.Popen[str]", how: signal.Signals) -> None:
    child.send_signal(how)
    child.communicate(timeout=SECONDS)


def refused(path: Path) -> AlreadyOpen:
    with pytest.raises(AlreadyOpen) as error:
        Session.open(path, BEN)
    return error.value


def test_a_second_window_of_the_same_program_is_told_so_and_writes_nothing(path: Path) -> None:
    with opened(path) as session:
        say(session, "one")
        before = bytes_of(path.parent)
        error = refused(path)
        assert "open" in str(error)
        assert error.advice
        assert bytes_of(path.parent) == before
        say(session, "two")
    assert len(read_board(path).notes) == 3


@pytest.mark.skipif(os.name != "posix", reason="making a link needs rights elsewhere")
@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_another_name_of_the_same_file_is_noticed(path: Path, link: str) -> None:
    other = path.with_name("other.sayback")
    getattr(other, link)(path)
    with opened(path) as session:
        refused(other)
        say(session, "one")
    with opened(other) as session:
        refused(path)
        say(session, "two")
    assert len(read_board(path).notes) == 3


def test_another_program_is_told_so_and_a_killed_one_leaves_no_lock(path: Path) -> None:
    child = holder(path)
    try:
        before = bytes_of(path.parent)
        refused(path)
        assert bytes_of(path.parent) == before
        assert len(read_board(path).notes) == 1
    finally:
        end(child, signal.SIGKILL)
    assert lock_file(path).exists()
    with opened(path) as session:
        assert len(session.board.notes) == 1


def test_a_lock_file_left_by_a_program_long_gone_is_no_obstacle(path: Path) -> None:
    lock_file(path).write_text("4194304")
    with opened(path) as session:
        say(session, "one")
    lock_file(path).unlink(missing_ok=True)
    with opened(path, ANN):
        pass
