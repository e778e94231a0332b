"""Is this file whole, and does everything in it add up? Read-only; what is damaged is named, what is good is kept."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path

from msgspec import structs

from core.base.errors import WorkshopError
from core.base.ids import ContributorId, NoteId, WordsHash
from core.base.language import _, ngettext
from core.domain.board import EMPTY, Balance, Board
from core.domain.bodies import AnsweredBack
from core.domain.codec import dump
from core.domain.events import EPOCH_SIZE, Event
from core.domain.fold import fold, with_words
from core.domain.words import Words
from core.store import backup, lock, pictures, seal, wal
from core.store.files import no_such_file
from core.store.missing import WORDS_HASH
from core.store.reader import not_ours_or_damaged, require_ours_through
from core.store.reading import alone, to_read
from core.store.rows import COLUMNS, DAMAGED, Row, chain_hash, to_event

IN_A_ROW = 1000
"""After so many rows that are not there, the rest of a damaged file is given up."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `damage` says what is wrong, `lost` names the events that cannot be believed any more, `missing`
    the notes whose picture is not there or is not the one they name."""

    ok: bool
    events: int
    balance: Balance
    damage: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    missing: tuple[NoteId, ...] = ()
    newest_backup: str | None = None

    def to_json(self) -> str:
        """One JSON object on one line."""
        values = asdict(self) | {"balance": structs.asdict(self.balance) | {"received": self.balance.received}}
        return dump(values)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What is good in a file, damaged or not: events in order, words, and the rows or ids that are not."""

    events: tuple[Event, ...]
    words: tuple[Words, ...]
    lost: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    """The rows of a file as far as they can be read."""

    rows: list[Row] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def check(path: Path) -> Report:
    """Look at everything. Also works while a desk has the file open. Raises NotAWorkshop and NewerWorkshop where it
    is no file of ours."""
    path = path.resolve()
    damage = [_("The file is not as it was when it was closed.")] if seal.look(path) is seal.Seal.BROKEN else []
    is_own = lock.is_held(path) or wal.is_own(path)    # the WAL of an open file changes while one looks
    damage += [] if is_own else [wal.said_of_foreign(path)]
    with closing(_connected(path, with_wal=is_own)) as connection:
        damage += _structure(connection)
        found = _read(connection)
    good, lost = _believable(found)
    board = fold(with_words(EMPTY, found.words), sorted_events(good))
    damage += [_("{n} events cannot be believed.").format(n=len(lost))] if lost else []
    missing = _without_picture(path, board)
    damage += _said_missing(len(missing))
    damage += [*_missing_words(good, board, found.words), *_gaps(good), *_balance(board)]
    copies = backup.copies(path)
    newest = copies[0].name if damage and copies else None
    return Report(not damage, len(good), board.balance, tuple(damage), tuple(lost), missing, newest)


def salvage(path: Path) -> Salvaged:
    """Everything in the file that can still be believed, for a new file (`Session.create_from`)."""
    with closing(_connected(path.resolve())) as connection:
        found = _read(connection)
    good, lost = _believable(found)
    return Salvaged(tuple(sorted_events(good)), tuple(found.words), tuple(lost))


def sorted_events(rows: Iterable[Row]) -> list[Event]:
    """The events of these rows in the order of the log, without refused ones."""
    kept = [row for row in rows if row.state != "refused"]
    return [to_event(row) for row in sorted(kept, key=lambda row: (row.seq is None, row.seq or 0))]


def _connected(path: Path, *, with_wal: bool = True) -> sqlite3.Connection:
    """A connection that reads also what is damaged. Raises NotAWorkshop, NewerWorkshop."""
    if not path.is_file():
        raise no_such_file()
    try:
        connection = to_read(path, timeout=5) if with_wal else alone(path)
    except DAMAGED as error:
        raise not_ours_or_damaged(error) from error
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        require_ours_through(connection)
    except DAMAGED as error:
        connection.close()
        raise not_ours_or_damaged(error) from error
    except WorkshopError:
        connection.close()
        raise
    return connection


def _structure(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds wrong."""
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
    except DAMAGED as error:
        found = [str(error)]
    return [] if found == ["ok"] else [_("The database is damaged: {what}").format(what=each) for each in found]


def _read(connection: sqlite3.Connection) -> _Found:
    found = _Found()
    for number, row in _rows(connection, "event", COLUMNS):
        try:
            found.rows.append(Row._make(row)) if row else found.unreadable.append(f"row {number}")
        except TypeError:
            found.unreadable.append(f"row {number}")
    for _number, row in _rows(connection, "words", "hash, salt, text"):
        if row and isinstance(row[1], bytes) and isinstance(row[2], str):
            found.words.append(Words(WordsHash(str(row[0])), row[1], row[2]))
    found.words = [each for each in found.words if each.are_true]
    return found


def _rows(
    connection: sqlite3.Connection, table: str, columns: str
) -> Iterator[tuple[int, tuple[object, ...] | None]]:
    """All rows at once where the table is whole, else one by one past the damage: (rowid, None) for what is not
    readable."""
    try:
        yield from enumerate(connection.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall(), 1)  # noqa: S608
        return
    except DAMAGED:
        pass
    missing = number = 0
    while missing < IN_A_ROW:
        number += 1
        try:
            row = connection.execute(f"SELECT {columns} FROM {table} WHERE rowid = ?", (number,)).fetchone()  # noqa: S608
            missing = 0 if row else missing + 1
            if row:
                yield number, row
        except DAMAGED:
            missing += 1
            yield number, None


def _believable(found: _Found) -> tuple[list[Row], list[str]]:
    """The rows whose hash follows from the event before, and the names of those whose does not."""
    hashes = {(row.origin, row.origin_seq): row.hash for row in found.rows}
    good, lost = [], list(found.unreadable)
    for row in found.rows:
        before = "" if row.origin_seq == 1 else hashes.get((row.origin, row.origin_seq - 1))
        if _is_readable(row) and (before is None or chain_hash(before, row) == row.hash):
            good.append(row)
        else:
            lost.append(str(row.id))
    return good, lost


def _is_readable(row: Row) -> bool:
    try:
        to_event(row)
    except sqlite3.DatabaseError:
        return False
    return True


def _said_missing(pictures: int) -> list[str]:
    said = ngettext("{n} picture is missing.", "{n} pictures are missing.", pictures)
    return [said.format(n=pictures)] if pictures else []


def _without_picture(path: Path, board: Board) -> tuple[NoteId, ...]:
    """The notes whose picture is gone, in the order they came."""
    gone = pictures.missing(path, pictures.named_on(board))
    notes = [note for note in board.notes.values() if note.picture in gone and not note.erased]
    return tuple(note.id for note in sorted(notes, key=lambda note: note.arrival))


def _missing_words(rows: Sequence[Row], board: Board, words: Iterable[Words]) -> list[str]:
    """Words that events name and nobody erased must be there."""
    have = {*(each.hash for each in words), *pictures.named_on(board)}
    erased = {row.subject for row in rows if row.kind == AnsweredBack.KIND and row.actor in board.erased}
    gone = [row for row in rows if not have.issuperset(WORDS_HASH.findall(row.body)) and not _is_erased(row, board)]
    gone = [row for row in gone if row.subject not in erased]    # what was replied to what they answered back
    return [_("{n} texts are missing.").format(n=len(gone))] if gone else []


def _is_erased(row: Row, board: Board) -> bool:
    note = board.notes.get(NoteId(row.subject))
    return ContributorId(row.actor) in board.erased or (note is not None and note.erased)


def _gaps(rows: Iterable[Row]) -> list[str]:
    """Numbers have no gaps. (Where there was more than one epoch they may: what a lost home and the desk that took
    over both numbered keeps one of its two numbers.)"""
    numbers = sorted(row.seq for row in rows if row.seq is not None)
    one_epoch = not numbers or numbers[0] // EPOCH_SIZE == numbers[-1] // EPOCH_SIZE
    gaps = [a for a, b in pairwise(numbers) if b != a + 1] if one_epoch else []
    return [_("After number {n} some are missing.").format(n=gap) for gap in gaps[:10]]


def _balance(board: Board) -> list[str]:
    closes = board.balance.received == len(board.notes) and min(structs.asdict(board.balance).values()) >= 0
    return [] if closes else [_("The balance of the notes does not close.")]
