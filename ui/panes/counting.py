"""Works out what a part of the window shows: of a small board at once, of a large one on the thread of jobs."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from core.domain.board import Board
from ui.jobs import Jobs

AT_ONCE = 2000
"""So many notes are counted in 50 ms; a board may be read from any thread."""
T = TypeVar("T")


class Counting(QObject):
    """One count at a time; what is asked for meanwhile comes after it, only the newest of it."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._next: Callable[[], None] | None = None
        self.is_counting = False

    def ask(self, board: Board, work: Callable[[], T], show: Callable[[T], None]) -> None:
        """Let this be worked out and shown."""
        if len(board.notes) <= AT_ONCE:
            show(work())
        elif self.is_counting:
            self._next = partial(self._begin, work, show)
        else:
            self._begin(work, show)

    def _begin(self, work: Callable[[], T], show: Callable[[T], None]) -> None:
        self.is_counting = True
        self._jobs.run(work, partial(self._end, show))

    def _end(self, show: Callable[[T], None], found: T) -> None:
        if not isValid(self):    # the workshop was left meanwhile
            return
        self.is_counting = False
        show(found)
        again, self._next = self._next, None
        if again is not None:
            again()
