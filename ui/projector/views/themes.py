"""Revealed notes by theme: six on a page and never shrunk; long ones take more room, the longest pages of their own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from core.base.bidi import isolated
from core.base.language import _, ngettext
from ui.board.look import paint_shape, with_alpha
from ui.projector.canvas import STRIP, WIDE, Canvas
from ui.projector.shown import ShownNote, ShownTheme, ThemesShown
from ui.projector.text import Block, fitted, height_of

MARGIN, GAP, PAD = 48.0, 22.0, 32.0
CARDS_TOP, CARDS_FOOT = 138.0, 30.0
TOLD, PLACE_LEAST, RADIUS = 38.0, 480.0, 6.0
NOTE, NAME, LARGE = 42.0, 32.0, 72.0
SHAPE, SHAPE_IN = 22.0, 24.0
ROUNDING = 0.5
SURE = 24
"""So few signs fit into any card, whatever they are."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How many columns a page has, and how high a card is at least: 3 by 2 cards, or 2 by 3 on an old projector."""

    columns: int
    width: float
    height: float
    least: float
    top: float

    @classmethod
    def of(cls, width: float, height: float, top: float) -> "Grid":
        """The grid of a window, below a heading."""
        columns, rows = (3, 2) if width >= WIDE else (2, 3)
        high = height - STRIP - top - CARDS_FOOT
        wide, least = (width - 2 * MARGIN + GAP) / columns - GAP, (high + GAP) / rows - GAP
        return cls(columns, wide, high, least, top)

    @property
    def words(self) -> float:
        """How wide the words on a card are."""
        return self.width - 2 * PAD

    @property
    def whole(self) -> QRectF:
        """The place of a card that has the page for itself."""
        return QRectF(MARGIN, self.top, self.columns * (self.width + GAP) - GAP, self.height)

    def high(self, note: ShownNote) -> float:
        """How high the card of a note is; higher than the page where it needs one for itself."""
        if note.picture:
            return self.height + (1 if note.text else 0)
        if len(note.text) <= SURE and "\n" not in note.text:
            return self.least
        needed = height_of(note.text, NOTE, self.words) + 2 * PAD + (NAME * 1.3 if note.name else 0)
        return max(self.least, needed)


@dataclass(frozen=True, slots=True)
class Card:
    """A note in its place. One that is alone on its page is laid out larger, and may be a part of a long one."""

    note: ShownNote
    box: QRectF
    alone: Block | None = None
    lines: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Column:
    """Notes below each other, with how high they are; `spare` is what is left of it below them."""

    spare: float
    notes: list[tuple[ShownNote, float]] = field(default_factory=list)

    def take(self, note: ShownNote, high: float) -> None:
        """One more note."""
        self.notes.append((note, high))
        self.spare -= high + GAP

    def holds(self, high: float) -> bool:
        """Whether one more so high goes in."""
        return high <= self.spare + ROUNDING

    def cards(self, left: float, top: float, width: float, *, stretched: bool) -> Iterator[Card]:
        """The cards; those of a full column fill it."""
        more = (self.spare + GAP) / len(self.notes) if stretched else 0.0
        for note, high in self.notes:
            yield Card(note, QRectF(left, top, width, high + more))
            top += high + more + GAP


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one page: columns of notes, or a note alone. Only a page that is looked at has its cards laid
    out, for a wall of thousands of notes has hundreds of pages."""

    columns: tuple[Column, ...]
    grid: Grid
    alone: Card | None = None

    @property
    def first(self) -> tuple[ShownNote, int]:
        """The note it begins with, and from which line on."""
        if self.alone is not None:
            return self.alone.note, self.alone.lines[0]
        return self.columns[0].notes[0][0], 0

    def cards(self) -> Iterator[Card]:
        """Its notes in their places."""
        if self.alone is not None:
            yield self.alone
        for number, column in enumerate(self.columns):
            left = MARGIN + number * (self.grid.width + GAP)
            is_full = not column.holds(self.grid.least)
            yield from column.cards(left, self.grid.top, self.grid.width, stretched=is_full)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a theme; `number` counts the theme's pages."""

    theme: int
    number: int
    sheet: Sheet

    @property
    def key(self) -> str:
        """By its first note it is found again when others come before it."""
        note, line = self.sheet.first
        return f"{note.handle} {line}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A theme's name; at the right which theme it is, and beside or below how many notes it has."""

    name: Block
    place: Block

    @classmethod
    def of(cls, theme: ShownTheme, place: str, width: float) -> "Heading":
        """The name as large as it fits, beside what stands at the right."""
        right = Block(place, TOLD, width)
        room = width - 2 * MARGIN - max(right.advance, PLACE_LEAST) - 40
        return cls(fitted(name_of(theme), LARGE, room, 96, bold=True), right)

    @property
    def cards_top(self) -> float:
        """Where the cards begin."""
        return max(CARDS_TOP, self.name.height + 36)

    def paint(self, canvas: Canvas, count: str) -> None:
        """Draw it. The count stands beside a short name, else at the right."""
        colours, right = canvas.colours, canvas.width - MARGIN
        told, name = Block(count, TOLD, canvas.width), self.name
        is_beside = name.count == 1 and not name.begins_right and name.advance + 32 + told.advance <= name.width
        canvas.put(name, MARGIN, max(18.0, 18 + (100 - name.height) / 2), colours.ink)
        canvas.put_right(self.place, right, 44 if is_beside else 14, colours.ink_2)
        if is_beside:
            canvas.put(told, MARGIN + name.advance + 32, 44, colours.ink_2)
        else:
            canvas.put_right(told, right, 70, colours.ink_2)


class ThemesView:
    """All themes one after the other."""

    def __init__(self, view: ThemesShown, width: float, height: float) -> None:
        self._view = view
        places = (_("Theme {n} of {all}").format(n=n, all=len(view.themes)) for n in range(1, len(view.themes) + 1))
        self._headings = [Heading.of(each, place, width) for each, place in zip(view.themes, places, strict=True)]
        self._grids = [Grid.of(width, height, heading.cards_top) for heading in self._headings]
        self._pages = [page for at, theme in enumerate(view.themes) for page in self._pages_of(at, theme)]
        self.keys = [page.key for page in self._pages] or [""]

    def paint(self, canvas: Canvas, page: int) -> None:
        """The theme's name and its cards."""
        if not self._pages:
            self._paint_empty(canvas)
            return
        found = self._pages[page]
        self._headings[found.theme].paint(canvas, self._count(found))
        for card in found.sheet.cards():
            _paint_card(canvas, card)

    def aside(self, page: int) -> str:
        """What comes next."""
        if not self._pages or page + 1 >= len(self._pages):
            return _("Every note stays in the record") if self._pages else ""
        after = self._pages[page + 1]
        theme = self._view.themes[after.theme]
        if after.theme == self._pages[page].theme:
            return _("Next: more of this")
        count = ngettext("{n} note", "{n} notes", theme.count).format(n=theme.count)
        return _("Next: {name}, {count}").format(name=isolated(name_of(theme)), count=count)

    def words(self, page: int) -> str:
        """The theme and the notes on the page."""
        if not self._pages:
            return ". ".join((self._view.question, *empty()))
        found = self._pages[page]
        return ". ".join((name_of(self._view.themes[found.theme]), *(card.note.text for card in found.sheet.cards())))

    def _pages_of(self, at: int, theme: ShownTheme) -> Iterator[Page]:
        for number, sheet in enumerate(filled(theme.notes, self._grids[at])):
            yield Page(at, number, sheet)

    def _count(self, page: Page) -> str:
        theme = self._view.themes[page.theme]
        of = sum(each.theme == page.theme for each in self._pages)
        count = ngettext("{n} note", "{n} notes", theme.count).format(n=theme.count)
        return _("{count}, page {n} of {all}").format(count=count, n=page.number + 1, all=of) if of > 1 else count

    def _paint_empty(self, canvas: Canvas) -> None:
        room, colours = canvas.width - 4 * MARGIN, canvas.colours
        at = canvas.put(fitted(self._view.question, 72, room, 300, bold=True), 2 * MARGIN, 80, colours.ink) + 60
        for each in empty():
            at = canvas.put(fitted(each, 48, room, 120), 2 * MARGIN, at, colours.ink)


def filled(notes: Iterable[ShownNote], grid: Grid) -> Iterator[Sheet]:
    """The pages, filled column by column."""
    columns: list[Column] = []
    for note in notes:
        high = grid.high(note)
        is_alone = high > grid.height
        if is_alone or not columns or not columns[-1].holds(high):
            if columns and (is_alone or len(columns) == grid.columns):
                yield Sheet(tuple(columns), grid)
                columns = []
            columns.append(Column(grid.height))
        if is_alone:
            columns = []
            yield from (Sheet((), grid, alone=part) for part in _alone(note, grid))
        else:
            columns[-1].take(note, high)
    if columns:
        yield Sheet(tuple(columns), grid)


def _alone(note: ShownNote, grid: Grid) -> Iterator[Card]:
    """A note on a page of its own, or on several; a picture has the left half."""
    inside = grid.whole.adjusted(PAD, PAD, -PAD, -PAD)
    width = inside.width() / 2 - GAP if note.picture else inside.width()
    room = inside.height() - (NAME * 1.3 if note.name else 0)
    block = fitted(note.text, LARGE, width, room)
    most = max(1, int(room / block.pitch))
    for start in range(0, block.count, most):
        yield Card(note, grid.whole, alone=block, lines=(start, start + most))


def name_of(theme: ShownTheme) -> str:
    """What stands above its notes."""
    return theme.name or _("Not in a theme yet")


def empty() -> tuple[str, str]:
    """What is said while there is nothing to see."""
    return _("No notes are shown yet."), _("They come here when everybody may see them.")


def _paint_card(canvas: Canvas, card: Card) -> None:
    box, colours, note = card.box, canvas.colours, card.note
    ink = colours.ink if note.colour is None else colours.note_ink
    canvas.fill(box, colours.paper_of(note.colour), RADIUS)
    canvas.painter.setPen(QPen(colours.ink if colours.is_plain else with_alpha(colours.ink, 0.14), 2))
    canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
    canvas.painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    paint_shape(canvas.painter, note.colour, ink, box.bottomRight() - QPointF(SHAPE_IN, SHAPE_IN), SHAPE)
    inside = box.adjusted(PAD, PAD, -PAD, -PAD)
    if note.name:
        canvas.put(Block(note.name, NAME, inside.width()), inside.left(), inside.bottom() - NAME, ink)
    _paint_words(canvas, card, inside, ink)


def _paint_words(canvas: Canvas, card: Card, inside: QRectF, ink: QColor) -> None:
    note, words = card.note, QRectF(inside)
    if note.picture:
        picture = QRectF(inside)
        if card.alone is not None:
            picture.setWidth(inside.width() / 2 - GAP)
            words.setLeft(picture.right() + 2 * GAP)
        _paint_picture(canvas, note, picture)
    if card.alone is not None:
        canvas.put(card.alone, words.left(), words.top(), ink, slice(*card.lines))
    elif note.text:
        canvas.put(Block(note.text, NOTE, inside.width()), inside.left(), inside.top(), ink)


def _paint_picture(canvas: Canvas, note: ShownNote, room: QRectF) -> None:
    """The picture as large as it fits; until it has been read, or where it is gone, these words."""
    image = canvas.picture(note.picture) if note.picture else None
    if image is None or image.isNull():
        canvas.put(Block(_("Photo of a note"), NOTE, room.width()), room.left(), room.top(), canvas.colours.ink)
        return
    size = image.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    where = QRectF(QPointF(0, 0), size)
    where.moveCenter(room.center())
    canvas.painter.drawImage(where, image)
