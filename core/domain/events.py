"""The envelope that what happens travels in, and what its author had seen (LOG.md, "The event")."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import field

from core.base.ids import ActId, DeskId, EventId, OriginId, WorkshopId, is_id, new_id
from core.domain.bodies import AnsweredBack, EventBody, NoteSaid
from core.domain.values import Frozen
from core.domain.words import Words

FACILITATOR = "facilitator"
"""The actor of what is done at a desk; a contributor's acts carry their contributor id instead."""
NOBODY = "nobody"
"""The actor of what somebody does who chose to be nobody: no contributor id is kept."""
EPOCH_SIZE = 2**32
"""A number in the order is epoch * 2^32 + counter."""


class State(StrEnum):
    """Where an event stands with the workshop's home."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Base(Frozen, frozen=True):
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
        return event.seq is not None and self.reaches(event.seq)

    def reaches(self, seq: int) -> bool:
        """Whether as much had been seen of this number's epoch."""
        epoch = seq // EPOCH_SIZE
        return any(seq <= seen for seen in (self.seq, *self.earlier) if seen // EPOCH_SIZE == epoch)


def takes_part(actor: str) -> bool:
    """Whether an actor is no desk's; asked for each event of a log."""
    return actor != FACILITATOR and (actor == NOBODY or is_id(actor))


class Author(Frozen, frozen=True):
    """Who acts, and at whose desk."""

    desk: DeskId
    actor: str = FACILITATOR


class Event(Frozen, frozen=True, kw_only=True):
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
        """Whether a contributor did it, known or nobody, not somebody at a desk."""
        return takes_part(self.actor)

    @property
    def is_by_known_contributor(self) -> bool:
        """Whether a contributor did it whose id is known."""
        return self.actor != NOBODY and takes_part(self.actor)


class Draft(Frozen, frozen=True):
    """What a command wants to happen, before anyone signs it."""

    subject: str
    body: EventBody
    words: tuple[Words, ...] = ()


class NewEvent(Frozen, frozen=True, kw_only=True):
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
        """Whether a contributor does it, known or nobody, not somebody at a desk."""
        return takes_part(self.author.actor)


def sign(drafts: Sequence[Draft], author: Author, base: Base, now: datetime) -> tuple[NewEvent, ...]:
    """Drafts of one author as one act. What comes from a phone has its event's id from there, so that sending twice is
    noticed."""
    act = ActId(new_id())
    return tuple(
        NewEvent(
            id=EventId(draft.subject if isinstance(draft.body, NoteSaid | AnsweredBack) else new_id()),
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
