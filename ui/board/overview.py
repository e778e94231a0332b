"""The board from afar: one item that draws every note as a block of colour, and the names of themes large enough."""

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ui.board.colouring import ColourBy, colour_of
from ui.board.frame_item import FrameItem
from ui.board.look import Look
from ui.board.scene import BoardScene
from ui.board.sizes import HEADER, NOTE_WIDTH
from ui.board.words import Breaker

Z = 50.0
NAME_GAP = 10.0
NAME_STRIP = 34.0
"""How high the name of a theme is, whatever the zoom."""
MOST_PAPER_RIM = 0.2
"""Below this zoom the rims of the blocks are left out."""


class Overview(QGraphicsItem):
    """Shown instead of frames and notes. The blocks of a frame are kept until its notes change."""

    def __init__(self, look: Look, scene: BoardScene) -> None:
        super().__init__()
        self._look = look
        self._scene = scene
        self._blocks: dict[FrameItem, tuple[int, list[QRectF]]] = {}
        self._bounds = scene.sceneRect()
        self.setZValue(Z)
        self.setVisible(False)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        scene.sceneRectChanged.connect(self._grow)
        scene.addItem(self)

    def refresh(self, frame: FrameItem | None = None) -> None:
        """Paint a frame anew; None: everything has changed."""
        if frame is None:
            self._blocks.clear()
        self.update(frame.area if frame is not None else self._bounds)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        zoom = painter.worldTransform().m11()
        frames = list(self._scene.frames.values())
        look = self._look
        name_font = look.name_font if all(_fits(look.name_font, each, zoom) for each in frames) else look.label_font
        for frame in frames:
            if frame.area.intersects(option.exposedRect):
                self._paint_frame(painter, frame, zoom, name_font)

    def _paint_frame(self, painter: QPainter, frame: FrameItem, zoom: float, name_font: QFont) -> None:
        tokens = self._look.tokens
        pen = QPen(tokens.accent if frame.is_target else tokens.line if frame.is_theme else tokens.edge, 0)
        if not frame.is_theme:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(
            tokens.accent_soft if frame.is_target else tokens.surface if frame.is_theme else tokens.table
        )
        painter.drawRect(frame.area)
        painter.setBrush(tokens.paper_of(frame.heading.colour))
        painter.setPen(QPen(self._look.rim, 0) if zoom > MOST_PAPER_RIM else Qt.PenStyle.NoPen)
        painter.save()
        top = frame.seen_y(0.0)
        painter.translate(frame.x(), frame.y() + top)
        painter.scale(1.0, frame.seen_y(1.0) - top)
        if self._scene.colour_by is ColourBy.THEME:
            painter.drawRects(self._blocks_of(frame))
        else:
            self._paint_by_note(painter, frame)
        painter.restore()
        self._paint_name(painter, frame, zoom, name_font)

    def _paint_by_note(self, painter: QPainter, frame: FrameItem) -> None:
        """Each block in the colour of its own note."""
        scene, blocks = self._scene, self._blocks_of(frame)
        by_colour: dict[int | None, list[QRectF]] = {}
        for card, block in zip(frame.flow.cards, blocks, strict=True):
            note = scene.board.notes[card.note_id]
            by_colour.setdefault(colour_of(scene.colour_by, note, frame.heading.colour), []).append(block)
        for colour, some in by_colour.items():
            painter.setBrush(self._look.tokens.paper_of(colour))
            painter.drawRects(some)

    def _blocks_of(self, frame: FrameItem) -> list[QRectF]:
        """Notes that came at the end are added; where others moved, all are made anew."""
        relaid, blocks = self._blocks.get(frame, (-1, []))
        if relaid != frame.flow.relaid:
            blocks = []
            self._blocks[frame] = (frame.flow.relaid, blocks)
        blocks += [QRectF(card.x, card.y, NOTE_WIDTH, card.height) for card in frame.flow.cards[len(blocks) :]]
        return blocks

    def _paint_name(self, painter: QPainter, frame: FrameItem, zoom: float, used: QFont) -> None:
        """At its own size, on a ground of its own: from afar it is higher than the header."""
        tokens = self._look.tokens
        area = painter.worldTransform().mapRect(frame.area)
        count = str(frame.count)
        room = area.width() - 3 * NAME_GAP - QFontMetricsF(used).horizontalAdvance(count)
        painter.save()
        painter.resetTransform()
        painter.setClipRect(area)
        strip = QRectF(area.x() + 1, area.y() + 1, area.width() - 2, max(NAME_STRIP - 2, HEADER * zoom))
        painter.fillRect(strip, tokens.surface if frame.is_theme else tokens.table)
        strip.adjust(NAME_GAP, 0, -NAME_GAP, 0)
        painter.setFont(used)
        painter.setPen(tokens.ink_2)
        painter.drawText(strip, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        painter.setPen(tokens.ink)
        self._write_name(painter, frame.heading.name, used, QRectF(strip.topLeft(), QSizeF(room, strip.height())))
        painter.restore()

    def _write_name(self, painter: QPainter, name: str, used: QFont, room: QRectF) -> None:
        """On one line where it fits, else small on two."""
        if QFontMetricsF(used).horizontalAdvance(name) > room.width():
            used = self._look.small_font
        pitch = min(QFontMetricsF(used).height(), room.height() / 2)
        lines = Breaker(used, room.width(), 2).lines(name)
        painter.setFont(used)
        top = room.center().y() - pitch * len(lines.texts) / 2
        for number, line in enumerate(lines.texts):
            painter.drawText(QRectF(room.x(), top + number * pitch, room.width(), pitch), lines.flags, line)

    def _grow(self, bounds: QRectF) -> None:
        self.prepareGeometryChange()
        self._bounds = bounds


def _fits(used: QFont, frame: FrameItem, zoom: float) -> bool:
    words = f"{frame.heading.name} {frame.count}"
    return QFontMetricsF(used).horizontalAdvance(words) + 3 * NAME_GAP <= frame.width * zoom
