"""A note from a phone is on the board once, under its writer's name in the log, and never lost for a mishap."""

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest

from core.base.identity import contributor_of, read_receipt
from core.base.ids import new_id
from core.domain.commands import HideNotes
from core.domain.running import EndWorkshop, FreezeNotes, SetQuestion
from core.domain.terms import Mode, Naming, NoteKind, Reason
from core.domain.values import changed
from core.web.limits import Limits, Rate
from tests.web.phones import CODE, NO_TLS, SCRIPT, SECONDS, Phone, Place, phone, serving

FAMILY = "👩‍👩‍👧‍👦"
ARABIC = "المنحدر شديد الانحدار"
WORDS = ["The ramp is steep", "Mae'r ramp yn serth", ARABIC, "<b>oops", "a & b = c % d + e", f"One {FAMILY}"]


@pytest.mark.parametrize("text", WORDS)
def test_a_note_sent_without_a_script_is_on_the_board_and_on_the_page(place: Place, ada: Phone, text: str) -> None:
    ada.say(text)
    assert place.texts() == [text]
    assert text in ada.page
    assert "Thank you. We have your note." in ada.page


def test_a_note_sent_by_the_script_is_answered_with_what_is_on_disk(place: Place, ada: Phone) -> None:
    ada.open()
    told = ada.send("  cafe\N{COMBINING ACUTE ACCENT}\r\n", script=True)
    assert told.status_code == 200
    assert told.json()["text"] == "café"
    assert place.texts() == ["café"]
    assert ada.open(told.json()["page"]).status_code == 200


def test_the_form_sent_twice_is_one_note(place: Place, ada: Phone) -> None:
    ada.open()
    first, second = ada.send("The ramp is steep"), ada.send("The ramp is steep")
    assert first.headers["location"] == second.headers["location"]
    assert place.texts() == ["The ramp is steep"]


def test_back_other_words_send_is_two_notes(place: Place, ada: Phone) -> None:
    ada.open()
    first, second = ada.send("The ramp is steep"), ada.send("The door is heavy")
    assert (first.status_code, second.status_code) == (303, 303)
    assert place.texts() == ["The ramp is steep", "The door is heavy"]
    assert "The door is heavy" in ada.http.get(ada.base + second.headers["location"]).text
    assert len(place.session.board.by_contributor) == 1


def test_a_first_note_whose_answer_was_lost_keeps_its_writer_when_it_is_sent_again(place: Place, ada: Phone) -> None:
    """The phone never got its cookie: the same form has the same author, not a stranger with the same words."""
    ada.open()
    first = ada.send("The ramp is steep", script=True).json()
    ada.http.cookies.clear()
    again = ada.send("The ramp is steep", script=True).json()
    assert again == first
    assert place.texts() == ["The ramp is steep"]
    assert ada.open(f"/{CODE}/mine").text.count('data-note="') == 1


def test_a_form_opens_nobodys_notes_but_those_it_sent_itself(place: Place, ada: Phone) -> None:
    ada.open()
    first = ada.send("The ramp is steep", script=True).json()
    ada.http.cookies.clear()
    other = ada.send("Who else wrote?", script=True, id=new_id()).json()
    assert other["receipt"] != first["receipt"]


def test_an_id_of_somebody_elses_note_is_not_theirs(place: Place, ada: Phone, ben: Phone) -> None:
    ada.open()
    ada.send("The ramp is steep")
    ben.open()
    ben.send("The ramp is steep", id=ada.form["id"])
    assert place.texts() == ["The ramp is steep"] * 2
    assert len(place.session.board.by_contributor) == 2


def test_the_same_note_sent_fifty_times_at_once_is_one_note_with_one_answer(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback", limits=Limits.raised()) as place, phone(place) as ada:
        ada.open()

        async def all_at_once() -> set[str]:
            async with httpx2.AsyncClient(trust_env=False, verify=NO_TLS) as http:
                data = {"text": "The ramp is steep", **ada.form}
                headers = {**ada.origin, **SCRIPT}
                sent = [http.post(f"{ada.base}/{CODE}/note", data=data, headers=headers) for _ in range(50)]
                return {response.text for response in await asyncio.gather(*sent)}

        assert len(asyncio.run(all_at_once())) == 1
        assert place.texts() == ["The ramp is steep"]


def test_each_question_gets_its_own_notes(place: Place, ada: Phone) -> None:
    ada.say("For the first")
    ada.say("For the second", question=2)
    first, second = place.session.board.questions_in_order()
    assert [len(place.session.board.notes_of(q.id)) for q in (first, second)] == [1, 1]
    assert "Question 2 of 2" in ada.open(f"/{CODE}/q/2").text
    assert ada.open(f"/{CODE}/q/3").status_code == 404


def test_the_log_holds_the_contributor_and_never_the_receipt(place: Place, ada: Phone) -> None:
    ada.open()
    receipt = ada.send("The ramp is steep", script=True).json()["receipt"]
    secret = read_receipt(receipt)
    assert secret is not None
    assert list(place.session.board.by_contributor) == [contributor_of(secret)]
    kept = b"".join(file.read_bytes() for file in place.session.path.parent.iterdir() if file.is_file())
    assert receipt.encode() not in kept
    assert bytes(secret) not in kept


def test_no_page_makes_an_identity_before_a_note_is_sent(place: Place, ada: Phone) -> None:
    for path in (f"/{CODE}", f"/{CODE}/mine", f"/{CODE}/wall", "/claim", "/"):
        assert "set-cookie" not in ada.open(path).headers


def test_the_cookie_is_lax_and_closed_to_scripts(place: Place, ada: Phone) -> None:
    ada.open()
    cookie = ada.send("The ramp is steep").headers["set-cookie"]
    assert re.match(rf"sb_{place.session.workshop_id}=[0-9A-Z]{{16}};", cookie)
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()


def test_a_cookie_we_do_not_know_counts_as_none(place: Place, ada: Phone) -> None:
    ada.http.cookies.set(f"sb_{place.session.workshop_id}", "0123456789ABCDEF")
    ada.say("The ramp is steep")
    assert place.texts() == ["The ramp is steep"]
    assert ada.http.cookies.get(f"sb_{place.session.workshop_id}", domain="127.0.0.1") is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "There are no words in your note yet."), (" \n ", "There are no words"), ("x" * 501, "a bit too long"),
     ("x" * 9000, "a bit too long")],
)  # fmt: skip
def test_a_note_that_does_not_fit_comes_back_with_its_words(place: Place, ada: Phone, text: str, said: str) -> None:
    ada.open()
    answer = ada.send(text)
    assert answer.status_code == 400
    assert said in answer.text
    assert text.strip() in answer.text
    assert ada.form["id"] in answer.text
    assert place.texts() == []


def test_five_hundred_signs_after_nfc_are_one_note(place: Place, ada: Phone) -> None:
    ada.say("e\N{COMBINING ACUTE ACCENT}" * 500)
    assert place.texts() == ["é" * 500]


def test_too_long_for_us_to_read_is_refused_unread(place: Place, ada: Phone) -> None:
    ada.open()
    assert ada.send("x" * 70_000).status_code == 413
    assert ada.send("still here").status_code == 303


def test_somebody_who_sends_too_fast_is_asked_to_wait_and_keeps_their_words(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback", limits=Limits(contributor=Rate(3, 1))) as place, phone(place) as ada:
        for text in ("one", "two", "three"):
            ada.say(text)
        ada.open()
        answer = ada.send("four is one too many")
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1
        assert "four is one too many" in answer.text
        assert "So many notes at once!" in answer.text
        told = ada.send("four is one too many", script=True)
        assert (told.status_code, told.json()["saved"]) == (429, False)
        with phone(place) as ben:
            ben.say("I am not held up by the others")


@pytest.mark.slow
def test_sixty_five_phones_behind_one_address_are_not_refused(place: Place) -> None:
    for number in range(65):
        with phone(place) as each:
            each.say(f"note {number}")
    assert len(place.texts()) == 65


def test_more_new_people_than_a_hall_holds_are_read_by_a_moderator_first(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback", limits=Limits(newcomers=Rate(5, 0.001))) as place:
        for number in range(7):
            with phone(place) as each:
                each.say(f"note {number}")
                assert "note" in each.page
        with phone(place) as late:
            late.say("a first note")
            late.say("a second note")
        board = place.session.board
        held = [board.text_of(note) for note in board.notes.values() if note.standing.reason is Reason.BURST]
        late_ones = ["a first note", "a second note"]
        assert sorted(held) == [*late_ones, "note 5", "note 6"]
        assert (board.balance.board, board.balance.held) == (5, 4)


def test_a_person_who_was_erased_is_told_so(place: Place, ada: Phone) -> None:
    ada.say("The ramp is steep")
    contributor = next(iter(place.session.board.by_contributor))
    ada.open()
    place.session.erase(contributor).result(10)
    answer = ada.send("And again")
    assert answer.status_code == 403
    assert "The notes of this person were erased." in answer.text


def test_my_notes_says_kindly_where_each_one_is(place: Place, ada: Phone) -> None:
    ada.say("The ramp is steep")
    ada.say("Doctor Who is rude")
    hidden = place.session.board.notes_by(next(iter(place.session.board.by_contributor)))[1]
    place.session.do(HideNotes((hidden.id,), Reason.NAMES_SOMEONE)).result(10)
    ada.open(f"/{CODE}/mine")
    assert "You sent 2 notes." in ada.page
    assert "Not shown on the board" in ada.page
    assert "it names a person" in ada.page
    assert "We have read your note, and it still counts." in ada.page


def settings(place: Place, **values: Any) -> None:
    """The first question is asked in this way from here on."""
    question = place.session.board.questions_in_order()[0].id
    place.session.do(SetQuestion(question, changed(place.session.board.asking(question), **values))).result(SECONDS)


def test_the_welcome_is_for_strangers_and_who_is_known_goes_straight_to_the_question(place: Place, ada: Phone) -> None:
    assert "What happens to your words" in ada.open(f"/{CODE}").text
    ada.say("The ramp is steep")
    assert "Send my note" in ada.open(f"/{CODE}").text


@pytest.mark.parametrize(("link", "mode"), [("?m=home", Mode.REMOTE), ("?m=scribe", Mode.SCRIBE), ("", Mode.ROOM)])
def test_how_one_came_is_in_the_link_and_stays_so(place: Place, ada: Phone, link: str, mode: Mode) -> None:
    assert f'href="/{CODE}/q/1{link}"' in ada.open(f"/{CODE}{link}").text
    ada.open(f"/{CODE}/q/1{link}")
    ada.send("The ramp is steep")
    ada.say("The door is heavy")
    assert {note.mode for note in place.session.board.notes.values()} == {mode}


def test_a_note_has_the_kind_that_was_chosen_and_one_may_not_be_sure(place: Place, ada: Phone) -> None:
    settings(place, kinds=(NoteKind.IDEA, NoteKind.PROBLEM))
    assert "What kind of note is it?" in ada.open().text
    ada.send("Build one ramp", kind="idea")
    ada.open()
    ada.send("Who knows", kind="")
    board = place.session.board
    assert {board.text_of(note): note.kind for note in board.notes.values()} == {
        "Build one ramp": NoteKind.IDEA, "Who knows": None,
    }  # fmt: skip


def test_nobody_gets_no_cookie_and_no_contributor_and_is_told_what_that_means(place: Place, ada: Phone) -> None:
    settings(place, namings=(Naming.NO_NAME, Naming.NOBODY))
    page = ada.open(f"/{CODE}/q/1?as=nobody").text
    assert "cannot change it or take it back" in page
    first, second = ada.send("The ramp is steep"), ada.send("The ramp is steep")
    assert "set-cookie" not in first.headers
    assert first.headers["location"] == second.headers["location"]
    assert "Thank you. We have your note." in ada.open(first.headers["location"]).text
    (note,) = place.session.board.notes.values()
    assert note.contributor is None
    assert not place.session.board.by_contributor


def test_a_name_is_kept_only_where_one_was_chosen(place: Place, ada: Phone, ben: Phone) -> None:
    ada.open(f"/{CODE}/name?q=1")
    form = {"q": "1", "start": ada.form["start"]}
    assert "set-cookie" not in ada.post(f"/{CODE}/name", naming="no name", name="Ada", **form).headers
    answer = ada.post(f"/{CODE}/name", naming="first name", name="Ada", **form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{CODE}/q/1")
    assert "Shown with: <bdi>Ada</bdi>" in ada.open().text
    wrong = ben.post(f"/{CODE}/name", naming="other name", name=" ", q="1", start=new_id())
    assert (wrong.status_code, "There is no name yet" in wrong.text) == (400, True)


def test_a_note_that_is_too_long_becomes_two_at_the_end_of_a_sentence(place: Place, ada: Phone) -> None:
    ada.open()
    text = "word " * 80 + "end. " + "other " * 60
    assert "Make two notes for me" in ada.send(text).text
    assert ada.send(text, two="1").headers["location"] == f"/{CODE}/mine"
    ada.send(text, two="1")
    assert place.texts() == ["word " * 80 + "end.", ("other " * 60).strip()]


def test_a_question_that_closed_while_somebody_wrote_keeps_the_words_and_takes_a_late_note(
    place: Place, ada: Phone
) -> None:
    ada.open()
    question = place.session.board.questions_in_order()[0].id
    settings(place, closes=1)
    assert place.session.board.asking(question).closes == 1
    answer = ada.send("educate young people")
    assert (answer.status_code, "This question has closed" in answer.text) == (409, True)
    assert "educate young people</textarea>" in answer.text
    assert ada.send("educate young people", script=True).json()["late"] is True
    assert ada.send("educate young people", late="1").status_code == 303
    assert [note.late for note in place.session.board.notes.values()] == [True]


def test_one_s_own_note_is_changed_taken_back_and_put_back_by_plain_forms(place: Place, ada: Phone, ben: Phone) -> None:
    ada.say("The ramp is steep")
    ben.say("The door is heavy")
    page = f"/{CODE}/mine/{ada.open(f'/{CODE}/mine').text.split('data-note=')[1][1:17]}"
    ada.open(f"{page}/change")
    token = ada.form["token"]
    assert ada.post(f"{page}/change", text="x" * 501, token=token).status_code == 400
    assert ada.post(f"{page}/change", text="The ramp is too steep", token=token).status_code == 303
    assert "See how it was before" in ada.open(f"/{CODE}/mine").text
    assert ada.post(f"{page}/take-back", token=token).status_code == 303
    assert place.session.board.balance.withdrawn == 1
    assert ada.post(f"{page}/put-back", token=token).status_code == 303
    assert place.session.board.balance.board == 2
    ben.open(f"/{CODE}/mine")
    for act in ("change", "take-back"):
        assert ben.open(f"{page}/{act}").status_code == 404
        assert ben.post(f"{page}/{act}", text="mine now", token=token).status_code == 404
    assert ada.post(f"{page}/take-back", token="0" * 32).status_code == 403
    place.session.do(FreezeNotes()).result(SECONDS)
    frozen = ada.post(f"{page}/change", text="Words to keep", token=token)
    assert (frozen.status_code, "Words to keep" in frozen.text) == (409, True)
    assert "Take back</" not in ada.open(f"/{CODE}/mine").text


def test_when_all_is_over_the_pages_say_so_kindly(place: Place, ada: Phone) -> None:
    ada.say("The ramp is steep")
    ada.open()
    place.session.do(EndWorkshop()).result(SECONDS)
    assert "The workshop is over. Thank you!" in ada.open(f"/{CODE}").text


def test_a_script_whose_cookie_was_cleared_is_asked_to_show_its_receipt(place: Place, ada: Phone) -> None:
    ada.open()
    first = ada.send("The ramp is steep", script=True).json()
    ada.http.cookies.clear()
    answer = ada.send("The door is heavy", script=True, id=new_id(), token=first["token"])
    assert (answer.status_code, answer.json()["token"]) == (403, "")
    assert place.texts() == ["The ramp is steep"]
