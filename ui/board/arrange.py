"""Where the board puts the frames that nobody placed: side by side, each below what is above it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, hypot, sqrt

from ui.board.sizes import BOARD_MARGIN, FRAME_GAP, UNIT, UNIT_COLUMNS

MANY_NOTES = 300
"""A board with more notes than this is opened so that all of it is seen, from afar."""
NARROW = 24
"""The most notes in a frame of two columns."""
TRIES = 24
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


def units_across(width: float) -> int:
    """How many units fit side by side in a window of this width, words not too small to read."""
    return max(1, int((width / LEAST_ZOOM - BOARD_MARGIN) // UNIT))


def zoom_across(width: float, units: int) -> float:
    """The zoom at which so many units fill the window, 100 % at most."""
    return min(1.0, width / (units * UNIT + BOARD_MARGIN))


def span_of(count: int) -> int:
    """How many units a frame with so many notes takes: it grows wide as it grows long."""
    return 1 if count <= NARROW else ceil(sqrt(0.87 * count) / UNIT_COLUMNS)


def loose_span(units: int, themes: int) -> int:
    """How many units the notes in no theme take where frames stand side by side: what themes leave over."""
    return max(1, units - max(1, min(themes, units - 1)))


class Arranger:
    """Gives each frame a slot and keeps it: a frame that grows pushes down only what is below it. The units of
    `loose_span` at the right are kept for the notes in no theme; with none, their frame is one like the others."""

    def __init__(self, units: int, loose_span: int = 0) -> None:
        self.units = units
        self.loose = Slot(units - loose_span, loose_span) if loose_span else None
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
        self, slots: Sequence[Slot], heights: Sequence[float], placed: Sequence[Area]
    ) -> list[Area]:
        """Where the frames with these slots stand, in order, clear of those that people placed."""
        tops = [float(BOARD_MARGIN)] * self.units
        areas: list[Area] = []
        for slot, height in zip(slots, heights, strict=True):
            y = max(tops[slot.start : slot.start + slot.span])
            area = clear_of(placed, Area(x_of(slot), y, width_of(slot), height))
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


def clear_of(placed: Sequence[Area], area: Area) -> Area:
    """The area, moved down until it meets none of those placed."""
    for other in sorted(placed, key=lambda each: each.y):
        if area.meets(other):
            area = Area(area.x, other.y + other.height + FRAME_GAP, area.width, area.height)
    return area


def beside(placed: Sequence[Area], area: Area) -> Area:
    """The area where it was let go, or in the nearest room beside those placed."""
    gap = FRAME_GAP
    xs = {area.x, *(each.x - area.width - gap for each in placed), *(each.x + each.width + gap for each in placed)}
    ys = {area.y, *(each.y - area.height - gap for each in placed), *(each.y + each.height + gap for each in placed)}
    rooms = [(hypot(x - area.x, y - area.y), x, y) for x in xs for y in ys if min(x, y) >= BOARD_MARGIN]
    moved = (Area(x, y, area.width, area.height) for _away, x, y in sorted(rooms))
    return next(each for each in moved if not any(each.meets(other) for other in placed))


def settled(wanted: Sequence[Area]) -> list[Area]:
    """Where frames stand that people placed: each as wanted, or below those above it that have grown over it."""
    found: dict[int, Area] = {}
    for index in sorted(range(len(wanted)), key=lambda index: (wanted[index].y, wanted[index].x)):
        found[index] = clear_of(list(found.values()), wanted[index])
    return [found[index] for index in range(len(wanted))]


def packed(spans: Sequence[int], heights: Sequence[float], width: float, height: float) -> list[Slot]:
    """Slots in which all frames are shown largest in a window of this size. The last frame is that of the notes in
    no theme: it stands at the right, or below the others."""
    least, most = max(spans), sum(spans)
    widths = {least + round((most - least) * step / TRIES) for step in range(TRIES + 1)}
    tried = [(units, span) for units in sorted(widths) for span in (0, spans[-1]) if span < units]
    found = [_slots(Arranger(units, span), spans, heights) for units, span in tried]
    return min(found or [[Slot(0, span) for span in spans]], key=lambda slots: _shrunk(slots, heights, width, height))


def _slots(arranger: Arranger, spans: Sequence[int], heights: Sequence[float]) -> list[Slot]:
    taken: list[tuple[Slot, float]] = []
    for span, high in zip(spans, heights, strict=True):
        is_last = len(taken) == len(spans) - 1
        slot = arranger.loose if is_last and arranger.loose else arranger.free_slot(span, taken)
        taken.append((slot, high))
    return [slot for slot, _high in taken]


def _shrunk(slots: Sequence[Slot], heights: Sequence[float], width: float, height: float) -> float:
    """How many times smaller the board has to be shown."""
    units = max(slot.start + slot.span for slot in slots)
    areas = Arranger(units).tops(slots, heights, ())
    right = max(area.x + area.width for area in areas)
    bottom = max(area.y + area.height for area in areas)
    return max(right / width, bottom / height)
