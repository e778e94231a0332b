"""The session: one open workshop and its one writer. Everybody else sees only this."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar

from core.base.clock import Clock, utc_now
from core.base.errors import AlreadyThere, NotSaved, WorkshopError
from core.base.ids import ContributorId, DeskId, NoteId, PictureHash, WorkshopId, new_id
from core.base.language import _
from core.base.names import free_path
from core.base.pictures import Picture
from core.domain.board import Board
from core.domain.commands import Command, ErasePerson
from core.domain.events import Author, Event, NewEvent, sign
from core.domain.past import Deed, deeds
from core.domain.words import Words
from core.store import backup, exchange, files, layout, lock, seal, wal
from core.store.backup import Copy
from core.store.book import HOME_ELSEWHERE, Book
from core.store.deliveries import Deliveries
from core.store.exchange import Answer, May, anyone_may
from core.store.keeper import Keeper
from core.store.log import Log
from core.store.marks import Mark
from core.store.memory import Memory, NoMemory
from core.store.parcels import Outgoing, Parcel, together
from core.store.pictures import named_on
from core.store.rows import Row, to_event, to_row
from core.store.storage import AddressBook, FileStorage, Storage
from core.writer import Change, Health, Listener, Saved, Writer, closed, failed

CLOSE_SECONDS = 3.0
Value = TypeVar("Value")

__all__ = [
    "Answer", "Change", "Health", "Listener", "Mark", "May", "Outgoing", "Parcel", "Row", "Saved", "Session",
    "to_event", "to_row", "together",
]  # fmt: skip


class Session:
    """One workshop, open for writing. `board` may be read from any thread; `submit` may be called from any."""

    def __init__(self, book: Book, storage: Storage, clock: Clock) -> None:
        """Use `create` or `open`; an online home with a database puts the two together itself."""
        self.path = storage.path
        self.desk = book.desk
        self._book = book
        self._storage = storage
        self._clock = clock
        self._writer = Writer(book, clock)
        self._keeping = ThreadPoolExecutor(1, "sayback-pictures")
        self.parcels = storage.parcels(lambda: book.generation)
        self.subscribe(lambda change: storage.note_change())

    @classmethod
    def create(
        cls,
        path: Path,
        command: Command,
        desk: DeskId,
        *,
        clock: Clock = utc_now,
        memory: Memory | None = None,
        keeps_copies: bool = False,
    ) -> "Session":
        """A new workshop in a new file, by what makes it. Raises AlreadyThere, NotSaved, or what is wrong with it."""
        session = cls._new(path, desk, clock, memory, keeps_copies=keeps_copies)
        return session._or_nothing(session.do(command))

    @classmethod
    def create_from(
        cls, path: Path, events: Sequence[Event], words: Iterable[Words], desk: DeskId, *,
        pictures: Iterable[Picture] = (), clock: Clock = utc_now, memory: Memory | None = None,
    ) -> "Session":  # fmt: skip
        """A new file with the events and words of another, which gives the same board, and those of these pictures
        that it names. Raises as `create` does."""
        session = cls._new(path, desk, clock, memory)

        def brought() -> None:
            session._storage.pictures.bring(pictures)
            exchange.bring_back(session._book, events, words)
            session._storage.pictures.sweep(named_on(session._book.board))

        return session._or_nothing(session._writer.alone(brought))

    @classmethod
    def join(
        cls, path: Path, workshop: WorkshopId | None, desk: DeskId, *, clock: Clock = utc_now,
        memory: Memory | None = None, keeps_copies: bool = False,
    ) -> "Session":  # fmt: skip
        """A new, still empty file for a workshop whose home is elsewhere: `merge` fills it. None: this becomes the home
        of one, and `take` brings it, under the numbers it has. Raises AlreadyThere, NotSaved."""
        return cls._new(path, desk, clock, memory, home_elsewhere=workshop, keeps_copies=keeps_copies)

    @classmethod
    def _new(
        cls, path: Path, desk: DeskId, clock: Clock, memory: Memory | None, *,
        home_elsewhere: WorkshopId | None = None, keeps_copies: bool = False,
    ) -> "Session":  # fmt: skip
        if path.exists():
            raise AlreadyThere(
                _("There is a file of this name already. Nothing was changed."), _("Choose another name.")
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.require_room(path.parent)
            new = Log.create(path.absolute())
            if home_elsewhere is not None:
                new.set_local(HOME_ELSEWHERE, home_elsewhere)
            new.close()
        except OSError as error:
            raise NotSaved(
                _("The workshop cannot be made here: {why}").format(why=error.strerror),
                _("Choose another folder."),
            ) from error
        return cls.open(path, desk, clock=clock, memory=memory, keeps_copies=keeps_copies)

    def _or_nothing(self, made: "Future[Saved] | Future[None]") -> "Session":
        """This session once the making has reached the disk; where it fails, nothing of the file is left."""
        try:
            made.result()
        except WorkshopError:
            self.close()
            self._storage.remove()
            raise
        return self

    @classmethod
    def open(
        cls,
        path: Path,
        desk: DeskId,
        *,
        clock: Clock = utc_now,
        memory: Memory | None = None,
        is_home: bool | None = None,
        keeps_copies: bool = False,
    ) -> "Session":
        """Open a workshop for writing. A desk that is not the home of the order (None: the file says so, see `join`)
        leaves its events without numbers until `merge` brings them. With `keeps_copies` the folder of backups is kept
        up to date. Raises AlreadyOpen, ReadOnlyPlace (see `view`), NotAWorkshop, NewerWorkshop, all without changing
        the file."""
        path = path.resolve()
        held = lock.hold(path)
        try:
            wal.require_own(path)
            layout.bring_up_to_date(path)
            seal.take_off(path)
            log = Log(path)
            book = Book.over(log, desk, memory or NoMemory(), is_home=is_home)
        except BaseException:
            held.close()
            raise
        files.make_reserve(path)
        return cls.begun(book, FileStorage(log, held, Keeper(path, clock) if keeps_copies else None), clock)

    @classmethod
    def begun(cls, book: Book, storage: Storage, clock: Clock) -> "Session":
        """A session over this, which tidies up first."""
        session = cls(book, storage, clock)
        session._writer.alone(session._tidy)
        session.forget_old_contacts()
        return session

    @classmethod
    def view(cls, path: Path, *, clock: Clock = utc_now) -> "Session":
        """Look at a workshop that `open` refused with ReadOnlyPlace: board, pictures and copies are as always, whatever
        changes it is refused in the same way, and nothing is written beside it. There is nothing to undo: its desk is
        nobody's. Raises NotAWorkshop, NewerWorkshop."""
        path = path.resolve()
        files.require_ours(path)
        wal.require_own(path)
        log = Log(path, view_only=True)
        return cls(Book.over(log, DeskId(new_id()), NoMemory(), is_home=False), FileStorage(log), clock)

    @staticmethod
    def newest_copy(path: Path) -> Copy | None:
        """The newest of the copies that were kept of a workshop; None where there is none."""
        return backup.newest_copy(path)

    @classmethod
    def bring_back(cls, path: Path) -> Path:
        """A new file beside a workshop that cannot be opened, made from the newest copy of it; the workshop's own file
        stays as it is. Raises NotAWorkshop where there is no copy, NotSaved."""
        newest = cls.newest_copy(path)
        if newest is None:
            raise files.no_such_file()
        name = _("{name} (copy of {when})").format(name=path.stem, when=f"{newest.made:%Y-%m-%d %H.%M}")
        view = cls.view(newest.path)
        try:
            return view.save_copy(free_path(path.parent, name, path.suffix)).result()
        finally:
            view.close()

    @property
    def is_view_only(self) -> bool:
        """Whether it can only be looked at, because nothing can be written where it lies."""
        return self._book.log.is_view_only

    @property
    def is_behind(self) -> bool:
        """Whether the file lacks what this desk had in it before: it is an older copy, or lost its WAL; until another
        desk has sent that again."""
        return self._book.is_behind

    @property
    def board(self) -> Board:
        """The board as it is on disk now."""
        return self._writer.board

    @property
    def health(self) -> Health:
        """Whether the disk takes what is said."""
        return self._writer.health

    @property
    def is_home(self) -> bool:
        """Whether the order is given here."""
        return self._book.is_home

    @property
    def workshop_id(self) -> WorkshopId:
        """The workshop's id; empty until it has been made."""
        return self.board.workshop.id if self.board.workshop else WorkshopId("")

    def do(self, command: Command, author: Author | None = None) -> Future[Saved]:
        """Do something as one act, on the board as it is when its turn comes (undo pressed twice takes back two
        acts); its author has seen the board as it is now. Whatever refuses it comes through the future."""
        by, seen, now = author or Author(self.desk), self.board.seen, self._clock()
        return self._writer.submit(lambda board: sign(command.drafts(board), by, seen, now))

    def do_with_picture(self, command: Command, picture: Picture, author: Author | None = None) -> Future[Saved]:
        """The same with a picture, which is on disk before the event that names it; it leaves the disk again where
        no such event was kept. Notes of others do not wait for it."""
        if self.is_view_only:
            return failed(files.read_only_place())

        def kept_and_done() -> Saved:
            with self._storage.pictures.kept(picture, lambda: named_on(self.board)):
                return self.do(command, author).result()

        try:
            return self._keeping.submit(copy_context().run, kept_and_done)
        except RuntimeError:    # no more is taken
            return closed()

    def picture(self, digest: PictureHash) -> Picture | None:
        """The picture that a note names, from any thread; None where it is not there. Waits for the disk."""
        return self._storage.picture(digest)

    def bring_picture(self, picture: Picture) -> Future[None]:
        """Keep a picture that came from another desk, before the note that names it; where none ever does, it leaves
        the disk when the workshop is next opened. Notes of others do not wait for it."""
        try:
            return self._keeping.submit(copy_context().run, self._storage.pictures.bring, [picture])
        except RuntimeError:    # no more is taken
            return closed()

    def bring_words(self, words: Iterable[Words]) -> Future[None]:
        """Keep words that an event here names and that were missing; not those of erased people."""
        return self._writer.alone(lambda: exchange.bring_words(self._book, words))

    def pictures_named(self) -> set[PictureHash]:
        """The pictures that notes on the board name."""
        return named_on(self.board)

    def submit(self, *events: NewEvent) -> Future[Saved]:
        """Queue the events; the future completes after they are on disk, or fails with a WorkshopError. All of them
        are kept or none."""
        return self._writer.submit(lambda board: events)

    def erase(self, contributor: ContributorId) -> Future[Saved]:
        """Erase a person: their words leave the log, the file and its backups; the chain still verifies."""
        erased = self.do(ErasePerson(contributor))

        def saved_and_clean() -> Saved:
            saved = erased.result()
            self._clean()
            return saved

        return self._writer.alone(saved_and_clean)

    def merge(
        self, numbered: Sequence[Event], words: Iterable[Words] = (), answers: Iterable[Answer] = (),
        rows: Sequence[Row] = (),
    ) -> Future[None]:  # fmt: skip
        """As a desk: take in what the home has numbered (not checked again; `rows`: the same as it came), and what it
        answered to what was pushed."""

        def merged() -> None:
            exchange.merge(self._book, numbered, words, answers, rows)
            self._clean()

        return self._writer.alone(merged)

    def take(
        self, events: Sequence[Event], words: Iterable[Words] = (), may: May = anyone_may
    ) -> Future[list[Answer]]:
        """As the home: give each event pushed by a desk its number, or the reason why not."""

        def taken() -> list[Answer]:
            answers = exchange.take(self._book, events, words, may, self._clock())
            self._clean()
            return answers

        return self._writer.alone(taken)

    def _clean(self) -> None:
        """Leave nothing of erased people in the file and its copies, nor their addresses. Raises NotSaved."""
        if gone := self._book.clean_up():
            self._storage.forget_words(gone, self._book.log.erasures(), named_on(self._book.board))
            self._book.cleaned()
        if erased := self._book.board.erased:
            self._storage.forget_people(erased)

    def _tidy(self) -> None:
        """What a copy that was opened lacks, and what a crash may have left."""
        self._storage.tidy(named_on(self._book.board))
        self._clean()

    def follow(self) -> Future[None]:
        """Take in what other instances of the home have written since; the listeners are told. Where that works, what
        keeps the log answers again."""

        def caught_up() -> None:
            self._book.catch_up()
            self._writer.note_answer()

        return self._writer.alone(caught_up)

    def begin_epoch(self) -> Future[None]:
        """As the home: number what comes in an epoch of its own. A desk holds numbers that are not known here."""
        return self._writer.alone(self._book.begin_epoch)

    def move_home(self) -> Future[None]:
        """From the next opening on another place gives the order; what has a number keeps it."""
        return self.set_local(HOME_ELSEWHERE, self.workshop_id)

    def end_home_elsewhere(self) -> Future[None]:
        """From the next opening on the order is given here: the desk that gave it is lost."""
        return self._writer.alone(lambda: self._book.log.forget_local(HOME_ELSEWHERE))

    def unsent(self) -> Future[list[Event]]:
        """What waits for a number from the home, in the order it was said."""
        return self._writer.alone(self._book.log.unsent)

    def refusals(self) -> Future[list[tuple[Event, str]]]:
        """What the home refused, and why."""
        return self._writer.alone(self._book.log.refusals)

    def past(self, most: int, about: NoteId | None = None) -> list[Deed]:
        """What was done, the newest first, read from the newest `most` events; of one note only where it is given.
        From any thread but the screen's: waits for the disk. Raises NotAWorkshop."""
        events = self._storage.past(most, about)
        found = deeds(events, apart=about is not None)
        return found[:-1] if len(events) == most and len(found) > 1 else found    # the last may be cut short

    def local(self, name: str) -> Future[str | None]:
        """What only this copy of the file knows, such as the port it was served on."""
        return self._writer.alone(lambda: self._book.log.local(name))

    def set_local(self, name: str, value: str) -> Future[None]:
        """Remember something in this copy of the file."""
        return self._writer.alone(lambda: self._book.log.set_local(name, value))

    def with_contacts(self, act: Callable[[AddressBook], Value]) -> Future[Value]:
        """Do something with the addresses people left; they are in a file of their own, and in no event."""
        return self._writer.alone(lambda: act(self._storage.contacts))

    def with_deliveries(self, act: Callable[[Deliveries], Value]) -> Future[Value]:
        """Do something with what became of the letters; it is in a file of its own, and in no event."""
        return self._writer.alone(lambda: act(self._storage.letters))

    def read_what_came(self, contributor: ContributorId) -> Future[None]:
        """Somebody with this receipt reads what came of their notes: from the first round of letters on they count as
        answered. Nobody waits for it."""
        workshop, now = self.workshop_id, self._clock()
        return self._writer.alone(lambda: self._storage.collect(workshop, contributor, now))

    def forget_old_contacts(self) -> Future[int]:
        """Erase the addresses whose time is over (privacy.md P4). Returns how many there were."""
        return self.with_contacts(lambda contacts: contacts.forget_old(self._clock))

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell the listener of every commit, on the writer's thread; it may only append to a queue. Returns what
        ends it."""
        return self._writer.subscribe(listener)

    def bring_together(self) -> Future[None]:
        """Bring all that is saved into the one file: it is whole without what lies beside it then. Raises NotSaved."""
        return self._writer.alone(self._storage.bring_together)

    def save_copy(self, target: Path) -> Future[Path]:
        """Everything but people's addresses, in a file of its own at another place; also where the workshop's own file
        was moved or deleted. A file that is there is not touched. Raises AlreadyThere, NotSaved."""

        def saved() -> Path:
            self._storage.save_copy(target, self._clock())
            return target

        return self._writer.alone(saved)

    def close(self, timeout: float = CLOSE_SECONDS) -> None:
        """Save what is queued, bring all into the one file, let the next desk in. Takes at most `timeout` seconds;
        what the disk did not take by then was never thanked for."""
        self._keeping.shutdown(wait=False)
        if not self._writer.stop(timeout):
            return
        self._keeping.shutdown()
        self._storage.close(timeout)
