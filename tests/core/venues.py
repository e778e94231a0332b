"""Three copies of one workshop on real files, one of them the home, and everything that can happen between them."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from core.base.ids import DeskId, EventId, NoteId
from core.domain.board import Board
from core.domain.bodies import NoteReworded, NoteSaid, ThemeRemoved, ThemeRenamed
from core.domain.events import Event, State
from core.domain.values import changed
from core.domain.words import Words
from core.session import Session
from core.store.exchange import Answer
from core.store.reader import read_board, read_log
from core.store.rows import to_event
from tests.core.model import picture
from tests.core.store.engines import InADatabase, copy_of
from tests.core.table import name_of
from tests.core.workshops import SECONDS, Clockwork, Remembered

FILES = ("", "-wal")
"""What a killed program leaves: the file and its WAL. (The -shm is only an index of it.)"""
BEN = DeskId(name_of("desk Ben"))


def may(event: Event, board: Board) -> str | None:
    """Ben is a helper: he groups and moderates, but leaves names and wordings alone, and his notes are looked at."""
    barred = isinstance(event.body, ThemeRemoved | ThemeRenamed | NoteReworded | NoteSaid)
    return "Helpers leave names and wordings alone." if event.desk == BEN and barred else None


@dataclass
class Copy:
    """What was kept of a file at some time."""

    path: Path
    ids: frozenset[EventId]


@dataclass
class Venue:
    """One desk and its file."""

    path: Path
    desk: DeskId
    is_home: bool
    memory: Remembered = field(default_factory=Remembered)
    clock: Clockwork = field(default_factory=Clockwork)
    kept: Copy | None = None

    def open(self) -> None:
        self.session = Session.open(self.path, self.desk, clock=self.clock, memory=self.memory, is_home=self.is_home)

    def close(self) -> None:
        self.session.close()

    def reopen(self, *, is_home: bool | None = None) -> None:
        self.close()
        self.is_home = self.is_home if is_home is None else is_home
        self.open()

    def log(self) -> tuple[list[Event], list[Words]]:
        """All events, also refused ones, and words, as on disk."""
        rows, words = read_log(self.path)
        return [to_event(row) for row in rows], words

    def events(self) -> list[Event]:
        return [event for event in self.log()[0] if event.state is not State.REFUSED]

    def ids(self) -> frozenset[EventId]:
        """What lies before the eyes of whoever sits here."""
        return frozenset(self.sight())

    def sight(self) -> dict[EventId, int | None]:
        """The same, with the number that each has here."""
        return self._numbers("SELECT id, seq FROM event WHERE state != 'refused'")

    def known_ids(self) -> frozenset[EventId]:
        """The same, with what was refused."""
        return frozenset(self._numbers("SELECT id, seq FROM event"))

    def _numbers(self, query: str) -> dict[EventId, int | None]:
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)) as connection:
            return {EventId(id): seq for id, seq in connection.execute(query)}

    def keep_copy(self, place: Path) -> Copy:
        """Copy the file as a stick, or a program killed at this moment, would leave it."""
        for end in FILES:
            part = self.path.with_name(self.path.name + end)
            if part.exists():
                shutil.copyfile(part, place.with_name(place.name + end))
            else:
                place.with_name(place.name + end).unlink(missing_ok=True)
        return Copy(place, self.ids())

    def put_back(self, copy: Copy) -> None:
        """Close, put an older copy in the file's place, open."""
        self.close()
        for beside in self.path.parent.glob(self.path.name + "*"):
            if beside.is_file():
                beside.unlink()
        for end in FILES:
            part = copy.path.with_name(copy.path.name + end)
            if part.exists():
                shutil.copyfile(part, self.path.with_name(self.path.name + end))
        self.open()


@dataclass
class SharedHome(Venue):
    """A home whose workshop is in a database."""

    kept_in: InADatabase | None = None

    def open(self) -> None:
        assert self.kept_in is not None
        self._held = ExitStack()
        self.session = self._held.enter_context(self.kept_in.opened(self.desk, clock=self.clock))

    def close(self) -> None:
        self._held.close()

    def log(self) -> tuple[list[Event], list[Words]]:
        with TemporaryDirectory() as folder:
            rows, words = read_log(copy_of(self.session, Path(folder)))
        return [to_event(row) for row in rows], words

    def known_ids(self) -> frozenset[EventId]:
        return frozenset(event.id for event in self.log()[0])


@dataclass
class Exchange:
    """The thin way between desks and home, as core/sync will go it; a test loses what it wants on the way."""

    home: Venue
    numbers: dict[EventId, set[int]] = field(default_factory=dict)

    def push(self, desk: Venue, count: int | None = None) -> list[Answer]:
        """Send what the home does not have: first what an earlier home had numbered, then what never was."""
        events, words = desk.log()
        there = self.home.known_ids()
        missing = [event for event in events if event.state is not State.REFUSED and event.id not in there]
        known = [event for event in events if event.state is State.PENDING and event.id in there]
        return self.home.session.take([*missing, *known][:count], words, may).result(SECONDS)

    def pull(self, desk: Venue, answers: Sequence[Answer] = ()) -> None:
        """Fetch what the home has numbered: what comes after all that is here where both logs are the same up to
        there, as the link does, else everything."""
        mark = desk.session.parcels.mark()
        same = self.home.session.parcels.mark(mark.seq) == mark
        parcel = self.home.session.parcels.after(mark.seq if same else 0, 100_000)
        desk.session.merge([], [], answers).result(SECONDS)
        desk.session.merge(parcel.events, parcel.words).result(SECONDS)
        told, on_disk = picture(desk.session.board), picture(read_board(desk.path))
        assert told == on_disk, "what went on event by event is not what is on disk"

    def relay(self, giver: Venue, taker: Venue) -> None:
        """Pass unconfirmed events on while the home is away."""
        events, words = giver.log()
        pending = [changed(event, seq=None) for event in events if event.state is State.PENDING]
        taker.session.merge(pending, words).result(SECONDS)


def note_named(number: int) -> NoteId:
    return NoteId(name_of(f"note {number:04}"))
