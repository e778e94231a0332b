"""What is sent of a log: events after a number, or those that wait for one, with the words they name; and how far two
logs are the same. Read on a connection of its own: the writer is never waited for."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.base.ids import PictureHash, WordsHash
from core.domain.bodies import NoteSaid
from core.domain.events import Event
from core.domain.words import Words
from core.store.log import WORDS_HASH
from core.store.pictures import hashes
from core.store.reader import reading
from core.store.rows import COLUMNS, IN_ORDER, Row, to_event

NUMBERED = f"SELECT {COLUMNS} FROM event WHERE seq > ? {IN_ORDER} LIMIT ?"  # noqa: S608
WAITING = f"SELECT {COLUMNS} FROM event WHERE state = 'pending' ORDER BY rowid LIMIT ?"  # noqa: S608
SELECT_WORDS = "SELECT hash, salt, text FROM words WHERE hash IN (SELECT value FROM json_each(?)) ORDER BY hash"
TO_THE_END = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Parcel:
    """Events in their order, and the words they name."""

    events: tuple[Event, ...] = ()
    words: tuple[Words, ...] = ()

    @property
    def pictures(self) -> set[PictureHash]:
        """The pictures that its notes name; they travel one by one, before it."""
        said = (event.body for event in self.events if isinstance(event.body, NoteSaid))
        return {body.picture for body in said if body.picture is not None}


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a log goes, and a hash over all that is numbered up to there: two logs with one mark are the same."""

    seq: int = 0
    hash: str = ""


class Parcels:
    """What can be sent of the log at this path. From any thread; each call waits for the disk, and raises NotAWorkshop
    where the file cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def after(self, seq: int, most: int) -> Parcel:
        """At most so many events that come after this number."""
        with reading(self._path) as connection:
            return _parcel(connection, connection.execute(NUMBERED, (seq, most)))

    def waiting(self, most: int) -> Parcel:
        """At most so many events that wait for a number, in the order they were said."""
        with reading(self._path) as connection:
            return _parcel(connection, connection.execute(WAITING, (most,)))

    def count_waiting(self) -> int:
        """How many events wait for a number."""
        with reading(self._path) as connection:
            return int(connection.execute("SELECT count(*) FROM event WHERE state = 'pending'").fetchone()[0])

    def numbers(self) -> list[int]:
        """Every number that is given."""
        with reading(self._path) as connection:
            return [seq for (seq,) in connection.execute("SELECT seq FROM event WHERE seq IS NOT NULL ORDER BY seq")]

    def lacking(self, pictures: Iterable[PictureHash]) -> list[PictureHash]:
        """Which of these pictures are not here."""
        return sorted(set(pictures) - hashes(self._path))

    def mark(self, seq: int = TO_THE_END) -> Mark:
        """The mark at the highest number that is not above this one."""
        with reading(self._path) as connection:
            found = connection.execute("SELECT seq, hash FROM event WHERE seq <= ? ORDER BY seq", (seq,)).fetchall()
        digest = hashlib.sha256()
        for each, event_hash in found:
            digest.update(f"{each} {event_hash}\n".encode())
        return Mark(found[-1][0], digest.hexdigest()) if found else Mark()


def _parcel(connection: sqlite3.Connection, found: Iterable[Sequence[Any]]) -> Parcel:
    rows = [Row(*row) for row in found]
    named = {digest for row in rows for digest in WORDS_HASH.findall(f"{row.body} {row.was}")}
    texts = connection.execute(SELECT_WORDS, (json.dumps(sorted(named)),))
    words = tuple(Words(WordsHash(digest), bytes(salt), text) for digest, salt, text in texts)
    return Parcel(tuple(map(to_event, rows)), words)
