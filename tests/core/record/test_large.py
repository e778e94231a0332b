"""Large print: nothing under 18 points, one column, no table, and every word of the record."""

import io
from itertools import pairwise

import pytest
from pypdf import PdfReader

from core.record import large
from core.record.large import lay_out_large
from core.record.own import edition
from core.record.page.flow import FOOT, HEADING_ROOM, LEFT, TOP
from core.record.pdf import LayOut, Layout, lay_out, make_pdf, setter_for
from core.record.plan import plan
from tests.core.record.boards import Hall, every_text, london, squeezed
from tests.core.record.hearing import failed_rules
from tests.core.record.test_replies import hall as answered  # noqa: F401 - a fixture
from tests.core.table import person

SLACK = 0.01    # points


def laid(hall: Hall) -> Layout:
    return lay_out_large(plan(hall.board), setter_for("en"))


def text_of(layout: Layout) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(layout))).pages))


def test_nothing_is_smaller_than_18_points() -> None:
    assert min(style.size for style in large.STYLES) == 18
    assert laid(Hall()).foot.size == 18


def test_every_note_is_in_it_in_one_column() -> None:
    hall = london()
    layout = laid(hall)
    text = text_of(layout)
    assert [note for note in every_text(hall) if squeezed(note) not in text] == []
    assert {placed.x for page in layout.pages for placed in page} == {LEFT}
    assert not [tag for page in layout.pages for placed in page for tag in placed.block.tags if tag.role == "Table"]


def test_a_note_longer_than_a_page_goes_on_and_no_block_crosses_one() -> None:
    hall = Hall()
    hall.say("long line " * 400)
    hall.say("w" * 400)
    for page in laid(hall).pages:
        for placed in page:
            assert placed.y >= TOP - SLACK
            assert placed.y + placed.block.height <= FOOT + SLACK


def test_no_heading_ends_a_page(answered: Hall) -> None:  # noqa: F811
    for page in laid(answered).pages:
        for placed, following in pairwise([*page, None]):
            if placed is not None and placed.block.level is not None:
                assert following is not None
                assert placed.y <= FOOT - HEADING_ROOM + SLACK


def test_somebodys_own_note_stays_with_its_answer(answered: Hall) -> None:  # noqa: F811
    layout = lay_out_large(edition(answered.board, person("Ada")), setter_for("en"))
    (page,) = [page for page in layout.pages if any("Two benches." in placed.block.says for placed in page)][:1]
    says = [placed.block.says for placed in page]
    at = says.index("By the school")
    assert says[at + 1 : at + 4] == ["Where it went", "Benches", "What happens now"]


@pytest.mark.parametrize("lay", [lay_out_large, lay_out])
def test_somebodys_own_copy_breaks_no_rule_in_either_size(answered: Hall, lay: LayOut) -> None:  # noqa: F811
    assert failed_rules(make_pdf(lay(edition(answered.board, person("Ada")), setter_for("en")))) == []


@pytest.mark.parametrize("code", ["cy", "ar"])
def test_it_is_the_same_each_time(code: str) -> None:
    hall = london()
    assert make_pdf(lay_out_large(plan(hall.board), setter_for(code))) == make_pdf(
        lay_out_large(plan(hall.board), setter_for(code))
    )
