"""Rows of words with a number, packed into pages: results, questions that wait, pledges, themes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from core.base.language import _
from ui.projector.canvas import SIDE, STRIP, Canvas
from ui.projector.text import Block, fitted

HEADING = 64.0
TEXT, NUMBER, APART, PLACE = 36.0, 60.0, 32.0, 44.0
PAD = 16.0
PLACES, NUMBERS = 64.0, 150.0
BAR = 30.0
TOP, LEAST_BELOW, BELOW = 28.0, 122.0, 68.0

PaintBar = Callable[[Canvas, float, float, float], None]
"""Draws a bar from left to right at a height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Words with what stands to their sides; `lines` of them, where a page does not hold all."""

    key: str
    words: Block
    place: str = ""
    number: str = ""
    apart: str = ""
    bar: PaintBar | None = None
    lines: tuple[int, int] = (0, 10**6)

    @property
    def height(self) -> float:
        """With the room around it."""
        high = self.count * self.words.pitch + (BAR + 8 if self.bar else 0)
        return max(high, NUMBER * 1.3 + (APART * 1.3 if self.apart else 0)) + 2 * PAD

    @property
    def count(self) -> int:
        """How many lines of the words stand here."""
        return len(range(self.words.count)[slice(*self.lines)])

    def paint(self, canvas: Canvas, top: float) -> None:
        """Draw it."""
        colours, right = canvas.colours, canvas.width - SIDE
        left = SIDE + (PLACES if self.place else 0)
        if self.place:
            block = Block(self.place, PLACE, PLACES, bold=True)
            canvas.put(block, SIDE, top + (self.height - block.height) / 2, colours.ink_2)
        at = canvas.put(self.words, left, top + PAD, colours.ink, slice(*self.lines))
        if self.bar is not None:
            self.bar(canvas, left, right - NUMBERS - 24, at + 8)
        self._paint_number(canvas, top, right)

    def _paint_number(self, canvas: Canvas, top: float, right: float) -> None:
        blocks = [Block(self.number, NUMBER, canvas.width, bold=True)] if self.number else []
        blocks += [Block(self.apart, APART, canvas.width)] if self.apart else []
        at = top + (self.height - sum(block.height for block in blocks)) / 2
        for block in blocks:
            canvas.put_right(block, right, at, canvas.colours.ink)
            at += block.height


def words_width(width: float, *, place: bool, number: bool) -> float:
    """How wide the words of a row may be."""
    return width - 2 * SIDE - (PLACES if place else 0) - (NUMBERS + 24 if number else 0)


def packed(rows: Iterable[Row], room: float) -> list[list[Row]]:
    """The rows on pages; one that no page holds goes on over several."""
    pages: list[list[Row]] = [[]]
    for row in rows:
        for part in _parts(row, room):
            if pages[-1] and sum(each.height for each in pages[-1]) + part.height > room:
                pages.append([])
            pages[-1].append(part)
    return pages


def _parts(row: Row, room: float) -> list[Row]:
    most = max(1, int((room - 2 * PAD - BAR - 8) / row.words.pitch))
    if row.words.count <= most:
        return [row]
    starts = range(0, row.words.count, most)
    return [replace(row, key=f"{row.key} {start}", lines=(start, start + most)) for start in starts]


class ListView:
    """A heading, a line below it, and rows on as many pages as they need."""

    def __init__(
        self, heading: str, rows: Iterable[Row], width: float, height: float, *, empty: str, aside: str = ""
    ) -> None:
        self._heading, self._empty, self._aside = heading, empty, aside
        self._above = fitted(heading, HEADING, width - 2 * SIDE, 90, bold=True)
        self.below_heading = max(LEAST_BELOW, TOP + self._above.height)
        self._first = self.below_heading + BELOW
        self._pages = packed(rows, height - STRIP - self._first)
        self.keys = [page[0].key if page else "" for page in self._pages]

    def paint(self, canvas: Canvas, page: int) -> None:
        """The heading and the rows of this page."""
        colours, room = canvas.colours, canvas.width - 2 * SIDE
        canvas.put(self._above, SIDE, TOP, colours.ink)
        self.paint_below_heading(canvas)
        canvas.rule(self._first - 12, colours.line)
        at = self._first
        for number, row in enumerate(self._pages[page]):
            if number:
                canvas.rule(at, colours.line)
            row.paint(canvas, at)
            at += row.height
        if not self._pages[page]:
            canvas.put(fitted(self._empty, 60, room, canvas.foot - at - 60), SIDE, at + 40, colours.ink)

    def paint_below_heading(self, canvas: Canvas) -> None:
        """The line below the heading."""

    def aside(self, page: int) -> str:
        """Which page of how many."""
        return page_words(page, len(self._pages)) or self._aside

    def words(self, page: int) -> str:
        """The heading and what stands below it: each row with its number."""
        rows = [" ".join(filter(None, (row.words.text, row.number))) for row in self._pages[page]]
        return f"{self._heading.rstrip('.')}. {'. '.join(rows) or self._empty}"


def page_words(page: int, of: int) -> str:
    """Which page it is; empty for the only one."""
    return _("Page {n} of {all}").format(n=page + 1, all=of) if of > 1 else ""
