"""The PDF: every note is in it, exactly as it was written, and it is the same each time it is made."""

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from core.domain.board import EMPTY
from core.domain.words import tidy
from core.record.chapters import script_names
from core.record.pdf import lay_out, make_pdf
from core.record.plan import plan
from tests.core.record.boards import Hall, crowd, every_text, london, squeezed
from tests.core.record.hearing import hear

ODD = (
    "<b>oops",
    '<img src="/etc/passwd">',
    '<a href="javascript:alert(1)">click</a>',
    '<font color="[__import__(1)]">x</font>',
    "<para>&amp;&lt; {{ 7 * 7 }} {% raw %} %s \\n ${x}",
    "w" * 400,
    "https://example.org/" + "a-long-path/" * 30,
    "e" + "\u0301" * 499,
    "Zażółć gęślą jaźń, ŵ ŷ, Ελληνικά, Привіт, đường",
    "one\n\n\ntwo\tthree",
    "before \u202ereversed\u202c after",
    "( ) \\ (unbalanced",
)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def text_of(pdf: bytes) -> str:
    """All words of all pages, in the order in which they are drawn, without white space."""
    return squeezed("".join(page.extract_text() for page in read(pdf).pages))


def made(hall: Hall) -> bytes:
    return make_pdf(lay_out(plan(hall.board)))


def as_a_reader_sees_it(pdf: bytes, folder: Path) -> str:
    """What another program copies out of it."""
    file = folder / "record.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, timeout=60)
    return squeezed(done.stdout.decode().replace("\x0c", ""))


def test_every_note_of_the_london_session_is_in_the_pdf(tmp_path: Path) -> None:
    hall = london()
    pdf = made(hall)
    for text in (text_of(pdf), as_a_reader_sees_it(pdf, tmp_path)):
        assert [note for note in every_text(hall) if squeezed(note) not in text] == []


def test_what_looks_like_markup_stands_there_as_it_was_written() -> None:
    hall = Hall(title="<b>The park</b>", purpose="<i>why</i>")
    hall.theme("<u>Benches</u> & light", *ODD[:6])
    for text in ODD[6:]:
        hall.say(text)
    pdf = made(hall)
    found = squeezed(hear(pdf).text())
    for text in (*ODD, "<b>The park</b>", "<i>why</i>", "<u>Benches</u> & light"):
        assert squeezed(tidy(text)) in found, text
    assert b"/URI" not in pdf
    assert b"/JavaScript" not in pdf


def test_the_same_board_gives_the_same_bytes() -> None:
    assert made(london()) == made(london())


def test_it_says_what_it_is_and_where_things_are() -> None:
    reader = read(made(london()))
    assert reader.metadata is not None
    assert reader.metadata.title == "Young Londoners and the police"
    assert str(reader.root_object["/Lang"]) == "en"
    names = [each.title for each in reader.outline if isinstance(each, Destination)]
    assert names[1:3] == ["You spoke. Here is what came of it.", "Who took part"]
    assert names[-3:] == ["What happens next", "How to reply", "How your words are used"]
    assert all(page.mediabox.width == pytest.approx(595.28, abs=0.1) for page in reader.pages)


@pytest.mark.slow
def test_every_page_but_the_cover_says_which_of_how_many_it_is() -> None:
    pages = read(made(crowd(80))).pages
    for number, page in enumerate(pages, 1):
        said = squeezed(page.extract_text())
        assert (f"Page{number}of{len(pages)}" in said) == (number > 1)


def test_a_title_cannot_turn_what_a_program_shows_round() -> None:
    reader = read(made(Hall("What?\nAnd\u202e why?", title="The \u202epark\nand more")))
    assert reader.metadata is not None
    assert reader.metadata.title == "The park and more"
    titles = [str(each.title) for each in reader.outline if isinstance(each, Destination)]
    assert titles[0] == "The park and more"
    assert "What? And why?" in titles


def test_a_file_in_which_no_workshop_was_made_yet_has_a_record_too() -> None:
    assert len(read(make_pdf(lay_out(plan(EMPTY)))).pages) == 4


def test_every_font_is_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "record.pdf").write_bytes(made(london()))
    listed = subprocess.run(["pdffonts", str(tmp_path / "record.pdf")], capture_output=True, check=True, timeout=60)
    fonts = listed.stdout.decode().splitlines()[2:]
    assert len(fonts) == 2
    assert all("NotoSans" in font and " yes yes yes " in font for font in fonts)


def test_the_contents_lead_to_their_pages() -> None:
    reader = read(made(london()))
    contents = squeezed(reader.pages[1].extract_text())
    chapters = [each for each in reader.outline if isinstance(each, Destination)][2:]
    for chapter in chapters:
        page = reader.get_destination_page_number(chapter)
        assert page is not None
        assert f"{squeezed(str(chapter.title))}{page + 1}" in contents
    links = [each.get_object() for each in reader.pages[1].annotations or []]
    assert [link["/Contents"] for link in links] == [each.title for each in chapters]
    places = [reader.get_page_number(link["/Dest"][0].get_object()) for link in links]
    assert places == [reader.get_destination_page_number(each) for each in chapters]


def test_signs_without_letters_are_boxes_on_a_list_and_can_still_be_copied(tmp_path: Path) -> None:
    hall = Hall()
    korean, rare = "벤치가 필요해요", "Our name is 𠀀 please"
    hall.theme("Benches", korean, "plain words")
    hall.say(rare)
    layout = lay_out(plan(hall.board))
    assert sum(len(each.signs) for each in layout.undrawn) == len(squeezed(korean)) + 1
    pdf = make_pdf(layout)
    found = text_of(pdf)
    assert "WordsthisPDFcouldnotdraw" in found
    for each in layout.undrawn:
        assert f"Page{each.page}{squeezed(script_names(each.signs))}{len(each.signs)}" in found
    copied = as_a_reader_sees_it(pdf, tmp_path)
    assert squeezed(korean) in copied
    assert squeezed(rare) in copied


def test_what_can_be_drawn_is_on_no_list() -> None:
    layout = lay_out(plan(london().board))
    assert layout.undrawn == ()


def test_scripts_are_called_by_their_names() -> None:
    assert script_names("نحن") == "Arabic"
    assert script_names("中文🌳") == "Chinese, pictures and other signs"


def test_progress_goes_to_the_last_page() -> None:
    told: list[tuple[int, int]] = []
    layout = lay_out(plan(london().board))
    make_pdf(layout, lambda done, total: told.append((done, total)))
    assert told == [(number, len(layout.pages)) for number in range(1, len(layout.pages) + 1)]


def test_a_record_without_notes_or_themes_can_be_made() -> None:
    assert "Nonoteshavecomeinyet" in text_of(made(Hall()))
    empty_theme = Hall()
    empty_theme.theme("Nobody said this")
    assert "Nonotesareinthistheme" in text_of(made(empty_theme))


def test_titles_and_promises_of_any_length_fit() -> None:
    hall = Hall("question " * 22, title="title " * 33, purpose="why " * 900, promise="soon " * 900, host="host " * 30)
    hall.theme("theme " * 33, "A note")
    found = text_of(made(hall))
    assert found.count("why") == found.count("soon") // 2 == 900
    assert squeezed("theme " * 33) in found
