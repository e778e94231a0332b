"""A fair order of many notes: each may come first as likely as any other, and it is the same whenever asked."""

from collections.abc import Iterable
from hashlib import blake2b

from core.base.ids import NoteId


def in_chance_order(notes: Iterable[NoteId], seed: bytes) -> list[NoteId]:
    """By the hash of the seed and their ids: notes that come or go leave the order of the others as it is."""
    return sorted(notes, key=lambda note: blake2b(note.encode(), key=seed, digest_size=16).digest())
