"""What the views are drawn on: a picture 1080 units high, whatever the window's size, and what every view needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from core.base.ids import PictureHash
from ui.look.theme import Tokens
from ui.projector.text import Block

HIGH = 1080.0
NARROWEST = 1280.0
WIDE = 1500.0
"""Narrower than this is an old projector, 4 by 3."""
STRIP = 104.0
SIDE = 96.0
TOP = 48.0


@dataclass(frozen=True, slots=True)
class Canvas:
    """A painter in units. `left` are the seconds of the countdown, `picture` gives what has been read already."""

    painter: QPainter
    width: float
    height: float
    colours: Tokens
    left: int
    picture: Callable[[PictureHash], QImage | None]

    @property
    def foot(self) -> float:
        """Where the strip begins."""
        return self.height - STRIP

    def put(self, block: Block, x: float, y: float, colour: QColor, lines: slice = slice(None)) -> float:
        """Draw words with their top left here; where the next thing below goes."""
        block.draw(self.painter, QPointF(x, y), colour, lines)
        return y + len(range(block.count)[lines]) * block.pitch

    def put_right(self, block: Block, right: float, y: float, colour: QColor) -> None:
        """Draw one line that ends here."""
        block.draw(self.painter, QPointF(right - block.advance, y), colour)

    def rule(self, y: float, colour: QColor) -> None:
        """A thin line across, as wide as the words."""
        self.painter.setPen(QPen(colour, 2))
        self.painter.drawLine(QPointF(SIDE, y), QPointF(self.width - SIDE, y))

    def fill(self, box: QRectF, colour: QColor, radius: float = 0.0) -> None:
        """A plain area."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        self.painter.drawRoundedRect(box, radius, radius)

    def track(self, box: QRectF, radius: float = 0.0) -> None:
        """What a bar runs in: an empty frame where a plain area would be as bright as the bar."""
        if not self.colours.is_plain:
            self.fill(box, self.colours.line, radius)
            return
        self.painter.setPen(QPen(self.colours.line, 2))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)


class Drawn(Protocol):
    """A view laid out for a window: so many pages, each with a key by which it is found again when the view changes."""

    @property
    def keys(self) -> list[str]:
        """One for each page."""

    def paint(self, canvas: Canvas, page: int) -> None:
        """Draw a page, all but the strip."""

    def aside(self, page: int) -> str:
        """What stands at the right of the strip."""

    def words(self, page: int) -> str:
        """The page for those who do not see it."""


def size_in_units(width: float, height: float) -> tuple[float, float, float]:
    """How wide and high a window is in units, and how many of its pixels one unit is."""
    scale = max(0.01, min(height / HIGH, width / NARROWEST))
    return width / scale, height / scale, scale
