"""The shapes of themes, the icons of how a note came, and Sayback's mark, as lines and curves on small grids."""

from collections.abc import Iterator
from itertools import pairwise
from math import cos, pi, sin
from typing import NamedTuple

from core.domain.terms import Mode
from core.record.palette import Shape

Point = tuple[float, float]
Points = tuple[Point, ...]
ICON_GRID = 20.0
ROUND = 0.5523
"""How far the handles of a quarter of a circle reach."""

ICONS: dict[Mode, tuple[Points, ...]] = {
    Mode.ROOM: (
        ((6.5, 2), (13.5, 2), (15, 3.5), (15, 16.5), (13.5, 18), (6.5, 18), (5, 16.5), (5, 3.5), (6.5, 2)),
        ((9, 15), (11, 15)),
    ),
    Mode.REMOTE: (
        ((3, 9), (10, 3), (17, 9), (17, 17), (3, 17), (3, 9)),
        ((8, 17), (8, 12), (12, 12), (12, 17)),
    ),
    Mode.PAPER: (
        ((4.5, 2), (12, 2), (15.5, 5.5), (15.5, 18), (4.5, 18), (4.5, 2)),
        ((12, 2), (12, 5.5), (15.5, 5.5)),
        ((7.5, 10), (12.5, 10)),
        ((7.5, 13.5), (12.5, 13.5)),
    ),
    Mode.SCRIBE: (
        ((3, 17), (4, 13), (13.5, 3.5), (16.5, 6.5), (7, 16), (3, 17)),
        ((11.5, 5.5), (14.5, 8.5)),
    ),
    Mode.IMPORTED: (
        ((3, 11), (3, 17), (17, 17), (17, 11)),
        ((10, 3), (10, 12.5)),
        ((6.5, 9), (10, 12.5), (13.5, 9)),
    ),
}
"""Line icons on a grid of 20, as tokens.json names them: phone, house, sheet of paper, pencil, tray with an arrow."""


class Curve(NamedTuple):
    """A step of a path: on to `end`, straight, or bent by two handles."""

    end: Point
    handles: tuple[Point, Point] | None = None


class Path(NamedTuple):
    """One closed outline."""

    start: Point
    steps: tuple[Curve, ...]


def _star() -> Points:
    spikes = ((1.2, 0.5)[step % 2] for step in range(10))
    turns = (-pi / 2 + step * pi / 5 for step in range(10))
    return tuple((cos(turn) * reach, sin(turn) * reach) for turn, reach in zip(turns, spikes, strict=True))


_ARM = 0.36
OUTLINES: dict[Shape, Points] = {
    Shape.SQUARE: ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    Shape.DIAMOND: ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    Shape.TRIANGLE: ((0, -0.95), (1.1, 0.9), (-1.1, 0.9)),
    Shape.STAR: _star(),
    Shape.CROSS: (
        (-_ARM, -1), (_ARM, -1), (_ARM, -_ARM), (1, -_ARM), (1, _ARM), (_ARM, _ARM),
        (_ARM, 1), (-_ARM, 1), (-_ARM, _ARM), (-1, _ARM), (-1, -_ARM), (-_ARM, -_ARM),
    ),
}  # fmt: skip
"""The shapes with corners, around a point, about 1 in size."""


def outline(shape: Shape, x: float, y: float, radius: float) -> Path:
    """A theme's shape around a point."""
    if shape in (Shape.CIRCLE, Shape.RING):
        return round_box(x - radius, y - radius, 2 * radius, 2 * radius, radius)
    first, *others = ((x + dx * radius, y + dy * radius) for dx, dy in OUTLINES[shape])
    return Path(first, tuple(Curve(point) for point in others))


def round_box(x: float, y: float, width: float, height: float, radius: float) -> Path:
    """A box with round corners; with a radius of half its size, a circle."""
    right, bottom, near, far = x + width, y + height, radius, radius * (1 - ROUND)
    return Path(
        (x + near, y),
        (
            Curve((right - near, y)),
            Curve((right, y + near), ((right - far, y), (right, y + far))),
            Curve((right, bottom - near)),
            Curve((right - near, bottom), ((right, bottom - far), (right - far, bottom))),
            Curve((x + near, bottom)),
            Curve((x, bottom - near), ((x + far, bottom), (x, bottom - far))),
            Curve((x, y + near)),
            Curve((x + near, y), ((x, y + far), (x + far, y))),
        ),
    )


MARK_GRID = 40.0
MARK = (
    "M3 0 L37 0 Q40 0 40 3 L40 25 Q40 35 30 35 L24.5 35 L24.5 40.5 L13 32 L24.5 23.5 L24.5 29 L29 29 "
    "Q33 29 33 25 L33 21.5 L11 21.5 Q8 21.5 8 24.5 L8 40 L3.5 40 Q0 40 0 36.5 L0 3 Q0 0 3 0 Z"
)
"""Sayback's mark, a note whose lower right corner returns as an arrow: one path as SVG writes it, on a grid of 40."""


def mark(x: float, y: float, size: float) -> Path:
    """The mark with its top left corner here."""
    scale = size / MARK_GRID
    steps = [[(x + px * scale, y + py * scale) for px, py in points] for points in _mark_points()]
    ends = [points[-1] for points in steps]
    curves = (_curve(start, points) for start, points in zip(ends, steps[1:], strict=False))
    return Path(ends[0], tuple(curves))


def _mark_points() -> Iterator[list[Point]]:
    for step in MARK.replace("M", "|").replace("L", "|").replace("Q", "|").replace("Z", "").split("|")[1:]:
        numbers = [float(number) for number in step.split()]
        yield list(pairwise(numbers))[::2]


def _curve(start: Point, points: list[Point]) -> Curve:
    """A straight step, or a quadratic curve as a cubic one."""
    if len(points) == 1:
        return Curve(points[0])
    bend, end = points
    return Curve(end, (_towards(start, bend), _towards(end, bend)))


def _towards(start: Point, bend: Point) -> Point:
    """Two thirds of the way."""
    return start[0] + (bend[0] - start[0]) * 2 / 3, start[1] + (bend[1] - start[1]) * 2 / 3
