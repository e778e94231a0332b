"""Work that would make the screen wait (opening a file, starting the server), on a thread of its own; what goes wrong
there is said in the language of whoever asked for it."""

import threading
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.base.errors import WorkshopError

T = TypeVar("T")


class Jobs(QObject):
    """Runs jobs one at a time; what comes of each is told on the screen's thread, in order."""

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], Callable[[], None]]] = deque()
        self._outcomes: deque[Callable[[], None]] = deque()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        refused: Callable[[WorkshopError], None] | None = None,
        over: Callable[[], None] = lambda: None,
    ) -> None:
        """Do `work` on the other thread, then `then` or `refused` here, and `over` whichever way it went. Our own
        faults are raised here."""
        with self._lock:
            self._waiting.append(partial(copy_context().run, partial(_outcome, work, then, refused, over)))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="sayback-jobs", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Let the job that is running end; deliver nothing more."""
        self._closed = True
        with self._lock:
            self._waiting.clear()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                job = self._waiting.popleft()
            self._outcomes.append(job())
            if not self._closed:
                self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        while self._outcomes and not self._closed:
            self._outcomes.popleft()()


def _outcome(
    work: Callable[[], T], then: Callable[[T], None], refused: Callable[[WorkshopError], None] | None,
    over: Callable[[], None],
) -> Callable[[], None]:    # fmt: skip
    """What is to be called on the screen's thread once the work is over, whichever way it went."""
    try:
        tell = partial(then, work())
    except WorkshopError as error:
        tell = partial(refused, error) if refused else partial(_raise, error)
    except Exception as fault:    # noqa: BLE001 - our own fault: raised again where the excepthook hears it
        tell = partial(_raise, fault)
    return partial(_told, tell, over)


def _told(tell: Callable[[], None], over: Callable[[], None]) -> None:
    try:
        tell()
    finally:
        over()


def _raise(error: Exception) -> None:
    raise error
