"""What the promises of the pages are worth, by the bytes of every file (privacy.md P1, P14)."""

from pathlib import Path

import httpx2
import pytest

from core.domain.board import NoteState
from core.domain.running import SetQuestion
from core.domain.terms import Asking, Naming, Reason
from tests.core.workshops import everything_on_disk
from tests.web.phones import CODE, HIDDEN, NO_TLS, SECONDS, Phone, Place, serving

ELSEWHERE = "127.0.0.77"
TELLING = {
    "user-agent": "PearPhone-17 of-Adelheid", "x-forwarded-for": "203.0.113.9", "x-device-id": "device-4711",
    "accept-language": "pl",
}  # fmt: skip


def test_no_file_knows_what_a_note_was_sent_with_or_from_where(tmp_path: Path) -> None:
    with serving(tmp_path / "park.sayback") as place:
        transport = httpx2.HTTPTransport(local_address=ELSEWHERE, verify=NO_TLS)
        with httpx2.Client(transport=transport, timeout=SECONDS, trust_env=False, headers=TELLING) as http:
            ada = Phone(http, place.base)
            ada.say("The ramp is steep")
            ada.open(f"/{CODE}/wall")
            (cookie,) = [value for name, value in http.cookies.items() if name.startswith("sb_")]
        assert server_saw(place)
    kept = everything_on_disk(tmp_path)
    for secret in ("PearPhone", "Adelheid", "203.0.113.9", "device-4711", ELSEWHERE, cookie, cookie.lower()):
        assert secret.encode() not in kept, secret
    assert b"The ramp is steep" in kept


def server_saw(place: Place) -> bool:
    """It was another machine, as far as the server can tell."""
    return bool(place.server.reached())


def test_who_chose_to_be_nobody_is_in_no_file(tmp_path: Path) -> None:
    with serving(tmp_path / "park.sayback") as place:
        question = place.session.board.questions_in_order()[0].id
        place.session.do(SetQuestion(question, Asking(namings=(Naming.NOBODY,)))).result(SECONDS)
        with httpx2.Client(timeout=SECONDS, trust_env=False, verify=NO_TLS) as http:
            ada = Phone(http, place.base)
            ada.say("I was never here")
            assert not [name for name in http.cookies if name.startswith("sb_") and name != "sb_language"]
        (note,) = place.session.board.notes.values()
        assert note.contributor is None
        assert not place.session.board.joined
        (said,) = [event for event in [note.said] if event.subject == note.id]
        assert said.actor == "nobody"


@pytest.mark.parametrize(
    "text",
    ["Ring me on 020 7946 0958", "ada@example.org knows", "I live at SW1A 1AA", "My number is 943 476 5919"],
)
def test_what_tells_who_somebody_is_waits_for_a_moderator_and_is_kept_once(place: Place, ada: Phone, text: str) -> None:
    ada.say(text)
    (note,) = place.session.board.notes.values()
    assert (note.state, note.standing.reason) == (NoteState.HELD, Reason.PERSONAL_FACTS)
    assert text not in ada.open(f"/{CODE}/wall").text
    assert "Someone will read this first" in ada.open(f"/{CODE}/mine").text
    place.session.close()
    kept = (place.session.path).read_bytes()
    assert kept.count(text.encode()) == 1


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Ring me on 020 7946 0958", "Is that a phone number in your note?"),
        ("ada@example.org knows", "Is that an email address in your note?"),
    ],
)
def test_without_javascript_a_number_or_an_address_is_asked_about_before_it_goes(
    place: Place, ada: Phone, text: str, asked: str
) -> None:
    """P14: whoever says that it may go sends it as it is, under the same id, and a moderator reads it first."""
    ada.open()
    page = ada.send(text)
    assert page.status_code == 400
    assert asked in page.text
    assert text in page.text
    assert 'name="sure" value="1">Send it as it is' in page.text
    assert dict(HIDDEN.findall(page.text))["id"] == ada.form["id"]
    assert place.texts() == []
    for _pressed_twice in range(2):
        assert ada.send(text, sure="1").status_code == 303
    assert place.texts() == [text]
    assert place.session.board.balance.held == 1


def test_words_that_were_changed_go_without_being_asked_about_again(place: Place, ada: Phone) -> None:
    ada.open()
    ada.send("Ring me on 020 7946 0958")
    assert ada.send("Ring the office").status_code == 303
    assert place.texts() == ["Ring the office"]


def test_a_note_that_was_too_late_as_it_was_asked_about_goes_as_a_late_one(place: Place, ada: Phone) -> None:
    """However pages come between, what was said of it before is not asked again."""
    question = place.session.board.questions_in_order()[0].id
    ada.open()
    place.session.do(SetQuestion(question, Asking(closes=1))).result(SECONDS)
    text = "Ring me on 020 7946 0958"
    late = ada.send(text, sure="1")
    assert "This question has closed" in late.text
    again = dict(HIDDEN.findall(late.text))
    assert again["sure"] == "1"
    assert ada.send(text, **again, late="1").status_code == 303
    assert [note.late for note in place.session.board.notes.values()] == [True]
