"""Strangers at the door: what no page of ours sends is refused, never with a fault of ours, always with our headers."""

import json
import logging
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.base.ids import new_id
from core.web.limits import Limits, Rate
from tests.web.phones import CODE, SCRIPT, Phone, Place, phone, serving

SECURITY = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "x-robots-tag": "noindex",
}
INSIDE = tuple(f"/{CODE}{page}" for page in ("", "/q/2", "/mine", "/wall", "/help", "/sent/none"))
OUTSIDE = ("/", "/claim", "/hello", "/nothing", "/.env", "/ZZZZZZ", "/%00")
PATHS = (*INSIDE, *OUTSIDE, "/static/none.css", "/static/..%2f..%2fetc%2fpasswd")
FORM = "application/x-www-form-urlencoded"


def raw(place: Place, *lines: str, body: bytes = b"") -> bytes:
    """One request, byte for byte; the answer until the server closes or has said it all."""
    with closing(socket.create_connection(("127.0.0.1", place.server.join.port), timeout=5)) as sock:
        sock.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        answer = b""
        while b"\r\n\r\n" not in answer and (part := sock.recv(65_536)):
            answer += part
        return answer


def host(place: Place) -> str:
    return f"Host: 127.0.0.1:{place.server.join.port}"


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers_that_guard_it(place: Place, ada: Phone, path: str) -> None:
    answer = ada.open(path)
    assert answer.status_code in {200, 204, 404}
    for name, value in SECURITY.items():
        assert answer.headers[name] == value
    assert "server" not in answer.headers
    assert "immutable" in answer.headers["cache-control"] or answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "", "{base}.evil.example", "http://evil@{host}", "http://[::1]"],
)
def test_a_form_of_another_site_is_refused(place: Place, ada: Phone, origin: str) -> None:
    ada.say("The ramp is steep")
    ada.open()
    sent = origin.format(base=ada.base, host=ada.base.removeprefix("http://"))
    headers = {"origin": sent} if origin else {}
    answer = ada.http.post(f"{ada.base}/{CODE}/note", data={"text": "evil", **ada.form}, headers=headers)
    assert answer.status_code == 403
    assert "evil" not in answer.text
    assert answer.headers["x-frame-options"] == "DENY"
    assert place.texts() == ["The ramp is steep"]


def test_a_form_without_the_person_s_token_comes_back_to_be_sent_again(place: Place, ada: Phone) -> None:
    ada.say("The ramp is steep")
    ada.open()
    form = {"question": ada.form["question"], "id": new_id()}
    headers = {"origin": ada.base}
    for token in ({}, {"token": "0" * 32}, {"start": new_id()}):
        answer = ada.http.post(f"{ada.base}/{CODE}/note", data={"text": "again", **form, **token}, headers=headers)
        assert answer.status_code == 403
        assert "again" in answer.text
        assert ada.form["token"] in answer.text
    assert place.texts() == ["The ramp is steep"]


@pytest.mark.parametrize(
    "named", ["evil.example", "127.0.0.1", "evil.example:{port}", "127.0.0.1:{port}.evil.example", ""]
)
def test_a_name_that_is_not_ours_gets_nothing(place: Place, named: str) -> None:
    port = place.server.join.port
    answer = raw(place, f"GET /{CODE} HTTP/1.1", f"Host: {named.format(port=port)}", "Connection: close")
    assert status(answer) == 400
    assert b"Young Londoners" not in answer


def test_strange_requests_are_refused_and_never_our_fault(place: Place) -> None:
    ours = host(place)
    post = f"POST /{CODE}/note HTTP/1.1"
    strange = [
        (f"GET /{CODE} HTTP/1.1", ours, ours),
        (f"GET /{CODE} HTTP/1.1", "Connection: close"),
        (f"GET http://evil.example/{CODE} HTTP/1.1", ours),
        (f"GET /{CODE} HTTP/1.1", ours, "X-Long: " + "x" * 17_000),
        (f"GET /{CODE} HTTP/1.1", ours, *(f"X-{at}: 1" for at in range(200))),
        (f"GET /{'x' * 3000} HTTP/1.1", ours),
        ("TRACE / HTTP/1.1", ours),
        ("CONNECT evil.example:80 HTTP/1.1", ours),
        ("DELETE / HTTP/1.1", ours),
        (post, ours, "Content-Length: 3", "Transfer-Encoding: chunked"),
        (post, ours, "Content-Length: 3", "Content-Length: 4"),
        (post, ours, "Content-Length: many"),
        ("nonsense", ours),
    ]
    for lines in strange:
        answer = raw(place, *lines)
        assert 400 <= status(answer) < 500, (lines[0][:60], answer[:100])
        assert b"x-frame-options: DENY" in answer, lines[0][:60]


def test_a_body_of_200_megabytes_is_not_read(place: Place, ada: Phone) -> None:
    lines = (f"POST /{CODE}/note HTTP/1.1", host(place), f"Origin: {ada.base}", "Content-Length: 200000000")
    answer = raw(place, *lines, body=b"text=" + b"x" * 1000)
    assert status(answer) == 413
    assert b"connection: close" in answer.lower()


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"text=hello%ff&question=1", FORM, 400),
        (b"text=hello%00&question=1", FORM, 400),
        (b"text=hello", FORM, 400),
        (b"question=1", FORM, 400),
        (b"text=hello&question=1&" + b"&".join(b"a%d=1" % at for at in range(2000)), FORM, 400),
        (b"text=hello&text=bye&question=1", FORM, 400),
        (b"text=hello&question=1", "text/plain", 415),
        (b'{"text": "hello"}', "application/json", 415),
        (b"", "multipart/form-data", 415),
        (b"text=hello&question=1", FORM, 404),
    ],
)  # fmt: skip
def test_odd_forms_come_back_kindly(place: Place, ada: Phone, body: bytes, kind: str, expected: int) -> None:
    headers = {"origin": ada.base, "content-type": kind}
    answer = ada.http.post(f"{ada.base}/{CODE}/note", content=body, headers=headers)
    assert answer.status_code == expected
    assert "<textarea" in answer.text
    if body.startswith(b"text=hello"):
        assert "hello" in answer.text
    assert place.texts() == []


def test_fields_nobody_asked_for_are_not_taken(place: Place, ada: Phone) -> None:
    ada.open()
    extra = {"status": "approved", "contributor": new_id(), "actor": "facilitator", "said_at": "1970", "mode": "scribe"}
    ada.form.update(extra)
    assert ada.send("The ramp is steep").status_code == 303
    (note,) = place.session.board.notes.values()
    assert (note.mode.value, note.contributor) == ("room", note.said.author.actor)
    assert note.contributor != extra["contributor"]


def test_who_does_not_have_the_code_learns_nothing(place: Place, ada: Phone) -> None:
    for path in ("/", "/claim", "/ZZZZZZ", "/nothing", "/static/none.css", f"/{CODE[:-1]}"):
        text = ada.open(path).text
        assert CODE not in text
        assert "Londoners" not in text
    wrong = ada.post("/", code="ZZZZZZ")
    assert CODE not in wrong.text
    assert "We do not know that code." in wrong.text


def test_codes_cannot_be_found_by_trying(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback", limits=Limits(wrong_codes=Rate(5, 0.1))) as place, phone(place) as ada:
        tried = [ada.open(f"/ZZZZZ{sign}") for sign in "ABCDEFG"]
        assert [each.status_code for each in tried] == [404] * 5 + [429] * 2
        assert len({each.text for each in tried[:5]}) == 1
        assert ada.post("/claim", code="0123456789ABCDEF").status_code == 429
        assert ada.open().status_code == 200    # the right one is never in the way


def test_pages_are_found_in_big_and_small_letters(ada: Phone) -> None:
    for path in ("/abc234", "/Abc234/", "/ABC234/MINE", "/CLAIM"):
        assert ada.open(path).status_code == 200


def test_reading_changes_nothing(place: Place, ada: Phone) -> None:
    before = place.session.board
    for path in (*PATHS, f"/{CODE}/note"):
        ada.open(path)
    assert place.session.board is before


def test_no_one_s_words_are_in_a_log(place: Place, ada: Phone, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ada.say("a very private sentence")
    ada.open()
    ada.send("too long and private " * 40)
    cookie = next(iter(ada.http.cookies.jar)).value or "none"
    server = ("sayback", "uvicorn", "asyncio")    # the phone of this test logs what it likes
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith(server))
    assert "private" not in ours
    assert cookie not in ours


class Surprise(Exception):
    """Nobody expected this."""


def test_a_fault_of_ours_is_told_kindly_and_logged_without_words(
    place: Place, ada: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> object:
        raise Surprise("somebody's words")

    ada.open()
    monkeypatch.setattr(type(place.session), "do", broken)
    answer = ada.send("The ramp is steep")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert answer.headers["x-frame-options"] == "DENY"
    assert "Surprise" in caplog.text
    assert "somebody's words" not in caplog.text


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, Phone]]:
    """A workshop for the many requests of one test."""
    with serving(tmp_path_factory.mktemp("hall") / "a.sayback", limits=Limits.raised()) as place, phone(place) as each:
        each.open()
        yield place, each


NAMES = st.sampled_from(["text", "question", "id", "start", "token", "text", "código", "%00", "a[]", ""])
FIELDS = st.lists(st.tuples(NAMES, st.binary(max_size=60) | st.text(max_size=60).map(str.encode)), max_size=25)


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FIELDS, st.sampled_from(["/", "/claim", f"/{CODE}/note"]), st.booleans(), st.booleans(), st.booleans())
def test_no_form_breaks_the_server(
    hall: tuple[Place, Phone], fields: list[tuple[str, bytes]], path: str, script: bool, whole: bool, known: bool
) -> None:
    place, each = hall
    if whole:
        fields = [*fields, *((name, value.encode()) for name, value in each.form.items())]
    body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields)
    headers = {"origin": place.base, "content-type": FORM, **(SCRIPT if script else {})}
    if not known:
        each.http.cookies.clear()
    answer = each.http.post(place.base + path, content=body, headers=headers, follow_redirects=False)
    assert answer.status_code in {200, 303, 400, 403, 404, 413, 429}
    if script and path.endswith("note"):
        assert isinstance(json.loads(answer.text)["saved"], bool)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="#?"), max_size=40))
def test_no_address_breaks_the_server(hall: tuple[Place, Phone], path: str) -> None:
    place, _ = hall
    answer = raw(place, f"GET /{path} HTTP/1.1", host(place), "Connection: close")
    assert status(answer) in {200, 204, 303, 400, 404, 405, 429}
