"""The gate's listener holds out against those who hold it up, and a bad network loses and doubles nothing."""

import gc
import random
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.base.join import LOOPBACK
from core.sync import door, gateway
from core.sync.certificate import client_context
from core.sync.known import Home
from tests.core.model import picture
from tests.core.sync.acts import Worker, prepare
from tests.core.sync.desks import First, a_first_desk, a_second_desk, are_alike, elsewhere, let_in, until
from tests.core.workshops import SECONDS
from tests.faults.proxy import FAIR, Fate, Weather, proxied
from tests.web.strangers import SECURITY, Answer, heard, heard_once

LEAST_ACTS, MOST_ACTS = 40, 2_000


@pytest.fixture
def first(tmp_path: Path) -> Iterator[First]:
    with a_first_desk(tmp_path / "first") as first:
        yield first


def connected(home: Home) -> ssl.SSLSocket:
    raw = socket.create_connection((LOOPBACK, home.port), timeout=SECONDS)
    return client_context(home.certificate).wrap_socket(raw)


def is_hung_up_on(line: ssl.SSLSocket) -> bool:
    """Whether the other side has ended it, within the time a test waits."""
    try:
        return line.recv(1) == b""
    except ConnectionError:
        return True


def test_only_tls_is_spoken(first: First) -> None:
    let_in(first)
    with socket.create_connection((LOOPBACK, first.port), timeout=SECONDS) as plain:
        plain.sendall(b"GET /hello HTTP/1.1\r\nhost: x\r\n\r\n")
        try:
            answer = plain.recv(64)
        except ConnectionError:
            answer = b""
    assert not answer.startswith(b"HTTP")


def test_old_tls_is_not_spoken(first: First) -> None:
    home = let_in(first)
    context = client_context(home.certificate)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with socket.create_connection((LOOPBACK, home.port), timeout=SECONDS) as raw, pytest.raises(ssl.SSLError):
        context.wrap_socket(raw)


def is_guarded(answer: Answer) -> bool:
    return answer.headers.items() >= dict(SECURITY, **{"cache-control": "no-store"}).items()


def test_what_is_no_http_is_told_so_with_the_headers_that_are_on_every_answer(first: First) -> None:
    with connected(let_in(first)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        not_there = heard_once(line)
        line.sendall(b"MALFORMED\r\n\r\n")
        refused = Answer.read(heard(line))
    assert (not_there.status, refused.status, refused.body) == (404, 400, b'{"why":"not understood"}')
    assert is_guarded(not_there)
    assert is_guarded(refused)


def test_who_was_answered_hears_nothing_of_what_is_no_http_in_the_rest(first: First) -> None:
    with connected(let_in(first)) as line:
        line.sendall(b"POST /push HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")
        assert heard_once(line).status == 401
        line.sendall(b"MALFORMED\r\n\r\n")
        assert heard(line) == b""


@pytest.mark.parametrize("said", [b"GET /hello HTTP/1.1\r\nhost: x\r\nx-slow: ", b"G"])
def test_a_head_that_drips_has_little_time(first: First, monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    home = let_in(first)
    monkeypatch.setattr(door, "HEAD_SECONDS", 0.2)
    with connected(home) as line:
        line.sendall(said)
        answer = Answer.read(heard(line))
    assert answer.status == 408
    assert is_guarded(answer)


def test_who_was_answered_and_sends_only_line_ends_is_hung_up_on(
    first: First, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = let_in(first)
    monkeypatch.setattr(gateway, "IDLE_SECONDS", 0.2)
    first.restart_gate()
    with connected(home) as line:
        line.sendall(b"GET /hello HTTP/1.1\r\nhost: x\r\n\r\n")
        assert heard_once(line).status == 401
        line.sendall(b"\r\n")
        assert is_hung_up_on(line)


def test_a_head_that_never_ends_is_given_up(first: First) -> None:
    with connected(let_in(first)) as line:
        line.sendall(b"GET /hello HTTP/1.1\r\n")
        try:
            for number in range(2000):
                line.sendall(b"x-%d: %s\r\n" % (number, b"y" * 100))
        except (ConnectionError, ssl.SSLError):    # hung up on while we still sent
            return
        assert is_hung_up_on(line)


def test_who_says_nothing_is_hung_up_on(first: First, monkeypatch: pytest.MonkeyPatch) -> None:
    home = let_in(first)
    monkeypatch.setattr(door, "HANDSHAKE_SECONDS", 0.2)
    with connected(home) as line:
        assert is_hung_up_on(line)


def test_who_sends_half_a_request_is_told_so_and_hung_up_on(first: First, monkeypatch: pytest.MonkeyPatch) -> None:
    home = let_in(first)
    monkeypatch.setattr(door, "REQUEST_SECONDS", 0.2)
    with connected(home) as line:
        line.sendall(b"POST /pair HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{")
        assert Answer.read(heard(line)).status == 408


def test_whoever_stands_at_the_door_when_it_shuts_is_hung_up_on(first: First) -> None:
    home = let_in(first)
    with socket.create_connection((LOOPBACK, home.port), timeout=SECONDS) as wordless, connected(home) as silent:
        first.close()
        assert wordless.recv(1) == b""
        assert is_hung_up_on(silent)
    gc.collect()    # a line that was forgotten is a warning now, and that a failure


def test_there_is_room_for_few_and_again_when_they_go(first: First, monkeypatch: pytest.MonkeyPatch) -> None:
    home = let_in(first)
    monkeypatch.setattr(gateway, "CONNECTIONS_AT_MOST", 2)
    monkeypatch.setattr(door, "HANDSHAKE_SECONDS", 2 * SECONDS)    # it is for want of room that one is hung up on
    first.restart_gate()
    lines = [connected(home) for _ in range(2)]
    with connected(home) as too_many:
        assert is_hung_up_on(too_many)
    for line in lines:
        line.close()
    until(lambda: answers(home))


def answers(home: Home) -> bool:
    """Whether the gate speaks with one more."""
    with connected(home) as line:
        try:
            line.sendall(b"GET /hello HTTP/1.1\r\nhost: x\r\n\r\n")
            return line.recv(12) == b"HTTP/1.1 401"
        except ConnectionError:
            return False


@pytest.mark.faults
def test_a_network_that_cuts_and_loses_answers_loses_and_doubles_nothing(first: First, tmp_path: Path) -> None:
    prepare(first.session)
    home = let_in(first)
    bad = Weather(delay=0.001, cut=0.15, answer_lost=0.15)
    with (
        proxied(home.port, FAIR, seed=3) as proxy,
        a_second_desk(tmp_path / "second", elsewhere(home, proxy.port)) as second,
    ):
        until(second.is_on)
        proxy.weather = bad
        workers = [
            Worker(desk.session, name, random.Random(name)) for desk, name in ((first, "first"), (second, "second"))
        ]
        for number in range(MOST_ACTS):    # how many lines are opened meanwhile lies with the machine
            for worker in workers:
                worker.does(number)
            if number > LEAST_ACTS and proxy.fates[Fate.CUT] > 1 and proxy.fates[Fate.ANSWER_LOST] > 1:
                break
        else:
            raise AssertionError(f"the weather was fair: {proxy.fates}")
        proxy.weather = FAIR
        until(are_alike(first, second))
        assert picture(first.session.board) == picture(second.session.board)
        until(second.is_on)
