"""An online home: many workshops behind one door, each under its own code; notes come in there and reach the desks."""

import json
import logging
import re
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from socket import create_connection

import httpx2
import pytest

from core.base.tokens import token_of, workshop_of
from core.domain.events import EPOCH_SIZE
from core.home import desks
from core.home.logs import AsJson
from core.home.running import OnlineHome, Place, PortTaken, WrongPublic
from core.home.shelf import FolderShelf
from core.session import Session
from core.sync import door
from core.sync.errors import HomeNotTrusted
from core.sync.invited import come_in
from core.web.limits import Limits, Rate
from tests.core.home.online import Online, a_home, a_public_home, alike, browser, shared, sharing
from tests.core.sync.desks import until
from tests.core.workshops import ANN, BEN, PARK, Remembered, say
from tests.web.phones import Phone
from tests.web.strangers import Answer, heard, heard_once

OURS = {"origin": "https://say.example.org"}
TOWN = replace(PARK, title="The town", code="TWN234")


def texts(session: Session) -> set[str]:
    board = session.board
    return {board.text_of(note) for note in board.notes.values()}


def test_a_note_sent_at_the_home_reaches_the_desk_and_one_of_the_desk_the_home(online: Online, tmp_path: Path) -> None:
    with sharing(online, tmp_path / "ann") as ann, browser(online.people, ann.code) as phone:
        say(ann.session, "said in the room")
        phone.say("said at home")
        until(alike(online, ann))
        assert texts(ann.session) == {"said in the room", "said at home"}
        assert "said at home" in phone.open(f"/{ann.code}/mine").text


def test_each_workshop_is_under_its_own_code_with_a_cookie_of_its_own(online: Online, tmp_path: Path) -> None:
    with sharing(online, tmp_path / "park") as park, sharing(online, tmp_path / "town", TOWN) as town:
        with browser(online.people, park.code) as phone:
            phone.say("for the park")
            there = Phone(phone.http, online.people, code=town.code)
            there.say("for the town")
            mine = re.search(f"/{park.code}(/mine/[0-9a-f]+/change)", phone.open(f"/{park.code}/mine").text)
            assert mine is not None
            assert there.open(f"/{park.code}{mine[1]}").status_code == 200
            assert there.open(f"/{town.code}{mine[1]}").status_code == 404
            assert {cookie.name for cookie in phone.http.cookies.jar} == {
                f"sb_{park.session.workshop_id}", f"sb_{town.session.workshop_id}"
            }  # fmt: skip
        until(alike(online, park))
        until(alike(online, town))
        assert texts(park.session) == {"for the park"}
        assert texts(town.session) == {"for the town"}


def test_a_typed_code_a_receipt_and_the_sign_of_a_qr_code_lead_to_the_right_workshop(
    online: Online, tmp_path: Path
) -> None:
    with sharing(online, tmp_path / "park") as park, sharing(online, tmp_path / "town", TOWN):
        with browser(online.people, park.code) as phone:
            assert phone.open("/").status_code == 200
            assert phone.post("/", code="twn 234").headers["location"] == "/TWN234"
            sign = token_of(park.session.workshop_id)
            assert phone.http.get(f"{online.people}/{sign.lower()}?m=home").headers["location"] == "/ABC234?m=home"
            phone.say("hello")
            receipt = phone.http.cookies[f"sb_{park.session.workshop_id}"]
        with browser(online.people, park.code) as other:
            other.open("/claim")
            assert other.post("/claim", code=receipt).headers["location"] == "/ABC234/mine"
            assert "hello" in other.open("/ABC234/mine").text


def test_a_sign_is_the_id_of_its_workshop_and_nothing_else_is_one() -> None:
    assert workshop_of(token_of(BEN)) == BEN    # type: ignore[arg-type,comparison-overlap]    # any 128 bits
    assert [workshop_of(each) for each in ("", "ABC234", "Z" * 26, "U" * 26)] == [None] * 4


def test_codes_are_not_found_by_trying(tmp_path: Path) -> None:
    limits = replace(Limits.public(), all_wrong_codes=Rate(1000, 1000))
    with a_home(tmp_path / "home", limits=limits) as online, browser(online.people, "ABC234") as guesser:
        statuses = [guesser.http.get(f"{online.people}/A{n:05}").status_code for n in range(20)]
        assert statuses == [404] * 10 + [429] * 10
        assert guesser.http.get(f"{online.people}/.env").status_code == 404


def test_who_has_guessed_waits_with_a_right_code_too_but_not_who_is_known(tmp_path: Path) -> None:
    limits = replace(Limits.public(), all_wrong_codes=Rate(1000, 1000))
    with (
        a_home(tmp_path / "home", limits=limits) as online, sharing(online, tmp_path / "ann") as ann,
        browser(online.people, ann.code) as known, browser(online.people, ann.code) as guesser,
    ):  # fmt: skip
        known.say("here before")
        for number in range(11):
            guesser.http.get(f"{online.people}/A{number:05}")
        assert guesser.open(f"/{ann.code}").status_code == 429
        assert guesser.post("/", code=ann.code).status_code == 429
        assert known.open(f"/{ann.code}/q/1").status_code == 200
        known.say("and still here")


def test_sharing_brings_the_log_under_its_numbers_and_the_home_goes_on_in_an_epoch_of_its_own(
    online: Online, tmp_path: Path
) -> None:
    path, memory = tmp_path / "ann" / "park.sayback", Remembered()
    path.parent.mkdir()
    before = Session.create(path, PARK, ANN, memory=memory)
    say(before, "said before it was shared")
    numbers = {event.id: event.seq for event in before.parcels.after(0, 100).events}
    before.close()
    ann = shared(path.parent, online.desks, online.invites())
    try:
        ann.waits()
        say(ann.session, "said after")
        until(alike(online, ann))
        events = ann.session.parcels.after(0, 100).events
        assert {event.id: event.seq for event in events[:-2]} == numbers
        assert events[-1].seq == EPOCH_SIZE + 1
        assert not ann.session.is_home
    finally:
        ann.close()


def test_the_desks_gate_is_nowhere_on_the_participants_port_and_they_are_not_on_its(
    online: Online, tmp_path: Path
) -> None:
    with sharing(online, tmp_path / "ann") as ann, httpx2.Client(trust_env=False) as http:
        workshop = ann.session.workshop_id
        for path in ("/desks/join", f"/desks/{workshop}/hello", "/metrics", "/health"):
            assert http.get(online.people + path).status_code == 404
        assert http.get(f"{online.desks}/{ann.code}").status_code == 401
        assert http.get(f"{online.desks}/desks/{workshop}/hello").status_code == 401
        assert http.get(f"{online.desks}/desks/{BEN}/hello").status_code == 401    # as where there is no such workshop


def test_figures_for_operators_tell_how_much_and_nothing_that_was_said(online: Online, tmp_path: Path) -> None:
    with sharing(online, tmp_path / "ann") as ann, browser(online.people, ann.code) as phone:
        phone.say("a secret of mine")
        told = phone.http.get(f"{online.figures}/metrics").text
        assert "sayback_workshops 1\n" in told
        assert "sayback_notes 1\n" in told
        assert 'sayback_requests_total{app="people",status="303"} 1' in told
        assert phone.http.get(f"{online.figures}/health").text == "ready\n"
        assert "secret" not in told
        assert ann.code not in told


def test_a_line_of_the_log_is_one_json_object_whatever_is_in_it() -> None:
    record = logging.LogRecord("sayback.home", logging.ERROR, "", 0, "one\ntwo \x1b[31m", None, None)
    line = AsJson().format(record)
    assert "\n" not in line
    assert "\x1b" not in line
    assert json.loads(line)["what"] == "one\ntwo \x1b[31m"


def test_everything_is_there_again_after_a_restart(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        code, workshop = ann.code, ann.session.workshop_id
        with browser(online.people, code) as phone:
            phone.say("before")
    with a_home(tmp_path / "home") as again, browser(again.people, code) as phone:
        phone.say("after")
        session = again.shelf.session_of(workshop)
        assert session is not None
        assert texts(session) == {"before", "after"}


def test_a_workshop_that_cannot_be_opened_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        code = ann.code
    (tmp_path / "home" / "workshops" / f"{'0' * 32}.sayback").write_bytes(b"no workshop at all")
    with a_home(tmp_path / "home") as again, browser(again.people, code) as phone:
        phone.say("still here")


class TestBehindAProxy:
    """As the world sees it: https only, and who asks is who the proxy says."""

    def test_everything_is_https_with_cookies_that_never_leave_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with a_public_home(tmp_path) as (online, public, ca):
            monkeypatch.setenv("SSL_CERT_FILE", str(ca))
            ann = shared(tmp_path / "ann", public, online.invites())
            try:
                ann.waits()
                assert ann.home.base.startswith(public)
                with browser(public, ann.code, ca) as phone:
                    phone.say("said at home")
                    cookie = next(iter(phone.http.cookies.jar))
                    assert (cookie.name, cookie.secure) == (f"__Host-sb_{ann.session.workshop_id}", True)
                    for path in ("/", f"/{ann.code}", "/nowhere", f"/{ann.code}/mine"):
                        answer = phone.http.get(public + path)
                        assert answer.headers["strict-transport-security"] == "max-age=31536000"
                        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
                until(alike(online, ann))
                assert texts(ann.session) == {"said at home"}
            finally:
                ann.close()

    def test_without_https_nothing_is_said(self, tmp_path: Path) -> None:
        with a_public_home(tmp_path) as (online, public, _ca), httpx2.Client(trust_env=False) as http:
            home = {"host": public.removeprefix("https://")}
            plain = http.get(online.people + "/ABC234", headers=home)
            assert (plain.status_code, plain.headers["location"]) == (308, public + "/")
            assert http.post(online.people + "/", data={"code": "ABC234"}, headers=home).status_code == 403
            assert http.post(online.desks + "/desks/join", json={}, headers=home).status_code == 403
            foreign = http.get(online.people + "/", headers={"host": "evil.example", "x-forwarded-proto": "https"})
            assert foreign.status_code == 400

    def test_limits_count_who_asks_and_not_the_proxy(self, tmp_path: Path) -> None:
        limits = replace(Limits.public(), wrong_codes=Rate(2, 0.01), all_wrong_codes=Rate(1000, 1000))
        with a_public_home(tmp_path, limits) as (online, public, ca):
            with browser(public, "ABC234", ca) as guesser:
                tries = [guesser.http.get(f"{public}/A0000{n}").status_code for n in range(4)]
                assert tries == [404, 404, 429, 429]
                spoofed = guesser.http.get(f"{public}/A00005", headers={"x-forwarded-for": "203.0.113.9"})
                assert spoofed.status_code == 429    # the proxy's own word is the last
            head = {"host": public.removeprefix("https://"), "x-forwarded-proto": "https"}
            with httpx2.Client(trust_env=False) as http:    # as the proxy itself says of somebody else
                other = http.get(f"{online.people}/A00006", headers={**head, "x-forwarded-for": "203.0.113.9"})
            assert other.status_code == 404

    def test_who_guesses_from_many_addresses_has_one_guess_of_each_and_others_come_in(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(desks, "ALL_TRIES", Rate(2, 0.01))
        limits = replace(Limits.public(), all_wrong_codes=Rate(2, 0.01))
        place = Place(port=0, public="https://say.example.org")
        with a_home(tmp_path / "home", place=place, limits=limits) as online, httpx2.Client(trust_env=False) as http:

            def guesses(code: str, network: int) -> int:
                told = {"host": "say.example.org", "x-forwarded-proto": "https"}
                who = {"x-forwarded-for": f"2001:db8:0:{network:x}::1"}
                return http.post(online.people + "/", data={"code": code}, headers={**told, **who, **OURS}).status_code

            def invited(code: str, network: int) -> int:
                told = {"x-forwarded-proto": "https", "x-forwarded-for": f"2001:db8:0:{network:x}::1"}
                asked = {"desk": BEN, "name": "Ben", "token_hash": "0" * 64, "code": code, "workshop": BEN}
                return http.post(f"{online.desks}/desks/join", json=asked, headers=told).status_code

            assert [guesses("AAAAAA", network) for network in range(4)] == [400] * 4
            assert guesses("AAAAAA", 3) == 429
            assert guesses("AAAAAA", 4) == 400
            right = online.invites().replace("-", "")
            assert [invited("0000000000", network) for network in range(4)] == [403, 403, 429, 429]
            assert [invited(right, network) for network in (3, 4)] == [429, 200]

    def test_every_answer_says_https_only_the_desks_gate_s_too(self, tmp_path: Path) -> None:
        with a_public_home(tmp_path) as (_online, public, ca), browser(public, "ABC234", ca) as stranger:
            for path in ("/desks/join", f"/desks/{BEN}/hello", "/desks"):
                for answer in (stranger.http.get(public + path), stranger.http.post(public + path, json={})):
                    assert answer.headers.get_list("strict-transport-security") == ["max-age=31536000"], path
                    assert answer.headers["x-frame-options"] == "DENY"
                    assert answer.headers["cache-control"] == "no-store"

    def test_who_is_no_proxy_of_ours_is_not_believed(self, tmp_path: Path) -> None:
        place = Place(port=0, public="https://say.example.org", proxy="192.0.2.7")
        with a_home(tmp_path / "home", place=place) as online, httpx2.Client(trust_env=False) as http:
            told = {"host": "say.example.org", "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7"}
            assert http.get(online.people + "/", headers=told).status_code == 308

    def test_a_home_that_nobody_vouches_for_is_told_nothing(self, tmp_path: Path) -> None:
        with a_public_home(tmp_path) as (online, public, _ca):
            code = online.invites()
            with pytest.raises(HomeNotTrusted):
                come_in(public, code, BEN, "Ben", BEN)    # type: ignore[arg-type]    # any 128 bits
            assert online.shelf.invitations.look(code.replace("-", "")) is not None


def test_who_speaks_for_ever_at_the_desks_gate_or_in_a_crowd_is_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each holds a line that desks need."""
    monkeypatch.setattr(desks, "SPEAKING_SECONDS", 0.5)
    monkeypatch.setattr(desks, "STRANGERS_AT_MOST", 2)
    head = b"POST /desks/join HTTP/1.1\r\nHost: home\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
    with a_home(tmp_path / "home") as online, ExitStack() as opened:
        lines = [opened.enter_context(create_connection(("127.0.0.1", online.ports.desks), 10)) for _ in range(3)]
        for line in lines:
            line.sendall(head)
        answers = sorted(heard(line).partition(b"\r\n")[0].split(b" ")[1] for line in lines)
    assert answers == [b"408", b"408", b"429"]


def test_what_is_no_http_and_what_is_not_there_is_told_so_with_the_headers_of_every_answer(tmp_path: Path) -> None:
    place = Place(port=0, public="https://say.example.org")
    with a_home(tmp_path / "home", place=place) as online:
        for port in (online.ports.desks, online.ports.figures):
            for sent in (b"MALFORMED", b"GET /metrics HTTP/1.1\r\nHost: x", b"GET /nothing HTTP/1.0"):
                with create_connection(("127.0.0.1", port), 10) as line:
                    line.sendall(sent + b"\r\n\r\n")
                    answer = heard_once(line)
                assert answer.is_guarded, (port, sent)
                assert answer.headers["cache-control"] == "no-store"
                assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_a_head_that_drips_at_the_desks_gate_of_a_home_has_little_time(
    online: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "HEAD_SECONDS", 0.2)
    with create_connection(("127.0.0.1", online.ports.desks), 10) as line:
        line.sendall(b"POST /desks/join HTTP/1.1\r\nx-slow: ")
        assert Answer.read(heard(line)).status == 408


def test_a_home_says_no_to_names_that_are_not_safe() -> None:
    for wrong in ("http://say.example.org", "https://say.example.org/path", "say.example.org"):
        with pytest.raises(WrongPublic):
            Place(public=wrong)
    with pytest.raises(WrongPublic):
        Place(host="0.0.0.0")


def test_a_port_that_is_taken_is_said(online: Online, tmp_path: Path) -> None:
    with pytest.raises(PortTaken):
        OnlineHome(FolderShelf(tmp_path / "other"), Place(port=online.ports.people)).start()
