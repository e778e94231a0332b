"""Looking at a workshop file without changing it, also while a desk has it open."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.base.collecting import uncollected
from core.base.errors import NotAWorkshop
from core.domain.board import EMPTY, Board
from core.domain.fold import fold, with_texts
from core.domain.words import Words
from core.store.files import damaged, no_such_file, not_ours, require_known
from core.store.reading import to_read
from core.store.rows import DAMAGED, Row, read_events, read_rows, read_texts, read_words


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection with one steady view of the file. Raises NotAWorkshop, NewerWorkshop."""
    path = path.resolve()
    if not path.is_file():
        raise no_such_file()
    try:
        connection = to_read(path, timeout=5)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            require_ours_through(connection)
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.close()
    except DAMAGED as error:
        raise not_ours_or_damaged(error) from error


def require_ours_through(connection: sqlite3.Connection) -> None:
    """The same as `files.require_ours`, for a file that this process may have open already."""
    application_id, version = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    require_known(application_id, version)


def not_ours_or_damaged(error: Exception) -> NotAWorkshop:
    """What a person is told of a file that SQLite cannot read."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
        return not_ours()
    return damaged()


def read_board(path: Path) -> Board:
    """The board as it is on disk now."""
    with reading(path) as connection, uncollected():
        return fold(with_texts(EMPTY, read_texts(connection)), read_events(connection))


def read_log(path: Path) -> tuple[list[Row], list[Words]]:
    """Events and words as two lists, in order: what bundles carry."""
    with reading(path) as connection:
        return read_rows(connection), read_words(connection)


def read_local(path: Path, name: str) -> str | None:
    """What only this copy of the file knows, such as the room's Wi-Fi."""
    with reading(path) as connection:
        found = connection.execute("SELECT value FROM local WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])
