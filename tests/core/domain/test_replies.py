"""You said, we did: what is told to whom, anew as it goes on, and what changed since people last heard."""

import pytest

from core.base.ids import BackId, NoteId, QuestionId
from core.domain.answering import AnswerBack, GiveReply, TakeReplyBack, told
from core.domain.board import Board
from core.domain.bodies import AnsweredBack
from core.domain.commands import HideNotes, MoveNotes, RemoveTheme, Undo, WithdrawNote
from core.domain.contributing import SupportNote
from core.domain.events import Base
from core.domain.grouping import ShowAlsoIn
from core.domain.registers import NoteAnswered
from core.domain.replies import Reach, changed_for, changed_since, concerns, history, is_waiting, reach, reached_by
from core.domain.running import AnswerNote, MergeNotes
from core.domain.terms import Reason, Reply, Status
from core.domain.words import Words
from tests.core.table import Seat, a_table, event_of, name_of, person, say, theme

ADA, BEN, CY = person("Ada"), person("Ben"), person("Cy")


@pytest.fixture
def room() -> tuple[Seat, QuestionId]:
    _, question, [desk] = a_table("desk")
    return desk, question


def replied(seat: Seat, subject: str, text: str, status: Status = Status.HEARD) -> None:
    seat.sees_and_does(GiveReply(subject=subject, text=text, status=status))


def heard_by(board: Board, who: str) -> list[str]:
    return [board.text(concern.reply.text) for concern in concerns(board, person(who))]


def test_a_reply_goes_on_from_heard_to_done_and_all_of_it_stays_readable(room: tuple[Seat, QuestionId]) -> None:
    desk, question = room
    ramps = theme(desk, question, "Ramps", [say(desk, question, "The ramp is steep")])
    desk.sees_and_does(GiveReply(subject=ramps, text="We read this.", who="Parks team", by=738_000))
    desk.sees_and_does(GiveReply(subject=ramps, text="A ramp is being built.", status=Status.IN_PROGRESS))
    desk.sees_and_does(GiveReply(subject=ramps, text="The ramp is open.", status=Status.DONE))
    board = desk.board
    assert [board.text(given.reply.text) for given in history(board, ramps) if given.reply] == [
        "We read this.", "A ramp is being built.", "The ramp is open.",
    ]  # fmt: skip
    assert (told(board, ramps).text, told(board, ramps).status) == ("The ramp is open.", Status.DONE)
    first = history(board, ramps)[0].reply
    assert first is not None
    assert (board.text(first.who), first.by) == ("Parks team", 738_000)


def test_what_was_undone_was_never_told_and_the_log_still_has_it(room: tuple[Seat, QuestionId]) -> None:
    desk, question = room
    note = say(desk, question, "The ramp is steep")
    replied(desk, note, "We read this.")
    replied(desk, note, "We did this.", Status.DONE)
    desk.sees_and_does(Undo(desk.desk))
    assert told(desk.board, note).text == "We read this."
    assert len(history(desk.board, note)) == 1
    assert len(desk.board.replies_to(note)) == 3
    desk.sees_and_does(Undo(desk.desk))
    assert desk.board.reply(note) is None
    assert history(desk.board, note) == ()


def test_the_same_reply_given_twice_is_one(room: tuple[Seat, QuestionId]) -> None:
    desk, question = room
    note = say(desk, question, "The ramp is steep")
    same = GiveReply(subject=note, text="No money.", status=Status.CANNOT, because="The fund is empty.", who="Ann")
    assert len(desk.sees_and_does(same, same)) == 1


def test_a_reason_stays_with_a_no_and_goes_with_it(room: tuple[Seat, QuestionId]) -> None:
    desk, question = room
    note = say(desk, question, "The ramp is steep")
    desk.sees_and_does(GiveReply(subject=note, status=Status.CANNOT, because="The tree roots are in the way."))
    assert desk.board.answer(note) == "The tree roots are in the way."
    desk.sees_and_does(GiveReply(subject=note, status=Status.DONE, text="We found a way.", because="left over"))
    assert told(desk.board, note).because == ""


def test_an_answer_to_a_live_question_is_a_reply_also_one_of_before(room: tuple[Seat, QuestionId]) -> None:
    desk, question = room
    note, old = say(desk, question, "When?"), say(desk, question, "And before?")
    desk.sees_and_does(AnswerNote(note, "In May."))
    assert told(desk.board, note).text == "In May."
    words = Words.of("In April.")
    desk.table.words.append(words)
    desk.table.takes(event_of(old, NoteAnswered(to=words.hash, was=None), desk="desk", origin="before"))
    desk.catches_up()
    assert desk.board.reply(old) == Reply(text=words.hash)
    desk.sees_and_does(Undo(desk.desk))
    assert (desk.board.reply(old), desk.board.answer(note)) == (None, "In May.")


def test_two_desks_that_reply_unseen_are_asked_which(room: tuple[Seat, QuestionId]) -> None:
    _, question, [ann, ben] = a_table("Ann", "Ben")
    note = say(ann, question, "The ramp is steep")
    for desk in (ann, ben):
        desk.catches_up()
    ann.does(GiveReply(subject=note, text="Yes"))
    ben.does(GiveReply(subject=note, text="No"))
    assert [(each.subject, len(each.lost)) for each in ann.catches_up().board.conflict_list()] == [(note, 1)]


def test_a_reply_concerns_whoever_said_it_by_note_theme_or_support(room: tuple[Seat, QuestionId]) -> None:
    desk, question = room
    steep, slope, alone = (say(desk, question, text) for text in ("Steep", "Slope", "Bees"))
    asked = say(desk, question, "When?", by="Ben")
    same = say(desk, question, "And when?", by="Cy")
    ramps, slopes = theme(desk, question, "Ramps", [steep]), theme(desk, question, "Slopes", [slope])
    desk.sees_and_does(MergeNotes((same,), asked), ShowAlsoIn((steep,), slopes))
    desk.sees_and_does(SupportNote(asked, ADA), actor=ADA)
    for subject, text in ((ramps, "to ramps"), (slopes, "to slopes"), (alone, "to bees"), (asked, "to when")):
        replied(desk, subject, text)
    board = desk.board
    assert heard_by(board, "Ada") == ["to ramps", "to slopes", "to bees", "to when"]
    assert heard_by(board, "Ben") == heard_by(board, "Cy") == ["to when"]
    about = {concern.subject: concern.notes for concern in concerns(board, ADA)}
    assert (about[slopes], about[asked]) == ((steep, slope), (asked,))
    assert reached_by(board, asked) == {ADA, BEN, CY}
    desk.sees_and_does(RemoveTheme(ramps), WithdrawNote(alone))
    assert heard_by(desk.board, "Ada") == ["to slopes", "to when"]


def test_somebody_is_answered_when_all_that_they_said_is(room: tuple[Seat, QuestionId]) -> None:
    desk, question = room
    steep, bees = say(desk, question, "Steep"), say(desk, question, "Bees")
    rude, nobody = say(desk, question, "Rude", by="Ben"), say(desk, question, "Psst", by=None)
    ramps = theme(desk, question, "Ramps", [steep, nobody])
    desk.catches_up()
    assert reach(desk.board) == Reach(people=2, answered=0)
    replied(desk, ramps, "We will build one.")
    assert (reach(desk.board).answered, is_waiting(desk.board, ADA)) == (0, True)
    desk.sees_and_does(MoveNotes((bees,), ramps))
    assert reach(desk.board) == Reach(people=2, answered=1)
    desk.sees_and_does(HideNotes((rude,), Reason.HURTFUL))    # its writer was told why
    assert (reach(desk.board), reach(desk.board).waiting) == (Reach(people=1, answered=1), 0)


def test_only_what_changed_since_people_last_heard_is_told_again(room: tuple[Seat, QuestionId]) -> None:
    desk, question = room
    steep, bees = say(desk, question, "Steep"), say(desk, question, "Bees", by="Ben")
    replied(desk, steep, "Heard.")
    replied(desk, bees, "Heard, too.")
    point: Base = desk.board.seen
    assert changed_since(desk.board, point) == frozenset()
    replied(desk, steep, "Done.", Status.DONE)
    replied(desk, bees, "Oh no.")
    desk.sees_and_does(Undo(desk.desk))
    assert changed_since(desk.board, point) == {steep}
    assert [concern.subject for concern in changed_for(desk.board, ADA, point)] == [steep]
    assert changed_for(desk.board, BEN, point) == []
    desk.sees_and_does(TakeReplyBack(bees))
    assert changed_since(desk.board, point) == {steep, bees}
    assert changed_since(desk.board, Base()) == {steep}    # who never heard of it is not told that it is gone


def test_what_is_answered_back_waits_for_a_reply_and_is_on_no_board(room: tuple[Seat, QuestionId]) -> None:
    desk, question = room
    note, back = say(desk, question, "Steep"), BackId(name_of("back"))
    desk.sees_and_does(AnswerBack(note, ADA, "I meant the stairs", back), actor=ADA)
    board = desk.board
    [found] = board.backs_in_order()
    assert (found.note, found.contributor, board.text(found.words)) == (note, ADA, "I meant the stairs")
    assert (board.balance.received, len(board.notes)) == (1, 1)
    replied(desk, back, "We moved it.", Status.DONE)
    assert told(desk.board, back).text == "We moved it."


def test_what_is_answered_back_about_anothers_note_is_nothing(room: tuple[Seat, QuestionId]) -> None:
    desk, question = room
    note = say(desk, question, "Steep")
    body = AnsweredBack(note=NoteId(note), words=Words.of("Mine!").hash)
    desk.table.takes(event_of(name_of("back"), body, actor=BEN))
    assert desk.catches_up().board.backs_in_order() == []
