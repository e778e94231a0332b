"""The writer: the one thread that changes a workshop, and what it tells of that."""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextvars import Context, copy_context
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from core.base.clock import Clock
from core.base.errors import Closed, DiskFull, FileGone, NotSaved, Refused, WorkshopError
from core.base.ids import NoteId
from core.base.language import _
from core.domain.board import Board
from core.domain.events import Event, NewEvent
from core.store import files
from core.store.book import Batch, Book, Outcome

logger = logging.getLogger("sayback.writer")
Result = TypeVar("Result")
BATCH = 500
"""The most submissions one commit carries (notes/desktop.md 4: group commit makes FULL twelve times faster)."""
LOOK_SECONDS = 2.0
"""How often the writer looks for the file while nobody says anything (faults.md F13)."""


class Health(StrEnum):
    """Whether the disk takes what is said."""

    GOOD = "good"
    DISK_FULL = "disk full"
    FAILING = "failing"
    GONE = "gone"    # the file was moved, deleted or written over


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
    """Events that are kept together or not at all; made on the board that they will change. Refused in the language
    that its author speaks."""

    events: Callable[[Board], Sequence[NewEvent]]
    future: Future[Saved]
    spoken: Context


@dataclass(frozen=True, slots=True)
class _Task:
    """Something the writer does on its own, between two batches."""

    run: Callable[[], None]


_STOP = None
"""Says that nothing more will come."""
_Job = _Submission | _Task | None


class Writer:
    """Takes submissions and tasks from any thread, one after another. `board` is what is on disk; it is published
    before the futures complete, and these before the listeners are told (LOG.md, "The writer")."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self.board = book.board
        self.health = Health.GOOD
        self._book = book
        self._clock = clock
        self._listeners: tuple[Listener, ...] = ()
        self._door = threading.Lock()
        self._closing = False
        self._queue: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        speaking = copy_context().run
        self._thread = threading.Thread(target=speaking, args=(self._write,), name="sayback-writer", daemon=True)
        self._thread.start()

    def submit(self, events: Callable[[Board], Sequence[NewEvent]]) -> Future[Saved]:
        """Queue events that are made on the board as it is when their turn comes: all of them are kept or none."""
        if self._book.log.is_view_only:
            return failed(files.read_only_place())
        future: Future[Saved] = Future()
        return future if self._put(_Submission(events, future, copy_context())) else closed()

    def alone(self, run: Callable[[], Result]) -> "Future[Result]":
        """Do this between two batches."""
        future: Future[Result] = Future()

        def carry_out() -> None:
            try:
                result = run()
                self.board = self._book.board
                future.set_result(result)
            except WorkshopError as error:
                future.set_exception(error)
            except Exception as error:  # our fault, and one task must not end the writer
                logger.exception("A task of the writer failed.")
                future.set_exception(error)

        return future if self._put(_Task(carry_out)) else closed()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell the listener of every commit, on this thread. Returns what ends it."""
        with self._door:
            self._listeners = (*self._listeners, listener)

        def end() -> None:
            with self._door:
                self._listeners = tuple(each for each in self._listeners if each is not listener)

        return end

    def stop(self, timeout: float) -> bool:
        """Do what is queued, then end, within so many seconds; False where it did not, or was told so before."""
        with self._door:
            if self._closing:
                return False
            self._closing = True
            self._queue.put(_STOP)
        self._thread.join(timeout)
        if self._thread.is_alive():
            logger.error("The writer did not end in time. What is on disk is safe.")
        return not self._thread.is_alive()

    def note_answer(self) -> None:
        """On this thread: what keeps the log answers, though nobody has said anything since it failed."""
        if self.health is Health.FAILING:
            self.health = Health.GOOD

    def _put(self, job: _Submission | _Task) -> bool:
        with self._door:
            if not self._closing:
                self._queue.put(job)
            return not self._closing

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
        """What waits, at most a batch of it; waits itself for the first, and looks for the file meanwhile, unless it is
        only viewed."""
        try:
            jobs = [self._queue.get(timeout=None if self._book.log.is_view_only else LOOK_SECONDS)]
        except queue.Empty:
            self._look()
            return []
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
            news = self._book.take_news()
            self._publish(news or (), reset=news is None)
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
        self.board = self._book.board
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
            self._book.log.make_reserve()
        self._publish(tuple(made))

    def _not_saved(self, error: Exception, submissions: list[_Submission]) -> None:
        """The working board is dropped with the batch; the reserve's room lets people save elsewhere."""
        health = _health_after(error)
        if isinstance(error, NotSaved) and self.health is not health:    # once, not for every note that waits
            logger.error("Not saved: %s", error.__cause__ or type(error).__name__)
        self.health = health
        self._book.log.let_reserve_go()
        for each in submissions:
            each.future.set_exception(error)
        self._publish()

    def _look(self) -> None:
        """Notice that the file has gone, or is back."""
        try:
            self._book.log.require_in_place()
        except FileGone as error:
            if self.health is not Health.GONE:
                self._not_saved(error, [])
            return
        if self.health is Health.GONE:
            self.health = Health.GOOD
            self._publish()

    def _publish(self, events: tuple[Event, ...] = (), *, reset: bool = False) -> None:
        self.board = self._book.board
        others = self._book.take_others()
        change = Change(self.board, (*(others or ()), *events), reset or others is None)
        for listener in self._listeners:
            try:
                listener(change)
            except Exception:  # a listener's fault must not end the writer
                logger.exception("A listener failed.")


def _health_after(error: Exception) -> Health:
    if isinstance(error, FileGone):
        return Health.GONE
    return Health.DISK_FULL if isinstance(error, DiskFull) else Health.FAILING


def _added(batch: Batch, submission: _Submission, now: datetime) -> Outcome | Refused:
    try:
        return submission.spoken.run(lambda: batch.add(submission.events(batch.board), now))
    except Refused as error:
        return error


def closed() -> "Future[Result]":
    """The answer to whoever comes too late."""
    return failed(Closed(_("This workshop is being closed."), _("Open it again to go on.")))


def failed(error: WorkshopError) -> "Future[Result]":
    """The answer that is known at once."""
    future: Future[Result] = Future()
    future.set_exception(error)
    return future
