"""Draws a view and watches where words come: how large, on what, whether inside the picture and clear of each other."""

from dataclasses import dataclass, field
from itertools import combinations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from core.base.ids import PictureHash
from core.base.join import qr_matrix
from tests.ui.dots import contrast_in
from ui.look.theme import Scheme, tokens
from ui.projector.canvas import Canvas, Drawn, size_in_units
from ui.projector.shown import ProjectorView
from ui.projector.strip import Way, paint_strip
from ui.projector.text import Block
from ui.projector.views.laid import laid

URL = "HTTP://192.168.4.12:8000/HKW735"
WAY = Way("http://192.168.4.12:8000", "HKW735", qr_matrix(URL))
LEFT = 220


@dataclass(frozen=True, slots=True)
class Written:
    """Some lines of words, and where they were drawn (units)."""

    block: Block
    lines: range
    box: QRectF


@dataclass(frozen=True, slots=True)
class Watching(Canvas):
    """Draws as the stage does."""

    written: list[Written] = field(default_factory=list)

    def put(self, block: Block, x: float, y: float, colour: QColor, lines: slice = slice(None)) -> float:
        below = Canvas.put(self, block, x, y, colour, lines)
        numbers = range(block.count)[lines]
        wide = block.width if block.begins_right else min(block.advance, block.width)
        left = x + block.width - block.advance if block.begins_right else x
        box = QRectF(left, y, min(wide, block.advance), below - y)
        if block.advance:
            self.written.append(Written(block, numbers, box))
        return below

    def put_right(self, block: Block, right: float, y: float, colour: QColor) -> None:
        Canvas.put_right(self, block, right, y, colour)
        box = QRectF(right - block.advance, y, block.advance, block.height)
        self.written.append(Written(block, range(block.count), box))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page as it came out."""

    image: QImage
    written: list[Written]
    drawn: Drawn
    scale: float

    def contrast(self, written: Written) -> float:
        """Between the words and what they stand on, as the dots on the screen have it."""
        box = QRectF(written.box.topLeft() * self.scale, written.box.size() * self.scale).toAlignedRect()
        return contrast_in(self.image, box, down=2)

    def faults(self) -> list[str]:
        """What is too small, outside of the picture, or drawn over something else."""
        width, height, _scale = size_in_units(self.image.width(), self.image.height())
        room = QRectF(0, 0, width, height).adjusted(-1, -1, 1, 1)
        found = [f"too small: {each.block.text}" for each in self.written if each.block.size < 32]
        found += [f"outside: {each.block.text} {each.box}" for each in self.written if not room.contains(each.box)]
        for one, other in combinations(self.written, 2):
            shared = one.box.intersected(other.box)
            if shared.width() > 1 and shared.height() > 8:
                found.append(f"over each other: {one.block.text} / {other.block.text}")
        return found


def draw(
    view: ProjectorView, page: int = 0, *, size: tuple[int, int] = (1920, 1080), scheme: Scheme = Scheme.LIGHT,
    left: int = LEFT, picture: QImage | None = None,
) -> Drawing:  # fmt: skip
    """A page of a view, with the strip."""
    width, height, _scale = size_in_units(*size)
    return painted(laid(view, width, height), page, size=size, scheme=scheme, left=left, picture=picture)


def painted(
    drawn: Drawn, page: int = 0, *, size: tuple[int, int] = (1920, 1080), scheme: Scheme = Scheme.LIGHT,
    left: int = LEFT, picture: QImage | None = None,
) -> Drawing:  # fmt: skip
    """A page of a view that was laid out for this size, with the strip."""
    colours, (width, height, scale) = tokens(scheme), size_in_units(*size)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(colours.paper)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)

    def found(_digest: PictureHash) -> QImage | None:
        return picture

    canvas = Watching(painter, width, height, colours, left, found)
    drawn.paint(canvas, page)
    paint_strip(canvas, WAY, drawn.aside(page))
    painter.end()
    return Drawing(image, canvas.written, drawn, scale)
