"""The dots of a picture as the screen has them: how many of each colour, and how far those stand out."""

from collections import Counter

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage


def dots_in(picture: QImage, area: QRect, *, down: int = 1, across: int = 1) -> Counter[int]:
    """How many dots of each colour (0xffRRGGBB) a part of a picture has, of those that are so far apart."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    area = area.intersected(plain.rect())
    dots, row = memoryview(plain.constBits()).cast("I"), plain.bytesPerLine() // 4
    found: Counter[int] = Counter()
    for y in range(area.top(), area.bottom() + 1, down):
        found.update(dots[y * row + area.left() : y * row + area.right() + 1 : across])
    return found


def contrast_in(picture: QImage, area: QRect, *, down: int = 1) -> float:
    """From 1 to 21: between the commonest colour of a part of a picture and that which differs from it most."""
    dots = dots_in(picture, area, down=down)
    ground = luminance(max(dots, key=lambda dot: dots[dot]))
    return max(ratio(luminance(dot), ground) for dot in dots)


def luminance(dot: int) -> float:
    """As WCAG 2.2 has it."""
    parts = (((dot >> shift) & 255) / 255 for shift in (16, 8, 0))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: float, other: float) -> float:
    """The contrast of two luminances."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def contrast(one: QColor, other: QColor) -> float:
    """The same of two colours."""
    return ratio(luminance(one.rgb()), luminance(other.rgb()))
