"""Pages of a record as pictures, before any file of it is made: drawn as for paper, but as SVG."""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import NamedTuple

from core.base.fonts import FAMILIES
from core.base.pictures import Picture
from core.record import pictures
from core.record.page.lines import Line
from core.record.page.marked import ORNAMENT
from core.record.page.sheet import Sheet
from core.record.page.strokes import PAGE_HEIGHT, PAGE_WIDTH
from core.record.page.tagging import Tag
from core.record.page.typeset import Style, Typesetter
from core.record.pdf import Layout

FAMILY = ",".join([*(f"'{family}'" for family in FAMILIES), "sans-serif"])
STEPS = {"m": "M", "l": "L", "c": "C"}
PAINT = {"f": (True, False), "S": (False, True), "s": (False, True), "b": (True, True)}
"""Which operators fill an outline, and which draw its line."""
WORD = re.compile(r"\[[^\]]*\]|\S+")


class Pictured(NamedTuple):
    """One page: which of how many, its picture, and its words for those who do not see it."""

    page: int
    of: int
    svg: bytes
    says: str


def pictured(layout: Layout, most: int) -> Iterator[Pictured]:
    """The first pages, at most so many."""
    for number, page in enumerate(layout.pages[:most], 1):
        sheet = PictureSheet(layout.setter)
        for block, x, y in page:
            block.draw(sheet, x, y)
        if number > 1:
            pictures.foot(sheet, layout.setter, layout.record.cover.title, (number, len(layout.pages)), layout.foot)
        says = "\n".join(placed.block.says for placed in page if placed.block.says)
        yield Pictured(number, len(layout.pages), sheet.svg(), says)


class PictureSheet(Sheet):
    """One page as SVG. Text is set by what shows the picture, where it would stand on paper."""

    def __init__(self, setter: Typesetter) -> None:
        self._typesetter, self._from_right = setter, setter.from_right
        self._within, self._aside = [Tag("P")], ""
        self._shapes: list[str] = []
        self._fill, self._stroke, self._thick = "#000", "#000", 1.0
        self._places = [""]
        self._path: list[str] = []
        self._numbers: list[str] = []

    def svg(self) -> bytes:
        """The page."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'viewBox="0 0 {PAGE_WIDTH:.2f} {PAGE_HEIGHT:.2f}" width="{PAGE_WIDTH:.0f}" height="{PAGE_HEIGHT:.0f}" '
            f'font-family="{FAMILY}"><rect width="{PAGE_WIDTH:.2f}" height="{PAGE_HEIGHT:.2f}" fill="#FFF"/>'
        )
        return "\n".join([head, *self._shapes, "</svg>"]).encode()

    @contextmanager
    def tagged(self, *tags: Tag) -> Iterator[None]:
        """A picture has no tags."""
        yield

    @contextmanager
    def figure(self, tag: Tag, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """Nor figures."""
        yield

    @contextmanager
    def aside(self, how: str = ORNAMENT) -> Iterator[None]:
        """Nor ornaments."""
        yield

    def bookmark(self, level: int, title: str, top: float) -> None:
        """Nor bookmarks."""

    def link(self, area: tuple[float, float, float, float], title: str, place: tuple[int, float]) -> None:
        """Nor links."""

    def picture(self, x: float, y: float, width: float, height: float, picture: Picture, says: str) -> None:
        """A picture of a note."""
        data = base64.b64encode(picture.data).decode()
        place = f'x="{self._at(x, width):.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
        self._shapes.append(f'<image {place} xlink:href="data:{picture.kind.value};base64,{data}"/>')

    def _text(self, x: float, baseline: float, line: str, style: Style) -> None:
        wide = self._typesetter.width(line, style)
        from_right = isinstance(line, Line) and bool(line.indent) is not self._typesetter.from_right
        left = self._at(x, wide)
        start = f'x="{left + wide:.2f}" text-anchor="end"' if from_right else f'x="{left:.2f}"'
        weight = 700 if style.bold else 400
        look = f'font-size="{style.size:g}" font-weight="{weight}" fill="{style.colour}"'
        self._shapes.append(f'<text {start} y="{baseline:.2f}" {look}>{escape(line)}</text>')

    def _shape(self, *code: str) -> None:
        self._put(*code)

    def _put(self, *code: str) -> None:
        """PDF's operators as SVG's: a path, then how it is painted."""
        for word in WORD.findall(" ".join(code)):
            if not word[0].isalpha():
                self._numbers.append(word)
                continue
            self._do(word)
            self._numbers = []

    def _do(self, operator: str) -> None:
        match operator:
            case "m" | "l" | "c":
                self._path.append(f"{STEPS[operator]}{' '.join(self._numbers)}")
            case "h":
                self._path.append("Z")
            case "w":
                self._thick = float(self._numbers[-1])
            case "rg":
                self._fill = self._colour()
            case "RG":
                self._stroke = self._colour()
            case "q":
                self._places.append(self._places[-1])
            case "Q":
                self._places.pop()
            case "cm":
                self._places[-1] += f" matrix({' '.join(self._numbers)})"
            case "f" | "S" | "s" | "b":
                self._paint(*PAINT[operator])

    def _colour(self) -> str:
        return "#" + "".join(f"{round(float(part) * 255):02X}" for part in self._numbers[-3:])

    def _paint(self, filled: bool, stroked: bool) -> None:
        fill = self._fill if filled else "none"
        line = f' stroke="{self._stroke}" stroke-width="{self._thick:g}"' if stroked else ""
        turn = f'transform="matrix(1 0 0 -1 0 {PAGE_HEIGHT:.3f}){self._places[-1]}"'
        self._shapes.append(f'<path d="{"".join(self._path)}" {turn} fill="{fill}"{line}/>')
        self._path = []
