"""The first screen: make, open or practise; the workshops of this laptop; whether this laptop is ready."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.base.bidi import isolated
from core.base.language import _, ngettext
from core.base.settings import Recent
from core.domain.templates import Template
from ui.look.icons import paint_icon
from ui.look.parts import Button, Icon, Kind, Label, Rule, Tone, plain_tip
from ui.look.theme import Text, font, tokens_of
from ui.planner.ready_made import ReadyMade
from ui.watching.laptop import Check
from ui.watching.reminding import of_recent

ROW_HEIGHT = 66


class WorkshopRow(QAbstractButton):
    """A workshop of this laptop; pressing it opens it."""

    def __init__(self, recent: Recent, today: date, *, last: bool) -> None:
        super().__init__()
        self.recent, self._last = recent, last
        self._foot = describe(recent)
        self._state = _("Not a real workshop") if recent.practice else of_recent(recent, today)
        self.setAccessibleName(f"{recent.title}, {self._foot} {self._state}".strip())
        self.setToolTip(plain_tip(recent.path))
        self.setFixedHeight(ROW_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens_of(self.palette())
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect().adjusted(1, 1, -1, -1), colours.accent_soft)
        if not self._last:
            painter.fillRect(1, ROW_HEIGHT - 1, self.width() - 2, 1, colours.line)
        state = QFontMetricsF(font(Text.BASE)).horizontalAdvance(self._state)
        room = self.width() - 16 - 52 - (state + 16 if state else 0)
        self._line(painter, self.recent.title, QRectF(16, 13, room, 22), font(16.0, bold=True), colours.ink)
        self._line(painter, self._foot, QRectF(16, 35, room, 20), font(Text.BASE), colours.ink_2)
        painter.setFont(font(Text.BASE))
        painter.setPen(colours.ink)
        right = QRectF(self.width() - 52 - state, 0, state, ROW_HEIGHT)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, self._state)
        paint_icon(painter, "right", colours.ink, QRectF(self.width() - 34, ROW_HEIGHT / 2 - 10, 20, 20))

    def _line(self, painter: QPainter, text: str, room: QRectF, type_: QFont, colour: QColor) -> None:
        """One line; what does not fit stands whole in the accessible name."""
        painter.setFont(type_)
        painter.setPen(colour)
        fitting = QFontMetricsF(type_).elidedText(isolated(text), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fitting)


class StartScreen(QFrame):
    """Says what the person wants; whoever listens does it."""

    new_wanted = Signal()
    open_wanted = Signal()
    practice_wanted = Signal()
    join_wanted = Signal()
    workshop_wanted = Signal(str)    # the path of its file
    template_wanted = Signal(object)    # Plan to begin from
    ready_wanted = Signal()
    LEAST = QSize(1060, 610)
    """A screen of 720 lines has so much room within title bar, task bar and menus. The list scrolls by itself."""

    def __init__(self, recent: Sequence[Recent], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setProperty("part", "page")
        self._checks = QVBoxLayout()
        self._ready_made = ReadyMade()
        self._ready_made.chosen.connect(self.template_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side())
        row.addWidget(self._workshops(recent), 1)

    def focus_first(self) -> None:
        """The keyboard begins at a new workshop."""
        self._new.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Say what is ready and what is not, as found just now."""
        while (item := self._checks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for check in checks:
            line = QFrame()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            mark = Icon("check", "good") if check.good else Icon("warning", "warn")
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(check.text, wrap=True), 1)
            self._checks.addWidget(line)

    def show_templates(self, templates: Sequence[Template]) -> None:
        """Offer these plans to begin from."""
        self._ready_made.show_templates(templates)

    def _side(self) -> QFrame:
        side = QFrame()
        side.setProperty("part", "side")
        side.setFixedWidth(372)
        column = QVBoxLayout(side)
        column.setContentsMargins(32, 36, 32, 28)
        column.setSpacing(10)
        column.addLayout(_brand())
        column.addSpacing(4)
        lead = _("What people say, on one board, and back to every one of them.")
        column.addWidget(Label(lead, Text.SUBHEADING, tone=Tone.INK, wrap=True))
        column.addSpacing(14)
        for button in self._buttons():
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(Rule())
        column.addWidget(Label(_("This laptop"), bold=True))
        column.addLayout(self._checks)
        everything = Button(_("Check everything"), icon="check")
        everything.clicked.connect(self.ready_wanted)
        row = QHBoxLayout()
        row.addWidget(everything)
        row.addStretch(1)
        column.addLayout(row)
        return side

    def _buttons(self) -> list[Button]:
        self._new = Button(_("New workshop"), icon="plus", keys="Ctrl+N", kind=Kind.MAIN, height=44, left=True)
        self._new.clicked.connect(self.new_wanted)
        open_ = Button(_("Open a workshop…"), icon="folder", keys="Ctrl+O", height=44, left=True)
        open_.clicked.connect(self.open_wanted)
        practise = Button(_("Practise with pretend people"), icon="people", height=44, left=True)
        practise.clicked.connect(self.practice_wanted)
        join = Button(_("Join another desk’s workshop…"), icon="link", height=44, left=True)
        join.clicked.connect(self.join_wanted)
        return [self._new, open_, practise, join]

    def _workshops(self, recent: Sequence[Recent]) -> QScrollArea:
        page = QFrame()
        page.setProperty("part", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(32, 36, 32, 28)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(Label(_("Your workshops"), Text.SUBHEADING, bold=True))
        head.addStretch(1)
        head.addWidget(Label(_("Kept on this laptop only"), Text.SMALL, tone=Tone.QUIET))
        column.addLayout(head)
        column.addWidget(self._list(recent) if recent else _nothing_yet())
        column.addSpacing(12)
        column.addWidget(self._ready_made)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area

    def _list(self, recent: Sequence[Recent]) -> QFrame:
        card = QFrame()
        card.setProperty("part", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in recent:
            row = WorkshopRow(each, self._today, last=each is recent[-1])
            row.clicked.connect(partial(self.workshop_wanted.emit, each.path))
            column.addWidget(row)
        return card


def _brand() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(Icon("mark", "ink", 50))
    row.addWidget(Label("Sayback", 32.0, bold=True), 1)
    return row


def _nothing_yet() -> QFrame:
    card = QFrame()
    card.setProperty("part", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(20, 18, 20, 18)
    column.setSpacing(4)
    column.addWidget(Label(_("No workshop yet."), 16.0, bold=True))
    lead = _("Make one, or practise first: pretend people send real notes, and nobody sees it but you.")
    column.addWidget(Label(lead, tone=Tone.SECOND, wrap=True))
    return card


def describe(recent: Recent) -> str:
    """When it was last open here, and how many notes it had."""
    notes = ngettext("{n} note", "{n} notes", recent.notes).format(n=recent.notes)
    day = day_of(recent.opened)
    return f"{day} · {notes}" if day else notes


def day_of(moment: str) -> str:
    """The day of a moment as people here write it; empty where there is none."""
    try:
        opened = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return ""
    return QLocale().toString(QDate(opened.year, opened.month, opened.day), "d MMMM yyyy")
