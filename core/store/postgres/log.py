"""The log of one workshop in the database. Used by one thread at a time; other instances of the home write it, too,
each in its turn: inside `transaction` nobody else does (docs/decisions/instances-take-turns.md)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString

from psycopg import Connection

from core.base.clock import to_milliseconds, utc_now
from core.base.ids import ContributorId, DeskId, EventId, OriginId, WordsHash, WorkshopId
from core.domain.bodies import PersonErased
from core.domain.events import Event
from core.domain.words import Words
from core.store.missing import PICTURE, WORDS_HASH
from core.store.postgres.database import Database, rows_of
from core.store.rows import COLUMNS, Row, hash_before, to_event, to_row

SELECT = f"SELECT {COLUMNS} FROM sayback.event WHERE workshop = %s"  # noqa: S608
ALL = f"{SELECT} ORDER BY seq IS NULL, seq, rowid"
ADDED = f"{SELECT} AND rowid >= %s ORDER BY rowid"
ONE = f"{SELECT} AND id = %s"
AT = f"{SELECT} AND seq = %s"
ERASURES = f"{SELECT} AND kind = %s AND state <> 'refused' ORDER BY rowid"
REFUSED = f"""
    SELECT {", ".join("e." + name for name in Row._fields)}, r.reason
    FROM sayback.event e JOIN sayback.refusal r USING (workshop, id) WHERE e.workshop = %s ORDER BY e.rowid
"""  # noqa: S608
# In binary: of 500 events the arrays cost 2 ms of processor in place of 12.
KEEP_WORDS = "sayback.keep_words(%s, %b::text[], %b::bytea[], %b::text[])"
APPEND = f"""
    SELECT sayback.append(%s, %s, %b::bigint[], %b::text[], %b::text[], %b::text[], %b::bigint[], %b::text[],
        %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::integer[],
        %b::bigint[], %b::bigint[], %b::text[]), {KEEP_WORDS}
"""
TAKE_TURN: LiteralString = "BEGIN; SELECT * FROM sayback.take_turn(%s, %s)"
HOW_FAR = """
    SELECT head, last, anew, coalesce((SELECT hash FROM sayback.event e WHERE e.workshop = w.id AND rowid = last), '')
    FROM sayback.workshop w WHERE id = %s
"""
STEADY: LiteralString = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
OF_PEOPLE = "SELECT body, was FROM sayback.events_of(%s, %s::text[])"
OF_EVENTS = "SELECT body, was FROM sayback.event WHERE workshop = %s AND id = ANY (%s)"
SAID = """
    SELECT body || coalesce(was, '') FROM sayback.event WHERE workshop = %s AND state <> 'refused' AND rowid > %s
"""
THERE = "SELECT hash FROM sayback.words WHERE workshop = %s AND hash = ANY (%s)"
TEXTS = "SELECT hash, salt, text FROM sayback.words WHERE workshop = %s"
WORKSHOP_COLUMN = Row._fields.index("workshop")
Ends = dict[OriginId, tuple[int, str]]
"""Of each origin its last number and hash."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far this instance has read: up to this row, which has this hash, and since everything was last to be read
    anew."""

    last: int = -1
    anew: int = -1
    newest: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """What others have written, as it was kept; `words` are what it names."""

    events: tuple[Event, ...] = ()
    words: tuple[Words, ...] = ()


@dataclass(slots=True)
class Turn:
    """A transaction. What is written gathers in it, and goes to the database before it is asked for anything."""

    connection: Connection[Any]
    head: int
    last: int
    anew: int
    newest: str
    highest: int
    fresh: dict[EventId, Row] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    @property
    def position(self) -> Position:
        """How far the log goes with what was written so far."""
        return Position(self.last, self.anew, self.newest)


class PostgresLog:
    """What `HomeLog` promises."""

    is_view_only = False

    def __init__(self, database: Database, workshop: WorkshopId) -> None:
        self.workshop = workshop
        self.position = Position()
        self._database = database
        self._turn: Turn | None = None
        self._ids: set[EventId] = set()
        self._ends: Ends = {}
        self._highest, self._head = 0, 0

    # turns

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """The turn of this instance: nobody else writes until it ends. All of it on disk then; on any failure nothing.
        Raises NotSaved."""
        with self._having(TAKE_TURN, self.workshop, self._head) as turn:
            yield
            self._send(turn)
        self._note(turn.fresh.values())
        self.position, self._head = turn.position, turn.head

    @contextmanager
    def steady(self) -> Iterator[None]:
        """One view of the log as it is now, without a turn. Raises NotSaved."""
        if self._turn is not None:
            yield
            return
        with self._having(f"{STEADY}; {HOW_FAR}", self.workshop) as turn:
            yield
        self._head = max(self._head, turn.head)

    @contextmanager
    def _having(self, begin: LiteralString, *values: object) -> Iterator[Turn]:
        with self._database.begun(begin, *values) as (connection, found):
            head, last, anew, newest = found or (0, 0, 0, "")
            turn = self._turn = Turn(connection, head, last, anew, newest, self._highest)
            try:
                yield turn
            finally:
                self._turn = None

    def news(self) -> News | None:
        """What others have written since it was last asked; None where all is to be read anew. Inside a turn or a
        steady view."""
        turn, before = self._now(), self.position
        if turn.position == before:
            return News()
        if turn.anew != before.anew or turn.last <= before.last:
            return None
        rows = [Row(*row) for row in self._read(ADDED, self.workshop, before.last)]
        if before.last and rows[0].hash != before.newest:    # a back-up was restored, and others went on from it
            return None
        self.position, rows = turn.position, rows[1:] if before.last else rows
        self._note(rows)
        turn.highest = self._highest
        named = {each for row in rows for each in WORDS_HASH.findall(f"{row.body} {row.was}")}
        events = tuple(to_event(row) for row in rows if row.seq is not None)
        return News(events, tuple(self._words("AND hash = ANY (%s)", list(named))))

    def begin_epoch(self, claimed: int) -> int:
        """Numbers are of a new epoch from here on, also after this one. Returns what it begins after."""
        [(head,)] = self._read("SELECT sayback.begin_epoch(%s, %s)", self.workshop, claimed)
        if self._turn is not None:
            self._turn.head = head
        return int(head)

    def _now(self) -> Turn:
        if self._turn is None:
            raise RuntimeError("only inside a turn")
        return self._turn

    # what is written

    def require_in_place(self) -> None:
        """Whether it answers shows with the next note."""

    def make_reserve(self) -> None:
        """The room is the database's own."""

    def let_reserve_go(self) -> None:
        """The room is the database's own."""

    def insert(self, rows: Iterable[Row], words: Iterable[Words] = ()) -> None:
        """Keep events, and the words they name."""
        turn = self._now()
        for row in rows:
            turn.fresh[EventId(row.id)] = row
            turn.ends[OriginId(row.origin)] = max(self.last_of(OriginId(row.origin)), (row.origin_seq, row.hash))
            turn.highest = max(turn.highest, row.seq or 0)
            turn.rows.append(row)
        turn.words += words

    def insert_words(self, words: Iterable[Words]) -> None:
        """Keep words; those that are there already stay as they are."""
        self._now().words += words

    def refused(self, event: Event, reason: str) -> None:
        """Keep an event that was refused as it came, so that it is answered the same when it comes again."""
        self.insert([to_row(event)._replace(seq=None)])
        insert = "INSERT INTO sayback.refusal (workshop, id, reason) VALUES (%s, %s, %s)"
        self._now().connection.execute(insert, (self.workshop, event.id, reason))

    def delete_words(self, hashes: Iterable[WordsHash]) -> int:
        """Remove text and salt of people whose erasure is in the log. Returns how many there were."""
        gone = list(hashes)
        return int(self._read("SELECT sayback.erase(%s, %s::text[])", self.workshop, gone)[0][0]) if gone else 0

    def _send(self, turn: Turn) -> None:
        """What was gathered goes to the database."""
        rows, words = turn.rows, turn.words
        turn.rows, turn.words = [], []
        texts = [each.text for each in words]
        kept = self.workshop, [each.hash for each in words], [each.salt for each in words], texts
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            del columns[WORKSHOP_COLUMN]
            turn.connection.execute(APPEND, (self.workshop, turn.last, *columns, *kept))
            turn.last, turn.newest = turn.last + len(rows), rows[-1].hash
            turn.head = max(turn.head, *(row.seq or 0 for row in rows))
        elif words:
            [(new,)] = turn.connection.execute(f"SELECT {KEEP_WORDS}", kept).fetchall()
            if new and not turn.fresh:    # of events that others have read without them
                turn.anew = turn.connection.execute("SELECT sayback.read_anew(%s)", (self.workshop,)).fetchall()[0][0]

    def _note(self, rows: Iterable[Row]) -> None:
        """These are in the log."""
        for row in rows:
            self._ids.add(EventId(row.id))
            origin = OriginId(row.origin)
            self._ends[origin] = max(self._ends.get(origin, (0, "")), (row.origin_seq, row.hash))
            self._highest = max(self._highest, row.seq or 0)

    # what is there

    def event(self, event_id: EventId) -> Event | None:
        """The event with this id, also a refused one. Each note asks; nearly all are new, and need not ask the
        database."""
        if self._turn is not None and event_id in self._turn.fresh:
            return to_event(self._turn.fresh[event_id])
        return self._one(ONE, event_id) if event_id in self._ids else None

    def event_at(self, seq: int) -> Event | None:
        """The event that has this number."""
        highest = self._turn.highest if self._turn is not None else self._highest
        return self._one(AT, seq) if seq <= highest else None

    def refusal(self, event_id: EventId) -> str | None:
        """Why an event was refused."""
        query = "SELECT reason FROM sayback.refusal WHERE workshop = %s AND id = %s"
        found = self._read(query, self.workshop, event_id)
        return str(found[0][0]) if found else None

    def refusals(self) -> list[tuple[Event, str]]:
        """What was refused and why, in the order it was said."""
        return [(to_event(Row(*row[:-1])), str(row[-1])) for row in self._read(REFUSED, self.workshop)]

    def text(self, words: WordsHash) -> str | None:
        """A text by its hash; None where it was erased or has not come yet."""
        found = self._words("AND hash = %s", words)
        return found[0].text if found else None

    def events(self) -> list[Event]:
        """All events that were not refused, in order. From here on `news` goes on after them."""
        with self.steady():
            turn = self._now()
            rows = [Row(*row) for row in self._read(ALL, self.workshop)]
            self._ids, self._ends, self._highest = set(), {}, 0
            self._note(rows)
            self.position, turn.highest = turn.position, self._highest
        return [to_event(row) for row in rows if row.seq is not None]

    def texts(self) -> dict[WordsHash, str]:
        """All texts that were not erased."""
        return dict(self._read("SELECT hash, text FROM sayback.words WHERE workshop = %s", self.workshop))

    def words_named_by(self, contributors: Iterable[ContributorId]) -> set[WordsHash]:
        """The words that events of these people, or about their notes, name; also in events that were refused."""
        people = list(contributors)
        return _named(self._read(OF_PEOPLE, self.workshop, people)) if people else set()

    def words_named_in(self, events: Iterable[EventId]) -> set[WordsHash]:
        """The words that these events name."""
        return _named(self._read(OF_EVENTS, self.workshop, list(events)))

    def words_missing(self) -> set[WordsHash]:
        """The words that events here name, that are not here, and that nobody has erased."""
        with self.steady():
            return words_missing(self._now().connection, self.workshop)

    def erasures(self) -> list[Event]:
        """Who was erased."""
        return [to_event(Row(*row)) for row in self._read(ERASURES, self.workshop, PersonErased.KIND)]

    def unsent(self) -> list[Event]:
        """Nothing waits for a number: here they are given."""
        return []

    def head(self) -> int:
        """The highest number given, or what a new epoch begins after."""
        if self._turn is not None:
            return self._turn.head
        return int(self._read(HOW_FAR, self.workshop)[0][0])

    def last_of(self, origin: OriginId) -> tuple[int, str]:
        """The last origin_seq of an origin and its hash; (0, '') where it said nothing yet."""
        fresh: Mapping[OriginId, tuple[int, str]] = self._turn.ends if self._turn is not None else {}
        return fresh.get(origin) or self._ends.get(origin, (0, ""))

    def hash_before(self, origin: OriginId, origin_seq: int) -> str | None:
        """The hash that an event's own follows from; None where the event before it is not here."""
        before = "SELECT hash FROM sayback.event WHERE workshop = %s AND origin = %s AND origin_seq = %s"
        return hash_before(
            origin_seq, self.last_of(origin),
            lambda: next(iter(self._read(before, self.workshop, origin, origin_seq - 1)), None),
        )  # fmt: skip

    def last_opening(self) -> tuple[DeskId, bool] | None:
        """Nobody asks who wrote last: instances come and go, and the lineage of the database tells of a restore."""
        return None

    def note_opening(self, origin: OriginId, desk: DeskId, *, is_home: bool) -> None:
        """Write down who writes here from now on."""
        insert = """INSERT INTO sayback.opening (workshop, origin, desk, is_home, at) VALUES (%s, %s, %s, %s, %s)
            ON CONFLICT DO NOTHING"""
        self._read(insert, self.workshop, origin, desk, int(is_home), to_milliseconds(utc_now()))

    def local(self, name: str) -> str | None:
        """Something that is known of this workshop here."""
        found = self._read("SELECT value FROM sayback.local WHERE workshop = %s AND name = %s", self.workshop, name)
        return str(found[0][0]) if found else None

    def set_local(self, name: str, value: str) -> None:
        """Remember something of this workshop."""
        upsert = """INSERT INTO sayback.local (workshop, name, value) VALUES (%s, %s, %s)
            ON CONFLICT (workshop, name) DO UPDATE SET value = excluded.value"""
        self._read(upsert, self.workshop, name, value)

    def forget_local(self, name: str) -> None:
        """Remember that no longer."""
        self._read("DELETE FROM sayback.local WHERE workshop = %s AND name = %s", self.workshop, name)

    def reopen(self) -> None:
        """Connections that broke are left away by themselves."""

    def clean_up(self) -> None:
        """Deleted words are out of every table; what is left of them in its pages autovacuum takes."""

    def close(self) -> None:
        """The connections are of all workshops."""

    def _one(self, query: LiteralString, value: object) -> Event | None:
        found = self._read(query, self.workshop, value)
        return to_event(Row(*found[0])) if found else None

    def _words(self, condition: LiteralString, *values: object) -> list[Words]:
        found = self._read(f"{TEXTS} {condition}", self.workshop, *values)
        return [Words(WordsHash(digest), bytes(salt), text) for digest, salt, text in found]

    def _read(self, query: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        if self._turn is None:
            return self._database.execute(query, values)
        self._send(self._turn)
        return rows_of(self._turn.connection.execute(query, values))


def words_missing(
    connection: Connection[Any], workshop: WorkshopId, known: Set[WordsHash] = frozenset(), after: int = 0
) -> set[WordsHash]:
    """Those of the words that are known to be missing, or that events after this row name, that are not here; not those
    of people who were erased."""
    said = connection.execute(SAID, (workshop, after))
    named = known | {WordsHash(each) for (row,) in said for each in WORDS_HASH.findall(PICTURE.sub("", row))}
    missing = {*named} - {row[0] for row in connection.execute(THERE, (workshop, list(named)))}
    if not missing:
        return missing
    gone = "SELECT subject FROM sayback.event WHERE workshop = %s AND kind = %s"
    people = [subject for (subject,) in connection.execute(gone, (workshop, PersonErased.KIND))]
    return missing - _named(connection.execute(OF_PEOPLE, (workshop, people)).fetchall())


def _named(rows: Iterable[Sequence[Any]]) -> set[WordsHash]:
    return {WordsHash(each) for body, was in rows for each in WORDS_HASH.findall(f"{body} {was}")}
