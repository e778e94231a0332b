"""The pictures of the record, drawn from its data: the squares on the cover and the board of a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import NamedTuple

from core.base.language import _
from core.record import wording
from core.record.model import Card, QuestionPart, Record
from core.record.page.flow import FOOT, LEFT, MM, TOP, WIDTH, Block
from core.record.page.sheet import Sheet
from core.record.page.strokes import PAGE_HEIGHT
from core.record.page.styles import (
    COVER_EYEBROW,
    COVER_LEAD,
    COVER_NAME,
    COVER_TITLES,
    FOOT_LINE,
    STRONG,
    TEXT,
)
from core.record.page.tagging import Tag
from core.record.page.typeset import Style, Typesetter
from core.record.palette import ALONE, LIGHT, Look, look_of

LARGEST, SMALLEST = 17.2 * MM, 3 * MM
GAP = 0.24
"""How far squares stand apart, as a share of their size."""
COVER_END = PAGE_HEIGHT - 34 * MM
LEAST_SQUARES = 40 * MM
FRAME_PAD, FRAME_GAP = 2.6 * MM, 2.4 * MM
SQUARE, SMALL_SQUARE = 7.2 * MM, 3 * MM
MANY, TOO_MANY = 60, 160


class Grid(NamedTuple):
    """Squares in rows: their size and distance in points, and how many stand in a row."""

    size: float
    gap: float
    across: int


def grid_for(count: int, width: float, height: float) -> Grid | None:
    """The largest squares that all fit in rows of the whole width, from about 17 mm down to 3 mm; None where even
    those do not."""
    fewest = ceil((width / LARGEST + GAP) / (1 + GAP))
    most = floor((width / SMALLEST + GAP) / (1 + GAP))
    for across in range(fewest, most + 1):
        size = width / (across + GAP * (across - 1))
        rows = ceil(count / across)
        if size * (rows + GAP * (rows - 1)) <= height:
            return Grid(size, size * GAP, across)
    return None


class Group(NamedTuple):
    """Notes that look alike: their look, how many they are, and how many of them the copy's owner wrote."""

    look: Look
    notes: int
    own: int


def groups_of(record: Record) -> list[Group]:
    """Every group of notes on the board, in the order of the record."""
    groups = [group for question in record.questions for group in question_groups(question)]
    return [group for group in groups if group.notes]


def question_groups(question: QuestionPart) -> list[Group]:
    """The themes of one question, and the notes that stand alone."""
    themed = [Group(look_of(theme.colour), theme.notes, owned(theme.cards)) for theme in question.themes]
    return [*themed, Group(ALONE, question.lone, owned([*question.alone, *question.late]))]


def owned(cards: Sequence[Card]) -> int:
    """How many of them the copy's owner wrote."""
    return sum(card.own for card in cards)


class Square(NamedTuple):
    """One note in a picture."""

    look: Look
    own: bool


class Squares(NamedTuple):
    """The picture on the cover: its squares, and how many notes each stands for."""

    squares: list[Square]
    grid: Grid
    notes_each: int


def squares_of(groups: Sequence[Group], width: float, height: float) -> Squares | None:
    """As large as they fit; where one for each note is too many, one for ten, a hundred, and so on. Own notes come
    first in their group, and are marked where each note has a square."""
    each = 1
    while groups:
        squares = [
            Square(group.look, each == 1 and at < group.own)
            for group in groups
            for at in range(-(-group.notes // each))
        ]
        grid = grid_for(len(squares), width, height)
        if grid:
            return Squares(squares, grid, each)
        each *= 10
    return None


@dataclass(frozen=True, slots=True)
class _Line:
    """Text on the cover, and the space above it."""

    text: str
    style: Style
    above: float


def cover(setter: Typesetter, record: Record) -> Block:
    """The first page, whole."""
    top = [(line, setter.balanced(line.text, line.style, WIDTH)) for line in _cover_lines(setter, record)]
    end = TOP + sum(line.above + line.style.height(lines) for line, lines in top)
    under = TEXT.height(setter.lines(wording.under_the_squares(record, 1), TEXT, WIDTH))
    room = COVER_END - end - 2 * TEXT.leading - under - 14 * MM
    squares = squares_of(groups_of(record), WIDTH, max(room, LEAST_SQUARES))

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.bookmark(0, record.cover.title, y)
        sheet.mark(x, y, 8.4 * MM, LIGHT["accent"])
        with sheet.aside():
            sheet.text(x + 12.4 * MM, y + 6.2 * MM, "Sayback", COVER_NAME)
        for line, lines in top:
            with sheet.tagged(Tag("H1" if line.style in COVER_TITLES else "P")):
                y = sheet.lines(x, y + line.above, lines, line.style)
        if squares:
            says = wording.squares_in_words(record, squares.notes_each)
            with sheet.figure(Tag("Figure", says=says), x, y + 12 * MM, WIDTH, squares_height(squares)):
                y = draw_squares(sheet, squares, x, y + 12 * MM)
            caption = setter.lines(wording.under_the_squares(record, squares.notes_each), TEXT, WIDTH)
            sheet.lines(x, y + 5 * MM, caption, TEXT)
        sheet.rule(x, PAGE_HEIGHT - 32 * MM, WIDTH, LIGHT["ink"], 1.5)
        strong, plain = _at_the_foot(record)
        y = sheet.lines(x, PAGE_HEIGHT - 28 * MM, (strong,), STRONG)
        sheet.lines(x, y, (plain,), TEXT)

    said = " ".join(line.text for line, _lines in top)
    return Block(height=FOOT - TOP, draw=draw, says=said, title=record.cover.title, tags=(Tag("Sect"),))


def _at_the_foot(record: Record) -> tuple[str, str]:
    """For whom the copy is, or what is in it."""
    if record.edition is None:
        return _("Your words, as you wrote them."), _("Look inside to see where each note went.")
    return _("This copy was made for you."), _("Look inside to see where each of your notes went.")


def _cover_lines(setter: Typesetter, record: Record) -> list[_Line]:
    title = record.cover.title
    style = next(
        (style for style in COVER_TITLES if len(setter.lines(title, style, WIDTH)) <= 4), COVER_TITLES[-1]
    )
    facts = [text for text in (wording.when_and_where(record.cover), wording.run_by(record.cover)) if text]
    return [
        _Line(_("The record of our workshop"), COVER_EYEBROW, 38 * MM),
        _Line(title, style, 1 * MM),
        _Line(_("What you said, and where it went."), COVER_LEAD, 4 * MM),
        *(_Line(text, TEXT, 6 * MM if index == 0 else 0.0) for index, text in enumerate(facts)),
    ]


def draw_squares(sheet: Sheet, squares: Squares, x: float, y: float) -> float:
    """Draw them in rows; the lower edge of the last."""
    size, gap, across = squares.grid
    for place, square in enumerate(squares.squares):
        row, column = divmod(place, across)
        sheet.chip(x + column * (size + gap), y + row * (size + gap), size, square.look, own=square.own)
    return y + squares_height(squares)


def squares_height(squares: Squares) -> float:
    """How high all rows of them stand."""
    size, gap, across = squares.grid
    return -(-len(squares.squares) // across) * (size + gap) - gap


@dataclass(frozen=True, slots=True)
class _Frame:
    """A theme in the picture of the board."""

    name: str
    look: Look
    notes: int
    own: int


def board(setter: Typesetter, question: QuestionPart) -> list[Block]:
    """The board at the end: a row of frames after the other, on one tinted ground."""
    names = [*(theme.name for theme in question.themes), _("Notes that stand alone")]
    found = [_Frame(name, *group) for name, group in zip(names, question_groups(question), strict=True)]
    frames = found if question.lone else found[:-1]
    across = _across(setter, frames)
    rows = [frames[at : at + across] for at in range(0, len(frames), across)]
    picture = Tag("Figure", says=wording.board_in_words(question))
    return [_frame_row(setter, row, across, picture, at == 0) for at, row in enumerate(rows)]


def _inner(across: int) -> float:
    """How wide the inside of a frame is."""
    return (WIDTH - FRAME_GAP * (across + 1)) / across - 2 * FRAME_PAD


def _across(setter: Typesetter, frames: Sequence[_Frame]) -> int:
    """Four frames side by side, fewer where a word of a name would have to be split."""
    longest = max((setter.width(word, STRONG) for frame in frames for word in frame.name.split()), default=0.0)
    return next((across for across in (4, 3) if longest <= _inner(across)), 2)


def _frame_row(
    setter: Typesetter, frames: Sequence[_Frame], across: int, picture: Tag, first: bool
) -> Block:
    inner = _inner(across)
    wide = inner + 2 * FRAME_PAD
    names = [setter.lines(frame.name, STRONG, inner) for frame in frames]
    squares_top = FRAME_PAD + max(map(STRONG.height, names)) + 1.2 * MM
    tall = squares_top + max(_squares_height(frame, inner) for frame in frames) + FRAME_PAD

    def draw(sheet: Sheet, x: float, y: float) -> None:
        with sheet.figure(picture, x, y, WIDTH, tall + FRAME_GAP * 2):
            drawn(sheet, x, y)

    def drawn(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y, WIDTH, tall + FRAME_GAP * 2, LIGHT["paper"], radius=0)
        left = x + FRAME_GAP
        for frame, lines in zip(frames, names, strict=True):
            sheet.box(left, y + FRAME_GAP, wide, tall, LIGHT["surface"], LIGHT["line"], radius=4)
            sheet.lines(left + FRAME_PAD, y + FRAME_GAP + FRAME_PAD, lines, STRONG)
            _frame_squares(sheet, frame, left + FRAME_PAD, y + FRAME_GAP + squares_top, inner)
            left += wide + FRAME_GAP

    return Block(height=tall + FRAME_GAP * (2 if first else 1.4), draw=draw, says=" ".join(f.name for f in frames))


def _frame_grid(frame: _Frame, inner: float) -> Grid:
    size, gap = (SQUARE, 1.3 * MM) if frame.notes <= MANY else (SMALL_SQUARE, 0.7 * MM)
    return Grid(size, gap, int((inner + gap) / (size + gap)))


def _squares_height(frame: _Frame, inner: float) -> float:
    if frame.notes > TOO_MANY:
        return SQUARE
    size, gap, across = _frame_grid(frame, inner)
    return max(1, -(-frame.notes // across)) * (size + gap) - gap


def _frame_squares(sheet: Sheet, frame: _Frame, x: float, y: float, inner: float) -> None:
    if frame.notes > TOO_MANY:
        sheet.chip(x, y, SQUARE, frame.look)
        sheet.lines(x + SQUARE + 2 * MM, y + (SQUARE - STRONG.leading) / 2, (f"× {frame.notes:,}",), STRONG)
    elif frame.notes:
        squares = [Square(frame.look, at < frame.own) for at in range(frame.notes)]
        draw_squares(sheet, Squares(squares, _frame_grid(frame, inner), 1), x, y)
    else:
        sheet.lines(x, y, (_("No notes"),), TEXT)


def foot(sheet: Sheet, setter: Typesetter, title: str, place: tuple[int, int], style: Style = FOOT_LINE) -> None:
    """The line at the foot of a page: mark, workshop, and which page of how many."""
    y, tall = PAGE_HEIGHT - 19.5 * MM, 3.8 * MM * style.size / FOOT_LINE.size
    sheet.rule(LEFT, y, WIDTH, LIGHT["line"])
    sheet.mark(LEFT, y + 2.3 * MM + (style.leading - tall) / 2, tall, LIGHT["accent"])
    page, pages = place
    number = wording.fixed(_("Page {n} of {all}").format(n=page, all=pages))
    room = WIDTH - tall - 2 * MM - setter.width(number, style) - 8 * MM
    sheet.lines(LEFT + tall + 2.2 * MM, y + 2.3 * MM, setter.lines(title, style, room)[:1], style)
    sheet.lines_right(LEFT + WIDTH, y + 2.3 * MM, (number,), style)
