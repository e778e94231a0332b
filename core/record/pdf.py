"""The record as a PDF: the parts of the model as blocks, on pages, drawn. The same record gives the same bytes."""

from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from core.base import language
from core.base.language import LANGUAGES, _
from core.record import chapters, pictures
from core.record.chapters import Undrawn
from core.record.flow import Block, Item, Page, paginate
from core.record.model import Record
from core.record.sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet
from core.record.typeset import FONTS, Typesetter, one_line

Told = Callable[[int, int], None]
"""Progress: how many pages are drawn, of how many."""
UNTOLD: Told = lambda done, total: None  # noqa: E731 - there is nothing to name


@dataclass(frozen=True, slots=True)
class Layout:
    """The finished pages, before anything is drawn."""

    record: Record
    setter: Typesetter
    pages: tuple[Page, ...]
    undrawn: tuple[Undrawn, ...]


def make_pdf(layout: Layout, told: Told = UNTOLD) -> bytes:
    """Draw the pages."""
    target = BytesIO()
    canvas = Canvas(
        target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1, lang=layout.record.language,
        initialFontName=FONTS[False],  # type: ignore[arg-type]  # the stubs take it for a number
    )  # fmt: skip
    canvas.setTitle(one_line(layout.record.cover.title))
    canvas.setAuthor(one_line(layout.record.cover.host))
    canvas.setCreator("Sayback")
    canvas.setSubject(_("The record of our workshop"))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    sheet = Sheet(canvas, layout.setter)
    for number, page in enumerate(layout.pages, 1):
        for block, x, y in page:
            block.draw(sheet, x, y)
        if number > 1:
            pictures.foot(sheet, layout.setter, layout.record.cover.title, number, len(layout.pages))
        sheet.next_page()
        told(number, len(layout.pages))
    canvas.save()
    return target.getvalue()


def pdf_of(record: Record, told: Told = UNTOLD, setter: Typesetter | None = None) -> tuple[bytes, int]:
    """The record as a PDF, and how many signs it could not draw. In English where the fonts have no letters for the
    workshop's language: boxes in the place of every word would help nobody, and the web page of the record is in it
    all the same. Who makes many hands in one `setter`: what was measured once is not measured again."""
    return copy_context().run(_pdf_of, record, told, setter)


def _pdf_of(record: Record, told: Told, setter: Typesetter | None) -> tuple[bytes, int]:
    if not can_write(record.language):
        language.use(language.SOURCE)
        record = replace(record, language=language.SOURCE)
    layout = lay_out(record, setter)
    return make_pdf(layout, told), sum(len(each.signs) for each in layout.undrawn)


def lay_out(record: Record, setter: Typesetter | None = None) -> Layout:
    """Put everything the record says on pages."""
    setter = setter or Typesetter()
    front: list[Item] = [pictures.cover(setter, record), *chapters.thank_you(setter, record)]
    rest = list(chapters.parts(setter, record))
    is_listed = record.edition is None    # somebody's own copy begins with their notes, and lists nothing
    headed = [item for item in rest if is_listed and isinstance(item, Block) and item.level == 1]
    contents = chapters.contents(setter, [(block.title, 1, 0.0) for block in headed])
    pages = paginate([*front, *contents, *rest])
    undrawn = tuple(_undrawn(setter, pages))
    if undrawn:
        told = list(chapters.could_not_draw(setter, undrawn))
        rest += told
        headed += told[:1] if is_listed else []
        contents = chapters.contents(setter, [(block.title, 1, 0.0) for block in headed])
        pages = paginate([*front, *contents, *rest])
    places = {id(block): (number, y) for number, page in enumerate(pages, 1) for block, _x, y in page}
    contents = chapters.contents(setter, [(block.title, *places[id(block)]) for block in headed])
    return Layout(record, setter, tuple(paginate([*front, *contents, *rest])), undrawn)


@cache
def can_write(code: str) -> bool:
    """Whether the fonts have the letters of what we say in a language."""
    return not any(Typesetter().missing(each.name) for each in LANGUAGES if each.code == code)


def _undrawn(setter: Typesetter, pages: Sequence[Page]) -> Iterator[Undrawn]:
    for number, page in enumerate(pages, 1):
        signs = "".join(setter.missing(block.says) for block, _x, _y in page)
        if signs:
            yield Undrawn(number, signs)
