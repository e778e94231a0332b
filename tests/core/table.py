"""A table of desks for tests of the domain: a home that gives the order, and desks that see what a test lets them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from core.base.ids import (
    ActId,
    ContributorId,
    DeskId,
    EventId,
    NoteId,
    OriginId,
    QuestionId,
    ThemeId,
    WorkshopId,
    new_id,
)
from core.domain.board import EMPTY, Board
from core.domain.bodies import EventBody
from core.domain.commands import AskQuestion, Command, MakeWorkshop, NewTheme, SayNote
from core.domain.events import FACILITATOR, Author, Base, Event, NewEvent, State, sign
from core.domain.fold import fold, with_words
from core.domain.values import changed
from core.domain.words import Words

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
NOTHING_SEEN = Base()
WORKSHOP = WorkshopId("f" * 32)


class WallClock:
    """Stands still until it is set."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def name_of(word: str) -> str:
    """An id that reads well in a failure: the word in hexadecimal, filled up with zeros."""
    return word.encode().hex()[:32].ljust(32, "0")


def event_of(
    subject: str,
    body: EventBody,
    *,
    origin: str = "origin",
    origin_seq: int = 1,
    seq: int | None = None,
    base: Base = NOTHING_SEEN,
    actor: str = FACILITATOR,
    desk: str = "desk",
    act: str | None = None,
    schema: int = 1,
    id: str | None = None,
) -> Event:
    """One event, as the log would keep it."""
    return Event(
        id=EventId(id or new_id()), workshop=WORKSHOP, origin=OriginId(name_of(origin)), origin_seq=origin_seq,
        desk=DeskId(name_of(desk)), actor=actor, act=ActId(act or new_id()), subject=subject, body=body, base=base,
        said_at=NOON, received_at=NOON, hash="", schema=schema, seq=seq,
        state=State.PENDING if seq is None else State.CONFIRMED,
    )  # fmt: skip


class Table:
    """The home: every event in its order, and all words."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.words: list[Words] = []
        self.now = NOON

    def seat(self, name: str) -> "Seat":
        """A desk that has seen all there is so far."""
        return Seat(self, name)

    def takes(self, event: Event) -> None:
        self.events.append(changed(event, seq=len(self.events) + 1, state=State.CONFIRMED))

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    @property
    def board(self) -> Board:
        """What everybody sees who has seen everything."""
        return fold(with_words(EMPTY, self.words), self.events)


class Seat:
    """One desk. It sees the home's order as far as it has read, and its own acts after that."""

    def __init__(self, table: Table, name: str) -> None:
        self.table = table
        self.desk = DeskId(name_of(name))
        self.origin = OriginId(name_of("origin " + name))
        self.made: list[Event] = []
        self.read = len(table.events)

    @property
    def board(self) -> Board:
        seen = self.table.events[: self.read]
        known = {event.id for event in seen}
        own = [event for event in self.made if event.id not in known]
        return fold(with_words(EMPTY, self.table.words), [*seen, *own])

    def catches_up(self) -> "Seat":
        self.read = len(self.table.events)
        return self

    def does(self, *commands: Command, actor: str = FACILITATOR) -> tuple[Event, ...]:
        """Act on what this desk sees; the home takes it at once, but this desk reads nothing new by it."""
        done: list[Event] = []
        for command in commands:
            board = self.board
            new = sign(command.drafts(board), Author(self.desk, actor), board.seen, self.table.tick())
            done += [self._keeps(event) for event in new]
        return tuple(done)

    def sees_and_does(self, *commands: Command, actor: str = FACILITATOR) -> tuple[Event, ...]:
        """Read everything first; and read one's own act from the home afterwards."""
        self.catches_up()
        done = self.does(*commands, actor=actor)
        self.catches_up()
        return done

    def _keeps(self, new: NewEvent) -> Event:
        event = Event(
            id=new.id, workshop=WORKSHOP, origin=self.origin, origin_seq=len(self.made) + 1, desk=self.desk,
            actor=new.author.actor, act=new.act, subject=new.subject, body=new.body, base=new.base,
            said_at=new.said_at, received_at=new.said_at, hash="",
        )  # fmt: skip
        self.made.append(event)
        self.table.words += new.words
        self.table.takes(event)
        return event


def a_table(*seats: str, question: str = "What would make this park yours?") -> tuple[Table, QuestionId, list[Seat]]:
    """A workshop with one question, and desks that all have seen that much."""
    table = Table()
    maker = table.seat(seats[0])
    maker.sees_and_does(MakeWorkshop(title="The park", questions=(), code="ABC234"), AskQuestion(question))
    return table, table.board.questions_in_order()[0].id, [maker, *(table.seat(name) for name in seats[1:])]


def person(name: str) -> ContributorId:
    return ContributorId(name_of(name))


def say(
    seat: Seat, question: QuestionId, text: str, *, by: str | None = "Ada", note_id: NoteId | None = None
) -> NoteId:
    """A contributor's note, sent through this desk."""
    contributor = person(by) if by else None
    note_id = note_id or NoteId(new_id())
    seat.does(SayNote(question=question, text=text, contributor=contributor, note_id=note_id))
    return note_id


def theme(seat: Seat, question: QuestionId, name: str, notes: Iterable[NoteId] = ()) -> ThemeId:
    theme_id = ThemeId(new_id())
    seat.does(NewTheme(question, name, tuple(notes), theme_id=theme_id))
    return theme_id


def texts(board: Board, theme_id: ThemeId) -> list[str]:
    return [board.text_of(note) for note in board.notes_in(theme_id)]
