"""Attacks with patience (attacks.md A10-A13, A45): who holds connections open is hung up on, and nobody else waits.
The deadlines are tenths of seconds here; that the real ones are those of attacks.md 1.2 is a test of its own."""

import json
import logging
import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

from core.session import Session
from core.web.limits import Deadlines, Limits
from tests.bench.memory import resident_mb
from tests.web.phones import CODE, DESK, NO_TLS, WORKSHOP, Phone, Place, phone, serving, until
from tests.web.strangers import Answer, asked, connected, heard, heard_once, host, request

QUICK = Deadlines(head=0.5, body=0.8, idle=1.0, linger=0.2, look=0.05)
SLACK = 1.0
"""For a machine with neighbours."""
GET = f"GET /{CODE} HTTP/1.1"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Place]:
    with serving(tmp_path / "a.sayback", limits=Limits(deadlines=QUICK)) as place:
        yield place


def test_the_deadlines_and_caps_are_those_that_were_decided() -> None:
    assert Deadlines() == Deadlines(head=5, body=15, idle=30, linger=1, look=0.5)
    limits = Limits()
    assert (limits.body, limits.connections, limits.connections_each) == (65_536, 2_500, 0)
    assert Limits.public().connections_each == 250
    assert limits.stream_backlog == 256 * 1024


@contextmanager
def dripping(sock: socket.socket, drop: bytes) -> Iterator[None]:
    """A drop each twentieth of a second, until the connection or the test ends."""
    enough = threading.Event()

    def drip() -> None:
        with suppress(OSError):
            while not enough.wait(0.05):
                sock.sendall(drop)

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


def post(place: Place) -> bytes:
    lines = (f"POST /{CODE}/note HTTP/1.1", host(place), f"Origin: {place.base}", "Content-Length: 5000")
    return request(*lines, "Content-Type: application/x-www-form-urlencoded", body=b"text=")


def seconds_until_hung_up(sock: socket.socket) -> tuple[float, bytes]:
    begun = time.monotonic()
    said = heard(sock)
    return time.monotonic() - begun, said


def test_a_head_that_drips_is_given_up(quick: Place) -> None:
    with connected(quick) as sock:
        sock.sendall(f"{GET}\r\n{host(quick)}\r\nX-Slow: ".encode())
        with dripping(sock, b"x"):
            seconds, said = seconds_until_hung_up(sock)
    answer = Answer.read(said)
    assert answer.status == 408
    assert answer.is_guarded
    assert QUICK.head * 0.5 < seconds < QUICK.head + SLACK


def test_a_body_that_drips_is_given_up_and_kept_nowhere(quick: Place) -> None:
    with connected(quick) as sock:
        sock.sendall(post(quick))
        with dripping(sock, b"x"):
            seconds, said = seconds_until_hung_up(sock)
    answer = Answer.read(said)
    assert answer.status == 408
    assert answer.is_guarded
    assert seconds < QUICK.body + SLACK
    assert quick.texts() == []


def test_a_body_that_nobody_reads_has_its_time_too(quick: Place) -> None:
    lines = ("POST /nothing HTTP/1.1", host(quick), f"Origin: {quick.base}", "Transfer-Encoding: chunked")
    with connected(quick) as sock:
        sock.sendall(request(*lines))
        with dripping(sock, b"1\r\nx\r\n"):
            seconds, said = seconds_until_hung_up(sock)
    assert said.count(b"HTTP/1.1 ") == 1
    assert Answer.read(said).status == 405
    assert seconds < QUICK.body + SLACK


@pytest.mark.parametrize("drop", [b"", b"\r\n"], ids=["silent", "only line ends"])
def test_who_says_nothing_is_hung_up_on(quick: Place, drop: bytes) -> None:
    with connected(quick) as sock, dripping(sock, drop):
        seconds, said = seconds_until_hung_up(sock)
    assert said == b""
    assert seconds < QUICK.head + SLACK


@pytest.mark.parametrize("drop", [b"", b"\r\n"], ids=["silent", "only line ends"])
def test_who_has_had_an_answer_may_pause_for_a_while(quick: Place, drop: bytes) -> None:
    with connected(quick) as sock:
        sock.sendall(request(GET, host(quick)))
        assert heard_once(sock).status == 200
        with dripping(sock, drop):
            seconds, said = seconds_until_hung_up(sock)
    assert said == b""
    assert QUICK.idle * 0.5 < seconds < QUICK.idle + SLACK


def test_the_next_head_has_its_own_deadline_from_its_first_byte(quick: Place) -> None:
    with connected(quick) as sock:
        for _ in range(3):
            sock.sendall(request(GET, host(quick)))
            assert heard_once(sock).status == 200
        sock.sendall(b"G")
        seconds, said = seconds_until_hung_up(sock)
    assert Answer.read(said).status == 408
    assert seconds < QUICK.head + SLACK


def wait_for_all_deadlines(place: Place) -> None:
    """Until somebody else who pauses is hung up on."""
    with connected(place) as other:
        other.sendall(request(GET, host(place)))
        heard(other)


def is_told(sock: socket.socket, text: str) -> bool:
    told = b""
    while text.encode() not in told and (part := sock.recv(65_536)):
        told += part
    return text.encode() in told


def test_a_stream_has_no_deadline(quick: Place) -> None:
    with connected(quick) as sock:
        sock.sendall(request(f"GET /{CODE}/live HTTP/1.1", host(quick)))
        wait_for_all_deadlines(quick)
        with phone(quick) as ada:
            ada.say("The ramp is steep")
        assert is_told(sock, "The ramp is steep")


def test_a_stream_asked_for_behind_another_request_has_no_deadline_either(quick: Place) -> None:
    with connected(quick) as sock:
        sock.sendall(request("GET /hello HTTP/1.1", host(quick)) + request(f"GET /{CODE}/live HTTP/1.1", host(quick)))
        wait_for_all_deadlines(quick)
        with phone(quick) as ada:
            ada.say("The ramp is steep")
        assert is_told(sock, "The ramp is steep")


def test_a_stream_goes_on_when_its_page_begins_to_ask_for_something_else_and_stops(quick: Place) -> None:
    with connected(quick) as sock:
        sock.sendall(request(f"GET /{CODE}/live HTTP/1.1", host(quick), body=b"GET /"))
        wait_for_all_deadlines(quick)
        with phone(quick) as ada:
            ada.say("The ramp is steep")
        assert is_told(sock, "The ramp is steep")


def waited(ada: Phone) -> float:
    begun = time.monotonic()
    assert ada.open().status_code == 200
    return time.monotonic() - begun


@pytest.mark.parametrize("kind", ["head", "body", "idle"])
def test_a_hundred_slow_strangers_hold_up_nobody(quick: Place, kind: str) -> None:
    starts: dict[str, Callable[[], bytes]] = {
        "head": lambda: f"{GET}\r\nX-Slow: ".encode(), "body": lambda: post(quick), "idle": bytes,
    }  # fmt: skip
    with ExitStack() as stack, phone(quick) as ada:
        strangers = [stack.enter_context(connected(quick)) for _ in range(100)]
        for each in strangers:
            each.sendall(starts[kind]())
        waits = sorted(waited(ada) for _ in range(20))
        assert waits[18] < 0.25 + SLACK
        begun = time.monotonic()
        for each in strangers:
            heard(each)
        assert time.monotonic() - begun < QUICK.body + SLACK
        assert waited(ada) < 0.25 + SLACK


def test_one_address_has_250_connections_in_public_and_a_proxy_on_this_computer_as_many_as_it_needs(
    tmp_path: Path,
) -> None:
    limits = Limits(connections_each=5)
    with serving(tmp_path / "a.sayback", limits=limits) as place, ExitStack() as stack:
        for _ in range(5):
            stack.enter_context(connected(place, "127.0.0.2"))
        with connected(place, "127.0.0.2") as surplus:
            assert surplus.recv(1) == b""
        for source in ("127.0.0.3", *(7 * ["127.0.0.1"])):
            sock = stack.enter_context(connected(place, source))
            sock.sendall(request(GET, host(place)))
            assert heard_once(sock).status == 200


def test_a_full_server_says_so_once_and_recovers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with serving(tmp_path / "a.sayback", limits=Limits(connections=20)) as place, phone(place) as ada:
        ada.open()
        with ExitStack() as stack:
            crowd = [stack.enter_context(connected(place)) for _ in range(60)]
            assert sum(heard(sock) == b"" for sock in crowd[25:]) == 35
            assert ada.send("The ramp is steep").status_code == 303
        until(lambda: asked(place, GET, host(place)).status == 200, "room again")
    told = [record for record in caplog.records if "no room" in record.getMessage()]
    assert len(told) == 1


@contextmanager
def served_with_few_descriptors(folder: Path, count: int) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`main.py serve` in a process that may have so many descriptors."""
    file = folder / "a.sayback"
    Session.create(file, WORKSHOP, DESK).close()
    command = [sys.executable, str(ROOT / "main.py"), "serve", str(file), "--host", "127.0.0.1", "--port", "0"]

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))

    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=few    # noqa: PLW1509
    )
    try:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())["port"]
    finally:
        process.kill()
        process.communicate(timeout=20)


@pytest.mark.slow
def test_without_descriptors_those_who_are_here_go_on_and_their_notes_are_kept(tmp_path: Path) -> None:
    with served_with_few_descriptors(tmp_path, 128) as (process, port), ExitStack() as stack:
        http = stack.enter_context(httpx2.Client(timeout=20, trust_env=False, verify=NO_TLS))
        ada = Phone(http, f"http://127.0.0.1:{port}")
        ada.say("before the crowd")
        with ExitStack() as crowd:
            for _ in range(200):
                crowd.enter_context(socket.create_connection(("127.0.0.1", port), 5))
            for number in range(5):
                ada.say(f"in the crowd {number}")
            assert len(list(Path(f"/proc/{process.pid}/fd").iterdir())) <= 128 * 0.9
        ben = Phone(stack.enter_context(httpx2.Client(timeout=20, trust_env=False, verify=NO_TLS)), ada.base)
        until(lambda: ben.open().status_code == 200, "room again")
        process.terminate()
        _, errors = process.communicate(timeout=20)
    assert errors.count("no room") == 1
    assert "Traceback" not in errors
    assert "system resource" not in errors


@pytest.mark.slow
def test_500_streams_that_nobody_reads_hold_up_nobody_and_cost_little(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    with serving(tmp_path / "a.sayback") as place, ExitStack() as stack, phone(place) as ada:
        memory = resident_mb(os.getpid())
        for _ in range(500):
            deaf = stack.enter_context(connected(place))
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            deaf.sendall(request(f"GET /{CODE}/live HTTP/1.1", host(place)))
        until(lambda: place.server.here() >= 400, "the streams")
        waits = []
        for number in range(8):
            begun = time.monotonic()
            ada.say(f"note {number} " + "x" * 400)
            waits.append(time.monotonic() - begun)
        assert sorted(waits)[-2] < 2 * SLACK    # a page, a post and a page
        assert resident_mb(os.getpid()) - memory < 100
    assert not caplog.records
