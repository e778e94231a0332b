"""Paper slips to cut out: whose it is, the code, the same as words, and a QR code that leads to their notes."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from core.base.join import qr_matrix
from core.base.language import _
from core.record.flow import MM, TOP
from core.record.palette import LIGHT
from core.record.sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet
from core.record.slips import Slip
from core.record.styles import EYEBROW, STRONG, SUBHEADING, TEXT
from core.record.typeset import FONTS, Typesetter, one_line

SIDE, PAD = 12 * MM, 6 * MM
WIDE, TALL = (PAGE_WIDTH - 2 * SIDE) / 2, 64 * MM
QR = 28 * MM
A_PAGE = 2 * int((PAGE_HEIGHT - 2 * TOP) // TALL)


def slips_pdf(title: str, slips: Sequence[tuple[str, Slip]]) -> bytes:
    """The slips, eight on a page; each with who gets it ("Person 2, table 4")."""
    setter, target = Typesetter(), BytesIO()    # the setter brings the fonts
    canvas = Canvas(
        target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1,
        initialFontName=FONTS[False],  # type: ignore[arg-type]  # the stubs take it for a number
    )  # fmt: skip
    canvas.setTitle(one_line(_("{title}: slips").format(title=title)))
    sheet = Sheet(canvas, setter)
    for number, (who, slip) in enumerate(slips):
        place = number % A_PAGE
        if number and not place:
            sheet.next_page()
        _draw(sheet, setter, SIDE + place % 2 * WIDE, TOP + place // 2 * TALL, title, who, slip)
    sheet.next_page()
    canvas.save()
    return target.getvalue()


def _draw(sheet: Sheet, setter: Typesetter, x: float, y: float, title: str, who: str, slip: Slip) -> None:
    sheet.box(x, y, WIDE, TALL, LIGHT["surface"], LIGHT["line"], radius=0)
    left, top, room = x + PAD, y + PAD, WIDE - 2 * PAD
    top = sheet.lines(left, top, setter.lines(who, EYEBROW, room)[:1], EYEBROW)
    top = sheet.lines(left, top, setter.lines(title, STRONG, room)[:1], STRONG) + PAD / 2
    _draw_qr(sheet, x + WIDE - PAD - QR, top, slip.link)
    under = top + QR + PAD / 3
    top = sheet.lines(left, top, setter.lines(_("Your code for your notes"), TEXT, room - QR - PAD), TEXT)
    sheet.lines(left, top, _halves(slip.code), SUBHEADING)
    sheet.lines(left, under, setter.lines(slip.words, TEXT, room), TEXT)


def _halves(code: str) -> tuple[str, str]:
    """Four groups as two lines of two."""
    groups = code.split()
    return " ".join(groups[:2]), " ".join(groups[2:])


def _draw_qr(sheet: Sheet, x: float, y: float, text: str) -> None:
    rows = qr_matrix(text)
    size = QR / len(rows)
    for down, row in enumerate(rows):
        for start, end in _runs(row):
            sheet.box(x + start * size, y + down * size, (end - start) * size, size, LIGHT["ink"], radius=0)


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Where dark squares stand side by side: from here up to there."""
    edges = [at for at in range(len(row) + 1) if (at < len(row) and row[at]) != (at > 0 and row[at - 1])]
    return list(zip(edges[::2], edges[1::2], strict=True))
