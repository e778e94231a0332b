"""Tells screen readers of notes that came in: politely, and at most once in five seconds."""

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from core.base.language import ngettext
from core.domain.bodies import NoteSaid
from core.session import Change
from ui.bridge import Bridge

PAUSE_MS = 5000


class Announcer(QObject):
    """Counts while it waits. `said` is the last thing it told, for the tests."""

    def __init__(self, bridge: Bridge, widget: QWidget, pause_ms: int = PAUSE_MS) -> None:
        super().__init__(widget)
        self.said = ""
        self._widget = widget
        self._waiting = 0
        self._timer = QTimer(self, singleShot=True, interval=pause_ms)
        self._timer.timeout.connect(self._on_pause)
        self._link = bridge.changed.connect(self._on_changed)

    def close(self) -> None:
        """Say nothing more."""
        self._timer.stop()
        QObject.disconnect(self._link)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        self._waiting += sum(isinstance(event.body, NoteSaid) for event in change.events)
        if self._waiting and not self._timer.isActive():
            self._tell()

    @Slot()
    def _on_pause(self) -> None:
        if self._waiting:
            self._tell()

    def _tell(self) -> None:
        self.said = ngettext("{n} new note", "{n} new notes", self._waiting).format(n=self._waiting)
        self._waiting = 0
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, self.said))
        self._timer.start()
