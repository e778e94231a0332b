"""A receipt opens one's own notes from any phone, in each of its forms; nothing else does, and it ends in time."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from core.base.identity import Secret, contributor_of, groups_of, new_secret, read_receipt, receipt_of, words_of
from core.base.join import qr_matrix
from core.domain.board import Board
from core.domain.running import BlockPerson, EndWorkshop, MakeSlips
from core.web.guard import ORIGIN
from core.web.limits import FIRST_PAUSE, Limits
from core.web.mine import MASK, QUIET_MARGIN, qr_drawing
from core.web.people import READS_AFTER_THE_END, People, Visitor
from tests.core.table import WallClock
from tests.web.phones import CODE, Phone, Place, phone, serving


def joined(ada: Phone) -> Secret:
    """Ada has said something; her secret."""
    ada.open()
    secret = read_receipt(ada.send("The ramp is steep", script=True).json()["receipt"])
    assert secret is not None
    return secret


def forms_of(secret: Secret) -> list[str]:
    words = words_of(secret)
    return [
        receipt_of(secret), " ".join(groups_of(secret)).lower(), receipt_of(secret).replace("0", "O").replace("1", "l"),
        " ".join(words), ", ".join(words).upper(), " ".join(word[:4] for word in words),
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["/", "/claim"])
@pytest.mark.parametrize("form", range(6))
def test_every_form_of_a_receipt_opens_my_notes_on_another_phone(
    place: Place, ada: Phone, ben: Phone, page: str, form: int
) -> None:
    secret = joined(ada)
    answer = ben.post(page, code=forms_of(secret)[form])
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{CODE}/mine")
    assert "The ramp is steep" in ben.open(f"/{CODE}/mine").text
    ben.say("Another from the same person")
    assert len(place.session.board.by_contributor) == 1


def test_a_receipt_goes_on_opening_after_the_laptop_was_started_again(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with serving(path) as place, phone(place) as ada:
        secret = joined(ada)
    with serving(path) as place, phone(place) as ben:
        assert ben.post("/claim", code=receipt_of(secret)).status_code == 303
        assert "The ramp is steep" in ben.open(f"/{CODE}/mine").text


def test_every_wrong_receipt_gets_the_same_answer(place: Place, ada: Phone, ben: Phone) -> None:
    secret = joined(ada)
    words = list(words_of(secret))
    wrong = ["nonsense", receipt_of(new_secret()), " ".join(words_of(new_secret())), " ".join(words[::-1])]
    answers = [ben.post("/claim", code=each) for each in wrong]
    assert {(answer.status_code, answer.text) for answer in answers} == {(400, answers[0].text)}
    assert "We do not know that code." in answers[0].text
    assert "<title>Error: " in answers[0].text
    assert not any(word in answers[2].text for word in wrong[2].split() if len(word) > 6)


def test_the_picture_of_a_receipt_has_the_dark_squares_of_its_qr_code() -> None:
    text = "HTTP://10.0.0.7/CLAIM#K7Q2M9XF4TRD01WP"
    drawing, matrix = qr_drawing(text), qr_matrix(text, MASK)
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawing.path)
    drawn = {(int(x) + at, int(y)) for x, y, width in runs for at in range(int(width))}
    margin = QUIET_MARGIN
    assert drawn == {(x, y) for y, row in enumerate(matrix, margin) for x, dark in enumerate(row, margin) if dark}
    assert drawing.size == len(matrix) + 2 * margin


def test_who_guesses_receipts_waits_and_the_code_of_the_workshop_still_lets_in(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback") as place, phone(place) as ada, phone(place) as mallory:
        secret = joined(ada)
        answers = [mallory.post("/claim", code=receipt_of(new_secret())).status_code for _ in range(12)]
        assert answers == [400] * 11 + [429]
        late = mallory.post("/claim", code=receipt_of(secret))
        assert late.status_code == 429
        assert 1 <= int(late.headers["retry-after"]) <= FIRST_PAUSE
        assert mallory.post("/", code=CODE).status_code == 303


def test_the_code_to_keep_is_shown_as_signs_as_a_picture_and_as_words_to_its_owner_only(
    place: Place, ada: Phone, ben: Phone
) -> None:
    secret = joined(ada)
    code = ada.open(f"/{CODE}/code").text
    assert re.findall(r"<span>(\w{4})</span>", code) == list(groups_of(secret))
    assert 'aria-label="QR code that opens your notes"' in code
    assert re.findall(r"<li data-hear>(\w+)</li>", ada.open(f"/{CODE}/words").text) == list(words_of(secret))
    for page in ("code", "words"):
        stranger = ben.open(f"/{CODE}/{page}")
        assert stranger.status_code == 200
        assert "You get a code when you send a note." in ben.page
        assert "<li data-hear>" not in ben.page


def test_no_address_that_a_phone_sends_holds_a_receipt(place: Place, ada: Phone) -> None:
    secret = joined(ada)
    for page in ("code", "words", "mine", "address"):
        addresses = re.findall(r'(?:href|action|src)="([^"]*)"', ada.open(f"/{CODE}/{page}").text)
        assert not [each for each in addresses if receipt_of(secret) in each]
    assert place.session.board.is_known(contributor_of(secret))


# Slips


def test_who_types_a_slip_is_its_person_from_the_first_note_on(place: Place, ada: Phone) -> None:
    secret = new_secret()
    place.session.do(MakeSlips((contributor_of(secret),))).result(10)
    answer = ada.post("/", code=" ".join(groups_of(secret)))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{CODE}")
    ada.say("From a slip")
    assert list(place.session.board.by_contributor) == [contributor_of(secret)]


def test_a_code_of_no_slip_opens_nothing(place: Place, ada: Phone) -> None:
    place.session.do(MakeSlips((contributor_of(new_secret()),))).result(10)
    assert ada.post("/", code=receipt_of(new_secret())).status_code == 400


# Who may not take part


def test_who_was_erased_is_told_so_once_and_may_come_again_as_somebody_new(place: Place, ada: Phone) -> None:
    secret = joined(ada)
    place.session.erase(contributor_of(secret)).result(10)
    first = ada.open()
    assert first.status_code == 403
    assert "The notes of this person were erased." in ada.page
    assert ada.post("/claim", code=receipt_of(secret)).status_code == 403
    ada.say("Somebody new")
    assert len(place.session.board.joined) == 2


def test_who_is_blocked_reads_what_is_theirs_and_nothing_more_is_taken(place: Place, ada: Phone) -> None:
    secret = joined(ada)
    place.session.do(BlockPerson(contributor_of(secret))).result(10)
    for page in ("", "/wall", "/q/1"):
        assert ada.open(f"/{CODE}{page}").status_code == 403
        assert "We cannot take notes from this phone any more." in ada.page
    assert "The ramp is steep" in ada.open(f"/{CODE}/mine").text
    assert ada.open(f"/{CODE}/code").status_code == 200
    assert ada.send("One more", question="x").status_code == 403
    assert place.texts() == ["The ramp is steep"]


# When the workshop is over


@contextmanager
def ended(tmp_path: Path) -> Iterator[tuple[Board, Secret, WallClock]]:
    with serving(tmp_path / "park.sayback") as place, phone(place) as ada:
        secret = joined(ada)
        place.session.do(EndWorkshop()).result(10)
        yield place.session.board, secret, WallClock(datetime.now(UTC))


def visitor(people: People, board: Board, cookie: str) -> Visitor:
    scope = {"type": "http", "headers": [(b"cookie", cookie.encode())], ORIGIN: "http://127.0.0.1", "client": ("::", 1)}
    return people.visitor(Request(scope), board, has_code=False)


def cookie_of(response: Response) -> tuple[str, int]:
    """The cookie as a phone sends it back, and how many seconds the phone keeps it."""
    value = response.headers["set-cookie"]
    found = re.search(r"Max-Age=(\d+)", value)
    assert found
    return value.partition(";")[0], int(found[1])


def test_a_cookie_counts_until_a_day_after_the_end_by_the_server_s_clock(tmp_path: Path) -> None:
    with ended(tmp_path) as (board, secret, clock):
        assert board.workshop
        people, response = People(board.workshop.id, clock), Response()
        people.remember(response, secret, "http://127.0.0.1")
        cookie, _ = cookie_of(response)
        clock.now += timedelta(hours=23, minutes=59)
        assert visitor(people, board, cookie).secret == secret
        clock.now += timedelta(minutes=2)
        assert visitor(people, board, cookie).secret is None
        assert visitor(people, board, f"{cookie}~").secret is None
        assert visitor(people, board, f"{cookie}~{'9' * 40}").secret is None


def test_a_receipt_that_is_typed_after_the_end_opens_my_notes_for_an_hour(tmp_path: Path) -> None:
    with ended(tmp_path) as (board, secret, clock):
        assert board.workshop
        people, response = People(board.workshop.id, clock), Response()
        clock.now += timedelta(days=40)
        people.remember_claimed(response, secret, "http://127.0.0.1", board)
        cookie, seconds = cookie_of(response)
        assert seconds == READS_AFTER_THE_END.total_seconds() == 3600
        clock.now += timedelta(minutes=59)
        assert visitor(people, board, cookie).secret == secret
        clock.now += timedelta(minutes=2)
        assert visitor(people, board, cookie).secret is None


@pytest.mark.parametrize("value", ["", "~", "~1", "K7Q2~x", "K7Q2M9XF4TRD01WP~-1", "K7Q2M9XF4TRD01WP~٣", "'; --"])
def test_a_cookie_of_any_form_is_no_fault(place: Place, ada: Phone, value: str) -> None:
    header = f"sb_{place.session.workshop_id}={value}".encode()
    answer = ada.http.get(f"{ada.base}/{CODE}/mine", headers={b"cookie": header})
    assert answer.status_code == 200
    assert "You have not sent a note from this phone yet." in answer.text


def test_a_rehearsal_may_mistype_as_often_as_it_likes(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback", limits=Limits.raised()) as place, phone(place) as ada:
        assert {ada.post("/claim", code="x").status_code for _ in range(40)} == {400}
