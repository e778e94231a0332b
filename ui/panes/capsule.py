"""The step under way: its name, what was planned and how late it is, the timer, and a bar of the time that is left."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.base.clock import Clock, to_milliseconds, utc_now
from core.base.language import _
from core.domain.board import Board
from core.domain.registers import TimerSet
from core.domain.terms import Step, Timer
from core.domain.timing import seconds_late
from ui.look.parts import Tone
from ui.look.theme import Text, tokens_of
from ui.panes.countdown import MINUTE, Countdown
from ui.panes.fitting import Fitting
from ui.words.names import step_name

HEIGHT = 52
SIDE = 14
THIN, THICK = 4, 8
RADIUS = 8.0


class Capsule(QFrame):
    """Away while there is neither a step under way nor a timer."""

    def __init__(self, parent: QWidget | None = None, *, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self.setProperty("part", "capsule")
        self._clock = clock
        self._is_short = False
        self._board = Board()
        self._whole = 0    # the seconds that the bar is of
        self._name = Fitting(Text.BASE, bold=True)
        self._plan = Fitting(Text.SMALL, tone=Tone.SECOND)
        self.time = Countdown(clock=clock)
        self.time.ticked.connect(self.update)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.setContentsMargins(0, 5, 0, 9)
        names.addWidget(self._name)
        names.addWidget(self._plan)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(SIDE)
        row.addLayout(names, 1)
        row.addWidget(self.time)

    @property
    def part_left(self) -> float | None:
        """How much of the time is left, of the timer or else of the plan; None where no time was set."""
        if self.time.isVisibleTo(self):
            return min(1.0, self.time.left / self._whole) if self._whole else 0.0
        step, begun = self._step(), self._board.trail[-1:]
        if step is None or not step.minutes or not begun:
            return None
        passed = (self._clock() - begun[0].at).total_seconds()
        return max(0.0, 1 - max(0.0, passed) / (step.minutes * MINUTE))

    @property
    def is_last_minute(self) -> bool:
        """Whether the timer runs and has less than a minute."""
        return self.time.isVisibleTo(self) and self.time.is_running and self.time.left <= MINUTE

    def show_board(self, board: Board) -> None:
        """The step and the timer of now."""
        timer_was = self._board.timer
        self._board = board
        if board.timer != timer_was:
            self._whole = max(_seconds_of(board, board.timer), self._planned() * MINUTE)
        self.time.show_timer(board.timer)
        step = self._step()
        self._name.say(step_name(board, step) if step is not None else _("Timer"))
        self.say_time()

    def shorten(self, *, short: bool) -> None:
        """Fewer words where the window is narrow."""
        self._is_short = short
        self.say_time()

    def say_time(self) -> None:
        """What was planned, and how late it is by now."""
        self._plan.say(self._told(self._clock()))
        self._plan.setVisible(self._step() is not None)
        self.update()

    def sizeHint(self) -> QSize:
        lines = (self._name, self._plan)
        names = max(max(each.sizeHint().width(), each.minimumSizeHint().width()) for each in lines)
        time = self.time.sizeHint().width() + SIDE if self.time.isVisibleTo(self) else 0
        return QSize(names + time + 2 * SIDE + 4, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        left = self.part_left
        if left is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        inside = QPainterPath()
        inside.addRoundedRect(frame, RADIUS - 1, RADIUS - 1)
        painter.setClipPath(inside)
        thick = THICK if self.is_last_minute else THIN
        bar = QRectF(frame.left(), frame.bottom() - thick, frame.width() * left, thick)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            bar.moveRight(frame.right())
        painter.fillRect(bar, tokens_of(self.palette()).accent)

    def _step(self) -> Step | None:
        return self._board.steps.get(self._board.step) if self._board.step is not None else None

    def _planned(self) -> int:
        step = self._step()
        return step.minutes if step is not None else 0

    def _told(self, now: datetime) -> str:
        minutes = self._planned()
        late = seconds_late(self._board.agenda(), self._board.trail, now)
        if not minutes:
            planned = ""
        elif self._is_short:
            planned = _("{n} min").format(n=minutes)
        else:
            planned = _("{n} min planned").format(n=minutes)
        return _("{planned}, {late}").format(planned=planned, late=late_words(late)) if planned else late_words(late)


def late_words(seconds: int | None) -> str:
    """How late it is, in the fewest words; empty where nothing was planned."""
    if seconds is None:
        return ""
    minutes = abs(seconds) // MINUTE
    if not minutes:
        return _("on time")
    return _("{n} min late").format(n=minutes) if seconds > 0 else _("{n} min early").format(n=minutes)


def _seconds_of(board: Board, timer: Timer | None) -> int:
    """How long a timer is in all, as far as is known: from when it was set to its end."""
    if timer is None or board.workshop is None:
        return 0
    event = board.set_by(board.workshop.id, TimerSet)
    if timer.ends is None or event is None:
        return timer.left
    return (timer.ends - to_milliseconds(event.said_at)) // 1000
