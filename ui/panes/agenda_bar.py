"""Where the workshop is: the steps of its agenda, the one under way as a capsule, and the next as a button."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from core.base.bidi import isolated
from core.base.clock import Clock, utc_now
from core.base.ids import StepId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.running import step_after
from core.domain.terms import Step
from ui.look.icons import paint_icon
from ui.look.parts import Button, Kind, Label, Tone
from ui.look.theme import Text, font, tokens_of
from ui.panes.capsule import HEIGHT, Capsule
from ui.words.names import step_name

GAP = 12
TICK = 16
LONGEST = 150
"""So wide may the name of a step become; the whole is its tool-tip."""
LONGEST_NEXT = 220
CAPSULE_AT_MOST = 420
AGAIN_MS = 1000


class StepMark(QAbstractButton):
    """A step that is not under way: its name, a tick when it is done, its minutes. Pressing it goes there."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, step_id: StepId, name: str, minutes: int, *, done: bool) -> None:
        super().__init__(parent)
        self._step_id = step_id
        self.clicked.connect(self._tell)
        self._name, self._minutes, self._done = name, _("{n} min").format(n=minutes) if minutes else "", done
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        told = [name, self._minutes, _("done") if done else ""]
        self.setAccessibleName(", ".join(filter(None, told)))
        self.setToolTip(_("Go to the step “{name}”").format(name=name))

    @Slot()
    def _tell(self) -> None:
        self.wanted.emit(self._step_id)

    def sizeHint(self) -> QSize:
        words = max(_width(self._name, Text.BASE), _width(self._minutes, Text.SMALL))
        return QSize(round(min(words, LONGEST)) + (TICK + 8 if self._done else 0) + 10, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self.palette())
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent_soft)
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        room = self.rect().adjusted(5, 4, -5, -4)
        if self._done:
            tick = QRect(room.left(), room.top() + 4, TICK, TICK)
            paint_icon(painter, "check", colours.ink_2, QRectF(self._placed(tick)))
            room.setLeft(tick.right() + 9)
        half = room.height() // 2
        self._write(painter, self._name, Text.BASE, QRect(room.left(), room.top(), room.width(), half + 2))
        self._write(painter, self._minutes, Text.SMALL, QRect(room.left(), room.top() + half, room.width(), half))

    def _write(self, painter: QPainter, words: str, size: Text, room: QRect) -> None:
        painter.setPen(tokens_of(self.palette()).ink_2)
        painter.setFont(font(size))
        metrics = QFontMetricsF(painter.font())
        fitting = metrics.elidedText(isolated(words), Qt.TextElideMode.ElideMiddle, room.width() + 1)
        side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(self._placed(room), side | Qt.AlignmentFlag.AlignVCenter, fitting)

    def _placed(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)


class AgendaBar(QWidget):
    """Away while there is neither an agenda nor a timer. Where not all steps have room, those next to the one under way
    stay, and it says which of how many that is."""

    step_wanted = Signal(str)
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._is_short = False
        self._shown: object = None
        self._marks: list[StepMark | None] = []    # None: the step under way
        self._place = Label("", Text.BASE, tone=Tone.SECOND)
        self._place.setParent(self)
        self.capsule = Capsule(self, clock=clock)
        self._next = Button("", keys="F8", kind=Kind.MAIN)
        self._next.setParent(self)
        self._next.clicked.connect(self.next_wanted)
        self._next_name = ""
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._on_time)
        self.hide()

    @property
    def has_agenda(self) -> bool:
        """Whether there are steps at all."""
        return bool(self._marks)

    def show_board(self, board: Board) -> None:
        """The steps and the timer of now."""
        self.capsule.show_board(board)
        told = _told(board)
        if told != self._shown:
            self._shown = told
            self._make_marks(board)
            self._say_place(board)
            self._say_next(board)
        self.setVisible(bool(self._marks) or board.timer is not None)
        self.capsule.setVisible(board.step is not None or board.timer is not None)
        if self.capsule.isVisibleTo(self):
            self._again.start()
        else:
            self._again.stop()
        self._arrange()

    def shorten(self, *, short: bool) -> None:
        """Only the step under way where the window is narrow."""
        self._is_short = short
        self.capsule.shorten(short=short)
        self._name_next()
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(sum(_wide(each) for each in self._parts([*self._marks])), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _on_time(self) -> None:
        wide = self.capsule.sizeHint().width()
        self.capsule.say_time()
        if self.capsule.sizeHint().width() != wide:
            self._arrange()

    def _make_marks(self, board: Board) -> None:
        for mark in filter(None, self._marks):
            mark.hide()
            mark.deleteLater()
        ids = [step_id for step_id, _ in board.agenda()]
        at = ids.index(board.step) if board.step in ids else -1
        self._marks = [
            None if number == at else self._mark(board, step_id, board.steps[step_id], done=number < at)
            for number, step_id in enumerate(ids)
        ]
        for before, after in pairwise([*filter(None, self._marks), self._next]):
            self.setTabOrder(before, after)

    def _mark(self, board: Board, step_id: StepId, step: Step, *, done: bool) -> StepMark:
        mark = StepMark(self, step_id, step_name(board, step), step.minutes, done=done)
        mark.wanted.connect(self.step_wanted)
        return mark

    def _say_place(self, board: Board) -> None:
        number = next((at for at, mark in enumerate(self._marks, 1) if mark is None), 0)
        steps = ngettext("{n} step", "{n} steps", len(self._marks)).format(n=len(self._marks))
        self._place.setText(_("{n} of {all}").format(n=number, all=len(self._marks)) if number else steps)

    def _say_next(self, board: Board) -> None:
        after = step_after(board)
        self._next_name = step_name(board, board.steps[after]) if after is not None else ""
        self._next.setVisible(after is not None)
        self._name_next()

    def _name_next(self) -> None:
        metrics = QFontMetricsF(self._next.font())
        name = metrics.elidedText(isolated(self._next_name), Qt.TextElideMode.ElideMiddle, LONGEST_NEXT)
        self._next.set_words(_("Next") if self._is_short else _("Next: {name}").format(name=name))
        whole = _("Next: {name}").format(name=isolated(self._next_name))
        self._next.setAccessibleName(whole)
        self._next.setToolTip(whole)

    def _arrange(self) -> None:
        """Put what fits from the front to the back."""
        shown = self._fitting()
        for mark in filter(None, self._marks):
            mark.setVisible(mark in shown)
        is_whole = len(shown) >= len([each for each in self._marks if each])
        self._place.setVisible(self.has_agenda and not is_whole)
        x = 0
        for part in self._parts([each for each in self._marks if each is None or each in shown]):
            size = part.sizeHint()
            wide = min(_wide(part), max(0, self.width() - x))
            top = (HEIGHT - size.height()) // 2
            room = QRect(x, top, wide, size.height())
            part.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), room))
            x += wide + GAP

    def _parts(self, marks: Sequence[StepMark | None]) -> Iterator[QWidget]:
        """What is shown, from the front; a timer without a step stands before all steps."""
        if self._place.isVisibleTo(self):
            yield self._place
        if None not in marks and self.capsule.isVisibleTo(self):
            yield self.capsule
        for mark in marks:
            yield self.capsule if mark is None else mark
        if self._next.isVisibleTo(self):
            yield self._next

    def _fitting(self) -> list[StepMark]:
        """The steps that have room: the nearest first, of these the later."""
        marks = [(at, mark) for at, mark in enumerate(self._marks) if mark is not None]
        if self._is_short:
            return []
        at = next((number for number, mark in enumerate(self._marks) if mark is None), -1)
        others = [each for each in (self.capsule, self._next) if each.isVisibleTo(self)]
        room = self.width() - sum(_wide(each) + GAP for each in others) + GAP
        if sum(_wide(mark) + GAP for _number, mark in marks) <= room:
            return [mark for _number, mark in marks]
        room -= self._place.sizeHint().width() + GAP
        shown: list[StepMark] = []
        for _number, mark in sorted(marks, key=lambda pair: (abs(pair[0] - at), pair[0] < at)):
            room -= _wide(mark) + GAP
            if room < 0:
                break
            shown.append(mark)
        return shown


def _told(board: Board) -> tuple[object, ...]:
    """What marks and buttons are made of."""
    names = tuple((step_id, step_name(board, step), step.minutes) for step_id, step in board.agenda())
    return board.step, names


def _wide(part: QWidget) -> int:
    most = CAPSULE_AT_MOST if isinstance(part, Capsule) else part.sizeHint().width()
    return min(part.sizeHint().width(), most)


def _width(words: str, size: Text) -> float:
    return QFontMetricsF(font(size)).horizontalAdvance(words)
