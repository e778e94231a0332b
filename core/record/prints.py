"""What is printed before the day: posters, table cards, paper slips with personal codes, sheets for notes."""

from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from reportlab.lib.pagesizes import A3, A4

from core.base import language
from core.base.ids import VenueId
from core.base.join import public_join_url, qr_matrix, venue_url
from core.base.language import _
from core.base.wifi import Wifi
from core.domain.board import Board
from core.domain.preparing import table_name
from core.domain.venues import sign_of, venue_name
from core.record import wording
from core.record.page.flow import MM
from core.record.page.lines import rows_of
from core.record.page.strokes import PAGE_HEIGHT, PAGE_WIDTH
from core.record.page.styles import ACCENT, INK_2, STRONG, TEXT
from core.record.page.tagged import TaggedPdf
from core.record.page.tagging import Tag
from core.record.page.typeset import Style, Typesetter, can_write
from core.record.palette import LIGHT
from core.record.slips import Slip

TITLES = tuple(Style(size, size * 1.3, bold=True, colour=ACCENT) for size in (20, 16, 12))
PLACES = tuple(Style(size, size * 1.3, bold=True) for size in (18, 14, 12))
BODY, BODY_STRONG = Style(16, 22), Style(16, 22, bold=True)
SMALL, SMALL_STRONG = Style(14, 18), Style(14, 18, bold=True)
CODE, CARD_CODE, SLIP_CODE = Style(42, 50, bold=True), Style(32, 40, bold=True), Style(15, 20, bold=True)
BIG = Style(22, 27)
CALLS = tuple(Style(size, size * 1.2, bold=True) for size in (60, 52, 46, 40, 34, 28, 24, 18))
HEADS = tuple(zip(CALLS, (BIG, BIG, BIG, BIG, BIG, BODY, SMALL, TEXT), strict=True))
"""What a poster says first, and how to come in: the largest for which there is room. Some languages take more of it."""
TYPING = ((BODY, BODY_STRONG, CODE), (SMALL, SMALL_STRONG, CODE), (TEXT, STRONG, CARD_CODE))
ASKED = tuple(Style(size, size * 1.25, bold=True) for size in (20, 17, 14.5, 12))
QUIET = Style(12, 16.5, colour=INK_2)
SLIP_HEAD = Style(12, 16.5, bold=True, colour=ACCENT)
POSTER_CODE, CARD_QR, SLIP_QR, SHEET_QR = 140 * MM, 84 * MM, 36 * MM, 30 * MM
SLIPS_ACROSS, SLIPS_TOP = 2, 16.5 * MM
SLIP_HIGH, SLIP_TALL = 66 * MM, 88 * MM
"""A script whose lines are tall has room for fewer on a page."""
SLIP_LEFT, SLIP_ABOVE, SLIP_MARGINS, SLIP_GAP = 6 * MM, 5 * MM, 7.5 * MM, 0.6 * MM
LINE_STEP = 12.5 * MM
WIDE = 174 * MM


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
    venue: str = ""    # what stands for it in the link, where the pieces are for one of several venues
    place: str = ""    # what people call that venue

    @property
    def link(self) -> str:
        """What the QR code holds."""
        if self.venue:
            return venue_url(self.address, self.code, self.venue)
        return public_join_url(self.address, self.code)

    @property
    def typed(self) -> str:
        """The address as people type it."""
        return self.address.removeprefix("http://")

    @property
    def spaced_code(self) -> str:
        """The code in two groups."""
        return f"{self.code[:3]} {self.code[3:]}"


def about(board: Board, address: str, wifi: Wifi | None = None, venue: VenueId | None = None) -> About:
    """What is printed of a workshop that is found there; for one of its venues with that venue's own link."""
    workshop = board.workshop
    day = workshop.reply_by if workshop else None
    asked = (each for each in board.questions_in_order() if not board.is_dropped(each.id))
    return About(
        title=board.title(), code=workshop.code if workshop else "", address=address, wifi=wifi,
        language=workshop.language if workshop else "en", questions=tuple(board.text(each.words) for each in asked),
        reply_by=date.fromordinal(day) if day else None, venue=sign_of(venue) if venue else "",
        place=venue_name(board, venue) if venue else "",
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
Said = tuple[tuple[str, ...], Style]
"""Lines, and how they are set."""


def make_print(
    piece: Piece, about: About, *, paper: Paper = Paper.A4, count: int = 1, slips: Sequence[Slip] = ()
) -> bytes:
    """A PDF of so many cards, or sheets for each question; one poster; one slip for each code. In the language of the
    workshop, which is no other's business, or in English where the fonts have no letters for it."""
    return copy_context().run(_make, piece, about, paper, count, slips)


def _make(piece: Piece, about: About, paper: Paper, count: int, slips: Sequence[Slip]) -> bytes:
    language.use(about.language if can_write(about.language) else language.SOURCE)
    printer = Printer(about, paper if piece is Piece.POSTER else Paper.A4)
    for draw in _pages(piece, about, count, slips):
        printer.page(draw)
    return printer.finished()


def _pages(piece: Piece, about: About, count: int, slips: Sequence[Slip]) -> Iterator[Draw]:
    match piece:
        case Piece.POSTER:
            yield _poster
        case Piece.CARDS:
            yield from (partial(_card, table=table) for table in range(1, count + 1))
        case Piece.SLIPS:
            yield from slip_pages(about, slips)
        case Piece.SHEETS:
            for number, question in enumerate(about.questions, 1):
                yield from [partial(_note_sheet, number=number, question=question)] * count


def slip_pages(about: About, slips: Sequence[Slip]) -> Iterator[Draw]:
    """As many on a page as all have room for."""
    setter = Typesetter(about.language)
    tallest = max((_height(_on_slip(setter, slip, about)) for slip in slips), default=0.0)
    high = SLIP_HIGH if tallest <= SLIP_HIGH - SLIP_MARGINS else SLIP_TALL
    a_page = SLIPS_ACROSS * int((PAGE_HEIGHT - SLIPS_TOP) / high)
    for first in range(0, len(slips), a_page):
        yield partial(_slips, slips=slips[first : first + a_page], high=high)


def _height(said: Sequence[Said], gap: float = SLIP_GAP) -> float:
    return sum(style.height(lines) + gap for lines, style in said)


def _poster(printer: Printer) -> None:
    about, sheet = printer.about, printer.sheet
    lines, style = printer.fitting(about.title, TITLES, WIDE, 2)
    with sheet.tagged(Tag("H1")):
        top = printer.centred(18 * MM, lines, style)
    if about.place:
        with sheet.tagged(Tag("P")):
            top = printer.centred(top, *printer.fitting(about.place, PLACES, WIDE, 1))
    for lines, style in _call(printer, 74 * MM - top):
        with sheet.tagged(Tag("P")):
            top = printer.centred(top, lines, style)
    printer.code((PAGE_WIDTH - POSTER_CODE) / 2, 76 * MM, POSTER_CODE, about.link, firm=True)
    _to_type(printer)
    _beside(printer)
    if about.reply_by is not None:
        told = _("We will write back by {day}.").format(day=wording.day(about.reply_by))
        wide = printer.setter.width(told, BODY)
        sheet.mark((PAGE_WIDTH - wide) / 2 - 9 * MM, 276 * MM, 6 * MM, ACCENT)
        printer.centred(275 * MM, printer.setter.lines(told, BODY, WIDE), BODY)


def _call(printer: Printer, room: float) -> list[Said]:
    """As large as there is room for."""
    call, how = _("Have your say"), (_("Point your phone’s camera here."), _("No app. No account."))
    found: list[Said] = []
    for large, small in HEADS:
        told = how if small is BIG else (" ".join(how),)
        found = [(printer.setter.balanced(call, large, WIDE), large)]
        found += [(printer.setter.balanced(each, small, WIDE), small) for each in told]
        if len(found[0][0]) == 1 and _height(found, gap=0.0) <= room:
            break
    return found


def _to_type(printer: Printer) -> None:
    """Where and what, for those whose phone reads no codes."""
    about, sheet, setter = printer.about, printer.sheet, printer.setter
    sheet.box(18 * MM, 219 * MM, 92 * MM, 48 * MM, LIGHT["surface"], LIGHT["ink"])
    found: list[Said] = []
    for body, strong, code in TYPING:
        first, second = (setter.lines(words, body, 80 * MM) for words in (_("Or type"), _("and this code")))
        found = [(first, body), ((about.typed,), strong), (second, body), ((about.spaced_code,), code)]
        if _height(found, gap=0.0) <= 45 * MM:
            break
    y = 219 * MM + (48 * MM - _height(found, gap=0.0)) / 2
    for lines, style in found:
        y = sheet.lines(25 * MM, y, lines, style)


def _beside(printer: Printer) -> None:
    """What else there is: the room's Wi-Fi, and paper. A long password makes all of it smaller."""
    sheet, setter = printer.sheet, printer.setter
    sheet.box(117 * MM, 219 * MM, 76 * MM, 48 * MM, LIGHT["accent-soft"])
    said = [*of_wifi(printer.about.wifi), _("Like paper more? Take a note sheet.")]
    for style in (BODY, Style(14, 19), TEXT):
        lines = [line for each in said for line in setter.lines(each, style, 64 * MM)]
        if style.height(lines) <= 40 * MM or style is TEXT:
            sheet.lines(123 * MM, 223 * MM, tuple(lines), style)
            break


def of_wifi(wifi: Wifi | None) -> list[str]:
    """Its name and its password, in words."""
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
    about, sheet, setter, left, width = printer.about, printer.sheet, printer.setter, 96 * MM, 104 * MM
    middle = PAGE_HEIGHT * 3 / 4
    printer.code(8 * MM, middle - CARD_QR / 2, CARD_QR, about.link, firm=True)
    head = Style(18, 24, bold=True, colour=ACCENT)
    or_write = _("Or write on paper. Someone at your table will type it in.")
    said: list[Said] = [
        (setter.lines(table_name(table), head, width), head),
        printer.fitting(_("Have your say"), CALLS[4:], width, 1),
        (setter.lines(_("Scan this, or type"), BODY, width), BODY),
        ((about.typed,), BODY_STRONG),
        ((about.spaced_code,), CARD_CODE),
        (setter.lines(or_write, BODY, width), BODY),
    ]
    y = middle - _height(said) / 2
    for at, (lines, style) in enumerate(said):
        with sheet.tagged(Tag("P" if at else "H1")):
            y = sheet.lines(left, y, lines, style) + SLIP_GAP


def _slips(printer: Printer, slips: Sequence[Slip], high: float) -> None:
    wide, top = PAGE_WIDTH / SLIPS_ACROSS, SLIPS_TOP
    for place, slip in enumerate(slips):
        down, across = divmod(place, SLIPS_ACROSS)
        _slip(printer, slip, across * wide, top + down * high)
    rows = -(-len(slips) // SLIPS_ACROSS)
    for row in range(rows + 1):
        printer.sheet.dashed(0, top + row * high, PAGE_WIDTH, top + row * high)
    printer.sheet.dashed(wide, top, wide, top + rows * high)
    cut = printer.setter.lines(_("Cut here"), QUIET, wide)
    printer.sheet.lines(6 * MM, top - QUIET.height(cut) - 1 * MM, cut, QUIET)


def _slip(printer: Printer, slip: Slip, x: float, y: float) -> None:
    sheet, left = printer.sheet, x + SLIP_LEFT
    head, *rest = _on_slip(printer.setter, slip, printer.about)
    top = y + SLIP_ABOVE
    sheet.mark(left, top + 1 * MM, 4.5 * MM, ACCENT)
    with sheet.tagged(Tag("H1")):
        top = sheet.lines(left + 6.5 * MM, top, *head) + SLIP_GAP
    for lines, style in rest:
        with sheet.tagged(Tag("P")):
            top = sheet.lines(left, top, lines, style) + SLIP_GAP
    printer.code(x + 65 * MM, y + 15 * MM, SLIP_QR, slip.link)


def _on_slip(setter: Typesetter, slip: Slip, about: About) -> list[Said]:
    """Whose it is, the code, and what it is for."""
    groups = slip.code.split(" ")
    halves = (" ".join(groups[: len(groups) // 2]), " ".join(groups[len(groups) // 2 :]))
    told = [(setter.lines(words, style, 57 * MM), style) for words, style in _told_on(slip, about)]
    whose = (slip.who,) if slip.who else setter.lines(_("Your own code"), SLIP_HEAD, 80 * MM)
    return [(whose, SLIP_HEAD), (halves, SLIP_CODE), *told]


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
    label = printer.setter.lines(_("Note {n}").format(n=number), QUIET, wide / 2)
    foot = y + high - 4 * MM - QUIET.height(label)
    for step in range(int((high - 14 * MM) / LINE_STEP) + 1):
        sheet.rule(x + 4 * MM, foot - step * LINE_STEP, wide - 8 * MM, LIGHT["line"])
    sheet.lines(x + 4 * MM, foot + 1.5 * MM, label, QUIET)
    sheet.mark(x + wide - 8 * MM, foot + 2 * MM, 4 * MM, INK_2)


def could_not_draw(about: About) -> str:
    """The signs of what people wrote that the fonts do not have; boxes stand in their place."""
    return Typesetter(about.language).missing("".join((about.title, *about.questions)))
