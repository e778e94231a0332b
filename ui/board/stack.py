"""The notes in the hand while they are dragged: a lifted stack, how many, and what letting go would do."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ui.board.flow import Card
from ui.board.look import LIFTED, Look, Paper
from ui.board.note_item import paint_note
from ui.board.sizes import NOTE_WIDTH, WORDS_WIDTH
from ui.board.words import static_texts

Z = 101.0
STEP = 5
"""How far each note of the stack sticks out of the one on it."""
MOST_SHOWN = 3
LABEL_HEIGHT = 32
LABEL_WIDTH = 440
DISC = 13


class Stack(QGraphicsItem):
    """Follows the pointer; `hold` is where in the top note it was taken."""

    def __init__(self, look: Look, card: Card, papers: list[Paper], count: int, hold: QPointF) -> None:
        super().__init__()
        self._look = look
        self._card = card
        self._papers = papers[:MOST_SHOWN]
        self._count = count
        self._hold = hold
        self._label = ""
        self._zoom = 1.0
        self._texts = static_texts(card.lines, WORDS_WIDTH)
        self.setZValue(Z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def follow(self, point: QPointF, label: str, zoom: float) -> None:
        """Go under the pointer and say what letting go would do."""
        if zoom != self._zoom:
            self.prepareGeometryChange()
            self._zoom = zoom
        if label != self._label:
            self._label = label
            self.update()
        self.setPos(point - self._hold)

    def boundingRect(self) -> QRectF:
        below = (LABEL_HEIGHT + 12) / self._zoom
        wide = max(NOTE_WIDTH + 2 * LIFTED, LABEL_WIDTH / self._zoom)
        out = LIFTED + MOST_SHOWN * STEP
        return QRectF(-out, -out, wide + out, self._card.height + 2 * out + below)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        place = painter.worldTransform()
        for depth in range(len(self._papers) - 1, 0, -1):
            painter.setTransform(QTransform(place).translate(-depth * STEP, -depth * STEP))
            paint_note(painter, self._look, self._papers[depth], self._card.lines, ())
        painter.setTransform(place)
        paint_note(painter, self._look, self._papers[0], self._card.lines, self._texts)
        painter.setTransform(place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._count > 1:
            self._paint_count(painter)
        if self._label:
            self._paint_label(painter, place.map(QPointF(0, self._card.height)))

    def _paint_count(self, painter: QPainter) -> None:
        tokens = self._look.tokens
        disc = QRectF(NOTE_WIDTH - DISC, -DISC, 2 * DISC, 2 * DISC)
        disc.adjust(-3.0 * (len(str(self._count)) - 2), 0, 3.0 * (len(str(self._count)) - 2), 0)
        painter.setPen(QPen(tokens.surface, 1.5))
        painter.setBrush(tokens.accent)
        painter.drawRoundedRect(disc, DISC, DISC)
        painter.setPen(tokens.on_accent)
        painter.setFont(self._look.small_bold)
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._count))

    def _paint_label(self, painter: QPainter, below: QPointF) -> None:
        """At its own size whatever the zoom."""
        look, tokens = self._look, self._look.tokens
        painter.resetTransform()
        painter.setFont(look.label_font)
        metrics = QFontMetricsF(look.label_font)
        words = metrics.elidedText(self._label, Qt.TextElideMode.ElideMiddle, LABEL_WIDTH - 30)
        pill = QRectF(below.x(), below.y() + 8, metrics.horizontalAdvance(words) + 24, LABEL_HEIGHT)
        painter.setPen(QPen(tokens.surface, 1))
        painter.setBrush(tokens.accent)
        painter.drawRoundedRect(pill, 6, 6)
        painter.setPen(tokens.on_accent)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
