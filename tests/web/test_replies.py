"""You said, we did, on a phone: what came of each note, and "you got this wrong", which lands at the desk."""

from datetime import date
from pathlib import Path

import httpx2
import pytest

from core.base.ids import NoteId, ThemeId, new_id
from core.domain.answering import GiveReply
from core.domain.commands import Command, HideNotes, NewTheme
from core.domain.running import EndWorkshop, FreezeNotes
from core.domain.terms import Reason, Status
from core.web.limits import Limits, Rate
from core.web.seen import handle_of
from tests.web.phones import CODE, SECONDS, Phone, Place, listening, phone, serving

MINE = f"/{CODE}/mine"
WHEN = date(2026, 9, 30).toordinal()


def do(place: Place, *commands: Command) -> None:
    for command in commands:
        place.session.do(command).result(SECONDS)


def said(place: Place, phone: Phone, text: str) -> NoteId:
    phone.say(text)
    board = place.session.board
    return next(note.id for note in board.notes.values() if board.text_of(note) == text)


def in_theme(place: Place, name: str, *notes: NoteId) -> ThemeId:
    theme_id = ThemeId(new_id())
    question = place.session.board.questions_in_order()[0].id
    do(place, NewTheme(question, name, notes, theme_id=theme_id))
    return theme_id


def box(place: Place, note: NoteId) -> str:
    return f"{MINE}/{handle_of(place.session.workshop_id, note)}/answer-back"


def tells(place: Place, phone: Phone, note: NoteId, text: str) -> httpx2.Response:
    """Open the page under a note, write, send."""
    phone.open(box(place, note))
    return phone.post(box(place, note), **{**phone.form, "text": text})


def test_my_notes_say_what_came_of_each_with_status_reason_who_and_by_when(place: Place, ada: Phone) -> None:
    steep, bees = said(place, ada, "The ramp is steep"), said(place, ada, "More bees")
    ramps = in_theme(place, "Ramps", steep)
    do(
        place,
        GiveReply(subject=ramps, text="We look into it."),
        GiveReply(
            subject=ramps, status=Status.IN_PROGRESS, text="The <b>builders</b> begin in May.", who="Parks team",
            by=WHEN,
        ),
        GiveReply(subject=bees, status=Status.CANNOT, because="The soil is too poor.", text="We asked the school."),
    )
    page = ada.open(MINE).text
    first, second = page.split('class="note board')[1:]    # the newest first
    for words in ("We cannot", "Because:", "The soil is too poor.", "We asked the school.", "Our answer:"):
        assert words in first
    for words in (
        "Our answer to this theme:", "In progress", "The &lt;b&gt;builders&lt;/b&gt; begin in May.",
        "Who: <bdi>Parks team</bdi>", "By when: 30 September 2026", "What we told you before", "We look into it.",
    ):  # fmt: skip
        assert words in second


def test_what_others_were_told_about_their_notes_is_not_on_my_page(place: Place, ada: Phone, ben: Phone) -> None:
    hers, his = said(place, ada, "The ramp is steep"), said(place, ben, "More bees")
    do(place, GiveReply(subject=his, text="For Ben alone"), GiveReply(subject=hers, text="For Ada alone"))
    tells(place, ben, his, "I meant wasps")
    page = ada.open(MINE).text
    assert "For Ada alone" in page
    assert "For Ben alone" not in page
    assert "wasps" not in page + ada.open(f"/{CODE}/wall").text


def test_a_page_that_is_open_is_told_of_a_reply_to_its_theme(place: Place, ada: Phone) -> None:
    ramps = in_theme(place, "Ramps", said(place, ada, "The ramp is steep"))
    with listening(ada) as story:
        do(place, GiveReply(subject=ramps, text="Heard."))
        assert next(frame for frame in story if frame.get("yours"))


def test_i_say_that_my_note_is_in_the_wrong_place_and_am_told_what_came_of_it(place: Place, ada: Phone) -> None:
    note = said(place, ada, "The ramp is steep")
    in_theme(place, "Gardens", note)
    assert "Did we get you right?" in ada.open(MINE).text
    answer = tells(place, ada, note, "I meant the way in, not the garden")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{MINE}#n-{handle_of_note(place, note)}")
    page = ada.open(MINE).text
    assert "You told us:" in page
    assert "I meant the way in, not the garden" in page
    assert "We will read it and write to you here." in page
    assert "I meant the way in" not in ada.open(f"/{CODE}/wall").text
    [back] = place.session.board.backs_in_order()
    do(place, GiveReply(subject=back.id, status=Status.DONE, text="You are right. We moved it."))
    page = ada.open(MINE).text
    assert "You are right. We moved it." in page
    assert "We will read it and write to you here." not in page


def handle_of_note(place: Place, note: NoteId) -> str:
    return handle_of(place.session.workshop_id, note)


def test_it_can_be_said_after_the_end_and_when_notes_are_frozen(place: Place, ada: Phone) -> None:
    note = said(place, ada, "The ramp is steep")
    do(place, HideNotes((note,), Reason.OFF_TOPIC), FreezeNotes(), EndWorkshop())
    assert tells(place, ada, note, "It was about the question").status_code == 303
    assert len(place.session.board.backs) == 1


def test_the_same_words_sent_twice_are_one_and_other_words_are_never_dropped(place: Place, ada: Phone) -> None:
    note = said(place, ada, "The ramp is steep")
    in_theme(place, "Gardens", note)
    ada.open(box(place, note))
    for text in ("Wrong place", " Wrong place ", "Wrong place, and wrong words"):
        assert ada.post(box(place, note), **{**ada.form, "text": text}).status_code == 303
    board = place.session.board
    found = [board.text(back.words) for back in board.backs_in_order()]
    assert found == ["Wrong place", "Wrong place, and wrong words"]


@pytest.mark.parametrize(("text", "why"), [(" ", "There are no words"), ("x" * 501, "too long")])
def test_what_cannot_be_taken_comes_back_in_the_box(place: Place, ada: Phone, text: str, why: str) -> None:
    note = said(place, ada, "The ramp is steep")
    in_theme(place, "Gardens", note)
    answer = tells(place, ada, note, text)
    assert answer.status_code == 400
    assert why in answer.text
    assert text.strip() in answer.text
    assert "<title>Error: " in answer.text


def test_three_may_wait_and_a_fourth_hears_kindly_that_we_know(place: Place, ada: Phone) -> None:
    note = said(place, ada, "The ramp is steep")
    in_theme(place, "Gardens", note)
    answers = [tells(place, ada, note, f"Wrong place {n}") for n in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 400]
    assert "You have told us already." in answers[3].text


def test_nobody_answers_back_about_anothers_note_or_without_the_form(place: Place, ada: Phone, ben: Phone) -> None:
    hers = said(place, ada, "The ramp is steep")
    in_theme(place, "Gardens", hers)
    said(place, ben, "More bees")
    assert ben.open(box(place, hers)).status_code == 404
    ada.open(box(place, hers))
    assert ben.post(box(place, hers), **{**ada.form, "text": "Mine!"}).status_code == 404
    assert ada.post(box(place, hers), text="no token").status_code == 400
    assert place.session.board.backs_in_order() == []


def test_who_sends_too_fast_waits_as_with_notes(tmp_path: Path) -> None:
    limits = Limits(contributor=Rate(3, 0.01))
    with serving(tmp_path / "park.sayback", limits=limits) as place, phone(place) as ada:
        note = said(place, ada, "The ramp is steep")
        in_theme(place, "Gardens", note)
        answers = [tells(place, ada, note, f"Wrong place {n}") for n in range(3)]
        assert [answer.status_code for answer in answers] == [303, 303, 429]
        assert "Wrong place 2" in answers[2].text    # nothing that was written is lost
