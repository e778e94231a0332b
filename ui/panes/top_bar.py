"""The bar at the top: back, what this workshop is, the next thing to do, how to join, the projector."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.base.language import _
from core.domain.board import Board
from ui.icons import SIZE, paint_icon
from ui.panes.join_box import JoinBox
from ui.parts import Button, Kind, Label, Tone
from ui.theme import Text, font, tokens_of

HEIGHT = 64


class Fitting(Label):
    """A line that gives way when the window is narrow; its whole text is its tool-tip and its name."""

    def __init__(self, size: Text, *, bold: bool = False, tone: Tone = Tone.INK) -> None:
        super().__init__("", size, bold=bold, tone=tone)
        self._whole = ""

    def say(self, text: str) -> None:
        """Show as much of this as fits."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(wide, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fitting = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(1, self.width()))
        self.setText(fitting)


class Projector(QAbstractButton):
    """Says what the projector shows; pressing it puts the projector on or off."""

    def __init__(self) -> None:
        super().__init__()
        self._state = ""
        self.setFixedHeight(48)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_state(on=False)

    def show_state(self, *, on: bool) -> None:
        """Another state."""
        self._state = _("Join view") if on else _("Off")
        self.setAccessibleName(f"{_('Projector')}: {self._state}")
        self.setToolTip(_("Put the projector window on or off (F5)"))
        self.update()

    def sizeHint(self) -> QSize:
        words = (_("Projector"), _("Join view"), _("Off"))
        widest = max(QFontMetricsF(font(Text.BASE)).horizontalAdvance(word) for word in words)
        return QSize(round(widest) + SIZE + 26, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self.palette())
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent_soft)
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        paint_icon(painter, "screen", colours.ink, QRectF(8, 14, SIZE, SIZE))
        painter.setPen(colours.ink_2)
        painter.setFont(font(13.0))
        painter.drawText(QPointF(SIZE + 18, 20), _("Projector"))
        painter.setPen(colours.ink)
        painter.setFont(font(Text.BASE))
        painter.drawText(QPointF(SIZE + 18, 38), self._state)


class TopBar(QFrame):
    """Places never change: back and title on the left, join box and projector on the right."""

    left = Signal()
    join_view_wanted = Signal()
    projector_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "bar")
        self.setFixedHeight(HEIGHT)
        back = Button("", icon="left", name=_("Back to all workshops"))
        back.clicked.connect(self.left)
        self._title = Fitting(Text.THEME_TITLE, bold=True)
        self._about = Fitting(Text.SMALL, tone=Tone.SECOND)
        self._show = Button(_("Show the join view"), icon="screen", keys="F4", kind=Kind.MAIN)
        self._show.clicked.connect(self.join_view_wanted)
        self.join_box = JoinBox()
        self._projector = Projector()
        self._projector.clicked.connect(self.projector_wanted)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._title)
        names.addWidget(self._about)
        names.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(12)
        row.addWidget(back)
        row.addLayout(names, 1)
        row.addWidget(self._show)
        row.addSpacing(4)
        row.addWidget(self.join_box)
        row.addWidget(self._projector)

    def show_workshop(self, board: Board) -> None:
        """What it is called, who asks, where."""
        self._title.say(board.title())
        workshop = board.workshop
        if workshop is not None:
            told = (board.text(workshop.host), board.text(workshop.venue))
            self._about.say(" · ".join(filter(None, told)) or board.text(workshop.purpose))

    def shorten(self, *, short: bool) -> None:
        """Less where the window is narrow; code, address and head-count stay."""
        self.join_box.show_qr(wanted=not short)

    def allow_join(self, *, allowed: bool) -> None:
        """The join view can be shown once the door is open."""
        self._show.setEnabled(allowed)
        self._projector.setEnabled(allowed)

    def show_projector(self, *, on: bool) -> None:
        """What the projector shows now."""
        self._projector.show_state(on=on)
        self._show.set_words(_("Hide the join view") if on else _("Show the join view"))
