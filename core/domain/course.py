"""The course of a workshop, a part of the board: its questions, how they are asked, the agenda, votes, support."""

from datetime import datetime
from typing import NamedTuple, TypeVar, cast

from immutables import Map
from msgspec import field

from core.base.ids import (
    BackId,
    ContributorId,
    CountId,
    DeskId,
    EasyId,
    NoteId,
    PledgeId,
    QuestionId,
    RoundId,
    StepId,
    ThemeId,
    VenueId,
    WordsHash,
    WorkshopId,
)
from core.domain.events import Event
from core.domain.registers import (
    DeskPlaced,
    NoteMarked,
    PartsRevealed,
    PersonBlocked,
    PersonSeated,
    QuestionDropped,
    QuestionOpened,
    QuestionRevealed,
    QuestionSet,
    Register,
    RoundOpened,
    StepBegun,
    TimerSet,
    VenuesApart,
    VenuesJoined,
    WorkshopEnded,
    WorkshopFrozen,
)
from core.domain.terms import (
    AS_USUAL,
    NO_PARTS,
    ONLINE,
    Asking,
    Came,
    Count,
    Details,
    EasyLine,
    Mark,
    Mode,
    Openness,
    Parts,
    Pledge,
    Reply,
    Reveal,
    Step,
    Timer,
    Venue,
    VoteOn,
)
from core.domain.timing import Trail
from core.domain.values import Frozen

Value = TypeVar("Value")


class Workshop(Frozen, frozen=True, kw_only=True):
    """What is being held, by whom, and what was promised; `telephone` is for who needs help. Texts by their hashes
    (`board.text`)."""

    id: WorkshopId
    code: str
    title: WordsHash
    purpose: WordsHash | None = None
    promise: WordsHash | None = None
    host: WordsHash | None = None
    venue: WordsHash | None = None
    telephone: WordsHash | None = None
    language: str = "en"
    expected: int = 0
    reply_by: int | None = None
    made_at: datetime

    @property
    def details(self) -> Details:
        """What of it can be put right."""
        return Details(**{name: getattr(self, name) for name in Details.__struct_fields__})


class Question(Frozen, frozen=True, kw_only=True):
    """One thing the workshop asks. `asking` is how it was first asked; `board.asking` is how it is now."""

    id: QuestionId
    words: WordsHash
    key: str
    asking: Asking = AS_USUAL


class Round(Frozen, frozen=True, kw_only=True):
    """A round of votes: so many dots for each person, on the themes or the notes of a question."""

    id: RoundId
    question: QuestionId
    on: VoteOn
    dots: int
    arrival: int


class Setting(NamedTuple):
    """The value of a register, and what set it."""

    to: object
    by: Event


class Given(NamedTuple):
    """A reply (None: it was taken back), and what gave it."""

    reply: Reply | None
    by: Event


class Back(Frozen, frozen=True, kw_only=True):
    """What a contributor answered back about a note of theirs."""

    id: BackId
    note: NoteId
    contributor: ContributorId
    words: WordsHash
    arrival: int
    said: Event


Dots = Map[str, int]
"""How many dots lie on each theme or note, by its id."""


class Course(Frozen, frozen=True, kw_only=True):
    """What was set, and what people did beside writing."""

    workshop: Workshop | None = None
    questions: Map[QuestionId, Question] = field(default_factory=Map)
    joined: Map[ContributorId, Mode | None] = field(default_factory=Map)
    came: Map[ContributorId, Came] = field(default_factory=Map)
    venues: Map[VenueId, Venue] = field(default_factory=Map)
    settings: Map[tuple[str, str], Setting] = field(default_factory=Map)
    steps: Map[StepId, Step] = field(default_factory=Map)
    trail: Trail = ()
    copies: Map[NoteId, tuple[ThemeId, ...]] = field(default_factory=Map)
    counts: Map[CountId, Count] = field(default_factory=Map)
    pledges: Map[PledgeId, Pledge] = field(default_factory=Map)
    easy: Map[EasyId, EasyLine] = field(default_factory=Map)
    rounds: Map[RoundId, Round] = field(default_factory=Map)
    votes: Map[RoundId, Map[ContributorId, Dots]] = field(default_factory=Map)
    tallies: Map[RoundId, Dots] = field(default_factory=Map)
    supports: Map[NoteId, Map[ContributorId, Mode]] = field(default_factory=Map)
    replies: Map[str, tuple[Given, ...]] = field(default_factory=Map)
    backs: Map[BackId, Back] = field(default_factory=Map)

    def setting(self, subject: str, kind: type[Register], unset: Value) -> Value:
        """What this register of the subject says; `unset` where nobody has set it."""
        found = self.settings.get((subject, kind.KIND))
        return unset if found is None else cast(Value, found.to)

    def set_by(self, subject: str, kind: type[Register]) -> Event | None:
        """What set this register last."""
        found = self.settings.get((subject, kind.KIND))
        return None if found is None else found.by

    def asking(self, question: QuestionId) -> Asking:
        """How a question is asked now."""
        asked = self.questions.get(question)
        return self.setting(question, QuestionSet, asked.asking if asked else AS_USUAL)

    def is_revealed(self, question: QuestionId) -> bool:
        """Whether other people may see the notes of a question that are on the board."""
        reveal = self.asking(question).reveal
        if reveal is Reveal.LATER:
            return self.setting(question, QuestionRevealed, False)
        return reveal is Reveal.AT_ONCE

    def parts(self, question: QuestionId) -> Parts:
        """Whose notes everybody may see before the question is revealed."""
        if self.asking(question).reveal is not Reveal.LATER:
            return NO_PARTS
        return self.setting(question, PartsRevealed, NO_PARTS)

    def is_dropped(self, question: QuestionId) -> bool:
        """Whether a question is not asked any more."""
        return self.setting(question, QuestionDropped, False)

    def table(self, contributor: ContributorId | None) -> int | None:
        """The table a contributor sits at, where somebody knows."""
        return None if contributor is None else self.setting(contributor, PersonSeated, None)

    def venue_of_desk(self, desk: DeskId) -> VenueId | None:
        """The venue a desk is at; None where it is at none, or that is none any more."""
        return self._known_venue(self.setting(desk, DeskPlaced, None))

    def venue_of_person(self, contributor: ContributorId) -> VenueId | None:
        """The venue a contributor is at: where they first took part."""
        came = self.came.get(contributor)
        return None if came is None else self._venue(*came)

    def _venue(self, said: VenueId | None, mode: Mode, desk: DeskId) -> VenueId | None:
        """What a link named; else people at home are online, and the others where their desk is."""
        named = self._known_venue(said)
        return named or (ONLINE if mode is Mode.REMOTE else self.venue_of_desk(desk))

    def _known_venue(self, venue: VenueId | None) -> VenueId | None:
        return venue if venue in self.venues or venue == ONLINE else None

    @property
    def are_venues_apart(self) -> bool:
        """Whether each venue sees its own notes only, until a question is joined."""
        return self._of_workshop(VenuesApart, False)

    def is_apart(self, question: QuestionId) -> bool:
        """Whether each venue sees its own notes to a question only."""
        return self.are_venues_apart and not self.setting(question, VenuesJoined, False)

    def openness(self, question: QuestionId, now: int) -> Openness:
        """Whether a question takes notes at this time (milliseconds since 1970, the server's clock)."""
        asking = self.asking(question)
        if self.is_ended or not self.setting(question, QuestionOpened, True):
            return Openness.CLOSED
        if asking.closes is not None and now >= asking.closes:
            return Openness.CLOSED
        return Openness.NOT_YET if asking.opens is not None and now < asking.opens else Openness.OPEN

    @property
    def is_frozen(self) -> bool:
        """Whether contributors may no longer change or take back what they said."""
        return self._of_workshop(WorkshopFrozen, False)

    @property
    def is_ended(self) -> bool:
        """Whether the workshop is over."""
        return self._of_workshop(WorkshopEnded, False)

    @property
    def step(self) -> StepId | None:
        """The step of the agenda that is under way."""
        found: StepId | None = self._of_workshop(StepBegun, None)
        return found if found in self.steps else None

    @property
    def timer(self) -> Timer | None:
        """The countdown, running or standing still."""
        return self._of_workshop(TimerSet, None)

    def agenda(self) -> list[tuple[StepId, Step]]:
        """The steps of the agenda, in order."""
        return sorted(self.steps.items(), key=lambda pair: (pair[1].key, pair[0]))

    def pledge_list(self) -> list[tuple[PledgeId, Pledge]]:
        """What was promised, in order."""
        return sorted(self.pledges.items(), key=lambda pair: (pair[1].key, pair[0]))

    def easy_list(self) -> list[tuple[EasyId, EasyLine]]:
        """The lines of the record in Easy Read, in order."""
        return sorted(self.easy.items(), key=lambda pair: (pair[1].key, pair[0]))

    def counts_of(self, round_id: RoundId) -> list[tuple[CountId, Count]]:
        """The hands and paper dots of a round, by table."""
        found = ((id, count) for id, count in self.counts.items() if count.round == round_id)
        return sorted(found, key=lambda pair: (pair[1].table, pair[1].way, pair[0]))

    def mark(self, note: NoteId) -> Mark:
        """Where a live question stands."""
        return self.setting(note, NoteMarked, Mark.WAITING)

    def replies_to(self, subject: str) -> tuple[Given, ...]:
        """All that was ever replied to a note, a theme, a pledge or what was answered back, in order: the last is how
        it stands."""
        return self.replies.get(subject, ())

    def reply(self, subject: str) -> Reply | None:
        """What people are told about it now."""
        given = self.replies_to(subject)
        return given[-1].reply if given else None

    def backs_in_order(self) -> list[Back]:
        """What contributors answered back, as it came."""
        return sorted(self.backs.values(), key=lambda back: (back.arrival, back.id))

    def is_blocked(self, contributor: ContributorId) -> bool:
        """Whether nothing more is taken from a contributor."""
        return self.setting(contributor, PersonBlocked, False)

    def rounds_in_order(self) -> list[Round]:
        """All rounds of votes, the oldest first; without those whose opening was undone before anybody voted."""
        listed = [each for each in self.rounds.values() if self._was_opened(each.id) or self.votes.get(each.id)]
        return sorted(listed, key=lambda each: (each.arrival, each.id))

    def is_round_open(self, round_id: RoundId) -> bool:
        """Whether a round takes votes."""
        return bool(self.setting(round_id, RoundOpened, False))

    def _was_opened(self, round_id: RoundId) -> bool:
        """Also where it is closed again."""
        return self.setting(round_id, RoundOpened, None) is not None

    def votes_by(self, round_id: RoundId, contributor: ContributorId) -> Dots:
        """Where a contributor put their dots."""
        return self.votes.get(round_id, Map()).get(contributor, Map())

    def tally(self, round_id: RoundId) -> Dots:
        """How many dots lie on what, of everybody."""
        return self.tallies.get(round_id, Map())

    def supporters(self, note: NoteId) -> int:
        """How many people want this live question answered, too."""
        return len(self.supports.get(note, Map()))

    def has_support_of(self, note: NoteId, contributor: ContributorId) -> bool:
        """Whether this contributor wants it answered, too."""
        return contributor in self.supports.get(note, Map())

    def _of_workshop(self, kind: type[Register], unset: Value) -> Value:
        return self.setting(self.workshop.id, kind, unset) if self.workshop else unset
