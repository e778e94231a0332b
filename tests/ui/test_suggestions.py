"""Suggested themes at the desk: shown as ghosts and as a list, taken or left by mouse or keyboard, one undo for all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidget

from core.base.ids import NoteId
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Hall, Key, hall
from ui.board.ghosts import BUTTON

NewDesk = Callable[[], DeskUnderTest]
TEXTS = [
    "The bus fare is too high", "No bus after ten at night", "Cheaper bus fares on Sunday",
    "The playground needs swings", "Broken swings at the playground", "Mend the playground fence", "Zoo tickets",
]  # fmt: skip


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    """A workshop open at the desk, in a wide window."""
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), (1600, 900))
    assert desk.door.code == "ABC234"
    return Hall(desk)


@pytest.fixture
def notes(room: Hall) -> list[NoteId]:
    """Two groups of notes and one like no other, with suggestions for them on the screen."""
    assert not room.can("suggest")
    said = [room.say(text) for text in TEXTS]
    room.desk.press("Suggest themes")
    room.desk.wait(lambda: rows(room) != [])
    return said


def rows(room: Hall) -> list[str]:
    """The suggestions as they are read out."""
    tree = room.screen.suggestions.tree
    items = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return [str(item.data(0, Qt.ItemDataRole.AccessibleTextRole)) for item in items if item is not None]


def names(room: Hall) -> list[str]:
    """The themes of the question."""
    return [room.board.text(theme.name) for theme in room.board.themes_of(room.question)]


def test_suggestions_are_read_out_with_their_reasons_and_the_keyboard_is_there(room: Hall, notes: list[NoteId]) -> None:
    told = rows(room)
    assert sorted(row.partition(",")[0].partition("“")[2] for row in told[:2]) == ["Bus", "Playground"]
    assert all(", 3 notes, shared words: " in row for row in told[:2])
    assert told[2] == "On their own, 1 note, like no others"
    assert room.desk.find(QTreeWidget, "Suggested themes").hasFocus()
    assert room.board.loose_notes(room.question) == [room.board.notes[note] for note in notes]


def test_enter_takes_one_and_the_rest_stays(room: Hall, notes: list[NoteId]) -> None:
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: len(names(room)) == 1)
    room.desk.wait(lambda: len(rows(room)) == 2)
    (theme,) = room.board.themes_of(room.question)
    assert {note.id for note in room.board.notes_in(theme.id)} in ({*notes[:3]}, {*notes[3:6]})


@pytest.mark.parametrize("outline", [False, True])
def test_ctrl_enter_takes_all_and_one_undo_gives_all_back(room: Hall, notes: list[NoteId], *, outline: bool) -> None:
    room.desk.do("outline" if outline else "board")
    room.screen.suggestions.tree.setFocus()
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: len(names(room)) == 3)
    room.desk.wait(lambda: not room.screen.suggestions.isVisible())
    assert room.screen.views.view.hasFocus() or room.screen.outline.tree.hasFocus()
    assert room.undo == "3 new themes"
    room.desk.do("undo")
    room.desk.wait(lambda: len(room.board.loose_notes(room.question)) == len(notes))


def test_delete_leaves_one_note_or_all_of_a_suggestion(room: Hall, notes: list[NoteId]) -> None:
    room.desk.keys(Key.Key_Right)
    room.desk.keys(Key.Key_Down)
    room.desk.keys(Key.Key_Delete)
    assert ", 2 notes, " in rows(room)[0]
    room.desk.keys(Key.Key_Delete)
    assert len(rows(room)) == 2
    room.desk.press("Leave all")
    assert not room.screen.suggestions.isVisible()
    assert len(room.board.loose_notes(room.question)) == len(notes)


def test_what_is_placed_meanwhile_is_suggested_no_more(room: Hall, notes: list[NoteId]) -> None:
    room.theme("Mine", *notes[:3])
    room.desk.wait(lambda: len(rows(room)) == 2)
    assert "Bus" not in "".join(rows(room))


def test_ghosts_stand_on_the_board_clear_of_all_frames_and_are_taken_by_mouse(room: Hall, notes: list[NoteId]) -> None:
    board = room.screen.board
    ghosts = [board.ghosts.area_of(number) for number in range(3)]
    frames = [frame.area for frame in board.board_scene.frames.values()]
    assert not any(ghost.intersects(frame) for ghost in ghosts for frame in frames)
    assert all(board.board_scene.bounds.contains(ghost) for ghost in ghosts)
    board.ensureVisible(ghosts[1], 20, 20)
    take = ghosts[1].topRight() + QPointF(-10 - BUTTON - 4 - BUTTON / 2, 6 + BUTTON / 2)
    QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=board.mapFromScene(take))
    room.desk.wait(lambda: len(names(room)) == 1)
    assert len(notes) - len(room.board.loose_notes(room.question)) == 3


def test_another_question_has_suggestions_of_its_own(room: Hall, notes: list[NoteId]) -> None:
    other = room.board.questions_in_order()[1].id
    room.desk.open.running.selection.set_question(other)
    assert rows(room) == []
    assert not room.can("suggest")
    assert notes
