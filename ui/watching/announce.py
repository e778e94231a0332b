"""Tells screen readers what others did: notes that came in, and what was moved or hidden at another desk; politely, and
at most once in five seconds."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from core.base.ids import DeskId
from core.base.language import _, ngettext
from core.domain.board import Board, Done
from core.domain.bodies import NotePutBack, NoteReworded, NoteSaid, NoteWithdrawn
from core.domain.events import Event
from core.session import Change
from ui.bridge import Bridge
from ui.words.past import crowd_words
from ui.words.undo_words import describe

PAUSE_MS = 5000
BY_PEOPLE = NoteSaid | NoteReworded | NoteWithdrawn | NotePutBack    # votes would never end
MOST_ACTS = 2


class Announcer(QObject):
    """Gathers while it waits. `said` is the last thing it told, for the tests."""

    def __init__(self, bridge: Bridge, widget: QWidget, pause_ms: int = PAUSE_MS) -> None:
        super().__init__(widget)
        self.said = ""
        self._widget, self._bridge = widget, bridge
        self._waiting: list[Event] = []
        self._timer = QTimer(self, singleShot=True, interval=pause_ms)
        self._timer.timeout.connect(self._on_pause)
        self._link = bridge.changed.connect(self._on_changed)

    def close(self) -> None:
        """Say nothing more."""
        self._timer.stop()
        QObject.disconnect(self._link)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        desk = self._bridge.session.desk
        self._waiting += [
            event for event in change.events if isinstance(event.body, BY_PEOPLE) or is_elsewhere(event, desk)
        ]
        if self._waiting and not self._timer.isActive():
            self._tell()

    @Slot()
    def _on_pause(self) -> None:
        if self._waiting:
            self._tell()

    def _tell(self) -> None:
        words = news(self._waiting, self._bridge.board, self._bridge.session.desk)
        self._waiting.clear()
        if words:
            self.said = words
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, words))
            self._timer.start()


def is_elsewhere(event: Event, desk: DeskId) -> bool:
    """Whether somebody did it at another desk: what is done here is told as it is done."""
    return event.desk != desk and not event.is_by_contributor


def news(events: Sequence[Event], board: Board, desk: DeskId) -> str:
    """What people and other desks did: "2 new notes. Another desk: Hide 1 note"."""
    said = [event for event in events if isinstance(event.body, BY_PEOPLE) and not is_elsewhere(event, desk)]
    acts = groupby((event for event in events if is_elsewhere(event, desk)), lambda event: event.act)
    done = list(filter(None, (describe(Done(tuple(act)), board) for _act, act in acts)))
    told = [_("Another desk: {act}").format(act=act) for act in done[:MOST_ACTS]]
    if more := len(done) - MOST_ACTS:
        told += [ngettext("{n} more act there", "{n} more acts there", more).format(n=more)] * (more > 0)
    return ". ".join([*([crowd_words(said)] if said else []), *told])
