"""The record in Easy Read: one idea a row, its picture left and its words right, four rows a page."""

from collections.abc import Iterator, Sequence

from core.base.language import _
from core.domain.easy import Written
from core.domain.terms import EasyPicture
from core.record.easy_pictures import PICTURES
from core.record.easy_words import names, starter
from core.record.model import Record
from core.record.page.flow import MM, TOP, WIDTH, Block, paginate
from core.record.page.sheet import Sheet
from core.record.page.strokes import PAGE_HEIGHT
from core.record.page.tagging import Tag
from core.record.page.typeset import Style, Typesetter
from core.record.palette import LIGHT, TINTS
from core.record.pdf import Layout, undrawn_on

TITLE = Style(26, 33, bold=True)
EYEBROW = Style(16, 25, bold=True, colour=LIGHT["accent"])
WORDS = Style(16, 25)
FOOT = Style(14, 20, colour=LIGHT["ink-2"])
STYLES = (TITLE, EYEBROW, WORDS, FOOT)
PICTURE, TALL, BETWEEN = 46 * MM, 44 * MM, 8 * MM
ROWS = 4
"""How many ideas stand on a page."""


def lay_out_easy(record: Record, setter: Typesetter, lines: Sequence[Written] = ()) -> Layout:
    """The lines on pages; where nobody wrote any, first words of ours."""
    pages = tuple(paginate(list(_blocks(record, setter, lines or starter(record)))))
    return Layout(record, setter, pages, tuple(undrawn_on(setter, pages)), foot=FOOT)


def _blocks(record: Record, setter: Typesetter, lines: Sequence[Written]) -> Iterator[Block]:
    yield _title(setter, record.cover.title)
    for number, (picture, text) in enumerate(lines):
        yield _row(setter, picture, text, number)


def _title(setter: Typesetter, title: str) -> Block:
    eyebrow, lines = setter.lines(_("Easy Read"), EYEBROW, WIDTH), setter.balanced(title, TITLE, WIDTH)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.bookmark(0, title, y)
        sheet.lines(x, sheet.lines(x, y, eyebrow, EYEBROW), lines, TITLE)

    height = EYEBROW.height(eyebrow) + TITLE.height(lines)
    return Block(height=height, draw=draw, level=1, title=title, says=title, keep=True)


def _row(setter: Typesetter, picture: EasyPicture, text: str, number: int) -> Block:
    """Rows share the page evenly: each takes a quarter of it, or more where its words need more."""
    lines = setter.lines(text, WORDS, WIDTH - PICTURE - BETWEEN)
    says = names()[picture]
    tint = LIGHT[TINTS[number % len(TINTS)]]
    height = max(TALL, WORDS.height(lines))

    def draw(sheet: Sheet, x: float, y: float) -> None:
        with sheet.figure(Tag("Figure", says=says), x, y, PICTURE, TALL):
            sheet.box(x, y, PICTURE, TALL, tint, radius=8)
            side = 26 * MM
            sheet.strokes(x + (PICTURE - side) / 2, y + (TALL - side) / 2, side, PICTURES[picture], LIGHT["note-ink"])
        with sheet.tagged(Tag("P")):
            sheet.lines(x + PICTURE + BETWEEN, y + (height - WORDS.height(lines)) / 2, lines, WORDS)

    above = max(BETWEEN, (PAGE_HEIGHT - 24 * MM - TOP - 30 * MM - ROWS * TALL) / ROWS)
    return Block(height=height, draw=draw, above=above, says=text, tags=(Tag("Div"),))
