"""What can happen in a workshop: one frozen value for each kind of event, and the envelope they travel in (LOG.md).

A body holds ids, enums, numbers and hashes of words, never free text. `was` is the value its author saw.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar, NamedTuple

from core.base.ids import (
    ActId,
    ContributorId,
    DeskId,
    EventId,
    OriginId,
    QuestionId,
    ThemeId,
    WordsHash,
    WorkshopId,
    is_id,
    new_id,
)
from core.domain.words import Words

FACILITATOR = "facilitator"
"""The actor of what is done at a desk; a contributor's acts carry their contributor id instead."""
EPOCH_SIZE = 2**32
"""A number in the order is epoch * 2^32 + counter."""


class Mode(StrEnum):
    """How a note came."""

    ROOM = "room"
    REMOTE = "remote"
    PAPER = "paper"
    SCRIBE = "scribe"
    IMPORTED = "imported"


class Visibility(StrEnum):
    """What the facilitators decided about a note."""

    SHOWN = "shown"
    HELD = "held"
    HIDDEN = "hidden"


class Reason(StrEnum):
    """Why a note is held or hidden; the writer is told."""

    OFF_TOPIC = "off topic"
    NAMES_SOMEONE = "names someone"
    PERSONAL_FACTS = "personal facts"
    HURTFUL = "hurtful"
    SAID_ALREADY = "said already"
    OTHER = "other"


class State(StrEnum):
    """Where an event stands with the workshop's home."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Spot(NamedTuple):
    """Where a note lies: its theme and its fractional key there, or neither."""

    theme: ThemeId | None
    key: str | None


class Box(NamedTuple):
    """Place and size of a theme's frame on the board, in board units (pixels at 100 %)."""

    x: float
    y: float
    width: float
    height: float


class Standing(NamedTuple):
    """What was decided about a note, and why."""

    visibility: Visibility
    reason: Reason | None


NOWHERE = Spot(None, None)
PLAINLY_SHOWN = Standing(Visibility.SHOWN, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopMade:
    """A workshop began; its subject is the workshop."""

    KIND: ClassVar[str] = "workshop.made"
    title: WordsHash
    code: str
    purpose: WordsHash | None = None
    promise: WordsHash | None = None
    host: WordsHash | None = None
    venue: WordsHash | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """A question was put; questions stand in the order of their keys."""

    KIND: ClassVar[str] = "question.asked"
    words: WordsHash
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSaid:
    """Somebody said something; its subject is the note."""

    KIND: ClassVar[str] = "note.said"
    question: QuestionId
    words: WordsHash
    mode: Mode = Mode.ROOM
    contributor: ContributorId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReworded:
    """A note got other words; the earlier ones stay reachable."""

    KIND: ClassVar[str] = "note.reworded"
    words: WordsHash
    was: WordsHash | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMoved:
    """A note was put into a theme, to another place in it, or out of all themes."""

    KIND: ClassVar[str] = "note.moved"
    to: Spot
    was: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHeld:
    """A note waits for a moderator."""

    KIND: ClassVar[str] = "note.held"
    reason: Reason
    was: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHidden:
    """A note was taken off the board, with a reason; `words` is the reason typed by hand."""

    KIND: ClassVar[str] = "note.hidden"
    reason: Reason
    was: Standing
    words: WordsHash | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown:
    """A held or hidden note was put on the board; has no effect where its author had not seen the hiding."""

    KIND: ClassVar[str] = "note.shown"
    was: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWithdrawn:
    """A note was taken back by its writer, or by the desk that typed it."""

    KIND: ClassVar[str] = "note.withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePutBack:
    """A note that had been taken back was put back."""

    KIND: ClassVar[str] = "note.put_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeMade:
    """A theme was made for a question; `colour` counts through the six colours, then through the hollow shapes."""

    KIND: ClassVar[str] = "theme.made"
    question: QuestionId
    name: WordsHash
    colour: int = 0
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRenamed:
    """A theme got another name."""

    KIND: ClassVar[str] = "theme.renamed"
    name: WordsHash
    was: WordsHash


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePlaced:
    """A theme's frame was moved or resized; None lets the board place it."""

    KIND: ClassVar[str] = "theme.placed"
    box: Box | None
    was: Box | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRekeyed:
    """Notes with equal keys got different ones, so that something fits between them: (note, key) pairs."""

    KIND: ClassVar[str] = "theme.rekeyed"
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRemoved:
    """A theme was removed; its notes stand ungrouped."""

    KIND: ClassVar[str] = "theme.removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRestored:
    """A removed theme is back, with its notes."""

    KIND: ClassVar[str] = "theme.restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased:
    """Everything a contributor said was erased; its subject is the contributor."""

    KIND: ClassVar[str] = "person.erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActUndone:
    """A desk took back one of its acts; the subject is that act, the rest of this act does the taking back."""

    KIND: ClassVar[str] = "act.undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRedone:
    """A desk did an undone act again; the subject is that act."""

    KIND: ClassVar[str] = "act.redone"


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event this version does not know: kept, counted, skipped. `body` and `was` are its JSON as it came."""

    kind: str
    body: str
    was: str | None = None


EventBody = (
    WorkshopMade
    | QuestionAsked
    | NoteSaid
    | NoteReworded
    | NoteMoved
    | NoteHeld
    | NoteHidden
    | NoteShown
    | NoteWithdrawn
    | NotePutBack
    | ThemeMade
    | ThemeRenamed
    | ThemePlaced
    | ThemeRekeyed
    | ThemeRemoved
    | ThemeRestored
    | PersonErased
    | ActUndone
    | ActRedone
    | Unknown
)


@dataclass(frozen=True, slots=True)
class Base:
    """What an author had seen: the highest number, those of earlier epochs, and of each origin the highest
    unconfirmed origin_seq. Earlier epochs are named because a restored home never saw the end of them
    (docs/decisions/base-names-every-epoch.md)."""

    seq: int = 0
    earlier: tuple[int, ...] = ()
    origins: tuple[tuple[OriginId, int], ...] = ()

    def covers(self, event: "Event") -> bool:
        """Whether the author had seen this event."""
        if any(origin == event.origin and event.origin_seq <= seen for origin, seen in self.origins):
            return True
        if event.seq is None:
            return False
        epoch = event.seq // EPOCH_SIZE
        return any(event.seq <= seen for seen in (self.seq, *self.earlier) if seen // EPOCH_SIZE == epoch)


@lru_cache(maxsize=10_000)
def _is_contributor(actor: str) -> bool:
    """Whether an actor is a contributor's id; asked for each event of a log, hence remembered."""
    return is_id(actor)


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts, and at whose desk."""

    desk: DeskId
    actor: str = FACILITATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as the log keeps it. Times are UTC; `hash` chains it to the one before it of the same origin."""

    id: EventId
    workshop: WorkshopId
    origin: OriginId
    origin_seq: int
    desk: DeskId
    actor: str
    act: ActId
    subject: str
    body: EventBody
    base: Base
    said_at: datetime
    received_at: datetime
    hash: str
    schema: int = 1
    seq: int | None = None
    state: State = State.PENDING

    @property
    def author(self) -> Author:
        """Who did it, and at whose desk."""
        return Author(self.desk, self.actor)

    @property
    def is_by_contributor(self) -> bool:
        """Whether a contributor did it, not somebody at a desk."""
        return _is_contributor(self.actor)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a command wants to happen, before anyone signs it."""

    subject: str
    body: EventBody
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event on its way to the writer, which gives it its place in the log."""

    id: EventId = field(default_factory=lambda: EventId(new_id()))
    subject: str
    body: EventBody
    author: Author
    act: ActId
    base: Base
    said_at: datetime
    words: tuple[Words, ...] = ()

    @property
    def is_by_contributor(self) -> bool:
        """Whether a contributor does it, not somebody at a desk."""
        return _is_contributor(self.author.actor)


def sign(drafts: Sequence[Draft], author: Author, base: Base, now: datetime) -> tuple[NewEvent, ...]:
    """Drafts of one author as one act. A note's event has the note's own id, so that sending twice is noticed."""
    act = ActId(new_id())
    return tuple(
        NewEvent(
            id=EventId(draft.subject if isinstance(draft.body, NoteSaid) else new_id()),
            subject=draft.subject,
            body=draft.body,
            author=author,
            act=act,
            base=base,
            said_at=now,
            words=draft.words,
        )
        for draft in drafts
    )
