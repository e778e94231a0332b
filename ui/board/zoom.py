"""How large the board is shown: what the desk chooses by itself, and the steps people take."""

from enum import Enum, auto

from PySide6.QtCore import QRectF, QSizeF

FROM_AFAR = 0.35
"""Below this, notes are blocks."""
SMALLEST, LARGEST = 0.02, 3.0
STEP = 1.15
NEARLY = 0.03


class Chosen(Enum):
    """Who chose the zoom, and how it follows the window."""

    ACROSS = auto()    # all frames side by side, as large as they go
    FIT = auto()       # all of the board
    BY_HAND = auto()


def is_overview(zoom: float) -> bool:
    """Whether notes are drawn as blocks. Small words are better than none: they show which note is which."""
    return zoom < FROM_AFAR


def stepped(zoom: float, steps: float) -> float:
    """So many steps larger or smaller, stopping at 100 % on the way."""
    to = min(LARGEST, max(SMALLEST, zoom * STEP**steps))
    return 1.0 if abs(to - 1.0) < NEARLY and to != zoom else to


def to_fit(bounds: QRectF, window: QSizeF) -> float:
    """The zoom that shows all of it, 100 % at most."""
    fits = min(window.width() / max(bounds.width(), 1.0), window.height() / max(bounds.height(), 1.0))
    return min(1.0, max(SMALLEST, fits))
