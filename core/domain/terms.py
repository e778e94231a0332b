"""The small values that events carry: how a note came, where it lies, what was decided, how a question is asked."""

from enum import StrEnum
from typing import Annotated, NamedTuple

from msgspec import Meta

from core.base.ids import DeskId, QuestionId, RoundId, ThemeId, VenueId, WordsHash
from core.domain.keys import KEY
from core.domain.values import Frozen


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
    READ_FIRST = "read first"    # the question holds every note until somebody has read it
    BURST = "burst"    # many newcomers from one address at once
    OTHER = "other"


class NoteKind(StrEnum):
    """What a note is, where its question asks for that."""

    PROBLEM = "problem"
    STORY = "story"
    IDEA = "idea"
    EXPERIMENT = "experiment"
    QUESTION = "question"


class Naming(StrEnum):
    """How a contributor is shown. "Nobody" keeps no contributor id either, so such a note cannot be answered."""

    NO_NAME = "no name"
    FIRST_NAME = "first name"
    OTHER_NAME = "other name"
    NOBODY = "nobody"


class Reveal(StrEnum):
    """When other people see the notes of a question."""

    AT_ONCE = "at once"
    LATER = "later"    # when the facilitator reveals them
    NEVER = "never"


class Openness(StrEnum):
    """Whether a question takes notes."""

    NOT_YET = "not yet"
    OPEN = "open"
    CLOSED = "closed"


class Mark(StrEnum):
    """Where a live question stands."""

    WAITING = "waiting"
    NOW = "now"
    ASKED = "asked"
    WRITING = "in writing"
    PARKED = "parked"


class Status(StrEnum):
    """What came of something that was said."""

    HEARD = "heard"
    IN_PROGRESS = "in progress"
    DONE = "done"
    CANNOT = "cannot"    # always with a reason


class StepKind(StrEnum):
    """What happens in a step of the agenda."""

    WELCOME = "welcome"
    WRITE = "write"
    GROUP = "group"
    LOOK = "look"
    VOTE = "vote"
    ASK = "ask"
    TALK = "talk"
    PLEDGE = "pledge"
    BREAK = "break"
    CLOSE = "close"


class VoteOn(StrEnum):
    """What dots are put on."""

    THEMES = "themes"
    NOTES = "notes"


class CountWay(StrEnum):
    """How votes without a phone were given."""

    HANDS = "hands"
    DOTS = "dots"    # on paper


Key = Annotated[str, Meta(pattern=KEY)]
"""A fractional key (keys.py)."""
Number = int | float
"""As the log has it: 1 is written again as 1, not as 1.0."""


class Spot(NamedTuple):
    """Where a note lies: its theme and its fractional key there, or neither."""

    theme: ThemeId | None
    key: str | None


class Box(NamedTuple):
    """Place and size of a theme's frame on the board, in board units (pixels at 100 %)."""

    x: Number
    y: Number
    width: Number
    height: Number


class Standing(NamedTuple):
    """What was decided about a note, and why."""

    visibility: Visibility
    reason: Reason | None


class Came(NamedTuple):
    """How a contributor first came: the venue their link named, if it did, and the desk that let them in."""

    venue: VenueId | None
    mode: Mode
    desk: DeskId


NOWHERE = Spot(None, None)
PLAINLY_SHOWN = Standing(Visibility.SHOWN, None)


class Asking(Frozen, frozen=True, kw_only=True):
    """How a question is asked. `opens` and `closes` are milliseconds since 1970 on the server's clock; `minutes` is
    what people are told about how long they have, 0 for nothing."""

    reveal: Reveal = Reveal.AT_ONCE
    hold: bool = False
    counts: bool = False    # whether others learn how many notes there are before they may see them
    kinds: tuple[NoteKind, ...] = ()
    namings: tuple[Naming, ...] = (Naming.NO_NAME, Naming.FIRST_NAME, Naming.OTHER_NAME)
    pictures: bool = True
    live: bool = False    # people ask, others support, a panel answers
    minutes: int = 0
    opens: int | None = None
    closes: int | None = None
    plain: WordsHash | None = None    # the question once more, in plain words


class Step(Frozen, frozen=True, kw_only=True):
    """One step of the agenda; steps stand in the order of their keys. `minutes` is the plan, 0 for none."""

    kind: StepKind
    key: str
    title: WordsHash | None = None
    question: QuestionId | None = None
    minutes: int = 0


class Timer(Frozen, frozen=True, kw_only=True):
    """A countdown: it runs until `ends` (milliseconds since 1970), or stands still with `left` seconds."""

    ends: int | None = None
    left: int = 0


class Shown(Frozen, frozen=True, kw_only=True):
    """What others see of a contributor. `name` only where they chose one."""

    naming: Naming = Naming.NO_NAME
    name: WordsHash | None = None
    may_quote: bool = False


class Details(Frozen, frozen=True, kw_only=True):
    """What a workshop is, in words that can be put right later. `expected` is how many people are awaited (0: not
    known), `reply_by` the day by which they will be answered, as `date.toordinal` counts."""

    title: WordsHash
    purpose: WordsHash | None = None
    promise: WordsHash | None = None
    host: WordsHash | None = None
    venue: WordsHash | None = None
    telephone: WordsHash | None = None
    language: str = "en"
    expected: int = 0
    reply_by: int | None = None


class Parts(Frozen, frozen=True, kw_only=True):
    """Whose notes everybody may see before all of a question is revealed."""

    themes: tuple[ThemeId, ...] = ()
    tables: tuple[int, ...] = ()
    modes: tuple[Mode, ...] = ()


class Count(Frozen, frozen=True, kw_only=True):
    """Votes that were counted by people: `dots` are (id of a theme or note, number), `table` 0 is the whole room,
    `voters` how many people there were (0: not known)."""

    round: RoundId
    way: CountWay
    table: int = 0
    voters: int = 0
    dots: tuple[tuple[str, int], ...] = ()


class Pledge(Frozen, frozen=True, kw_only=True):
    """What somebody will do; pledges stand in the order of their keys. `by` is a day, as `date.toordinal` counts."""

    key: str
    what: WordsHash
    who: WordsHash | None = None
    by: int | None = None
    theme: ThemeId | None = None


class EasyPicture(StrEnum):
    """What stands beside an idea in Easy Read."""

    PEOPLE = "people"
    TALK = "talk"
    WRITE = "write"
    VOTE = "vote"
    HOUSE = "house"
    MONEY = "money"
    SAFE = "safe"
    LETTER = "letter"
    CLOCK = "clock"
    YES = "yes"
    NO = "no"
    ASK = "ask"


class EasyLine(Frozen, frozen=True, kw_only=True):
    """One idea of the record in Easy Read: a picture, and the words of a facilitator; lines stand in the order of
    their keys."""

    key: str
    picture: EasyPicture
    words: WordsHash


class Venue(Frozen, frozen=True, kw_only=True):
    """One of several places where the same workshop is held; venues stand in the order of their keys. `people` is how
    many somebody counted there (0: nobody did)."""

    key: str
    name: WordsHash
    people: int = 0


class Reply(Frozen, frozen=True, kw_only=True):
    """What people were told about a note, a theme, a pledge, or what they answered back. `who` decides it or does it;
    `by` is the day by which, or on which they hear next, as `date.toordinal` counts."""

    status: Status = Status.HEARD
    text: WordsHash | None = None
    because: WordsHash | None = None
    who: WordsHash | None = None
    by: int | None = None


class Carried(Frozen, frozen=True, kw_only=True):
    """Where a theme comes from that was heard before: `times` counts the workshops in which it was, `first` is its id
    in the first of them, `day` and `title` are the last one's, `reply` what was said to it there."""

    first: ThemeId
    times: int
    day: int
    title: WordsHash | None = None
    reply: Reply | None = None


ONLINE = VenueId("online")
"""Where people are who take part over the web: a venue of its own."""
AS_USUAL = Asking()
UNNAMED = Shown()
NO_PARTS = Parts()
