"""Where the workshop is: the step of the agenda and the timer, in words. Only the timer changes by the second."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.base.clock import Clock, utc_now
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.running import seconds_left, step_after
from core.domain.terms import Timer
from ui.names import step_name
from ui.panes.fitting import Fitting
from ui.parts import Label, Tone
from ui.theme import Text

TICK_MS = 250
MINUTE = 60
WIDEST = "8888:88"


class CourseLine(QWidget):
    """Away while there is neither agenda nor timer. `time_is_up` comes once, when a countdown reaches nought."""

    time_is_up = Signal()

    def __init__(self, parent: QWidget | None = None, *, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._timer: Timer | None = None
        self._left = 0
        self._step = Fitting(Text.BASE, bold=True)
        self._next = Fitting(Text.SMALL, tone=Tone.SECOND)
        self.time = Label("", Text.HEADING, bold=True, tone=Tone.ACCENT)
        self.time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_time)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._step)
        names.addWidget(self._next)
        names.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addLayout(names, 1)
        row.addWidget(self.time)
        self.hide()

    def show_board(self, board: Board) -> None:
        """The step and the timer of now."""
        agenda = board.agenda()
        self._step.say(step_words(board))
        after = step_after(board)
        self._next.say(_("Next: {name} (F8)").format(name=step_name(board, board.steps[after])) if after else "")
        self._step.setVisible(bool(agenda))
        self._next.setVisible(after is not None)
        self.setVisible(bool(agenda) or board.timer is not None)
        if board.timer != self._timer:
            self._set_timer(board.timer)

    def _set_timer(self, timer: Timer | None) -> None:
        self._timer = timer
        self._left = seconds_left(timer, self._clock()) if timer is not None else 0
        self.time.setVisible(timer is not None)
        self.time.setMinimumWidth(self.time.fontMetrics().horizontalAdvance(WIDEST if self._left >= 3600 else "88:88"))
        runs = timer is not None and timer.ends is not None and self._left > 0
        if runs:
            self._tick.start()
        else:
            self._tick.stop()
        self._say_time()

    @Slot()
    def _show_time(self) -> None:
        left = seconds_left(self._timer, self._clock()) if self._timer is not None else 0
        if left == self._left:
            return
        before, self._left = self._left, left
        self._say_time()
        if before > MINUTE >= left:
            self._announce(_("One minute left."))
        if left == 0:
            self._tick.stop()
            self.time_is_up.emit()

    def _say_time(self) -> None:
        minutes, seconds = divmod(self._left, MINUTE)
        words = f"{minutes}:{seconds:02}"
        stands = self._timer is not None and self._timer.ends is None
        self.time.setText(_("{time}, stopped").format(time=words) if stands else words)
        whole = ngettext("{n} minute left", "{n} minutes left", minutes).format(n=minutes)
        if whole != self.time.accessibleName():    # by the second would be too much to hear
            self.time.setAccessibleName(whole)

    def _announce(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def step_words(board: Board) -> str:
    """Which step of how many it is, and what it is called."""
    agenda = board.agenda()
    ids = [step_id for step_id, _step in agenda]
    if board.step is None:
        return ngettext("{n} step", "{n} steps", len(ids)).format(n=len(ids)) if ids else ""
    place = _("{n} of {all}").format(n=ids.index(board.step) + 1, all=len(ids))
    return f"{place}: {step_name(board, board.steps[board.step])}"
