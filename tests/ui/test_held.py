"""Held notes are shown, hidden and held on, one or many; what somebody else does meanwhile is news, no error."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from core.base.ids import DeskId, NoteId
from core.domain.board import NoteState
from core.domain.commands import Command, HideNotes, RewordNote, ShowNotes, WithdrawNote
from core.domain.events import Author
from core.domain.terms import Reason
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Hall, Key, hall
from ui.panes import held_rows
from ui.panes.held import HeldPane
from ui.panes.held_rows import flagged_spans
from ui.panes.pages import Pages
from ui.picking.panel import ChoicePanel

NewDesk = Callable[[], DeskUnderTest]


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), (1600, 900))
    assert desk.door.code == "ABC234"
    return Hall(desk)


def held(room: Hall, *texts: str) -> list[NoteId]:
    """These wait to be read; the keyboard is on the first of them."""
    notes = [room.say(text, by=text, held=Reason.READ_FIRST) for text in texts]
    room.desk.keys(Key.Key_J, CTRL)
    return notes


def pane(room: Hall) -> HeldPane:
    return room.screen.held


def other_desk(room: Hall, command: Command) -> None:
    """A second moderator does something."""
    room.session.do(command, Author(DeskId("f" * 32))).result(10)
    room.is_seen()


def states(room: Hall, notes: list[NoteId]) -> list[NoteState]:
    return [room.board.notes[each].state for each in notes]


def labels(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel) if label.isVisible()}


def test_a_note_that_is_put_aside_stands_behind_those_that_wait_with_its_reason(room: Hall) -> None:
    one, two = held(room, "Is it cold?", "The ramp is steep")
    room.desk.keys(Key.Key_H, CTRL)
    room.desk.find(ChoicePanel, "Hold 1 note: why?")
    room.desk.keys(Key.Key_1)
    room.desk.wait(lambda: pane(room).model.ids == [two, one])
    note = pane(room).model.note_at(1)
    assert note is not None
    assert pane(room).model.why(note) == "Held: off topic"
    assert states(room, [one, two]) == [NoteState.HELD] * 2
    room.desk.do("undo")
    room.desk.wait(lambda: pane(room).model.ids == [one, two])


def test_all_that_wait_are_shown_at_once_and_one_undo_holds_them_again(room: Hall) -> None:
    notes = held(room, "One", "Two", "Three")
    room.desk.keys(Key.Key_A, CTRL)
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: states(room, notes) == [NoteState.BOARD] * 3)
    room.desk.do("undo")
    room.desk.wait(lambda: states(room, notes) == [NoteState.HELD] * 3)


def test_many_are_hidden_for_one_reason_with_the_buttons(room: Hall) -> None:
    notes = held(room, "One", "Two")
    room.desk.keys(Key.Key_A, CTRL)
    room.desk.press("Hide…")
    room.desk.keys(Key.Key_4)
    room.desk.wait(lambda: states(room, notes) == [NoteState.HIDDEN] * 2)
    assert {room.board.notes[each].standing.reason for each in notes} == {Reason.HURTFUL}


@pytest.mark.parametrize(
    ("command", "by_writer", "told"),
    [(lambda note: ShowNotes((note,)), False, "“One”: another desk has shown it."),
     (lambda note: HideNotes((note,), Reason.HURTFUL), False, "“One”: another desk has hidden it."),
     (WithdrawNote, True, "“One”: its writer has taken it back.")],
    ids=["shown", "hidden", "taken back"],
)  # fmt: skip
def test_what_somebody_else_decides_is_said_and_the_next_is_read(
    room: Hall, command: Callable[[NoteId], Command], by_writer: bool, told: str
) -> None:
    one, two = held(room, "One", "Two")
    if by_writer:
        room.does(command(one), by="One")
    else:
        other_desk(room, command(one))
    room.desk.wait(lambda: told in labels(pane(room)))
    assert room.desk.notice == ""
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: states(room, [two]) == [NoteState.BOARD])
    assert told not in labels(pane(room))


def test_a_decision_that_comes_too_late_changes_nothing_and_is_told(room: Hall) -> None:
    one, two = held(room, "One", "Two")
    said: list[str] = []
    pane(room).deciding.done.connect(said.append)
    room.desk.keys(Key.Key_A, CTRL)
    room.desk.keys(Key.Key_Delete)
    other_desk(room, ShowNotes((one,)))
    room.desk.keys(Key.Key_1)
    room.desk.wait(lambda: said == ["1 note hidden. 1 note was dealt with meanwhile."])
    assert states(room, [one, two]) == [NoteState.BOARD, NoteState.HIDDEN]
    assert room.desk.notice == ""


def test_other_words_of_its_writer_stand_in_the_row_at_once(room: Hall) -> None:
    (one,) = held(room, "One")
    room.does(RewordNote(one, "One more thing", at_door=True), by="One")
    model = pane(room).model
    room.desk.wait(lambda: model.data(model.index(0)) == "One more thing")
    assert model.ids == [one]


def test_escape_goes_back_to_the_notes(room: Hall) -> None:
    held(room, "One")
    room.desk.keys(Key.Key_Escape)
    assert room.desk.window.focusWidget() is room.screen.board


def test_the_part_to_look_at_is_underlined_line_by_line() -> None:
    text = "Ring me about the cadets, 07700 900417. I would help."
    lines = ["Ring me about the cadets, 07700", "900417. I would help."]
    spans = flagged_spans(text, lines)
    assert [[line[start:end] for start, end in each] for line, each in zip(lines, spans, strict=True)] == [
        ["07700"], ["900417"]
    ]
    assert flagged_spans("The ramp is steep", ["The ramp is", "steep"]) == [[], []]


def test_a_long_queue_is_looked_through_page_by_page_and_what_is_dealt_with_makes_room_for_the_next(
    room: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_rows, "PAGE", 3)
    notes = held(room, "One", "Two", "Three", "Four", "Five", "Six", "Seven")
    assert listed(room) == ["One", "Two", "Three"]
    assert "1 to 3 of 7" in labels(pane(room))
    room.desk.press("The page after")
    assert listed(room) == ["Four", "Five", "Six"]
    assert pane(room).view.hasFocus()
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: states(room, notes)[3] is NoteState.BOARD)
    assert listed(room) == ["Five", "Six", "Seven"]
    for _later in range(3):
        room.desk.keys(Key.Key_Space)
    assert listed(room) == ["One", "Two", "Three"]
    other_desk(room, ShowNotes((notes[0],)))
    assert listed(room) == ["Two", "Three", "Five"]
    room.desk.keys(Key.Key_A, CTRL)
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: listed(room) == ["Six", "Seven"])
    assert not room.desk.visible(Pages)


def listed(room: Hall) -> list[str]:
    """The rows of the page."""
    model = pane(room).model
    return [str(model.index(row).data()) for row in range(model.rowCount())]
