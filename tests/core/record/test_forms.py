"""The spreadsheet, the document and the plain text: everything is in them, and nobody's words can do anything."""

import io
import re
import sys
import zipfile
from html import unescape

import pytest
from docx import Document

from core.record import document
from core.record.document import NoDocuments, make_document
from core.record.html import make_html
from core.record.markdown import escaped, make_markdown
from core.record.model import Record
from core.record.options import Options
from core.record.own import edition
from core.record.plan import plan
from core.record.workbook import make_workbook
from core.rehearsal.page import Page
from tests.core.record.boards import Hall, every_text, london, squeezed
from tests.core.record.test_replies import hall as answered  # noqa: F401 - a fixture
from tests.core.record.test_spreadsheet import FORMULAS
from tests.core.table import person


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return {each.filename: made.read(each).decode("utf-8", "replace") for each in made.infolist()}


def sheets_of(content: bytes) -> str:
    return "".join(text for name, text in parts_of(content).items() if name.startswith("xl/worksheets/"))


def texts(sheet: str) -> list[str]:
    """The words of its cells, as a spreadsheet shows them."""
    return [unescape(each) for each in re.findall(r"<is><t[^>]*>(.*?)</t></is>", sheet, re.DOTALL)]


def test_every_note_of_the_london_session_is_in_each_form() -> None:
    hall = london()
    record = plan(hall.board)
    cells, plain = texts(sheets_of(make_workbook(record))), make_markdown(record).decode()
    pages = Document(io.BytesIO(make_document(record)))
    words = "\n".join(paragraph.text for paragraph in pages.paragraphs)
    for text in every_text(hall):
        assert text in cells
        assert squeezed(escaped(text)) in squeezed(plain.replace("\n> ", "\n"))
        assert text in words


@pytest.mark.parametrize("form", ["html", "docx", "md"])
def test_whoever_reads_straight_through_meets_every_note_in_the_order_of_the_record(form: str) -> None:
    record = plan(london().board)
    told = squeezed(straight_through(form, record))
    themed = [card.text for part in record.questions for theme in part.themes for card in theme.cards]
    place = 0
    for text in (*themed, *(card.text for part in record.questions for card in part.alone)):
        found = told.find(squeezed(escaped(text) if form == "md" else text), place)
        assert found >= place, text
        place = found + 1


def straight_through(form: str, record: Record) -> str:
    """What somebody hears who has the whole file read to them."""
    match form:
        case "html":
            return "".join(Page.read(make_html(record).decode()).words)
        case "docx":
            return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(make_document(record))).paragraphs)
    return make_markdown(record).decode().replace("\n> ", "\n")


def test_no_cell_is_a_formula_or_a_link_and_words_stay_as_they_were() -> None:
    hall = Hall("=QUESTION()", title="=T()")
    said = [*(text for text in FORMULAS if text.strip()), "https://example.org/a", "007", "1e5", "<b>&amp;"]
    hall.theme("+THEME()", *said)
    content = make_workbook(plan(hall.board))
    sheet = sheets_of(content)
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert not [name for name in parts_of(content) if "rels" in name and "sheet" in name]
    assert set(every_text(hall)) <= {each.replace("_x000D_", "\r") for each in texts(sheet)}
    assert set(re.findall(r' t="(\w+)"', sheet)) == {"inlineStr"}


def test_the_sheets_hold_themes_votes_answers_and_pledges(answered: Hall) -> None:  # noqa: F811
    cells = texts(sheets_of(make_workbook(plan(answered.board))))
    for words in ("Benches", "Done", "Two benches.", "only Parliament can.", "The park team", "Paint the benches"):
        assert words in cells


def test_two_times_give_the_same_bytes(answered: Hall) -> None:  # noqa: F811
    for make in (make_workbook, make_document, make_markdown):
        assert make(plan(answered.board)) == make(plan(answered.board))


def test_a_document_has_real_headings_lists_and_tables_and_a_language(answered: Hall) -> None:  # noqa: F811
    pages = Document(io.BytesIO(make_document(plan(answered.board))))
    styles = [paragraph.style.name for paragraph in pages.paragraphs if paragraph.style]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "List Bullet", "List Number"} <= set(styles)
    assert [cell.text for cell in pages.tables[-1].rows[0].cells] == ["You said", "We will do", "Who", "By when"]
    assert pages.core_properties.language == "en"


def test_words_that_look_like_marks_stay_words() -> None:
    hall = Hall(title="# T *x*")
    hall.theme("[a](javascript:alert(1))", "# not a heading", "1. not a list", "<script>x", "`a` ![c](d)", "a|b")
    plain = make_markdown(plan(hall.board)).decode()
    assert r"\# T \*x\*" in plain
    assert "](javascript" not in plain
    assert not re.search(r"(?<!\\)<", plain)
    assert not re.search(r"^# not", plain, re.MULTILINE)
    for text in ("# not a heading", "1. not a list", "a|b"):
        assert escaped(text) in plain


def test_somebodys_own_copy_can_be_told_straight_through(answered: Hall) -> None:  # noqa: F811
    record = edition(answered.board, person("Ada"))
    plain = make_markdown(record).decode()
    assert plain.index("Your notes, and where they went") < plain.index("Who took part")
    assert plain.count("> **Your note**") == 4    # first of all, and among the others
    assert "**What happens now:** Done" in plain


def test_without_what_writes_documents_a_person_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    assert not document.can_make_documents()
    with pytest.raises(NoDocuments) as refused:
        make_document(plan(Hall().board))
    assert "web page" in refused.value.advice


def test_names_have_a_column_only_where_they_are_wanted() -> None:
    hall = Hall()
    hall.say("A note")
    assert "Name" not in texts(sheets_of(make_workbook(plan(hall.board))))
    assert "Name" in texts(sheets_of(make_workbook(plan(hall.board, options=Options(names=True)))))
