"""A small map of the whole board in its corner, where the board does not fit the window: a press goes there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.base.language import _
from ui.board.sizes import HEADER
from ui.look.theme import tokens_of

if TYPE_CHECKING:
    from ui.board.canvas import Canvas

WIDTH, HEIGHT = 200, 116
FROM_CORNER = 14
INSIDE = 6.0
REST_MS = 250
LEAST_WINDOW = 1400
"""In a narrower window it would cover notes."""


class Minimap(QWidget):
    """Paints frames and what is seen of them. It takes no focus: keys go over the board without it."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setFixedSize(WIDTH, HEIGHT)
        self.setAccessibleName(_("Map of the board"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._stand)
        canvas.board_scene.relaid.connect(self.follow)
        canvas.zoom_changed.connect(self.follow)
        for bar in (canvas.horizontalScrollBar(), canvas.verticalScrollBar()):
            bar.valueChanged.connect(self._give_way)

    @Slot()
    def follow(self) -> None:
        """Be right again once the board rests: it is not painted at every change."""
        if not self._rest.isActive():
            self._rest.start()

    @Slot()
    def _give_way(self) -> None:
        """Under anything, Qt would paint all of the board anew at each step of a scroll."""
        self.hide()
        self._rest.start()

    @Slot()
    def _stand(self) -> None:
        """Stand in the corner while there is more board than is seen."""
        canvas = self._canvas
        fits = canvas.seen.contains(canvas.board_scene.frames_area)
        self.setVisible(not fits and not canvas.is_overview and canvas.window().width() >= LEAST_WINDOW)
        room = canvas.viewport().geometry()
        self.move(room.right() - WIDTH - FROM_CORNER, room.bottom() - HEIGHT - FROM_CORNER)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), tokens_of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.edge, 1))
        painter.setBrush(colours.paper)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        scale, corner = self._scale()
        painter.translate(corner)
        painter.scale(scale, scale)
        for frame in self._canvas.board_scene.frames.values():
            painter.setPen(QPen(colours.edge, 0))
            painter.setBrush(colours.surface)
            painter.drawRect(frame.area)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.paper_of(frame.heading.colour))
            notes = frame.area.adjusted(10, HEADER, -10, -10)
            if frame.flow.cards:
                painter.drawRect(notes)
        painter.setPen(QPen(colours.accent, 2 / scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._canvas.seen.intersected(self._board))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    @property
    def _board(self) -> QRectF:
        return self._canvas.board_scene.bounds

    def _scale(self) -> tuple[float, QPointF]:
        """How much smaller the board is drawn, and where its corner is."""
        room, board = QSizeF(WIDTH - 2 * INSIDE, HEIGHT - 2 * INSIDE), self._board
        scale = min(room.width() / max(board.width(), 1.0), room.height() / max(board.height(), 1.0))
        return scale, QPointF(INSIDE, INSIDE) - board.topLeft() * scale

    def _go(self, at: QPointF) -> None:
        """Bring the part of the board under the pointer into the middle of the window."""
        scale, corner = self._scale()
        self._canvas.centerOn((at - corner) / scale)
