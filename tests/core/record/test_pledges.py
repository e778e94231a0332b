"""What people said they will do stands in every form of the record, and comes back from workshop.json."""

import io
from datetime import date

from pypdf import PdfReader

from core.domain.promising import MakePledge, RemovePledge
from core.record.html import make_html
from core.record.model import PledgePart
from core.record.pdf import lay_out, make_pdf
from core.record.plan import plan
from tests.core.record.boards import Hall

BY = date(2026, 5, 12)


def hall() -> Hall:
    """A workshop with two pledges, and one that was taken back."""
    made = Hall()
    made.does(MakePledge(what="Open <b>the shop</b> again", who="Ada", by=BY.toordinal()))
    made.does(MakePledge(what="Count the buses"))
    made.does(MakePledge(what="Never mind"))
    made.does(RemovePledge(made.board.pledge_list()[-1][0]))
    return made


def test_pledges_are_planned_in_their_order_and_none_that_was_taken_back() -> None:
    assert plan(hall().board).pledges == (
        PledgePart(what="Open <b>the shop</b> again", who="Ada", by=BY),
        PledgePart(what="Count the buses", who="", by=None),
    )


def test_pledges_stand_on_the_page_as_text_and_in_the_pdf() -> None:
    record = plan(hall().board)
    page = make_html(record).decode()
    assert "Open &lt;b&gt;the shop&lt;/b&gt; again" in page
    assert "What people will do" in page
    pdf = PdfReader(io.BytesIO(make_pdf(lay_out(record))))
    said = " ".join(" ".join(each.extract_text() for each in pdf.pages).split())
    assert "Open <b>the shop</b> again Ada by 12 May 2026" in said.replace("\u00a0", " ")
    assert "Count the buses" in said


def test_a_record_without_pledges_says_nothing_of_them() -> None:
    assert "What people will do" not in make_html(plan(Hall().board)).decode()
