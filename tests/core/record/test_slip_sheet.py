"""Slips to cut out: each page has eight, each with its code, its words and whose it is."""

import io

from pypdf import PdfReader

from core.base.identity import new_secret
from core.record.slip_sheet import A_PAGE, slips_pdf
from core.record.slips import Slip


def test_every_slip_stands_on_a_page_with_its_code_and_its_words() -> None:
    slips = [(f"Person {number}, table 4", Slip.of(new_secret(), "http://10.0.0.7:8000")) for number in range(1, 10)]
    pages = PdfReader(io.BytesIO(slips_pdf("Our town", slips))).pages
    assert A_PAGE == 8
    assert len(pages) == 2
    said = [" ".join(page.extract_text().split()) for page in pages]
    for number, (who, slip) in enumerate(slips):
        assert who in said[number // A_PAGE]
        assert slip.code in said[number // A_PAGE]
        assert slip.words in said[number // A_PAGE]


def test_the_same_slips_give_the_same_bytes() -> None:
    slips = [("Person 1", Slip.of(new_secret(), "http://10.0.0.7:8000"))]
    assert slips_pdf("Our town", slips) == slips_pdf("Our town", slips)
