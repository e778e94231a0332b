"""Our line icons (resources/icons), drawn in any colour at any size."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.domain.terms import Mode

FOLDER = Path(__file__).parents[2] / "resources" / "icons"
SIZE = 20
MODE_ICONS = {
    Mode.ROOM: "phone",
    Mode.REMOTE: "house",
    Mode.PAPER: "sheet",
    Mode.SCRIBE: "pencil",
    Mode.IMPORTED: "tray",
}


@cache
def renderer(name: str, colour: str) -> QSvgRenderer:
    """An icon ready to be drawn; `colour` as #RRGGBB."""
    drawing = (FOLDER / f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode())
    return QSvgRenderer(QByteArray(drawing))


def paint_icon(painter: QPainter, name: str, colour: QColor, rect: QRectF) -> None:
    """Draw an icon into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer(name, colour.name()).render(painter, rect)
    painter.restore()


def pixmap(name: str, colour: QColor, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of size x size device-independent pixels."""
    image = QImage(round(size * ratio), round(size * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_icon(painter, name, colour, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


def app_icon() -> QIcon:
    """The mark on its yellow paper."""
    ink = QColor("#1D2433")
    icon = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        icon.addPixmap(pixmap("mark", ink, size))
    return icon
