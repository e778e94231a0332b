"""The countdown in large: digits that people read without effort, and a bar. The last minute is told politely."""

from PySide6.QtCore import QRectF

from core.base.language import _, ngettext
from ui.projector.canvas import SIDE, WIDE, Canvas
from ui.projector.shown import ShownTimer
from ui.projector.text import Block

MINUTE = 60
DIGITS, FEWER = 200.0, 160.0
GAP = 64.0
BAR, LAST_BAR = 20.0, 32.0


def digits(left: int) -> str:
    """Minutes and seconds."""
    minutes, seconds = divmod(left, MINUTE)
    return f"{minutes}:{seconds:02}"


def polite(left: int) -> str:
    """What is said beside the digits at the end; empty before the last minute."""
    if left > MINUTE:
        return ""
    return _("One minute left. No rush.") if left else _("The time is up. You can still finish.")


def in_words(left: int) -> str:
    """The time for those who hear it: whole minutes, the one that has begun counted."""
    minutes = -(-left // MINUTE)
    return polite(left) or ngettext("{n} minute left", "{n} minutes left", minutes).format(n=minutes)


def paint_clock(canvas: Canvas, top: float) -> float:
    """The digits with the bar below, at the left margin; where words beside them begin."""
    size = DIGITS if canvas.width >= WIDE else FEWER
    block = Block(digits(canvas.left), size, canvas.width, bold=True)
    canvas.put(block, SIDE, top, canvas.colours.accent)
    return SIDE + block.advance + GAP


def paint_bar(canvas: Canvas, timer: ShownTimer, middle: float) -> None:
    """How much of the planned time is left; none where nobody planned any."""
    if not timer.of:
        return
    high = LAST_BAR if canvas.left <= MINUTE else BAR
    whole = QRectF(SIDE, middle - high / 2, canvas.width - 2 * SIDE, high)
    canvas.track(whole, high / 2)
    part = QRectF(whole)
    part.setWidth(whole.width() * min(1.0, canvas.left / timer.of))
    if part.width() >= high:
        canvas.fill(part, canvas.colours.accent, high / 2)
