"""The record in large print: 18 points and more, one column, label above value, and never a table."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.base.language import _
from core.record import blocks
from core.record.blocks import STEP_2, STEP_3, STEP_4
from core.record.model import Record
from core.record.page.flow import FOOT, MM, TOP, WIDTH, Block, paginate
from core.record.page.sheet import Sheet
from core.record.page.strokes import Corners, Pen, edge_of
from core.record.page.tagging import Tag
from core.record.page.typeset import Style, Typesetter
from core.record.palette import ALONE, LIGHT, Look, look_of
from core.record.pdf import Layout, undrawn_on
from core.record.story import Element, Heading, Pairs, Points, Rows, Said, Sentence, facts, story

TITLE = Style(36, 44, bold=True)
PART = Style(28, 36, bold=True)
HEADING = Style(22, 30, bold=True)
EYEBROW = Style(18, 27, bold=True, colour=LIGHT["accent"])
WORDS = Style(18, 27)
STRONG = Style(18, 27, bold=True)
NOTE = Style(18, 27, colour=LIGHT["note-ink"])
NOTE_STRONG = Style(18, 27, bold=True, colour=LIGHT["note-ink"])
STYLES = (TITLE, PART, HEADING, EYEBROW, WORDS, STRONG, NOTE, NOTE_STRONG)
PAD, MARK, MARK_ROOM = 5 * MM, 5 * MM, 8 * MM
OWN_LINE = 1 * MM


def lay_out_large(record: Record, setter: Typesetter) -> Layout:
    """Put everything the record says on pages of large print."""
    pages = tuple(paginate([*_begin(setter, record), *_told(setter, list(story(record)))]))
    return Layout(record, setter, pages, tuple(undrawn_on(setter, pages)), foot=WORDS)


def _told(setter: Typesetter, elements: Sequence[Element]) -> Iterator[Block]:
    """All of it as blocks. A sentence between a heading and the first note under it keeps with both."""
    for at, element in enumerate(elements):
        made = _blocks(setter, element)
        leads = isinstance(element, Sentence) and isinstance(elements[at - 1], Heading)
        if leads and any(isinstance(after, Said) for after in elements[at + 1 : at + 2]):
            made[-1] = replace(made[-1], keep=True)
        yield from made


def _begin(setter: Typesetter, record: Record) -> Iterator[Block]:
    eyebrow = setter.lines(_("The record of our workshop"), EYEBROW, WIDTH)
    title = setter.balanced(record.cover.title, TITLE, WIDTH)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.bookmark(0, record.cover.title, y)
        sheet.lines(x, sheet.lines(x, y, eyebrow, EYEBROW), title, TITLE)

    height = EYEBROW.height(eyebrow) + TITLE.height(title)
    yield Block(height=height, draw=draw, level=1, title=record.cover.title, says=record.cover.title, keep=True)
    for line in facts(record):
        yield from blocks.paragraph(setter, line, WORDS)


def _blocks(setter: Typesetter, element: Element) -> list[Block]:
    match element:
        case Heading():
            return [_heading(setter, element)]
        case Sentence():
            return blocks.paragraph(setter, element.text, WORDS, above=STEP_3)
        case Points():
            signs = (f"{number}. " if element.ranked else "• " for number in range(1, len(element.items) + 1))
            items = (f"{sign}{item}" for sign, item in zip(signs, element.items, strict=True))
            return [block for item in items for block in _item(setter, item)]
        case Rows():
            rows = (tuple(zip(element.head, row, strict=True)) for row in element.rows)
            return [block for row in rows for block in _pairs(setter, row)]
        case Said():
            return _said(setter, element)
        case Pairs():
            return _pairs(setter, element.pairs)


def _heading(setter: Typesetter, heading: Heading) -> Block:
    style = PART if heading.level == 1 else HEADING
    eyebrow = setter.lines(heading.eyebrow, EYEBROW, WIDTH) if heading.eyebrow else ()
    lines = setter.balanced(heading.text, style, WIDTH)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.bookmark(heading.level - 1, heading.text, y)
        sheet.lines(x, sheet.lines(x, y, eyebrow, EYEBROW), lines, style)

    return Block(
        height=EYEBROW.height(eyebrow) + style.height(lines), draw=draw, above=STEP_4, keep=True, level=heading.level,
        title=heading.text, says=heading.text,
    )  # fmt: skip


def _item(setter: Typesetter, text: str) -> list[Block]:
    tags = blocks.item_tags()
    return [replace(block, tags=tags) for block in blocks.paragraph(setter, text, WORDS)]


def _pairs(setter: Typesetter, pairs: Sequence[tuple[str, str]]) -> list[Block]:
    """Label above value, all of one row together."""
    made: list[Block] = []
    for label, value in pairs:
        if value:
            above = STEP_2 if made else STEP_3
            made += blocks.paragraph(setter, label, STRONG, above=above, keep=True)
            made += blocks.paragraph(setter, value, WORDS, above=0.0)
    return together(made)


def together(made: list[Block]) -> list[Block]:
    """The same blocks on one page, as long as they take up less than half of one."""
    if sum(block.height for block in made) > (FOOT - TOP) / 2:
        return made
    return [*(replace(block, keep=True) for block in made[:-1]), *made[-1:]]


def _said(setter: Typesetter, said: Said) -> list[Block]:
    """A box with somebody's words, as many as fit on a page; what is longer goes on in the next."""
    look = ALONE if said.colour is None else look_of(said.colour)
    inner = WIDTH - 2 * PAD
    lines = setter.lines(said.text, NOTE, inner)
    under = setter.lines(said.under, NOTE, inner) if said.under else ()
    most = int((FOOT - TOP - 2 * PAD) / NOTE.leading) - 2 - len(under)
    pieces = [lines[at : at + most] for at in range(0, max(1, len(lines)), most)]
    last = len(pieces) - 1
    boxes = [
        _box(piece, under if at == last else (), look, Corners(at == 0, at == last), own=said.own)
        for at, piece in enumerate(pieces)
    ]
    return [*boxes[:-1], replace(boxes[-1], keep=said.own and not said.under)]    # where it went stands below it


def _box(
    lines: tuple[str, ...], under: tuple[str, ...], look: Look, ends: Corners, *, own: bool
) -> Block:
    label = _("Your note") if own and ends.top else ""
    height = 2 * PAD + NOTE.height(lines) + NOTE.height(under) + (NOTE_STRONG.leading if label else 0.0)
    pen = Pen(LIGHT["ink"], OWN_LINE) if own else Pen(edge_of(look))

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y, WIDTH, height, LIGHT[look.tint], pen, ends=ends)
        left, y = x + PAD, y + PAD
        with sheet.tagged(Tag("P")):
            if label:
                sheet.mark(left, y + (NOTE.leading - MARK) / 2, MARK, LIGHT["note-ink"])
                y = sheet.lines(left + MARK_ROOM, y, (label,), NOTE_STRONG)
            y = sheet.lines(left, y, lines, NOTE)
            sheet.lines(left, y, under, NOTE)

    return Block(height=height, draw=draw, above=STEP_3, says=" ".join(lines), tags=(Tag("Div"),))
