"""“Move to”: a small panel that puts the chosen notes into a theme by a few letters of its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.base.ids import NoteId, QuestionId, ThemeId
from core.base.language import _, ngettext
from core.domain.board import Board
from ui.acts import Acts
from ui.board.look import paint_shape
from ui.panel import ChoicePanel
from ui.parts import caps_width, key_names, paint_caps
from ui.places import Kind, Place, caps_of, place_of
from ui.theme import Text, font, tokens_of

ROW = 32
NAME_X = 44.0
CAP_SPACE = 14.0
Index = QModelIndex | QPersistentModelIndex


class Way(Enum):
    """What choosing a row does."""

    INTO_THEME = auto()
    OUT_OF_THEMES = auto()
    NEW_THEME = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: where the notes may go."""

    way: Way
    name: str
    detail: str = ""
    theme: ThemeId | None = None
    colour: int | None = None
    caps: str = ""
    keys: str = ""

    @property
    def spoken(self) -> str:
        """The row for ears."""
        return ", ".join(part for part in (self.name, self.detail) if part)


def choices(board: Board, question: QuestionId, notes: Sequence[NoteId], typed: str) -> list[Choice]:
    """Where notes may go, best match first: two letters, then the beginning of a name, of a word, then anywhere."""
    themes = board.themes_of(question)
    caps = caps_of(board, themes)
    here = {place_of(board, board.notes[note]) for note in notes if note in board.notes}
    wanted = typed.strip().casefold()
    found: list[tuple[float, Choice]] = []
    for theme in themes:
        name = board.text(theme.name)
        rank = _rank(name.casefold(), caps[theme.id].casefold(), wanted)
        if rank is not None:
            count = len(board.notes_in(theme.id))
            detail = ngettext("{n} note", "{n} notes", count).format(n=count)
            is_here = here == {Place(question, Kind.THEME, theme.id)}
            if is_here:
                detail = _("{count}, they are here now").format(count=detail)
            choice = Choice(Way.INTO_THEME, name, detail, theme.id, theme.colour, caps[theme.id])
            found.append((rank + 0.5 * is_here, choice))
    found.sort(key=lambda each: each[0])
    rows = [choice for _rank_of_it, choice in found]
    loose = _("Not in a theme yet")
    if (not wanted or wanted in loose.casefold()) and here != {Place(question, Kind.LOOSE)}:
        rows.append(Choice(Way.OUT_OF_THEMES, loose))
    name = _("New theme called “{name}”").format(name=typed.strip()) if wanted else _("New theme")
    return [*rows, Choice(Way.NEW_THEME, name, keys="Ctrl+Return")]


def _rank(name: str, caps: str, wanted: str) -> int | None:
    if not wanted:
        return 0
    starts = (caps == wanted, name.startswith(wanted), any(word.startswith(wanted) for word in name.split()))
    return starts.index(True) if True in starts else 3 if wanted in name else None


class Rows(QAbstractListModel):
    """The rows of the panel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Choice] = []

    def show_rows(self, rows: list[Choice]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()].spoken
        return None


class RowPainter(QStyledItemDelegate):
    """Paints a row: shape, name, count; the keys that choose it on the right."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice, colours = self._rows.rows[index.row()], tokens_of(self._palette())
        room, is_current = QRectF(option.rect), bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_current:
            painter.fillRect(room, colours.accent_soft)
            painter.fillRect(QRectF(room.topLeft(), QPointF(room.x() + 4, room.bottom())), colours.accent)
        middle = QPointF(room.x() + 26, room.center().y())
        if choice.way is not Way.NEW_THEME:
            paint_shape(painter, choice.colour, colours.ink, middle, 11)
        else:
            painter.setPen(colours.ink)
            painter.setFont(font(Text.SUBHEADING))
            painter.drawText(QRectF(middle.x() - 10, room.y(), 20, ROW), Qt.AlignmentFlag.AlignCenter, "+")
        self._paint_words(painter, choice, room, is_current=is_current)
        painter.restore()

    def _paint_words(self, painter: QPainter, choice: Choice, room: QRectF, *, is_current: bool) -> None:
        colours = tokens_of(self._palette())
        keys = key_names(choice.keys or ("Return" if is_current else "")) or tuple(choice.caps)
        right = room.right() - CAP_SPACE - caps_width(keys)
        paint_caps(painter, keys, QPointF(right, room.center().y() - 9), colours.ink_2, colours.surface)
        bold = font(Text.BASE, bold=choice.way is Way.INTO_THEME)
        metrics = QFontMetricsF(bold)
        x = room.x() + NAME_X
        name = metrics.elidedText(choice.name, Qt.TextElideMode.ElideRight, right - x - 90)
        painter.setFont(bold)
        painter.setPen(colours.ink)
        painter.drawText(QRectF(x, room.y(), right - x, ROW), Qt.AlignmentFlag.AlignVCenter, name)
        x += metrics.horizontalAdvance(name) + 10
        painter.setFont(font(13.0))
        painter.setPen(colours.ink_2)
        painter.drawText(QRectF(x, room.y(), right - x, ROW), Qt.AlignmentFlag.AlignVCenter, choice.detail)

    def _palette(self) -> QPalette:
        """The panel's: the list's own is changed by the style sheet."""
        parent = self._rows.parent()
        return parent.palette() if isinstance(parent, QWidget) else QPalette()


class MoveTo(ChoicePanel):
    """Lives while it is open. Enter puts the notes there, Ctrl+Enter into a new theme, Escape leaves them."""

    def __init__(
        self, over: QWidget, board: Callable[[], Board], question: QuestionId, notes: Sequence[NoteId], acts: Acts
    ) -> None:
        title = ngettext("Move {n} note to", "Move {n} notes to", len(notes)).format(n=len(notes))
        super().__init__(over, title, _("leave them"), _("Letters of a theme"))
        self._board = board
        self._question = question
        self._notes = tuple(notes)
        self._acts = acts
        self._rows = Rows(self)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(RowPainter(self._rows))
        self.list.setAccessibleName(_("Themes"))
        self.field.textChanged.connect(self._narrow)
        self._narrow("")

    def _narrow(self, typed: str) -> None:
        self._rows.show_rows(choices(self._board(), self._question, self._notes, typed))
        self.list.setCurrentIndex(self._rows.index(0))
        self.fit_list(len(self._rows.rows) * ROW)

    def chosen(self, row: int) -> None:
        choice = self._rows.rows[row]
        match choice.way:
            case Way.NEW_THEME:
                self._acts.new_theme(self._notes, name=self.field.text().strip())
            case _:
                self._acts.move(self._notes, choice.theme)

    def other_key(self, event: QKeyEvent) -> bool:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            return False
        self.take(len(self._rows.rows) - 1)
        return True
