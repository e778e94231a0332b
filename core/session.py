"""The session: one open workshop and its one writer. Everybody else sees only this."""

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from core.base.clock import Clock, utc_now
from core.base.errors import AlreadyThere, Closed, DiskFull, NotSaved, Refused, WorkshopError
from core.base.ids import ContributorId, DeskId, NoteId, WorkshopId
from core.base.language import _
from core.domain.board import Board
from core.domain.commands import Command, ErasePerson, MakeWorkshop
from core.domain.events import Author, Event, NewEvent, sign
from core.domain.words import Words
from core.store import backup, exchange, files, lock, seal
from core.store.book import Batch, Book, Outcome
from core.store.exchange import Answer, May, anyone_may
from core.store.keeper import Keeper
from core.store.log import Log
from core.store.memory import Memory, NoMemory
from core.store.schema import migrate_file

logger = logging.getLogger("sayback.session")
Result = TypeVar("Result")
BATCH = 500
"""The most submissions one commit carries (notes/desktop.md 4: group commit makes FULL twelve times faster)."""
CLOSE_SECONDS = 3.0


class Health(StrEnum):
    """Whether the disk takes what is said."""

    GOOD = "good"
    DISK_FULL = "disk full"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Saved:
    """What a submission became. `text` is what is on disk; `repeated` says that it was there already."""

    events: tuple[Event, ...]
    text: str = ""
    repeated: bool = False

    @property
    def note_id(self) -> NoteId:
        """The note that was said."""
        return NoteId(self.events[0].subject)


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit changed. With `reset`, everything is to be read anew from the board."""

    board: Board
    events: tuple[Event, ...] = ()
    reset: bool = False


Listener = Callable[[Change], None]


@dataclass(frozen=True, slots=True)
class _Submission:
    """Events that are kept together or not at all; made on the board that they will change."""

    events: Callable[[Board], Sequence[NewEvent]]
    future: Future[Saved]


@dataclass(frozen=True, slots=True)
class _Task:
    """Something the writer does on its own, between two batches."""

    run: Callable[[], None]


_STOP = None
"""Says that nothing more will come."""
_Job = _Submission | _Task | None


class Session:
    """One workshop, open for writing. `board` may be read from any thread; `submit` may be called from any."""

    def __init__(self, book: Book, held: ExitStack, clock: Clock, keeper: Keeper | None = None) -> None:
        """Use `create` or `open`."""
        self.path = book.log.path
        self.desk = book.desk
        self.health = Health.GOOD
        self._book = book
        self._held = held
        self._clock = clock
        self._keeper = keeper
        self._board = book.board
        self._listeners: tuple[Listener, ...] = ()
        self._door = threading.Lock()
        self._closing = False
        self._queue: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, name="sayback-writer", daemon=True)
        self._writer.start()

    @classmethod
    def create(
        cls,
        path: Path,
        command: MakeWorkshop,
        desk: DeskId,
        *,
        clock: Clock = utc_now,
        memory: Memory | None = None,
    ) -> "Session":
        """A new workshop in a new file. Raises AlreadyThere, NotSaved, or what is wrong with the workshop."""
        session = cls._new(path, desk, clock, memory)
        return session._or_nothing(session.do(command))

    @classmethod
    def create_from(
        cls, path: Path, events: Sequence[Event], words: Iterable[Words], desk: DeskId, *,
        clock: Clock = utc_now, memory: Memory | None = None,
    ) -> "Session":  # fmt: skip
        """A new file with the events and words of another, which gives the same board. Raises as `create` does."""
        session = cls._new(path, desk, clock, memory)
        session._or_nothing(session.take(events, words))
        session._alone(session._book.begin_epoch).result()
        return session

    @classmethod
    def _new(cls, path: Path, desk: DeskId, clock: Clock, memory: Memory | None) -> "Session":
        if path.exists():
            raise AlreadyThere(
                _("There is a file of this name already. Nothing was changed."), _("Choose another name.")
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.require_room(path.parent)
            Log.create(path.absolute()).close()
        except OSError as error:
            raise NotSaved(
                _("The workshop cannot be made here: {why}").format(why=error.strerror),
                _("Choose another folder."),
            ) from error
        return cls.open(path, desk, clock=clock, memory=memory)

    def _or_nothing(self, made: "Future[Saved] | Future[list[Answer]]") -> "Session":
        """This session once the making has reached the disk; where it fails, nothing of the file is left."""
        try:
            made.result()
        except WorkshopError:
            self.close()
            files.remove_workshop(self.path)
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
        is_home: bool = True,
        keeps_copies: bool = False,
    ) -> "Session":
        """Open a workshop for writing. A desk that is not the home of the order leaves its events without numbers
        until `merge` brings them. With `keeps_copies` the folder of backups is kept up to date. Raises AlreadyOpen,
        NotAWorkshop, NewerWorkshop, all without changing the file."""
        path = path.resolve()
        held = lock.hold(path)
        try:
            backup.before_migration(path)
            migrate_file(path)
            seal.take_off(path)
            book = Book.open(path, desk, memory or NoMemory(), is_home=is_home)
        except BaseException:
            held.close()
            raise
        files.make_reserve(path)
        session = cls(book, held, clock, Keeper(path, clock) if keeps_copies else None)
        session._alone(session._clean)
        return session

    @property
    def board(self) -> Board:
        """The board as it is on disk now."""
        return self._board

    @property
    def workshop_id(self) -> WorkshopId:
        """The workshop's id; empty until it has been made."""
        return self._board.workshop.id if self._board.workshop else WorkshopId("")

    def do(self, command: Command, author: Author | None = None) -> Future[Saved]:
        """Do something as one act, on the board as it is when its turn comes (undo pressed twice takes back two
        acts); its author has seen the board as it is now. Whatever refuses it comes through the future."""
        by, seen, now = author or Author(self.desk), self._board.seen, self._clock()
        return self._submit(lambda board: sign(command.drafts(board), by, seen, now))

    def submit(self, *events: NewEvent) -> Future[Saved]:
        """Queue the events; the future completes after they are on disk, or fails with a WorkshopError. All of them
        are kept or none."""
        return self._submit(lambda board: events)

    def _submit(self, events: Callable[[Board], Sequence[NewEvent]]) -> Future[Saved]:
        future: Future[Saved] = Future()
        if not self._put(_Submission(events, future)):
            return _failed(_closed())
        return future

    def erase(self, contributor: ContributorId) -> Future[Saved]:
        """Erase a person: their words leave the log, the file and its backups; the chain still verifies."""
        erased = self.do(ErasePerson(contributor))

        def saved_and_clean() -> Saved:
            saved = erased.result()
            self._clean()
            return saved

        return self._alone(saved_and_clean)

    def merge(
        self, numbered: Sequence[Event], words: Iterable[Words] = (), answers: Iterable[Answer] = ()
    ) -> Future[None]:
        """As a desk: take in what the home has numbered (not checked again), and what it answered to what was
        pushed."""

        def merged() -> None:
            exchange.merge(self._book, numbered, words, answers)
            self._clean()

        return self._alone(merged)

    def take(
        self, events: Sequence[Event], words: Iterable[Words] = (), may: May = anyone_may
    ) -> Future[list[Answer]]:
        """As the home: give each event pushed by a desk its number, or the reason why not."""

        def taken() -> list[Answer]:
            answers = exchange.take(self._book, events, words, may, self._clock())
            self._clean()
            return answers

        return self._alone(taken)

    def _clean(self) -> None:
        """Leave nothing of erased people in the file and its copies. Raises NotSaved."""
        if gone := self._book.clean_up():
            with self._keeper.paused() if self._keeper else nullcontext():
                backup.erase_words(self.path, gone, self._book.log.erasures())
            self._book.cleaned()

    def unsent(self) -> Future[list[Event]]:
        """What waits for a number from the home, in the order it was said."""
        return self._alone(self._book.log.unsent)

    def refusals(self) -> Future[list[tuple[Event, str]]]:
        """What the home refused, and why."""
        return self._alone(self._book.log.refusals)

    def local(self, name: str) -> Future[str | None]:
        """What only this copy of the file knows, such as the port it was served on."""
        return self._alone(lambda: self._book.log.local(name))

    def set_local(self, name: str, value: str) -> Future[None]:
        """Remember something in this copy of the file."""
        return self._alone(lambda: self._book.log.set_local(name, value))

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell the listener of every commit, on the writer's thread; it may only append to a queue. Returns what
        ends it."""
        with self._door:
            self._listeners = (*self._listeners, listener)

        def end() -> None:
            with self._door:
                self._listeners = tuple(each for each in self._listeners if each is not listener)

        return end

    def close(self, timeout: float = CLOSE_SECONDS) -> None:
        """Save what is queued, bring all into the one file, let the next desk in. Takes at most `timeout` seconds;
        what the disk did not take by then was never thanked for."""
        with self._door:
            if self._closing:
                return
            self._closing = True
            self._queue.put(_STOP)
        self._writer.join(timeout)
        if self._writer.is_alive():
            logger.error("The writer did not end in time. What is on disk is safe.")
            return
        if self._keeper:
            self._keeper.stop(timeout)
        self._book.log.close()
        seal.set_on(self.path)
        files.let_reserve_go(self.path)
        self._held.close()

    def _put(self, job: _Submission | _Task) -> bool:
        with self._door:
            if not self._closing:
                self._queue.put(job)
            return not self._closing

    def _alone(self, run: Callable[[], Result]) -> "Future[Result]":
        """Do this on the writer's thread, between two batches."""
        future: Future[Result] = Future()

        def carry_out() -> None:
            try:
                result = run()
                self._board = self._book.board
                future.set_result(result)
            except WorkshopError as error:
                future.set_exception(error)
            except Exception as error:  # our fault, and one task must not end the writer
                logger.exception("A task of the writer failed.")
                future.set_exception(error)

        return future if self._put(_Task(carry_out)) else _failed(_closed())

    def _write(self) -> None:
        """The writer thread: group commit of what is queued, until told to stop."""
        stopped = False
        while not stopped:
            for kind, jobs in groupby(self._queued(), key=type):
                if kind is _Submission:
                    self._save([job for job in jobs if isinstance(job, _Submission)])
                else:
                    for job in jobs:
                        stopped = not self._did(job)

    def _queued(self) -> list[_Job]:
        """What waits, at most a batch of it; waits itself for the first."""
        jobs = [self._queue.get()]
        while len(jobs) < BATCH:
            try:
                jobs.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return jobs

    def _did(self, job: _Job) -> bool:
        """Do a task; False where it says to stop."""
        if not isinstance(job, _Task):
            return False
        before = self._book.board
        job.run()
        if self._book.board is not before:
            self._publish(reset=True)
        return True

    def _save(self, submissions: list[_Submission]) -> None:
        """One commit. What is refused fails alone; where the disk fails, all of it does."""
        wanted = [each for each in submissions if each.future.set_running_or_notify_cancel()]
        now = self._clock()
        try:
            if self.health is Health.FAILING:
                self._book.recover()
            with self._book.batch() as batch:
                answers = [(each.future, _added(batch, each, now)) for each in wanted]
        except NotSaved as error:
            self._not_saved(error, wanted)
        except Exception as error:  # our fault, and one batch must not end the writer
            logger.exception("A batch could not be saved.")
            self._not_saved(error, wanted)
        else:
            self._saved(answers)

    def _saved(self, answers: "list[tuple[Future[Saved], Outcome | Refused]]") -> None:
        """Publish the board, then answer, then tell the listeners (LOG.md, "The writer")."""
        self._board = self._book.board
        made: list[Event] = []
        for future, outcome in answers:
            if isinstance(outcome, Refused):
                future.set_exception(outcome)
                continue
            future.set_result(Saved(outcome.events, outcome.text, outcome.repeated))
            if not outcome.repeated:
                made += outcome.events
        if self.health is not Health.GOOD:
            self.health = Health.GOOD
            files.make_reserve(self.path)
        self._publish(tuple(made))

    def _not_saved(self, error: Exception, submissions: list[_Submission]) -> None:
        """The working board is dropped with the batch; the reserve's room lets people save elsewhere."""
        if isinstance(error, NotSaved):
            logger.error("Not saved: %s", error.__cause__)
        self.health = Health.DISK_FULL if isinstance(error, DiskFull) else Health.FAILING
        files.let_reserve_go(self.path)
        for each in submissions:
            each.future.set_exception(error)
        self._publish()

    def _publish(self, events: tuple[Event, ...] = (), *, reset: bool = False) -> None:
        self._board = self._book.board
        change = Change(self._board, events, reset)
        if self._keeper and (events or reset):
            self._keeper.note_change()
        for listener in self._listeners:
            try:
                listener(change)
            except Exception:  # a listener's fault must not end the writer
                logger.exception("A listener failed.")


def _added(batch: Batch, submission: _Submission, now: datetime) -> Outcome | Refused:
    try:
        return batch.add(submission.events(batch.board), now)
    except Refused as error:
        return error


def _failed(error: WorkshopError) -> "Future[Result]":
    future: Future[Result] = Future()
    future.set_exception(error)
    return future


def _closed() -> Closed:
    return Closed(_("This workshop is being closed."), _("Open it again to go on."))
