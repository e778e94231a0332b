"""Save a copy, and a workshop that can only be looked at: everything is seen and copied, and nothing changes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

from core.base.ids import ThemeId
from core.base.settings import SettingsFile
from core.domain.board import NoteState
from core.domain.preparing import DescribeWorkshop
from core.session import Session
from core.store.backup import copies
from core.store.check import check
from core.store.reader import read_board
from tests.core.workshops import PARK, SECONDS
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Hall, Key, hall
from ui.acting.actions import LOOKS
from ui.acting.needs import Needs
from ui.app import sessions_of
from ui.main_window import MainWindow
from ui.picking.panel import ChoicePanel

NewDesk = Callable[..., DeskUnderTest]
LINE = "You can look at this workshop, but not change it."


class Target:
    """The name that is typed where a copy should go."""

    def __init__(self, name: Path) -> None:
        self.name: Path | None = name
        self.offered: Path | None = None

    def __call__(self, window: MainWindow, offered: Path) -> str:
        self.offered = offered
        return str(self.name or "")


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return Target(tmp_path / "copy.sayback")


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path, target: Target) -> Hall:
    """A workshop that goes on."""
    desk = new_desk(ask_target=target)
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), (1600, 900))
    assert desk.door.code
    return Hall(desk)


@pytest.fixture
def viewed(new_desk: NewDesk, tmp_path: Path, target: Target) -> Hall:
    """A workshop with a theme and notes of which one is held, opened where nothing can be written."""
    made = new_desk()
    only_views = replace(made.desk.sessions, open=Session.view)
    made.begin(hall(tmp_path / "archive.sayback", made.settings.settings.desk))
    there = Hall(made)
    there.theme("Ways in", there.say("The ramp is steep"))
    there.say("Benches")
    made.close()
    desk = new_desk(only_views, target)
    desk.begin(tmp_path / "archive.sayback", (1600, 900))
    desk.wait(lambda: desk.notice.startswith(LINE))
    return Hall(desk)


def test_ctrl_s_saves_a_copy_and_says_where_it_is(room: Hall, target: Target) -> None:
    room.say("The ramp is steep")
    room.desk.keys(Key.Key_S, CTRL)
    room.desk.wait(lambda: room.desk.notice.startswith("The copy is saved. copy.sayback"))
    assert room.desk.find(QAbstractButton, "Open the folder").isEnabled()
    assert target.offered is not None
    assert target.offered.name == "Our town copy.sayback"
    assert target.name is not None
    assert read_board(target.name).balance.received == 1
    assert check(target.name).ok


def test_a_name_without_our_ending_gets_it(room: Hall, target: Target, tmp_path: Path) -> None:
    target.name = tmp_path / "for Ann"
    room.desk.do("save-copy")
    room.desk.wait((tmp_path / "for Ann.sayback").exists)


def test_nothing_chosen_is_nothing_said(room: Hall, target: Target) -> None:
    target.name = None
    room.desk.do("save-copy")
    assert room.desk.notice == ""


def test_a_copy_never_goes_over_the_open_file_nor_any_other(room: Hall, target: Target, tmp_path: Path) -> None:
    room.say("The ramp is steep")
    target.name = tmp_path / "town.sayback"
    room.desk.do("save-copy")
    room.desk.wait(lambda: room.desk.notice.startswith("There is a file of this name already."))
    target.name = tmp_path / "nowhere" / "copy.sayback"
    room.desk.press("Choose another place…")
    room.desk.wait(lambda: room.desk.notice.startswith("The copy could not be made there."))
    target.name = tmp_path / "copy.sayback"
    room.desk.press("Choose another place…")
    room.desk.wait(lambda: room.desk.notice.startswith("The copy is saved."))
    room.say("The workshop goes on")
    assert check(tmp_path / "town.sayback").ok


def test_when_the_file_has_gone_a_copy_is_offered_at_once(room: Hall, target: Target, tmp_path: Path) -> None:
    room.say("The ramp is steep")
    (tmp_path / "town.sayback").rename(tmp_path / "elsewhere.sayback")
    room.desk.wait(lambda: room.desk.notice.startswith("The file of this workshop is not where it was"))
    room.desk.press("Save a copy…")
    room.desk.wait((tmp_path / "copy.sayback").exists)
    room.desk.wait(lambda: check(tmp_path / "copy.sayback").ok)


def test_what_can_only_be_looked_at_says_so_and_offers_what_changes_nothing(viewed: Hall) -> None:
    window = viewed.desk.window
    able = {act.id for act in window.actions_.acts if act.needs is not Needs.NOTHING and viewed.can(act.id)}
    assert able <= LOOKS
    assert {"save-copy", "export", "board", "outline", "people", "agenda", "leave"} <= able
    assert "Save a copy and go on in that" in window.actions_["new-theme"].toolTip()
    assert viewed.screen.top.join_box.accessibleName().startswith("Only to look at")
    assert viewed.undo == ""
    assert viewed.desk.notice.startswith(LINE)


def test_nothing_of_it_changes_whatever_is_tried(viewed: Hall, tmp_path: Path) -> None:
    folder = viewed.session.path.parent
    before, beside = viewed.session.path.read_bytes(), sorted(folder.iterdir())
    view = viewed.screen.board
    (grouped,) = (note for note in viewed.board.notes.values() if note.spot.theme)
    viewed.chooses(grouped.id)
    view.setFocus()
    for key in (Key.Key_F2, Key.Key_Delete, Key.Key_W):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Key.Key_G, CTRL)
    drag(viewed, ThemeId(grouped.spot.theme or ""))
    assert viewed.desk.visible(QPlainTextEdit) == []
    assert viewed.desk.visible(ChoicePanel) == []
    viewed.desk.do("outline")
    viewed.stands_on_note(grouped.id)
    for key in (Key.Key_F2, Key.Key_Delete):
        QTest.keyClick(viewed.screen.outline.tree, key)
    assert [each for each in viewed.desk.visible(QLineEdit) if each.isEnabled()] == []
    assert viewed.desk.notice.startswith(LINE)
    assert viewed.desk.board.notes[grouped.id].state is NoteState.BOARD
    assert viewed.session.path.read_bytes() == before
    assert sorted(folder.iterdir()) == beside


def drag(viewed: Hall, theme: ThemeId) -> None:
    """Try to take a theme along by its header."""
    view = viewed.screen.board
    frame = view.board_scene.theme_frame(theme)
    assert frame is not None
    was, at = frame.pos(), view.mapFromScene(frame.pos()) + QPoint(60, 20)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    for step in range(1, 6):
        QTest.mouseMove(view.viewport(), at + QPoint(20 * step, 10 * step))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(100, 50))
    assert frame.pos() == was


def test_a_copy_of_it_is_opened_to_go_on_in(viewed: Hall, target: Target, new_desk: NewDesk) -> None:
    viewed.desk.press("Save a copy…")
    viewed.desk.wait(lambda: viewed.desk.notice.startswith("The copy is saved."))
    assert viewed.desk.find(QAbstractButton, "Open the copy").isEnabled()
    viewed.desk.close()
    again = new_desk()
    again.begin(target.name)
    assert again.door.code
    there = Hall(again)
    there.say("We go on")
    assert there.board.balance.received == 3


def test_an_older_file_than_this_laptop_wrote_is_said_to_be_so(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk()
    path = hall(tmp_path / "town.sayback", desk.settings.settings.desk)
    older = path.read_bytes()
    desk.begin(path)
    Hall(desk).say("The ramp is steep")
    lost = Hall(desk).session.parcels.after(0, 1000)
    desk.close()
    path.with_name("town.sayback.seal").unlink()
    path.write_bytes(older)
    again = new_desk()
    again.begin(path)
    again.wait(lambda: again.notice.startswith("This file is older than what this laptop last wrote"))
    assert again.board.balance.received == 0
    again.open.running.session.take(lost.events, lost.words).result(SECONDS)    # as a second desk sends it
    again.wait(lambda: again.notice == "")
    assert again.board.balance.received == 1


def test_the_desk_keeps_copies_of_what_it_makes_and_of_what_it_opens(tmp_path: Path) -> None:
    sessions, path = sessions_of(SettingsFile(tmp_path / "settings.json")), tmp_path / "park.sayback"
    session = sessions.create(path, PARK)
    session.close()
    assert [read_board(copy).title() for copy in copies(path)] == ["The park"]
    session = sessions.open(path)
    session.do(DescribeWorkshop(title="The pond")).result(SECONDS)
    session.close()
    assert "The pond" in [read_board(copy).title() for copy in copies(path)]


def test_of_a_damaged_file_the_newest_copy_is_offered_and_the_file_itself_stays(
    new_desk: NewDesk, tmp_path: Path
) -> None:
    path = tmp_path / "town.sayback"
    session = sessions_of(SettingsFile(tmp_path / "settings.json")).create(path, PARK)
    session.do(DescribeWorkshop(title="Our park today")).result(SECONDS)
    session.close()
    damaged = b"SQLite format 3\0" + bytes(84)
    path.write_bytes(damaged)
    desk = new_desk()
    desk.begin(path)
    desk.wait(lambda: any(name.startswith("Open the copy of ") for name in desk.names(QAbstractButton)))
    desk.press(next(name for name in desk.names(QAbstractButton) if name.startswith("Open the copy of ")))
    desk.wait(lambda: desk.desk.open_desk is not None)
    assert desk.board.title() == "Our park today"
    assert desk.open.running.session.path.name.startswith("town (copy of ")
    assert path.read_bytes() == damaged


def test_what_was_done_can_be_read_where_nothing_can_be_written(viewed: Hall) -> None:
    viewed.desk.do("history")
    model = viewed.screen.history.model
    viewed.desk.wait(lambda: [row.title for row in model.rows][:2] == ["1 new note", "New theme Ways in"])
    viewed.screen.history.view.setCurrentIndex(model.index(1))
    assert not viewed.desk.find(QAbstractButton, "Undo this").isEnabled()
    assert not viewed.screen.top.course.isEnabled()
