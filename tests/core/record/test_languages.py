"""The record speaks the workshop's language and no other; the PDF too, where its fonts have the letters for it."""

import subprocess
import sys
from contextvars import copy_context
from pathlib import Path

import pytest

from core.base import language
from core.base.language import LANGUAGES, SOURCE, direction_of
from core.domain.commands import HideNotes, MakeWorkshop, NewTheme
from core.domain.terms import Reason
from core.record.html import make_html
from core.record.page.typeset import can_write
from core.record.plan import plan
from core.record.writing import write
from core.session import Session
from tests.core.record.boards import Hall
from tests.core.record.hearing import failed_rules, hear
from tests.core.record.test_html import Page
from tests.core.workshops import ANN, SECONDS, first_question, say

OTHERS = [each.code for each in LANGUAGES if each.code != SOURCE]
OURS = {"The park", "By the school", "Benches", "Alone", "Why", "Sayback", "Soon"}
"""What the people of this workshop wrote, and our own name."""


def hall() -> Hall:
    """Something in every part of a record."""
    hall = Hall("Why", title="The park", purpose="Benches", promise="Soon")
    hall.theme("Benches", "By the school")
    hall.theme("Alone")
    hall.say("Alone")
    hall.does(HideNotes((hall.say("hidden"),), Reason.HURTFUL))
    return hall


def said_in(spoken: str) -> set[str]:
    """All sentences and labels of the page in a language."""

    def page() -> Page:
        language.use(spoken)
        return Page(make_html(plan(hall().board)))

    found = copy_context().run(page)
    alts = {text for _tag, about in found.tags for name, text in about.items() if name == "alt" and text}
    return {word.strip() for word in [*found.words, *alts] if any(sign.isalpha() for sign in word)} - OURS


@pytest.fixture(scope="module")
def english() -> set[str]:
    return said_in(SOURCE)


@pytest.mark.parametrize("spoken", OTHERS)
def test_nothing_of_ours_is_left_in_english(spoken: str, english: set[str]) -> None:
    assert len(english) > 30
    assert said_in(spoken) & english == set()


@pytest.mark.parametrize("spoken", OTHERS)
def test_the_page_runs_the_way_its_language_does(spoken: str, tmp_path: Path) -> None:
    write(workshop_in(spoken, tmp_path), tmp_path, ["html"])
    (html,) = Page((tmp_path / "record.html").read_bytes()).all("html")
    assert (html["lang"], html["dir"]) == (spoken, direction_of(spoken))


def workshop_in(spoken: str, folder: Path, text: str = "Benches") -> Path:
    command = MakeWorkshop(title="Park", questions=("?",), code="ABC234", language=spoken)
    session = Session.create(folder / "park.sayback", command, ANN)
    try:
        note = say(session, text).note_id
        session.do(NewTheme(first_question(session), "Ways in", (note,))).result(SECONDS)
    finally:
        session.close()
    return folder / "park.sayback"


def words_of_pdf(spoken: str, folder: Path) -> tuple[str, bytes]:
    write(workshop_in(spoken, folder), folder, ["pdf"])
    done = subprocess.run(
        ["pdftotext", str(folder / "record.pdf"), "-"], capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode(), (folder / "record.pdf").read_bytes()


@pytest.mark.parametrize("spoken", OTHERS)
def test_the_pdf_speaks_the_language_of_its_workshop(spoken: str, tmp_path: Path) -> None:
    words, pdf = words_of_pdf(spoken, tmp_path)
    assert can_write(spoken)
    assert "Who took part" not in words
    assert f"/Lang ({spoken})".encode() in pdf


WITHOUT_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "PySide6":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, NoQt())
from core.cli import run
sys.exit(run(sys.argv[1:], lambda file: 1))
"""


@pytest.mark.slow
def test_where_no_qt_is_installed_the_pdf_is_in_english_and_lists_what_it_could_not_draw(tmp_path: Path) -> None:
    path = workshop_in("bn", tmp_path, "আমাদের বেঞ্চ")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, "record", str(path), "--out", str(tmp_path), "--formats", "pdf"],
        capture_output=True, check=True, text=True, timeout=60, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert "11" in done.stderr
    pdf = (tmp_path / "record.pdf").read_bytes()
    assert b"/Lang (en)" in pdf
    assert "Letters of" in hear(pdf).text()
    assert "আমাদের বেঞ্চ" in hear(pdf).text()
    assert failed_rules(pdf) == []
