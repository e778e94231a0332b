"""“Move to”: a small panel that puts the chosen notes into a theme by a few letters of its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.base.bidi import isolated
from core.base.ids import NoteId, QuestionId, ThemeId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.grouping import own_lane
from ui.acting.acts import Acts
from ui.board.look import paint_swatch
from ui.look.parts import caps_width, key_names, paint_caps
from ui.look.theme import Text, font, tokens_of
from ui.picking.panel import ChoicePanel
from ui.places import Kind, Place, caps_of, place_of
from ui.words.names import notes_count

ROW = 32
NAME_X = 44.0
CAP_SPACE = 14.0
Index = QModelIndex | QPersistentModelIndex


class Way(Enum):
    """What choosing a row does."""

    INTO_THEME = auto()
    OUT_OF_THEMES = auto()
    ON_THEIR_OWN = auto()
    NEW_THEME = auto()
    COLOUR = auto()


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


def theme_choices(board: Board, question: QuestionId, typed: str) -> list[Choice]:
    """The themes that match, best first: two letters, then the beginning of a name, of a word, then anywhere."""
    themes = board.themes_of(question)
    caps = caps_of(board, themes)
    wanted = typed.strip().casefold()
    found: list[tuple[int, Choice]] = []
    for theme in themes:
        name = board.text(theme.name)
        rank = _rank(name.casefold(), caps[theme.id].casefold(), wanted)
        if rank is not None:
            count = notes_count(len(board.notes_in(theme.id)))
            found.append((rank, Choice(Way.INTO_THEME, name, count, theme.id, theme.colour, caps[theme.id])))
    found.sort(key=lambda each: each[0])
    return [choice for _rank_of_it, choice in found]


def choices(board: Board, question: QuestionId, notes: Sequence[NoteId], typed: str) -> list[Choice]:
    """Where notes may go, best match first; where they are already comes after the others."""
    here = {place_of(board, board.notes[note]) for note in notes if note in board.notes}
    wanted = typed.strip().casefold()
    rows = theme_choices(board, question, typed)
    are_here = [row for row in rows if here == {Place(question, Kind.THEME, row.theme)}]
    for row in are_here:
        at = rows.index(row)
        rows[at] = replace(row, detail=_("{count}, they are here now").format(count=row.detail))
        if not wanted:
            rows.append(rows.pop(at))
    loose, own, lane = _("Not in a theme yet"), _("On their own"), own_lane(question)
    if (not wanted or wanted in loose.casefold()) and here != {Place(question, Kind.LOOSE)}:
        rows.append(Choice(Way.OUT_OF_THEMES, loose))
    if (not wanted or wanted in own.casefold()) and all(row.theme != lane for row in rows):
        rows.append(Choice(Way.ON_THEIR_OWN, own, _("like no others")))
    name = _("New theme called “{name}”").format(name=isolated(typed.strip())) if wanted else _("New theme")
    return [*rows, Choice(Way.NEW_THEME, name, keys="Ctrl+Return")]


def also_choices(board: Board, question: QuestionId, notes: Sequence[NoteId], typed: str) -> list[Choice]:
    """In which themes notes may be shown too; those that show them all already can be told to do so no more."""
    shown: dict[ThemeId, bool] = {
        theme.id: all(theme.id in board.copies.get(note, ()) for note in notes) for theme in board.themes_of(question)
    }
    lying = {board.notes[note].spot.theme for note in notes if note in board.notes}
    rows = (row for row in theme_choices(board, question, typed) if row.theme and lying != {row.theme})
    out = _("shown there too: take them out again")
    return [replace(row, detail=out) if row.theme and shown[row.theme] else row for row in rows]


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
            paint_swatch(painter, colours, choice.colour, QRectF(middle.x() - 9, middle.y() - 9, 18, 18))
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
        name = metrics.elidedText(isolated(choice.name), Qt.TextElideMode.ElideRight, right - x - 90)
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


class ThemePanel(ChoicePanel):
    """A panel of rows with shape, name and letters, narrowed by what is typed."""

    def __init__(self, over: QWidget, title: str, way_out: str, field_name: str) -> None:
        super().__init__(over, title, way_out, field_name)
        self.rows = Rows(self)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(RowPainter(self.rows))
        self.list.setAccessibleName(_("Themes"))

    def begin(self) -> None:
        """Once everything is known that the rows are made from."""
        self.field.textChanged.connect(self._narrow)
        self._narrow("")

    def rows_for(self, typed: str) -> list[Choice]:
        """The rows that match."""
        raise NotImplementedError

    def take_choice(self, choice: Choice) -> None:
        """Do what a row stands for."""
        raise NotImplementedError

    def chosen(self, row: int) -> None:
        if row < len(self.rows.rows):
            self.take_choice(self.rows.rows[row])

    def _narrow(self, typed: str) -> None:
        self.rows.show_rows(self.rows_for(typed))
        self.list.setCurrentIndex(self.rows.index(0))
        self.fit_list(max(1, len(self.rows.rows)) * ROW)


class MoveTo(ThemePanel):
    """Lives while it is open. Enter puts the notes there, Shift+Enter shows them there too, Ctrl+Enter puts them into
    a new theme, Escape leaves them."""

    def __init__(
        self, over: QWidget, board: Callable[[], Board], question: QuestionId, notes: Sequence[NoteId], acts: Acts
    ) -> None:
        title = ngettext("Move {n} note to", "Move {n} notes to", len(notes)).format(n=len(notes))
        super().__init__(over, title, _("leave them"), _("Letters of a theme"))
        self._board, self._question, self._notes, self._acts = board, question, tuple(notes), acts
        self.begin()

    def rows_for(self, typed: str) -> list[Choice]:
        return choices(self._board(), self._question, self._notes, typed)

    def take_choice(self, choice: Choice) -> None:
        match choice.way:
            case Way.NEW_THEME:
                self._acts.new_theme(self._notes, name=self.field.text().strip())
            case Way.ON_THEIR_OWN:
                self._acts.set_on_their_own(self._notes)
            case _:
                self._acts.move(self._notes, choice.theme)

    def other_key(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take(len(self.rows.rows) - 1)
            return True
        choice = self.rows.rows[max(0, self.list.currentIndex().row())]
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier or choice.theme is None:
            return False
        self.leave()
        self._acts.show_also_in(self._notes, choice.theme)
        return True


class AlsoIn(MoveTo):
    """Enter shows the notes in that theme, too; where they are shown already, no more."""

    def __init__(
        self, over: QWidget, board: Callable[[], Board], question: QuestionId, notes: Sequence[NoteId], acts: Acts
    ) -> None:
        super().__init__(over, board, question, notes, acts)
        title = ngettext("Show {n} note also in", "Show {n} notes also in", len(notes)).format(n=len(notes))
        self.say_title(title)

    def rows_for(self, typed: str) -> list[Choice]:
        return also_choices(self._board(), self._question, self._notes, typed)

    def take_choice(self, choice: Choice) -> None:
        if choice.theme is not None:
            copies = self._board().copies
            is_shown = all(choice.theme in copies.get(note, ()) for note in self._notes)
            self._acts.show_also_in(self._notes, choice.theme, on=not is_shown)

    def other_key(self, event: QKeyEvent) -> bool:
        return False
