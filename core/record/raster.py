"""board.png: the picture of the board as pixels, drawn by Qt in the process that makes the record."""

import os
from functools import cache

from core.base.errors import WorkshopError
from core.base.fonts import FACES
from core.base.language import _

MOST = 40_000_000
"""No picture has more pixels; a larger board is drawn smaller."""
SHARP = 1.5


class NoPictures(WorkshopError):
    """What draws pixels is not installed; the same picture can be had as lines."""

    def __init__(self) -> None:
        super().__init__(
            _("This computer cannot draw the board as a PNG: PySide6 is not installed."),
            _("Take board.svg: every browser opens it."),
        )


def make_png(svg: bytes, sharp: float = SHARP) -> bytes:
    """The SVG as a PNG, `sharp` times as large. Raises NoPictures."""
    ready()
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(svg))
    size = renderer.defaultSize()
    scale = min(sharp, (MOST / max(1, size.width() * size.height())) ** 0.5)
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(kept, "PNG")    # type: ignore[call-overload]  # the stubs want bytes for the name of the format
    return bytes(kept.data().data())


def ready() -> None:
    """Let Qt be there, without a screen where nobody gave it one, and with our fonts. Raises NoPictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtSvg import QSvgRenderer  # noqa: F401 - whether it is there
    except ImportError as error:
        raise NoPictures from error
    if QGuiApplication.instance() is None:
        _kept.append(QGuiApplication([]))
    _with_fonts()


_kept: list[object] = []
"""The application, which Qt wants to live as long as the process."""


@cache
def _with_fonts() -> None:
    from PySide6.QtGui import QFontDatabase

    for face in FACES:
        QFontDatabase.addApplicationFont(str(face.file))
