"""The log of one workshop, open for writing: the only place that changes the file. Used by one thread at a time."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

from core.base.clock import to_milliseconds, utc_now
from core.base.errors import NotSaved
from core.base.ids import ContributorId, DeskId, EventId, OriginId, WordsHash
from core.base.language import _
from core.domain.bodies import PersonErased
from core.domain.events import Event, State
from core.domain.words import Words
from core.store import files, layout
from core.store.disk import OF_THE_DISK, PRAGMAS, READER_WAITS, not_saved
from core.store.gathering import Gathered
from core.store.missing import WORDS_HASH, missing_words, words_in, words_named_by
from core.store.reading import steady
from core.store.rows import COLUMNS, DAMAGED, Row, hash_before, read_events, read_texts, to_event, to_row
from core.store.whereabouts import Whereabouts, newest_hash

NUMBER_ALL = """
    UPDATE event SET seq = json_extract(each.value, '$[1]'), state = 'confirmed',
        received_at = json_extract(each.value, '$[2]')
    FROM json_each(?) AS each WHERE event.id = json_extract(each.value, '$[0]')
"""
HIGHEST = "SELECT coalesce(max(seq), 0) FROM event WHERE seq IS NOT NULL"
"""The index has those that are not NULL: asked for them it answers, asked for all it is no help and the log is read."""
NAMED_IN = "SELECT body, was FROM event WHERE id IN (SELECT value FROM json_each(?))"


class Log:
    """An open log. `transaction()` brings what was written inside it to the disk, or nothing of it."""

    def __init__(self, path: Path, *, view_only: bool = False) -> None:
        """Open a file that `files.require_ours` has let through; `view_only` leaves all as it is."""
        self.path = path
        self.is_view_only = view_only
        self.whereabouts = Whereabouts(path)
        self._begin(_viewed(path) if view_only else _connected(path))

    def _begin(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ids = self._ids_there()
        self._ends: dict[OriginId, tuple[int, str]] = {}
        self._gathered = Gathered()
        self._newest = newest_hash(connection)

    @classmethod
    def create(cls, path: Path) -> "Log":
        """A new, empty log. The tables are written before WAL is switched on, so that the header alone tells whose
        file it is."""
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            layout.make(connection)
        except sqlite3.Error as error:
            raise not_saved(error) from error
        finally:
            connection.close()
        files.sync_folder(path.parent)
        return cls(path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it on disk when this ends; on any failure nothing. Raises NotSaved, one of DiskFull, FileGone and
        ReadOnlyPlace where it is known."""
        if self.is_view_only:
            raise files.read_only_place()
        self.require_in_place()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._send()
            except BaseException:
                self._roll_back()
                raise
            self._connection.execute("COMMIT")
            self.whereabouts.remember()
        except sqlite3.Error as error:
            self._roll_back()
            raise not_saved(error) from error

    def require_in_place(self) -> None:
        """Raises FileGone where the file was moved, deleted or written over by somebody else."""
        self.whereabouts.require(self._newest)

    def make_reserve(self) -> None:
        """Lay room aside beside the file, for when the disk is full."""
        files.make_reserve(self.path)

    def let_reserve_go(self) -> None:
        """Give that room back: it lets people save elsewhere."""
        files.let_reserve_go(self.path)

    def insert(self, rows: Iterable[Row], words: Iterable[Words] = ()) -> None:
        """Keep events, and the words they name. Inside a transaction they gather, and go to the file before it is
        asked for anything."""
        for row in rows:
            self._ids.add(row.id)
            self._ends[row.origin] = max(self.last_of(row.origin), (row.origin_seq, row.hash))
            self._gathered.rows.append(row)
        self._gathered.words += words

    def insert_words(self, words: Iterable[Words]) -> None:
        """Keep words; those that are there already stay as they are."""
        self._gathered.words += words

    def _send(self) -> None:
        gathered, self._gathered = self._gathered, Gathered()
        self._newest = gathered.rows[-1].hash if gathered.rows else self._newest
        gathered.send(self._connection)

    def _sent(self) -> sqlite3.Connection:
        """The connection, once all that was written so far is in it."""
        if self._gathered:
            self._send()
        return self._connection

    def _ask(self, query: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        return self._sent().execute(query, values)

    def number(self, event_id: EventId, seq: int | None, received_at: int | None = None) -> None:
        """Give an event its number (confirmed), or take it away again (pending). `received_at`: when the home had it,
        in milliseconds; None leaves what is there."""
        state = State.PENDING if seq is None else State.CONFIRMED
        self._ask(
            "UPDATE event SET seq = ?, state = ?, received_at = coalesce(?, received_at) WHERE id = ?",
            (seq, state.value, received_at, event_id),
        )
        self._ask("DELETE FROM refusal WHERE id = ?", (event_id,))

    def number_all(self, rows: Sequence[Row]) -> None:
        """Give these events the numbers they have in the rows, and when the home had them, all in one statement."""
        if not rows:
            return
        told = json.dumps([(row.id, row.seq, row.received_at) for row in rows])
        self._ask(NUMBER_ALL, (told,))
        self._ask("DELETE FROM refusal WHERE id IN (SELECT json_extract(value, '$[0]') FROM json_each(?))", (told,))

    def refuse(self, event_id: EventId, reason: str) -> None:
        """Take an event off the board, with the reason its author is told."""
        self._ask(
            "UPDATE event SET seq = NULL, state = ? WHERE id = ?", (State.REFUSED.value, event_id)
        )
        self._ask(
            "INSERT OR REPLACE INTO refusal (id, reason) VALUES (?, ?)", (event_id, reason)
        )

    def refused(self, event: Event, reason: str) -> None:
        """Keep an event that was refused as it came, so that it is answered the same when it comes again."""
        self.insert([to_row(event)])
        self.refuse(event.id, reason)

    def remove(self, event: Event) -> None:
        """Take away an event that another takes the place of, and the words that only it named."""
        self._ask("DELETE FROM event WHERE id = ?", (event.id,))
        self._ends.clear()
        self._newest = newest_hash(self._sent())
        row = to_row(event)
        named = WORDS_HASH.findall(f"{row.body} {row.was}")
        self.delete_words(each for each in named if not self._is_named(each))

    def delete_words(self, hashes: Iterable[WordsHash]) -> int:
        """Remove text and salt; what they were is gone with them. Returns how many there were."""
        gone = list(hashes)
        delete = "DELETE FROM words WHERE hash IN (SELECT value FROM json_each(?))"
        return self._ask(delete, (json.dumps(gone),)).rowcount if gone else 0

    def event(self, event_id: EventId) -> Event | None:
        """The event with this id, also a refused one. Each note asks; nearly all are new, and need no look at the
        disk."""
        return self._one("id = ?", event_id) if event_id in self._ids else None

    def event_at(self, seq: int) -> Event | None:
        """The event that has this number."""
        return self._one("seq = ?", seq)

    def refusal(self, event_id: EventId) -> str | None:
        """Why an event was refused."""
        found = self._ask("SELECT reason FROM refusal WHERE id = ?", (event_id,)).fetchone()
        return None if found is None else str(found[0])

    def refusals(self) -> list[tuple[Event, str]]:
        """What was refused and why, in the order it was said."""
        found = self._ask(
            f"SELECT {COLUMNS}, reason FROM event JOIN refusal USING (id) ORDER BY event.rowid"  # noqa: S608
        )
        return [(to_event(Row(*row[:-1])), str(row[-1])) for row in found]

    def text(self, words: WordsHash) -> str | None:
        """A text by its hash; None where it was erased or has not come yet."""
        found = self._ask("SELECT text FROM words WHERE hash = ?", (words,)).fetchone()
        return None if found is None else str(found[0])

    def events(self) -> list[Event]:
        """All events that were not refused, in order. Raises NotAWorkshop where the file is damaged."""
        try:
            return read_events(self._sent())
        except DAMAGED as error:
            raise files.damaged() from error

    def texts(self) -> dict[WordsHash, str]:
        """All texts that were not erased. Raises NotAWorkshop where the file is damaged."""
        try:
            return read_texts(self._sent())
        except DAMAGED as error:
            raise files.damaged() from error

    def words_named_by(self, contributors: Iterable[ContributorId]) -> set[WordsHash]:
        """The words that events of these people, or about their notes, name; also in events that were refused."""
        return words_named_by(self._sent(), contributors)

    def words_named_in(self, events: Iterable[EventId]) -> set[WordsHash]:
        """The words that these events name."""
        return words_in(self._sent(), NAMED_IN, events)

    def words_missing(self) -> set[WordsHash]:
        """The words that events here name, that are not here, and that nobody has erased."""
        return missing_words(self._sent())

    def erasures(self) -> list[Event]:
        """Who was erased."""
        return self._where("kind = ? AND state != 'refused'", (PersonErased.KIND,))

    def unsent(self) -> list[Event]:
        """What waits for a number from the home, in the order it was said."""
        return self._where("state = 'pending'", ())

    def head(self) -> int:
        """The highest number given; 0 where none was."""
        return int(self._ask(HIGHEST).fetchone()[0])

    def last_of(self, origin: OriginId) -> tuple[int, str]:
        """The last origin_seq of an origin and its hash; (0, '') where it said nothing yet."""
        known = self._ends.get(origin)
        if known is None:
            last = "SELECT origin_seq, hash FROM event WHERE origin = ? ORDER BY origin_seq DESC LIMIT 1"
            found = self._ask(last, (origin,)).fetchone()
            known = self._ends[origin] = (0, "") if found is None else (int(found[0]), str(found[1]))
        return known

    def hash_before(self, origin: OriginId, origin_seq: int) -> str | None:
        """The hash that an event's own follows from; None where the event before it is not here."""
        before = "SELECT hash FROM event WHERE origin = ? AND origin_seq = ?"
        return hash_before(
            origin_seq, self.last_of(origin), lambda: self._ask(before, (origin, origin_seq - 1)).fetchone()
        )

    def last_opening(self) -> tuple[DeskId, bool] | None:
        """Which desk wrote here last, and whether it gave the numbers."""
        found = self._ask(
            "SELECT desk, is_home FROM opening ORDER BY rowid DESC LIMIT 1"
        ).fetchone()
        return None if found is None else (DeskId(found[0]), bool(found[1]))

    def note_opening(self, origin: OriginId, desk: DeskId, *, is_home: bool) -> None:
        """Write down who writes here from now on."""
        self._ask(
            "INSERT OR IGNORE INTO opening (origin, desk, is_home, at) VALUES (?, ?, ?, ?)",
            (origin, desk, int(is_home), to_milliseconds(utc_now())),
        )

    def local(self, name: str) -> str | None:
        """Something only this copy of the file knows, such as the port it was served on."""
        found = self._ask("SELECT value FROM local WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])

    def set_local(self, name: str, value: str) -> None:
        """Remember something in this copy of the file. Raises ReadOnlyPlace."""
        if self.is_view_only:
            raise files.read_only_place()
        self._ask("INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)", (name, value))

    def forget_local(self, name: str) -> None:
        """Remember that no longer."""
        self._ask("DELETE FROM local WHERE name = ?", (name,))

    def reopen(self) -> None:
        """Begin anew after the disk failed, and bring all that is in the file to the disk: only then is it known
        what is there (a commit whose fsync failed may be in the file and not on the disk). Raises NotSaved."""
        try:
            self._connection.close()
            self._begin(_connected(self.path))
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.whereabouts.remember()
        except sqlite3.Error as error:
            raise not_saved(error) from error

    def complete(self) -> None:
        """Make what files that were made earlier lack."""
        layout.complete(self._connection)

    def bring_together(self) -> None:
        """Bring all into the one file; what somebody reads just now stays beside it. Raises NotSaved."""
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.whereabouts.remember()
        except sqlite3.Error as error:
            raise not_saved(error) from error

    def clean_up(self) -> None:
        """Leave nothing of deleted words in the file or its WAL (privacy.md P7). Waits a moment for whoever is reading:
        at an online home somebody always is. Raises NotSaved."""
        try:
            self._connection.execute("VACUUM")
            is_empty = self._empties_wal()
            self.whereabouts.remember()
        except sqlite3.Error as error:
            raise not_saved(error) from error
        if not is_empty:
            raise NotSaved(
                _("The file is being read, so erased words may still be in it."),
                _("Wait until that has ended, then erase once more."),
            )

    def _empties_wal(self) -> bool:
        """Bring all into the one file; False where somebody was reading for longer than a reader of ours takes."""
        self._connection.execute(f"PRAGMA busy_timeout = {READER_WAITS * 1000}")
        try:
            return not self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            self._connection.execute("PRAGMA busy_timeout = 0")

    def copy_to(self, target: Path) -> None:
        """All that is in the log, as one whole file; also where the log's own file was deleted or moved, as long as
        it is open here. Raises NotSaved."""
        try:
            self._connection.execute("VACUUM INTO ?", (str(target),))
        except sqlite3.Error as error:
            raise not_saved(error) from error

    def close(self) -> None:
        """Bring all into the one file. A disk that refuses leaves the WAL beside it, which is as good."""
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def _roll_back(self) -> None:
        self._gathered = Gathered()
        self._ends.clear()
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
                self._newest = newest_hash(self._connection)

    def _ids_there(self) -> set[str]:
        """The ids of all events. What is taken away again, or never reached the disk, may stay in it. Raises
        NotAWorkshop where the file is damaged."""
        try:
            return {row[0] for row in self._connection.execute("SELECT id FROM event")}
        except DAMAGED as error:
            self._connection.close()
            raise files.damaged() from error

    def _is_named(self, words: WordsHash) -> bool:
        found = self._ask("SELECT 1 FROM event WHERE instr(body || coalesce(was, ''), ?)", (words,))
        return found.fetchone() is not None

    def _one(self, condition: str, value: object) -> Event | None:
        found = self._where(condition, (value,))
        return found[0] if found else None

    def _where(self, condition: str, values: tuple[object, ...]) -> list[Event]:
        found = self._ask(
            f"SELECT {COLUMNS} FROM event WHERE {condition} ORDER BY rowid",  # noqa: S608
            values,
        )
        return [to_event(Row(*row)) for row in found]


def _viewed(path: Path) -> sqlite3.Connection:
    """A connection that only reads, where nothing can be written. Raises NotAWorkshop where SQLite finds damage."""
    try:
        return steady(path)
    except DAMAGED as error:
        raise files.damaged() from error


def _connected(path: Path) -> sqlite3.Connection:
    """The one connection that writes; it alone checkpoints. Raises NotAWorkshop where SQLite finds damage, NotSaved
    where the disk does not answer."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False, timeout=0
    )
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DAMAGED as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in OF_THE_DISK:
            raise not_saved(cast(sqlite3.Error, error)) from error
        raise files.damaged() from error
    return connection

