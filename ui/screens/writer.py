"""Writes the words of a projector's picture, whatever its size: 1080 units high, never too small, never cut."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ui.look.theme import font

UNIT = 1080.0
"""Sizes are pixels on a picture 1080 high; the window scales them by its own height."""
SMALLEST = 32.0
LINE = 1.3


class Writer:
    """Writes into a column; a line too wide for it gets smaller, and what is still too wide goes on below."""

    def __init__(
        self, painter: QPainter, left: float, room: float, scale: float, *, middle: bool = False
    ) -> None:
        self._painter, self.left, self._room, self._scale = painter, left, room, scale
        self._is_middle = middle

    @property
    def right(self) -> float:
        """Where the column ends, in pixels of the window."""
        return self.left + self._room

    def inside(self, left: float, right: float) -> "Writer":
        """A column within this one, so much narrower at its sides."""
        return Writer(self._painter, self.left + left, self._room - left - right, self._scale)

    def write(
        self,
        words: str,
        size: float,
        baseline: float,
        colour: QColor,
        *,
        bold: bool = False,
        spacing: float = 0,
    ) -> None:
        """One line, its feet on the baseline. Only a title may be so long that its end is left out."""
        made = self._fitting(words, size, bold=bold, spacing=spacing)
        fitting = QFontMetricsF(made).elidedText(words, Qt.TextElideMode.ElideRight, self._room + 1)
        self._put(fitting, made, baseline, colour)

    def write_lines(
        self, words: str, size: float, baseline: float, colour: QColor, *, bold: bool = False
    ) -> float:
        """As many lines as it takes, broken between words; returns the baseline of a line below."""
        made = self._font(size, bold=bold)
        for line in balanced(words.split(), QFontMetricsF(made), self._room, " "):
            self._put(line, made, baseline, colour)
            baseline += size * LINE
        return baseline

    def write_whole(
        self,
        signs: str,
        size: float,
        baseline: float,
        colour: QColor,
        *,
        lines: int,
        least: float = SMALLEST,
        upwards: bool = False,
    ) -> float:
        """What must be copied sign by sign: smaller where it is long, then broken anywhere into so many lines, and
        smaller still where even that is too little. The baseline is that of the first line, or with `upwards` of the
        last. Returns the baseline of a line below."""
        made = self._whole(signs, size, lines, least)
        step = made.pixelSize() / self._scale * LINE
        found = balanced(list(signs), QFontMetricsF(made), self._room, "")
        baseline -= step * (len(found) - 1) if upwards else 0
        for line in found:
            self._put(line, made, baseline, colour)
            baseline += step
        return baseline

    def write_labelled(
        self, label: str, signs: str, size: float, baseline: float, quiet: QColor, colour: QColor
    ) -> float:
        """A label and what must be copied sign by sign, on one line where there is room, else below. Returns the
        baseline of a line below."""
        made, bold = self._font(size, bold=False), self._font(size, bold=True)
        taken = QFontMetricsF(made).horizontalAdvance(label + "  ")
        self._put(label, made, baseline, quiet)
        if taken + QFontMetricsF(bold).horizontalAdvance(signs) > self._room:
            return self.write_whole(signs, size, baseline + size * LINE, colour, lines=2)
        self.inside(taken, 0)._put(signs, bold, baseline, colour)
        return baseline + size * LINE

    def rule(self, at: float, colour: QColor) -> None:
        """A thin line across."""
        self._painter.setPen(QPen(colour, max(1.0, 2 * self._scale)))
        y = at * self._scale
        self._painter.drawLine(QPointF(self.left, y), QPointF(self.left + self._room, y))

    def _put(self, words: str, made: QFont, baseline: float, colour: QColor) -> None:
        self._painter.setFont(made)
        self._painter.setPen(colour)
        spare = self._room - QFontMetricsF(made).horizontalAdvance(words) if self._is_middle else 0
        self._painter.drawText(QPointF(self.left + spare / 2, baseline * self._scale), words)

    def _font(self, size: float, *, bold: bool) -> QFont:
        return font(float(max(1, round(size * self._scale))), bold=bold)

    def _whole(self, signs: str, size: float, lines: int, least: float) -> QFont:
        made = self._fitting(signs, size, bold=True, least=least)
        while len(broken(list(signs), QFontMetricsF(made), self._room, "")) > lines and made.pixelSize() > 1:
            made.setPixelSize(made.pixelSize() - 1)
        return made

    def _fitting(
        self, words: str, size: float, *, bold: bool, spacing: float = 0, least: float = SMALLEST
    ) -> QFont:
        while True:
            made = self._font(size, bold=bold)
            if spacing:
                made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * self._scale)
            if size <= least or QFontMetricsF(made).horizontalAdvance(words) <= self._room:
                return made
            size -= 2


def broken(parts: list[str], metrics: QFontMetricsF, room: float, between: str) -> list[str]:
    """The lines that these parts fill; a part that is wider than the room has a line of its own."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{between}{part}" if lines else part
        if lines and metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def balanced(parts: list[str], metrics: QFontMetricsF, room: float, between: str) -> list[str]:
    """No more lines than it takes, and these of much the same length: no last word stands alone."""
    needed = len(broken(parts, metrics, room, between))
    least, most = room / 2, room
    while most - least > 1:
        middle = (least + most) / 2
        if len(broken(parts, metrics, middle, between)) > needed:
            least = middle
        else:
            most = middle
    return broken(parts, metrics, most, between)
