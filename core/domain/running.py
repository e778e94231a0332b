"""What a facilitator does to run a workshop: how questions are asked, the agenda, the timer, votes, live questions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.base.clock import to_milliseconds
from core.base.errors import NotThere
from core.base.ids import ContributorId, NoteId, QuestionId, RoundId, StepId, WorkshopId, new_id
from core.domain import keys
from core.domain.answering import TakeReplyBack, told
from core.domain.board import Board
from core.domain.bodies import RoundMade, SlipsMade
from core.domain.commands import HideNotes, find_note
from core.domain.events import Draft
from core.domain.registers import (
    NoteMarked,
    NoteMerged,
    PartsRevealed,
    PersonBlocked,
    QuestionOpened,
    QuestionRevealed,
    QuestionSet,
    RoundOpened,
    StepBegun,
    StepSet,
    TimerSet,
    WorkshopEnded,
    WorkshopFrozen,
)
from core.domain.terms import NO_PARTS, Asking, Mark, Parts, Reason, Step, StepKind, Timer, Visibility, VoteOn
from core.domain.values import changed
from core.domain.words import Words, tidy


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """Ask a question in another way: reveal, hold, kinds, names, times. `plain` is the question in plain words; None
    leaves these as they are."""

    question: QuestionId
    asking: Asking
    plain: str | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        _find_question(board, self.question)
        was, to, said = board.asking(self.question), self.asking, tuple[Words, ...]()
        if self.plain is not None and (words := Words.of(self.plain)).text != board.text(was.plain):
            said = (words,) if words.text else ()
            to = changed(to, plain=words.hash if said else None)
        return [] if was == to else [Draft(self.question, QuestionSet(to=to, was=was), said)]


@dataclass(frozen=True, slots=True)
class RevealQuestion:
    """Let everybody see the notes of a question, or cover them again."""

    question: QuestionId
    on: bool = True

    def drafts(self, board: Board) -> Sequence[Draft]:
        _find_question(board, self.question)
        was = board.setting(self.question, QuestionRevealed, False)
        return [] if was is self.on else [Draft(self.question, QuestionRevealed(to=self.on, was=was))]


@dataclass(frozen=True, slots=True)
class RevealParts:
    """Let everybody see the notes of some themes, tables or modes of a question before the rest."""

    question: QuestionId
    parts: Parts

    def drafts(self, board: Board) -> Sequence[Draft]:
        _find_question(board, self.question)
        was = board.setting(self.question, PartsRevealed, NO_PARTS)
        return [] if was == self.parts else [Draft(self.question, PartsRevealed(to=self.parts, was=was))]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Let a question take notes, or close it."""

    question: QuestionId
    on: bool = True

    def drafts(self, board: Board) -> Sequence[Draft]:
        _find_question(board, self.question)
        was = board.setting(self.question, QuestionOpened, True)
        return [] if was is self.on else [Draft(self.question, QuestionOpened(to=self.on, was=was))]


@dataclass(frozen=True, slots=True)
class FreezeNotes:
    """From here on nobody changes or takes back what they said; or they may again."""

    on: bool = True

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = board.is_frozen
        return [] if was is self.on else [Draft(_workshop(board), WorkshopFrozen(to=self.on, was=was))]


@dataclass(frozen=True, slots=True)
class EndWorkshop:
    """The workshop is over; or it goes on after all."""

    on: bool = True

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = board.is_ended
        return [] if was is self.on else [Draft(_workshop(board), WorkshopEnded(to=self.on, was=was))]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStep:
    """Put one more step on the agenda, before another or at its end."""

    kind: StepKind
    title: str = ""
    question: QuestionId | None = None
    minutes: int = 0
    before: StepId | None = None
    step_id: StepId | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        words = Words.of(self.title)
        step = Step(
            kind=self.kind, key=_key_before(board, self.before), title=words.hash if words.text else None,
            question=self.question, minutes=self.minutes,
        )  # fmt: skip
        said = (words,) if words.text else ()
        return [Draft(self.step_id or StepId(new_id()), StepSet(to=step, was=None), said)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStep:
    """Change a step; its place on the agenda stays."""

    step: StepId
    kind: StepKind
    title: str = ""
    question: QuestionId | None = None
    minutes: int = 0

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = _find_step(board, self.step)
        words = Words.of(self.title)
        same = words.text == board.text(was.title)
        title = was.title if same else (words.hash if words.text else None)
        to = Step(kind=self.kind, key=was.key, title=title, question=self.question, minutes=self.minutes)
        said = (words,) if title == words.hash else ()
        return [] if to == was else [Draft(self.step, StepSet(to=to, was=was), said)]


@dataclass(frozen=True, slots=True)
class MoveStep:
    """Put a step before another, or at the end."""

    step: StepId
    before: StepId | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = _find_step(board, self.step)
        key = _key_before(board, self.before, without=self.step)
        to = Step(kind=was.kind, key=key, title=was.title, question=was.question, minutes=was.minutes)
        return [] if to == was else [Draft(self.step, StepSet(to=to, was=was))]


@dataclass(frozen=True, slots=True)
class RemoveStep:
    """Take a step out of the agenda. No note is lost by it."""

    step: StepId

    def drafts(self, board: Board) -> Sequence[Draft]:
        return [Draft(self.step, StepSet(to=None, was=_find_step(board, self.step)))]


@dataclass(frozen=True, slots=True)
class BeginStep:
    """Go to a step of the agenda, forward or back; None: to none. A step in which people write opens its question."""

    step: StepId | None

    def drafts(self, board: Board) -> Sequence[Draft]:
        step = _find_step(board, self.step) if self.step is not None else None
        begun = StepBegun(to=self.step, was=board.step)
        drafts = [Draft(_workshop(board), begun)] if begun.to != begun.was else []
        if step is not None and step.question is not None and step.kind in (StepKind.WRITE, StepKind.ASK):
            return [*drafts, *OpenQuestion(step.question).drafts(board)]
        return drafts


def step_after(board: Board, back: bool = False) -> StepId | None:
    """The next step of the agenda, or the one before; None where there is none."""
    ids = [step_id for step_id, _ in board.agenda()]
    at = ids.index(board.step) if board.step in ids else (len(ids) if back else -1)
    to = at - 1 if back else at + 1
    return ids[to] if 0 <= to < len(ids) else None


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Count down so many seconds from now."""

    seconds: int
    now: datetime

    def drafts(self, board: Board) -> Sequence[Draft]:
        to = Timer(ends=to_milliseconds(self.now) + self.seconds * 1000)
        return [Draft(_workshop(board), TimerSet(to=to, was=board.timer))]


@dataclass(frozen=True, slots=True)
class StopTimer:
    """Let the countdown stand still, with what is left; `away` puts it away."""

    now: datetime
    away: bool = False

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = board.timer
        if was is None or (was.ends is None and not self.away):
            return []
        to = None if self.away else Timer(left=seconds_left(was, self.now))
        return [Draft(_workshop(board), TimerSet(to=to, was=was))]


def seconds_left(timer: Timer, now: datetime) -> int:
    """The whole seconds a countdown still has; 0 once it has run out."""
    if timer.ends is None:
        return max(0, timer.left)
    return max(0, -((to_milliseconds(now) - timer.ends) // 1000))


@dataclass(frozen=True, slots=True)
class OpenVote:
    """Begin a round of votes."""

    question: QuestionId
    on: VoteOn
    dots: int
    round_id: RoundId | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        _find_question(board, self.question)
        round_id = self.round_id or RoundId(new_id())
        made = RoundMade(question=self.question, on=self.on, dots=self.dots)
        return [Draft(round_id, made), Draft(round_id, RoundOpened(to=True, was=None))]


@dataclass(frozen=True, slots=True)
class CloseVote:
    """End a round of votes, or let it go on."""

    round_id: RoundId
    on: bool = False

    def drafts(self, board: Board) -> Sequence[Draft]:
        if self.round_id not in board.rounds:
            raise NotThere
        was: bool | None = board.setting(self.round_id, RoundOpened, None)
        return [] if bool(was) is self.on else [Draft(self.round_id, RoundOpened(to=self.on, was=was))]


@dataclass(frozen=True, slots=True)
class MarkNote:
    """Say where a live question stands. Only one is being answered at a time: the one before it has been asked."""

    note_id: NoteId
    mark: Mark

    def drafts(self, board: Board) -> Sequence[Draft]:
        note = find_note(board, self.note_id)
        was = board.mark(note.id)
        if was is self.mark:
            return []
        before = _being_answered(board, note.question) if self.mark is Mark.NOW else []
        asked = [Draft(each, NoteMarked(to=Mark.ASKED, was=Mark.NOW)) for each in before]
        return [*asked, Draft(note.id, NoteMarked(to=self.mark, was=was))]


@dataclass(frozen=True, slots=True)
class AnswerNote:
    """Answer a note in words; empty takes the answer back."""

    note_id: NoteId
    text: str

    def drafts(self, board: Board) -> Sequence[Draft]:
        note = find_note(board, self.note_id)
        if not tidy(self.text):
            return TakeReplyBack(note.id).drafts(board)
        return replace(told(board, note.id), text=self.text).drafts(board)


@dataclass(frozen=True, slots=True)
class MergeNotes:
    """Show notes with another that says the same; None: each on its own again. All of them count."""

    note_ids: tuple[NoteId, ...]
    into: NoteId | None

    def drafts(self, board: Board) -> Sequence[Draft]:
        into = None
        if self.into is not None:
            target = find_note(board, self.into)
            into = board.merged_into(target.id) or target.id
        notes = [find_note(board, note_id) for note_id in self.note_ids if note_id != into]
        was: dict[NoteId, NoteId | None] = {note.id: board.setting(note.id, NoteMerged, None) for note in notes}
        return [Draft(note, NoteMerged(to=into, was=before)) for note, before in was.items() if before != into]


@dataclass(frozen=True, slots=True)
class BlockPerson:
    """Take nothing more from a contributor, or take it again. What they said stays."""

    contributor: ContributorId
    on: bool = True

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = board.is_blocked(self.contributor)
        return [] if was is self.on else [Draft(self.contributor, PersonBlocked(to=self.on, was=was))]


@dataclass(frozen=True, slots=True)
class DiscardBurst:
    """Hide every note that is held because it came in a burst; one undo brings them back."""

    def drafts(self, board: Board) -> Sequence[Draft]:
        held = (Visibility.HELD, Reason.BURST)
        found = sorted(note.id for note in board.notes.values() if note.standing == held and not note.erased)
        return HideNotes(tuple(found), Reason.BURST).drafts(board)


@dataclass(frozen=True, slots=True)
class MakeSlips:
    """Make paper slips for these contributors, who are known from now on. Their codes are nowhere in the log."""

    people: tuple[ContributorId, ...]

    def drafts(self, board: Board) -> Sequence[Draft]:
        return [Draft(_workshop(board), SlipsMade(people=self.people))] if self.people else []


def _find_question(board: Board, question: QuestionId) -> None:
    if question not in board.questions:
        raise NotThere


def _find_step(board: Board, step: StepId) -> Step:
    found = board.steps.get(step)
    if found is None:
        raise NotThere
    return found


def _workshop(board: Board) -> WorkshopId:
    if board.workshop is None:
        raise NotThere
    return board.workshop.id


def _key_before(board: Board, before: StepId | None, without: StepId | None = None) -> str:
    """A key for a step that goes before another, or to the end. Equal keys, of two desks, count as one."""
    agenda = [(step_id, step.key) for step_id, step in board.agenda() if step_id != without]
    ids = [step_id for step_id, _ in agenda]
    at = ids.index(before) if before in ids else len(ids)
    high = agenda[at][1] if at < len(agenda) else None
    low = max((key for _, key in agenda[:at] if high is None or key < high), default=None)
    return keys.between(low, high)


def _being_answered(board: Board, question: QuestionId) -> list[NoteId]:
    notes = (note for note in board.notes.values() if note.question == question and not note.erased)
    return sorted(note.id for note in notes if board.mark(note.id) is Mark.NOW)
