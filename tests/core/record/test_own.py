"""Somebody's own copy: their notes first and where each went, theirs marked among all, and of nobody else's secrets."""

import io
import re

import pytest
from pypdf import PdfReader

from core.base.ids import RoundId, new_id
from core.domain.commands import ErasePerson, HideNotes, HoldNotes, WithdrawNote
from core.domain.contributing import CastVote, ShowPerson
from core.domain.running import AnswerNote, CloseVote, OpenVote
from core.domain.terms import Naming, Reason, VoteOn
from core.record.html import make_html
from core.record.model import Record
from core.record.own import contributors, edition
from core.record.pdf import lay_out, make_pdf
from core.record.plan import plan
from core.record.telling import own_next, own_place, own_words
from tests.core.record.boards import Hall
from tests.core.table import person

ADA, BEN = person("Ada"), person("Ben")


@pytest.fixture
def hall() -> Hall:
    """Ada's notes are in every place that a note can be in; Ben has one beside hers."""
    made = Hall(promise="We will write.")
    theme = made.theme("Benches")
    made.say("A bench by the school", by="Ada", theme=theme)
    made.say("Another bench", by="Ben", theme=theme)
    made.say("Nobody else says this", by="Ada")
    hidden = made.say("Mr Smith is to blame", by="Ada")
    made.does(HideNotes((hidden,), Reason.NAMES_SOMEONE, "it names Mr Smith"))
    made.does(HoldNotes((made.say("Read me first", by="Ada"),), Reason.READ_FIRST))
    made.does(WithdrawNote(made.say("Forget this", by="Ada")))
    made.say("From nobody", by=None)
    return made


def told(record: Record) -> list[tuple[str, str]]:
    assert record.edition is not None
    return [(own_words(note), own_place(note)[0]) for note in record.edition.notes]


def page_texts(record: Record) -> list[str]:
    pdf = PdfReader(io.BytesIO(make_pdf(lay_out(record))))
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def test_it_begins_with_all_of_ones_notes_and_where_each_went(hall: Hall) -> None:
    assert told(edition(hall.board, ADA)) == [
        ("A bench by the school", "Benches"),
        ("Nobody else says this", "Notes that stand alone"),
        ("Mr Smith is to blame", "Not shown on the board"),
        ("Read me first", "Someone will read this first"),
        ("A note that you took back.", ""),
    ]


def test_a_writer_is_told_why_and_that_no_answer_came_yet(hall: Hall) -> None:
    record = edition(hall.board, ADA)
    assert record.edition is not None
    first, _lone, hidden, *_others = record.edition.notes
    assert own_next(first, record.cover) == "No answer yet."
    assert own_next(hidden, record.cover) == "Why: it names Mr Smith"
    hall.does(AnswerNote(hall.board.notes_by(ADA)[0].id, "We will put two there."))
    record = edition(hall.board, ADA)
    assert record.edition is not None
    assert own_next(record.edition.notes[0], record.cover) == "We will put two there."


def test_others_see_no_word_of_what_was_hidden_held_or_taken_back(hall: Hall) -> None:
    for record in (plan(hall.board), edition(hall.board, BEN)):
        for words in ("Mr Smith", "Read me first", "Forget this"):
            assert words not in repr(record)


def test_own_cards_are_marked_on_the_common_pages_with_a_line_and_in_words(hall: Hall) -> None:
    record = edition(hall.board, ADA)
    (question,) = record.questions
    assert [card.text for card in question.themes[0].cards if card.own] == ["A bench by the school"]
    assert [card.own for card in question.alone] == [True, False]
    text = " ".join(page_texts(record))
    assert text.count("Your note A bench by the school") == 1
    assert "Your note Another bench" not in text
    page = make_html(record).decode()
    assert page.count('<li class="own"><b>Your note</b>') == 2


def test_the_notes_come_on_the_page_after_the_cover(hall: Hall) -> None:
    pages = page_texts(edition(hall.board, ADA))
    assert "This copy was made for you." in pages[0]
    assert "Your notes, and where they went" in pages[1]
    assert "A bench by the school" in pages[1]


def test_a_record_for_everybody_marks_nobodys_notes(hall: Hall) -> None:
    record = plan(hall.board)
    assert record.edition is None
    assert "<b>Your note</b>" not in make_html(record).decode()


def test_who_wrote_as_nobody_has_no_copy_and_the_record_says_so_kindly(hall: Hall) -> None:
    assert set(contributors(hall.board)) == {ADA, BEN}
    assert plan(hall.board).nobodys == 1
    page = make_html(plan(hall.board)).decode()
    assert "Notes without a name or a code: 1. So we cannot make their writers their own copy." in page


def test_who_was_erased_has_no_copy(hall: Hall) -> None:
    hall.does(ErasePerson(ADA))
    assert contributors(hall.board) == [BEN]


def test_who_only_voted_has_a_copy_that_says_so() -> None:
    hall, vote = Hall(), RoundId(new_id())
    note = hall.say("A bench", by="Ben")
    hall.does(OpenVote(hall.question(), VoteOn.NOTES, 3, vote))
    hall.does(CastVote(vote, ADA, note, 2), actor=ADA)
    hall.does(CloseVote(vote))
    assert ADA in contributors(hall.board)
    assert "You took part, and sent us no note of your own." in make_html(edition(hall.board, ADA)).decode()
    mine = edition(hall.board, BEN).edition
    assert mine is not None
    assert own_place(mine.notes[0]) == ("Notes that stand alone", "2\u00a0votes")


@pytest.mark.parametrize("who", [ADA, BEN])
def test_no_id_of_a_person_is_in_any_copy(hall: Hall, who: str) -> None:
    record = edition(hall.board, ADA)
    assert who not in make_html(record).decode()
    assert not re.search(r"[0-9a-f]{32}", repr(record))


def test_the_name_in_a_copy_is_the_one_that_was_chosen(hall: Hall) -> None:
    hall.does(ShowPerson(ADA, Naming.FIRST_NAME, "Ada L."), actor=ADA)
    mine, other = edition(hall.board, ADA).edition, edition(hall.board, BEN).edition
    assert mine is not None
    assert other is not None
    assert (mine.name, other.name) == ("Ada L.", "")
