"""Notes flowing in order through the columns of one frame, each into the shortest column so far."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heapify, heapreplace

from core.base.ids import NoteId, WordsHash
from ui.board.sizes import FRAME_PADDING, NOTE_EXTRA, NOTE_GAP, NOTE_WIDTH
from ui.board.words import Lines
from ui.places import Order


@dataclass(slots=True, eq=False)
class Card:
    """A note as it lies in its frame; x and y are from the frame's corner."""

    note_id: NoteId
    order: Order
    words: WordsHash
    lines: Lines
    is_copy: bool = False    # the note lies in another frame
    height: int = 0
    x: float = 0.0
    y: float = 0.0
    bottom: float = 0.0

    def __post_init__(self) -> None:
        self.height = self.lines.height + NOTE_EXTRA

    def reword(self, words: WordsHash, lines: Lines) -> None:
        """Carry other words; the flow is to be told."""
        self.words, self.lines = words, lines
        self.height = lines.height + NOTE_EXTRA

    def put(self, x: float, y: float) -> None:
        """Lie here."""
        self.x, self.y = x, y
        self.bottom = y + self.height


def _order(card: Card) -> Order:
    return card.order


def _bottom(card: Card) -> float:
    return card.bottom


class Flow:
    """The cards of a frame in order, laid out from `top` down: once for all that came and went since it was last asked
    where they lie. A card's own x and y hold after `settle`."""

    def __init__(self, columns: int, top: float) -> None:
        self.cards: list[Card] = []
        self._columns: list[list[Card]] = [[] for _ in range(columns)]
        self._laid = 0    # so many of the cards lie where they belong
        self.top = top
        self.relaid = 0    # how often cards moved that lay somewhere already

    @property
    def columns(self) -> list[list[Card]]:
        """The cards from the top of each column down."""
        self.settle()
        return self._columns

    @property
    def bottom(self) -> float:
        """Where the longest column ends, without a gap below it."""
        return max((column[-1].bottom for column in self.columns if column), default=self.top)

    def fill(self, cards: list[Card]) -> None:
        """Take these cards instead of those it has."""
        self.cards = sorted(cards, key=_order)
        self._begin(len(self._columns))

    def shape(self, columns: int, top: float) -> None:
        """Lay the cards out in so many columns, from `top`."""
        if columns != len(self._columns) or top != self.top:
            self.top = top
            self._begin(columns)

    def insert(self, card: Card) -> None:
        """Put a card where its order says. At the end, no other card moves."""
        at = bisect_left(self.cards, card.order, key=_order)
        self.relaid += at < len(self.cards)
        self.cards.insert(at, card)
        self._laid = min(self._laid, at)

    def remove(self, card: Card) -> None:
        """Take a card out; those after it close up."""
        at = self.index(card)
        self._cut(card.order)
        self.relaid += 1
        del self.cards[at]
        self._laid = min(self._laid, at)

    def lay_from(self, card: Card) -> None:
        """Lay this card and those after it out again: its height has changed."""
        self.relaid += 1
        self._laid = min(self._laid, self.index(card))

    def index(self, card: Card) -> int:
        """Where in the order a card stands."""
        return bisect_left(self.cards, card.order, key=_order)

    def after(self, card: Card) -> Card | None:
        """The next card in order."""
        at = self.index(card) + 1
        return self.cards[at] if at < len(self.cards) else None

    def between(self, top: float, bottom: float) -> Iterator[Card]:
        """The cards that reach into this stretch."""
        for column in self.columns:
            at = bisect_left(column, top, key=_bottom)
            while at < len(column) and column[at].y <= bottom:
                yield column[at]
                at += 1

    def at(self, x: float, y: float, *, within: float = 0.0) -> Card | None:
        """The card here; with `within`, the one whose gap around it is here, the last of a column below it all."""
        for column in self.columns:
            if not column or not column[0].x - within <= x <= column[0].x + NOTE_WIDTH + within:
                continue
            at = bisect_left(column, y - within, key=_bottom)
            if at < len(column) and column[at].y - within <= y:
                return column[at]
        return None

    def settle(self) -> None:
        """Lay out every card that does not lie where it belongs."""
        if self._laid >= len(self.cards):
            return
        first, self._laid = self._laid, len(self.cards)
        self._cut(self.cards[first].order)
        ends = [(column[-1].bottom + NOTE_GAP if column else self.top, at) for at, column in enumerate(self._columns)]
        heapify(ends)
        for card in self.cards[first:]:
            y, shortest = ends[0]
            card.put(FRAME_PADDING + shortest * (NOTE_WIDTH + NOTE_GAP), y)
            heapreplace(ends, (card.bottom + NOTE_GAP, shortest))
            self._columns[shortest].append(card)

    def _begin(self, columns: int) -> None:
        self._columns = [[] for _ in range(columns)]
        self._laid = 0
        self.relaid += 1

    def _cut(self, order: Order) -> None:
        for column in self._columns:
            del column[bisect_left(column, order, key=_order) :]
