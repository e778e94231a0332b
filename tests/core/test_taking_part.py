"""What contributors may do and when, how a workshop is run, and that all of it is on disk, undoable and erasable."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.base.errors import (
    Blocked,
    Frozen,
    NoteTooLong,
    NotOpenYet,
    NotThere,
    NoVotesLeft,
    QuestionClosed,
    Refused,
    VotingClosed,
    WorkshopOver,
)
from core.base.ids import BackId, NoteId, PictureHash, QuestionId, RoundId, StepId, ThemeId, new_id
from core.domain.answering import AnswerBack, GiveReply
from core.domain.board import Board, NoteState
from core.domain.commands import Command, NewTheme, Redo, RewordNote, SayNote, ShowNotes, Undo, WithdrawNote
from core.domain.contributing import CastVote, ShowPerson, SupportNote
from core.domain.events import NOBODY, Author
from core.domain.promising import MakePledge
from core.domain.running import (
    AddStep,
    AnswerNote,
    BeginStep,
    BlockPerson,
    ChangeStep,
    CloseVote,
    DiscardBurst,
    EndWorkshop,
    FreezeNotes,
    MakeSlips,
    MarkNote,
    MergeNotes,
    MoveStep,
    OpenQuestion,
    OpenVote,
    RemoveStep,
    RevealQuestion,
    SetQuestion,
    StartTimer,
    StopTimer,
    seconds_left,
    step_after,
)
from core.domain.terms import Asking, Mark, Mode, Naming, Openness, Reason, Reveal, Status, StepKind, VoteOn
from core.session import Saved, Session
from core.store.check import check
from tests.core.table import NOON, a_table, person
from tests.core.table import say as say_at
from tests.core.table import theme as theme_at
from tests.core.workshops import Clockwork, everything_on_disk, first_question, made, opened, say

ADA, BEN = person("Ada"), person("Ben")


def does(session: Session, command: Command, by: str | None = None) -> Saved:
    author = Author(session.desk, by) if by else None
    return session.do(command, author).result(10)


def sends(session: Session, text: str, *, by: str = "Ada", late: bool = False, held: Reason | None = None) -> NoteId:
    """A note through the door, as phones send it."""
    command = SayNote(
        question=first_question(session), text=text, contributor=person(by), note_id=NoteId(new_id()), late=late,
        at_door=True, held=held,
    )  # fmt: skip
    return does(session, command, by=person(by)).note_id


def settings(session: Session, **changes: object) -> None:
    does(session, SetQuestion(first_question(session), Asking(**changes)))    # type: ignore[arg-type]


def state(session: Session, note: NoteId) -> NoteState:
    return session.board.notes[note].state


class SetClock(Clockwork):
    """A clock that can be put forward."""

    def put_forward(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


def test_notes_are_seen_by_all_as_the_question_says(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        note = sends(session, "The ramp is steep")
        seen = {}
        for reveal in Reveal:
            settings(session, reveal=reveal)
            seen[reveal] = session.board.is_seen_by_all(session.board.notes[note])
        assert seen == {Reveal.AT_ONCE: True, Reveal.LATER: False, Reveal.NEVER: False}
        settings(session, reveal=Reveal.LATER)
        does(session, RevealQuestion(first_question(session)))
        assert session.board.is_seen_by_all(session.board.notes[note])
        does(session, Undo(session.desk))
        assert not session.board.is_seen_by_all(session.board.notes[note])
        settings(session, reveal=Reveal.NEVER)
        does(session, RevealQuestion(first_question(session)))
        assert not session.board.is_seen_by_all(session.board.notes[note])


def test_a_question_that_holds_keeps_notes_until_somebody_has_read_them(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        settings(session, hold=True)
        note = sends(session, "The ramp is steep")
        assert session.board.notes[note].standing.reason is Reason.READ_FIRST
        assert state(session, note) is NoteState.HELD
        does(session, ShowNotes((note,)))
        assert state(session, note) is NoteState.BOARD
        does(session, RewordNote(note, "The ramp is very steep", at_door=True), by=ADA)
        assert state(session, note) is NoteState.HELD
        assert session.board.balance.received == session.board.balance.held == 1


def test_a_burst_is_held_and_discarded_in_one_act_that_can_be_undone(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        burst = [sends(session, f"spam {n}", by=f"bot {n}", held=Reason.BURST) for n in range(3)]
        note = sends(session, "The ramp is steep")
        does(session, DiscardBurst())
        assert [state(session, each) for each in burst] == [NoteState.HIDDEN] * 3
        assert state(session, note) is NoteState.BOARD
        does(session, Undo(session.desk))
        assert [state(session, each) for each in burst] == [NoteState.HELD] * 3


def test_a_closed_question_takes_notes_for_a_minute_then_only_late_ones(tmp_path: Path) -> None:
    clock = SetClock()
    with made(tmp_path / "park.sayback", clock=clock) as session:
        does(session, OpenQuestion(first_question(session), on=False))
        sends(session, "just in time")
        clock.put_forward(60)
        with pytest.raises(QuestionClosed):
            sends(session, "too late")
        late = sends(session, "too late, and says so", late=True)
        assert session.board.notes[late].late
        say_at_desk = SayNote(
            question=first_question(session), text="typed", contributor=None, note_id=NoteId(new_id())
        )
        does(session, say_at_desk)
        does(session, Undo(session.desk))
        does(session, Undo(session.desk))
        sends(session, "open again")


def test_opening_and_closing_times_are_the_servers(tmp_path: Path) -> None:
    clock = SetClock()
    with made(tmp_path / "park.sayback", clock=clock) as session:
        start = int(NOON.timestamp()) * 1000
        settings(session, opens=start + 600_000, closes=start + 1_200_000)
        with pytest.raises(NotOpenYet):
            sends(session, "early")
        clock.put_forward(600)
        sends(session, "in time")
        clock.put_forward(600)
        sends(session, "in the minute after")
        clock.put_forward(60)
        with pytest.raises(QuestionClosed):
            sends(session, "late")
        question = first_question(session)
        assert [session.board.openness(question, start + at * 1000) for at in (0, 600, 1199, 1200)] == [
            Openness.NOT_YET, Openness.OPEN, Openness.OPEN, Openness.CLOSED,
        ]  # fmt: skip


def test_after_the_end_nothing_more_is_taken(tmp_path: Path) -> None:
    clock = SetClock()
    with made(tmp_path / "park.sayback", clock=clock) as session:
        does(session, EndWorkshop())
        clock.put_forward(61)
        for late in (False, True):
            with pytest.raises(WorkshopOver):
                sends(session, "after the end", late=late)
        does(session, Undo(session.desk))
        sends(session, "it goes on")


def test_what_is_frozen_is_neither_changed_nor_taken_back_by_its_writer(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        note = sends(session, "The ramp is steep")
        does(session, FreezeNotes())
        for command in (RewordNote(note, "The ramp is fine"), WithdrawNote(note)):
            with pytest.raises(Frozen):
                does(session, command, by=ADA)
        does(session, RewordNote(note, "The ramp (by the gate) is steep"))
        does(session, FreezeNotes(on=False))
        does(session, WithdrawNote(note), by=ADA)
        assert state(session, note) is NoteState.WITHDRAWN


def test_nothing_is_taken_from_who_is_blocked(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        note = sends(session, "The ramp is steep")
        does(session, BlockPerson(ADA))
        with pytest.raises(Blocked):
            sends(session, "more")
        with pytest.raises(Blocked):
            does(session, WithdrawNote(note), by=ADA)
        sends(session, "Benches", by="Ben")
        does(session, BlockPerson(ADA, on=False))
        sends(session, "more")


def test_nobody_leaves_no_trace_of_who_they_were_and_no_desk_can_undo_them(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        command = SayNote(
            question=first_question(session), text="I was not here", contributor=None, note_id=NoteId(new_id()),
            at_door=True,
        )  # fmt: skip
        note = does(session, command, by=NOBODY).note_id
        with pytest.raises(NotThere):
            does(session, WithdrawNote(note), by=NOBODY)
        assert session.board.history(session.desk).undo == ()
        assert not session.board.joined


def round_on(session: Session, on: VoteOn, dots: int = 3) -> RoundId:
    round_id = RoundId(new_id())
    does(session, OpenVote(first_question(session), on, dots, round_id))
    return round_id


def a_theme(session: Session, name: str) -> ThemeId:
    theme = ThemeId(new_id())
    does(session, NewTheme(first_question(session), name, theme_id=theme))
    return theme


def test_dots_lie_where_they_were_put_and_can_be_moved_until_the_round_closes(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        ways, seats = a_theme(session, "Ways in"), a_theme(session, "Seats")
        votes = round_on(session, VoteOn.THEMES)
        does(session, CastVote(votes, ADA, ways, 2), by=ADA)
        does(session, CastVote(votes, BEN, ways, 1, Mode.REMOTE), by=BEN)
        does(session, CastVote(votes, ADA, seats, 1), by=ADA)
        assert dict(session.board.tally(votes)) == {ways: 3, seats: 1}
        with pytest.raises(NoVotesLeft):
            does(session, CastVote(votes, ADA, seats, 2), by=ADA)
        does(session, CastVote(votes, ADA, ways, 0), by=ADA)
        does(session, CastVote(votes, ADA, seats, 3), by=ADA)
        assert dict(session.board.tally(votes)) == {ways: 1, seats: 3}
        does(session, CloseVote(votes))
        with pytest.raises(VotingClosed):
            does(session, CastVote(votes, ADA, seats, 0), by=ADA)
        does(session, Undo(session.desk))
        does(session, CastVote(votes, ADA, seats, 0), by=ADA)
        assert dict(session.board.tally(votes)) == {ways: 1}
        assert session.board.joined[BEN] is Mode.REMOTE


def test_opening_a_vote_is_taken_back_whole_unless_somebody_has_voted(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        ways, votes = a_theme(session, "Ways in"), round_on(session, VoteOn.THEMES)
        does(session, Undo(session.desk))
        assert session.board.rounds_in_order() == []
        with pytest.raises(VotingClosed):
            does(session, CastVote(votes, ADA, ways, 1), by=ADA)
        does(session, Redo(session.desk))
        assert [each.id for each in session.board.rounds_in_order()] == [votes]
        does(session, CastVote(votes, ADA, ways, 1), by=ADA)
        does(session, Undo(session.desk))
        assert not session.board.is_round_open(votes)
        assert [each.id for each in session.board.rounds_in_order()] == [votes]
        assert dict(session.board.tally(votes)) == {ways: 1}
    with opened(tmp_path / "park.sayback") as session:
        assert [each.id for each in session.board.rounds_in_order()] == [votes]


def test_dots_that_two_doors_took_are_capped_in_the_order_of_the_log() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    ways, seats = theme_at(ann, question, "Ways in"), theme_at(ann, question, "Seats")
    votes = RoundId(new_id())
    ann.does(OpenVote(question, VoteOn.THEMES, 3, votes))
    for desk in (ann, ben):
        desk.catches_up()
    ann.does(CastVote(votes, ADA, ways, 2), actor=ADA)
    ben.does(CastVote(votes, ADA, seats, 3), actor=ADA)
    assert dict(table.board.tally(votes)) == {ways: 2, seats: 1}


def test_dots_go_only_where_they_may(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        theme = a_theme(session, "Ways in")
        note = sends(session, "The ramp is steep")
        on_notes = round_on(session, VoteOn.NOTES)
        for target in (theme, "f" * 32):
            with pytest.raises(NotThere):
                does(session, CastVote(on_notes, ADA, target, 1), by=ADA)
        settings(session, reveal=Reveal.LATER)
        with pytest.raises(NotThere):
            does(session, CastVote(on_notes, ADA, note, 1), by=ADA)
        settings(session)
        with pytest.raises(NoVotesLeft):
            does(session, CastVote(on_notes, ADA, note, -1), by=ADA)
        does(session, CastVote(on_notes, ADA, note, 1), by=ADA)
        for dots in (0, 51):
            with pytest.raises(Refused):
                round_on(session, VoteOn.THEMES, dots)


def test_live_questions_are_supported_marked_answered_and_merged(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        settings(session, live=True)
        first, second, same = (sends(session, text) for text in ("When?", "Why?", "When will it be?"))
        does(session, SupportNote(first, BEN), by=BEN)
        does(session, SupportNote(first, ADA), by=ADA)
        does(session, SupportNote(first, BEN, on=False), by=BEN)
        assert session.board.supporters(first) == 1
        does(session, MarkNote(first, Mark.NOW))
        does(session, MarkNote(second, Mark.NOW))
        assert (session.board.mark(first), session.board.mark(second)) == (Mark.ASKED, Mark.NOW)
        does(session, Undo(session.desk))
        assert (session.board.mark(first), session.board.mark(second)) == (Mark.NOW, Mark.WAITING)
        does(session, AnswerNote(first, "In May."))
        assert session.board.answer(first) == "In May."
        does(session, MergeNotes((same,), first))
        assert session.board.merged_into(same) == first
        does(session, MergeNotes((first,), second))
        assert session.board.merged_into(same) == second
        assert session.board.balance.board == 3
        with pytest.raises(NotThere):
            does(session, SupportNote(NoteId("f" * 32), ADA), by=ADA)


def test_a_cannot_without_a_reason_and_a_reply_without_words_are_refused_kindly(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        note = sends(session, "The ramp is steep")
        with pytest.raises(Refused, match="needs a reason") as refusal:
            does(session, GiveReply(subject=note, status=Status.CANNOT, text="No.", because=" "))
        assert "Say why" in refusal.value.advice
        with pytest.raises(Refused, match="no words"):
            does(session, GiveReply(subject=note, status=Status.DONE))
        with pytest.raises(Refused, match="too long"):
            does(session, GiveReply(subject=note, text="x" * 2001))
        with pytest.raises(NotThere):
            does(session, GiveReply(subject="f" * 32, text="To nobody"))
        with pytest.raises(NotThere):
            does(session, GiveReply(subject=note, text="I answer myself"), by=ADA)
        does(session, MakePledge(what="I will ask"))
        [(pledge, _)] = session.board.pledge_list()
        does(session, GiveReply(subject=pledge, status=Status.DONE, text="She asked."))
        assert session.board.answer(NoteId(pledge)) == "She asked."


def test_people_answer_back_about_their_own_notes_and_wait_for_a_reply(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        note = sends(session, "The ramp is steep")
        does(session, EndWorkshop())
        backs = [BackId(new_id()) for _ in range(4)]
        for back in (*backs[:3], backs[0]):    # the first once more, after a lost answer
            does(session, AnswerBack(note, ADA, "I meant the stairs", back), by=ADA)
        assert len(session.board.backs) == 3
        with pytest.raises(Refused, match="told us already"):
            does(session, AnswerBack(note, ADA, "And another thing", backs[3]), by=ADA)
        does(session, GiveReply(subject=backs[0], status=Status.DONE, text="We moved it."))
        does(session, AnswerBack(note, ADA, "Thank you", backs[3]), by=ADA)
        with pytest.raises(NotThere):
            does(session, AnswerBack(note, BEN, "Mine", BackId(new_id())), by=BEN)
        with pytest.raises(NoteTooLong):
            does(session, AnswerBack(sends_more(session), ADA, "x" * 501, BackId(new_id())), by=ADA)
        session.erase(ADA).result(10)
        assert (len(session.board.backs), session.board.answer(NoteId(backs[0]))) == (0, "")
    assert check(tmp_path / "park.sayback").ok
    assert b"stairs" not in everything_on_disk(tmp_path)
    assert b"We moved it" not in everything_on_disk(tmp_path)


def sends_more(session: Session) -> NoteId:
    """One more note of Ada's, typed at the desk after the end."""
    command = SayNote(question=first_question(session), text="Bees", contributor=ADA, note_id=NoteId(new_id()))
    return does(session, command).note_id


def test_notes_that_two_desks_merged_into_each_other_are_each_on_their_own() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    first, second = (say_at(ann, question, text) for text in ("When?", "Why?"))
    for desk in (ann, ben):
        desk.catches_up()
    ann.does(MergeNotes((first,), second))
    ben.does(MergeNotes((second,), first))
    assert (table.board.merged_into(first), table.board.merged_into(second)) == (None, None)


def test_the_agenda_goes_forward_and_back_and_no_step_is_lost_by_undo(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        question = first_question(session)
        hello, write, vote = (StepId(new_id()) for _ in range(3))
        does(session, AddStep(kind=StepKind.WELCOME, title="Hello", step_id=hello, minutes=10))
        does(session, AddStep(kind=StepKind.VOTE, step_id=vote))
        does(session, AddStep(kind=StepKind.WRITE, question=question, minutes=5, before=vote, step_id=write))
        assert [step for step, _ in session.board.agenda()] == [hello, write, vote]
        does(session, OpenQuestion(question, on=False))
        for step in (hello, write):
            assert step_after(session.board) == step
            does(session, BeginStep(step))
        assert session.board.openness(question, 0) is Openness.OPEN
        assert step_after(session.board, back=True) == hello
        does(session, Undo(session.desk))
        assert session.board.step == hello
        assert session.board.openness(question, 0) is Openness.CLOSED
        does(session, MoveStep(vote, before=hello))
        does(session, ChangeStep(step=hello, kind=StepKind.TALK, title="Good morning"))
        does(session, RemoveStep(write))
        assert [step for step, _ in session.board.agenda()] == [vote, hello]
        does(session, Undo(session.desk))
        assert session.board.steps[write].minutes == 5
        assert session.board.text(session.board.steps[hello].title) == "Good morning"
        with pytest.raises(Refused):
            does(session, AddStep(kind=StepKind.TALK, minutes=-1))


def test_the_timer_runs_stands_still_and_goes_on(tmp_path: Path) -> None:
    def left(board: Board, seconds: float) -> int | None:
        return seconds_left(board.timer, NOON + timedelta(seconds=seconds)) if board.timer else None

    with made(tmp_path / "park.sayback") as session:
        does(session, StartTimer(300, NOON))
        assert [left(session.board, at) for at in (0, 0.5, 299.5, 300, 999)] == [300, 300, 1, 0, 0]
        does(session, StopTimer(NOON + timedelta(seconds=100)))
        assert left(session.board, 250) == 200
        does(session, StopTimer(NOON, away=True))
        assert session.board.timer is None
        does(session, Undo(session.desk))
        assert left(session.board, 0) == 200


def test_a_name_is_kept_only_where_one_was_chosen(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        does(session, ShowPerson(ADA, Naming.NO_NAME, "Ada Lovelace", may_quote=True), by=ADA)
        assert (session.board.name(ADA), session.board.shown(ADA).may_quote) == ("", True)
        does(session, ShowPerson(ADA, Naming.FIRST_NAME, " Ada\u202e\u200b\n ", may_quote=True), by=ADA)
        assert session.board.name(ADA) == "Ada"
        with pytest.raises(Refused):
            does(session, ShowPerson(BEN, Naming.OTHER_NAME, "\u200b"), by=BEN)
        with pytest.raises(Refused):
            does(session, ShowPerson(BEN, Naming.OTHER_NAME, "B" * 41), by=BEN)
        with pytest.raises(NotThere):
            does(session, ShowPerson(ADA, Naming.OTHER_NAME, "Eve"), by=BEN)
    assert b"Lovelace" not in everything_on_disk(tmp_path)


def test_all_of_it_is_there_after_a_restart_and_gone_after_erasing(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        settings(session, live=True)
        theme = a_theme(session, "Ways in")
        note = sends(session, "The ramp is steep")
        votes = round_on(session, VoteOn.THEMES)
        does(session, CastVote(votes, ADA, theme, 2), by=ADA)
        does(session, SupportNote(note, ADA), by=ADA)
        does(session, ShowPerson(ADA, Naming.FIRST_NAME, "Adelheid"), by=ADA)
        does(session, AnswerNote(note, "Adelheid is right"))
        does(session, MakeSlips((BEN,)))
        before = session.board
    with opened(path) as session:
        board = session.board
        assert dict(board.tallies[votes]) == {theme: 2}
        assert (board.name(ADA), board.answer(note), board.supporters(note)) == ("Adelheid", "Adelheid is right", 1)
        assert board.is_known(ADA)
        assert board.is_known(BEN)
        assert set(board.settings) == set(before.settings)
        session.erase(ADA).result(10)
        assert (dict(session.board.tally(votes)), session.board.supporters(note)) == ({}, 0)
        assert (session.board.name(ADA), session.board.answer(note)) == ("", "")
    assert b"Adelheid" not in everything_on_disk(tmp_path)


def test_a_picture_may_stand_without_words(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        picture = PictureHash("0" * 64)
        command = SayNote(
            question=first_question(session), text="", contributor=ADA, note_id=NoteId(new_id()), picture=picture
        )
        note = does(session, command, by=ADA).note_id
        assert session.board.notes[note].picture == picture
        assert state(session, note) is NoteState.BOARD


def test_contributors_run_no_workshops(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        say(session, "The ramp is steep")
        question: QuestionId = first_question(session)
        forbidden: tuple[Command, ...] = (
            RevealQuestion(question), OpenQuestion(question, on=False), FreezeNotes(), EndWorkshop(),
            AddStep(kind=StepKind.TALK), StartTimer(5, NOON), OpenVote(question, VoteOn.THEMES, 3), BlockPerson(BEN),
            MakeSlips((BEN,)), SetQuestion(question, Asking(hold=True)),
        )  # fmt: skip
        for command in forbidden:
            with pytest.raises(NotThere):
                does(session, command, by=ADA)
