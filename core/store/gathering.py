"""What is written inside a transaction gathers until the file is asked for anything: many rows in one statement. SQLite
lets go of Python's lock for every statement, and beside a busy server it takes milliseconds to get it back."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from core.domain.words import Words
from core.store.rows import COLUMNS, Row

INSERT_EVENTS = f"INSERT INTO event ({COLUMNS}) VALUES"
INSERT_WORDS = "INSERT OR IGNORE INTO words (hash, salt, text) VALUES"
ROWS = 1024
"""At most so many rows in one statement; SQLite takes 32,766 values."""


@dataclass(slots=True)
class Gathered:
    """Events and words on their way into the file; words that are there already stay as they are."""

    rows: list[Row] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.rows or self.words)

    def send(self, connection: sqlite3.Connection) -> None:
        """Into the file, within its transaction."""
        _insert(connection, INSERT_EVENTS, self.rows)
        _insert(connection, INSERT_WORDS, ((each.hash, each.salt, each.text) for each in self.words))


def _insert(connection: sqlite3.Connection, statement: str, rows: Iterable[Sequence[object]]) -> None:
    left = list(rows)
    while left:
        size = min(ROWS, 1 << (len(left).bit_length() - 1))    # few sizes, so that all stay prepared
        some, left = left[:size], left[size:]
        places = f"({', '.join('?' * len(some[0]))})"
        connection.execute(f"{statement} {', '.join([places] * size)}", list(chain.from_iterable(some)))
