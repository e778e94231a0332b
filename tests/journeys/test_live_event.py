"""The live event: a panel, a room and people online who ask at any time. Every question is asked, answered or on a list
of what is still to answer; and at the end people say what they will do.

Told twice: by a chair with a mouse, and by one who has none."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from core.base.join import Way
from core.domain.board import Note
from core.domain.terms import Mark
from core.record.html import make_html
from core.record.plan import plan
from core.rehearsal.page import Page
from tests.journeys.facilitators import Facilitator, WithMouse, without_a_mouse
from tests.journeys.guests import Guest, Guests, coming
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, SHIFT, Key

pytestmark = pytest.mark.slow

NewDesk = Callable[[], DeskUnderTest]
ROOM, ONLINE = 24, 12
REACH, HEAR = "How do you reach people who never come?", "How will you hear those who never come?"
BUSES, WORDS = "When will the buses run on Sundays?", "Who writes the leaflets?"
REST = ("Can we see the numbers?", "Is there a budget for this?", "What about young carers?", "Why is it so hot?")
WANTED = {REACH: 12, HEAR: 9, BUSES: 7, WORDS: 4}
LATER = "We looked into it: {question} It is for the council, and it says yes."
ANSWER = "Three of us do, and from May on a reading group looks at each."


@pytest.fixture
def desk(new_desk: NewDesk) -> DeskUnderTest:
    started = new_desk()
    started.begin(size=(1920, 1080))
    started.wait(started.window.isActiveWindow)
    return started


def test_with_a_mouse(desk: DeskUnderTest) -> None:
    the_event(WithMouse(desk))


def test_with_the_keyboard_only(desk: DeskUnderTest, qapp: QApplication) -> None:
    with without_a_mouse(qapp):
        the_event(Facilitator(desk))


def the_event(her: Facilitator) -> None:
    """The whole of it. Each part ends with what people see."""
    makes_it_from_the_plan(her)
    with coming() as guests:
        all_come_in(her, guests)
        they_ask_while_the_panel_speaks(her, guests)
        two_that_ask_the_same_become_one(her, guests)
        the_panel_answers(her, guests)
        one_is_answered_in_writing(her, guests)
        every_question_is_accounted_for(her, guests)
        people_pledge(her)
        afterwards_the_rest_is_answered_in_writing(her, guests)
    the_record_has_every_question(her)


def makes_it_from_the_plan(her: Facilitator) -> None:
    """The plan for live questions, with a name."""
    her.presses("Begin from the plan Live questions")
    her.fills_in("What is it called?", "Care close to home")
    her.desk.keys(Key.Key_Return, CTRL)
    her.desk.wait(lambda: her.desk.desk.open_desk is not None)
    assert her.desk.door.code


def all_come_in(her: Facilitator, guests: Guests) -> None:
    """By the link of the room and by that for people at home; they read what is promised."""
    guests.follow(her.desk.door.link(Way.ROOM), ROOM)
    guests.follow(her.desk.door.link(Way.HOME), ONLINE)
    assert all("No question is lost." in guest.phone.page for guest in guests.all)
    her.chooses("People")
    her.desk.wait(lambda: f"{ROOM + ONLINE} here" in her.reads())


def they_ask_while_the_panel_speaks(her: Facilitator, guests: Guests) -> None:
    """She sees each question come, and how many want it; what most want to know stands first."""
    her.desk.keys(Key.Key_F5)
    her.goes_on()
    her.goes_on()
    her.desk.keys(Key.Key_7, CTRL)
    her.desk.wait(lambda: her.at is her.desk.open.screen.live.list)
    for guest, question in zip(guests.all[::4], (*WANTED, *REST), strict=False):
        assert "Thank you" in guest.asks(question)
        assert "Your question" in guest.reads("/ask")
    for question, wanted in WANTED.items():
        for guest in guests.all[-wanted:]:
            guest.supports(question)
    told(her, "8 questions: asked 0, answered in writing 0, still to answer 8.")
    her.desk.wait(lambda: rows(her)[:4] == list(WANTED))
    assert "You want this answered too (12)" in guests.all[-1].reads("/ask")


def two_that_ask_the_same_become_one(her: Facilitator, guests: Guests) -> None:
    """Two marked, and 6: who wants either counts once, and neither asker is forgotten."""
    stands_on(her, REACH)
    her.desk.keys(Key.Key_Down, SHIFT)
    her.desk.keys(Key.Key_6)
    her.desk.wait(lambda: HEAR not in rows(her))
    assert rows(her)[0] == REACH
    told(her, "8 questions: asked 0, answered in writing 0, still to answer 8.")
    page = guests.all[-1].reads("/ask")
    assert HEAR not in page
    assert "You want this answered too (12)" in page


def the_panel_answers(her: Facilitator, guests: Guests) -> None:
    """Enter: this one now. Then the next; the one before was asked."""
    her.goes_on()
    stands_on(her, REACH)
    her.desk.keys(Key.Key_Return)
    is_marked(her, REACH, Mark.NOW)
    sees(guests.all[3], REACH, "Being answered now")
    stands_on(her, BUSES)
    her.desk.keys(Key.Key_Return)
    is_marked(her, BUSES, Mark.NOW)
    her.sees_on_the_wall(BUSES)
    sees(guests.all[3], REACH, "Asked and answered")
    sees(guests.all[3], BUSES, "Being answered now")
    told(her, "8 questions: being answered 1, asked 2, answered in writing 0, still to answer 5.")


def one_is_answered_in_writing(her: Facilitator, guests: Guests) -> None:
    """What there is no time for: one with its answer now, one to be written later, one parked."""
    stands_on(her, WORDS)
    her.desk.keys(Key.Key_R, CTRL)
    her.fills_in("The answer", ANSWER)
    her.desk.keys(Key.Key_Return, CTRL)
    her.desk.wait(lambda: her.board.answer(note(her, WORDS).id) == ANSWER)
    assert ANSWER in guests.all[5].reads("/ask")
    stands_on(her, REST[0])
    her.desk.keys(Key.Key_3)
    is_marked(her, REST[0], Mark.WRITING)
    sees(guests.all[5], REST[0], "To be answered in writing")
    stands_on(her, REST[3])
    her.desk.keys(Key.Key_4)
    is_marked(her, REST[3], Mark.PARKED)


def every_question_is_accounted_for(her: Facilitator, guests: Guests) -> None:
    """Asked, answered, parked and still to answer are all there are; each asker finds their own."""
    stands_on(her, BUSES)
    her.desk.keys(Key.Key_2)
    told(her, "8 questions: asked 3, answered in writing 1, parked 1, still to answer 3.")
    for guest, question in zip(guests.all[::4], (*WANTED, *REST), strict=False):
        assert question in guest.reads("/mine")
    balance = her.board.balance
    assert (balance.received, balance.board) == (8, 8)


def people_pledge(her: Facilitator) -> None:
    """What one small thing will you do? Who, what, by when."""
    her.goes_on()
    her.desk.keys(Key.Key_9, CTRL)
    for what, who in (("Read every leaflet aloud first", "Ada"), ("Ask the bus company", "Ben and Cem")):
        her.fills_in("What will be done", what)
        her.fills_in("Who", who)
        her.fills_in("By when", "2027-05-12")
        her.desk.keys(Key.Key_Return)
        her.desk.wait(lambda what=what: what in written_down(her))    # type: ignore[misc]
    her.sees_on_the_wall("Read every leaflet aloud first", "Ask the bus company")
    pledges = [row.spoken for row in her.desk.open.screen.pledges.model.rows]
    assert pledges == [
        "Read every leaflet aloud first, Ada, by 12 May 2027", "Ask the bus company, Ben and Cem, by 12 May 2027"
    ]  # fmt: skip


def afterwards_the_rest_is_answered_in_writing(her: Facilitator, guests: Guests) -> None:
    """What was parked, too: nothing is left, and who asked finds the answer."""
    her.desk.keys(Key.Key_7, CTRL)
    for question in REST:
        stands_on(her, question)
        her.desk.keys(Key.Key_R, CTRL)
        her.fills_in("The answer", LATER.format(question=question))
        her.desk.keys(Key.Key_Return, CTRL)
        her.desk.wait(lambda question=question: her.board.answer(note(her, question).id) != "")    # type: ignore[misc]
    told(her, "8 questions: asked 3, answered in writing 5, still to answer 0.")
    for guest, question in zip(guests.all[16::4], REST, strict=False):
        assert LATER.format(question=question) in guest.reads("/mine")


def the_record_has_every_question(her: Facilitator) -> None:
    """With its answer, where one was written."""
    page = make_html(plan(her.board)).decode()
    told = Page.read(page)
    wanted = (*WANTED, *REST, ANSWER, *(LATER.format(question=question) for question in REST))
    assert [words for words in wanted if not told.shows(words)] == []


def rows(her: Facilitator) -> list[str]:
    """The questions in the list, as they stand."""
    return [row.words for row in her.desk.open.screen.live.model.rows]


def stands_on(her: Facilitator, question: str) -> None:
    """To this row of the list, by the arrow keys."""
    live = her.desk.open.screen.live
    her.desk.wait(lambda: question in rows(her))
    live.list.setFocus()
    her.desk.keys(Key.Key_Home)
    while live.list.currentIndex().row() != rows(her).index(question):
        her.desk.keys(Key.Key_Down)


def note(her: Facilitator, question: str) -> Note:
    return next(each for each in her.board.notes.values() if her.board.text_of(each) == question)


def is_marked(her: Facilitator, question: str, mark: Mark) -> None:
    """The desk has it so."""
    her.desk.wait(lambda: her.board.mark(note(her, question).id) is mark)


def sees(guest: Guest, question: str, state: str) -> None:
    """On the phone: where this question stands."""
    (row,) = [part for part in guest.reads("/ask").split("<li ") if f">{question}</bdi>" in part]
    assert state in row


def told(her: Facilitator, account: str) -> None:
    """The line above the list."""
    her.desk.wait(lambda: account in [label.text() for label in her.desk.visible(QLabel)])


def written_down(her: Facilitator) -> list[str]:
    """What is pledged."""
    return [her.board.text(pledge.what) for _id, pledge in her.board.pledge_list()]
