"""Where the workshop is now: the agenda's step, the time left, what is open. The same for everybody who takes part."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.terms import Openness, StepKind, Timer

MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenStep:
    """The step that is under way; `question` counts from 1, 0 for none."""

    kind: StepKind
    title: str
    question: int

    @property
    def words(self) -> str:
        """What it is called: by whoever planned it, or by its kind."""
        return self.title or step_words()[self.kind]

    @property
    def place(self) -> str:
        """Where on the workshop's pages it happens, as the end of an address; empty where there is no such page."""
        match self.kind:
            case StepKind.WRITE if self.question:
                return f"/q/{self.question}"
            case StepKind.VOTE:
                return "/vote"
            case StepKind.ASK:
                return "/ask"
            case StepKind.LOOK | StepKind.GROUP:
                return "/wall"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """All of it. `timer` is compared as it was set, so that a second that passes changes nothing. Questions by their
    numbers."""

    step: SeenStep | None = None
    timer: Timer | None = None
    at: int = 0
    votes: bool = False
    asks: bool = False
    closed: tuple[int, ...] = ()
    later: tuple[int, ...] = ()
    frozen: bool = False
    ended: bool = False

    @property
    def seconds(self) -> int:
        """The seconds the countdown has left, by the server's clock."""
        if self.timer is None:
            return 0
        return max(0, self.timer.left if self.timer.ends is None else -((self.at - self.timer.ends) // 1000))

    @property
    def minutes(self) -> int:
        """As people are told: whole minutes, the one that has begun counted."""
        return -(-self.seconds // MINUTE)

    def tells_the_same(self, other: "Now") -> bool:
        """Whether a page that knows the other has nothing to learn."""
        return replace(self, at=0) == replace(other, at=0)

    def told(self) -> Mapping[str, object]:
        """For the stream; only what has something in it."""
        parts: dict[str, object] = {
            "votes": self.votes, "asks": self.asks, "closed": self.closed, "later": self.later,
            "frozen": self.frozen, "ended": self.ended,
        }  # fmt: skip
        if self.step is not None:
            step = {"kind": self.step.kind, "title": self.step.title, "question": self.step.question}
            parts["step"] = {**step, "place": self.step.place}
        if self.timer is not None:
            parts["timer"] = {"left": self.seconds, "runs": self.timer.ends is not None}
        return {name: part for name, part in parts.items() if part}


def now_of(board: Board, at: int) -> Now:
    """Where the workshop is at this time (milliseconds since 1970, the server's clock)."""
    questions = board.questions_in_order()
    openness = {number: board.openness(question.id, at) for number, question in enumerate(questions, 1)}
    return Now(
        step=_step(board),
        timer=board.timer,
        at=at,
        votes=any(board.is_round_open(id) for id in board.rounds) and not board.is_ended,
        asks=any(board.asking(question.id).live for question in questions),
        closed=tuple(number for number, how in openness.items() if how is Openness.CLOSED),
        later=tuple(number for number, how in openness.items() if how is Openness.NOT_YET),
        frozen=board.is_frozen,
        ended=board.is_ended,
    )


def _step(board: Board) -> SeenStep | None:
    if board.step is None:
        return None
    step = board.steps[board.step]
    numbers = {question.id: number for number, question in enumerate(board.questions_in_order(), 1)}
    return SeenStep(
        kind=step.kind, title=board.text(step.title), question=numbers.get(step.question, 0) if step.question else 0
    )


def step_words() -> Mapping[StepKind, str]:
    """What a step is called that has no name of its own."""
    return {
        StepKind.WELCOME: _("Welcome"),
        StepKind.WRITE: _("Write your notes"),
        StepKind.GROUP: _("Sort the notes together"),
        StepKind.LOOK: _("Look at the notes"),
        StepKind.VOTE: _("Vote for what matters"),
        StepKind.ASK: _("Ask the panel"),
        StepKind.TALK: _("Talk together"),
        StepKind.PLEDGE: _("Say what we will do"),
        StepKind.BREAK: _("Take a break"),
        StepKind.CLOSE: _("Close"),
    }


def time_words(now: Now) -> str:
    """The time left, as the strip says it; the page's script says the same from minute to minute."""
    if now.timer is None:
        return ""
    return minutes_left(now.minutes).format(n=now.minutes) if now.seconds else time_is_up()


def minutes_left(minutes: int) -> str:
    """So many minutes, with {n} where the number goes."""
    return ngettext("{n} minute left. No rush.", "{n} minutes left. No rush.", minutes)


def time_is_up() -> str:
    """Nothing closes by itself when the time is up."""
    return _("The time is up. You can still finish.")
