"""Copies of one workshop without files or threads: the real log, book and exchange, quick enough for thousands of
examples."""

import sqlite3
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.base.ids import DeskId, EventId, OriginId, WordsHash, new_id
from core.domain.board import Board
from core.domain.commands import Command
from core.domain.events import FACILITATOR, Author, Event, State, sign
from core.domain.words import Words
from core.store import exchange, layout
from core.store.book import Book
from core.store.exchange import Answer, anyone_may
from core.store.log import Log
from core.store.marks import SELECT, Mark, Marks
from core.store.rows import COLUMNS, IN_ORDER, Row, to_event
from core.store.whereabouts import Whereabouts
from tests.core.table import NOON
from tests.core.workshops import Remembered

TABLES = ("event", "words", "refusal", "opening", "local")
File = Mapping[str, Sequence[tuple[Any, ...]]]
"""The rows of every table."""
BLANK: File = dict.fromkeys(TABLES, ())


class Nowhere(Whereabouts):
    """No file, so nothing can happen to it."""

    def remember(self) -> None:
        pass

    def require(self, newest: str) -> None:
        pass


NO_FILE = Path("in memory")
NOWHERE = Nowhere(NO_FILE)


class Slate:
    """A database in memory that is wiped and written anew: to make one takes longer than all that an example does."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        layout.make(self.connection)

    def read(self) -> File:
        """All that is on it."""
        return {table: self.connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}

    def write(self, file: File) -> None:
        """This, and nothing of what was on it."""
        self.connection.execute("BEGIN")
        for table, rows in file.items():
            self.connection.execute(f"DELETE FROM {table}")
            if rows:
                places = ", ".join("?" * len(rows[0]))
                self.connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        self.connection.execute("COMMIT")

    def close(self) -> None:
        self.connection.close()


class LogInMemory(Log):
    """A log as it is, but for its file."""

    def __init__(self, slate: Slate) -> None:
        self.path = NO_FILE
        self.is_view_only = False
        self._slate = slate
        self.whereabouts = NOWHERE
        self._begin(slate.connection)

    def file(self) -> File:
        """What is on disk now."""
        assert not self._connection.in_transaction
        return self._slate.read()

    def events(self) -> list[Event]:
        found = self._sent().execute(f"SELECT {COLUMNS} FROM event WHERE state != 'refused' {IN_ORDER}")
        return list(map(event_of, found))

    def words(self) -> list[Words]:
        """Everything a copy could give to another."""
        return list(map(words_of, self._sent().execute("SELECT hash, salt, text FROM words ORDER BY hash")))

    def _where(self, condition: str, values: tuple[object, ...]) -> list[Event]:
        found = self._sent().execute(f"SELECT {COLUMNS} FROM event WHERE {condition} ORDER BY rowid", values)
        return list(map(event_of, found))

    def after(self, seq: int) -> list[Event]:
        return sorted(self._where("seq > ?", (seq,)), key=lambda event: event.seq or 0)

    def order(self) -> list[tuple[int | None, str, str]]:
        """Number, id and hash of everything, in order."""
        return list(self._sent().execute(f"SELECT seq, id, hash FROM event WHERE state != 'refused' {IN_ORDER}"))

    def sight(self) -> dict[EventId, int | None]:
        return dict(self._sent().execute("SELECT id, seq FROM event WHERE state != 'refused'"))

    def hashes(self, after: int, to: int) -> list[tuple[int, str]]:
        return list(self._sent().execute(SELECT, (after, to)))


@lru_cache(10_000)
def event_of(row: tuple[Any, ...]) -> Event:
    """The event in a row: each is read by three copies, again and again."""
    return to_event(Row(*row))


@lru_cache(10_000)
def words_of(row: tuple[WordsHash, bytes, str]) -> Words:
    return Words(*row)


@dataclass
class Copy:
    """One copy of the workshop, and who sits there."""

    desk: DeskId
    slate: Slate
    file: File
    is_home: bool = False
    memory: Remembered = field(default_factory=Remembered)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.open(self.file)

    def open(self, file: File) -> None:
        """Go on with this file."""
        self.slate.write(file)
        self.log = LogInMemory(self.slate)
        self._goes_on_with(Book(self.log, self.desk, self.memory, is_home=self.is_home))

    def as_opened(self) -> "Copy":
        """The same as it was when this one was opened, which nobody has used since: nothing is read again."""
        again, book = copy(self), copy(self.book)
        again.slate.write(again.file)
        again.log, again.memory = LogInMemory(again.slate), Remembered()
        book.log, book.memory, book.origin = again.log, again.memory, OriginId(new_id())
        again._goes_on_with(book)
        return again

    def _goes_on_with(self, book: Book) -> None:
        self.book = book
        self.marks = Marks(self.log.hashes, lambda: self.book.generation)

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
        """Send what waits for a number, to a home that has not been put back from an old copy meanwhile: the link of a
        desk that lost its home looks at that first. What is numbered comes back with the next pull."""
        if not self._has(desk, self.home.marks.at()):
            self._reconcile(desk)
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

    def _has(self, desk: Copy, theirs: Mark) -> bool:
        ours = desk.marks.at()
        return ours.seq < theirs.seq or ours == theirs

    def _reconcile(self, desk: Copy) -> None:
        numbers = [event.seq for event in desk.events() if event.seq is not None]
        same = next(
            (mark for seq in reversed(numbers) if (mark := desk.marks.at(seq)) == self.home.marks.at(seq)), Mark()
        )
        if ours := desk.after(same):
            self.home.takes(ours, desk.log.words())
        exchange.merge(desk.book, self.home.after(same), self.home.log.words(), ())
