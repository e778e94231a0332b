"""How far a log goes, and a hash over all that is numbered up to there: two logs with one mark are the same."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from core.store.reader import reading

TO_THE_END = 2**63 - 1
KEPT = 16
SELECT = "SELECT seq, hash FROM event WHERE seq > ? AND seq <= ? ORDER BY seq"
ReadHashes = Callable[[int, int], Iterable[tuple[int, str]]]
"""Number and hash of every numbered event after the first number, up to the second."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A number, and the hash over every number and its event up to this one."""

    seq: int = 0
    hash: str = ""


@dataclass
class _Known:
    """What was hashed already, by number, while the numbers stood as they did in this generation."""

    generation: int
    digests: dict[int, Any] = field(default_factory=lambda: {0: hashlib.sha256()})


def read_hashes(path: Path, after: int, to: int) -> Iterator[tuple[int, str]]:
    """Number and hash of every event of a file that has one in between. Raises NotAWorkshop."""
    with reading(path) as connection:
        yield from connection.execute(SELECT, (after, to))


class Marks:
    """The marks of the log that is read so. From any thread. What was hashed before is gone on from, unless something
    below it has got another number since: then `generation` is another."""

    def __init__(self, read: ReadHashes, generation: Callable[[], int]) -> None:
        self._read, self._generation = read, generation
        self._lock = Lock()
        self._known = _Known(generation())

    def at(self, seq: int = TO_THE_END) -> Mark:
        """The mark at the highest number that is not above this one. Raises NotAWorkshop."""
        with self._lock:
            if self._known.generation != self._generation():
                self._known = _Known(self._generation())
            return self._gone_on(seq)

    def _gone_on(self, seq: int) -> Mark:
        known = self._known.digests
        start = max(each for each in known if each <= seq)
        digest, last = known[start].copy(), start
        for last, event_hash in self._read(start, seq):
            digest.update(f"{last} {event_hash}\n".encode())
        known[last] = digest
        if len(known) > KEPT:
            del known[min(each for each in known if each)]
        return Mark(last, digest.hexdigest()) if last else Mark()
