"""The paper: drawing on ReportLab's canvas in points from the top left. Text, lines and curves are written as PDF
operators, several times faster than by the canvas's own means: a record of 5,000 notes is a matter of seconds."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import LinkAnnotation
from reportlab.pdfgen.canvas import Canvas

from core.base.pictures import Picture
from core.domain.terms import Mode
from core.record import shapes
from core.record.page.faces import face_of
from core.record.page.lines import Line, Part, goes_on, rows_of
from core.record.page.marked import Marked
from core.record.page.strokes import (
    CLOSED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Corners,
    Pen,
    at,
    box_of,
    drawing_of,
    edge_of,
    fill,
    moved,
    operators,
    runs_of,
    shape_of,
    stroke,
)
from core.record.page.tagging import Tag, Tree
from core.record.page.typeset import BOX, Run, Style, Typesetter, one_line
from core.record.palette import LIGHT, Look, Shape

QUIET_ZONE = 4
Squares = Sequence[Sequence[bool]]
PRINTED = 4
"""A link that is there on paper, too, as far as its page is."""
CLOSE = 0.5    # thousandths of the size
rl_config.useA85 = 0    # bytes as they are: a quarter smaller, and half the time


class Sheet(Marked):
    """One document being drawn, a page after the other. In a language that runs from right to left it is mirrored."""

    def __init__(self, canvas: Canvas, typesetter: Typesetter, tree: Tree, scale: float = 1.0) -> None:
        super().__init__(canvas, tree, scale, typesetter.from_right)
        self._typesetter = typesetter
        self._links = 0
        self._fonts: dict[tuple[bool, int], str] = {}

    def lines(self, x: float, top: float, lines: tuple[str, ...], style: Style) -> float:
        """Lines under each other; where the next one would begin."""
        if self._is_loose:
            with self.tagged(Tag("P")):
                return self.lines(x, top, lines, style)
        for line in (self._typesetter.line(each, style.bold) for each in lines):
            rows, indent = (line.rows, line.indent) if isinstance(line, Line) else (1, 0.0)
            self._text(x + indent, baseline_in(top, style, rows), line, style)
            top += style.leading * rows
        return top

    def lines_right(self, right: float, top: float, lines: tuple[str, ...], style: Style) -> None:
        """Lines under each other that end at `right`."""
        for line in (self._typesetter.line(each, style.bold) for each in lines):
            left = right - self._typesetter.width(line, style)
            self._text(left, baseline_in(top, style, rows_of(line)), line, style)
            top += style.leading * rows_of(line)

    def text(self, x: float, baseline: float, text: str, style: Style) -> None:
        """One line, its signs exactly as they are: nothing in them is ever read as markup."""
        line = self._typesetter.line(text, style.bold)
        self._text(x + (line.indent if isinstance(line, Line) else 0.0), baseline, line, style)

    def _text(self, x: float, baseline: float, line: str, style: Style) -> None:
        if self._is_loose:
            with self.tagged(Tag("P")):
                return self._text(x, baseline, line, style)
        if self._from_right:
            x = self._at(x, self._typesetter.width(line, style))
        if isinstance(line, Line) and line.parts:
            for number, part in enumerate(line.parts, 1):
                self._part(x, baseline, part, style, ends=number == len(line.parts) and not line.goes_on)
        elif line:
            self._plain(x, baseline, line, style)
        return None

    def _plain(self, x: float, baseline: float, line: str, style: Style) -> None:
        """Letters side by side, apart from what was before them in the same part."""
        if not self._enter(self._owner()):
            self._part_words()
        for run in self._typesetter.runs(line):
            if run.boxes:
                self._boxes(x, baseline, run, style)
            else:
                self._enter(self._owner())
                self._drawn(x, baseline, run.text, style)
            x += self._typesetter.width(run.text, style)
        self._ends_with = "" if goes_on(line) else f"{self._font(style)} {style.size:g} Tf <20> Tj"

    def _part(self, x: float, baseline: float, part: Part, style: Style, *, ends: bool) -> None:
        text = part.text + " " if ends and not part.text.endswith(" ") else part.text
        with self._span(text, part.language):
            if part.signs:
                self._signs(x, baseline, part, style)
            else:
                self._drawn(x, baseline, part.text, style)

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
        self._shape(fill(LIGHT["ink"]), operators(shapes.outline(Shape.CIRCLE, self._at(x), y, radius)), "f")

    def rule(self, x: float, y: float, width: float, colour: str, thick: float = 0.75) -> None:
        """A straight line across."""
        x = self._at(x, width)
        self._shape(stroke(colour, thick), f"{at(x, y)} m {at(x + width, y)} l S")

    def box(
        self, x: float, y: float, width: float, height: float, ground: str, edge: Pen | str | None = None, *,
        radius: float = 3.0, ends: Corners = CLOSED,
    ) -> None:  # fmt: skip
        """A box with round corners; an open end has neither corners nor a line."""
        x = self._at(x, width)
        move, outline = moved(x, y), box_of(width, height, radius if ends == CLOSED else 0.0)
        pen = Pen(edge) if isinstance(edge, str) else edge
        if pen is None:
            self._shape(fill(ground), move, outline, "f Q")
        elif ends == CLOSED:
            self._shape(fill(ground), stroke(*pen), move, outline, "b Q")
        else:
            self._shape(fill(ground), move, outline, "f Q")
            self._open_edge((x, y, width, height), pen, ends)

    def chip(self, x: float, y: float, size: float, look: Look, *, own: bool = False) -> None:
        """A note as a little square: the tint of its theme, and its shape; an own note's with a thick line."""
        pen = Pen(LIGHT["ink"], max(1.2, size / 12)) if own else Pen(edge_of(look))
        self.box(x, y, size, size, LIGHT[look.tint], pen, radius=min(1.5, size / 8))
        self.shape(x + size / 2, y + size / 2, size * 0.17, look)

    def shape(self, x: float, y: float, radius: float, look: Look) -> None:
        """A theme's shape around a point."""
        move, outline = moved(self._at(x), y), shape_of(look.shape, radius)
        if look.hollow or look.shape is Shape.RING:
            self._shape(stroke(LIGHT["ink"], max(0.5, radius * 0.4)), move, outline, "s Q")
        else:
            self._shape(fill(LIGHT["ink"]), move, outline, "f Q")

    def icon(self, x: float, y: float, size: float, mode: Mode, colour: str) -> None:
        """How a note came, as a line icon with its top left corner here."""
        self.strokes(x, y, size, shapes.ICONS[mode], colour)

    def strokes(self, x: float, y: float, size: float, lines: tuple[shapes.Points, ...], colour: str) -> None:
        """A line drawing with its top left corner here."""
        thick = 1.75 * size / shapes.ICON_GRID
        self._shape(moved(self._at(x, size), y), "1 J 1 j", stroke(colour, thick), drawing_of(lines, size), "S Q")

    def picture(self, x: float, y: float, width: float, height: float, picture: Picture, says: str) -> None:
        """A picture with its top left corner here, and what is read aloud in its place. A JPEG goes in as it is."""
        with self.figure(Tag("Figure", says=says), x, y, width, height):
            self._shape()
            left, low = self._at(x, width), PAGE_HEIGHT - y - height
            self._canvas.drawImage(ImageReader(BytesIO(picture.data)), left, low, width, height)

    def squares(self, x: float, y: float, size: float, rows: Squares, says: str) -> None:
        """A QR code, its quiet zone of four squares inside `size`, and what is read aloud in its place."""
        side = size / (len(rows) + 2 * QUIET_ZONE)
        with self.figure(Tag("Figure", says=says), x, y, size, size):
            self._shape(fill("#000000"))
            begin = self._at(x, size)
            for down, row in enumerate(rows, QUIET_ZONE):
                for across, length in runs_of(row):
                    left, bottom = begin + (across + QUIET_ZONE) * side, y + (down + 1) * side
                    self._shape(f"{at(left, bottom)} {length * side:.3f} {side:.3f} re")
            self._shape("f")

    def dashed(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Where to fold or cut."""
        begin, end = at(self._at(x1), y1), at(self._at(x2), y2)
        self._shape("q [4 3] 0 d", stroke(LIGHT["ink-3"], 1.13), f"{begin} m {end} l S Q")

    @contextmanager
    def turned(self) -> Iterator[None]:
        """What is drawn meanwhile stands on its head, turned about the middle of the page."""
        self._leave()
        self._put(f"q -1 0 0 -1 {PAGE_WIDTH:.3f} {PAGE_HEIGHT:.3f} cm")
        yield
        self._leave()
        self._put("Q")

    def mark(self, x: float, y: float, size: float, colour: str) -> None:
        """Sayback's mark."""
        self._shape(fill(colour), operators(shapes.mark(self._at(x, size), y, size)), "f")

    def bookmark(self, level: int, title: str, top: float) -> None:
        """A line in the reader's table of contents, from 0; a `link` may lead here."""
        name = place_name(self._canvas.getPageNumber(), top)
        self._canvas.bookmarkHorizontalAbsolute(name, PAGE_HEIGHT - top)
        self._canvas.addOutlineEntry(one_line(title), name, level)

    def link(self, area: tuple[float, float, float, float], title: str, place: tuple[int, float]) -> None:
        """Make an area (left, top, width, height) lead to the heading at this height of a page. Belongs to the tag."""
        x, y, width, height = area
        left, low = self._at(x, width), PAGE_HEIGHT - y - height
        self._links += 1
        name = f"Link{self._links}"
        key = self._tree.link(self._owner(), f"Annot.{name}")
        leads = LinkAnnotation(
            [left, low, left + width, low + height], one_line(title),
            self._canvas._bookmarkReference(place_name(*place)),  # type: ignore[attr-defined]
            "[0 0 0]", StructParent=key, F=PRINTED,
        )  # fmt: skip
        self._canvas._addAnnotation(leads, name)  # type: ignore[attr-defined]

    def _font(self, style: Style, subset: int = 0) -> str:
        known = self._fonts.get((style.bold, subset))
        if known is None:
            known = self._typesetter.faces[style.bold].getSubsetInternalName(subset, self._document)
            self._fonts[style.bold, subset] = known
        return known

    def _drawn(self, x: float, baseline: float, text: str, style: Style) -> None:
        begin = f"BT {fill(style.colour)} 1 0 0 1 {at(x, baseline)} Tm"
        if text.isascii():    # these are the codes of the first 256 glyphs, and most of what is written
            self._put(begin, f"{self._font(style)} {style.size:g} Tf <{text.encode().hex()}> Tj", "ET")
            return
        pieces = (
            f"{self._font(style, subset)} {style.size:g} Tf <{codes.hex()}> Tj"
            for subset, codes in self._typesetter.faces[style.bold].splitString(text, self._document)
        )
        self._put(begin, *pieces, "ET")

    def _signs(self, x: float, baseline: float, part: Part, style: Style) -> None:
        """Glyphs where Qt put them: the pen goes on by the width of each, and is moved where that is not the place."""
        size, pen, rise, font = style.size, 0.0, 0.0, ""
        code = [f"BT {fill(style.colour)} 1 0 0 1 {at(x, baseline)} Tm"]
        for name, signs, right, up, end in part.signs:
            face = face_of(name)
            if up != rise:
                rise = up
                code.append(f"{up * size / 1000:.2f} Ts")
            for subset, codes in face.splitString(signs, self._document):
                wanted = face.getSubsetInternalName(subset, self._document)
                if wanted != font:
                    font = wanted
                    code.append(f"{font} {size:g} Tf")
                moved = pen - right
                code.append(f"[{moved:.0f} <{codes.hex()}>] TJ" if abs(moved) > CLOSE else f"<{codes.hex()}> Tj")
                pen = right
            pen = end
        self._put(*code, *(["0 Ts"] if rise else []), "ET")

    def _boxes(self, x: float, baseline: float, run: Run, style: Style) -> None:
        """A box for each sign the fonts do not have. The signs themselves go along for programs that copy or read
        aloud; some of these turn letters round that run from right to left."""
        wide, edge, tall = BOX * style.size / 1000, 0.1 * style.size, 0.7 * style.size
        with self._span(run.text):
            self._put(stroke(style.colour, 0.06 * style.size))
            for place in range(run.boxes):
                self._put(f"{at(x + place * wide + edge, baseline)} {wide - 2 * edge:.2f} {tall:.2f} re S")
            self._drawn(x, baseline, " " * run.boxes, style)    # readers hang the words on signs, not on lines

    def _open_edge(self, area: tuple[float, float, float, float], pen: Pen, ends: Corners) -> None:
        x, y, width, height = area
        right, bottom = x + width, y + height
        sides = [(x, y, x, bottom), (right, y, right, bottom)]
        sides += [(x, level, right, level) for shut, level in zip(ends, (y, bottom), strict=True) if shut]
        self._shape(stroke(*pen), *(f"{at(x1, y1)} m {at(x2, y2)} l S" for x1, y1, x2, y2 in sides))


def place_name(page: int, top: float) -> str:
    """What a heading is called, so that links find it."""
    return f"part-{page}-{round(top)}"


def baseline_in(top: float, style: Style, rows: int = 1) -> float:
    """Where a line of this style stands when its line height begins at `top` (Noto Sans: 1.069 up, 0.293 down)."""
    return top + (rows * style.leading + (1.069 - 0.293) * style.size) / 2
