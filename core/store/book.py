"""A log and the board it folds to, kept in step: what one thread at a time may do to both."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from core.base.clock import to_milliseconds
from core.base.collecting import uncollected
from core.base.ids import ContributorId, DeskId, EventId, OriginId, WordsHash, WorkshopId, new_id
from core.domain import codec
from core.domain.board import EMPTY, Board
from core.domain.bodies import NoteSaid, PersonErased
from core.domain.events import EPOCH_SIZE, Event, NewEvent, State
from core.domain.fold import apply, fold, with_texts, with_words, without_words
from core.domain.rules import check
from core.domain.twice import ids_in_turn
from core.domain.values import changed
from core.domain.words import Words
from core.store.engine import HomeLog, of_a_desk
from core.store.memory import Memory
from core.store.rows import Row, chain_hash, to_row

UNCLEAN = "erased words may be left"
"""Kept in the file from an erasure until every trace of the words is gone."""

HOME_ELSEWHERE = "home elsewhere"
"""Kept in a copy whose order another desk, or the online home, gives: the workshop's id."""
Texts = Mapping[WordsHash, Words]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a submission became; `text` is what is on disk, `repeated` that it was there already."""

    events: tuple[Event, ...]
    text: str = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next event goes: after this event of its origin, under this number (None: the home gives it)."""

    origin_seq: int
    hash: str
    seq: int | None


class Book:
    """One open log. `board` is what is on disk; inside `batch` a working board runs ahead of it."""

    def __init__(self, log: HomeLog, desk: DeskId, memory: Memory, *, is_home: bool | None = None) -> None:
        """Read the whole log. `is_home` None: the file says whether the order is given here. A home that finds the file
        behind what this desk remembers, or written by another, begins a new epoch: a number once given is never given
        again (LOG.md, "Home, desks, sync")."""
        self.log = log
        self.desk = desk
        self.is_home = log.local(HOME_ELSEWHERE) is None if is_home is None else is_home
        self.origin = OriginId(new_id())
        self.memory = memory
        self.opening_noted = False
        self.news: tuple[Event, ...] | None = None
        """What the last exchange brought that can be told event by event; None where all is to be read anew."""
        self.generation = 0
        """Another one whenever something that has a number may get another, or may come in between."""
        self.confirmed = EMPTY
        self.board = EMPTY
        self.waiting: tuple[Event, ...] = ()
        """What has no number yet, in the order it was said: the board is what is confirmed with this on top."""
        self.reload()
        self._lacking = memory.recall(self.workshop())
        if self._lacking <= self.log.head():
            self._lacking = 0
        self.place = Place(0, "", self._first_number() if self.is_home else None)
        if self.is_home:
            self.number_the_unsent()

    @classmethod
    def over(cls, log: HomeLog, desk: DeskId, memory: Memory, *, is_home: bool | None = None) -> "Book":
        """The book of an open log, which is closed where that fails. Raises NotAWorkshop, NotSaved."""
        try:
            return cls(log, desk, memory, is_home=is_home)
        except BaseException:
            log.close()
            raise

    def reload(self) -> None:
        """Fold everything anew, from what is on disk."""
        with uncollected():
            events = self.log.events()
            numbered = [event for event in events if event.seq is not None]
            self.confirmed = fold(with_texts(EMPTY, self.log.texts()), numbered)
            self.waiting = tuple(events[len(numbered) :])
            self.board = fold(self.confirmed, self.waiting)

    @property
    def is_behind(self) -> bool:
        """Whether the file lacks what this desk had in it before, and no other desk has sent it again yet."""
        return self._lacking > 0 and not self.board.seen.reaches(self._lacking)

    def workshop(self) -> WorkshopId:
        """The workshop's id; empty until it has been made."""
        return self.board.workshop.id if self.board.workshop else WorkshopId("")

    def take_news(self) -> tuple[Event, ...] | None:
        """What the last exchange brought, once."""
        news, self.news = self.news, None
        return news

    @contextmanager
    def batch(self) -> Iterator["Batch"]:
        """Submissions that reach the disk together. When this ends they are there and the board shows them; on
        failure nothing happened. Raises NotSaved."""
        with self.transaction():
            batch = Batch(self, gathers=True)
            yield batch
            batch.write()
        self.opening_noted = True
        self.place, self.board = batch.place, batch.board
        self.waiting += tuple(event for event in batch.news if event.seq is None)
        self.remember()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside reaches the disk when this ends, or nothing of it. Raises NotSaved."""
        with self.log.transaction():
            self.note_opening()
            yield

    def catch_up(self) -> None:
        """Take in what others have written: nobody else writes to a file."""

    def take_others(self) -> tuple[Event, ...] | None:
        """What others have written, once, in order; None where all is to be read anew."""
        return ()

    def note_opening(self) -> None:
        """Write down, with the first thing written, who writes here now."""
        if not self.opening_noted:
            self.log.note_opening(self.origin, self.desk, is_home=self.is_home)

    def remember(self) -> None:
        """After a commit: what must not be forgotten even where an older copy of the file is put back."""
        if self.is_home:
            self.confirmed = self.board
        if self.board.seen.seq:
            self.memory.remember(self.workshop(), self.board.seen.seq)

    def go_on_after(self, head: int) -> None:
        """Where this desk gives the numbers, the next one comes after this."""
        if self.place.seq is not None:
            self.place = replace(self.place, seq=max(self.place.seq, head + 1))

    def begin_epoch(self, claimed: int = 0) -> None:
        """From here on the numbers are of a new epoch, also after this one: those of the old are another home's."""
        self.go_on_after((max(claimed, self.log.head()) // EPOCH_SIZE + 1) * EPOCH_SIZE)

    def recover(self) -> None:
        """After the disk failed: open the file anew and believe only what is there. Raises NotSaved."""
        self.log.reopen()
        self.reload()
        self.place = Place(*self.log.last_of(self.origin), self.place.seq)
        self.go_on_after(self.log.head())

    def erase_words(self, board: Board, contributors: Collection[ContributorId]) -> Board:
        """The board and the log without what these people said, or what was written about their notes."""
        if not contributors:
            return board
        gone = self.log.words_named_by(contributors)
        if self.log.delete_words(gone):
            self.log.set_local(UNCLEAN, "yes")
        return without_words(board, gone)

    def keep_words(self, texts: Texts, named: set[WordsHash], erased: Collection[ContributorId]) -> list[Words]:
        """The texts that came with events, where one that is on disk now names them (or nothing would erase them).
        Those of erased people do not come back, however late they or the erasure arrive. Returns what is kept."""
        if erased:
            named = named - self.log.words_named_by(erased)
        kept = [each for each in texts.values() if each.hash in named]
        self.log.insert_words(kept)
        self.erase_words(self.board, erased)
        return kept

    def clean_up(self) -> set[WordsHash]:
        """Leave nothing of erased words in the file; returns them while other copies may still hold them, until
        `cleaned`. What a crash interrupts is done when the file is next opened. Raises NotSaved."""
        if self.log.local(UNCLEAN) is None:
            return set()
        self.log.clean_up()
        return self.log.words_named_by(self.board.erased)

    def cleaned(self) -> None:
        """No copy holds erased words any more."""
        with self.transaction():
            self.log.forget_local(UNCLEAN)

    def number_the_unsent(self) -> None:
        """A desk that takes over as the home gives numbers to what waited for one."""
        unsent = self.log.unsent()
        if not unsent or self.place.seq is None:
            return
        log = of_a_desk(self.log)
        with self.transaction():
            for seq, event in enumerate(unsent, start=self.place.seq):
                log.number(event.id, seq)
        self.opening_noted = True
        self.place = replace(self.place, seq=self.place.seq + len(unsent))
        self.reload()
        self.remember()

    def _first_number(self) -> int:
        head = self.log.head()
        if head == 0 and not self.board.events:
            return 1
        remembered = self.memory.recall(self.workshop())
        last = self.log.last_opening()
        if last == (self.desk, True) and remembered <= head:
            return head + 1
        return (max(head, remembered) // EPOCH_SIZE + 1) * EPOCH_SIZE + 1


class Batch:
    """Submissions inside one transaction, checked against the board as they would leave it."""

    def __init__(self, book: Book, texts: Texts | None = None, *, gathers: bool = False) -> None:
        """`texts` came with the submission and are not on disk yet. With `gathers` nothing is, before `write`."""
        self.texts = texts or {}
        self._gathers = gathers
        self._gathered: dict[EventId, tuple[Event, Row]] = {}
        self._words: dict[WordsHash, Words] = {}
        self.place = book.place
        self.log = book.log
        self.desk = book.desk
        self.news: list[Event] = []
        self.has_filled_gaps = False
        self._book = book
        self._board = book.board
        self._kept: list[Event] = []

    @property
    def board(self) -> Board:
        """The board as all this would leave it. What was kept in a row is folded together, once somebody looks."""
        if self._kept:
            self._board = fold(self._board, self._kept)
            self._kept.clear()
        return self._board

    def add(self, events: Sequence[NewEvent], received_at: datetime) -> Outcome:
        """Keep all of these events. Raises a Refused that leaves the batch as it was."""
        board, place = self.board, self.place
        made: dict[EventId, tuple[Event, Row]] = {}
        words: list[Words] = []
        repeated: list[Event] = []
        for each in events:
            settled = self._settled(each, made)
            if isinstance(settled, Event):
                repeated.append(settled)
                continue
            check(board, settled)
            event, row = self._placed(settled, board, place, received_at)
            place = Place(event.origin_seq, event.hash, event.seq + 1 if event.seq else None)
            board = apply(with_words(board, settled.words) if settled.words else board, event)
            made[event.id] = event, row
            words += settled.words
        kept = tuple(event for event, _ in made.values())
        self.news += kept
        self._gathered |= made
        self._words |= {each.hash: each for each in words}
        erased = erased_by(kept)
        if erased or not self._gathers:
            self.write()
        self._board, self.place = self._book.erase_words(board, erased), place
        return self._outcome(kept, words, tuple(repeated))

    def write(self) -> None:
        """Hand what was gathered to the log."""
        self.log.insert((row for _, row in self._gathered.values()), self._words.values())
        self._gathered.clear()
        self._words.clear()

    def keep(self, event: Event, row: Row) -> None:
        """An event made elsewhere, under the number it has been given; `row` is the same before it had one."""
        received_at = to_milliseconds(event.received_at)
        self.log.insert([row._replace(seq=event.seq, state=event.state.value, received_at=received_at)])
        self.news.append(event)
        if event.seq is not None and event.seq == self.place.seq:
            self.place = replace(self.place, seq=event.seq + 1)
        else:
            self.has_filled_gaps |= event.seq is None or event.seq <= self.board.seen.seq
        self._kept.append(event)

    def _outcome(self, made: tuple[Event, ...], words: list[Words], repeated: tuple[Event, ...]) -> Outcome:
        if made or not repeated:
            return Outcome(made, words[0].text if words else "")
        said = repeated[0].body
        text = self.text(said.words) if isinstance(said, NoteSaid) else None
        return Outcome(repeated, text or "", repeated=True)

    def _found(self, event_id: EventId, made: Mapping[EventId, tuple[Event, Row]]) -> Event | None:
        """The event with this id: of this submission, gathered from others, or on disk."""
        waiting = made.get(event_id) or self._gathered.get(event_id)
        return waiting[0] if waiting else self.log.event(event_id)

    def _settled(self, event: NewEvent, made: Mapping[EventId, tuple[Event, Row]]) -> NewEvent | Event:
        """The event under an id of its own, or the one on disk that it repeats (LOG.md, "Sending twice")."""
        if not isinstance(event.body, NoteSaid):
            found = self._found(event.id, made)
            if found is None:
                return event
            return found if found.author == event.author else changed(event, id=EventId(new_id()))
        for event_id in ids_in_turn(event.id, event.body.contributor):
            found = self._found(event_id, made)
            if found is None:
                return event if event_id == event.id else changed(event, id=event_id, subject=event_id)
            if self.is_same_note(found, event.body, [words.text for words in event.words]):
                return found
        raise AssertionError("the ids in turn never end")

    def is_same_note(self, found: Event, said: NoteSaid, texts: Collection[str]) -> bool:
        """Same contributor, words and picture. Words that were erased count as the same: they never come back."""
        if not isinstance(found.body, NoteSaid) or found.body.contributor != said.contributor:
            return False
        if found.body.picture != said.picture:
            return False
        text = self.text(found.body.words)
        return text is None or text in texts

    def text(self, words: WordsHash) -> str | None:
        """A text that is on disk or on its way there."""
        waiting = self._words.get(words) or self.texts.get(words)
        return waiting.text if waiting else self.log.text(words)

    def _placed(self, event: NewEvent, board: Board, place: Place, received_at: datetime) -> tuple[Event, Row]:
        """The event in its place, with its link to the one before, and the row that keeps it."""
        book = self._book
        workshop = board.workshop.id if board.workshop else WorkshopId(event.subject)    # the event that makes it
        placed = Event(
            id=event.id, workshop=workshop, origin=book.origin,
            origin_seq=place.origin_seq + 1, desk=event.author.desk, actor=event.author.actor, act=event.act,
            subject=event.subject, body=event.body, base=event.base, said_at=event.said_at,
            received_at=received_at, hash="", schema=codec.SCHEMA, seq=place.seq,
            state=State.PENDING if place.seq is None else State.CONFIRMED,
        )  # fmt: skip
        row = to_row(placed)
        digest = chain_hash(place.hash, row)
        return changed(placed, hash=digest), row._replace(hash=digest)


def erased_by(events: Iterable[Event]) -> list[ContributorId]:
    """Whom these events erase."""
    return [ContributorId(event.subject) for event in events if isinstance(event.body, PersonErased)]
