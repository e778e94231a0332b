"""Live questions: asked at any time, supported by others, and each one's way until it is answered."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from core.base.ids import NoteId, QuestionId
from core.domain.answering import GiveReply
from core.domain.commands import Command, HideNotes
from core.domain.running import (
    AddStep,
    AnswerNote,
    BeginStep,
    BlockPerson,
    MarkNote,
    MergeNotes,
    OpenQuestion,
    StartTimer,
)
from core.domain.terms import Asking, Mark, Reason, Status, StepKind
from core.web.limits import Limits
from core.web.seen import handle_of
from tests.web.phones import CODE, SCRIPT, SECONDS, WORKSHOP, Phone, Place, listening, phone, serving

PANEL = replace(WORKSHOP, questions=("Ask the panel",), asking=Asking(live=True))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving(tmp_path / "park.sayback", workshop=PANEL, limits=Limits.raised()) as place:
        yield place


def do(place: Place, command: Command) -> None:
    place.session.do(command).result(SECONDS)


def panel(place: Place) -> QuestionId:
    return place.session.board.questions_in_order()[0].id


def asks(place: Place, asker: Phone, text: str) -> NoteId:
    """Send the form of the page of live questions."""
    asker.open(f"/{CODE}/ask")
    assert asker.send(text).status_code == 303
    board = place.session.board
    return next(note.id for note in board.notes.values() if board.text_of(note) == text)


def handle(place: Place, note: NoteId) -> str:
    return handle_of(place.session.workshop_id, note)


def wants(place: Place, person: Phone, note: NoteId, on: int = 1, *, script: bool = False) -> httpx2.Response:
    """Press the button below a question."""
    person.open(f"/{CODE}/ask")
    headers = {**person.origin, **(SCRIPT if script else {})}
    data = {**person.form, "put": f"{handle(place, note)}.{on}"}
    return person.http.post(f"{person.base}/{CODE}/support", data=data, headers=headers, follow_redirects=False)


def listed(person: Phone) -> list[str]:
    """The questions in the order of the page."""
    page = person.open(f"/{CODE}/ask").text.partition("What other people ask")[2]
    return [part.partition("</bdi>")[0] for part in page.split('id="w-')[1:]]


def test_a_question_is_asked_and_seen_by_others_and_marked_for_its_asker(place: Place, ada: Phone, ben: Phone) -> None:
    asks(place, ada, "When does the ramp come?")
    page = ben.open(f"/{CODE}/ask").text
    assert "When does the ramp come?" in page
    assert "Waiting to be asked" in page
    assert "I want to know this too (0)" in page
    assert 'class="owner"' not in page
    assert 'class="owner"' in ada.open(f"/{CODE}/ask").text


def test_support_is_put_and_taken_back_and_counts_once(place: Place, ada: Phone, ben: Phone) -> None:
    note = asks(place, ada, "When?")
    answer = wants(place, ben, note)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{CODE}/ask#n-{handle(place, note)}")
    wants(place, ben, note)
    assert "You want this answered too (1)" in ben.open(f"/{CODE}/ask").text
    assert "I want to know this too (1)" in ada.open(f"/{CODE}/ask").text
    told = wants(place, ben, note, 0, script=True).json()
    assert (told["saved"], told["on"], told["n"], told["says"]) == (True, False, 0, "I want to know this too (0)")


def test_what_is_answered_now_stands_first_then_what_most_want_to_know(place: Place, ada: Phone, ben: Phone) -> None:
    first, second, third, fourth = (asks(place, ada, text) for text in ("one", "two", "three", "four"))
    wants(place, ben, third)
    do(place, MarkNote(fourth, Mark.NOW))
    do(place, MarkNote(first, Mark.ASKED))
    order = [text.rpartition(">")[2] for text in listed(ben)]
    assert order == ["four", "three", "two", "one"]
    assert second in place.session.board.notes


def test_each_state_is_said_in_words_and_an_answer_is_there_to_read(place: Place, ada: Phone, ben: Phone) -> None:
    now, asked, later = (asks(place, ada, text) for text in ("one", "two", "three"))
    do(place, MarkNote(now, Mark.NOW))
    do(place, MarkNote(asked, Mark.ASKED))
    do(place, AnswerNote(asked, "In <May>."))
    no = asks(place, ada, "four")
    do(place, MarkNote(no, Mark.ASKED))
    do(place, GiveReply(subject=no, status=Status.CANNOT, because="It is not ours.", text="We asked.", who="Ann"))
    do(place, MarkNote(later, Mark.WRITING))
    page = ben.open(f"/{CODE}/ask").text
    for words in ("Being answered now", "Asked and answered", "Read the answer", "To be answered in writing"):
        assert words in page
    assert "In &lt;May&gt;." in page
    for words in ("<b>We cannot</b>", "It is not ours.", "We asked.", "Who: <bdi>Ann</bdi>"):
        assert words in page
    assert "We will put the answer here. <bdi>We will write back by 7 September.</bdi>" in page
    assert "I want to know this too" not in page    # nothing of this waits


def test_questions_that_are_merged_are_one_and_who_wants_either_counts_once(
    place: Place, ada: Phone, ben: Phone
) -> None:
    head, merged = asks(place, ada, "When does the ramp come?"), asks(place, ben, "the ramp, when?")
    wants(place, ben, head)
    wants(place, ben, merged)
    wants(place, ada, merged)
    do(place, MergeNotes((merged,), head))
    page = ben.open(f"/{CODE}/ask").text
    assert "the ramp, when?" not in page
    assert "You want this answered too (2)" in page
    assert 'class="owner"' in page    # one of them is Ben's
    wants(place, ben, head, 0)
    assert "I want to know this too (1)" in ben.open(f"/{CODE}/ask").text
    assert wants(place, ben, merged).status_code == 404


def test_where_the_one_that_is_shown_is_hidden_the_other_is_back(place: Place, ada: Phone, ben: Phone) -> None:
    with listening(ben) as frames:
        head, merged = asks(place, ada, "head"), asks(place, ada, "merged")
        next(frame for frame in frames if handle(place, merged) in str(frame))    # it has been up
        do(place, MergeNotes((merged,), head))
        assert next(frame for frame in frames if "gone" in frame)["gone"] == [handle(place, merged)]
        do(place, HideNotes((head,), Reason.OTHER))
        frame = next(frame for frame in frames if "gone" in frame)
        assert frame["gone"] == [handle(place, head)]
        assert [note["text"] for note in frame["notes"]] == ["merged"]


def test_support_for_what_is_not_there_is_not_found(place: Place, ada: Phone, ben: Phone) -> None:
    note = asks(place, ada, "hidden soon")
    do(place, HideNotes((note,), Reason.OTHER))
    assert wants(place, ben, note).status_code == 404
    assert wants(place, ben, NoteId("0" * 32)).status_code == 404


def test_support_of_a_blocked_person_is_not_counted_on_screen(place: Place, ada: Phone, ben: Phone) -> None:
    note = asks(place, ada, "When?")
    wants(place, ben, note)
    (supporter,) = place.session.board.supports[note]
    do(place, BlockPerson(supporter))
    assert "I want to know this too (0)" in ada.open(f"/{CODE}/ask").text


def test_support_is_told_live_as_a_number(place: Place, ada: Phone, ben: Phone) -> None:
    note = asks(place, ada, "When?")
    with listening(ada) as frames:
        wants(place, ben, note)
        frame = next(frame for frame in frames if "support" in str(frame))
        assert frame["notes"] == [
            {"id": handle(place, note), "question": 1, "theme": None, "text": "When?", "support": 1}
        ]


def test_a_panel_that_takes_no_more_questions_says_so_and_still_shows_them(place: Place, ada: Phone) -> None:
    asks(place, ada, "When?")
    do(place, OpenQuestion(panel(place), on=False))
    page = ada.open(f"/{CODE}/ask").text
    assert "We take no new questions now." in page
    assert "When?" in page


def test_without_a_panel_the_page_says_so_kindly(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback") as place, phone(place) as ada:
        assert "There is no panel to ask just now." in ada.open(f"/{CODE}/ask").text


def test_the_step_and_the_time_left_stand_on_every_page_and_are_told(place: Place, ada: Phone) -> None:
    do(place, AddStep(kind=StepKind.ASK, title="Ask <them>", question=panel(place)))
    (step,) = place.session.board.steps
    with listening(ada) as frames:
        next(frames)
        do(place, BeginStep(step))
        now = next(frame for frame in frames if "now" in frame)["now"]
        assert now["step"] == {"kind": "ask", "title": "Ask <them>", "question": 1, "place": "/ask"}
        do(place, StartTimer(600, place.session._clock()))
        timer = next(frame for frame in frames if "now" in frame)["now"]["timer"]
        assert timer["runs"] is True
        assert 590 <= timer["left"] <= 600
    for page in ("", "/wall", "/ask", "/mine", "/vote", "/help"):
        html = ada.open(f"/{CODE}{page}").text
        assert "Ask &lt;them&gt;" in html
        assert "10 minutes left. No rush." in html
