"""The record as a PDF: the parts of the model as blocks, on pages, drawn. The same record gives the same bytes."""

from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4

from core.base import language
from core.base.language import _
from core.record import chapters, pictures
from core.record.chapters import Undrawn
from core.record.model import Record
from core.record.page.flow import Block, Item, Page, paginate
from core.record.page.marked import FOOT
from core.record.page.styles import FOOT_LINE
from core.record.page.tagged import TaggedPdf
from core.record.page.tagging import Tag
from core.record.page.typeset import Style, Typesetter, can_write

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
    foot: Style = FOOT_LINE


LayOut = Callable[[Record, Typesetter], Layout]
"""What puts a record on pages: there is more than one way."""


def make_pdf(layout: Layout, told: Told = UNTOLD) -> bytes:
    """Draw the pages."""
    cover = layout.record.cover
    document = TaggedPdf(
        layout.setter, A4, title=cover.title, author=cover.host, subject=_("The record of our workshop")
    )
    for number, page in enumerate(layout.pages, 1):
        with document.page() as sheet:
            for block, x, y in page:
                with sheet.aside() if block.aside else sheet.tagged(*tags_of(block)):
                    block.draw(sheet, x, y)
            if number > 1:
                with sheet.aside(FOOT):
                    pictures.foot(sheet, layout.setter, cover.title, (number, len(layout.pages)), layout.foot)
        told(number, len(layout.pages))
    return document.finished()


def tags_of(block: Block) -> tuple[Tag, ...]:
    """What the block is to those who hear it; a paragraph where it does not say."""
    return block.tags or (Tag(f"H{block.level}" if block.level else "P"),)


def pdf_of(
    record: Record, told: Told = UNTOLD, setter: Typesetter | None = None, lay: LayOut | None = None
) -> tuple[bytes, int]:
    """The record as a PDF, and how many signs it could not draw. In English where the fonts have no letters for the
    workshop's language: boxes in the place of every word would help nobody, and the web page of the record is in it
    all the same. Who makes many hands in one `setter`: what was measured once is not measured again."""
    return copy_context().run(_pdf_of, record, told, setter, lay or lay_out)


def _pdf_of(record: Record, told: Told, setter: Typesetter | None, lay: LayOut) -> tuple[bytes, int]:
    setter = setter or setter_for(record.language)
    if setter.language != record.language:
        language.use(setter.language)
        record = replace(record, language=setter.language)
    layout = lay(record, setter)
    return make_pdf(layout, told), sum(len(each.signs) for each in layout.undrawn)


def lay_out(record: Record, setter: Typesetter | None = None) -> Layout:
    """Put everything the record says on pages."""
    setter = setter or Typesetter(record.language)
    front: list[Item] = [pictures.cover(setter, record), *chapters.thank_you(setter, record)]
    rest = list(chapters.parts(setter, record))
    is_listed = record.edition is None    # somebody's own copy begins with their notes, and lists nothing
    headed = [item for item in rest if is_listed and isinstance(item, Block) and item.level == 1]
    contents = chapters.contents(setter, [(block.title, 1, 0.0) for block in headed])
    pages = paginate([*front, *contents, *rest])
    undrawn = tuple(undrawn_on(setter, pages))
    if undrawn:
        told = list(chapters.could_not_draw(setter, undrawn))
        rest += told
        headed += told[:1] if is_listed else []
        contents = chapters.contents(setter, [(block.title, 1, 0.0) for block in headed])
        pages = paginate([*front, *contents, *rest])
    places = {id(block): (number, y) for number, page in enumerate(pages, 1) for block, _x, y in page}
    contents = chapters.contents(setter, [(block.title, *places[id(block)]) for block in headed])
    return Layout(record, setter, tuple(paginate([*front, *contents, *rest])), undrawn)


def setter_for(code: str) -> Typesetter:
    """What sets text for records in this language, or in English where the fonts have no letters for it."""
    return Typesetter(code if can_write(code) else language.SOURCE)


def undrawn_on(setter: Typesetter, pages: Sequence[Page]) -> Iterator[Undrawn]:
    """Each page with signs that the fonts do not have."""
    for number, page in enumerate(pages, 1):
        signs = "".join(setter.missing(block.says) for block, _x, _y in page)
        if signs:
            yield Undrawn(number, signs)
