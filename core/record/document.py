"""record.docx: the record as a document that people edit, with real headings, lists and tables."""

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from core.base.errors import WorkshopError
from core.base.language import _, direction_of
from core.record.model import Record
from core.record.page.typeset import one_line
from core.record.story import Element, Heading, Pairs, Points, Rows, Said, Sentence, facts, story

if TYPE_CHECKING:
    from docx.document import Document

AS_OLD_AS_ANY = (1980, 1, 1, 0, 0, 0)


class NoDocuments(WorkshopError):
    """What writes documents is not installed; every other form is."""

    def __init__(self) -> None:
        super().__init__(
            _("This computer cannot write Word documents yet: python-docx is not installed."),
            _("Install it with: pip install python-docx. Or take the web page: every word processor opens it."),
        )


def make_document(record: Record) -> bytes:
    """The document. The same record gives the same bytes. Raises NoDocuments."""
    document = _begun(record)
    document.add_heading(one_line(record.cover.title), 0)
    for line in facts(record):
        document.add_paragraph(line)
    for element in story(record):
        _add(document, element)
    target = BytesIO()
    document.save(target)
    return _without_the_time(target.getvalue())


def can_make_documents() -> bool:
    """Whether what writes documents is installed."""
    try:
        import docx  # noqa: F401 - an extra: only whether it is there
    except ImportError:
        return False
    return True


def _begun(record: Record) -> "Document":
    if not can_make_documents():
        raise NoDocuments
    from docx import Document
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    document = Document()
    document.core_properties.title = one_line(record.cover.title)
    document.core_properties.author = one_line(record.cover.host)
    document.core_properties.language = record.language
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Sans", Pt(12)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), record.language)
    language.set(qn("w:bidi"), record.language)
    if direction_of(record.language) == "rtl":
        normal.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
        normal.element.get_or_add_rPr().append(OxmlElement("w:rtl"))
    normal.element.get_or_add_rPr().append(language)
    return document


def _add(document: "Document", element: Element) -> None:
    match element:
        case Heading():
            _heading(document, element)
        case Sentence():
            document.add_paragraph(element.text)
        case Points():
            for item in element.items:
                document.add_paragraph(item, "List Number" if element.ranked else "List Bullet")
        case Rows():
            _table(document, element)
        case Said():
            _said(document, element)
        case Pairs():
            for label, value in element.pairs:
                document.add_paragraph().add_run(label).bold = True
                document.add_paragraph(value)


def _heading(document: "Document", heading: Heading) -> None:
    title = ": ".join(part for part in (heading.eyebrow, one_line(heading.text)) if part)
    document.add_heading(title, heading.level)


def _said(document: "Document", said: Said) -> None:
    paragraph = document.add_paragraph(style="Quote" if said.text.startswith("“") else "List Bullet")
    if said.own:
        paragraph.add_run(f"{_('Your note')}: ").bold = True
    paragraph.add_run(said.text).bold = said.own or None
    if said.under:
        paragraph.add_run(f" ({' '.join(said.under.split())})")


def _table(document: "Document", rows: Rows) -> None:
    table = document.add_table(rows=1, cols=len(rows.head), style="Table Grid")
    for cell, title in zip(table.rows[0].cells, rows.head, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    for row in rows.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def _without_the_time(document: bytes) -> bytes:
    """The same file as if it had been made long ago, so that two makings are the same bytes."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as kept:
        for each in made.infolist():
            kept.writestr(zipfile.ZipInfo(each.filename, AS_OLD_AS_ANY), made.read(each), zipfile.ZIP_DEFLATED)
    return target.getvalue()
