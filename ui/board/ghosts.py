"""Suggested themes as ghosts below the frames: a dashed frame, pale notes, the reason; taken or left with the mouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.base.language import _
from core.sense.themes import Suggestion
from ui.acting.suggesting import count_and_reason, title_of
from ui.board.look import FADED, Look, with_alpha
from ui.board.scene import BoardScene
from ui.board.sizes import (
    BOARD_MARGIN,
    FRAME_GAP,
    FRAME_PADDING,
    FRAME_RADIUS,
    HEADER,
    NOTE_GAP,
    NOTE_SIDE,
    NOTE_TOP,
    NOTE_WIDTH,
    UNIT,
    WORDS_WIDTH,
    frame_width,
)
from ui.board.words import PITCH, Breaker, static_texts
from ui.look.icons import paint_icon

MOST_NOTES = 6
"""A ghost shows so many of its notes, and says how many more there are."""
MOST_LINES = 4
REASON = 20
MORE = 24
BUTTON = 30
WIDTH = float(frame_width(2))


class Part(Enum):
    """What is under a point of a ghost."""

    TAKE = auto()
    LEAVE = auto()
    GROUND = auto()


@dataclass(frozen=True, slots=True)
class Ghost:
    """One suggestion as it is drawn."""

    title: str
    reason: str
    more: str
    notes: tuple[tuple[QRectF, tuple[QStaticText, ...]], ...]
    area: QRectF


class Ghosts(QGraphicsItem):
    """All of them in one item, which stands below everything that people have placed."""

    def __init__(self, look: Look, scene: BoardScene) -> None:
        super().__init__()
        self._look, self._scene = look, scene
        self._shown: tuple[Suggestion, ...] = ()
        self._ghosts: list[Ghost] = []
        self._current = 0
        self._bounds = QRectF()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        scene.addItem(self)
        scene.relaid.connect(self._follow)

    def show_them(self, suggestions: Sequence[Suggestion], current: int) -> None:
        """Show these, and mark one."""
        self._shown, self._current = tuple(suggestions), current
        self._stand()

    def _stand(self) -> None:
        """Where the frames leave room now, each in the column that ends first; the board takes them in."""
        self.prepareGeometryChange()
        ends = self._ends_of_columns()
        self._ghosts, self._bounds = [], QRectF()
        for suggestion in self._shown:
            at = ends.index(min(ends))
            ghost = self._made(suggestion, QPointF(BOARD_MARGIN + at * UNIT, ends[at]))
            ends[at] = ghost.area.bottom() + FRAME_GAP
            self._ghosts.append(ghost)
            self._bounds = self._bounds.united(ghost.area.adjusted(-3, -3, 3, 3))
        self._scene.take_in(self._bounds)
        self.update()

    def _follow(self) -> None:
        if self._shown:
            self._stand()

    def _ends_of_columns(self) -> list[float]:
        """Where the lowest frame ends in each column of the board."""
        count = max(1, int((self._scene.frames_area.right() - BOARD_MARGIN + FRAME_GAP) // UNIT))
        columns = [QRectF(BOARD_MARGIN + at * UNIT, -1e6, WIDTH, 2e6) for at in range(count)]
        areas = [frame.area for frame in self._scene.frames.values()]
        below = ([area.bottom() + FRAME_GAP for area in areas if area.intersects(column)] for column in columns)
        return [max(each, default=float(BOARD_MARGIN)) for each in below]

    @property
    def current_area(self) -> QRectF:
        """Where the ghost stands that is marked; empty where there is none."""
        return self.area_of(self._current)

    def area_of(self, number: int) -> QRectF:
        """Where a ghost stands on the board."""
        return self._ghosts[number].area if number < len(self._ghosts) else QRectF()

    def at(self, point: QPointF) -> tuple[int, Part] | None:
        """Which ghost is under a point of the board, and which part of it."""
        for number, ghost in enumerate(self._ghosts):
            if ghost.area.contains(point):
                takes, leaves = _buttons(ghost.area)
                part = Part.TAKE if takes.contains(point) else Part.LEAVE if leaves.contains(point) else Part.GROUND
                return number, part
        return None

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, ghost in enumerate(self._ghosts):
            self._paint_frame(painter, ghost, is_current=number == self._current)
            for area, texts in ghost.notes:
                self._paint_note(painter, area, texts)

    def _made(self, suggestion: Suggestion, corner: QPointF) -> Ghost:
        board = self._scene.board
        shown, ends = [], [0.0, 0.0]
        breaker = Breaker(self._look.note_font, WORDS_WIDTH, MOST_LINES)
        for note_id in [each for each in suggestion.notes if each in board.notes][:MOST_NOTES]:
            texts = static_texts(breaker.lines(board.text_of(board.notes[note_id])), WORDS_WIDTH)
            column = ends.index(min(ends))
            x = corner.x() + FRAME_PADDING + column * (NOTE_WIDTH + NOTE_GAP)
            area = QRectF(x, corner.y() + HEADER + REASON + ends[column], NOTE_WIDTH, len(texts) * PITCH + 2 * NOTE_TOP)
            ends[column] += area.height() + NOTE_GAP
            shown.append((area, texts))
        count = len(suggestion.notes)
        more = _("and {n} more").format(n=count - MOST_NOTES) if count > MOST_NOTES else ""
        high = HEADER + REASON + max(ends) + (MORE if more else 4)
        area = QRectF(corner.x(), corner.y(), WIDTH, high)
        return Ghost(title_of(board, suggestion), count_and_reason(suggestion), more, tuple(shown), area)

    def _paint_frame(self, painter: QPainter, ghost: Ghost, *, is_current: bool) -> None:
        look, tokens = self._look, self._look.tokens
        pen = QPen(tokens.accent if is_current else tokens.edge, 2.0 if is_current else 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(tokens.accent_soft if is_current else tokens.paper)
        painter.drawRoundedRect(ghost.area.adjusted(1, 1, -1, -1), FRAME_RADIUS, FRAME_RADIUS)
        takes, leaves = _buttons(ghost.area)
        painter.setPen(tokens.ink)
        left = ghost.area.left() + FRAME_PADDING
        title = QRectF(left, ghost.area.top() + 6, takes.left() - left - 4, BUTTON)
        _write(painter, look.title_font, title, ghost.title)
        paint_icon(painter, "check", tokens.good, takes.adjusted(5, 5, -5, -5))
        paint_icon(painter, "cross", tokens.ink_2, leaves.adjusted(5, 5, -5, -5))
        painter.setPen(tokens.ink_2)
        side = QRectF(left, 0, WIDTH - 2 * FRAME_PADDING, REASON)
        _write(painter, look.small_font, side.translated(0, ghost.area.top() + HEADER - 8), ghost.reason)
        _write(painter, look.small_font, side.translated(0, ghost.area.bottom() - MORE), ghost.more)

    def _paint_note(self, painter: QPainter, area: QRectF, texts: Sequence[QStaticText]) -> None:
        tokens = self._look.tokens
        painter.setPen(QPen(tokens.edge, 1, Qt.PenStyle.DashLine))
        painter.setBrush(with_alpha(tokens.surface, FADED))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(tokens.ink_2)
        painter.setFont(self._look.note_font)
        for number, text in enumerate(texts):
            painter.drawStaticText(QPointF(area.left() + NOTE_SIDE, area.top() + NOTE_TOP - 1 + number * PITCH), text)


def _write(painter: QPainter, font: QFont, room: QRectF, words: str) -> None:
    """As much of one line as there is room for."""
    painter.setFont(font)
    fitting = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fitting)


def _buttons(area: QRectF) -> tuple[QRectF, QRectF]:
    leaves = QRectF(area.right() - FRAME_PADDING - BUTTON, area.top() + 6, BUTTON, BUTTON)
    return leaves.translated(-BUTTON - 4, 0), leaves
