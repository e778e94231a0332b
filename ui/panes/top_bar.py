"""The bar at the top: back, what this workshop is or where its agenda is, how to join, the projector."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.base.language import _
from core.domain.board import Board
from ui.look.icons import SIZE, paint_icon
from ui.look.parts import Button, Kind, Tone
from ui.look.theme import Text, font, tokens_of
from ui.panes.agenda_bar import AgendaBar
from ui.panes.fitting import Fitting
from ui.panes.join_box import JoinBox

HEIGHT = 64


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
        self.show_state(_("Off"))

    def show_state(self, state: str) -> None:
        """Another state."""
        self._state = state
        self.setAccessibleName(f"{_('Projector')}: {self._state}")
        self.setToolTip(_("Put the projector window on or off (F5)"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = (_("Projector"), _("Join view"), self._state)
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
    """Places never change: back and agenda on the left (the title, where there is no agenda), join box and projector on
    the right."""

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
        self._says_about = ""
        self._is_short = False
        self.course = AgendaBar()
        self._show = Button(_("Show the join view"), icon="screen", keys="F4", kind=Kind.MAIN)
        self._show.clicked.connect(self.join_view_wanted)
        self.join_box = JoinBox()
        self._projector = Projector()
        self._projector.clicked.connect(self.projector_wanted)
        self._names = QWidget()
        names = QVBoxLayout(self._names)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._title)
        names.addWidget(self._about)
        names.addStretch(1)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(12)
        row.addWidget(back)
        row.addWidget(self._names, 1)
        row.addWidget(self.course)
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
            self._says_about = " · ".join(filter(None, told)) or board.text(workshop.purpose)
            self._about.say(self._says_about)
        self._make_room()

    def shorten(self, *, short: bool) -> None:
        """Less where the window is narrow; code, address and head-count stay."""
        self._is_short = short
        self.join_box.show_qr(wanted=not short)
        self.course.shorten(short=short)
        self._make_room()

    def show_course(self, board: Board) -> None:
        """The agenda and the timer of now."""
        self.course.show_board(board)
        self._make_room()

    def _make_room(self) -> None:
        """The agenda takes the place of the title, which stands above the window, too; a timer alone takes that of who
        asks and where."""
        has_agenda = self.course.has_agenda
        self._row.setStretchFactor(self.course, 1 if has_agenda else 0)
        self._names.setVisible(not has_agenda)
        self._show.setVisible(not has_agenda)
        is_tight = self._is_short and self.course.isVisibleTo(self)
        self._about.setVisible(bool(self._says_about) and not is_tight)

    def allow_join(self, *, allowed: bool) -> None:
        """The join view can be shown once the door is open."""
        self._show.setEnabled(allowed)
        self._projector.setEnabled(allowed)

    def show_closed(self) -> None:
        """Nobody can join this one, and no step can begin."""
        self.course.setEnabled(False)
        self.join_box.show_closed()
        self.allow_join(allowed=False)

    def show_projector(self, words: str, *, join: bool) -> None:
        """What the projector shows now, and whether that is the join view."""
        self._projector.show_state(words)
        self._show.set_words(_("Hide the join view") if join else _("Show the join view"))
