"""Who says what, and when: a consultation that was held, shortened to a minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

PLAYED_IN = 60.0
"""Seconds a rehearsal takes at speed 1, however long the real consultation was."""
LONGEST_PAUSE = 120.0
"""Seconds of the real one: a night between two notes counts as this, or all the rest would come at once."""
STAGGER = 0.618


@dataclass(frozen=True, slots=True)
class Saying:
    """A row of the table: who said what, at which second."""

    author: str
    text: str
    said_at: float


@dataclass(frozen=True, slots=True)
class Line:
    """What one phone sends, this many seconds after the beginning."""

    at: float
    phone: int
    text: str


def write_script(sayings: Sequence[Saying], people: int | None = None, speed: float = 1.0) -> tuple[Line, ...]:
    """The lines in their original order. More people than authors: the others say the same again, a little later.
    Fewer: authors share a phone, and nothing is left out."""
    in_order = sorted(sayings, key=lambda saying: saying.said_at)
    authors = {saying.author: None for saying in in_order}
    numbers = {author: number for number, author in enumerate(authors)}
    wanted = people or len(numbers)
    moments = _moments([saying.said_at for saying in in_order])
    lines = [
        Line(_later(moment, copy) / speed, phone, saying.text)
        for moment, saying in zip(moments, in_order, strict=True)
        for copy, phone in enumerate(_phones(numbers[saying.author], len(numbers), wanted))
    ]
    return tuple(sorted(lines, key=lambda line: line.at))


def _phones(author: int, authors: int, wanted: int) -> range | tuple[int]:
    """The phones that speak for an author."""
    return range(author, wanted, authors) if wanted >= authors else (author % wanted,)


def _moments(times: Sequence[float]) -> list[float]:
    """Seconds from the beginning, pauses cut short, stretched or pressed to a minute."""
    pauses = (min(after - before, LONGEST_PAUSE) for before, after in pairwise(times))
    moments = list(accumulate(pauses, initial=0.0))[: len(times)]
    scale = PLAYED_IN / moments[-1] if moments and moments[-1] else 1.0
    return [moment * scale for moment in moments]


def _later(moment: float, copy: int) -> float:
    """The second and third person with the same thing to say do not say it in the same instant."""
    return moment + 3.0 * (copy * STAGGER % 1)
