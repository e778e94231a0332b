"""How the rows of the outline are painted: key caps before themes, icons before how a note came, two focus rings."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.base.bidi import isolated
from core.base.ids import NoteId, QuestionId, ThemeId
from core.domain.board import NoteState
from ui.board.look import paint_shape
from ui.look.icons import MODE_ICONS, paint_icon
from ui.look.parts import caps_width, paint_caps
from ui.look.theme import Text, Tokens, font, tokens_of
from ui.outline.model import MODE, STATE, TEXT, VOTES, OutlineModel
from ui.outline.nodes import Node
from ui.places import caps_of

ROW = 34
PAD = 8.0
ICON = 16.0
FOUND = 4.0
Index = QModelIndex | QPersistentModelIndex


def row_ground(node: Node, colours: Tokens, *, is_chosen: bool) -> QColor:
    """What a row is painted on."""
    if is_chosen:
        return colours.accent_soft
    return colours.table if node.place is not None and node.note is None else colours.paper


class OutlineDelegate(QStyledItemDelegate):
    """Paints rows of one height, so that twenty thousand of them cost nothing to lay out."""

    def __init__(self, model: OutlineModel, tree: QWidget) -> None:
        super().__init__(tree)
        self._model = model
        self._tree = tree
        self.found: frozenset[NoteId] = frozenset()    # these stand out
        self._caps: dict[QuestionId, dict[ThemeId, str]] = {}

    def forget(self) -> None:
        """Themes came, went or changed their names."""
        self._caps.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = tokens_of(self._tree.palette())
        node, room = self._model.node(index), QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(room, row_ground(node, colours, is_chosen=is_chosen))
        painter.fillRect(QRectF(room.x(), room.bottom() - 1, room.width(), 1), colours.line)
        if self._is_found(node) and index.column() == TEXT:
            painter.fillRect(QRectF(room.x(), room.y() + 4, FOUND, room.height() - 8), colours.ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_cell(painter, node, index.column(), room.adjusted(PAD, 0, -PAD, 0), colours)
        painter.restore()

    def _paint_cell(self, painter: QPainter, node: Node, column: int, room: QRectF, colours: Tokens) -> None:
        if column == TEXT and node.note is None and node.place is not None:
            room = self._paint_caps(painter, node, room, colours)
        elif column == MODE and node.note is not None:
            mode = self._model.board.notes[node.note].mode
            room = self._with_icon(painter, MODE_ICONS[mode], room, colours)
        elif column == STATE and node.note is not None:
            state = self._model.board.notes[node.note].state
            icons = {NoteState.HELD: "hand", NoteState.HIDDEN: "eye-off"}
            room = self._with_icon(painter, icons[state], room, colours) if state in icons else room
        words = self._model.data(self._model.index_of(node, column))
        self._paint_words(painter, node, column, isolated(str(words or "")), room, colours)

    def _paint_words(
        self, painter: QPainter, node: Node, column: int, words: str, room: QRectF, colours: Tokens
    ) -> None:
        used = font(Text.BASE, bold=column == TEXT and (node.note is None or self._is_found(node)))
        side = Qt.AlignmentFlag.AlignRight if column == VOTES else Qt.AlignmentFlag.AlignLeft
        align = Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(used)
        painter.setPen(colours.ink if column == TEXT else colours.ink_2)
        shown = QFontMetricsF(used).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(align | Qt.TextFlag.TextSingleLine), shown)

    def _is_found(self, node: Node) -> bool:
        return node.note is not None and node.note in self.found

    def _paint_caps(self, painter: QPainter, node: Node, room: QRectF, colours: Tokens) -> QRectF:
        """A theme's letters and its shape; what is left of the room."""
        place = node.place
        theme = self._model.board.themes.get(place.theme) if place is not None and place.theme else None
        if place is None or theme is None:
            return room
        if place.question not in self._caps:
            board = self._model.board
            self._caps[place.question] = caps_of(board, board.themes_of(place.question))
        caps = tuple(self._caps[place.question].get(theme.id, ""))
        paint_caps(painter, caps, QPointF(room.x(), room.center().y() - 10), colours.ink, colours.surface)
        x = room.x() + caps_width(caps) + 10
        swatch = QRectF(x, room.center().y() - 8, 16, 16)
        painter.setPen(QPen(colours.edge, 1))
        painter.setBrush(colours.paper_of(theme.colour))
        painter.drawRoundedRect(swatch, 2, 2)
        paint_shape(painter, theme.colour, colours.note_ink, swatch.center(), 9)
        return room.adjusted(x + 26 - room.x(), 0, 0, 0)

    def _with_icon(self, painter: QPainter, name: str, room: QRectF, colours: Tokens) -> QRectF:
        box = QRectF(room.x(), room.center().y() - ICON / 2, ICON, ICON)
        paint_icon(painter, name, colours.ink_2, box)
        return room.adjusted(ICON + 6, 0, 0, 0)
