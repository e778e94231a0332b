"""The pieces a page of the record is made of: headings, paragraphs, tables, bars, tiles and cards."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from core.base.language import _
from core.base.pictures import Picture
from core.domain.terms import Mode
from core.record.model import Card
from core.record.page.flow import COLUMN, FOOT, MM, TOP, WIDTH, Block
from core.record.page.lines import rows_of
from core.record.page.sheet import Sheet
from core.record.page.strokes import Corners, Pen, edge_of
from core.record.page.styles import (
    CARD,
    CARD_STRONG,
    EYEBROW,
    HEADING,
    PART,
    QUOTE,
    STRONG,
    SUBHEADING,
    SUM,
    TEXT,
    TILE,
    TILE_WORD,
)
from core.record.page.tagging import Tag
from core.record.page.typeset import Style, Typesetter
from core.record.palette import LIGHT, Look
from core.record.wording import picture_of_note, words_of

MEASURE = 152 * MM
STEP_1, STEP_2, STEP_3, STEP_4 = 1.5 * MM, 3 * MM, 5 * MM, 8 * MM
PIECE = 4
"""A long paragraph may go on over the page after this many lines."""
BULLET_INDENT = 6 * MM
CARD_PAD = 3.5 * MM
LEAST_LINES = 3
TALLEST = 110 * MM
"""No picture of a note is taller: a page has room for two under each other."""
ICON, ICON_INDENT = 4.2 * MM, 6 * MM
OWN_LINE, OWN_MARK = 1 * MM, 3.6 * MM


def paragraph(
    setter: Typesetter, text: str, style: Style = TEXT, *, above: float = STEP_2, keep: bool = False,
    indent: float = 0.0,
) -> list[Block]:  # fmt: skip
    """Left-aligned text of any length. It goes on over the page between pieces of a few lines."""
    lines = setter.lines(text, style, MEASURE - indent)
    blocks: list[Block] = []
    tags = (Tag("P"),)
    for piece in cut(lines, PIECE):

        def draw(sheet: Sheet, x: float, y: float, piece: tuple[str, ...] = piece) -> None:
            sheet.lines(x + indent, y, piece, style)

        over = above if not blocks else 0.0
        says = " ".join(piece)
        blocks.append(Block(height=style.height(piece), draw=draw, above=over, says=says, tags=tags))
    blocks[-1] = replace(blocks[-1], keep=keep)
    return blocks


def cut(lines: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    """Pieces of `size` lines, of which the last is not shorter than two lines (unless it is the only one)."""
    pieces = [lines[at : at + size] for at in range(0, len(lines), size)]
    if len(pieces) > 1 and len(pieces[-1]) == 1:
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return pieces


def bullets(setter: Typesetter, items: Sequence[str]) -> list[Block]:
    """A list with dots."""
    blocks = []
    for item in items:
        first, *others = paragraph(setter, item, indent=BULLET_INDENT)
        tags = item_tags()
        blocks += [replace(block, tags=tags) for block in (replace(first, draw=_with_dot(first)), *others)]
    return blocks


def item_tags() -> tuple[Tag, ...]:
    """What one item of a list is; items that follow each other are one list."""
    return Tag("LI"), Tag("LBody")


def quote(setter: Typesetter, text: str) -> list[Block]:
    """Words of the host, with a bar beside them."""
    tags = (Tag("BlockQuote"), Tag("P"))
    return [
        replace(block, draw=_with_bar(block), above=STEP_3 if index == 0 else 0.0, tags=tags)
        for index, block in enumerate(paragraph(setter, text, QUOTE, indent=BULLET_INDENT))
    ]


def _with_bar(block: Block) -> Callable[[Sheet, float, float], None]:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y, STEP_1, block.height, LIGHT["accent"], radius=0)
        block.draw(sheet, x, y)

    return draw


def _with_dot(block: Block) -> Callable[[Sheet, float, float], None]:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.dot(x + 2 * MM, y + TEXT.leading / 2, 1.9)
        block.draw(sheet, x, y)

    return draw


def part_heading(
    setter: Typesetter, text: str, *, eyebrow: str = "", style: Style = PART, room: float | None = None
) -> Block:
    """The heading of a part; level 1. It begins a page, but for a short part that needs only this much room."""
    lines = setter.balanced(text, style, WIDTH)
    over = setter.balanced(eyebrow, EYEBROW, WIDTH) if eyebrow else ()

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.bookmark(0, text, y)
        y = sheet.lines(x, y, over, EYEBROW)
        sheet.lines(x, y, lines, style)

    height = style.height(lines) + EYEBROW.height(over)
    return Block(
        height=height, draw=draw, above=STEP_4 * 2, keep=True, new_page=room is None, room=room or 0.0, level=1,
        title=text, says=text,
    )  # fmt: skip


def subheading(setter: Typesetter, text: str, style: Style = SUBHEADING) -> Block:
    """A heading inside a part; level 2."""
    lines = setter.lines(text, style, WIDTH)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.bookmark(1, text, y)
        sheet.lines(x, y, lines, style)

    height = style.height(lines)
    return Block(height=height, draw=draw, above=STEP_4, keep=True, level=2, title=text, says=text)


def theme_heading(setter: Typesetter, text: str, look: Look, *, eyebrow: str = "") -> Block:
    """A theme's name beside its chip; begins where 60 mm are left; level 2."""
    chip, indent = 11 * MM, 14 * MM
    lines = setter.balanced(text, HEADING, WIDTH - indent)
    over = setter.balanced(eyebrow, EYEBROW, WIDTH - indent) if eyebrow else ()

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.bookmark(1, text, y)
        sheet.chip(x, y + STEP_1, chip, look)
        y += max(0.0, STEP_1 + (chip - height) / 2)
        y = sheet.lines(x + indent, y, over, EYEBROW)
        sheet.lines(x + indent, y, lines, HEADING)

    height = HEADING.height(lines) + EYEBROW.height(over)
    return Block(
        height=max(height, chip + 2 * STEP_1), draw=draw, above=STEP_4, keep=True, room=60 * MM, level=2, title=text,
        says=text,
    )  # fmt: skip


def tiles(setter: Typesetter, numbers: Sequence[tuple[str, str, str]]) -> Block:
    """Boxes side by side, each with a word before its number, the number, and what it counts."""
    gap = STEP_3
    wide = (WIDTH - gap * (len(numbers) - 1)) / len(numbers)
    labels = [setter.lines(label, TEXT, wide - 2 * STEP_3) for _word, _number, label in numbers]
    height = STEP_2 + TILE.leading + max(map(TEXT.height, labels)) + STEP_3

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for (word, number, _label), lines in zip(numbers, labels, strict=True):
            sheet.box(x, y, wide, height, LIGHT["paper"], LIGHT["line"], radius=6)
            with sheet.tagged(Tag("P")):
                sheet.tile_number(x + STEP_3, y + STEP_2, (word, TILE_WORD), (number, TILE))
                sheet.lines(x + STEP_3, y + STEP_2 + TILE.leading, lines, TEXT)
            x += wide + gap

    return Block(height=height, draw=draw, above=STEP_3, tags=(Tag("Div"),))


def addition(setter: Typesetter, whole: tuple[int, str], parts: Sequence[tuple[int, str]]) -> Block:
    """Boxes that read "27 came in = 24 on the board + 1 not shown + 2 taken back"."""
    boxes = [whole, *parts]
    gap = (9 if len(boxes) < 5 else 6) * MM
    wide = min(35 * MM, (WIDTH - gap * (len(boxes) - 1)) / len(boxes))
    pad = 4 * MM if wide > 30 * MM else 2 * MM
    labels = [setter.lines(label, TEXT, wide - 2 * pad) for _number, label in boxes]
    height = STEP_2 + SUM.leading + max(map(TEXT.height, labels)) + STEP_2

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for index, ((number, _label), lines) in enumerate(zip(boxes, labels, strict=True)):
            if index:
                sign = "=" if index == 1 else "+"
                sheet.text_centre(x - gap / 2, y + height / 2 + SUM.size * 0.35, sign, SUM)
            sheet.box(x, y, wide, height, LIGHT["accent-soft" if index == 1 else "surface"], LIGHT["line"], radius=6)
            sheet.lines(x + pad, y + STEP_2, (f"{number:,}",), SUM)
            sheet.lines(x + pad, y + STEP_2 + SUM.leading, lines, TEXT)
            x += wide + gap

    return Block(height=height, draw=draw, above=STEP_3)


def table(
    setter: Typesetter, head: Sequence[str], rows: Sequence[Sequence[str]], icons: Sequence[Mode | None] = ()
) -> list[Block]:
    """Rows under a heading row that stays with the first of them; the last column is of numbers."""
    widths = [0.45 * WIDTH, 0.28 * WIDTH, 0.27 * WIDTH] if len(head) == 3 else [0.8 * WIDTH, 0.2 * WIDTH]
    whole = Tag("Table")
    first = replace(_row(setter, head, widths, STRONG, None), keep=True, above=STEP_2)
    marks = icons or [None] * len(rows)
    blocks = [first, *(_row(setter, row, widths, TEXT, mark) for row, mark in zip(rows, marks, strict=True))]
    return under_head([replace(block, tags=(whole, Tag("TR"))) for block in blocks])


def under_head(rows: Sequence[Block]) -> list[Block]:
    """The rows of a table, of which the first is its head: it stands again where the table goes on over the page."""
    head, *others = rows
    return [head, *(replace(row, again=head) for row in others)]


def cell_tag(is_head: bool) -> Tag:
    """What one cell of a table is."""
    return Tag("TH", scope="Column") if is_head else Tag("TD")


def _row(setter: Typesetter, cells: Sequence[str], widths: Sequence[float], style: Style, icon: Mode | None) -> Block:
    indent = 8.5 * MM if icon else 0.0
    cells_lines = [
        setter.lines(cell, style, wide - STEP_2 - (indent if place == 0 else 0.0))
        for place, (cell, wide) in enumerate(zip(cells, widths, strict=True))
    ]
    height = max(map(style.height, cells_lines)) + 2 * STEP_2

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.rule(x, y + height, WIDTH, LIGHT["ink" if style.bold else "line"], 1.5 if style.bold else 0.75)
        if icon:
            sheet.icon(x, y + STEP_2 + (style.leading - ICON) / 2, ICON, icon, LIGHT["accent"])
        left = x
        for place, (lines, wide) in enumerate(zip(cells_lines, widths, strict=True)):
            with sheet.tagged(cell_tag(style.bold)):
                if place == len(widths) - 1:
                    sheet.lines_right(left + wide, y + STEP_2, lines, style)
                else:
                    sheet.lines(left + (indent if place == 0 else 0.0), y + STEP_2, lines, style)
            left += wide

    return Block(height=height, draw=draw)


def bar(
    setter: Typesetter, name: str, number: str, share: float, look: Look, above: float, *, more: str = ""
) -> Block:
    """One ranked theme: chip, name, a bar of at most 38 mm, the number as text beside it, and `more` in plain type."""
    chip, start = 7 * MM, 90 * MM
    lines = setter.lines(name, TEXT, start - 10 * MM - STEP_2)
    height = max(9.5 * MM, TEXT.height(lines) + STEP_2)
    long = max(1.2 * MM, share * 38 * MM)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        middle = y + height / 2
        sheet.chip(x, middle - chip / 2, chip, look)
        sheet.lines(x + 10 * MM, middle - TEXT.height(lines) / 2, lines, TEXT)
        sheet.box(x + start, middle - 3.2 * MM, long, 6.4 * MM, LIGHT["accent"], radius=min(2, long / 2))
        left = x + start + long + STEP_2
        sheet.lines(left, middle - STRONG.leading / 2, (number,), STRONG)
        sheet.lines(left + setter.width(number, STRONG) + STEP_1, middle - TEXT.leading / 2, (more,), TEXT)

    return Block(height=height, draw=draw, above=above, says=name, tags=item_tags())


def card(setter: Typesetter, note: Card, look: Look, origin: tuple[Mode, str], page: float = FOOT - TOP) -> list[Block]:
    """A note; one that is taller than a page goes on over it, open at the cut and with words that say so. An own note
    has a thick line, and says that it is one before anything else."""
    text, shown = words_of(note), _shown(note.picture)
    inner = COLUMN - 2 * CARD_PAD
    lines = setter.lines(text, CARD, inner) if text else ()
    tail = setter.lines(origin[1], CARD, inner - ICON_INDENT)
    most = int((page - 2 * CARD_PAD - STEP_1 - shown.height - CARD.height(tail)) / CARD.leading) - 3
    most //= max(map(rows_of, lines), default=1)
    pieces = [lines[at : at + most] for at in range(0, max(1, len(lines)), most)]
    if len(pieces) > 1 and len(pieces[-1]) < LEAST_LINES:
        pieces[-2:] = [pieces[-2][:-LEAST_LINES], pieces[-2][-LEAST_LINES:] + pieces[-1]]
    last = len(pieces) - 1
    cards = (
        _card(
            setter, piece, look, (origin[0], tail), Corners(top=at == 0, bottom=at == last),
            shown if at == 0 else UNSEEN, says=text if at == 0 else "", own=note.own,
        )
        for at, piece in enumerate(pieces)
    )  # fmt: skip
    tags = item_tags()
    return [replace(card, tags=tags) for card in cards]


class _Shown(NamedTuple):
    """The picture of a note as large as its card has room for; its height with the space under it."""

    picture: Picture | None
    wide: float
    tall: float

    @property
    def height(self) -> float:
        return self.tall + STEP_1 if self.picture else 0.0


UNSEEN = _Shown(None, 0.0, 0.0)


def _shown(picture: Picture | None) -> _Shown:
    if picture is None:
        return UNSEEN
    scale = min((COLUMN - 2 * CARD_PAD) / picture.width, TALLEST / picture.height)
    return _Shown(picture, picture.width * scale, picture.height * scale)


def _card(
    setter: Typesetter, lines: tuple[str, ...], look: Look, origin: tuple[Mode, tuple[str, ...]], ends: Corners,
    shown: _Shown, *, says: str, own: bool,
) -> Block:  # fmt: skip
    inner = COLUMN - 2 * CARD_PAD
    label = setter.lines(_("Your note"), CARD_STRONG, inner - ICON_INDENT) if own and ends.top else ()
    before = () if ends.top else setter.lines(_("From the page before:"), CARD_STRONG, inner)
    after = () if ends.bottom else setter.lines(_("This note goes on."), CARD_STRONG, inner)
    mode, tail = origin
    written = CARD.height((*before, *lines, *after, *label, *(tail if ends.bottom else ())))
    height = 2 * CARD_PAD + shown.height + written + (STEP_1 if ends.bottom else 0.0)
    said = Tag("P")

    def draw(sheet: Sheet, x: float, y: float) -> None:
        pen = Pen(LIGHT["ink"], OWN_LINE) if own else Pen(edge_of(look))
        sheet.box(x, y, COLUMN, height, LIGHT[look.tint], pen, ends=ends)
        left, y = x + CARD_PAD, y + CARD_PAD
        if label:
            sheet.mark(left, y + (CARD.leading - OWN_MARK) / 2, OWN_MARK, LIGHT["note-ink"])
            with sheet.tagged(Tag("P")):
                y = sheet.lines(left + ICON_INDENT, y, label, CARD_STRONG)
        if shown.picture:
            sheet.picture(left, y, shown.wide, shown.tall, shown.picture, picture_of_note())
            y += shown.height
        with sheet.tagged(said):
            y = sheet.lines(left, y, before, CARD_STRONG)
            y = sheet.lines(left, y, lines, CARD)
            y = sheet.lines(left, y, after, CARD_STRONG)
        if ends.bottom:
            sheet.icon(left, y + STEP_1 + (CARD.leading - ICON) / 2, ICON, mode, LIGHT["note-ink"])
            with sheet.tagged(Tag("P")):
                sheet.lines(left + ICON_INDENT, y + STEP_1, tail, CARD)

    return Block(height=height, draw=draw, says=says, needs_page=not ends.top)


def contents_line(setter: Typesetter, title: str, page: int, top: float) -> Block:
    """One line of the contents that leads to its page."""
    lines = setter.lines(title, TEXT, WIDTH - 24 * MM)
    height = TEXT.height(lines) + 2 * STEP_1

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.lines(x, y + STEP_1, lines, TEXT)
        sheet.lines_right(x + WIDTH, y + STEP_1, (str(page),), STRONG)
        sheet.rule(x, y + height, WIDTH, LIGHT["line"])
        sheet.link((x, y, WIDTH, height), title, (page, top))

    return Block(height=height, draw=draw, tags=(Tag("TOCI"), Tag("Reference"), Tag("Link")))
