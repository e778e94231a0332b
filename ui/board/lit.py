"""What was found, on the board: outlined; from afar all the rest is paled."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.base.ids import NoteId
from ui.board.frame_item import FrameItem
from ui.board.look import Look
from ui.board.scene import BoardScene
from ui.board.sizes import NOTE_WIDTH

Z = 60.0
OUTLINE = 2.5
"""Pixels on the screen, whatever the zoom."""
PALE = 0.5


class Lit(QGraphicsItem):
    """Lies over the notes and the overview, under the rings. It paints nothing while nothing is looked for."""

    def __init__(self, look: Look, scene: BoardScene, is_overview: Callable[[], bool]) -> None:
        super().__init__()
        self._look, self._scene, self._is_overview = look, scene, is_overview
        self.found: frozenset[NoteId] | None = None
        self._bounds = scene.sceneRect()
        self.setZValue(Z)
        self.setVisible(False)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        scene.sceneRectChanged.connect(self._grow)
        scene.addItem(self)

    def show_found(self, found: frozenset[NoteId] | None) -> None:
        """Light these; None: nothing is looked for."""
        self.found = found
        self.setVisible(found is not None)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        found = self.found
        if found is None:
            return
        pen = QPen(self._look.tokens.ink, OUTLINE)
        pen.setCosmetic(True)
        painter.setPen(pen)
        if self._is_overview():
            for frame in self._scene.frames.values():
                if frame.area.intersects(option.exposedRect):
                    self._paint_frame(painter, frame, found)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects([self._scene.area_of(each) for each in self._scene.items_of if each in found])

    def _paint_frame(self, painter: QPainter, frame: FrameItem, found: frozenset[NoteId]) -> None:
        """A veil over its notes, and those that were found once more on top of it."""
        tokens, top = self._look.tokens, frame.seen_y(0.0)
        veil = QColor(tokens.surface if frame.is_theme else tokens.table)
        veil.setAlphaF(PALE)
        painter.fillRect(frame.area.adjusted(1, top, -1, -1), veil)
        painter.save()
        painter.translate(frame.x(), frame.y() + top)
        painter.scale(1.0, frame.seen_y(1.0) - top)
        painter.setBrush(tokens.paper_of(frame.heading.colour))
        lit = (card for card in frame.flow.cards if card.note_id in found)
        painter.drawRects([QRectF(card.x, card.y, NOTE_WIDTH, card.height) for card in lit])
        painter.restore()

    def _grow(self, bounds: QRectF) -> None:
        self.prepareGeometryChange()
        self._bounds = bounds
