"""Copies of one workshop without files or threads: the real log, book and exchange, quick enough for thousands of
examples."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from core.base.ids import DeskId, EventId
from core.domain.board import Board
from core.domain.commands import Command
from core.domain.events import FACILITATOR, Author, Event, State, sign
from core.domain.words import Words
from core.store import exchange, layout
from core.store.book import Book
from core.store.exchange import Answer, anyone_may
from core.store.log import Log
from core.store.marks import SELECT, Mark, Marks
from core.store.rows import IN_ORDER
from core.store.whereabouts import Whereabouts, newest_hash
from tests.core.table import NOON
from tests.core.workshops import Remembered


class Nowhere(Whereabouts):
    """No file, so nothing can happen to it."""

    def __init__(self) -> None:
        super().__init__(Path("in memory"))

    def remember(self) -> None:
        pass

    def require(self, newest: str) -> None:
        pass


class LogInMemory(Log):
    """A log as it is, but for its file."""

    def __init__(self, file: bytes) -> None:
        self.path = Path("in memory")
        self.is_view_only = False
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.deserialize(file)
        self.whereabouts = Nowhere()
        self._ids = self._ids_there()
        self._newest = newest_hash(self._connection)

    def file(self) -> bytes:
        """What is on disk now."""
        return self._connection.serialize()

    def after(self, seq: int) -> list[Event]:
        return sorted(self._where("seq > ?", (seq,)), key=lambda event: event.seq or 0)

    def order(self) -> list[tuple[int | None, str, str]]:
        """Number, id and hash of everything, in order."""
        return list(self._connection.execute(f"SELECT seq, id, hash FROM event WHERE state != 'refused' {IN_ORDER}"))

    def sight(self) -> dict[EventId, int | None]:
        return dict(self._connection.execute("SELECT id, seq FROM event WHERE state != 'refused'"))

    def hashes(self, after: int, to: int) -> list[tuple[int, str]]:
        return list(self._connection.execute(SELECT, (after, to)))


def blank() -> bytes:
    """The file of a log in which nothing has happened."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        layout.make(connection)
        return connection.serialize()
    finally:
        connection.close()


@dataclass
class Copy:
    """One copy of the workshop, and who sits there."""

    desk: DeskId
    file: bytes
    is_home: bool = False
    memory: Remembered = field(default_factory=Remembered)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.open(self.file)

    def open(self, file: bytes) -> None:
        """Go on with this file."""
        self.log = LogInMemory(file)
        self.book = Book(self.log, self.desk, self.memory, is_home=self.is_home)
        self.marks = Marks(self.log.hashes, lambda: self.book.generation)

    def close(self) -> None:
        self.log.close()

    @property
    def board(self) -> Board:
        return self.book.board

    def does(self, command: Command, actor: str = FACILITATOR) -> tuple[Event, ...]:
        """Raises Refused."""
        self.now += timedelta(seconds=1)
        author, seen = Author(self.desk, actor), self.board.seen
        with self.book.batch() as batch:
            outcome = batch.add(sign(command.drafts(batch.board), author, seen, self.now), self.now)
        return () if outcome.repeated else outcome.events

    def events(self) -> list[Event]:
        return self.log.events()

    def sight(self) -> dict[EventId, int | None]:
        """What lies before the eyes of whoever sits here, under the numbers it has here."""
        return self.log.sight()

    def after(self, mark: Mark) -> list[Event]:
        return self.log.after(mark.seq)

    def takes(self, events: Sequence[Event], words: Sequence[Words]) -> list[Answer]:
        """As the home."""
        self.now += timedelta(seconds=1)
        return exchange.take(self.book, events, words, anyone_may, self.now)


@dataclass
class Way:
    """What the link does, step by step; a test loses what it wants."""

    home: Copy

    def push(self, desk: Copy, count: int | None = None, *, is_answer_lost: bool = False) -> None:
        """Send what waits for a number. What is numbered comes back with the next pull."""
        waiting = [event for event in desk.log.unsent() if event.state is State.PENDING][:count]
        head = desk.marks.at().seq
        answers = self.home.takes(waiting, desk.log.words()) if waiting else []
        told = [each for each in answers if each.refused is not None or (each.seq is not None and each.seq <= head)]
        if told and not is_answer_lost:
            exchange.merge(desk.book, [], [], told)

    def pull(self, desk: Copy) -> None:
        """Fetch what is new, where both logs are the same up to there; else bring them together."""
        mark = desk.marks.at()
        if self.home.marks.at(mark.seq) != mark:
            self.home.book.begin_epoch()
            self._reconcile(desk)
        elif events := self.home.after(mark):
            exchange.merge(desk.book, events, self.home.log.words(), ())

    def meet(self, desk: Copy) -> None:
        """Until both have everything of each other; as the link does it: first it is found out whether they differ."""
        self.pull(desk)
        for _ in range(4):
            self.push(desk)
            self.pull(desk)
            if not desk.log.unsent() and desk.marks.at() == self.home.marks.at():
                return
        raise AssertionError("they did not come together")

    def _reconcile(self, desk: Copy) -> None:
        numbers = [event.seq for event in desk.events() if event.seq is not None]
        same = next(
            (mark for seq in reversed(numbers) if (mark := desk.marks.at(seq)) == self.home.marks.at(seq)), Mark()
        )
        if ours := desk.after(same):
            self.home.takes(ours, desk.log.words())
        exchange.merge(desk.book, self.home.after(same), self.home.log.words(), ())
