"""A letter is one page whose address stands in the window of its envelope; labels follow in the same order."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from core.domain.contact import Consent, Contact, Way
from core.post.office import Office
from core.post.paper import WINDOW_HEIGHT, WINDOW_LEFT, WINDOW_TOP, WINDOW_WIDTH, write_letters
from core.record.page.strokes import PAGE_HEIGHT
from core.session import Session
from tests.core.record.test_prints import code_with_its_quiet_zone
from tests.core.table import NOON, person
from tests.core.workshops import made, say

SHORT = "Ada Byron\n12 Ockham Park"
LONG = "\n".join(["The Honourable Company of Testers", *(f"Line number {n}" for n in range(2, 10)), "LONDON SW1A 0AA"])


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with made(tmp_path / "town.sayback") as session:
        yield session


def keep(session: Session, name: str, address: str) -> None:
    consent = Consent(version=1, language="en", at=NOON)
    contact = Contact(contributor=person(name), way=Way.POST, address=address, consent=consent)
    session.with_contacts(lambda contacts: contacts.keep(contact)).result()


def placed(page: Any) -> list[tuple[str, float, float]]:
    """Each piece of text with its place from the top left."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            found.append((text.strip(), tm[4] + cm[4], PAGE_HEIGHT - tm[5] - cm[5]))

    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("address", [SHORT, LONG])
def test_the_address_stands_in_the_window(session: Session, tmp_path: Path, address: str) -> None:
    say(session, "More trees")
    keep(session, "Ada", address)
    office = Office(session)
    office.begin()
    letters, labels = write_letters(office, tmp_path / "post")
    [page] = PdfReader(letters).pages
    first, last = address.splitlines()[0], address.splitlines()[-1]
    assert all(part in " ".join(page.extract_text().split()) for part in address.splitlines())
    for part in (first, last):
        x, y = next((x, y) for text, x, y in placed(page) if part in text)
        assert WINDOW_LEFT - 0.1 < x < WINDOW_LEFT + WINDOW_WIDTH    # a PDF rounds to hundredths
        assert WINDOW_TOP < y <= WINDOW_TOP + WINDOW_HEIGHT
        assert part in PdfReader(labels).pages[0].extract_text()


def test_the_code_in_a_letter_is_29_mm(session: Session, tmp_path: Path) -> None:
    say(session, "More trees")
    keep(session, "Ada", SHORT)
    office = Office(session, online="https://say.example.org")
    office.begin()
    letters, _labels = write_letters(office, tmp_path / "post")
    [page] = PdfReader(letters).pages
    assert code_with_its_quiet_zone(page) == pytest.approx(29, abs=0.1)


def test_a_letter_is_one_page_however_much_somebody_said(session: Session, tmp_path: Path) -> None:
    for number in range(30):
        say(session, f"Note {number} " + "says a good deal about the ramps " * 9)
    keep(session, "Ada", SHORT)
    office = Office(session, online="https://say.example.org")
    office.begin()
    letters, _labels = write_letters(office, tmp_path / "post")
    reader = PdfReader(BytesIO(letters.read_bytes()))
    assert len(reader.pages) == 1
    text = " ".join(reader.pages[0].extract_text().split())
    assert "Note 0 says" in text
    assert "more notes of yours are in the record." in text
    assert "With thanks," in text
    assert max(y for _text, _x, y in placed(reader.pages[0])) < PAGE_HEIGHT - 20
