"""The rail of a narrow window: what the panes would show, as a row of buttons with their counts."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout

from core.base.language import _
from ui.acting.actions import Actions
from ui.look.icons import SIZE, paint_icon
from ui.look.theme import Text, font, tokens_of

WIDTH = 64
ROW = 54


class RailButton(QAbstractButton):
    """An icon over a word, with a count at its corner; in another colour for what waits for somebody."""

    def __init__(self, text: str, icon: str, *, waits: bool = False) -> None:
        super().__init__()
        self._icon, self._count, self._waits = icon, 0, waits
        self.setText(text)
        self.setAccessibleName(text)
        self.setFixedSize(WIDTH - 1, ROW)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        """A number at the corner; none at nought."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 1, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self.palette())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent_soft)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 2, -4, -2), 8, 8)
        paint_icon(painter, self._icon, colours.ink, QRectF((self.width() - SIZE) / 2, 7, SIZE, SIZE))
        painter.setPen(colours.ink)
        painter.setFont(font(13.0))
        words = QRectF(0, 30, self.width(), 20)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            painter.setFont(font(Text.SMALL, bold=True))
            text = f"{min(self._count, 999)}"
            wide = max(20.0, QFontMetricsF(painter.font()).horizontalAdvance(text) + 10)
            badge = QRectF(min(self.width() / 2 + 7, self.width() - wide - 1), 0.5, wide, 19)
            painter.setPen(QPen(colours.warn, 1) if self._waits else Qt.PenStyle.NoPen)
            painter.setBrush(colours.warn_soft if self._waits else colours.accent)
            painter.drawRoundedRect(badge, 9.5, 9.5)
            painter.setPen(colours.warn if self._waits else colours.on_accent)
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """Each button does one action; those that open a pane stay pressed while it is open."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setProperty("part", "pane-left")
        self.setFixedWidth(WIDTH)
        self.held = self._button(_("Held"), "hand", actions["held"], waits=True)
        self.new_notes = self._button(_("New"), "tray", actions["new-notes"])
        self.people = self._button(_("People"), "people", actions["people"])
        self.answers = self._button(_("Answers"), "check", actions["replies"])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 1, 8)
        column.setSpacing(2)
        column.addWidget(self.held)
        column.addWidget(self.new_notes)
        column.addWidget(self.people)
        column.addWidget(self._button(_("Type"), "pencil", actions["type"]))
        column.addWidget(self._button(_("History"), "history", actions["history"]))
        column.addWidget(self.answers)
        column.addWidget(self._button(_("Find"), "search", actions["find"]))
        column.addWidget(self._button(_("Record"), "record", actions["export"]))
        column.addStretch(1)
        column.addWidget(self._button(_("Help"), "help", actions["help"]))

    def _button(self, text: str, icon: str, action: QAction, *, waits: bool = False) -> RailButton:
        button = RailButton(text, icon, waits=waits)
        button.setCheckable(action.isCheckable())
        button.clicked.connect(action.trigger)
        if action.isCheckable():
            button.setChecked(action.isChecked())
            action.toggled.connect(button.setChecked)
        return button
