"""New notes, newest first: what has just been said, and what nobody has looked at yet."""

from bisect import insort
from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QResizeEvent, QShowEvent
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

from core.base.clock import Clock, utc_now
from core.base.ids import NoteId
from core.base.language import _
from core.domain.board import Board, Note
from core.domain.bodies import NoteSaid
from core.domain.events import FACILITATOR, Event
from core.domain.terms import Mode
from core.session import Change
from ui.board.look import paint_shape
from ui.board.words import Breaker, Lines
from ui.bridge import Bridge
from ui.look.focus import OWN_RINGS
from ui.look.icons import MODE_ICONS, pixmap
from ui.look.parts import Badge, Button, Icon, KeyCaps, Label, Tone, keep_room_for_bar, take_what_is_left
from ui.look.parts import Kind as ButtonKind
from ui.look.theme import Text, Tokens, font, tokens_of
from ui.pictures import words_of
from ui.places import touched
from ui.words.modes import ago, mode_name

NEWEST = 200
"""The pane shows this many; the board shows all."""
MOST_LINES = 6
SEEN_MS = 3000
CLOCK_MS = 10_000
LEFT, RIGHT, TOP, FOOT = 36, 34, 10, 20
Index = QModelIndex | QPersistentModelIndex


class NewNotes(QAbstractListModel):
    """The newest notes on the board, and which of them are unread."""

    def __init__(self, board: Board, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board = board
        self.unread: set[NoteId] = set()
        self._rows: list[tuple[int, NoteId]] = []    # (-arrival, id): sorted is newest first
        self.read_anew(board)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        note = self.note_at(index.row())
        if note is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return words_of(self.board, note)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            new = _("New") if note.id in self.unread else ""
            return ", ".join(filter(None, (words_of(self.board, note), mode_name(note.mode), self._theme(note), new)))
        return None

    def note_at(self, row: int) -> Note | None:
        """The note in this row, as it is now."""
        return self.board.notes.get(self._rows[row][1]) if 0 <= row < len(self._rows) else None

    def row_of(self, note_id: NoteId) -> int | None:
        """The row of a note; None where it is not among the newest."""
        return next((row for row, (_order, each) in enumerate(self._rows) if each == note_id), None)

    def read_anew(self, board: Board) -> None:
        """Show what is newest on this board."""
        self.beginResetModel()
        self.board = board
        on_board = sorted((-note.arrival, note.id) for note in board.notes.values() if note.is_on_board)
        self._rows = on_board[:NEWEST]
        self.unread &= {note_id for _order, note_id in self._rows}
        self.endResetModel()

    def take(self, change: Change) -> None:
        """Follow what was saved, row by row."""
        self.board = change.board
        arrived = {NoteId(event.subject) for event in change.events if _is_from_a_person(event)}
        for note_id in touched(change.board, change.events).notes:
            self._look_again(note_id, is_new=note_id in arrived)
        while len(self._rows) > NEWEST:
            self._take_out(len(self._rows) - 1)

    def mark_read(self, note_ids: Iterable[NoteId]) -> bool:
        """These were seen; whether any had not been."""
        seen = self.unread & set(note_ids)
        self.unread -= seen
        for row in map(self.row_of, seen):
            if row is not None:
                self.dataChanged.emit(self.index(row), self.index(row))
        return bool(seen)

    def _look_again(self, note_id: NoteId, *, is_new: bool) -> None:
        note = self.board.notes.get(note_id)
        row = self.row_of(note_id)
        if note is None or not note.is_on_board:
            self.unread.discard(note_id)
            if row is not None:
                self._take_out(row)
        elif row is not None:
            if self.board.theme_of(note) is not None:    # who put it in a theme has read it
                self.unread.discard(note_id)
            self.dataChanged.emit(self.index(row), self.index(row))
        elif len(self._rows) < NEWEST or (-note.arrival, note.id) < self._rows[-1]:
            self._put_in(note, is_new=is_new)

    def _put_in(self, note: Note, *, is_new: bool) -> None:
        entry = (-note.arrival, note.id)
        row = sum(each < entry for each in self._rows)
        self.beginInsertRows(QModelIndex(), row, row)
        insort(self._rows, entry)
        if is_new:
            self.unread.add(note.id)
        self.endInsertRows()

    def _take_out(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        self.unread.discard(self._rows.pop(row)[1])
        self.endRemoveRows()

    def _theme(self, note: Note) -> str:
        theme = self.board.theme_of(note)
        return self.board.text(theme.name) if theme else _("Not in a theme yet")


class NoteRow(QStyledItemDelegate):
    """Paints a note: its paper and shape, its words, how and when it came, and whether it is unread."""

    def __init__(self, model: NewNotes, clock: Clock, view: QListView) -> None:
        super().__init__(view)
        self._model, self._clock, self._view = model, clock, view
        self._breaker = Breaker(font(Text.BASE), 0, MOST_LINES)
        self._kept: dict[tuple[str, int], Lines] = {}
        self._icons: dict[tuple[str, str, float], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        note = self._model.note_at(index.row())
        lines = self._lines(words_of(self._model.board, note)) if note else None
        return QSize(self._width(), TOP + 20 * len(lines.texts if lines else ()) + FOOT + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        note = self._model.note_at(index.row())
        if note is None:
            return
        colours = tokens_of(self._view.palette())
        rect, state = QRectF(option.rect), option.state
        painter.save()
        painter.fillRect(rect, self._ground(note, colours, chosen=bool(state & QStyle.StateFlag.State_Selected)))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line)
        self._paint_paper(painter, note, rect, colours)
        self._paint_words(painter, note, rect, colours)
        self._paint_foot(painter, note, rect, colours)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_rings(painter, rect, colours)
        painter.restore()

    def _ground(self, note: Note, colours: Tokens, *, chosen: bool) -> QColor:
        return colours.accent_soft if chosen else colours.surface if note.id in self._model.unread else colours.paper

    def _width(self) -> int:
        return max(120, self._view.viewport().width())

    def _lines(self, text: str) -> Lines:
        room = self._width() - LEFT - RIGHT
        key = (text, room)
        if key not in self._kept:
            if len(self._kept) > 3 * NEWEST or self._breaker.width != room:
                self._kept.clear()
            self._breaker.width = room
            self._kept[key] = self._breaker.lines(text)
        return self._kept[key]

    def _paint_paper(self, painter: QPainter, note: Note, rect: QRectF, colours: Tokens) -> None:
        theme = self._model.board.theme_of(note)
        paper = QRectF(rect.left() + 12.5, rect.top() + TOP + 3.5, 14, 14)
        painter.setPen(QPen(colours.edge, 1))
        painter.setBrush(colours.paper_of(theme.colour if theme else None))
        painter.drawRect(paper)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = colours.note_ink if theme else colours.ink
        paint_shape(painter, theme.colour if theme else None, ink, paper.center(), 8)

    def _paint_words(self, painter: QPainter, note: Note, rect: QRectF, colours: Tokens) -> None:
        lines = self._lines(words_of(self._model.board, note))
        painter.setFont(font(Text.BASE))
        painter.setPen(colours.ink)
        for number, line in enumerate(lines.texts):
            room = QRectF(rect.left() + LEFT, rect.top() + TOP + 20 * number, rect.width() - LEFT - RIGHT + 2, 20)
            painter.drawText(room, lines.flags, line)

    def _icon(self, mode: Mode, colour: QColor) -> QPixmap:
        """The icon of a way to take part, drawn once."""
        ratio = self._view.devicePixelRatioF()
        key = (MODE_ICONS[mode], colour.name(), ratio)
        if key not in self._icons:
            self._icons[key] = pixmap(key[0], colour, 16, ratio)
        return self._icons[key]

    def _paint_foot(self, painter: QPainter, note: Note, rect: QRectF, colours: Tokens) -> None:
        top = rect.bottom() - FOOT - 8
        painter.drawPixmap(QPointF(rect.left() + LEFT - 1, top + 2), self._icon(note.mode, colours.ink_2))
        painter.setFont(font(Text.SMALL))
        painter.setPen(colours.ink_2)
        middle = Qt.AlignmentFlag.AlignVCenter
        foot = QRectF(rect.left() + LEFT + 21, top, rect.width() - LEFT - 21 - RIGHT, FOOT)
        painter.drawText(foot, middle | Qt.AlignmentFlag.AlignLeft, mode_name(note.mode))
        painter.drawText(foot, middle | Qt.AlignmentFlag.AlignRight, ago(note.said.received_at, self._clock()))
        if note.id in self._model.unread:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(QPointF(rect.right() - 17, rect.top() + TOP + 10), 4, 4)


class NewNotesPane(QFrame):
    """The pane on the left. A note counts as seen once it has stood in view for three seconds."""

    note_wanted = Signal(str)    # NoteId: show it on the board
    unread_changed = Signal(int)

    def __init__(
        self, bridge: Bridge, *, above: QWidget | None = None, clock: Clock = utc_now, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "pane-left")
        self._bridge = bridge
        self.model = NewNotes(bridge.board, self)
        self.view = _list_view(self.model)
        self.view.setItemDelegate(NoteRow(self.model, clock, self.view))
        self._badge = Badge()
        self._all_seen = Button(_("All seen"), kind=ButtonKind.QUIET, height=30)
        self._all_seen.clicked.connect(self.mark_all_seen)
        self._empty = Label(
            _("No notes yet. They show here as soon as they are safe on this laptop."), tone=Tone.SECOND, wrap=True
        )
        self._empty.setContentsMargins(16, 8, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        if above is not None:
            column.addWidget(above)
        column.addLayout(self._head())
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        self._seen = QTimer(self, interval=SEEN_MS, singleShot=True)
        self._seen.timeout.connect(self._mark_seen)
        self._minute = QTimer(self, interval=CLOCK_MS)
        self._minute.timeout.connect(self.view.viewport().update)
        self._minute.start()
        self.view.verticalScrollBar().valueChanged.connect(self._look)
        self.view.activated.connect(self._open)
        self.view.clicked.connect(self._open)
        bridge.changed.connect(self._take)
        bridge.was_reset.connect(self._read_anew)
        self._count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their words need at this width."""
        super().resizeEvent(event)
        self.view.scheduleDelayedItemsLayout()

    def showEvent(self, event: QShowEvent) -> None:
        """What is in view counts as seen three seconds from now."""
        super().showEvent(event)
        self._look()

    @property
    def is_looking(self) -> bool:
        """Whether the three seconds run."""
        return self._seen.isActive()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 10)
        row.setSpacing(8)
        row.addWidget(Icon("tray"))
        row.addWidget(Label(_("New notes"), Text.PANE_TITLE, bold=True))
        row.addWidget(self._badge)
        row.addStretch(1)
        row.addWidget(self._all_seen)
        row.addWidget(KeyCaps("Ctrl+4"))
        return row

    @Slot(object)
    def _take(self, change: Change) -> None:
        self.model.take(change)
        self._count()

    @Slot()
    def _read_anew(self) -> None:
        self.model.read_anew(self._bridge.board)
        self._count()

    @Slot()
    def _look(self) -> None:
        if self.model.unread:
            self._seen.start()

    @Slot()
    def mark_all_seen(self) -> None:
        """None of them is new any more."""
        self.model.mark_read(list(self.model.unread))
        self._count()

    @Slot()
    def _mark_seen(self) -> None:
        if self.view.isVisible() and self.model.mark_read(self._in_view()):
            self._count()

    def _in_view(self) -> list[NoteId]:
        area = self.view.viewport().rect()
        notes: list[NoteId] = []
        for row in range(self.model.rowCount()):
            place = self.view.visualRect(self.model.index(row))
            if place.top() > area.bottom():
                break
            note = self.model.note_at(row)
            if note is not None and area.intersects(place):
                notes.append(note.id)
        return notes

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        note = self.model.note_at(index.row())
        if note is not None:
            self.model.mark_read([note.id])
            self._count()
            self.note_wanted.emit(note.id)

    def _count(self) -> None:
        unread = len(self.model.unread)
        self._badge.show_count(unread)
        self._all_seen.setVisible(bool(unread))
        self.view.setAccessibleName(_("New notes, {n} unread").format(n=unread))
        is_empty = self.model.rowCount() == 0
        self._empty.setVisible(is_empty)
        self.view.setVisible(not is_empty)
        if unread and not self._seen.isActive():
            self._seen.start()
        self.unread_changed.emit(unread)


def _list_view(model: NewNotes) -> QListView:
    view = QListView()
    view.setModel(model)
    view.setProperty(OWN_RINGS, True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    keep_room_for_bar(view)
    take_what_is_left(view)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    return view


def _is_from_a_person(event: Event) -> bool:
    return isinstance(event.body, NoteSaid) and event.actor != FACILITATOR


def paint_rings(painter: QPainter, rect: QRectF, colours: Tokens) -> None:
    """The focus of a row, inside it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.focus, 4))
    painter.drawRect(rect.adjusted(2, 2, -2, -2))
    painter.setPen(QPen(colours.focus_line, 2))
    painter.drawRect(rect.adjusted(5, 5, -5, -5))
