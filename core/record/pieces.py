"""More pieces of a page: tables of words, boxes that ask something, quotes, questions with answers, pledges."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.record.blocks import CARD_PAD, MEASURE, STEP_1, STEP_2, STEP_3, cell_tag, item_tags, paragraph, under_head
from core.record.page.flow import COLUMN, FOOT, MM, TOP, WIDTH, Block
from core.record.page.scripts import words_in
from core.record.page.sheet import Sheet
from core.record.page.styles import QUOTE, SMALL_HEADING, STRONG, TEXT
from core.record.page.tagging import Tag
from core.record.page.typeset import Style, Typesetter
from core.record.palette import LIGHT, Look

CHIP, CHIP_ROOM = 5.6 * MM, 9.5 * MM
EMPTY = "–"
"""Stands in a cell with nothing to say: those who hear the table count its columns."""
HIGHEST_ROW = (FOOT - TOP) / 2
BETWEEN = 4 * MM
"""How far the columns of a table stand apart."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table: a strong line, plain text under it, and a theme's chip beside both."""

    text: str = ""
    strong: str = ""
    look: Look | None = None


Line = tuple[str, Style]


def word_table(
    setter: Typesetter, head: Sequence[str], rows: Sequence[Sequence[Cell]], shares: Sequence[float]
) -> list[Block]:
    """Rows under a heading row. Where a word would have to be split, or a row is higher than half a page, each row is a
    stack instead: label above value."""
    inner = WIDTH - BETWEEN * (len(shares) - 1)
    widths = [share * inner for share in shares]
    if any(not _fits(setter, cell, wide) for row in rows for cell, wide in zip(row, widths, strict=True)):
        return [block for row in rows for block in stacked(setter, head, row)]
    titles = [_lines(setter, Cell(strong=word), wide) for word, wide in zip(head, widths, strict=True)]
    whole = Tag("Table")
    first = _row(titles, [None] * len(head), widths, heads=True)
    blocks = [replace(first, keep=True, above=STEP_2, tags=(whole, Tag("TR")))]
    for row in rows:
        lines = [_lines(setter, cell, wide) for cell, wide in zip(row, widths, strict=True)]
        says = " ".join(f"{cell.strong} {cell.text}" for cell in row)
        blocks.append(replace(_row(lines, [cell.look for cell in row], widths), says=says, tags=(whole, Tag("TR"))))
    if any(block.height > HIGHEST_ROW for block in blocks):
        return [block for row in rows for block in stacked(setter, head, row)]
    return under_head(blocks)


def stacked(
    setter: Typesetter, head: Sequence[str], row: Sequence[Cell], label: Style = STRONG, style: Style = TEXT
) -> list[Block]:
    """One row as label and value, again and again; what has no value is left out."""
    blocks: list[Block] = []
    for title, cell in zip(head, row, strict=True):
        words = " ".join(part for part in (cell.strong, cell.text) if part)
        if words:
            blocks += paragraph(setter, title, label, above=STEP_2 if blocks else STEP_3, keep=True)
            blocks += paragraph(setter, words, style, above=0.0)
    return blocks


def _fits(setter: Typesetter, cell: Cell, wide: float) -> bool:
    room = wide - (CHIP_ROOM if cell.look else 0.0)
    words = words_in(f"{cell.strong} {cell.text}")
    longest = max((setter.width(word, STRONG) for word in words), default=0.0)
    return longest <= room or longest > COLUMN    # what is longer than a column of cards may be split anywhere


def _lines(setter: Typesetter, cell: Cell, wide: float) -> list[Line]:
    room = wide - (CHIP_ROOM if cell.look else 0.0)
    strong = [(line, STRONG) for line in setter.lines(cell.strong, STRONG, room)] if cell.strong else []
    plain = [(line, TEXT) for line in setter.lines(cell.text, TEXT, room)] if cell.text else []
    return [*strong, *plain] or [(EMPTY, TEXT)]


def _row(
    cells: Sequence[Sequence[Line]], looks: Sequence[Look | None], widths: Sequence[float], *, heads: bool = False
) -> Block:
    tallest = max(sum(style.height((line,)) for line, style in lines) for lines in cells)
    height = max(tallest, CHIP if any(looks) else 0.0) + 2 * STEP_2

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.rule(x, y + height, WIDTH, LIGHT["ink" if heads else "line"], 1.5 if heads else 0.75)
        for lines, look, wide in zip(cells, looks, widths, strict=True):
            if look:
                sheet.chip(x, y + STEP_2, CHIP, look)
            with sheet.tagged(cell_tag(heads)):
                put(sheet, x + (CHIP_ROOM if look else 0.0), y + STEP_2, lines)
            x += wide + BETWEEN

    return Block(height=height, draw=draw)


def put(sheet: Sheet, x: float, top: float, lines: Sequence[Line]) -> float:
    """Lines of several styles under each other; where the next one would begin."""
    for line, style in lines:
        top = sheet.lines(x, top, (line,), style)
    return top


def box(setter: Typesetter, title: str, text: str, *, above: float = STEP_3) -> Block:
    """A tinted box that asks or tells something beside the text."""
    inner = WIDTH - 2 * STEP_3
    heads = setter.lines(title, SMALL_HEADING, inner)
    lines = setter.lines(text, TEXT, min(inner, MEASURE))
    height = 2 * STEP_3 + SMALL_HEADING.height(heads) + STEP_1 + TEXT.height(lines)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y, WIDTH, height, LIGHT["accent-soft"], radius=6)
        with sheet.tagged(Tag("P")):
            y = sheet.lines(x + STEP_3, y + STEP_3, heads, SMALL_HEADING)
        with sheet.tagged(Tag("P")):
            sheet.lines(x + STEP_3, y + STEP_1, lines, TEXT)

    return Block(height=height, draw=draw, above=above, says=f"{title} {text}", tags=(Tag("Div"),))


def said(setter: Typesetter, text: str, meta: str, look: Look) -> list[Block]:
    """Somebody's words as a quote, a bar beside them, and under them where they stand."""
    indent = 6 * MM
    quoted = paragraph(setter, text, QUOTE, above=0.0, keep=True, indent=indent)
    under = setter.lines(meta, TEXT, MEASURE - indent - CHIP_ROOM)
    height = max(CHIP, TEXT.height(under)) + STEP_1

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.chip(x + indent, y + STEP_1, CHIP, look)
        sheet.lines(x + indent + CHIP_ROOM, y + STEP_1 + max(0.0, (CHIP - TEXT.leading) / 2), under, TEXT)

    last = Block(height=height + STEP_1, draw=draw, says=meta)
    tags = (Tag("BlockQuote"), Tag("P"))
    pieces = [replace(_barred(block), tags=tags) for block in quoted]
    return [replace(pieces[0], above=STEP_3), *pieces[1:], _barred(last)]


def _barred(block: Block) -> Block:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y, STEP_1 * 0.8, block.height, LIGHT["accent"], radius=0)
        block.draw(sheet, x, y)

    return replace(block, draw=draw)


def asked(setter: Typesetter, number: int, question: str, meta: Sequence[str], answer: str) -> list[Block]:
    """A live question: its number, its words, how it stands and who else asked it, and the answer."""
    indent = 9 * MM
    words = [replace(block, keep=True) for block in paragraph(setter, question, STRONG, above=STEP_3, indent=indent)]
    first = words[0]

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.lines(x, y, (str(number),), SMALL_HEADING)
        first.draw(sheet, x, y)

    told = [each for words in meta for each in paragraph(setter, words, above=0.0, keep=bool(answer), indent=indent)]
    return [
        replace(first, draw=draw), *words[1:], *told,
        *(paragraph(setter, answer, above=STEP_1, indent=indent) if answer else []),
    ]  # fmt: skip


def small_card(setter: Typesetter, text: str, meta: Sequence[str]) -> Block:
    """A white card of one column: what was promised, and under it by whom and by when."""
    inner = COLUMN - 2 * CARD_PAD
    lines = setter.lines(text, TEXT, inner)
    under = [line for words in meta if words for line in setter.lines(words, TEXT, inner)]
    height = 2 * CARD_PAD + TEXT.height(lines) + (STEP_2 + TEXT.height(under) if under else 0.0)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y, COLUMN, height, LIGHT["surface"], LIGHT["line"])
        y = sheet.lines(x + CARD_PAD, y + CARD_PAD, lines, TEXT)
        if under:
            sheet.rule(x + CARD_PAD, y + STEP_1, inner, LIGHT["line"])
            sheet.lines(x + CARD_PAD, y + STEP_2, tuple(under), TEXT)

    return Block(height=height, draw=draw, says=" ".join((text, *meta)), tags=item_tags())
