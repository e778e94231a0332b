"""From blocks to pages: what stands where. Pure geometry, in points from the top left; nothing is drawn here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from core.record.page.sheet import Sheet
from core.record.page.strokes import PAGE_HEIGHT, PAGE_WIDTH
from core.record.page.tagging import Tag

MM = 72 / 25.4
LEFT, RIGHT, TOP, FOOT = 22 * MM, PAGE_WIDTH - 20 * MM, 20 * MM, PAGE_HEIGHT - 24 * MM
WIDTH = RIGHT - LEFT
GUTTER = 6 * MM
COLUMN = (WIDTH - GUTTER) / 2
BETWEEN_CARDS = 3.5 * MM
HEADING_ROOM = 45 * MM
"""No heading stands lower on a page than this much above its end."""


class Drawing(Protocol):
    """What a block looks like, drawn with its top left corner here."""

    def __call__(self, sheet: Sheet, x: float, y: float, /) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Something that stands on one page whole."""

    height: float
    draw: Drawing
    above: float = 0.0    # space over it, unless it begins a page
    keep: bool = False    # stays with what comes next
    room: float = 0.0    # begins only where at least this much is left
    new_page: bool = False
    level: int | None = None    # a heading's level, from 1
    title: str = ""    # what the bookmark says
    says: str = ""    # the words of people in it, which the fonts may not have
    tags: tuple[Tag, ...] = ()    # what it is to those who hear it, from the outside; a heading or paragraph without
    again: "Block | None" = None    # stands over it once more where it begins a page: the head of its table
    aside: bool = False    # is heard nowhere, since it was before
    needs_page: bool = False    # the rest of a card that is taller than a page begins a page


@dataclass(frozen=True, slots=True)
class Columns:
    """Cards in two columns: each goes to the shorter one, so that reading goes 1, 2, 3."""

    cards: tuple[Block, ...]
    above: float = 0.0


class Placed(NamedTuple):
    """A block where it stands."""

    block: Block
    x: float
    y: float


Item = Block | Columns
Page = list[Placed]


def paginate(items: Sequence[Item]) -> list[Page]:
    """Pages of blocks; a heading never stands alone at the end of one, and no block crosses to the next."""
    pages = _Pages()
    for index, item in enumerate(items):
        if isinstance(item, Columns):
            pages.put_columns(item)
        else:
            pages.put(item, needed(items, index))
    return pages.done


def needed(items: Sequence[Item], index: int) -> float:
    """How much room a block needs to begin: its own height and that of all it keeps with."""
    item = items[index]
    if isinstance(item, Columns):
        return item.cards[0].height if item.cards else 0.0
    height = item.height
    if item.keep and index + 1 < len(items):
        height += items[index + 1].above + needed(items, index + 1)
    return max(height, item.room, HEADING_ROOM if item.level is not None else 0.0)


class _Pages:
    """The pages filled so far, and how far the last one is filled."""

    def __init__(self) -> None:
        self.done: list[Page] = [[]]
        self._y = TOP

    def put(self, block: Block, room: float) -> None:
        above = block.above if self.done[-1] else 0.0
        if self.done[-1] and (block.new_page or self._y + above + room > FOOT):
            self._next()
            above = 0.0
            self._repeat(block.again)
        self.done[-1].append(Placed(block, LEFT, self._y + above))
        self._y += above + block.height

    def _repeat(self, head: Block | None) -> None:
        if head is not None:
            self.done[-1].append(Placed(replace(head, aside=True), LEFT, self._y))
            self._y += head.height

    def put_columns(self, columns: Columns) -> None:
        begin = self._y + (columns.above if self.done[-1] else 0.0)
        ends = [begin, begin]
        for card in columns.cards:
            side = 0 if ends[0] <= ends[1] else 1
            gap = BETWEEN_CARDS if ends[side] > begin else 0.0
            if self.done[-1] and (card.needs_page or ends[side] + gap + card.height > FOOT):
                self._next()
                begin, gap, side = TOP, 0.0, 0
                ends = [begin, begin]
            self.done[-1].append(Placed(card, LEFT + side * (COLUMN + GUTTER), ends[side] + gap))
            ends[side] += gap + card.height
        self._y = max(ends)

    def _next(self) -> None:
        self.done.append([])
        self._y = TOP
