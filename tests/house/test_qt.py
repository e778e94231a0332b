"""The Qt we pin does not lose references to None (6.12.0 did, and ended Python 3.11 after 5,000 calls)."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

CALLS = 20_000
MOST_LOST = 100


@contextmanager
def nothing_else_let_go() -> Iterator[None]:
    """What other tests left for the collector holds references to None too: take it away first."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def test_painting_does_not_use_up_none(qtbot: QtBot) -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    colour = QColor("red")
    with nothing_else_let_go():
        before = sys.getrefcount(None)
        for _ in range(CALLS // 4):
            painter.save()
            painter.setPen(colour)
            painter.drawRect(0, 0, 4, 4)
            painter.restore()
        lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < MOST_LOST
