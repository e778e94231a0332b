"""You said, we did at the desk: written by keyboard, kept with a reason where we cannot, and never lost half done."""

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QPlainTextEdit, QRadioButton

from core.base.ids import BackId, NoteId, new_id
from core.domain.answering import AnswerBack, GiveReply
from core.domain.grouping import SetOnTheirOwn
from core.domain.promising import MakePledge
from core.domain.running import SetQuestion
from core.domain.terms import Asking, Status
from tests.ui.hall import CTRL, Hall, Key
from ui.answering.items import Only
from ui.answering.view import RepliesView


def opened(room: Hall) -> RepliesView:
    """The view, opened by its keys."""
    room.desk.keys(Key.Key_8, CTRL)
    view = room.desk.open.answers.view
    room.desk.wait(lambda: view.isVisible() and view.list.hasFocus())
    return view


def shown(room: Hall, view: RepliesView, *spoken: str) -> None:
    room.desk.wait(lambda: [row.spoken for row in view.model.rows] == list(spoken))


def only(room: Hall, wanted: Only) -> None:
    box = room.desk.find(QComboBox, "Which are listed")
    box.setCurrentIndex(box.findData(wanted))
    box.activated.emit(box.currentIndex())


def goes_to(view: RepliesView, subject: str) -> None:
    row = view.model.row_of(subject)
    assert row is not None
    view.list.setCurrentIndex(view.model.index(row))


def test_everything_that_can_be_answered_is_listed_with_whom_an_answer_reaches(room: Hall) -> None:
    ramps = room.theme("Ramps", room.say("Steep"), room.say("Slope", by="Ben"))
    room.say("Bees", by="Cy")
    own = room.say("A lone wolf", by="Cy")
    room.does(SetOnTheirOwn((own,), room.question))
    room.does(MakePledge(what="I will count the buses", who="Ada"))
    room.does(GiveReply(subject=ramps, status=Status.DONE, text="A ramp is there."))
    view = opened(room)
    shown(
        room, view, "Ramps, Theme, 2 notes, reaches 2 people, Done", "Bees, Note, reaches 1 person, Not answered yet",
        "A lone wolf, Note, reaches 1 person, Not answered yet", "I will count the buses, Pledge",
    )
    assert view.told.text() == "Answered 2 of 3 people"
    only(room, Only.WAITING)
    shown(
        room, view, "Bees, Note, reaches 1 person, Not answered yet",
        "A lone wolf, Note, reaches 1 person, Not answered yet",
    )


def test_a_theme_is_answered_by_keyboard_alone_and_the_next_one_waits(room: Hall) -> None:
    ramps = room.theme("Ramps", room.say("Steep"))
    room.theme("Bees", room.say("More bees", by="Ben"))
    view = opened(room)
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: isinstance(room.desk.window.focusWidget(), QRadioButton))
    room.desk.keys(Key.Key_Right)
    room.desk.keys(Key.Key_Tab)
    room.desk.type("We build a ramp.")
    room.desk.keys(Key.Key_Tab)
    room.desk.type("Parks team")
    room.desk.keys(Key.Key_Tab)
    room.desk.type("2026-09-30")
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: room.board.reply(ramps) is not None)
    reply = room.board.reply(ramps)
    assert reply is not None
    assert (reply.status, reply.by) == (Status.IN_PROGRESS, date(2026, 9, 30).toordinal())
    assert [room.board.text(each) for each in (reply.text, reply.who)] == ["We build a ramp.", "Parks team"]
    room.desk.wait(lambda: view.list.hasFocus() and view.model.rows[view.list.currentIndex().row()].words == "Bees")
    assert view.told.text() == "Answered 1 of 2 people"
    room.desk.keys(Key.Key_Z, CTRL)
    room.desk.wait(lambda: room.board.reply(ramps) is None)


def test_a_cannot_asks_for_its_reason_and_keeps_what_was_typed(room: Hall) -> None:
    note = room.say("Move the river")
    view = opened(room)
    view.editor.focus_first()
    view.editor.status.choose(Status.CANNOT)
    room.desk.write("Your answer", "We asked.")
    room.desk.press("Keep the answer")
    assert any("Say why" in label.text() for label in room.desk.visible(QLabel))
    assert room.board.reply(note) is None
    room.desk.write("Because", "The river is not ours.")
    room.desk.press("Keep the answer")
    room.desk.wait(lambda: room.board.answer(note) == "We asked.")
    assert room.board.text(room.board.reply(note).because) == "The river is not ours."    # type: ignore[union-attr]


def test_a_day_that_is_none_and_no_words_are_told_of(room: Hall) -> None:
    note = room.say("Steep")
    view = opened(room)
    view.editor.keep()    # nothing was typed: nothing is wrong, nothing is kept
    view.editor.status.choose(Status.DONE)
    view.editor.by.fill("soonish")
    room.desk.press("Keep the answer")
    told = [label.text() for label in room.desk.visible(QLabel)]
    assert any("no day we know" in each for each in told)
    assert "Say what you will do, or why you cannot." in told
    assert room.board.reply(note) is None


def test_an_answer_that_is_half_done_is_still_there_when_one_comes_back(room: Hall) -> None:
    first, second = room.say("Steep"), room.say("Bees", by="Ben")
    view = opened(room)
    goes_to(view, first)
    view.editor.text.fill("Half a")
    goes_to(view, second)
    assert view.editor.text.text == ""
    room.say("One more comes in", by="Cy")
    room.desk.wait(lambda: len(view.model.rows) == 3)
    assert [row.side for row in view.model.rows][:2] == ["Not kept yet", "Not answered yet"]
    room.desk.do("board")
    opened(room)
    goes_to(view, first)
    assert view.editor.text.text == "Half a"


def test_how_hard_an_answer_is_to_read_is_said_while_one_writes(room: Hall) -> None:
    room.say("Steep")
    view = opened(room)

    def told() -> str:
        return next((each.text() for each in room.desk.visible(QLabel) if "to read (grade" in each.text()), "")

    view.editor.text.fill("We will build a ramp by the gate. It will be wide.")
    assert told().startswith("Easy to read (grade ")
    view.editor.text.fill(
        "Consideration of infrastructural accessibility improvements necessitates interdepartmental consultation "
        "regarding appropriations and environmental sustainability."
    )
    assert told().startswith("Hard to read (grade ")
    view.editor.text.fill("We will")
    assert told() == ""


def test_what_people_were_told_before_stands_below_and_an_answer_is_taken_back(room: Hall) -> None:
    note = room.say("Steep")
    room.does(GiveReply(subject=note, text="We read this."))
    room.does(GiveReply(subject=note, status=Status.DONE, text="It is done.", who="Ann"))
    opened(room)
    before = room.desk.find(QPlainTextEdit, "What people were told until now").toPlainText()
    told = [line.partition(": ")[2] for line in before.splitlines()]
    assert told == ["Done · It is done. · Ann", "Heard · We read this."]
    room.desk.press("Take it back")
    room.desk.wait(lambda: room.board.reply(note) is None)


def labels(room: Hall) -> list[str]:
    return [each.text() for each in room.desk.visible(QLabel)]


def answers_back(room: Hall, note: NoteId, text: str, by: str = "Ada") -> BackId:
    back = BackId(new_id())
    room.does(AnswerBack(note, room.person(by), text, back), by)
    return back


def test_what_somebody_answers_back_is_told_of_lands_in_the_tray_and_is_answered(room: Hall) -> None:
    note = room.say("Steep")
    room.theme("Gardens", note)
    back = answers_back(room, note, "I meant the stairs")
    room.desk.wait(lambda: "1 person says that we got a note wrong." in labels(room))
    room.desk.press("Read it")
    view = room.desk.open.answers.view
    shown(room, view, "I meant the stairs, Answered back, reaches 1 person, New")
    assert room.screen.rail.answers.accessibleName() == "Answers, 1"
    about = room.desk.find(QPlainTextEdit, "What it is about").toPlainText()
    assert about == "The note: Steep\nIn the theme “Gardens”."
    view.editor.status.choose(Status.DONE)
    room.desk.write("Your answer", "We moved it.")
    room.desk.press("Keep the answer")
    room.desk.wait(lambda: room.board.answer(NoteId(back)) == "We moved it.")
    room.desk.wait(lambda: "1 person says that we got a note wrong." not in labels(room))
    assert room.screen.rail.answers.accessibleName() == "Answers"


def test_a_note_of_a_theme_gets_an_answer_of_its_own_from_the_board(room: Hall) -> None:
    note = room.say("Steep")
    ramps = room.theme("Ramps", note)
    room.chooses(note)
    room.desk.do("answer")
    view = room.desk.open.answers.view
    waits = "reaches 1 person, Not answered yet"
    shown(room, view, f"Ramps, Theme, {waits}", f"Steep, Note, {waits}")
    assert view.model.rows[view.list.currentIndex().row()].id == note
    room.desk.press("Back to the board")
    room.desk.wait(lambda: room.screen.board.isVisible())
    room.stands_on_theme(ramps)
    room.desk.do("answer-theme")
    assert view.model.rows[view.list.currentIndex().row()].id == ramps


def test_a_live_question_is_answered_in_the_same_list(room: Hall) -> None:
    room.does(SetQuestion(room.question, Asking(live=True)))
    note = room.say("When?")
    view = opened(room)
    shown(room, view, "When?, Live question, reaches 1 person, Not answered yet")
    view.editor.text.fill("In May, we think.")
    room.desk.press("Keep the answer")
    room.desk.wait(lambda: room.board.answer(note) == "In May, we think.")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Only.ALL, "Nothing was said yet."), (Only.WAITING, "Everything has an answer."),
        (Only.BACKS, "Nobody has answered back."),
    ],
)
def test_an_empty_list_says_why_it_is(room: Hall, wanted: Only, words: str) -> None:
    opened(room)
    only(room, wanted)
    assert any(label.text().startswith(words) for label in room.desk.visible(QLabel))
    assert "Keep the answer" not in room.desk.names(QAbstractButton)


def test_what_is_done_on_the_board_brings_the_board_back(room: Hall) -> None:
    opened(room)
    assert not room.screen.tools.isVisible()
    room.desk.do("new-theme")
    room.desk.wait(lambda: room.screen.board.isVisible() and room.screen.tools.isVisible())
