"""Letters for the post: one page each, for window envelopes (DL), and a sheet of labels for those without a window."""

from collections.abc import Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from core.base import language
from core.domain.contact import Way
from core.domain.delivery import State
from core.post.drafts import written
from core.post.letters import Heading, Letter, Paragraph, Row, Table, left_out, written_at
from core.post.office import Office, Ready
from core.record.blocks import cell_tag
from core.record.page.flow import MM
from core.record.page.styles import INK_2, STRONG, TEXT
from core.record.page.tagging import Tag
from core.record.page.typeset import Style, one_line
from core.record.palette import LIGHT
from core.record.prints import About, Paper, Printer

LEFT, RIGHT = 22 * MM, 190 * MM
WIDTH = RIGHT - LEFT
HEAD = 14 * MM
WINDOW_LEFT, WINDOW_TOP = 22 * MM, 51 * MM
WINDOW_WIDTH, WINDOW_HEIGHT = 86 * MM, 34 * MM
BODY_TOP, BODY_BOTTOM = 92 * MM, 282 * MM
FOLDS = (105 * MM, 210 * MM)
FOLD_MARK = 5 * MM
GAP, ROW_GAP, BETWEEN = 2.4 * MM, 1.6 * MM, 5 * MM
CODE = 29 * MM
WHO = Style(14.5, 21, bold=True, colour=LIGHT["accent"])
TITLE = Style(18, 24, bold=True)
SUB = Style(13.5, 18, bold=True)
QUIET = Style(12, 16.5, colour=INK_2)
LABELS_ACROSS, LABELS_DOWN = 2, 7
LABEL_WIDTH, LABEL_HEIGHT = 99.1 * MM, 38.1 * MM
LABEL_LEFT, LABEL_TOP, LABEL_GAP = 4.65 * MM, 15.15 * MM, 2.5 * MM
"""Of the commonest sheets of 14 labels (L7163)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One letter on paper: where it goes, who sends it, what stands in it. `link` is what its QR code opens; empty for
    none: what only a laptop serves is gone in a few weeks."""

    to: str
    sender: str
    day: str
    letter: Letter
    link: str = ""


def write_letters(office: Office, folder: Path) -> list[Path]:
    """The letters that wait for the post, their labels, and each person's own record, numbered in the same order; they
    count as printed. Raises NotSaved."""
    ready = office.all_ready(Way.POST)
    if not ready:
        return []
    board = office.board
    shop = board.workshop
    about = About(title=board.title(), code="", address="", language=shop.language if shop else language.SOURCE)
    posted = [_posted(office, each) for each in ready]
    files = {"letters.pdf": letters_pdf(posted, about), "labels.pdf": labels_pdf([each.to for each in posted], about)}
    files |= {f"{at:03} {file.name}": file.data for at, each in enumerate(ready, 1) for file in each.enclosed}
    paths = [written(folder / name, data) for name, data in files.items()]
    office.note_exported(paths, "letters")
    office.hand_out(ready, State.PRINTED)
    return paths


def _posted(office: Office, ready: Ready) -> Posted:
    spoken = ready.contact.consent.language
    sender = one_line(office.host()) or one_line(office.board.title())
    day = copy_context().run(_day_in, spoken, office)
    return Posted(to=ready.contact.address, sender=sender, day=day, letter=ready.letter, link=office.online)


def _day_in(spoken: str, office: Office) -> str:
    language.use(spoken)
    return written_at(office.clock(), office.zone)


def letters_pdf(posted: Sequence[Posted], about: About) -> bytes:
    """One page for each letter."""
    printer = Printer(about, Paper.A4, mirrored=False)
    for each in posted:
        printer.page(lambda page, each=each: copy_context().run(_draw_letter, page, each))    # type: ignore[misc]
    return printer.finished()


def labels_pdf(addresses: Sequence[str], about: About) -> bytes:
    """The addresses on sheets of 14 labels, in the order of the letters."""
    printer = Printer(about, Paper.A4, mirrored=False)
    a_sheet = LABELS_ACROSS * LABELS_DOWN
    for first in range(0, len(addresses), a_sheet):
        printer.page(lambda page, some=addresses[first : first + a_sheet]: _draw_labels(page, some))  # type: ignore[misc]
    return printer.finished()


def _draw_labels(printer: Printer, addresses: Sequence[str]) -> None:
    for place, address in enumerate(addresses):
        down, across = divmod(place, LABELS_ACROSS)
        x = LABEL_LEFT + across * (LABEL_WIDTH + LABEL_GAP) + 5 * MM
        lines = address_lines(printer, address, LABEL_WIDTH - 10 * MM, LABEL_HEIGHT - 6 * MM)
        top = LABEL_TOP + down * LABEL_HEIGHT + (LABEL_HEIGHT - TEXT.height(lines)) / 2
        printer.sheet.lines(x, top, lines, TEXT)


def address_lines(printer: Printer, address: str, width: float, height: float) -> tuple[str, ...]:
    """The lines of an address. Where there is room for fewer, the shortest neighbours share one; none is left out, even
    where an address needs more room than there is."""
    lines = [one_line(line) for line in address.splitlines()]
    most = int(height / TEXT.leading)
    broken = _broken(printer, lines, width)
    while len(broken) > most and len(lines) > 1:
        at = min(range(len(lines) - 1), key=lambda at: len(lines[at]) + len(lines[at + 1]))
        lines[at : at + 2] = [f"{lines[at]}, {lines[at + 1]}"]
        broken = _broken(printer, lines, width)
    return broken


def _broken(printer: Printer, lines: Sequence[str], width: float) -> tuple[str, ...]:
    return tuple(part for line in lines for part in printer.setter.lines(line, TEXT, width))


def _draw_letter(printer: Printer, posted: Posted) -> None:
    language.use(posted.letter.language)
    with printer.sheet.tagged(Tag("Sect", language=posted.letter.language)):
        _draw(printer, posted)


def _draw(printer: Printer, posted: Posted) -> None:
    sheet = printer.sheet
    sheet.mark(LEFT, HEAD, 6 * MM, LIGHT["accent"])
    sheet.lines(LEFT + 9 * MM, HEAD - 0.5 * MM, printer.setter.lines(posted.sender, WHO, 105 * MM)[:1], WHO)
    sheet.lines_right(RIGHT, HEAD, (posted.day,), TEXT)
    room = WINDOW_WIDTH - 4 * MM, WINDOW_HEIGHT - 4 * MM
    ends = sheet.lines(WINDOW_LEFT, WINDOW_TOP + 2 * MM, address_lines(printer, posted.to, *room), TEXT)
    for fold in FOLDS:
        sheet.rule(0, fold, FOLD_MARK, LIGHT["ink-3"], 0.5)
    top = max(BODY_TOP, ends + GAP)
    blocks = _fitting(printer, posted, BODY_BOTTOM - top)
    for block, width in _wide(blocks, posted):
        top = _draw_block(printer, block, top, width)
        if isinstance(block, Table) and posted.link:
            printer.code(RIGHT - CODE, min(top, BODY_BOTTOM - CODE), CODE, posted.link)


Drawn = Heading | Paragraph | Table


def _fitting(printer: Printer, posted: Posted, room: float) -> list[Drawn]:
    """The blocks as they fit on the page: notes that do not fit are counted."""
    blocks: list[Drawn] = [Heading(posted.letter.subject), *posted.letter.blocks]
    if isinstance(blocks[1], Paragraph):    # "Hello," comes before the title
        blocks[0], blocks[1] = blocks[1], blocks[0]
    while sum(_height(printer, block, width) for block, width in _wide(blocks, posted)) > room:
        shorter = _with_fewer_rows(blocks)
        if shorter is None:
            break
        blocks = shorter
    return blocks


def _with_fewer_rows(blocks: Sequence[Drawn]) -> list[Drawn] | None:
    for at, block in enumerate(blocks):
        if isinstance(block, Table) and len(block.rows) > 1:
            return [*blocks[:at], replace(block, rows=block.rows[:-1], left_out=block.left_out + 1), *blocks[at + 1 :]]
    return None


def _wide(blocks: Sequence[Drawn], posted: Posted) -> Iterator[tuple[Drawn, float]]:
    """Each block with the width it has: what stands under the notes leaves room for the QR code."""
    width = WIDTH
    for block in blocks:
        yield block, width
        if isinstance(block, Table) and posted.link:
            width = WIDTH - CODE - BETWEEN


def _height(printer: Printer, block: Drawn, width: float) -> float:
    match block:
        case Heading():
            style = _heading_style(block)
            return style.height(printer.setter.balanced(block.words, style, width)) + GAP
        case Paragraph():
            return TEXT.height(printer.setter.lines(block.words, TEXT, width)) + GAP
        case Table():
            more = TEXT.leading + GAP if block.left_out else 0.0
            return sum(_row_height(printer, block, row) for row in (None, *block.rows)) + GAP + more


def _heading_style(block: Heading) -> Style:
    return SUB if block.is_small else TITLE


def _columns(table: Table) -> list[tuple[float, float]]:
    """Where each column begins and how wide it is."""
    shares = (0.44, 0.24, 0.32) if len(table.heads) == 3 else (0.5, 0.5)
    ends = [0.0]
    for share in shares:
        ends.append(ends[-1] + share * WIDTH)
    return [(LEFT + begin, end - begin - BETWEEN) for begin, end in pairwise(ends)]


def _cells(printer: Printer, table: Table, row: Row | None) -> list[list[tuple[tuple[str, ...], Style]]]:
    """The lines of each cell; the status stands in bold over what happens now."""
    if row is None:
        return [
            [(printer.setter.lines(head, STRONG, width), STRONG)]
            for head, (_x, width) in zip(table.heads, _columns(table), strict=True)
        ]
    cells = []
    for cell, (_x, width) in zip(table.cells(row), _columns(table), strict=True):
        cells.append([(printer.setter.lines(cell, TEXT, width) if cell else (), TEXT)])
    if row.status:
        cells[-1].insert(0, (printer.setter.lines(row.status, STRONG, _columns(table)[-1][1]), STRONG))
    return cells


def _row_height(printer: Printer, table: Table, row: Row | None) -> float:
    cells = _cells(printer, table, row)
    return max(sum(style.height(lines) for lines, style in cell) for cell in cells) + 2 * ROW_GAP


def _draw_block(printer: Printer, block: Drawn, top: float, width: float) -> float:
    sheet, setter = printer.sheet, printer.setter
    match block:
        case Heading():
            style = _heading_style(block)
            with sheet.tagged(Tag("H2" if block.is_small else "H1")):
                return sheet.lines(LEFT, top, setter.balanced(block.words, style, width), style) + GAP
        case Paragraph():
            style = QUIET if block.quiet else TEXT
            return sheet.lines(LEFT, top, setter.lines(block.words, style, width), style) + GAP
        case Table():
            with sheet.tagged(Tag("Table")):
                for row in (None, *block.rows):
                    top = _draw_row(printer, block, row, top)
            if block.left_out:
                top = sheet.lines(LEFT, top + ROW_GAP, (left_out(block.left_out),), TEXT)
            return top + GAP


def _draw_row(printer: Printer, table: Table, row: Row | None, top: float) -> float:
    place = Tag("TR")
    for cell, (x, _width) in zip(_cells(printer, table, row), _columns(table), strict=True):
        y = top + ROW_GAP
        with printer.sheet.tagged(place, cell_tag(row is None)):
            for lines, style in cell:
                y = printer.sheet.lines(x, y, lines, style)
    bottom = top + _row_height(printer, table, row)
    printer.sheet.rule(LEFT, bottom, WIDTH, LIGHT["ink" if row is None else "line"], 1.5 if row is None else 0.75)
    return bottom
