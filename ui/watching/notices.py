"""The notice bar: what happened and what to do, one at a time, never over the board, never modal."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from core.base.errors import WorkshopError
from core.base.language import _
from ui.look.parts import Button, Icon, Kind, Label

GOOD_NEWS_MS = 8000


class Urgency(IntEnum):
    """The most urgent is shown first."""

    GOOD = 0
    INFO = 1
    WARN = 2
    BAD = 3

    @property
    def icon(self) -> str:
        """What stands beside the words, so that colour is never alone."""
        return ("check", "info", "warning", "warning")[self]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button in a notice."""

    text: str
    act: Callable[[], None]
    keys: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What happened, and what to do. One with a `topic` takes the place of the one before on it."""

    what: str
    advice: str = ""
    urgency: Urgency = Urgency.INFO
    choices: tuple[Choice, ...] = ()
    topic: str = ""
    can_close: bool = True
    icon: str = ""    # in the place of the one of its urgency

    @classmethod
    def of(cls, error: WorkshopError, urgency: Urgency = Urgency.WARN) -> "Notice":
        """An expected failure, as it describes itself."""
        return cls(what=str(error), advice=error.advice, urgency=urgency, topic=type(error).__name__)


class Notices(QObject):
    """What there is to be told; the bar shows the most urgent, the newest of these first."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Notice] = []

    @property
    def shown(self) -> Notice | None:
        """The notice in the bar."""
        return max(reversed(self._waiting), key=lambda notice: notice.urgency, default=None)

    def tell(self, notice: Notice) -> None:
        """Put something in the bar, or behind what is more urgent."""
        self._waiting = [each for each in self._waiting if not notice.topic or each.topic != notice.topic]
        self._waiting.append(notice)
        self.changed.emit()

    def tell_error(self, error: WorkshopError) -> None:
        """Say what was refused and what to do."""
        self.tell(Notice.of(error))

    def take_away(self, notice: Notice) -> None:
        """It was read, or is no longer so."""
        self._waiting = [each for each in self._waiting if each is not notice]
        self.changed.emit()

    def clear(self) -> None:
        """Nothing of this is about what comes now."""
        self._waiting = []
        self.changed.emit()

    def settle(self, topic: str) -> None:
        """What was told on this topic is no longer so."""
        self._waiting = [each for each in self._waiting if each.topic != topic]
        self.changed.emit()


class NoticeBar(QFrame):
    """Shows the notice of the moment; hidden when there is none."""

    def __init__(self, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._shown: Notice | None = None
        self._leave = QTimer(self, interval=GOOD_NEWS_MS, singleShot=True)
        self._leave.timeout.connect(self._close)
        self._icon = Icon("info", "accent")
        self._what = Label(bold=True)
        self._advice = Label(wrap=True)
        self._advice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons = QHBoxLayout()
        self._cross = Button("", icon="cross", kind=Kind.QUIET, height=30, name=_("Close this notice"))
        self._cross.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(10)
        for widget in (self._icon, self._what, self._advice):
            row.addWidget(widget, 1 if widget is self._advice else 0)
        row.addLayout(self._buttons)
        row.addWidget(self._cross)
        self.setMinimumHeight(44)
        self.hide()
        notices.changed.connect(self._show)

    @Slot()
    def _show(self) -> None:
        notice = self._notices.shown
        if notice is self._shown:
            return
        self._shown = notice
        self.setVisible(notice is not None)
        self._leave.stop()
        if notice is None:
            return
        self._dress(notice.urgency, notice.icon or notice.urgency.icon)
        self._what.setText(notice.what)
        self._advice.setText(notice.advice)
        self._set_buttons(notice)
        self._cross.setVisible(notice.can_close)
        self._say(notice)
        if notice.urgency is Urgency.GOOD:
            self._leave.start()

    def _dress(self, urgency: Urgency, icon: str) -> None:
        self.setProperty("notice", urgency.name.lower())
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.show_icon(icon, "accent" if urgency is Urgency.INFO else urgency.name.lower())

    def _set_buttons(self, notice: Notice) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for choice in notice.choices:
            button = Button(choice.text, keys=choice.keys, height=30)
            button.clicked.connect(choice.act)
            self._buttons.addWidget(button)

    def _say(self, notice: Notice) -> None:
        words = f"{notice.what} {notice.advice}".strip()
        self.setAccessibleName(words)
        event = QAccessibleAnnouncementEvent(self, words)
        if notice.urgency is Urgency.BAD:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    @Slot()
    def _close(self) -> None:
        if self._shown is not None:
            self._notices.take_away(self._shown)
