"""What is sent of a log in the database, read beside the writer on whatever connection is free; always of the primary:
a standby may lag behind what somebody was thanked for."""

import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from core.base.ids import PictureHash, WordsHash, WorkshopId
from core.domain.words import Words
from core.store.marks import TO_THE_END, Mark, Marks
from core.store.missing import named_in
from core.store.parcels import Parcel
from core.store.postgres.beside import SharedPictures
from core.store.postgres.database import Database
from core.store.postgres.log import SELECT, STEADY, TEXTS
from core.store.postgres.missing import Missing
from core.store.rows import Row, to_event

AFTER = f"{SELECT} AND seq > %s ORDER BY seq LIMIT %s"
NUMBERS = "SELECT seq FROM sayback.event WHERE workshop = %s AND seq IS NOT NULL ORDER BY seq"
HASHES = "SELECT seq, hash FROM sayback.event WHERE workshop = %s AND seq > %s AND seq <= %s ORDER BY seq"
NAMED = f"{TEXTS} AND hash = ANY (%s) ORDER BY hash"


class SharedParcels:
    """What `Outgoing` promises. Each call raises NotSaved where the database does not answer."""

    def __init__(
        self, database: Database, workshop: WorkshopId, pictures: SharedPictures, generation: Callable[[], int]
    ) -> None:
        self._database, self._workshop, self._pictures = database, workshop, pictures
        self._marks = Marks(partial(_hashes, database, workshop), generation)
        self._missing, self._asking = Missing(), threading.Lock()

    def after(self, seq: int, most: int) -> Parcel:
        """At most so many events that come after this number."""
        rows, words = self.rows_after(seq, most)
        return Parcel(tuple(map(to_event, rows)), tuple(words))

    def rows_after(self, seq: int, most: int) -> tuple[list[Row], list[Words]]:
        """The same as they are kept."""
        with self._database.transaction(STEADY) as connection:
            rows = [Row(*row) for row in connection.execute(AFTER, (self._workshop, seq, most))]
            words = connection.execute(NAMED, (self._workshop, list(named_in(rows)))).fetchall()
        return rows, [words_of(row) for row in words]

    def waiting(self, most: int) -> Parcel:
        """Nothing waits at the home."""
        return Parcel()

    def count_waiting(self, kind: str | None = None) -> int:
        """Nothing waits at the home."""
        return 0

    def words(self, hashes: Iterable[WordsHash]) -> list[Words]:
        """Those of these words that are here."""
        return [words_of(row) for row in self._database.execute(NAMED, (self._workshop, list(hashes)))]

    def missing_words(self, most: int) -> list[WordsHash]:
        """At most so many words that events here name, that are not here, and that nobody has erased."""
        with self._asking, self._database.transaction(STEADY) as connection:
            self._missing = self._missing.now(connection, self._workshop)
            return sorted(self._missing.hashes)[:most]

    def numbers(self) -> list[int]:
        """Every number that is given."""
        return [seq for (seq,) in self._database.execute(NUMBERS, (self._workshop,))]

    def lacking(self, pictures: Iterable[PictureHash]) -> list[PictureHash]:
        """Which of these pictures are not here."""
        return sorted(set(pictures) - self._pictures.hashes())

    def mark(self, seq: int = TO_THE_END) -> Mark:
        """The mark at the highest number that is not above this one."""
        return self._marks.at(seq)


def _hashes(database: Database, workshop: WorkshopId, after: int, to: int) -> list[tuple[int, str]]:
    return [(seq, digest) for seq, digest in database.execute(HASHES, (workshop, after, to))]


def words_of(row: Sequence[Any]) -> Words:
    """What a row of words holds."""
    digest, salt, text = row
    return Words(WordsHash(digest), bytes(salt), text)
