"""Held for you: the notes that wait until somebody has read them, the oldest first, with the reason in words."""

from bisect import bisect_left, insort

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.base.ids import NoteId
from core.base.language import _, ngettext
from core.domain.board import Board, Note, NoteState
from core.domain.terms import Reason
from core.session import Change
from ui.acts import Acts
from ui.board.words import Breaker, Lines
from ui.bridge import Bridge
from ui.focus import OWN_RINGS
from ui.hide_why import HideWhy
from ui.icons import paint_icon
from ui.names import why_held
from ui.panes.new_notes import paint_rings
from ui.parts import Badge, Button, Icon, KeyCaps, Label, Tone
from ui.pictures import words_of
from ui.places import touched
from ui.theme import Text, font, tokens_of

MOST_LINES = 6
LINE, SIDE, TOP = 20, 14, 9
TALLEST = 380
Index = QModelIndex | QPersistentModelIndex


class HeldNotes(QAbstractListModel):
    """The held notes of all questions. Follows the board note by note."""

    def __init__(self, board: Board, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board = board
        self._rows: list[tuple[int, NoteId]] = []    # (arrival, id)
        self.read_anew(board)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        note = self.note_at(index.row())
        if note is not None and role == Qt.ItemDataRole.DisplayRole:
            return words_of(self.board, note)
        if note is not None and role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words_of(self.board, note)}, {self.why(note)}"
        return None

    def note_at(self, row: int) -> Note | None:
        """The note in this row, as it is now."""
        return self.board.notes.get(self._rows[row][1]) if 0 <= row < len(self._rows) else None

    def why(self, note: Note) -> str:
        """The reason in words."""
        return _("Held: {why}").format(why=why_held(self.board, note))

    @property
    def has_burst(self) -> bool:
        """Whether some came in a burst."""
        notes = (self.board.notes.get(note_id) for _arrival, note_id in self._rows)
        return any(note is not None and note.standing.reason is Reason.BURST for note in notes)

    def read_anew(self, board: Board) -> None:
        """All that is held on this board."""
        self.beginResetModel()
        self.board = board
        held = board.notes.values() if board.balance.held else ()
        self._rows = sorted((note.arrival, note.id) for note in held if note.state is NoteState.HELD)
        self.endResetModel()

    def take(self, change: Change) -> None:
        """Follow what was saved."""
        self.board = change.board
        for note_id in touched(change.board, change.events).notes:
            note = change.board.notes.get(note_id)
            if note is not None:
                self._look_again(note)

    def _look_again(self, note: Note) -> None:
        entry = (note.arrival, note.id)
        row = bisect_left(self._rows, entry)
        is_listed = row < len(self._rows) and self._rows[row] == entry
        if note.state is NoteState.HELD and not is_listed:
            self.beginInsertRows(QModelIndex(), row, row)
            insort(self._rows, entry)
            self.endInsertRows()
        elif note.state is not NoteState.HELD and is_listed:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        elif is_listed:
            self.dataChanged.emit(self.index(row), self.index(row))


class HeldRow(QStyledItemDelegate):
    """Paints a held note: its words, and below them why it waits."""

    def __init__(self, model: HeldNotes, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view
        self._breaker = Breaker(font(Text.BASE), 0, MOST_LINES)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        note = self._model.note_at(index.row())
        lines = len(self._lines(note).texts) if note is not None else 1
        return QSize(self._width(), LINE * (lines + 1) + 2 * TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        note = self._model.note_at(index.row())
        if note is None:
            return
        colours = tokens_of(self._view.palette())
        rect, state = QRectF(option.rect), option.state
        painter.save()
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, colours.accent_soft if is_chosen else colours.surface)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line)
        lines = self._lines(note)
        side = Qt.AlignmentFlag.AlignRight if lines.is_right_to_left else Qt.AlignmentFlag.AlignLeft
        painter.setFont(font(Text.BASE))
        painter.setPen(colours.ink)
        room = QRectF(rect.left() + SIDE, rect.top() + TOP, rect.width() - 2 * SIDE, LINE)
        for line in lines.texts:
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, line)
            room.translate(0, LINE)
        paint_icon(painter, "hand", colours.warn, QRectF(room.left(), room.top() + 2, 16, 16))
        painter.setFont(font(Text.SMALL))
        painter.setPen(colours.warn)
        painter.drawText(room.adjusted(22, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._model.why(note))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_rings(painter, rect, colours)
        painter.restore()

    def _width(self) -> int:
        return max(120, self._view.viewport().width())

    def _lines(self, note: Note) -> Lines:
        self._breaker.width = self._width() - 2 * SIDE
        return self._breaker.lines(words_of(self._model.board, note))


class HeldList(QListView):
    """Enter shows, Delete asks why to hide, Space goes on to the next."""

    show_wanted = Signal()
    hide_wanted = Signal()
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their words need at this width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.show_wanted.emit()
            case Qt.Key.Key_Delete:
                self.hide_wanted.emit()
            case Qt.Key.Key_Space:
                self.setCurrentIndex(self.model().index((self.currentIndex().row() + 1) % self.model().rowCount(), 0))
            case _:
                super().keyPressEvent(event)


class HeldPane(QFrame):
    """Above the new notes; away while nothing is held."""

    held_changed = Signal(int)

    def __init__(self, bridge: Bridge, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._acts = bridge, acts
        self.model = HeldNotes(bridge.board, self)
        self.view = HeldList()
        self.view.setModel(self.model)
        self.view.setItemDelegate(HeldRow(self.model, self.view))
        self.view.setProperty(OWN_RINGS, True)
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.resized.connect(self._fit)
        self.view.show_wanted.connect(self.show_chosen)
        self.view.hide_wanted.connect(self.hide_chosen)
        self._badge = Badge("warn")
        self._told = Label("", Text.SMALL, tone=Tone.WARN, wrap=True)
        self._told.setContentsMargins(12, 0, 12, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._told)
        column.addWidget(self.view)
        column.addLayout(self._foot())
        bridge.changed.connect(self._take)
        bridge.was_reset.connect(self._read_anew)
        self._count()

    def go_to(self) -> None:
        """The keyboard to the first note that waits."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))

    @Slot()
    def show_chosen(self) -> None:
        """Put the chosen notes on the board."""
        if notes := self._chosen():
            self._acts.show(notes)

    @Slot()
    def hide_chosen(self) -> None:
        """Ask why the chosen notes are hidden."""
        notes = self._chosen()
        if notes and self._bridge.may_act():
            HideWhy(self.view, notes, self._acts).start()

    def _chosen(self) -> list[NoteId]:
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        found = (self.model.note_at(row) for row in rows or [self.view.currentIndex().row()])
        return [note.id for note in found if note is not None]

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 6)
        row.setSpacing(8)
        row.addWidget(Icon("hand", "warn"))
        row.addWidget(Label(_("Held for you"), Text.PANE_TITLE, bold=True))
        row.addWidget(self._badge)
        row.addStretch(1)
        row.addWidget(KeyCaps("Ctrl+J"))
        return row

    def _foot(self) -> QHBoxLayout:
        show = Button(_("Show"), icon="eye", keys="Return", height=30)
        show.clicked.connect(self.show_chosen)
        hide = Button(_("Hide…"), icon="eye-off", keys="Del", height=30)
        hide.clicked.connect(self.hide_chosen)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 4)
        row.setSpacing(8)
        row.addWidget(show)
        row.addWidget(hide)
        row.addStretch(1)
        return row

    @Slot(object)
    def _take(self, change: Change) -> None:
        row = self.view.currentIndex().row()
        before = self.model.rowCount()
        self.model.take(change)
        if self.model.rowCount() != before:
            self._count()
            self._stand_at(row)

    @Slot()
    def _read_anew(self) -> None:
        self.model.read_anew(self._bridge.board)
        self._count()

    def _stand_at(self, row: int) -> None:
        """The note after one that went is the next to be read."""
        last = self.model.rowCount() - 1
        if row >= 0 and last >= 0 and not self.view.selectionModel().hasSelection():
            self.view.setCurrentIndex(self.model.index(min(row, last)))

    def _count(self) -> None:
        held = self.model.rowCount()
        self._badge.show_count(held)
        told = ngettext("{n} note waits to be read.", "{n} notes wait to be read.", held).format(n=held)
        self._told.setText(told)
        self.view.setAccessibleName(told)
        self.setVisible(bool(held))
        self._fit()
        self.held_changed.emit(held)

    @Slot()
    def _fit(self) -> None:
        """As high as its rows, up to about half of the pane."""
        rows = range(min(self.model.rowCount(), 10))
        needed = sum(self.view.sizeHintForIndex(self.model.index(row)).height() for row in rows)
        self.view.setFixedHeight(max(60, min(needed + 2, TALLEST)))

