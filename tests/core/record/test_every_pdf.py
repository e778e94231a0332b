"""Every PDF that any part of Sayback writes: no rule of PDF/UA-1 is broken, and what is read aloud is what was said."""

import ast
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.base.identity import new_secret
from core.post.letters import Heading, Letter, Paragraph, Row, Table
from core.post.paper import Posted, labels_pdf, letters_pdf
from core.record.large import lay_out_large
from core.record.own import contributors, edition
from core.record.page.typeset import Typesetter
from core.record.pdf import lay_out, make_pdf, pdf_of
from core.record.plan import plan
from core.record.prints import Paper, Piece, make_print
from core.record.slips import Slip
from tests.core.record.boards import Hall, every_text, london, squeezed
from tests.core.record.hearing import Heard, failed_rules, hear
from tests.core.record.test_prints import ABOUT, ADDRESS
from tests.core.scripts import MIXED, SAMPLES
from tests.house.project import HOUSE, product_modules, text_of, tree_of

WRITERS = {"core/record/pdf.py", "core/record/prints.py"}
"""Who makes a `TaggedPdf`. Whoever is added here is added to the tests below."""
MM_EACH = 25.4 / 72
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def in_every_script() -> Hall:
    hall = london()
    others = (MIXED, "한국 can not be drawn", "e" + "\u0301" * 499)
    hall.theme("বেঞ্চ", *(sample.text for sample in SAMPLES.values()), *others)
    return hall


@pytest.fixture(scope="module")
def heard(qapp: object) -> tuple[bytes, Heard, Hall]:
    hall = in_every_script()
    pdf = make_pdf(lay_out(plan(hall.board)))
    return pdf, hear(pdf), hall


def importers_of(module: str, *names: str) -> set[str]:
    """Which of our modules import one of these from a module; only those with such a word are taken apart."""
    found = set()
    for path in (path for path in product_modules() if any(name in text_of(path) for name in names)):
        imports = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom))
        if any(node.module == module and {alias.name for alias in node.names} & set(names) for node in imports):
            found.add(path.relative_to(HOUSE).as_posix())
    return found


@pytest.mark.slow
def test_no_pdf_is_written_but_by_those_who_are_tested_here() -> None:
    assert importers_of("reportlab.pdfgen.canvas", "Canvas") == {
        "core/record/page/tagged.py", "core/record/page/sheet.py", "core/record/page/marked.py"
    }  # fmt: skip
    assert importers_of("core.record.page.tagged", "TaggedPdf") == WRITERS
    assert importers_of("core.record.prints", "Printer") == {"core/post/paper.py"}
    assert not importers_of("PySide6.QtGui", "QPdfWriter")
    assert not importers_of("PySide6.QtPrintSupport", "QPrinter")


def test_a_record_in_every_script_breaks_no_rule(heard: tuple[bytes, Heard, Hall]) -> None:
    assert failed_rules(heard[0]) == []


def test_the_same_words_in_every_script_give_the_same_bytes(heard: tuple[bytes, Heard, Hall]) -> None:
    assert make_pdf(lay_out(plan(heard[2].board))) == heard[0]


def test_every_note_is_read_aloud_whole_and_in_the_order_of_its_page(heard: tuple[bytes, Heard, Hall]) -> None:
    _pdf, document, hall = heard
    said = squeezed(document.text())
    missing = [text for text in every_text(hall) if squeezed(text) not in said]
    assert missing == []
    record = plan(hall.board)
    cards = [card.text for part in record.questions for theme in part.themes for card in theme.cards]
    items = [squeezed(part.text()) for part in document.walk() if part.role == "LBody"]
    places = [next(at for at, item in enumerate(items) if item.startswith(squeezed(card))) for card in cards]
    assert places == sorted(places)


def test_headings_never_jump_and_every_part_begins_with_one(heard: tuple[bytes, Heard, Hall]) -> None:
    levels = [HEADINGS.index(part.role) for part in heard[1].walk() if part.role in HEADINGS]
    assert levels[0] == 0
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_figures_say_what_they_show_and_ornaments_say_nothing(heard: tuple[bytes, Heard, Hall]) -> None:
    figures = [part.says for part in heard[1].walk() if part.role == "Figure"]
    assert "themes, one square each." in figures[0]
    assert figures[1].startswith("The board at the end. ")
    assert "Page 2 of" not in heard[1].text().replace("\xa0", " ")


def test_each_run_in_another_script_says_its_language(heard: tuple[bytes, Heard, Hall]) -> None:
    spans = {squeezed(part.words): part.language for part in heard[1].walk() if part.role == "Span"}
    for name in ("Arabic", "Urdu", "Bengali", "Punjabi", "Hindi", "Gujarati", "Tamil", "Tigrinya", "Hebrew"):
        sample = SAMPLES[name]
        assert spans[squeezed(sample.text)] == sample.language, name
    assert {"el", "uk", "th", "zh"} <= set(spans.values())


@pytest.mark.parametrize("code", ["cy", "pl", "ur", "ar", "bn", "zh"])
def test_a_record_in_each_language_breaks_no_rule(code: str) -> None:
    hall = Hall("Why?", title="The park")
    hall.theme("Benches", "More benches", SAMPLES["Arabic"].text)
    pdf = make_pdf(lay_out(plan(hall.board), Typesetter(code)))
    assert failed_rules(pdf) == []


def test_large_print_and_a_copy_for_one_person_break_no_rule(heard: tuple[bytes, Heard, Hall]) -> None:
    board = heard[2].board
    mine = edition(board, contributors(board)[0])
    for pdf in (pdf_of(mine)[0], make_pdf(lay_out_large(mine, Typesetter()))):
        assert failed_rules(pdf) == []
        assert "Your note" in hear(pdf).text()
    figures = [part.says for part in hear(pdf_of(mine)[0]).walk() if part.role == "Figure"]
    own = sum(note.contributor == contributors(board)[0] for note in board.notes.values())
    assert figures[0].endswith(f"Yours: {own}.")
    assert f"Yours: {own}." in figures[1]


def test_a_record_of_nothing_breaks_no_rule() -> None:
    pdf, undrawn = pdf_of(plan(Hall().board))
    assert failed_rules(pdf) == []
    assert undrawn == 0


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("piece", Piece)
def test_what_is_printed_before_the_day_breaks_no_rule(piece: Piece, paper: Paper) -> None:
    slips = [Slip.of(new_secret(), ADDRESS, "Person 1") for _each in range(9)]
    pdf = make_print(piece, ABOUT, paper=paper, count=2, slips=slips)
    assert failed_rules(pdf) == []


@pytest.mark.parametrize("code", ["en", "ar", "ur"])
def test_letters_and_labels_break_no_rule_and_each_letter_speaks_its_language(code: str) -> None:
    rows = (Row("The ramp is steep", "Ways in", "We will mend it.", "Done"), Row(SAMPLES["Bengali"].text, "-", "Soon"))
    said = (Paragraph("Hello,"), Heading("What has changed", is_small=True), Table(("You said", "Where", "Now"), rows))
    letter = Letter(language=code, subject=SAMPLES["Arabic"].text, blocks=said)
    posted = [Posted(to="A. Person\n1 High Street\nLeeds", sender="The team", day="7 May", letter=letter)] * 2
    about = replace(ABOUT, language=code)
    pdf = letters_pdf(posted, about)
    assert failed_rules(pdf) == []
    assert [part.language for part in hear(pdf).walk() if part.role == "Sect"].count(code) == 2
    (first, *_others) = PdfReader(BytesIO(pdf)).pages
    found: list[float] = []
    first.extract_text(visitor_text=lambda text, _cm, tm, *_font: found.append(tm[4]) if "Street" in text else None)
    assert found[0] * MM_EACH == pytest.approx(22, abs=3), "the window of an envelope is at the left in every language"
    assert failed_rules(labels_pdf([each.to for each in posted], about)) == []


def test_a_poster_is_one_page_in_either_size_and_a_card_is_heard_once(tmp_path: Path) -> None:
    for paper in Paper:
        (tmp_path / "poster.pdf").write_bytes(make_print(Piece.POSTER, ABOUT, paper=paper))
        assert len(PdfReader(tmp_path / "poster.pdf").pages) == 1
    said = hear(make_print(Piece.CARDS, ABOUT, count=1)).text()
    assert said.count("Have your say") == 1
