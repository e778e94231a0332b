"""The frame of one theme, or of the notes in none: header, ground, and the notes that flow in it."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.base.language import _
from core.domain.terms import Box
from ui.board.arrange import Slot, width_of
from ui.board.flow import Flow
from ui.board.look import Look, paint_shape
from ui.board.sizes import (
    EMPTY_FRAME,
    FRAME_PADDING,
    FRAME_RADIUS,
    HEADER,
    TITLE_PITCH,
    columns_in,
    frame_width,
)
from ui.board.words import Lines, static_texts
from ui.look.icons import paint_icon
from ui.places import Kind, Place

CORNER = 20
"""The corner by which a frame is made bigger or smaller."""
MENU_WIDTH = 32
CAP = 18
BELOW = 20
DASHES = (5.0, 4.0)
TITLE_X = 32


class Part(Enum):
    """What is under a point of a frame."""

    HEADER = auto()
    MENU = auto()
    CORNER = auto()
    GROUND = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """What a frame's header says."""

    name: str
    lines: Lines
    caps: str = ""
    colour: int | None = None
    below: str = ""    # a line under the name
    is_aside: bool = False    # it stands at the right, by those of no theme


class FrameItem(QGraphicsItem):
    """Its notes are its children, so that they move with it."""

    def __init__(self, look: Look, place: Place, heading: Heading, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.place = place
        self.heading = heading
        self.slot = Slot(0, 1)
        self.box: Box | None = None
        self.is_target = False
        self.is_folded = False
        self.copies = 0       # cards of notes that lie in another theme, and count there
        self.put_away = 0     # how many notes a folded frame has
        self.name_room = 0.0    # what its name takes up when seen from afar; notes then lie closer together
        self._look = look
        self.width = float(frame_width(2))
        self.height = float(HEADER + EMPTY_FRAME)
        self.flow = Flow(2, HEADER)
        self._texts = static_texts(heading.lines, self.width)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemContainsChildrenInShape)

    @property
    def is_theme(self) -> bool:
        """Whether it is a theme's, and not that of the notes in none."""
        return self.place.kind is Kind.THEME

    @property
    def is_aside(self) -> bool:
        """Whether it stands at the right: the notes in no theme, and below them those on their own."""
        return not self.is_theme or self.heading.is_aside

    @property
    def count(self) -> int:
        """How many notes it has; each counts once, in the theme where it lies."""
        return self.put_away if self.is_folded else len(self.flow.cards) - self.copies

    @property
    def header_height(self) -> int:
        """The header grows with a name of more than one line, and with words below it."""
        below = BELOW if self.heading.below else 0
        return HEADER + (len(self.heading.lines.texts) - 1) * TITLE_PITCH + below

    @property
    def area(self) -> QRectF:
        """Where it stands on the board."""
        return QRectF(self.x(), self.y(), self.width, self.height)

    @property
    def _squeeze(self) -> tuple[float, float]:
        """Where the notes begin as seen, and how much closer together they lie than they are."""
        begin, free = max(float(self.header_height), self.name_room), self.height - self.header_height
        return begin, max(0.05, (self.height - begin) / free)

    def seen_y(self, y: float) -> float:
        """Where something in the flow is seen, from the frame's top."""
        begin, share = self._squeeze
        return begin + (y - self.header_height) * share

    def flow_y(self, seen: float) -> float:
        """Where in the flow something is that is seen here."""
        begin, share = self._squeeze
        return self.header_height + (seen - begin) / share

    def set_heading(self, heading: Heading) -> None:
        """Say something else in the header."""
        if heading != self.heading:
            self.heading = heading
            self._texts = static_texts(heading.lines, self.width)
            self.update()

    def fit(self) -> bool:
        """Lay its notes out for its width, take the height they need; whether its size has changed."""
        width = self.box.width if self.box else width_of(self.slot)
        self.flow.shape(columns_in(width), self.header_height)
        return self.resize(width, self.height_needed())

    def height_needed(self) -> float:
        """Enough for its notes, and as much as was asked for; folded, no more than its name."""
        if self.is_folded:
            return float(self.header_height)
        notes = self.flow.bottom + FRAME_PADDING if self.flow.cards else self.header_height + EMPTY_FRAME
        return max(notes, self.box.height if self.box else 0.0)

    def resize(self, width: float, height: float) -> bool:
        """Take this size; whether it is another than before."""
        if (width, height) == (self.width, self.height):
            return False
        self.prepareGeometryChange()
        self.width, self.height = width, height
        return True

    def let_notes_out(self, are_out: bool) -> None:
        """While notes travel to it they lie outside of it: were Qt told otherwise, it would leave traces of them."""
        self.setZValue(0.5 if are_out else 0.0)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemContainsChildrenInShape, not are_out)

    def set_target(self, is_target: bool) -> None:
        """Show that what is dragged would land here, or no more."""
        if is_target != self.is_target:
            self.is_target = is_target
            self.update()

    def part_at(self, point: QPointF) -> Part:
        """What is at a point, from the frame's corner."""
        corner = self.is_theme and not self.is_folded
        if corner and point.x() > self.width - CORNER and point.y() > self.height - CORNER:
            return Part.CORNER
        if point.y() > self.header_height:
            return Part.GROUND
        return Part.MENU if self.is_theme and point.x() > self.width - MENU_WIDTH else Part.HEADER

    def title_rect(self) -> QRectF:
        """Where its name stands, from the frame's corner."""
        return QRectF(TITLE_X - 8, 4, self.width - TITLE_X - 88, self.header_height - 8)

    def boundingRect(self) -> QRectF:
        return QRectF(-2, -2, self.width + 4, self.height + 4)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        exposed: QRectF = option.exposedRect
        self._paint_ground(painter, exposed)
        if exposed.top() < self.header_height:
            self._paint_header(painter)
        if not self.flow.cards and not self.is_folded:
            self._paint_hint(painter)
        if self.is_theme and not self.is_folded and exposed.bottom() > self.height - CORNER:
            self._paint_corner(painter)

    def _paint_ground(self, painter: QPainter, exposed: QRectF) -> None:
        """Corners are drawn whole; between them, where most repaints are, only what is exposed."""
        ground, pen = self._ground()
        if exposed.top() > FRAME_RADIUS and exposed.bottom() < self.height - FRAME_RADIUS:
            self._paint_sides(painter, exposed, ground, pen)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width - 1, self.height - 1), FRAME_RADIUS, FRAME_RADIUS)

    def _ground(self) -> tuple[QColor, QPen]:
        tokens = self._look.tokens
        if self.is_target:
            return tokens.accent_soft, QPen(tokens.accent, 2)
        if self.is_theme:
            return tokens.surface, QPen(tokens.edge if self.is_aside else tokens.line, 1)
        pen = QPen(tokens.edge, 1.5)
        pen.setDashPattern(list(DASHES))
        return tokens.table, pen

    def _paint_sides(self, painter: QPainter, exposed: QRectF, ground: QColor, pen: QPen) -> None:
        """A stretch of the frame without corners; dashes begin where a dash does."""
        room = exposed.intersected(QRectF(0.5, 0, self.width - 1, self.height))
        painter.fillRect(room, ground)
        painter.setPen(pen)
        rhythm = sum(DASHES) * pen.widthF()
        top = room.top() // rhythm * rhythm
        for x in (0.5, self.width - 0.5):
            if exposed.left() <= x + 1 and exposed.right() >= x - 1:
                painter.drawLine(QPointF(x, top), QPointF(x, room.bottom() + rhythm))

    def _paint_header(self, painter: QPainter) -> None:
        look, tokens = self._look, self._look.tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_swatch(painter)
        painter.setPen(tokens.ink)
        painter.setFont(look.title_font)
        top = float((HEADER - TITLE_PITCH) / 2)
        for text in self._texts:
            painter.drawStaticText(QPointF(TITLE_X, top), text)
            top += TITLE_PITCH
        last = QFontMetricsF(look.title_font).horizontalAdvance(self.heading.lines.texts[-1])
        painter.setFont(look.small_font)
        painter.setPen(tokens.ink_2)
        count = QRectF(TITLE_X + last + 9, top - TITLE_PITCH, 80, TITLE_PITCH + 1)
        painter.drawText(count, Qt.AlignmentFlag.AlignVCenter, str(self.count))
        if self.heading.below:
            below = QRectF(10, self.header_height - BELOW - 6, self.width - 20, BELOW)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, self.heading.below)
        self._paint_caps(painter)

    def _paint_swatch(self, painter: QPainter) -> None:
        """The theme's paper with its shape, as on its notes."""
        look, colour = self._look, self.heading.colour
        paper = QRectF(10.5, HEADER / 2 - 7.5, 15, 15)
        painter.setPen(QPen(look.rim, 1))
        painter.setBrush(look.tokens.paper_of(colour))
        painter.drawRoundedRect(paper, 2, 2)
        ink = look.tokens.ink_2 if colour is None else look.tokens.note_ink
        paint_shape(painter, colour, ink, paper.center(), 9)

    def _paint_caps(self, painter: QPainter) -> None:
        look, tokens = self._look, self._look.tokens
        if not self.is_theme:
            return
        painter.setFont(look.cap_font)
        x = self.width - MENU_WIDTH - 6 - len(self.heading.caps) * (CAP + 2)
        for letter in self.heading.caps:
            key = QRectF(x + 0.5, HEADER / 2 - CAP / 2 + 0.5, CAP, CAP - 1)
            painter.setPen(QPen(tokens.edge, 1))
            painter.setBrush(tokens.paper)
            painter.drawRoundedRect(key, 3, 3)
            painter.setPen(tokens.ink)
            painter.drawText(key, Qt.AlignmentFlag.AlignCenter, letter)
            x += CAP + 2
        paint_icon(painter, "more", tokens.ink_2, QRectF(self.width - MENU_WIDTH + 4, HEADER / 2 - 10, 20, 20))

    def _paint_hint(self, painter: QPainter) -> None:
        painter.setFont(self._look.small_font)
        painter.setPen(self._look.tokens.ink_2)
        room = QRectF(0, self.header_height, self.width, EMPTY_FRAME - FRAME_PADDING)
        hint = _("Put notes here") if self.is_theme else _("Every note is in a theme")
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, hint)

    def _paint_corner(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._look.tokens.edge, 1.25))
        for step in (5, 9):
            right, bottom = self.width - 4, self.height - 4
            painter.drawLine(QPointF(right - step, bottom), QPointF(right, bottom - step))
