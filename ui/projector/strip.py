"""The strip at the foot: how to join, always; at the right what goes with the view."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from core.base.language import _
from ui.look.theme import Scheme, tokens
from ui.panes.join_box import Squares, paint_squares, spaced, without_scheme
from ui.projector.canvas import STRIP, Canvas
from ui.projector.text import Block, advance

WORDS, CODE, LEFT = 34.0, 50.0, 30.0
LEAST_WORDS = 32.0
QUIET = 4
WHITE = QColor("#FFFFFF")


@dataclass(frozen=True, slots=True)
class Way:
    """How people come in. Without an address there is no way just now."""

    address: str = ""
    code: str = ""
    squares: Squares = ()


def paint_strip(canvas: Canvas, way: Way, aside: str) -> None:
    """Draw it; the code and the address go before what is at the right."""
    colours, top = canvas.colours, canvas.foot
    canvas.fill(QRectF(0, top, canvas.width, STRIP), colours.surface)
    canvas.fill(QRectF(0, top, canvas.width, 2), colours.edge)
    at = _paint_code(canvas, way.squares) if way.squares else LEFT
    if not way.address:
        canvas.put(Block(_("We are back in a moment."), WORDS, canvas.width), at, top + 28, colours.ink)
    else:
        at = _paint_words(canvas, way, at)
    room = canvas.width - 48 - at - 40
    if aside and advance(aside, LEAST_WORDS) <= room:
        block = Block(aside, WORDS if advance(aside, WORDS) <= room else LEAST_WORDS, canvas.width)
        canvas.put_right(block, canvas.width - 48, top + (STRIP - block.height) / 2, colours.ink)


def _paint_words(canvas: Canvas, way: Way, at: float) -> float:
    address, code = without_scheme(way.address), spaced(way.code)
    long = _("Join in: open {address} and type").format(address=address)
    room = canvas.width - at - advance(code, CODE, bold=True) - 90
    words = long if advance(long, LEAST_WORDS) <= room else address
    size = WORDS if advance(words, WORDS) <= room else LEAST_WORDS
    for text, big, bold in ((words, size, False), (code, CODE, True)):
        block = Block(text, big, canvas.width, bold=bold)
        canvas.put(block, at, canvas.foot + (STRIP - block.height) / 2, canvas.colours.ink)
        at += block.advance + 28
    return at


def _paint_code(canvas: Canvas, squares: Squares) -> float:
    """The QR code: dark on white with its quiet zone, in whole pixels of the window. Where the words begin."""
    painter = canvas.painter
    box = painter.transform().mapRect(QRectF(12, canvas.foot + 2, STRIP - 2, STRIP - 2))
    painter.save()
    painter.resetTransform()
    painter.fillRect(box, WHITE)
    module = int(box.height() / (len(squares) + 2 * QUIET))
    inner = QRectF(0, 0, module * len(squares), module * len(squares))
    inner.moveCenter(box.center())
    paint_squares(painter, squares, inner, tokens(Scheme.LIGHT).ink)
    painter.restore()
    return 12 + STRIP + 16
