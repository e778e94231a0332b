"""What the projector may show: an allow-list of values that hold no id of a person, and no word that is not for all."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.base.ids import PictureHash
from core.domain.terms import Reveal, Timer, VoteOn


class What(StrEnum):
    """The views, in the order of the menu."""

    JOIN = "join"
    WELCOME = "welcome"
    QUESTION = "question"
    THEMES = "themes"
    HOW_TO_VOTE = "how to vote"
    RESULTS = "results"
    LIVE = "live"
    PLEDGES = "pledges"
    SAID = "said"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNote:
    """A note that everybody may see. `handle` leads nowhere; `name` only where names are wanted here and its writer
    chose one."""

    handle: str
    text: str
    colour: int | None = None
    name: str = ""
    picture: PictureHash | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTheme:
    """A theme with its notes; without a name these stand in no theme. `count` is without those that are shown here
    too but lie elsewhere."""

    handle: str
    name: str
    colour: int | None
    notes: tuple[ShownNote, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTimer:
    """A countdown, and of how many seconds (0: nobody planned any)."""

    timer: Timer
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinShown:
    """The join view; the door fills it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeShown:
    """What this is, who asks, and what is promised."""

    title: str
    purpose: str
    host: str
    promise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown:
    """A question while people write. `notes` and `people` are None where nobody is told how many there are."""

    text: str
    number: int
    of: int
    reveal: Reveal
    is_open: bool
    timer: ShownTimer | None
    notes: int | None
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesShown:
    """The notes that are revealed, by theme."""

    question: str
    themes: tuple[ShownTheme, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HowToVoteShown:
    """An open vote: what it is about and how many dots each has, but not where they lie."""

    question: str
    on: VoteOn
    dots: int
    timer: ShownTimer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What could be chosen, with the dots from phones, the hands and the dots on paper, each counted for itself."""

    handle: str
    text: str
    colour: int | None
    phones: int
    hands: int
    paper: int
    place: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.phones + self.hands + self.paper


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsShown:
    """How a vote ended; nothing of one that is still open (None)."""

    question: str
    choices: tuple[Choice, ...] | None
    phones: int
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveShown:
    """Live questions: the one that is answered now, and what most people want answered next."""

    question: str
    now: ShownNote | None
    support: int
    next: tuple[tuple[ShownNote, int], ...]
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPledge:
    """What will be done, by which day (as `date.toordinal` counts), and by whom where names are wanted."""

    what: str
    who: str
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgesShown:
    """What was promised."""

    pledges: tuple[ShownPledge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidShown:
    """What people said, in numbers: the themes that everybody sees, and what was promised on them."""

    themes: tuple[tuple[ShownTheme, int], ...]
    pledges: int
    promise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseShown:
    """A break: what it is called and how long it still is, and what comes then."""

    title: str
    next: str
    timer: ShownTimer | None


ProjectorView = (
    JoinShown
    | WelcomeShown
    | QuestionShown
    | ThemesShown
    | HowToVoteShown
    | ResultsShown
    | LiveShown
    | PledgesShown
    | SaidShown
    | PauseShown
)


def timer_of(view: ProjectorView) -> ShownTimer | None:
    """The countdown of a view that has one."""
    match view:
        case QuestionShown() | HowToVoteShown() | PauseShown():
            return view.timer
    return None


def pictures_of(view: ProjectorView) -> Iterator[PictureHash]:
    """The pictures in a view."""
    match view:
        case ThemesShown():
            notes = (note for theme in view.themes for note in theme.notes)
            yield from (note.picture for note in notes if note.picture)
