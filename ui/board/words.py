"""Breaks the words of a note into lines, quickly for plain Latin text and by Qt's own layout for all else."""

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QStaticText, QTextLayout, QTextOption

from core.base.bidi import is_right_to_left
from core.base.ids import PictureHash
from ui.board.sizes import PICTURE_ROOM

PLAIN = re.compile("[\\n -~\u00a0-\u024f\u2010-\u2027\u20ac]*")
"""Text that can be broken at its spaces alone: Latin letters and the signs that go with them."""
WITH_MARKS = re.compile("[\u0590-\u1fff]")
"""Scripts with marks above and below their letters: their lines need more room."""
MOST_LINES = 12
PITCH = 18
TALL_PITCH = 22
"""Pixels from line to line; the second for scripts with marks above and below their letters."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Lines:
    """What stands on a note: its picture, its words, and whether there are more of them."""

    texts: tuple[str, ...]
    is_cut: bool = False
    pitch: int = PITCH
    is_right_to_left: bool = False
    picture: PictureHash | None = None

    @property
    def flags(self) -> int:
        """How QPainter writes one of the lines by itself: on the side where it begins, the way all of them run."""
        right = self.is_right_to_left
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        way = Qt.TextFlag.TextForceRightToLeft if right else Qt.TextFlag.TextForceLeftToRight
        return int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | way)

    @property
    def height(self) -> int:
        """In pixels at 100 %, with the picture above the words."""
        return len(self.texts) * self.pitch + (PICTURE_ROOM if self.picture else 0)


class Breaker:
    """Breaks text into lines of a width. Remembers how wide each word is."""

    def __init__(self, font: QFont, width: float, most: int = MOST_LINES) -> None:
        self.font = font
        self.width = width
        self._most = most
        self._metrics = QFontMetricsF(font)
        self._space = self._metrics.horizontalAdvance(" ")
        self._widths: dict[str, float] = {}

    def lines(self, text: str) -> Lines:
        """The lines of a text, at most `most`."""
        text = text.replace("\t", " ")
        is_plain = PLAIN.fullmatch(text) is not None
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines += (self._quick(paragraph) if is_plain else None) or self._by_layout(paragraph)
            if len(lines) > self._most:
                break
        is_cut = len(lines) > self._most
        if is_cut:
            lines = [*lines[: self._most - 1], self._shortened(lines[self._most - 1])]
        pitch = TALL_PITCH if not is_plain and WITH_MARKS.search(text) else PITCH
        return Lines(tuple(lines), is_cut, pitch, not is_plain and is_right_to_left(text))

    def _shortened(self, line: str) -> str:
        """The line with a sign that there is more."""
        line = line.rstrip()
        while line and self._metrics.horizontalAdvance(line + ELLIPSIS) > self.width:
            line = line[:-1]
        return line + ELLIPSIS

    def _quick(self, paragraph: str) -> list[str] | None:
        """Greedy, at spaces; None where a word is wider than a line."""
        lines: list[str] = []
        line: list[str] = []
        room = self.width
        for word in filter(None, paragraph.split(" ")):
            wide = self._widths.get(word)
            if wide is None:
                wide = self._widths[word] = self._metrics.horizontalAdvance(word)
            if wide > self.width:
                return None
            if line and wide > room:
                lines.append(" ".join(line))
                line, room = [], self.width
            line.append(word)
            room -= wide + self._space
        return [*lines, " ".join(line)]

    def _by_layout(self, paragraph: str) -> list[str]:
        layout = QTextLayout(paragraph, self.font)
        layout.setTextOption(option(is_right_to_left(paragraph), QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere))
        layout.beginLayout()
        lines: list[str] = []
        units = paragraph.encode("utf-16-le")    # Qt counts in these
        while (line := layout.createLine()).isValid() and len(lines) <= self._most:
            line.setLineWidth(self.width)
            start, length = line.textStart(), line.textLength()
            lines.append(units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace").rstrip())
        layout.endLayout()
        return lines or [""]


def option(right_to_left: bool, wrap: QTextOption.WrapMode) -> QTextOption:
    """How Qt lays a text out: in its own direction, whichever way the window runs."""
    made = QTextOption()
    made.setWrapMode(wrap)
    made.setTextDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
    return made


def static_texts(lines: Lines, width: float) -> tuple[QStaticText, ...]:
    """The lines ready to be drawn, as plain text: what people write is never read as markup."""
    how = option(lines.is_right_to_left, QTextOption.WrapMode.NoWrap)
    return tuple(_static(text, how, width) for text in lines.texts)


def _static(text: str, how: QTextOption, width: float) -> QStaticText:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextOption(how)
    made.setTextWidth(width)
    return made
