"""Events that set one property of their subject: the last writer wins, an undo sets it back, and what was overwritten
unseen is a conflict. All of them alike: `to`, and `was`, the value their author saw.
"""

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
from core.domain.values import Frozen


class QuestionSet(Frozen, frozen=True, kw_only=True):
    """A question is asked in another way from here on."""

    KIND: ClassVar[str] = "question.set"
    to: Asking
    was: Asking


class QuestionRevealed(Frozen, frozen=True, kw_only=True):
    """Everybody may see the notes of a question, or no longer."""

    KIND: ClassVar[str] = "question.revealed"
    to: bool
    was: bool


class QuestionOpened(Frozen, frozen=True, kw_only=True):
    """A question takes notes, or no longer."""

    KIND: ClassVar[str] = "question.opened"
    to: bool
    was: bool


class WorkshopFrozen(Frozen, frozen=True, kw_only=True):
    """Contributors may no longer change or take back what they said, or may again; its subject is the workshop."""

    KIND: ClassVar[str] = "workshop.frozen"
    to: bool
    was: bool


class WorkshopEnded(Frozen, frozen=True, kw_only=True):
    """The workshop is over, or goes on after all; its subject is the workshop."""

    KIND: ClassVar[str] = "workshop.ended"
    to: bool
    was: bool


class StepSet(Frozen, frozen=True, kw_only=True):
    """A step of the agenda was made, changed, moved or (None) taken out."""

    KIND: ClassVar[str] = "step.set"
    to: Step | None
    was: Step | None


class StepBegun(Frozen, frozen=True, kw_only=True):
    """A step of the agenda began; None: none is under way. Its subject is the workshop."""

    KIND: ClassVar[str] = "step.begun"
    to: StepId | None
    was: StepId | None


class TimerSet(Frozen, frozen=True, kw_only=True):
    """The countdown was started, stopped for a while, or put away (None); its subject is the workshop."""

    KIND: ClassVar[str] = "timer.set"
    to: Timer | None
    was: Timer | None


class NoteMarked(Frozen, frozen=True, kw_only=True):
    """A live question is being answered, was asked, will be answered in writing..."""

    KIND: ClassVar[str] = "note.marked"
    to: Mark
    was: Mark


class NoteAnswered(Frozen, frozen=True, kw_only=True):
    """A note was answered in words, before there were replies; read as one, and written no more."""

    KIND: ClassVar[str] = "note.answered"
    to: WordsHash | None
    was: WordsHash | None


class NoteMerged(Frozen, frozen=True, kw_only=True):
    """A note says the same as another and is shown with it; both count."""

    KIND: ClassVar[str] = "note.merged"
    to: NoteId | None
    was: NoteId | None


class PersonBlocked(Frozen, frozen=True, kw_only=True):
    """Nothing more is taken from a contributor, or it is again; its subject is the contributor."""

    KIND: ClassVar[str] = "person.blocked"
    to: bool
    was: bool


class PersonShown(Frozen, frozen=True, kw_only=True):
    """A contributor chose how to be shown; its subject is the contributor."""

    KIND: ClassVar[str] = "person.shown"
    to: Shown
    was: Shown


class RoundOpened(Frozen, frozen=True, kw_only=True):
    """A round of votes takes dots, or no longer; None: it has not been opened. Its subject is the round."""

    KIND: ClassVar[str] = "round.opened"
    to: bool | None
    was: bool | None


class WorkshopDescribed(Frozen, frozen=True, kw_only=True):
    """Title, purpose, promise and the like were put right; its subject is the workshop."""

    KIND: ClassVar[str] = "workshop.described"
    to: Details
    was: Details


class QuestionWorded(Frozen, frozen=True, kw_only=True):
    """A question got other words; its notes stay."""

    KIND: ClassVar[str] = "question.worded"
    to: WordsHash
    was: WordsHash


class QuestionPlaced(Frozen, frozen=True, kw_only=True):
    """A question got another place among the others: its key there."""

    KIND: ClassVar[str] = "question.placed"
    to: str
    was: str


class QuestionDropped(Frozen, frozen=True, kw_only=True):
    """A question is not asked any more, or is again. While it has notes it is still shown with them."""

    KIND: ClassVar[str] = "question.dropped"
    to: bool
    was: bool


class PartsRevealed(Frozen, frozen=True, kw_only=True):
    """Everybody may see the notes of these themes, tables and modes before the rest; its subject is the question."""

    KIND: ClassVar[str] = "question.parts"
    to: Parts
    was: Parts


class ThemeColoured(Frozen, frozen=True, kw_only=True):
    """A theme got another colour (see ThemeMade)."""

    KIND: ClassVar[str] = "theme.coloured"
    to: int
    was: int


class ThemeFolded(Frozen, frozen=True, kw_only=True):
    """Of a theme only its name is shown, or its notes again."""

    KIND: ClassVar[str] = "theme.folded"
    to: bool
    was: bool


class NoteCopied(Frozen, frozen=True, kw_only=True):
    """A note is shown in these themes, too; it counts once, where it lies."""

    KIND: ClassVar[str] = "note.copied"
    to: tuple[ThemeId, ...]
    was: tuple[ThemeId, ...]


class PersonSeated(Frozen, frozen=True, kw_only=True):
    """A contributor sits at this table; None: nobody knows."""

    KIND: ClassVar[str] = "person.seated"
    to: int | None
    was: int | None


class VotesCounted(Frozen, frozen=True, kw_only=True):
    """Hands or paper dots were counted, counted again or (None) taken out. Its subject is the count: one for each
    round, way and table."""

    KIND: ClassVar[str] = "votes.counted"
    to: Count | None
    was: Count | None


class PledgeSet(Frozen, frozen=True, kw_only=True):
    """Somebody promised something; it was changed or (None) taken back."""

    KIND: ClassVar[str] = "pledge.set"
    to: Pledge | None
    was: Pledge | None


class EasySet(Frozen, frozen=True, kw_only=True):
    """A line of the record in Easy Read was written, changed or (None) taken out."""

    KIND: ClassVar[str] = "easy.set"
    to: EasyLine | None
    was: EasyLine | None


class ReplyGiven(Frozen, frozen=True, kw_only=True):
    """People were told what came of something, were told anew, or (None) a reply was taken back. Its subject is a
    note, a theme, a pledge, or what somebody answered back."""

    KIND: ClassVar[str] = "reply.given"
    to: Reply | None
    was: Reply | None


class ThemeCarried(Frozen, frozen=True, kw_only=True):
    """A theme was heard in earlier workshops, too."""

    KIND: ClassVar[str] = "theme.carried"
    to: Carried | None
    was: Carried | None


class VenueSet(Frozen, frozen=True, kw_only=True):
    """The workshop is held at one more venue, it is called otherwise, or (None) it is none any more."""

    KIND: ClassVar[str] = "venue.set"
    to: Venue | None
    was: Venue | None


class DeskPlaced(Frozen, frozen=True, kw_only=True):
    """A desk is at a venue: what is said there is said at this venue, unless a phone's link names another. Its subject
    is the desk."""

    KIND: ClassVar[str] = "desk.placed"
    to: VenueId | None
    was: VenueId | None


class VenuesApart(Frozen, frozen=True, kw_only=True):
    """Each venue sees its own notes only, until a question is joined, or all see all at once; its subject is the
    workshop."""

    KIND: ClassVar[str] = "venues.apart"
    to: bool
    was: bool


class VenuesJoined(Frozen, frozen=True, kw_only=True):
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
