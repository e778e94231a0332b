"""Sending twice: what the same id means when it comes again (LOG.md, "Sending twice")."""

import hashlib
from collections.abc import Iterator

from core.base.ids import ContributorId, EventId


def id_at_the_other_door(event_id: EventId, event_hash: str) -> EventId:
    """The id of a note that was said under an id which a home knows another note by. Both sides work it out alike
    from the event that was said (its hash is salted with its words' salt, so it tells nothing of them)."""
    return EventId(hashlib.sha256(f"{event_id} {event_hash}".encode()).hexdigest()[:32])


def ids_in_turn(first: EventId, contributor: ContributorId | None) -> Iterator[EventId]:
    """The id as it was sent, then those that take its place where it is used already for other words or by another
    person. Each follows from the one sent, so that a lost answer sent again finds the note it made."""
    yield first
    turn = 0
    while True:
        turn += 1
        yield EventId(hashlib.sha256(f"{first} {contributor or ''} {turn}".encode()).hexdigest()[:32])
