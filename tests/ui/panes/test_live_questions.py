"""Live questions at the desk: in three orders, joined, asked, answered; and no question is ever left out."""

import pytest
from PySide6.QtWidgets import QComboBox

from core.base.ids import NoteId
from core.domain.contributing import SupportNote
from core.domain.live_questions import Order
from core.domain.running import MarkNote, SetQuestion
from core.domain.terms import Asking, Mark
from tests.ui.hall import CTRL, Hall, Key
from ui.panes.live_questions import LiveQuestions


@pytest.fixture
def live(room: Hall) -> LiveQuestions:
    """The pane, opened by its keys, on a question that is asked live."""
    room.does(SetQuestion(room.question, Asking(live=True)))
    room.desk.keys(Key.Key_7, CTRL)
    room.desk.wait(lambda: room.screen.live.isVisible())
    return room.screen.live


def shown(room: Hall, live: LiveQuestions, *words: str) -> None:
    """Wait until these stand in the list, in this order."""
    room.desk.wait(lambda: [row.words for row in live.model.rows] == list(words))


def order_by(room: Hall, order: Order) -> None:
    """Choose an order."""
    box = room.desk.find(QComboBox, "Which comes first")
    box.setCurrentIndex(box.findData(order))
    box.activated.emit(box.currentIndex())


def marked(room: Hall, live: LiveQuestions, note: NoteId, *others: NoteId) -> None:
    """These rows are marked, by the keyboard's owner."""
    live.list.setFocus()
    chooser = live.list.selectionModel()
    chooser.clearSelection()
    for each in (note, *others):
        row = live.model.row_of(each)
        assert row is not None
        chooser.setCurrentIndex(live.model.index(row), chooser.SelectionFlag.Select)


def test_orders_by_support_by_arrival_and_by_who_has_not_been_heard(room: Hall, live: LiveQuestions) -> None:
    first = room.say("Why is it so?", by="Ada")
    wanted = room.say("Who decides?", by="Ada")
    room.say("When does it begin?", by="Ben")
    for name in ("Cem", "Dee"):
        room.does(SupportNote(wanted, room.person(name)), name)
    shown(room, live, "Who decides?", "Why is it so?", "When does it begin?")
    order_by(room, Order.ARRIVAL)
    shown(room, live, "Why is it so?", "Who decides?", "When does it begin?")
    room.does(MarkNote(first, Mark.ASKED))
    order_by(room, Order.NOT_HEARD)
    shown(room, live, "When does it begin?", "Who decides?", "Why is it so?")
    assert live.model.rows[0].foot.endswith("not heard yet")


def test_number_keys_say_where_a_question_stands_and_every_question_is_accounted_for(
    room: Hall, live: LiveQuestions
) -> None:
    notes = [room.say(f"Question {number}?", by=f"P{number}") for number in range(5)]
    order_by(room, Order.ARRIVAL)
    shown(room, live, *(f"Question {number}?" for number in range(5)))
    for note, key, mark in zip(
        notes, (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4), (Mark.NOW, Mark.ASKED, Mark.WRITING, Mark.PARKED),
        strict=False,
    ):  # fmt: skip
        marked(room, live, note)
        room.desk.keys(key)
        room.desk.wait(lambda note=note, mark=mark: room.board.mark(note) is mark)    # type: ignore[misc]
    told = "5 questions: being answered 1, asked 1, answered in writing 0, parked 1, still to answer 2."
    room.desk.wait(lambda: live.told.text() == told)
    marked(room, live, notes[0])
    room.desk.keys(Key.Key_5)
    room.desk.wait(lambda: room.board.mark(notes[0]) is Mark.WAITING)


def test_enter_answers_now_and_the_one_before_has_been_asked(room: Hall, live: LiveQuestions) -> None:
    first, second = room.say("One?"), room.say("Two?")
    room.desk.wait(lambda: len(live.model.rows) == 2)
    marked(room, live, first)
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.board.mark(first) is Mark.NOW)
    room.desk.wait(lambda: live.model.rows[0].side == "Being answered now")
    marked(room, live, second)
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.board.mark(second) is Mark.NOW)
    assert room.board.mark(first) is Mark.ASKED


def test_questions_that_ask_the_same_are_joined_and_still_all_count(room: Hall, live: LiveQuestions) -> None:
    first, second = room.say("Why?", by="Ada"), room.say("Why, then?", by="Ben")
    room.does(SupportNote(second, room.person("Cem")), "Cem")
    room.desk.wait(lambda: len(live.model.rows) == 2)
    marked(room, live, first, second)
    room.desk.keys(Key.Key_6)
    room.desk.wait(lambda: room.board.merged_into(first) == second)
    shown(room, live, "Why, then?")
    assert live.told.text().startswith("2 questions:")
    assert "with 1 more" in live.model.rows[0].foot


def test_an_answer_in_words_is_written_from_the_list(room: Hall, live: LiveQuestions) -> None:
    note = room.say("Why?")
    room.desk.wait(lambda: len(live.model.rows) == 1)
    marked(room, live, note)
    room.desk.keys(Key.Key_R, CTRL)
    room.desk.write("The answer", "Because of the school")
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: room.board.answer(note) == "Because of the school")
    told = "1 question: asked 0, answered in writing 1, still to answer 0."
    room.desk.wait(lambda: live.told.text() == told)
    assert live.model.rows[0].side == "Answered"


def test_where_nothing_is_live_the_pane_says_what_to_do_and_escape_closes_it(room: Hall) -> None:
    room.desk.keys(Key.Key_7, CTRL)
    room.desk.wait(lambda: room.screen.live.told.text().startswith("No question is live."))
    assert room.is_ticked("live-questions")
    room.desk.keys(Key.Key_Escape)
    room.desk.wait(lambda: not room.screen.live.isVisible())
    assert not room.is_ticked("live-questions")
    assert room.screen.board.hasFocus()


def test_one_pane_at_a_time_stands_on_the_right(room: Hall) -> None:
    room.desk.do("people")
    room.desk.do("pledges")
    assert not room.screen.people.isVisible()
    assert room.screen.pledges.isVisible()
    room.desk.do("people")
    assert not room.screen.pledges.isVisible()
    assert room.screen.people.isVisible()
