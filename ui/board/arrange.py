"""Where the board puts the frames that nobody placed: side by side, each below what is above it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from ui.board.sizes import BOARD_MARGIN, FRAME_GAP, NOTE_GAP, NOTE_WIDTH, UNIT, UNIT_COLUMNS

MANY_NOTES = 300
"""From here on the board grows wide as well as long, so that all of it fits a screen when seen from afar."""
NARROW = 24
"""The most notes in a frame of two columns."""
USUAL_HEIGHT = 105.0
LEAST_ZOOM = 12 / 13.5
"""The zoom at which the words of a note are 12 pixels high: the desk chooses none below it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The units of the board's width that a frame stands in."""

    start: int
    span: int


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the board."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Area") -> bool:
        """Whether they share some room."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def units_across(width: float, height: float, counts: Sequence[int]) -> int:
    """How many units wide the board is, seen in a window of this size, with so many notes in each frame."""
    seen = max(1, int((width / LEAST_ZOOM - BOARD_MARGIN) // UNIT))
    notes = sum(counts)
    if notes <= MANY_NOTES:
        return seen
    room = notes * (NOTE_WIDTH + NOTE_GAP) * (USUAL_HEIGHT + NOTE_GAP) * 1.15
    return max(seen, ceil(sqrt(room * width / max(height, 1.0)) / UNIT))


def zoom_across(width: float, units: int) -> float:
    """The zoom at which so many units fill the window, 100 % at most."""
    return min(1.0, width / (units * UNIT + BOARD_MARGIN))


def span_of(count: int, units: int) -> int:
    """How many units a frame with so many notes takes: it grows wide as it grows long."""
    wanted = 1 if count <= NARROW else ceil(sqrt(0.87 * count) / UNIT_COLUMNS)
    return max(1, min(wanted, units - 1))


def loose_span(units: int, themes: int, counts: Sequence[int], loose: int) -> int:
    """How many units the notes in no theme take: what themes leave over, on a large board no more than they need."""
    spare = units - max(1, min(themes, units - 1))
    return max(1, spare if sum(counts) <= MANY_NOTES else min(spare, span_of(loose, units)))


class Arranger:
    """Gives each frame a slot and keeps it: a frame that grows pushes down only what is below it."""

    def __init__(self, units: int, loose_span: int) -> None:
        self.units = units
        self.loose = Slot(units - loose_span, loose_span)
        self._for_themes = max(1, units - loose_span)

    def free_slot(self, span: int, taken: Iterable[tuple[Slot, float]]) -> Slot:
        """The slot for one more theme: where the board is shortest so far. `taken` are slots and heights, in order."""
        tops = [0.0] * self._for_themes
        for slot, height in taken:
            _stack(tops, slot, height)
        span = min(span, self._for_themes)
        starts = range(self._for_themes - span + 1)
        return Slot(min(starts, key=lambda start: max(tops[start : start + span])), span)

    def tops(
        self, slots: Sequence[Slot], height_of: Callable[[int], float], placed: Sequence[Area]
    ) -> list[Area]:
        """Where the frames with these slots stand, in order, clear of those that people placed."""
        tops = [float(BOARD_MARGIN)] * self.units
        areas: list[Area] = []
        for index, slot in enumerate(slots):
            height = height_of(index)
            y = max(tops[slot.start : slot.start + slot.span])
            area = _clear_of(placed, Area(x_of(slot), y, width_of(slot), height))
            areas.append(area)
            for unit in range(slot.start, slot.start + slot.span):
                tops[unit] = area.y + height + FRAME_GAP
        return areas


def x_of(slot: Slot) -> float:
    """Its left edge."""
    return BOARD_MARGIN + slot.start * UNIT


def width_of(slot: Slot) -> float:
    """Its width."""
    return slot.span * UNIT - FRAME_GAP


def _stack(tops: list[float], slot: Slot, height: float) -> None:
    units = range(slot.start, min(slot.start + slot.span, len(tops)))
    top = max((tops[unit] for unit in units), default=0.0)
    for unit in units:
        tops[unit] = top + height + FRAME_GAP


def _clear_of(placed: Sequence[Area], area: Area) -> Area:
    """The area, moved down until it meets none of those placed."""
    for other in sorted(placed, key=lambda each: each.y):
        if area.meets(other):
            area = Area(area.x, other.y + other.height + FRAME_GAP, area.width, area.height)
    return area
