"""Everything that a desk can take back is named in words."""

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from core.base.ids import DeskId, NoteId, QuestionId, RoundId, StepId, ThemeId, new_id
from core.domain.carrying import CarryOn, Heard
from core.domain.commands import Command, MakeWorkshop, NewTheme, SayNote
from core.domain.easy import WriteEasy
from core.domain.grouping import ColourTheme, FoldTheme, ShowAlsoIn
from core.domain.preparing import DescribeWorkshop, DropQuestion, MoveQuestion, RewordQuestion, SeatPerson
from core.domain.promising import CountVotes, MakePledge
from core.domain.registers import Register
from core.domain.running import (
    AddStep,
    AnswerNote,
    BeginStep,
    BlockPerson,
    EndWorkshop,
    FreezeNotes,
    MarkNote,
    MergeNotes,
    MoveStep,
    OpenQuestion,
    OpenVote,
    RemoveStep,
    RevealParts,
    RevealQuestion,
    SetQuestion,
    StartTimer,
    StopTimer,
)
from core.domain.terms import ONLINE, Asking, CountWay, EasyPicture, Mark, Parts, StepKind, VoteOn
from core.domain.venues import AddVenue, JoinVenues, KeepVenuesApart, PlaceDesk
from core.session import Session
from tests.core.table import person
from ui.words.undo_words import describe

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BY_CONTRIBUTORS = {"person.shown"}
"""Registers that only people at phones set: no desk takes them back."""
OF_BEFORE = {"note.answered"}
"""What older versions wrote, and nothing does today."""


@pytest.fixture
def said(tmp_path: Path) -> dict[str, str]:
    """What each register is called in "Undo: ...", after something was done that sets it."""
    made = MakeWorkshop(title="Our town", questions=("Why?", "And then?"), code="ABC234")
    session = Session.create(tmp_path / "town.sayback", made, DeskId(new_id()))
    question, other = session.board.questions_in_order()
    told: dict[str, str] = {}
    for command in acts(question.id, other.id):
        events = session.do(command).result(10).events
        done = session.board.history(session.desk).undo[-1]
        told.update(dict.fromkeys((event.body.KIND for event in events if isinstance(event.body, Register)), ""))
        named = [event.body.KIND for event in done.events if isinstance(event.body, Register)]
        told.update(dict.fromkeys([done.events[0].body.KIND, *named], describe(done, session.board)))    # type: ignore[union-attr]
    session.close()
    return told


def acts(question: QuestionId, other: QuestionId) -> list[Command]:
    first, second, hello, vote = NoteId(new_id()), NoteId(new_id()), StepId(new_id()), StepId(new_id())
    streets, health, round_id = ThemeId(new_id()), ThemeId(new_id()), RoundId(new_id())
    return [
        *(SayNote(question=question, text="When?", contributor=None, note_id=each) for each in (first, second)),
        DropQuestion(other), SetQuestion(question, Asking(live=True)), RevealQuestion(question),
        OpenQuestion(question, on=False), FreezeNotes(), EndWorkshop(),
        AddStep(kind=StepKind.WELCOME, step_id=hello), MoveStep(hello),
        AddStep(kind=StepKind.VOTE, step_id=vote), BeginStep(vote), RemoveStep(hello), StartTimer(60, NOW),
        StopTimer(NOW), OpenVote(question, VoteOn.THEMES, 3, round_id), MarkNote(first, Mark.NOW),
        AnswerNote(first, "In May."), MergeNotes((second,), first), BlockPerson(person("Ada")),
        NewTheme(question, "Streets", (first,), theme_id=streets), NewTheme(question, "Health", theme_id=health),
        ColourTheme(streets, 3), FoldTheme(streets), ShowAlsoIn((first,), health),
        RevealParts(question, Parts(themes=(streets,))),
        CountVotes(round_id=round_id, way=CountWay.HANDS, table=1, dots={streets: 4}), MakePledge(what="A ramp"),
        WriteEasy([(EasyPicture.TALK, "We talked.")]),
        DescribeWorkshop(venue="The hall"), RewordQuestion(question, "Why not?"),
        MoveQuestion(other, question), SeatPerson(person("Ada"), 4),
        AddVenue("York"), PlaceDesk(DeskId(new_id()), ONLINE), KeepVenuesApart(), JoinVenues(question),
        CarryOn((Heard(first=ThemeId(new_id()), name="Rents", question="Why?", times=1, day=738_000),)),
    ]  # fmt: skip


def test_no_act_of_a_desk_is_nameless(said: dict[str, str]) -> None:
    expected = {kind.KIND for kind in get_args(Register)} - BY_CONTRIBUTORS - OF_BEFORE
    assert expected <= set(said)
    assert [kind for kind in expected if said[kind] in ("", "Last change")] == []
