"""One note on the board, painted from its card: a picture of its paper, and its words over it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QStaticText, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.base.ids import PictureHash
from core.base.language import _
from ui.board.flow import Card
from ui.board.look import SHADOW, Look, Paper
from ui.board.sizes import NOTE_SIDE, NOTE_TOP, NOTE_WIDTH, PICTURE_HEIGHT, PICTURE_ROOM, WORDS_WIDTH
from ui.board.words import Lines, static_texts


class NoteItem(QGraphicsItem):
    """Paints upright at whole pixels. It holds no truth: its card and paper come from the scene."""

    def __init__(self, look: Look, card: Card, paper: Paper, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.card = card
        self._look = look
        self._paper = paper
        self._bounds = _bounds(paper)    # Qt asks often
        self._lines: Lines | None = None
        self._texts: tuple[QStaticText, ...] = ()
        self.setPos(card.x, card.y)

    def show_as(self, paper: Paper) -> None:
        """Take another paper."""
        if paper.height != self._paper.height:
            self.prepareGeometryChange()
            self._bounds = _bounds(paper)
        self._paper = paper
        self.update()

    @property
    def paper(self) -> Paper:
        """What it is painted on."""
        return self._paper

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._lines is not self.card.lines:
            self._lines = self.card.lines
            self._texts = static_texts(self._lines, WORDS_WIDTH)
        paint_note(painter, self._look, self._paper, self._lines, self._texts)


def _bounds(paper: Paper) -> QRectF:
    return QRectF(-SHADOW, -SHADOW, NOTE_WIDTH + 2 * SHADOW, paper.height + 2 * SHADOW)


def paint_note(
    painter: QPainter, look: Look, paper: Paper, lines: Lines, texts: tuple[QStaticText, ...]
) -> None:
    """Paint a note at the painter's origin, which is moved to the nearest whole pixel so that letters are sharp."""
    place = painter.worldTransform()
    scale, x, y = place.m11(), round(place.dx()), round(place.dy())
    device = painter.device()
    room = look.room(paper) * scale
    painter.resetTransform()
    painter.drawPixmap(QPointF(x - room, y - room), look.paper(paper, scale, device.devicePixelRatio()))
    painter.setTransform(QTransform(scale, 0, 0, scale, x, y))
    painter.setPen(look.words_colour(paper))
    painter.setFont(look.note_font)
    top = float(NOTE_TOP) - 1
    if lines.picture is not None:
        _paint_picture(painter, look, lines.picture, scale)
        top += PICTURE_ROOM
    for text in texts:
        painter.drawStaticText(QPointF(NOTE_SIDE, top), text)
        top += lines.pitch


def _paint_picture(painter: QPainter, look: Look, digest: PictureHash, scale: float) -> None:
    """In the middle of its room; until it is there, a few words."""
    room = QRectF(NOTE_SIDE, NOTE_TOP, WORDS_WIDTH, PICTURE_HEIGHT)
    picture = look.picture(digest, scale, painter.device().devicePixelRatio())
    if picture is None:
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, _("Photo of a note"))
        return
    size = picture.deviceIndependentSize() / scale
    painter.drawPixmap(QRectF(0, 0, size.width(), size.height()).translated(
        room.center() - QPointF(size.width() / 2, size.height() / 2)
    ), picture, QRectF(picture.rect()))  # fmt: skip
