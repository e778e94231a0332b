"""Lines, areas and colours as PDF operators, in points from the top left of a page."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4

from core.record import shapes
from core.record.palette import LIGHT, Look, Shape, mixed
from core.record.shapes import Path

PAGE_WIDTH, PAGE_HEIGHT = A4


class Corners(NamedTuple):
    """Which ends of a box are closed: a card that goes on over the page is open at the cut."""

    top: bool = True
    bottom: bool = True


CLOSED = Corners()


class Pen(NamedTuple):
    """The line around a box."""

    colour: str
    thick: float = 0.75


def runs_of(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark squares stand next to each other: the first, and how many. One box for each leaves no hair lines."""
    at = 0
    for dark, some in groupby(row):
        length = len(list(some))
        if dark:
            yield at, length
        at += length


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


def moved(x: float, y: float) -> str:
    """From here to the next Q this point is where the outlines below begin."""
    return f"q 1 0 0 1 {x:.2f} {-y:.2f} cm"


@cache
def box_of(width: float, height: float, radius: float) -> str:
    """A box with round corners, its top left corner at the top left of the page, to be `moved`."""
    return operators(shapes.round_box(0.0, 0.0, width, height, radius))


@cache
def shape_of(shape: Shape, radius: float) -> str:
    """A theme's shape around the top left of the page, to be `moved`."""
    return operators(shapes.outline(shape, 0.0, 0.0, radius))


@cache
def drawing_of(lines: tuple[shapes.Points, ...], size: float) -> str:
    """A line drawing on the grid of icons, this large, to be `moved`."""
    scale = size / shapes.ICON_GRID
    drawn = (
        " l ".join(at(px * scale, py * scale) for px, py in points).replace(" l ", " m ", 1) + " l"
        for points in lines
    )
    return " ".join(drawn)


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


@cache
def edge_of(look: Look) -> str:
    """The line around a note: its tint, darker; of a white note the grey of other edges."""
    if look.tint == "surface":
        return mixed(LIGHT["line"], LIGHT["ink"], 0.25)
    return mixed(LIGHT[look.tint], LIGHT["ink"], 0.3)
