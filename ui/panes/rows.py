"""A list of things that were said, as the panes show them: words on several lines, and a quiet line below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.board.words import Breaker, Lines
from ui.look.focus import OWN_RINGS
from ui.look.parts import keep_room_for_bar
from ui.look.theme import Text, font, tokens_of
from ui.panes.new_notes import paint_rings

SIDE, TOP, LINE, FOOT, BELOW = 14, 9, 20, 20, 8
MOST_LINES = 5
MOST_KEPT = 1000
Index = QModelIndex | QPersistentModelIndex
KEYPAD = Qt.KeyboardModifier.KeypadModifier
Keys = Mapping[tuple[Qt.KeyboardModifier, Qt.Key], Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in a list: its words, what stands below them at either side, and whether it is over."""

    id: str
    words: str
    foot: str = ""
    side: str = ""
    is_quiet: bool = False

    @property
    def spoken(self) -> str:
        """The row for ears."""
        return ", ".join(filter(None, (self.words, self.foot, self.side)))


class Rows(QAbstractListModel):
    """The rows of a list; where only what they say changes, they stay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these from now on."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self._tell_changed(list(rows))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def _tell_changed(self, rows: list[Row]) -> None:
        before, self.rows = self.rows, rows
        for at, (was, now) in enumerate(zip(before, rows, strict=True)):
            if was != now:
                self.dataChanged.emit(self.index(at), self.index(at))

    def row_of(self, id: str) -> int | None:
        """Where it stands; None where it does not."""
        return next((at for at, row in enumerate(self.rows) if row.id == id), None)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row.words if role == Qt.ItemDataRole.DisplayRole else None


class RowPainter(QStyledItemDelegate):
    """Paints a row as high as its words need."""

    def __init__(self, model: Rows, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view
        self._breaker = Breaker(font(Text.BASE), 0, MOST_LINES)
        self._kept: dict[str, Lines] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._model.rows[index.row()]
        below = FOOT if row.foot or row.side else 0
        return QSize(self._view.viewport().width(), TOP + LINE * len(self._lines(row.words).texts) + below + BELOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, colours = self._model.rows[index.row()], tokens_of(self._view.palette())
        rect, state = QRectF(option.rect), option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.accent_soft)
            painter.fillRect(QRectF(rect.x(), rect.y(), 4, rect.height()), colours.accent)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line)
        painter.setPen(colours.ink_2 if row.is_quiet else colours.ink)
        self._paint_words(painter, row, rect)
        painter.setPen(colours.ink_2)
        self._paint_foot(painter, row, rect)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_rings(painter, rect, colours)
        painter.restore()

    def _paint_words(self, painter: QPainter, row: Row, rect: QRectF) -> None:
        lines = self._lines(row.words)
        painter.setFont(font(Text.BASE))
        for number, line in enumerate(lines.texts):
            room = QRectF(rect.left() + SIDE, rect.top() + TOP + LINE * number, rect.width() - 2 * SIDE, LINE)
            painter.drawText(room, lines.flags, line)

    def _paint_foot(self, painter: QPainter, row: Row, rect: QRectF) -> None:
        painter.setFont(font(Text.SMALL))
        room = QRectF(rect.left() + SIDE, rect.bottom() - FOOT - BELOW + 2, rect.width() - 2 * SIDE, FOOT)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.foot)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.side)

    def _lines(self, words: str) -> Lines:
        room = max(80, self._view.viewport().width() - 2 * SIDE)
        if self._breaker.width != room or len(self._kept) > MOST_KEPT:
            self._kept.clear()
            self._breaker.width = room
        if words not in self._kept:
            self._kept[words] = self._breaker.lines(words)
        return self._kept[words]


class RowList(QListView):
    """Keys that stand for something are used; the others go through the list."""

    def __init__(self, model: Rows, name: str) -> None:
        super().__init__()
        self.keys: Keys = {}
        self.setModel(model)
        self.setItemDelegate(RowPainter(model, self))
        self.setProperty(OWN_RINGS, True)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_room_for_bar(self)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self.keys.get((event.modifiers() & ~KEYPAD, Qt.Key(event.key())))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()
