"""Lays out words for ten metres: fitted in steps, never below 32 units, lines balanced, every script its own way."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextLine, QTextOption

from core.base.bidi import is_right_to_left
from ui.board.words import PLAIN, WITH_MARKS, Breaker, option
from ui.look.theme import font

LEAST = 32.0
"""Units: 1080 of them are the height of a picture, so this is 24 pt on a screen of 1080 lines."""
STEPS = (1.0, 0.84, 0.72)
FURTHER = 0.9
"""What is still too much after the steps gets smaller by this, as far as LEAST."""
PITCH = 1.3
KEPT = 32_768
"""So many heights are remembered: a wall of 20,000 notes is measured once, not again for each that comes."""
SAFE = 2.0
"""So much narrower are the lines of the quick way: never fewer than there will be."""
ENDLESS = 10**6


class Block:
    """Words in lines of a width. Each paragraph runs its own way; its beginning is where its readers look for it."""

    def __init__(self, text: str, size: float, width: float, *, bold: bool = False) -> None:
        self.text, self.size, self.width = text, size, width
        self._font = type_of(size, bold=bold)
        self._paragraphs = [(each, is_right_to_left(each)) for each in text.replace("\t", " ").split("\n")]
        self._layouts = [_laid(each, self._font, width, right_to_left=to_left) for each, to_left in self._paragraphs]
        self.pitch = size * PITCH
        if WITH_MARKS.search(text):
            self.pitch = max([self.pitch, *(line.height() for line, _to_left in self._lines())])

    @property
    def count(self) -> int:
        """How many lines there are."""
        return sum(layout.lineCount() for layout in self._layouts)

    @property
    def height(self) -> float:
        """From the top of the first line to the foot of the last."""
        return self.count * self.pitch

    @property
    def advance(self) -> float:
        """How wide the longest line is."""
        return max((line.naturalTextWidth() for line, _to_left in self._lines()), default=0.0)

    @property
    def begins_right(self) -> bool:
        """Whether its first paragraph is written from right to left."""
        return self._paragraphs[0][1]

    @property
    def breaks_words(self) -> bool:
        """Whether a word is wider than the lines are."""
        metrics = QFontMetricsF(self._font)
        words = (word for paragraph, _to_left in self._paragraphs for word in paragraph.split(" "))
        return any(word.isascii() and metrics.horizontalAdvance(word) > self.width for word in words)

    def balanced(self) -> "Block":
        """The same in lines of much the same length, and no more of them: no last word stands alone."""
        for at, (paragraph, to_left) in enumerate(self._paragraphs):
            if (count := self._layouts[at].lineCount()) > 1:
                self._layouts[at] = _evened(paragraph, self._font, self.width, count, right_to_left=to_left)
        return self

    def draw(self, painter: QPainter, at: QPointF, colour: QColor, lines: slice = slice(None)) -> None:
        """Draw these lines, the first of them with its top here."""
        painter.setPen(colour)
        for number, (line, to_left) in enumerate(list(self._lines())[lines]):
            left = self.width - line.naturalTextWidth() if to_left else 0.0
            down = number * self.pitch + (self.pitch - line.height()) / 2
            line.draw(painter, QPointF(at.x() + left, at.y() + down))

    def _lines(self) -> Iterator[tuple[QTextLine, bool]]:
        for layout, (_paragraph, to_left) in zip(self._layouts, self._paragraphs, strict=True):
            for number in range(layout.lineCount()):
                yield layout.lineAt(number), to_left


def type_of(size: float, *, bold: bool = False) -> QFont:
    """Our type in this size (units), as wide at every scale as at one to one."""
    made = font(float(size), bold=bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def advance(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line is."""
    return QFontMetricsF(type_of(size, bold=bold)).horizontalAdvance(text)


def fitted(
    text: str, size: float, width: float, height: float, *, bold: bool = False, steps: Sequence[float] = STEPS
) -> Block:
    """The largest of the steps that fits, or further ones as far as LEAST; what is still too long is too high."""
    sizes = [size * step for step in steps if size * step >= LEAST]
    while sizes[-1] * FURTHER > LEAST:
        sizes.append(sizes[-1] * FURTHER)
    blocks = (Block(text, each, width, bold=bold) for each in sizes)
    fitting = (block for block in blocks if block.height <= height and not block.breaks_words)
    return (next(fitting, None) or Block(text, LEAST, width, bold=bold)).balanced()


@lru_cache(KEPT)
def height_of(text: str, size: float, width: float) -> float:
    """How high words are, or a line more: quick for plain Latin text, because a wall asks for thousands of notes."""
    if PLAIN.fullmatch(text):
        return len(_breaker(size, width).lines(text).texts) * size * PITCH
    return Block(text, size, width).height


@lru_cache(16)
def _breaker(size: float, width: float) -> Breaker:
    return Breaker(type_of(size), width - SAFE, most=ENDLESS)


def _laid(text: str, made: QFont, width: float, *, right_to_left: bool) -> QTextLayout:
    layout = QTextLayout(text, made)
    layout.setTextOption(option(right_to_left, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere))
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return layout


def _evened(text: str, made: QFont, width: float, count: int, *, right_to_left: bool) -> QTextLayout:
    """Bisects the width for the narrowest lines that are no more than these, which it takes."""
    least, most = width / 2, width
    while most - least > 2:
        middle = (least + most) / 2
        if _laid(text, made, middle, right_to_left=right_to_left).lineCount() > count:
            least = middle
        else:
            most = middle
    return _laid(text, made, most, right_to_left=right_to_left)
