"""What became of each letter: who was written to in which round, and how it stands. No address is ever in it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.base.ids import ContributorId, WorkshopId


class Kind(StrEnum):
    """What a round of letters is about."""

    RECORD = "record"      # what everybody said, and where it went
    CHANGES = "changes"    # only what has changed since, and only to those it concerns


class State(StrEnum):
    """How one person's letter stands."""

    QUEUED = "queued"
    SENDING = "sending"      # claimed: from here on only an answer of the mail server, or a person, goes on
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"        # it may have gone: a person decides
    PRINTED = "printed"
    COLLECTED = "collected"  # they opened their own page of the record


ANSWERED = frozenset({State.SENT, State.PRINTED, State.COLLECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of letters. `number` counts from 1."""

    number: int
    kind: Kind
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One person's letter of one round. `why` is a number of the mail server or one word of ours, never its sentence:
    that often holds the address. `told` is how far the log went when the letter was written, `collected` when the
    person last read their own page."""

    round: int
    contributor: ContributorId
    message: str
    state: State
    at: datetime
    tries: int = 0
    why: str = ""
    told: str = ""
    collected: datetime | None = None

    @property
    def is_answered(self) -> bool:
        """Whether this person has, as far as we can know, what we had to say."""
        return self.state in ANSWERED or self.collected is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that was written somewhere outside: erasing a person cannot reach into it."""

    path: str
    what: str
    at: datetime


def message_of(workshop: WorkshopId, round_number: int, contributor: ContributorId) -> str:
    """The name of one letter, the same for ever: who gets it twice has a mail program that can tell."""
    return hashlib.sha256(f"{workshop}/{round_number}/{contributor}".encode()).hexdigest()[:32]


def newest_of(deliveries: Iterable[Delivery]) -> dict[ContributorId, Delivery]:
    """The letter of the newest round for each person."""
    found: dict[ContributorId, Delivery] = {}
    for each in sorted(deliveries, key=lambda delivery: delivery.round):
        found[each.contributor] = each
    return found
