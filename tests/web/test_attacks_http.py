"""Attacks on the way HTTP is read (attacks.md A03, A09, A25, A28-A31, A34-A36, A38, A54): never a fault of ours, never
taken for a request of our pages, always with our headers, and the connection closed where nobody knows what follows."""

import os
from contextlib import suppress

import pytest

from core.base.ids import new_id
from core.web.protocol import HEADER_BYTES_AT_MOST, HEADERS_AT_MOST, TARGET_AT_MOST, WAITING_AT_MOST
from tests.bench.memory import resident_mb
from tests.web.phones import CODE, Phone, Place
from tests.web.strangers import FORM, Answer, asked, asked_raw, connected, heard, host, request

GET = f"GET /{CODE} HTTP/1.1"
POST = f"POST /{CODE}/note HTTP/1.1"
MARK = "zq<script>alert(7)</script>qz"

ODD = {
    "two hosts": (400, GET, "{host}", "{host}"),
    "no host": (400, GET),
    "an absolute target": (400, f"GET http://evil.example/{CODE} HTTP/1.1", "{host}"),
    "an absolute target of ours": (400, f"GET http://127.0.0.1/{CODE} HTTP/1.1", "{host}"),
    "length and chunks": (400, POST, "{host}", "Content-Length: 3", "Transfer-Encoding: chunked"),
    "two lengths": (400, POST, "{host}", "Content-Length: 3", "Content-Length: 4"),
    "two equal lengths": (400, POST, "{host}", "Content-Length: 3", "Content-Length: 3"),
    "a list of lengths": (400, POST, "{host}", "Content-Length: 3, 3"),
    "a length of words": (400, POST, "{host}", "Content-Length: many"),
    "a length with a sign": (400, POST, "{host}", "Content-Length: +3"),
    "a length without end": (400, POST, "{host}", f"Content-Length: {'9' * 30}"),
    "an empty length": (400, POST, "{host}", "Content-Length:"),
    "chunks that are none": (400, POST, "{host}", "Transfer-Encoding: xchunked"),
    "chunks twice": (400, POST, "{host}", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
    "a folded line": (400, GET, "{host}", " folded: yes"),
    "a name with a space": (400, GET, "{host}", "X-Odd : 1"),
    "a line without a name": (400, GET, "{host}", ": 1"),
    "a NUL in a value": (400, GET, "{host}", "X-Odd: a\0b"),
    "a sign of control in a value": (400, GET, "{host}", "X-Odd: a\x01b"),
    "a byte beyond ASCII in the target": (400, "GET /é HTTP/1.1", "{host}"),
    "a tab in the target": (400, "GET /a\tb HTTP/1.1", "{host}"),
    "a star": (400, "OPTIONS * HTTP/1.1", "{host}"),
    "CONNECT": (400, "CONNECT evil.example:80 HTTP/1.1", "{host}"),
    "TRACE": (405, "TRACE / HTTP/1.1", "{host}"),
    "DELETE": (405, "DELETE / HTTP/1.1", "{host}"),
    "a method nobody knows": (400, "TAKE / HTTP/1.1", "{host}"),
    "HTTP/0.9": (400, f"GET /{CODE}"),
    "HTTP/0.9 by name": (400, f"GET /{CODE} HTTP/0.9", "{host}"),
    "HTTP/2 at once": (400, "PRI * HTTP/2.0", "", "SM"),
    "HTTP/2 by name": (400, f"GET /{CODE} HTTP/2.0", "{host}"),
    "an upgrade to a web socket": (400, GET, "{host}", "Connection: Upgrade", "Upgrade: websocket"),
    "nonsense": (400, "nonsense"),
    "a header of 100 KB": (431, GET, "{host}", "X-Long: " + "x" * 100_000),
    "just too many bytes of headers": (431, GET, "{host}", "X-Long: " + "x" * HEADER_BYTES_AT_MOST),
    "5,000 headers": (431, GET, "{host}", *(f"X-{at}: 1" for at in range(5000))),
    "one header too many": (431, GET, "{host}", *(f"X-{at}: 1" for at in range(HEADERS_AT_MOST))),
    "a target of 100 KB": (414, f"GET /{'x' * 100_000} HTTP/1.1", "{host}"),
    "a target just too long": (414, f"GET /{'x' * TARGET_AT_MOST} HTTP/1.1", "{host}"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_no_browser_sends_is_refused_and_the_connection_closed(square: Place, name: str) -> None:
    expected, *lines = ODD[name]
    answer = asked(square, *(str(line).replace("{host}", host(square)) for line in lines))
    assert answer.status == expected
    assert answer.is_guarded
    assert answer.headers["connection"] == "close"
    assert b"Young Londoners" not in answer.body


def test_line_feeds_alone_are_no_line_ends(square: Place) -> None:
    ours = host(square)
    for sent in (f"{GET}\n{ours}\n\n", f"{GET}\r\n{ours}\nX-Odd: 1\r\n\r\n", f"{GET}\r\n{ours}\rX-Odd: 1\r\n\r\n"):
        assert asked_raw(square, sent.encode()).status == 400


CHUNKED = "Transfer-Encoding: chunked"


@pytest.mark.parametrize(
    "body",
    [
        b"3\nabc\r\n0\r\n\r\n",
        b"3\r\nabcX0\r\n\r\n",
        b"FFFFFFFFFFFFFFFFF\r\nabc",
        b"-1\r\nabc",
        b"3\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n",
        b"3;" + b"x" * 30_000 + b"\r\nabc\r\n0\r\n\r\n",
    ],
    ids=["bare LF", "no end", "overflow", "negative", "a trailer", "a long extension"],
)  # fmt: skip
def test_odd_chunks_are_refused(square: Place, body: bytes) -> None:
    answer = asked(square, POST, host(square), f"Origin: {square.base}", f"Content-Type: {FORM}", CHUNKED, body=body)
    assert answer.status in {400, 431}
    assert answer.is_guarded
    assert square.texts() == []


def test_a_second_request_hidden_behind_the_first_is_not_answered(place: Place, ada: Phone) -> None:
    ada.open()
    hidden = request(POST, host(place), f"Origin: {ada.base}", f"Content-Type: {FORM}", "Content-Length: 0")
    sent = request(GET, host(place), "Content-Length: 5", CHUNKED, body=b"0\r\n\r\n" + hidden)
    with connected(place) as sock:
        sock.sendall(sent)
        assert heard(sock).count(b"HTTP/1.1 ") == 1


def test_a_request_before_rubbish_has_its_answer_and_the_rubbish_none(place: Place) -> None:
    with connected(place) as sock:
        sock.sendall(request(GET, host(place), body=b"RUBBISH RUBBISH\r\n\r\n"))
        said = heard(sock)
    assert said.count(b"HTTP/1.1 ") == 1
    answer = Answer.read(said)
    assert (answer.status, answer.headers["connection"]) == (200, "close")


def test_rubbish_in_a_body_that_nobody_reads_gets_no_second_answer(place: Place) -> None:
    lines = ("POST /nothing-is-here HTTP/1.1", host(place), f"Origin: {place.base}", CHUNKED)
    with connected(place) as sock:
        sock.sendall(request(*lines))
        first = sock.recv(65_536)
        with suppress(ConnectionResetError, BrokenPipeError):
            sock.sendall(b"RUBBISH\r\n")
        assert (first + heard(sock)).count(b"HTTP/1.1 ") == 1


def test_some_requests_in_a_row_are_answered_in_order_and_no_end_of_them_is_not(place: Place) -> None:
    one, last = request(GET, host(place)), request("GET /hello HTTP/1.1", host(place), "Connection: close")
    with connected(place) as sock:
        sock.sendall(3 * one + last)
        said = heard(sock)
    assert said.count(b"HTTP/1.1 200 OK") == 3
    assert said.rpartition(b"HTTP/1.1 ")[2].startswith(b"204")
    with connected(place) as sock:
        with suppress(ConnectionResetError, BrokenPipeError):
            sock.sendall(5000 * one)
        assert heard(sock).count(b"HTTP/1.1 ") <= WAITING_AT_MOST + 2


def test_a_head_that_never_ends_is_given_up(place: Place) -> None:
    with connected(place) as sock:
        sock.sendall(f"{GET}\r\n{host(place)}\r\nX-Long: ".encode())
        with suppress(ConnectionResetError, BrokenPipeError):
            for _ in range(100):
                sock.sendall(b"x" * 10_000)
        answer = Answer.read(heard(sock))
    assert answer.status == 431
    assert answer.is_guarded


@pytest.fixture
def post(place: Place) -> tuple[str, ...]:
    return POST, host(place), f"Origin: {place.base}", f"Content-Type: {FORM}"


LIMIT_MB = 20
MEGABYTE = b"x" * 1_000_000


@pytest.mark.parametrize(
    ("how", "before", "part"),
    [
        ("Content-Length: 200000005", b"text=", MEGABYTE),
        (CHUNKED, b"5\r\ntext=\r\n", b"F4240\r\n" + MEGABYTE + b"\r\n"),
    ],
    ids=["with its length", "in chunks"],
)
def test_200_megabytes_are_refused_unread(
    place: Place, post: tuple[str, ...], how: str, before: bytes, part: bytes
) -> None:
    with connected(place) as sock:
        memory = resident_mb(os.getpid())
        sock.sendall(request(*post, how, body=before))
        sent = 0
        sock.settimeout(0.5)
        with suppress(ConnectionResetError, BrokenPipeError, TimeoutError):
            while sent < 200:
                sock.sendall(part)
                sent += 1
        sock.settimeout(10)
        answer = Answer.read(heard(sock))
    assert answer.status == 413
    assert answer.headers["connection"] == "close"
    assert answer.is_guarded
    assert sent < 200
    assert resident_mb(os.getpid()) - memory < LIMIT_MB


def test_64_kilobytes_are_read_and_come_back(place: Place, ada: Phone) -> None:
    ada.open()
    text = "x" * 60_000
    answer = ada.send(text)
    assert answer.status_code == 400
    assert text in answer.text


REFLECTING = (f"/{MARK}", f"/{CODE}/{MARK}", f"/?q={MARK}", f"/{CODE}?q={MARK}", f"/{CODE}/sent/{MARK}")


@pytest.mark.parametrize("path", REFLECTING)
def test_no_part_of_an_address_comes_back(place: Place, ada: Phone, path: str) -> None:
    answer = ada.http.get(ada.base + path)
    for part in ("zq", "alert(7)"):
        assert part not in answer.text


def test_no_part_of_a_wrong_form_comes_back_as_markup(ada: Phone) -> None:
    ada.open()
    for field in ("question", "id", "start", "token"):
        ada.form[field] = MARK
        answer = ada.send("The ramp is steep")
        assert "<script>alert(7)" not in answer.text
        ada.open()
    assert MARK not in ada.post("/", code=MARK).text
    assert MARK not in ada.post("/claim", code=MARK).text


ELSEWHERE = ("evil.example", "127.0.0.1.evil.example:{port}", "localhost.evil:{port}", "[::1]:{port}", "0.0.0.0:{port}")


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_name_that_was_bent_to_our_address_gets_nothing(square: Place, name: str) -> None:
    answer = asked(square, GET, f"Host: {name.format(port=square.server.join.port)}")
    assert answer.status == 400
    assert answer.is_guarded
    assert b"Young Londoners" not in answer.body


FORWARDED = ("X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "Forwarded: host=evil.example;proto=https")


def test_headers_of_a_proxy_change_no_link_and_no_cookie(place: Place, ada: Phone) -> None:
    ada.open()
    plain = asked(place, f"GET /{CODE}/help HTTP/1.1", host(place))
    told = asked(place, f"GET /{CODE}/help HTTP/1.1", host(place), *FORWARDED)
    assert plain.body == told.body
    assert "strict-transport-security" not in told.headers
    question, body = ada.form["question"], b"text=hello&question=%s&id=%s"
    form = body % (question.encode(), new_id().encode())
    lines = (POST, host(place), f"Origin: {ada.base}", f"Content-Type: {FORM}", f"Content-Length: {len(form)}")
    answer = asked(place, *lines, *FORWARDED, body=form)
    assert answer.status == 303
    assert answer.headers["location"].startswith(f"/{CODE}/sent/")
    assert "Secure" not in answer.headers["set-cookie"]


SECRET_PLACES = (
    "/control", "/control/", "/desk", "/moderate", "/export", "/board", "/events", "/log", "/notes", "/api",
    "/api/notes", "/pair", "/token", "/session", "/shutdown", "/backup", "/contacts",
)  # fmt: skip
PROBES = (
    "/.env", "/.git/config", "/wp-login.php", "/admin", "/admin/", "/metrics", "/docs", "/openapi.json", "/redoc",
    "/server-status", "/favicon.ico", "/debug", "/robots.txt.bak", "/static/", "/static",
)  # fmt: skip
TRAVERSALS = (
    "/static/..%2f..%2fetc%2fpasswd", "/static/../../etc/passwd", "/static/..%5c..%5cetc%5cpasswd",
    "/static/%00", "/static//etc/passwd", "/static/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd",
    "/static/....//....//etc/passwd", "//etc/passwd",
)  # fmt: skip


@pytest.mark.parametrize("path", [*SECRET_PLACES, *PROBES, *TRAVERSALS])
def test_there_is_nothing_but_our_pages(square: Place, path: str) -> None:
    answer = asked(square, f"GET {path} HTTP/1.1", host(square))
    nowhere = asked(square, "GET /nothing-is-here HTTP/1.1", host(square))
    assert (answer.status, answer.body) == (404, nowhere.body)
    assert answer.is_guarded


LEADING_AWAY = (
    "//evil.example", "//evil.example/%2f..", f"/{CODE}//evil.example", "/go?next=//evil.example", "/%5cevil.example",
)  # fmt: skip


@pytest.mark.parametrize("path", LEADING_AWAY)
def test_nobody_is_sent_to_another_site(place: Place, ada: Phone, path: str) -> None:
    answer = asked(place, f"GET {path} HTTP/1.1", host(place))
    assert answer.status == 404
    assert "location" not in answer.headers
    ada.open()
    sent = ada.send("The ramp is steep", next="//evil.example")
    assert sent.headers["location"].startswith(f"/{CODE}/sent/")
