"""Easy Read: one idea a row, its picture left and its words right, four a page, in a facilitator's words."""

import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.domain.easy import WriteEasy
from core.domain.preparing import DescribeWorkshop
from core.domain.terms import EasyPicture
from core.record import easy
from core.record.easy import ROWS, lay_out_easy
from core.record.easy_pictures import PICTURES
from core.record.easy_words import MOST_WORDS, longest_sentence, names, starter
from core.record.pdf import make_pdf, setter_for
from core.record.plan import plan
from core.record.writing import write
from tests.core.record.boards import Hall, london, squeezed
from tests.core.record.hearing import failed_rules, hear
from tests.core.workshops import made

LINES = [(picture, f"This is idea {number}. It is short.") for number, picture in enumerate(EasyPicture)]


def test_every_picture_is_drawn_and_says_what_it_stands_for() -> None:
    assert set(PICTURES) == set(EasyPicture) == set(names())
    points = [point for lines in PICTURES.values() for line in lines for point in line]
    assert all(0 <= x <= 20 and 0 <= y <= 20 for x, y in points)
    assert len({str(lines) for lines in PICTURES.values()}) == len(PICTURES)


def test_nothing_is_small_and_four_ideas_stand_on_a_page() -> None:
    assert min(style.size for style in easy.STYLES) >= 14
    assert easy.WORDS.size == 16
    layout = lay_out_easy(plan(london().board), setter_for("en"), LINES)
    rows = Counter(number for number, page in enumerate(layout.pages) for placed in page if placed.block.level is None)
    assert [rows[number] for number in sorted(rows)] == [ROWS, ROWS, ROWS]


def test_it_breaks_no_rule_and_pictures_are_told() -> None:
    pdf = make_pdf(lay_out_easy(plan(london().board), setter_for("en"), LINES))
    assert failed_rules(pdf) == []
    figures = [part.says for part in hear(pdf).walk() if part.role == "Figure"]
    assert figures == list(names().values())


def test_first_words_are_short_and_say_what_mattered_most() -> None:
    hall = london()
    hall.does(DescribeWorkshop(reply_by=date(2026, 9, 7).toordinal()))
    lines = starter(plan(hall.board))
    said = " ".join(text for _picture, text in lines).replace("\u00a0", " ")
    assert said.startswith("We had a meeting. About 20 people came.")
    assert "You said: Who we are. 13 notes." in said
    assert said.endswith("We will write to you by 7 September 2026.")
    ours = [text for picture, text in lines if picture is not EasyPicture.ASK]
    assert max(map(longest_sentence, ours)) <= MOST_WORDS


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("One two. Three!", 2), ("Is it? Yes it is so", 4), ("one\ntwo three", 2)]
)
def test_words_of_a_sentence_are_counted(text: str, words: int) -> None:
    assert longest_sentence(text) == words


def text_of(file: Path) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(file.read_bytes())).pages))


def test_it_is_written_in_the_words_of_a_facilitator_else_in_ours_and_that_is_said(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        first = write(tmp_path / "park.sayback", tmp_path, ["easy-read"])
        session.do(WriteEasy([(EasyPicture.SAFE, "You want to feel safe.")])).result(10)
        second = write(tmp_path / "park.sayback", tmp_path, ["easy-read"])
    assert "first words of ours" in " ".join(first.remarks)
    assert second.remarks == ()
    assert "Youwanttofeelsafe." in text_of(second.files[0])
    assert "Wehadameeting" not in text_of(second.files[0])


def test_words_that_look_like_markup_stay_words() -> None:
    layout = lay_out_easy(plan(Hall(title="<b>T").board), setter_for("en"), [(EasyPicture.NO, "<b>no</b> & so on")])
    pages = PdfReader(io.BytesIO(make_pdf(layout))).pages
    assert "<b>no</b>&soon" in squeezed("".join(page.extract_text() for page in pages))
