"""The paper: drawing on ReportLab's canvas in points from the top left. Text, lines and curves are written as PDF
operators, several times faster than by the canvas's own means: a record of 5,000 notes is a matter of seconds."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import NamedTuple

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from core.base.pictures import Picture
from core.domain.terms import Mode
from core.record import shapes
from core.record.palette import LIGHT, Look, Shape, mixed
from core.record.shapes import Path
from core.record.typeset import BOX, Run, Style, Typesetter, one_line

PAGE_WIDTH, PAGE_HEIGHT = A4
QUIET_ZONE = 4
Squares = Sequence[Sequence[bool]]
rl_config.useA85 = 0    # bytes as they are: a quarter smaller, and half the time


class Corners(NamedTuple):
    """Which ends of a box are closed: a card that goes on over the page is open at the cut."""

    top: bool = True
    bottom: bool = True


CLOSED = Corners()


class Pen(NamedTuple):
    """The line around a box."""

    colour: str
    thick: float = 0.75


class Sheet:
    """One document being drawn, a page after the other."""

    def __init__(self, canvas: Canvas, typesetter: Typesetter) -> None:
        self._canvas = canvas
        self._typesetter = typesetter

    def next_page(self) -> None:
        """Finish this page and begin the next."""
        self._canvas.showPage()

    def lines(self, x: float, top: float, lines: tuple[str, ...], style: Style) -> float:
        """Lines under each other; where the next one would begin."""
        for line in lines:
            self.text(x, baseline_in(top, style), line, style)
            top += style.leading
        return top

    def lines_right(self, right: float, top: float, lines: tuple[str, ...], style: Style) -> None:
        """Lines under each other that end at `right`."""
        for line in lines:
            self.text(right - self._typesetter.width(line, style), baseline_in(top, style), line, style)
            top += style.leading

    def text(self, x: float, baseline: float, text: str, style: Style) -> None:
        """One line, its signs exactly as they are: nothing in them is ever read as markup."""
        for run in self._typesetter.runs(text):
            if run.boxes:
                self._boxes(x, baseline, run, style)
            else:
                self._drawn(x, baseline, run.text, style)
            x += self._typesetter.width(run.text, style)

    def text_centre(self, centre: float, baseline: float, text: str, style: Style) -> None:
        """One line around `centre`."""
        self.text(centre - self._typesetter.width(text, style) / 2, baseline, text, style)

    def tile_number(self, x: float, top: float, word: tuple[str, Style], number: tuple[str, Style]) -> None:
        """A large number, with a smaller word before it on the same line where there is one."""
        baseline = baseline_in(top, number[1])
        if word[0]:
            self.text(x, baseline, word[0], word[1])
            x += self._typesetter.width(word[0] + " ", word[1])
        self.text(x, baseline, number[0], number[1])

    def dot(self, x: float, y: float, radius: float) -> None:
        """The dot of a list."""
        self._put(fill(LIGHT["ink"]), operators(shapes.outline(Shape.CIRCLE, x, y, radius)), "f")

    def rule(self, x: float, y: float, width: float, colour: str, thick: float = 0.75) -> None:
        """A straight line across."""
        self._put(stroke(colour, thick), f"{at(x, y)} m {at(x + width, y)} l S")

    def box(
        self, x: float, y: float, width: float, height: float, ground: str, edge: Pen | str | None = None, *,
        radius: float = 3.0, ends: Corners = CLOSED,
    ) -> None:  # fmt: skip
        """A box with round corners; an open end has neither corners nor a line."""
        outline = operators(shapes.round_box(x, y, width, height, radius if ends == CLOSED else 0.0))
        pen = Pen(edge) if isinstance(edge, str) else edge
        if pen is None:
            self._put(fill(ground), outline, "f")
        elif ends == CLOSED:
            self._put(fill(ground), stroke(*pen), outline, "b")
        else:
            self._put(fill(ground), outline, "f")
            self._open_edge((x, y, width, height), pen, ends)

    def chip(self, x: float, y: float, size: float, look: Look, *, own: bool = False) -> None:
        """A note as a little square: the tint of its theme, and its shape; an own note's with a thick line."""
        pen = Pen(LIGHT["ink"], max(1.2, size / 12)) if own else Pen(edge_of(look))
        self.box(x, y, size, size, LIGHT[look.tint], pen, radius=min(1.5, size / 8))
        self.shape(x + size / 2, y + size / 2, size * 0.17, look)

    def shape(self, x: float, y: float, radius: float, look: Look) -> None:
        """A theme's shape around a point."""
        outline = operators(shapes.outline(look.shape, x, y, radius))
        if look.hollow or look.shape is Shape.RING:
            self._put(stroke(LIGHT["ink"], max(0.5, radius * 0.4)), outline, "s")
        else:
            self._put(fill(LIGHT["ink"]), outline, "f")

    def icon(self, x: float, y: float, size: float, mode: Mode, colour: str) -> None:
        """How a note came, as a line icon with its top left corner here."""
        scale = size / shapes.ICON_GRID
        lines = (
            " l ".join(at(x + px * scale, y + py * scale) for px, py in points).replace(" l ", " m ", 1) + " l"
            for points in shapes.ICONS[mode]
        )
        self._put("q 1 J 1 j", stroke(colour, 1.75 * scale), *lines, "S Q")

    def picture(self, x: float, y: float, width: float, height: float, picture: Picture, says: str) -> None:
        """A picture with its top left corner here, and what is read aloud in its place. A JPEG goes in as it is."""
        self._put(f"/Figure <</Alt <{utf_16(says)}>>> BDC")
        self._canvas.drawImage(ImageReader(BytesIO(picture.data)), x, PAGE_HEIGHT - y - height, width, height)
        self._put("EMC")

    def squares(self, x: float, y: float, size: float, rows: Squares, says: str) -> None:
        """A QR code, its quiet zone of four squares inside `size`, and what is read aloud in its place."""
        side = size / (len(rows) + 2 * QUIET_ZONE)
        self._put(f"/Figure <</Alt <{utf_16(says)}>>> BDC", fill("#000000"))
        for down, row in enumerate(rows, QUIET_ZONE):
            for across, length in runs_of(row):
                left, bottom = x + (across + QUIET_ZONE) * side, y + (down + 1) * side
                self._put(f"{at(left, bottom)} {length * side:.3f} {side:.3f} re")
        self._put("f EMC")

    def dashed(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Where to fold or cut."""
        self._put("q [4 3] 0 d", stroke(LIGHT["ink-3"], 1.13), f"{at(x1, y1)} m {at(x2, y2)} l S Q")

    @contextmanager
    def turned(self) -> Iterator[None]:
        """What is drawn meanwhile stands on its head, turned about the middle of the page."""
        self._put(f"q -1 0 0 -1 {PAGE_WIDTH:.3f} {PAGE_HEIGHT:.3f} cm")
        yield
        self._put("Q")

    def mark(self, x: float, y: float, size: float, colour: str) -> None:
        """Sayback's mark."""
        self._put(fill(colour), operators(shapes.mark(x, y, size)), "f")

    def bookmark(self, level: int, title: str, top: float) -> None:
        """A line in the reader's table of contents, from 0; a `link` may lead here."""
        name = place_name(self._canvas.getPageNumber(), top)
        self._canvas.bookmarkHorizontalAbsolute(name, PAGE_HEIGHT - top)
        self._canvas.addOutlineEntry(one_line(title), name, level)

    def link(self, area: tuple[float, float, float, float], title: str, place: tuple[int, float]) -> None:
        """Make an area (left, top, width, height) lead to the heading at this height of a page."""
        x, y, width, height = area
        where = (x, PAGE_HEIGHT - y - height, x + width, PAGE_HEIGHT - y)
        self._canvas.linkAbsolute(one_line(title), place_name(*place), where, Border="[0 0 0]")

    def _put(self, *code: str) -> None:
        self._canvas._code.extend(code)  # type: ignore[attr-defined]

    def _drawn(self, x: float, baseline: float, text: str, style: Style) -> None:
        document = self._canvas._doc  # type: ignore[attr-defined]
        font = self._typesetter.fonts[style.bold]
        pieces = (
            f"{font.getSubsetInternalName(subset, document)} {style.size:g} Tf <{codes.hex()}> Tj"
            for subset, codes in font.splitString(text, document)
        )
        self._put(f"BT {fill(style.colour)} 1 0 0 1 {at(x, baseline)} Tm", *pieces, "ET")

    def _boxes(self, x: float, baseline: float, run: Run, style: Style) -> None:
        """A box for each sign the fonts do not have. The signs themselves go along for programs that copy or read
        aloud; some of these turn letters round that run from right to left."""
        wide, edge, tall = BOX * style.size / 1000, 0.1 * style.size, 0.7 * style.size
        self._put(f"/Span <</ActualText <{utf_16(run.text)}>>> BDC", stroke(style.colour, 0.06 * style.size))
        for place in range(run.boxes):
            self._put(f"{at(x + place * wide + edge, baseline)} {wide - 2 * edge:.2f} {tall:.2f} re S")
        self._drawn(x, baseline, " " * run.boxes, style)    # readers hang the words on signs, not on lines
        self._put("EMC")

    def _open_edge(self, area: tuple[float, float, float, float], pen: Pen, ends: Corners) -> None:
        x, y, width, height = area
        right, bottom = x + width, y + height
        sides = [(x, y, x, bottom), (right, y, right, bottom)]
        sides += [(x, level, right, level) for shut, level in zip(ends, (y, bottom), strict=True) if shut]
        self._put(stroke(*pen), *(f"{at(x1, y1)} m {at(x2, y2)} l S" for x1, y1, x2, y2 in sides))


def runs_of(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark squares stand next to each other: the first, and how many. One box for each leaves no hair lines."""
    at = 0
    for dark, some in groupby(row):
        length = len(list(some))
        if dark:
            yield at, length
        at += length


def utf_16(text: str) -> str:
    """Text as a PDF takes it where no font draws it, in hex."""
    return ("\ufeff" + text).encode("utf-16-be").hex().upper()


def at(x: float, y: float) -> str:
    """A point as a PDF has it, from the bottom left."""
    return f"{x:.2f} {PAGE_HEIGHT - y:.2f}"


def operators(path: Path) -> str:
    """A closed outline as PDF operators, to be painted after them."""
    steps = (
        f"{at(*step.end)} l" if step.handles is None
        else f"{at(*step.handles[0])} {at(*step.handles[1])} {at(*step.end)} c"
        for step in path.steps
    )  # fmt: skip
    return f"{at(*path.start)} m {' '.join(steps)} h"


@cache
def colour_of(colour: str) -> Color:
    """ReportLab's colour for #RRGGBB."""
    return HexColor(colour)


@cache
def channels(colour: str) -> str:
    """The three numbers of a colour as PDF operators take them."""
    return " ".join(f"{part:.3f}" for part in colour_of(colour).rgb())


def fill(colour: str) -> str:
    """From here on areas are filled with this."""
    return f"{channels(colour)} rg"


def stroke(colour: str, thick: float = 0.75) -> str:
    """From here on lines are drawn like this."""
    return f"{channels(colour)} RG {thick:.2f} w"


def place_name(page: int, top: float) -> str:
    """What a heading is called, so that links find it."""
    return f"part-{page}-{round(top)}"


def baseline_in(top: float, style: Style) -> float:
    """Where a line of this style stands when its line height begins at `top` (Noto Sans: 1.069 up, 0.293 down)."""
    return top + (style.leading + (1.069 - 0.293) * style.size) / 2


@cache
def edge_of(look: Look) -> str:
    """The line around a note: its tint, darker; of a white note the grey of other edges."""
    if look.tint == "surface":
        return mixed(LIGHT["line"], LIGHT["ink"], 0.25)
    return mixed(LIGHT[look.tint], LIGHT["ink"], 0.3)
