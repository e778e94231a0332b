"""The desk goes on: through a fault of ours, a lock of another program, a copy of a sync client (F21, F22, F41)."""

import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QTimer
from PySide6.QtWidgets import QAbstractButton

from core.store.reader import read_board
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall
from ui.watching.fault_watch import FaultWatch

NewDesk = Callable[[], DeskUnderTest]
SECRET = "Ring me on 07700 900417"
HOLDER = textwrap.dedent("""
    import fcntl, sys
    file = open(sys.argv[1], "r+b")
    fcntl.flock(file, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()
""")
"""What a sync client does while it carries a file away."""


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    assert desk.door.code
    return Hall(desk)


@pytest.fixture
def fault_watch(room: Hall) -> Iterator[FaultWatch]:
    watch = FaultWatch(room.desk.window.notices)
    yield watch
    watch.close()


def fail() -> None:
    raise ValueError(SECRET)


@pytest.mark.usefixtures("fault_watch")
def test_a_fault_in_a_slot_is_told_and_the_desk_goes_on(room: Hall, home: Path) -> None:
    QTimer.singleShot(0, room.desk.window, fail)
    assert_it_goes_on(room, home)


@pytest.mark.usefixtures("fault_watch")
@pytest.mark.qt_log_ignore("QPainter::end", extend=True)    # of the tree, whose painting the fault ends
def test_a_fault_in_a_model_is_told_and_the_desk_goes_on(
    room: Hall, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = room.screen.outline.model

    def data(index: QModelIndex | QPersistentModelIndex, role: int = 0) -> None:
        fail()

    with monkeypatch.context() as broken:
        broken.setattr(model, "data", data)
        room.desk.do("outline")
        room.desk.wait(lambda: "Something went wrong" in room.desk.notice)
    assert_it_goes_on(room, home)


@pytest.mark.usefixtures("fault_watch")
def test_a_fault_in_painting_is_told_and_the_desk_goes_on(
    room: Hall, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(room.screen.status.balance, "paintEvent", lambda event: fail())
        room.screen.status.balance.update()
        room.desk.wait(lambda: "Something went wrong" in room.desk.notice)
    assert_it_goes_on(room, home)


def assert_it_goes_on(room: Hall, home: Path) -> None:
    """It is said, it is written down without anyone's words, and the next note comes in."""
    room.desk.wait(lambda: "Something went wrong. Your notes are saved." in room.desk.notice)
    assert "Close this notice" in room.desk.names(QAbstractButton)
    note = room.say("The ramp is steep")
    room.desk.wait(lambda: room.screen.outline.model.index_of_note(note).isValid())
    (log,) = [path.read_text() for path in home.rglob("faults.log")]
    assert "builtins.ValueError" in log
    assert "07700" not in log


def test_a_file_that_another_program_holds_is_said_at_once_and_opens_when_it_is_let_go(
    new_desk: NewDesk, tmp_path: Path
) -> None:
    desk = new_desk()
    path = hall(tmp_path / "town.sayback", desk.settings.settings.desk)
    desk.begin()
    with held(path):
        desk.desk.open(path)
        desk.wait(lambda: "has this workshop open" in desk.notice, seconds=5)
        assert "New workshop" in desk.names(QAbstractButton)    # nothing stands still meanwhile
    desk.desk.open(path)
    assert desk.door.code == "ABC234"
    assert desk.notice == ""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program has the file locked."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.communicate(timeout=10)


def test_a_copy_that_a_sync_client_made_is_another_file_and_neither_goes_over_the_other(
    new_desk: NewDesk, tmp_path: Path
) -> None:
    first = new_desk()
    path = hall(tmp_path / "town.sayback", first.settings.settings.desk)
    copy = tmp_path / "town (conflicted copy).sayback"
    shutil.copy(path, copy)
    first.begin(path)
    assert first.door.code
    Hall(first).say("Said in the first")
    first.close()
    second = new_desk()
    second.begin(copy)
    assert second.door.code
    Hall(second).say("Said in the copy")
    second.close()
    assert texts(path) == ["Said in the first"]
    assert texts(copy) == ["Said in the copy"]
    assert read_board(path).workshop == read_board(copy).workshop


def texts(path: Path) -> list[str]:
    board = read_board(path)
    return [board.text_of(note) for note in board.notes.values()]
