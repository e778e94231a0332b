"""The held notes as rows: which wait, in which order, and how a row says why."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.base.ids import NoteId
from core.base.language import _
from core.domain import caution
from core.domain.board import Board, Note, NoteState
from core.domain.bodies import NoteHeld, NoteSaid
from core.domain.terms import Reason
from core.session import Change
from ui.board.words import ELLIPSIS, Breaker, Lines
from ui.look.icons import paint_icon
from ui.look.theme import Text, font, tokens_of
from ui.panes.new_notes import paint_rings
from ui.panes.pages import Page
from ui.pictures import words_of
from ui.places import touched
from ui.words.names import why_held

MOST_LINES = 6
PAGE = 100
"""So many are rows at a time: each is laid out whenever one of them goes."""
LINE, SIDE, TOP = 20, 14, 9
Index = QModelIndex | QPersistentModelIndex


class Entry(NamedTuple):
    """What somebody has looked at and put aside stands behind what waits; of these the oldest first."""

    is_put_aside: bool
    arrival: int
    id: NoteId


class HeldNotes(QAbstractListModel):
    """The held notes of all questions, a page of them at a time. Follows the board note by note."""

    def __init__(self, board: Board, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board = board
        self._all: list[Entry] = []
        self._entries: dict[NoteId, Entry] = {}
        self._rows: list[Entry] = []    # those of the page
        self._first = 0
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
        return self.board.notes.get(self._rows[row].id) if 0 <= row < len(self._rows) else None

    def row_of(self, note: NoteId) -> int | None:
        """Where a note stands on this page; None where it does not."""
        return next((row for row, entry in enumerate(self._rows) if entry.id == note), None)

    def why(self, note: Note) -> str:
        """The reason in words."""
        return _("Held: {why}").format(why=why_held(self.board, note))

    @property
    def ids(self) -> list[NoteId]:
        """What waits, in order, on all pages."""
        return [entry.id for entry in self._all]

    @property
    def page(self) -> Page:
        """Which of all are the rows."""
        return Page(self._first, PAGE, len(self._all))

    @property
    def has_burst(self) -> bool:
        """Whether some came in a burst."""
        notes = (self.board.notes.get(each) for each in self._entries)
        return any(note is not None and note.standing.reason is Reason.BURST for note in notes)

    def turn(self, first: int) -> None:
        """Show the page that begins with this one."""
        self._first = first
        self.beginResetModel()
        self._rows = self._wanted()
        self.endResetModel()

    def read_anew(self, board: Board) -> None:
        """All that is held on this board."""
        self.board = board
        held = board.notes.values() if board.balance.held else ()
        self._all = sorted(entry_of(note) for note in held if note.state is NoteState.HELD)
        self._entries = {entry.id: entry for entry in self._all}
        self.turn(self._first)

    def take(self, change: Change) -> None:
        """Follow what was saved."""
        self.board = change.board
        stayed = [note_id for note_id in touched(change.board, change.events).notes if not self._is_moved(note_id)]
        self._show_page()
        for row in map(self.row_of, stayed):
            if row is not None:
                self.dataChanged.emit(self.index(row), self.index(row))

    def _is_moved(self, note_id: NoteId) -> bool:
        """Take it in, take it out, or put it where it stands now; whether that was anything."""
        note, before = self.board.notes.get(note_id), self._entries.pop(note_id, None)
        entry = entry_of(note) if note is not None and note.state is NoteState.HELD else None
        if entry is not None:
            self._entries[note_id] = entry
        if entry == before:
            return False
        if before is not None:
            del self._all[bisect_left(self._all, before)]
        if entry is not None:
            insort(self._all, entry)
        return True

    def _wanted(self) -> list[Entry]:
        """The page, or the last one where it has gone."""
        self._first = self.page.kept.first
        return self._all[self._first : self._first + PAGE]

    def _show_page(self) -> None:
        """Let rows come and go until they are the page."""
        wanted = self._wanted()
        stay = set(wanted)
        for row in [row for row, entry in enumerate(self._rows) if entry not in stay][::-1]:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        for row, entry in enumerate(wanted):
            if row == len(self._rows) or self._rows[row] != entry:
                self.beginInsertRows(QModelIndex(), row, row)
                self._rows.insert(row, entry)
                self.endInsertRows()


def is_put_aside(note: Note) -> bool:
    """Whether somebody at a desk put it aside. To take that back holds it as the door had held it: that is not one."""
    by = note.shown_by.body if note.shown_by is not None else None
    if not isinstance(by, NoteHeld):
        return False
    at_door = note.said.body.held if isinstance(note.said.body, NoteSaid) else None
    return by.reason is not at_door or by.was.reason is by.reason


def entry_of(note: Note) -> Entry:
    """Where a note stands among those that wait."""
    return Entry(is_put_aside(note), note.arrival, note.id)


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
        painter.setFont(font(Text.BASE))
        painter.setPen(colours.ink)
        room = QRectF(rect.left() + SIDE, rect.top() + TOP, rect.width() - 2 * SIDE, LINE)
        for line, spans in zip(lines.texts, flagged_spans(words_of(self._model.board, note), lines.texts), strict=True):
            painter.drawText(room, lines.flags, line)
            if not lines.is_right_to_left:
                _underline(painter, line, spans, room, colours.warn)
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


def flagged_spans(text: str, lines: Sequence[str]) -> list[list[tuple[int, int]]]:
    """In each line, from where to where it is of what somebody should look at first."""
    suspects, at, spans = caution.found(text), 0, []
    for line in lines:
        start = max(at, text.find(line.strip().rstrip(ELLIPSIS), at))
        at = start + len(line.strip())
        spans.append([(max(each.start, start) - start, min(each.end, at) - start)
                      for each in suspects if each.start < at and each.end > start])  # fmt: skip
    return spans


def _underline(
    painter: QPainter, line: str, spans: Sequence[tuple[int, int]], room: QRectF, colour: QColor
) -> None:
    metrics = QFontMetricsF(painter.font())
    for start, end in spans:
        left = room.left() + metrics.horizontalAdvance(line[:start])
        wide = metrics.horizontalAdvance(line[start:end])
        painter.fillRect(QRectF(left, room.bottom() - 3, wide, 2), colour)
