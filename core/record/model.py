"""What a record says, before anyone decides how it looks: frozen values without ids of people or of receipts."""

from dataclasses import dataclass
from datetime import date

from core.base.pictures import Picture
from core.domain.board import Balance
from core.domain.terms import Mode, Reason

FEWEST_SHOWN = 8
"""People are counted exactly nowhere: fewer than this many is all that is said of a smaller number (privacy.md P9)."""
ROUNDED_TO = 5


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people, told so that nobody can be picked out. `about` is None for "fewer than 8"."""

    about: int | None

    @classmethod
    def of(cls, people: int) -> "Headcount":
        """Nobody is 0; 1 to 7 are not told; others are rounded to the nearest five."""
        if 0 < people < FEWEST_SHOWN:
            return cls(None)
        return cls(ROUNDED_TO * ((people + ROUNDED_TO // 2) // ROUNDED_TO))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of joining in: how many people, and how many of their notes are on the board (exact)."""

    mode: Mode
    people: Headcount
    notes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the workshop was, as its host wrote it; `first_day` and `last_day` are those of the notes."""

    title: str
    purpose: str
    promise: str
    host: str
    venue: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One note as it is shown to everyone. An empty text is the mark of words that are not at hand, but beside a
    picture it may be all that was said."""

    text: str
    mode: Mode
    day: date
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePart:
    """One theme with every note in it. `rank` counts from 1, the largest theme first."""

    rank: int
    name: str
    colour: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteLine:
    """One theme or note with its votes, each way of voting for itself."""

    words: str
    phones: int
    hands: int
    dots: int

    @property
    def all(self) -> int:
        """All of them together."""
        return self.phones + self.hands + self.dots


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPart:
    """One question, its themes in order of size, and the notes that stand alone."""

    number: int
    words: str
    themes: tuple[ThemePart, ...]
    alone: tuple[Card, ...]
    votes: tuple[tuple[VoteLine, ...], ...] = ()    # of each round that is closed, the most votes first

    @property
    def grouped(self) -> int:
        """How many notes are in a theme."""
        return sum(len(theme.cards) for theme in self.themes)

    @property
    def notes(self) -> int:
        """How many notes are on the board."""
        return self.grouped + len(self.alone)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotShown:
    """How many notes were hidden for one reason; their words are in no record."""

    reason: Reason
    notes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgePart:
    """What somebody said they will do; `who` and `by` where that was said."""

    what: str
    who: str
    by: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything one record says, in its order."""

    language: str
    cover: Cover
    people: Headcount
    ways: tuple[Way, ...]
    balance: Balance
    questions: tuple[QuestionPart, ...]
    hidden: tuple[NotShown, ...]
    pledges: tuple[PledgePart, ...] = ()

    @property
    def themes(self) -> int:
        """How many themes were made."""
        return sum(len(question.themes) for question in self.questions)
