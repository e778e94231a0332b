"""Events that set one property of their subject: the last writer wins, an undo sets it back, and what was overwritten
unseen is a conflict. All of them alike: `to`, and `was`, the value their author saw.
"""

from dataclasses import dataclass
from typing import ClassVar

from core.base.ids import NoteId, StepId, ThemeId, VenueId, WordsHash
from core.domain.terms import (
    Asking,
    Carried,
    Count,
    Details,
    EasyLine,
    Mark,
    Parts,
    Pledge,
    Reply,
    Shown,
    Step,
    Timer,
    Venue,
)


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
    """A note was answered in words, before there were replies; read as one, and written no more."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopDescribed:
    """Title, purpose, promise and the like were put right; its subject is the workshop."""

    KIND: ClassVar[str] = "workshop.described"
    to: Details
    was: Details


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWorded:
    """A question got other words; its notes stay."""

    KIND: ClassVar[str] = "question.worded"
    to: WordsHash
    was: WordsHash


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPlaced:
    """A question got another place among the others: its key there."""

    KIND: ClassVar[str] = "question.placed"
    to: str
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDropped:
    """A question is not asked any more, or is again. While it has notes it is still shown with them."""

    KIND: ClassVar[str] = "question.dropped"
    to: bool
    was: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsRevealed:
    """Everybody may see the notes of these themes, tables and modes before the rest; its subject is the question."""

    KIND: ClassVar[str] = "question.parts"
    to: Parts
    was: Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeColoured:
    """A theme got another colour (see ThemeMade)."""

    KIND: ClassVar[str] = "theme.coloured"
    to: int
    was: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFolded:
    """Of a theme only its name is shown, or its notes again."""

    KIND: ClassVar[str] = "theme.folded"
    to: bool
    was: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCopied:
    """A note is shown in these themes, too; it counts once, where it lies."""

    KIND: ClassVar[str] = "note.copied"
    to: tuple[ThemeId, ...]
    was: tuple[ThemeId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeated:
    """A contributor sits at this table; None: nobody knows."""

    KIND: ClassVar[str] = "person.seated"
    to: int | None
    was: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesCounted:
    """Hands or paper dots were counted, counted again or (None) taken out. Its subject is the count: one for each
    round, way and table."""

    KIND: ClassVar[str] = "votes.counted"
    to: Count | None
    was: Count | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeSet:
    """Somebody promised something; it was changed or (None) taken back."""

    KIND: ClassVar[str] = "pledge.set"
    to: Pledge | None
    was: Pledge | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EasySet:
    """A line of the record in Easy Read was written, changed or (None) taken out."""

    KIND: ClassVar[str] = "easy.set"
    to: EasyLine | None
    was: EasyLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyGiven:
    """People were told what came of something, were told anew, or (None) a reply was taken back. Its subject is a
    note, a theme, a pledge, or what somebody answered back."""

    KIND: ClassVar[str] = "reply.given"
    to: Reply | None
    was: Reply | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCarried:
    """A theme was heard in earlier workshops, too."""

    KIND: ClassVar[str] = "theme.carried"
    to: Carried | None
    was: Carried | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueSet:
    """The workshop is held at one more venue, it is called otherwise, or (None) it is none any more."""

    KIND: ClassVar[str] = "venue.set"
    to: Venue | None
    was: Venue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPlaced:
    """A desk is at a venue: what is said there is said at this venue, unless a phone's link names another. Its subject
    is the desk."""

    KIND: ClassVar[str] = "desk.placed"
    to: VenueId | None
    was: VenueId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuesApart:
    """Each venue sees its own notes only, until a question is joined, or all see all at once; its subject is the
    workshop."""

    KIND: ClassVar[str] = "venues.apart"
    to: bool
    was: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuesJoined:
    """Every venue sees what the others said to a question, or no longer; its subject is the question."""

    KIND: ClassVar[str] = "venues.joined"
    to: bool
    was: bool


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
    | WorkshopDescribed
    | QuestionWorded
    | QuestionPlaced
    | QuestionDropped
    | PartsRevealed
    | ThemeColoured
    | ThemeFolded
    | NoteCopied
    | PersonSeated
    | VotesCounted
    | PledgeSet
    | EasySet
    | ReplyGiven
    | ThemeCarried
    | VenueSet
    | DeskPlaced
    | VenuesApart
    | VenuesJoined
)


def as_read_now(body: Register) -> Register:
    """The register as it works today: an answer of before is a reply."""
    if isinstance(body, NoteAnswered):
        return ReplyGiven(to=_reply(body.to), was=_reply(body.was))
    return body


def _reply(words: WordsHash | None) -> Reply | None:
    return None if words is None else Reply(text=words)
