"""The timer in digits. Only it changes by the second; nobody is cut off when it reaches nought."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from core.base.clock import Clock, utc_now
from core.base.language import _, ngettext
from core.domain.running import seconds_left
from core.domain.terms import Timer
from ui.look.parts import Label, Tone

TICK_MS = 250
MINUTE = 60
DIGITS = 24.0


class Countdown(Label):
    """Away while there is no timer. `ticked` comes with each second, `time_is_up` once, at nought."""

    ticked = Signal()
    time_is_up = Signal()

    def __init__(self, parent: QWidget | None = None, *, clock: Clock = utc_now) -> None:
        super().__init__("", DIGITS, bold=True, tone=Tone.ACCENT)
        self.setParent(parent)
        self._clock = clock
        self._timer: Timer | None = None
        self.left = 0
        """Seconds."""
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._look)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether it counts down, or has come to nought by itself."""
        return self._timer is not None and self._timer.ends is not None

    def show_timer(self, timer: Timer | None) -> None:
        """The timer of now."""
        if timer == self._timer:
            return
        self._timer = timer
        self.left = seconds_left(timer, self._clock()) if timer is not None else 0
        self.setVisible(timer is not None)
        if self.is_running and self.left:
            self._tick.start()
        else:
            self._tick.stop()
        self._say()

    @Slot()
    def _look(self) -> None:
        left = seconds_left(self._timer, self._clock()) if self._timer is not None else 0
        if left == self.left:
            return
        before, self.left = self.left, left
        self._say()
        self.ticked.emit()
        if before > MINUTE >= left:
            self._announce(_("One minute left."))
        if left == 0:
            self._tick.stop()
            self.time_is_up.emit()

    def _say(self) -> None:
        minutes, seconds = divmod(self.left, MINUTE)
        words = f"{minutes}:{seconds:02}"
        stands = self._timer is not None and self._timer.ends is None
        self.setText(_("{time}, stopped").format(time=words) if stands else words)
        whole = ngettext("{n} minute left", "{n} minutes left", minutes).format(n=minutes)
        if whole != self.accessibleName():    # by the second would be too much to hear
            self.setAccessibleName(whole)

    def _announce(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
