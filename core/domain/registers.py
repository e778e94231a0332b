"""Events that set one property of their subject: the last writer wins, an undo sets it back, and what was overwritten
unseen is a conflict. All of them alike: `to`, and `was`, the value their author saw.
"""

from dataclasses import dataclass
from typing import ClassVar

from core.base.ids import NoteId, StepId, WordsHash
from core.domain.terms import Asking, Mark, Shown, Step, Timer


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """A question is asked in another way from here on."""

    KIND: ClassVar[str] = "question.set"
    to: Asking
    was: Asking


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRevealed:
    """Everybody may see the notes of a question, or no longer."""

    KIND: ClassVar[str] = "question.revealed"
    to: bool
    was: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOpened:
    """A question takes notes, or no longer."""

    KIND: ClassVar[str] = "question.opened"
    to: bool
    was: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopFrozen:
    """Contributors may no longer change or take back what they said, or may again; its subject is the workshop."""

    KIND: ClassVar[str] = "workshop.frozen"
    to: bool
    was: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopEnded:
    """The workshop is over, or goes on after all; its subject is the workshop."""

    KIND: ClassVar[str] = "workshop.ended"
    to: bool
    was: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSet:
    """A step of the agenda was made, changed, moved or (None) taken out."""

    KIND: ClassVar[str] = "step.set"
    to: Step | None
    was: Step | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBegun:
    """A step of the agenda began; None: none is under way. Its subject is the workshop."""

    KIND: ClassVar[str] = "step.begun"
    to: StepId | None
    was: StepId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerSet:
    """The countdown was started, stopped for a while, or put away (None); its subject is the workshop."""

    KIND: ClassVar[str] = "timer.set"
    to: Timer | None
    was: Timer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMarked:
    """A live question is being answered, was asked, will be answered in writing..."""

    KIND: ClassVar[str] = "note.marked"
    to: Mark
    was: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAnswered:
    """A note was answered in words."""

    KIND: ClassVar[str] = "note.answered"
    to: WordsHash | None
    was: WordsHash | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMerged:
    """A note says the same as another and is shown with it; both count."""

    KIND: ClassVar[str] = "note.merged"
    to: NoteId | None
    was: NoteId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonBlocked:
    """Nothing more is taken from a contributor, or it is again; its subject is the contributor."""

    KIND: ClassVar[str] = "person.blocked"
    to: bool
    was: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonShown:
    """A contributor chose how to be shown; its subject is the contributor."""

    KIND: ClassVar[str] = "person.shown"
    to: Shown
    was: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened:
    """A round of votes takes dots, or no longer; None: it has not been opened. Its subject is the round."""

    KIND: ClassVar[str] = "round.opened"
    to: bool | None
    was: bool | None


Register = (
    QuestionSet
    | QuestionRevealed
    | QuestionOpened
    | WorkshopFrozen
    | WorkshopEnded
    | StepSet
    | StepBegun
    | TimerSet
    | NoteMarked
    | NoteAnswered
    | NoteMerged
    | PersonBlocked
    | PersonShown
    | RoundOpened
)
