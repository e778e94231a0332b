"""What a record says, before anyone decides how it looks: frozen values without ids of people or of receipts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from core.base.pictures import Picture
from core.domain.board import Balance, NoteState
from core.domain.terms import Mark, Mode, Reason, Status

FEWEST_SHOWN = 8
"""People are counted exactly nowhere: fewer than this many is all that is said of a smaller number (privacy.md P9)."""
ROUNDED_TO = 5
MIDDLE = 4
"""About how many people "fewer than 8" are, in a sum."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people, told so that nobody can be picked out. `about` is None where only "fewer than 8" is told, or of
    several such numbers together "fewer than 15"."""

    about: int | None
    below: int = FEWEST_SHOWN

    @classmethod
    def of(cls, people: int) -> "Headcount":
        """Nobody is 0; 1 to 7 are not told; others are rounded to the nearest five."""
        if 0 < people < FEWEST_SHOWN:
            return cls(None)
        return cls(ROUNDED_TO * ((people + ROUNDED_TO // 2) // ROUNDED_TO))

    @classmethod
    def together(cls, parts: Collection["Headcount"]) -> "Headcount":
        """Several numbers added up from what is told of each, never from what is true: so no total, taken together
        with its parts, gives a small one away (docs/decisions/people-are-added-up-as-told.md). A number that is not
        told counts as the middle of what it may be."""
        people = [part for part in parts if part.about != 0]
        if people and all(part.about is None for part in people):
            return cls(None, sum(part.below - 1 for part in people) + 1)
        return cls.of(sum(MIDDLE if part.about is None else part.about for part in people))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of joining in: how many people, and how many of their notes are on the board (exact)."""

    mode: Mode
    people: Headcount
    notes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """One venue: how many people took part there, and how many of their notes are on the board (exact)."""

    name: str
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
    telephone: str = ""
    reply_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What people were told came of something, as it stands now; `because` is the reason of a "cannot"."""

    status: Status
    text: str = ""
    because: str = ""
    who: str = ""
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One note as it is shown to everyone. An empty text is the mark of words that are not at hand, but beside a
    picture it may be all that was said. `own` where the edition is its writer's; `name` where the record has names
    and its writer chose one."""

    text: str
    mode: Mode
    day: date
    picture: Picture | None = None
    votes: int = 0
    name: str = ""
    own: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePart:
    """One theme. `rank` counts from 1: the most votes first, then the most notes. `notes` counts them, also where
    their words are not in the record; `votes` is None where nobody was asked to vote; `heard` counts the workshops in
    which it came up; `before` is what was answered to it in the last of these. `places` are the venues where it was
    said, in their order; `everywhere`, that these are all that said anything to the question."""

    rank: int
    name: str
    colour: int
    notes: int
    cards: tuple[Card, ...]
    votes: int | None = None
    answer: Answer | None = None
    heard: int = 1
    before: Answer | None = None
    places: tuple[str, ...] = ()
    everywhere: bool = False


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
class Quote:
    """A note in its writer's own words, with where it stands; `theme` is empty for one that stands alone."""

    card: Card
    theme: str
    colour: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveItem:
    """One live question, with how many people wanted its answer, and that answer where it was written down. `also` are
    the words of those that were joined to it: they have the same answer."""

    text: str
    mark: Mark
    support: Headcount
    answer: Answer | None
    also: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A line of "you said, we will do": a theme, or a note on the board that was answered by itself (no `colour`)."""

    said: str
    colour: int | None
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPart:
    """One question, its themes in order of votes and size, and the notes that stand alone. `for_team`: people were
    told that only the team reads these notes, so they are counted here and stand in no record. `live`: the notes are
    questions to a panel, and the answers stand with them."""

    number: int
    words: str
    plain: str = ""
    themes: tuple[ThemePart, ...] = ()
    lone: int = 0    # how many notes stand alone, with those that came late
    alone: tuple[Card, ...] = ()
    late: tuple[Card, ...] = ()    # of those that stand alone
    votes: tuple[tuple[VoteLine, ...], ...] = ()    # of each round that is closed, the most votes first
    quotes: tuple[Quote, ...] = ()
    live: tuple[LiveItem, ...] = ()
    answered: tuple[Answered, ...] = ()
    for_team: bool = False

    @property
    def grouped(self) -> int:
        """How many notes are in a theme."""
        return sum(theme.notes for theme in self.themes)

    @property
    def notes(self) -> int:
        """How many notes are on the board."""
        return self.grouped + self.lone

    @property
    def has_votes(self) -> bool:
        """Whether people voted on its themes or notes."""
        return any(theme.votes is not None for theme in self.themes)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotShown:
    """How many notes were hidden for one reason; their words are in no record."""

    reason: Reason
    notes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNote:
    """A note in its writer's own edition: what they said, and where it is. `question` where there is more than one;
    `reason` and `why` (as the team typed it) where it was not shown; `answers` are to the note, then to its theme."""

    text: str
    state: NoteState
    question: str = ""
    theme: str = ""
    colour: int | None = None
    votes: int = 0
    reason: Reason | None = None
    why: str = ""
    late: bool = False
    answers: tuple[Answer, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What one contributor's copy says first. `name` is the one they chose; `themes` are those their notes joined."""

    name: str
    notes: tuple[OwnNote, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgePart:
    """What somebody said they will do; `who`, `by` and `theme` where that was said."""

    what: str
    who: str
    by: date | None
    theme: str = ""
    colour: int | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything one record says, in its order. `votes` counts dots, by phone and by hand; `of` is how many questions
    the workshop asks; `nobodys` how many notes came without a name or a code; `venues` where the workshop was held
    at several places, and this is the record of all of them. In somebody's own copy there is an `edition`."""

    language: str
    cover: Cover
    people: Headcount
    ways: tuple[Way, ...]
    balance: Balance
    questions: tuple[QuestionPart, ...]
    hidden: tuple[NotShown, ...]
    pledges: tuple[PledgePart, ...] = ()
    votes: int = 0
    of: int = 0
    nobodys: int = 0
    has_names: bool = False
    venues: tuple[At, ...] = ()
    edition: Edition | None = None

    @property
    def themes(self) -> int:
        """How many themes were made."""
        return sum(len(question.themes) for question in self.questions)
