"""What is printed before the day: posters, table cards, paper slips with personal codes, sheets for notes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from reportlab.lib.pagesizes import A3, A4

from core.base.join import public_join_url, qr_matrix
from core.base.language import _
from core.base.wifi import Wifi
from core.domain.board import Board
from core.domain.preparing import table_name
from core.record import wording
from core.record.page.flow import MM
from core.record.page.lines import rows_of
from core.record.page.strokes import PAGE_HEIGHT, PAGE_WIDTH
from core.record.page.styles import ACCENT, INK_2, STRONG, TEXT
from core.record.page.tagged import TaggedPdf
from core.record.page.tagging import Tag
from core.record.page.typeset import Style, Typesetter
from core.record.palette import LIGHT
from core.record.slips import Slip

TITLES = tuple(Style(size, size * 1.3, bold=True, colour=ACCENT) for size in (20, 16, 12))
CALL = Style(60, 72, bold=True)
SMALL_CALL = Style(34, 42, bold=True)
BIG, BIG_STRONG = Style(22, 27), Style(22, 27, bold=True)
BODY, BODY_STRONG = Style(16, 22), Style(16, 22, bold=True)
CODE, CARD_CODE, SLIP_CODE = Style(42, 50, bold=True), Style(32, 40, bold=True), Style(15, 20, bold=True)
ASKED = tuple(Style(size, size * 1.25, bold=True) for size in (20, 17, 14.5, 12))
QUIET = Style(12, 16.5, colour=INK_2)
SLIP_HEAD = Style(12, 16.5, bold=True, colour=ACCENT)
POSTER_CODE, CARD_QR, SLIP_QR, SHEET_QR = 140 * MM, 84 * MM, 36 * MM, 30 * MM
SLIPS_ACROSS, SLIPS_DOWN = 2, 4
LINE_STEP = 12.5 * MM


class Piece(StrEnum):
    """What can be printed."""

    POSTER = "poster"
    CARDS = "cards"
    SLIPS = "slips"
    SHEETS = "sheets"


class Paper(StrEnum):
    """How large the paper is. Only posters are larger than A4."""

    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What all pieces say: which workshop it is, where phones find it, what is asked."""

    title: str
    code: str
    address: str
    language: str
    questions: tuple[str, ...] = ()
    reply_by: date | None = None
    wifi: Wifi | None = None

    @property
    def link(self) -> str:
        """What the QR code holds."""
        return public_join_url(self.address, self.code)

    @property
    def typed(self) -> str:
        """The address as people type it."""
        return self.address.removeprefix("http://")

    @property
    def spaced_code(self) -> str:
        """The code in two groups."""
        return f"{self.code[:3]} {self.code[3:]}"


def about(board: Board, address: str, wifi: Wifi | None = None) -> About:
    """What is printed of a workshop that is found there."""
    workshop = board.workshop
    day = workshop.reply_by if workshop else None
    asked = (each for each in board.questions_in_order() if not board.is_dropped(each.id))
    return About(
        title=board.title(), code=workshop.code if workshop else "", address=address, wifi=wifi,
        language=workshop.language if workshop else "en", questions=tuple(board.text(each.words) for each in asked),
        reply_by=date.fromordinal(day) if day else None,
    )  # fmt: skip


class Printer:
    """One document on its way to paper."""

    def __init__(self, about: About, paper: Paper, *, mirrored: bool = True) -> None:
        """`mirrored` as in Typesetter."""
        self.about = about
        self.setter = Typesetter(about.language, mirrored=mirrored)
        large = paper is Paper.A3
        self._document = TaggedPdf(
            self.setter, A3 if large else A4, title=about.title, scale=A3[0] / A4[0] if large else 1.0
        )
        self.sheet = self._document.sheet

    def page(self, draw: "Draw") -> None:
        """One page, drawn as for A4."""
        with self._document.page():
            draw(self)

    def finished(self) -> bytes:
        """The document."""
        return self._document.finished()

    def fitting(self, text: str, styles: Sequence[Style], width: float, most: int) -> tuple[tuple[str, ...], Style]:
        """The text in the largest of these styles in which it needs no more lines; else in the smallest, whole."""
        tried = [(self.setter.balanced(text, style, width), style) for style in styles]
        return next((each for each in tried if len(each[0]) <= most), tried[-1])

    def centred(self, top: float, lines: Sequence[str], style: Style) -> float:
        """Lines in the middle of the page; where the next one would begin."""
        for line in lines:
            self.sheet.text_centre(PAGE_WIDTH / 2, top + style.leading * (rows_of(line) - 0.22), line, style)
            top += style.leading * rows_of(line)
        return top

    def code(self, x: float, y: float, size: float, link: str, *, firm: bool = False) -> None:
        """A QR code in a square with its quiet zone, and what is read aloud in its place."""
        says = _("QR code. It opens {address}").format(address=link)
        self.sheet.squares(x, y, size, qr_matrix(link, firm=firm), says)


Draw = Callable[[Printer], None]
"""What draws one page."""


def make_print(
    piece: Piece, about: About, *, paper: Paper = Paper.A4, count: int = 1, slips: Sequence[Slip] = ()
) -> bytes:
    """A PDF of so many cards, or sheets for each question; one poster; one slip for each code."""
    printer = Printer(about, paper if piece is Piece.POSTER else Paper.A4)
    for draw in _pages(piece, about, count, slips):
        printer.page(draw)
    return printer.finished()


def _pages(piece: Piece, about: About, count: int, slips: Sequence[Slip]) -> Iterator[Draw]:
    a_page = SLIPS_ACROSS * SLIPS_DOWN
    match piece:
        case Piece.POSTER:
            yield _poster
        case Piece.CARDS:
            yield from (partial(_card, table=table) for table in range(1, count + 1))
        case Piece.SLIPS:
            firsts = range(0, len(slips), a_page)
            yield from (partial(_slips, slips=slips[first : first + a_page]) for first in firsts)
        case Piece.SHEETS:
            for number, question in enumerate(about.questions, 1):
                yield from [partial(_note_sheet, number=number, question=question)] * count


def _poster(printer: Printer) -> None:
    about, sheet = printer.about, printer.sheet
    lines, style = printer.fitting(about.title, TITLES, 174 * MM, 2)
    with sheet.tagged(Tag("H1")):
        top = printer.centred(18 * MM, lines, style)
    with sheet.tagged(Tag("P")):
        top = printer.centred(top, (_("Have your say"),), CALL)
    printer.centred(top + 1 * MM, (_("Point your phone’s camera here."), _("No app. No account.")), BIG)
    printer.code((PAGE_WIDTH - POSTER_CODE) / 2, 76 * MM, POSTER_CODE, about.link, firm=True)
    sheet.box(18 * MM, 219 * MM, 92 * MM, 48 * MM, LIGHT["surface"], LIGHT["ink"])
    y = sheet.lines(25 * MM, 223 * MM, (_("Or type"),), BODY)
    y = sheet.lines(25 * MM, y, (about.typed,), BODY_STRONG)
    y = sheet.lines(25 * MM, y, (_("and this code"),), BODY)
    sheet.lines(25 * MM, y - 1 * MM, (about.spaced_code,), CODE)
    _beside(printer)
    if about.reply_by is not None:
        told = _("We will write back by {day}.").format(day=wording.day(about.reply_by))
        wide = printer.setter.width(told, BODY)
        sheet.mark((PAGE_WIDTH - wide) / 2 - 9 * MM, 276 * MM, 6 * MM, ACCENT)
        printer.centred(275 * MM, (told,), BODY)


def _beside(printer: Printer) -> None:
    """What else there is: the room's Wi-Fi, and paper. A long password makes all of it smaller."""
    sheet, setter = printer.sheet, printer.setter
    sheet.box(117 * MM, 219 * MM, 76 * MM, 48 * MM, LIGHT["accent-soft"])
    said = [*_of_wifi(printer.about.wifi), _("Like paper more? Take a note sheet.")]
    for style in (BODY, Style(14, 19), TEXT):
        lines = [line for each in said for line in setter.lines(each, style, 64 * MM)]
        if style.height(lines) <= 40 * MM or style is TEXT:
            sheet.lines(123 * MM, 223 * MM, tuple(lines), style)
            break


def _of_wifi(wifi: Wifi | None) -> list[str]:
    if wifi is None:
        return []
    password = [_("Password: {password}").format(password=wifi.password)] if wifi.password else []
    return [_("Wi-Fi: {name}").format(name=wifi.name), *password]


def _card(printer: Printer, table: int) -> None:
    """Folded in the middle it stands up, the same from both sides."""
    _half(printer, table)
    with printer.sheet.turned(), printer.sheet.aside():
        _half(printer, table)
    printer.sheet.dashed(0, PAGE_HEIGHT / 2, PAGE_WIDTH, PAGE_HEIGHT / 2)
    printer.sheet.lines(6 * MM, PAGE_HEIGHT / 2 + 1 * MM, (_("Fold here"),), QUIET)


def _half(printer: Printer, table: int) -> None:
    about, sheet, left, width = printer.about, printer.sheet, 96 * MM, 104 * MM
    middle = PAGE_HEIGHT * 3 / 4
    printer.code(8 * MM, middle - CARD_QR / 2, CARD_QR, about.link, firm=True)
    with sheet.tagged(Tag("H1")):
        y = sheet.lines(left, middle - 38 * MM, (table_name(table),), Style(18, 24, bold=True, colour=ACCENT))
    y = sheet.lines(left, y, (_("Have your say"),), SMALL_CALL)
    y = sheet.lines(left, y + 1 * MM, (_("Scan this, or type"),), BODY)
    y = sheet.lines(left, y, (about.typed,), BODY_STRONG)
    y = sheet.lines(left, y + 1 * MM, (about.spaced_code,), CARD_CODE)
    or_write = printer.setter.lines(_("Or write on paper. Someone at your table will type it in."), BODY, width)
    sheet.lines(left, y + 2 * MM, or_write, BODY)


def _slips(printer: Printer, slips: Sequence[Slip]) -> None:
    wide, high, top = PAGE_WIDTH / SLIPS_ACROSS, 66 * MM, 16.5 * MM
    for place, slip in enumerate(slips):
        down, across = divmod(place, SLIPS_ACROSS)
        _slip(printer, slip, across * wide, top + down * high)
    rows = -(-len(slips) // SLIPS_ACROSS)
    for row in range(rows + 1):
        printer.sheet.dashed(0, top + row * high, PAGE_WIDTH, top + row * high)
    printer.sheet.dashed(wide, top, wide, top + rows * high)
    printer.sheet.lines(6 * MM, top - 7 * MM, (_("Cut here"),), QUIET)


def _slip(printer: Printer, slip: Slip, x: float, y: float) -> None:
    sheet, setter, left, width = printer.sheet, printer.setter, x + 6 * MM, 57 * MM
    sheet.mark(left, y + 8 * MM, 4.5 * MM, ACCENT)
    with sheet.tagged(Tag("H1")):
        sheet.lines(left + 6.5 * MM, y + 7 * MM, (slip.who or _("Your own code"),), SLIP_HEAD)
    groups = slip.code.split(" ")
    halves = (" ".join(groups[: len(groups) // 2]), " ".join(groups[len(groups) // 2 :]))
    top = sheet.lines(left, y + 14 * MM, halves, SLIP_CODE) + 1 * MM
    for told, style in _told_on(slip, printer.about):
        top = sheet.lines(left, top, setter.lines(told, style, width), style) + 0.8 * MM
    printer.code(x + 65 * MM, y + 15 * MM, SLIP_QR, slip.link)


def _told_on(slip: Slip, about: About) -> tuple[tuple[str, Style], ...]:
    """What stands under the code: how to use it, or where the notes of this person are already, the same as words."""
    if slip.who:
        return (slip.words, TEXT), (_("With this you see what came of your notes."), TEXT), (about.typed, STRONG)
    how = _("Put this code on your notes, or scan it to join. Keep this slip to see what came of your notes.")
    return (how, TEXT), (about.typed, STRONG)


def _note_sheet(printer: Printer, number: int, question: str) -> None:
    about, sheet, left = printer.about, printer.sheet, 22 * MM
    eyebrow = " · ".join((about.title, _("Question {n}").format(n=number)))
    top = sheet.lines(left, 13 * MM, printer.setter.lines(eyebrow, TITLES[2], 134 * MM), TITLES[2])
    lines, style = printer.fitting(question, ASKED, 134 * MM, 3)
    with sheet.tagged(Tag("H1")):
        top = sheet.lines(left, top, lines, style)
    how = _("Write one thing in each box. Big and clear is best. Please do not name other people.")
    top = sheet.lines(left, top + 1 * MM, printer.setter.lines(how, TEXT, 134 * MM), TEXT)
    printer.code(PAGE_WIDTH - 20 * MM - SHEET_QR, 11 * MM, SHEET_QR, about.link)
    top = max(top + 4 * MM, 50 * MM)
    wide, high = 81 * MM, (262 * MM - top - 6 * MM) / 2
    for place in range(4):
        down, across = divmod(place, 2)
        _note_box(printer, place + 1, left + across * (wide + 6 * MM), top + down * (high + 6 * MM), wide, high)
    back = printer.setter.lines(_("Your code from the slip, so that we can write back:"), TEXT, 80 * MM)
    sheet.lines(left, 271 * MM, back, TEXT)
    for group in range(4):
        sheet.rule(left + (88 + group * 21) * MM, 283 * MM, 17 * MM, INK_2, 1.2)


def _note_box(printer: Printer, number: int, x: float, y: float, wide: float, high: float) -> None:
    sheet = printer.sheet
    sheet.box(x, y, wide, high, LIGHT["surface"], LIGHT["ink"])
    foot = y + high - 10 * MM
    for step in range(int((high - 14 * MM) / LINE_STEP) + 1):
        sheet.rule(x + 4 * MM, foot - step * LINE_STEP, wide - 8 * MM, LIGHT["line"])
    sheet.lines(x + 4 * MM, foot + 1.5 * MM, (_("Note {n}").format(n=number),), QUIET)
    sheet.mark(x + wide - 8 * MM, foot + 2 * MM, 4 * MM, INK_2)


def could_not_draw(about: About) -> str:
    """The signs of what people wrote that the fonts do not have; boxes stand in their place."""
    return Typesetter(about.language).missing("".join((about.title, *about.questions)))
