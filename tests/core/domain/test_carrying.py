"""A theme heard in one workshop goes on in the next, with what was replied."""

from core.domain.answering import GiveReply, told
from core.domain.carrying import CarryOn, heard, times_heard
from core.domain.commands import MoveNotes, Undo
from core.domain.terms import Status
from tests.core.table import NOON, Seat, a_table, say, theme

WHY = "What would make this park yours?"


def a_desk(question: str = WHY) -> Seat:
    _, _, [desk] = a_table("desk", question=question)
    return desk



def test_a_theme_is_heard_a_third_time_and_says_what_was_replied_last() -> None:
    first = a_desk()
    question = first.board.questions_in_order()[0].id
    ramps = theme(first, question, "Ramps", [say(first, question, "Steep")])
    theme(first, question, "Nothing was said here")
    first.sees_and_does(
        GiveReply(subject=ramps, status=Status.CANNOT, because="No money.", text="We ask again.", who="Ann", by=738_000)
    )
    second = a_desk("what would make  this park yours?")
    second.sees_and_does(CarryOn(tuple(heard(first.board))))
    [carried] = second.board.themes_of(second.board.questions_in_order()[0].id)
    assert times_heard(second.board, carried) == 1
    note = say(second, carried.question, "Still steep")
    second.sees_and_does(MoveNotes((note,), carried.id))
    third = a_desk("Something else?")
    third.sees_and_does(CarryOn(tuple(heard(second.board))))
    [again] = third.board.themes_of(third.board.questions_in_order()[0].id)
    assert times_heard(third.board, again) == 2
    third.sees_and_does(MoveNotes((say(third, again.question, "Steep!"),), again.id))
    board = third.board
    assert times_heard(board, again) == 3
    before = board.themes[again.id].carried
    assert before is not None
    assert (before.first, before.day, board.text(before.title)) == (ramps, NOON.date().toordinal(), "The park")
    assert before.reply is not None
    said = [board.text(words) for words in (before.reply.text, before.reply.because, before.reply.who)]
    assert (before.reply.status, *said, before.reply.by) == (
        Status.CANNOT, "We ask again.", "No money.", "Ann", 738_000,
    )  # fmt: skip
    assert board.reply(again.id) is None    # here nobody has replied yet


def test_the_newest_reply_is_the_one_that_goes_on() -> None:
    first, second = a_desk(), a_desk()
    question = first.board.questions_in_order()[0].id
    ramps = theme(first, question, "Ramps", [say(first, question, "Steep")])
    first.sees_and_does(GiveReply(subject=ramps, text="Heard."))
    second.sees_and_does(CarryOn(tuple(heard(first.board))))
    [theme_there] = second.board.themes.values()
    second.sees_and_does(GiveReply(subject=theme_there.id, text="Done.", status=Status.DONE))
    [left] = heard(second.board)
    assert left.reply == told(second.board, theme_there.id)
    assert left.times == 1    # nobody spoke of it in the second


def test_carrying_on_is_one_act_that_can_be_undone() -> None:
    first, second = a_desk(), a_desk()
    question = first.board.questions_in_order()[0].id
    for name in ("Ramps", "Bees"):
        theme(first, question, name, [say(first, question, name)])
    first.catches_up()
    second.sees_and_does(CarryOn(tuple(heard(first.board))))
    second.sees_and_does(Undo(second.desk))
    assert second.board.themes_of(second.board.questions_in_order()[0].id) == []
