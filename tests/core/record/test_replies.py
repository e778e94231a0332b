"""What people are told came of it: beside the theme, in "you said, we will do", and first in their own copy."""

from datetime import date

import pytest

from core.domain.answering import GiveReply
from core.domain.promising import MakePledge
from core.domain.terms import Status
from core.record import telling
from core.record.html import make_html
from core.record.model import Answer
from core.record.own import edition
from core.record.plan import plan
from tests.core.record.boards import Hall
from tests.core.table import person

BY = date(2026, 5, 12).toordinal()


@pytest.fixture
def hall() -> Hall:
    """Two themes with an answer, one a "cannot"; a note with its own; one that waits; a pledge that was kept."""
    made = Hall()
    benches, police = made.theme("Benches"), made.theme("A new police")
    made.say("By the school", by="Ada", theme=benches)
    alone = made.say("Light, please", by="Ada")
    made.say("Nobody answers me", by="Ben")
    made.does(GiveReply(subject=benches, text="Two benches.", status=Status.DONE, who="The park team", by=BY))
    made.does(GiveReply(subject=police, status=Status.CANNOT, because="only Parliament can.", text="We told our MPs."))
    made.does(GiveReply(subject=alone, text="Lamps come in May.", status=Status.IN_PROGRESS))
    made.does(MakePledge(what="Paint the benches"))
    made.does(GiveReply(subject=made.board.pledge_list()[0][0], text="They are green.", status=Status.DONE))
    return made


def test_you_said_we_will_do_has_themes_then_notes_and_a_cannot_has_its_reason(hall: Hall) -> None:
    (question,) = plan(hall.board).questions
    said = [(line.said, telling.status_word(line.answer), telling.told(line.answer)) for line in question.answered]
    assert said == [
        ("Benches", "Done", "Two benches."),
        ("A new police", "We cannot", "Because: only Parliament can.\nWe told our MPs."),
        ("Light, please", "In progress", "Lamps come in May."),
    ]


def test_it_stands_on_the_page_with_who_and_by_when(hall: Hall) -> None:
    page = make_html(plan(hall.board)).decode().replace("\u00a0", " ")
    part = page[page.index('<h2 id="said">') :]
    for words in ("Two benches.", "The park team", "12 May 2026", "Because: only Parliament can.", "We told our MPs."):
        assert words in part
    assert "They are green." in page[page.index('<h2 id="pledges">') :]


def test_in_somebodys_own_copy_each_note_has_its_answer_or_says_that_there_is_none(hall: Hall) -> None:
    record = edition(hall.board, person("Ada"))
    assert record.edition is not None
    told = [(telling.own_status(note), telling.own_next(note, record.cover)) for note in record.edition.notes]
    assert [(status, words.replace("\u00a0", " ")) for status, words in told] == [
        ("Done", "Two benches.\nWho: The park team\nBy when: 12 May 2026"),
        ("In progress", "Lamps come in May."),
    ]
    other = edition(hall.board, person("Ben"))
    assert other.edition is not None
    assert telling.own_next(other.edition.notes[0], other.cover) == "No answer yet."


def test_a_record_without_answers_has_no_empty_part() -> None:
    hall = Hall()
    hall.theme("Benches", "By the school")
    assert "You said, we will do" not in make_html(plan(hall.board)).decode()


def test_on_one_line_each_part_of_an_answer_ends_where_it_ends() -> None:
    answer = Answer(
        status=Status.CANNOT, because="the law is so", text="We wrote to our MPs!", who="Us", by=date(2026, 5, 12)
    )
    assert telling.in_one_line(answer) == (
        "We cannot. Because: the law is so. We wrote to our MPs! Who: Us. By when: 12\u00a0May 2026."
    )
