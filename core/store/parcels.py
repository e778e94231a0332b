"""What is sent of a log: events after a number, or those that wait for one, with the words they name. Read on
a connection of its own: the writer is never waited for."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from core.base.ids import PictureHash, WordsHash
from core.domain.bodies import NoteSaid
from core.domain.events import Event
from core.domain.words import Words
from core.store.marks import TO_THE_END, Mark, Marks, read_hashes
from core.store.missing import missing_words, named_in
from core.store.pictures import hashes
from core.store.reader import reading
from core.store.rows import COLUMNS, IN_ORDER, Row, to_event

NUMBERED = f"SELECT {COLUMNS} FROM event WHERE seq > ? {IN_ORDER} LIMIT ?"  # noqa: S608
WAITING = f"SELECT {COLUMNS} FROM event WHERE state = 'pending' ORDER BY rowid LIMIT ?"  # noqa: S608
COUNT_WAITING = "SELECT count(*) FROM event WHERE state = 'pending' AND (? IS NULL OR kind = ?)"
LENGTH = "SELECT coalesce(max(rowid), 0), (SELECT count(*) FROM words) FROM event"
"""Another whenever words come or go: they go only with an event that says so."""
SELECT_WORDS = "SELECT hash, salt, text FROM words WHERE hash IN (SELECT value FROM json_each(?)) ORDER BY hash"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Events in their order, and the words they name; `rows` are the events as a file keeps them, where they are at
    hand."""

    events: tuple[Event, ...] = ()
    words: tuple[Words, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def pictures(self) -> set[PictureHash]:
        """The pictures that its notes name; they travel one by one, before it."""
        said = (event.body for event in self.events if isinstance(event.body, NoteSaid))
        return {body.picture for body in said if body.picture is not None}


def together(parcels: Sequence[Parcel]) -> Parcel:
    """Parcels that follow one another, as one."""
    if len(parcels) == 1:
        return parcels[0]
    return Parcel(
        tuple(event for each in parcels for event in each.events),
        tuple(words for each in parcels for words in each.words),
        tuple(row for each in parcels for row in each.rows),
    )


class Outgoing(Protocol):
    """What can be sent of a log. From any thread; each call waits for what keeps it."""

    def after(self, seq: int, most: int) -> Parcel:
        """At most so many events that come after this number."""

    def rows_after(self, seq: int, most: int) -> tuple[list[Row], list[Words]]:
        """The same as they are kept: who only passes them on need not read them."""

    def waiting(self, most: int) -> Parcel:
        """At most so many events that wait for a number, in the order they were said."""

    def count_waiting(self, kind: str | None = None) -> int:
        """How many events (of this kind) wait for a number."""

    def words(self, hashes: Iterable[WordsHash]) -> list[Words]:
        """Those of these words that are here."""

    def missing_words(self, most: int) -> list[WordsHash]:
        """At most so many words that events here name, that are not here, and that nobody has erased."""

    def numbers(self) -> list[int]:
        """Every number that is given."""

    def lacking(self, pictures: Iterable[PictureHash]) -> list[PictureHash]:
        """Which of these pictures are not here."""

    def mark(self, seq: int = TO_THE_END) -> Mark:
        """The mark at the highest number that is not above this one."""


class Parcels:
    """What can be sent of the log at this path. From any thread; each call waits for the disk, and raises NotAWorkshop
    where the file cannot be read."""

    def __init__(self, path: Path, generation: Callable[[], int] = int) -> None:
        """`generation` is another whenever something got another number than it had."""
        self._path = path
        self._marks = Marks(partial(read_hashes, path), generation)
        self._missing: tuple[tuple[int, int], list[WordsHash]] = ((-1, -1), [])
        """Which words are not here, and how long the log was then: desks that come back together all ask."""

    def after(self, seq: int, most: int) -> Parcel:
        """At most so many events that come after this number."""
        rows, words = self.rows_after(seq, most)
        return Parcel(tuple(map(to_event, rows)), tuple(words))

    def rows_after(self, seq: int, most: int) -> tuple[list[Row], list[Words]]:
        """The same as they are kept."""
        with reading(self._path) as connection:
            return _rows(connection, connection.execute(NUMBERED, (seq, most)))

    def waiting(self, most: int) -> Parcel:
        """At most so many events that wait for a number, in the order they were said."""
        with reading(self._path) as connection:
            rows, words = _rows(connection, connection.execute(WAITING, (most,)))
        return Parcel(tuple(map(to_event, rows)), tuple(words))

    def count_waiting(self, kind: str | None = None) -> int:
        """How many events (of this kind) wait for a number."""
        with reading(self._path) as connection:
            return int(connection.execute(COUNT_WAITING, (kind, kind)).fetchone()[0])

    def words(self, hashes: Iterable[WordsHash]) -> list[Words]:
        """Those of these words that are here."""
        with reading(self._path) as connection:
            return _words(connection, set(hashes))

    def missing_words(self, most: int) -> list[WordsHash]:
        """At most so many words that events here name, that are not here, and that nobody has erased."""
        with reading(self._path) as connection:
            length = connection.execute(LENGTH).fetchone()
            known, missing = self._missing
            if length != known:
                missing = sorted(missing_words(connection))
                self._missing = length, missing
            return missing[:most]

    def numbers(self) -> list[int]:
        """Every number that is given."""
        with reading(self._path) as connection:
            return [seq for (seq,) in connection.execute("SELECT seq FROM event WHERE seq IS NOT NULL ORDER BY seq")]

    def lacking(self, pictures: Iterable[PictureHash]) -> list[PictureHash]:
        """Which of these pictures are not here."""
        return sorted(set(pictures) - hashes(self._path))

    def mark(self, seq: int = TO_THE_END) -> Mark:
        """The mark at the highest number that is not above this one."""
        return self._marks.at(seq)


def _rows(connection: sqlite3.Connection, found: Iterable[Sequence[Any]]) -> tuple[list[Row], list[Words]]:
    rows = [Row(*row) for row in found]
    return rows, _words(connection, named_in(rows))


def _words(connection: sqlite3.Connection, hashes: Iterable[str]) -> list[Words]:
    found = connection.execute(SELECT_WORDS, (json.dumps(sorted(hashes)),))
    return [Words(WordsHash(digest), bytes(salt), text) for digest, salt, text in found]
