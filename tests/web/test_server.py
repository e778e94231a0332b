"""The server's life: a port that is busy, a loop that breaks, an end that is quick."""

import logging
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from core.base.join import addresses
from core.session import Session
from core.web.limits import Limits
from core.web.server import NoPort, ParticipantServer, bind, bound
from tests.web.phones import CODE, DESK, WORKSHOP, Place, listening, phone, serving, until


@contextmanager
def session_in(folder: Path) -> Iterator[Session]:
    session = Session.create(folder / "a.sayback", WORKSHOP, DESK)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def running(session: Session, host: str | None = "127.0.0.1", port: int | None = 0) -> Iterator[Place]:
    server = ParticipantServer(session, host=host, port=port)
    try:
        server.start()
        yield Place(session, server)
    finally:
        server.stop()


@contextmanager
def taken(port: int = 0) -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", port))) as sock:
        yield sock.getsockname()[1]


def test_a_busy_port_gives_way_to_the_next_and_the_qr_code_follows(tmp_path: Path) -> None:
    with session_in(tmp_path) as session, taken() as busy, running(session, port=busy) as place:
        join = place.server.join
        assert busy < join.port
        assert join.url == f"HTTP://127.0.0.1:{join.port}/{CODE}"
        with phone(place) as ada:
            assert ada.open().status_code == 200


def test_the_port_of_last_time_is_taken_again(tmp_path: Path) -> None:
    with session_in(tmp_path) as session:
        with running(session) as place:
            before = place.server.join.port
        with running(session, port=None) as place:
            assert place.server.join.port == before


def test_no_free_port_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.web.server.bound", lambda _hosts, _port: [])
    with pytest.raises(NoPort) as refused:
        bind("127.0.0.1", 8000)
    assert refused.value.advice


def test_a_port_is_taken_at_all_addresses_or_at_none() -> None:
    with taken() as busy:
        assert bound(["127.0.0.2", "127.0.0.1"], busy) == []
        with closing(socket.create_server(("127.0.0.2", busy))):
            pass    # nothing held on to it


def test_it_listens_on_the_chosen_address_and_on_loopback(tmp_path: Path) -> None:
    with session_in(tmp_path) as session, running(session, host=None) as place:
        join = place.server.join
        assert join.host == next(iter(addresses()), "127.0.0.1")
        for host in (join.host, "127.0.0.1"):
            with closing(socket.create_connection((host, join.port), timeout=5)):
                pass


def test_a_public_name_is_in_the_qr_code_and_makes_cookies_secure(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback", public="https://say.example.org") as place, phone(place) as ada:
        assert place.server.join.url == f"HTTPS://SAY.EXAMPLE.ORG/{CODE}"
        named = {"host": "say.example.org", "origin": "https://say.example.org"}
        page = ada.http.get(f"{place.base}/{CODE}", headers=named)
        assert page.headers["strict-transport-security"]
        question = place.session.board.questions_in_order()[0].id
        data = {"text": "The ramp is steep", "question": question}
        answer = ada.http.post(f"{place.base}/{CODE}/note", data=data, headers=named, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["set-cookie"].startswith("__Host-sb_")
        assert "Secure" in answer.headers["set-cookie"]
        assert ada.http.get(f"{place.base}/{CODE}", headers={"host": "127.0.0.1"}).status_code == 400


def test_a_server_that_breaks_is_back_within_two_seconds_on_the_same_port(
    place: Place, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with phone(place) as ada:
        ada.say("before")
    run = place.server._run
    assert run is not None
    assert run._server is not None

    async def broken(_count: int) -> bool:
        raise MemoryError

    monkeypatch.setattr(run._server, "on_tick", broken)
    until(lambda: "started again" in caplog.text)
    begun = time.monotonic()
    with phone(place) as ada:    # who comes before it is back waits in the queue of the open socket
        ada.say("after")
    assert time.monotonic() - begun < 2
    assert place.texts() == ["before", "after"]


def test_it_stops_within_three_seconds_with_pages_open(place: Place) -> None:
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(listening(stack.enter_context(phone(place))))
        port = place.server.join.port
        begun = time.monotonic()
        place.server.stop()
        assert time.monotonic() - begun < 3
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 1)


def test_more_connections_than_allowed_are_closed_and_the_others_go_on(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback", limits=Limits(connections=10)) as place, ExitStack() as stack:
        port = place.server.join.port
        with phone(place) as ada:
            ada.open()
            idle = [stack.enter_context(closing(socket.create_connection(("127.0.0.1", port), 5))) for _ in range(20)]
            ended = [sock for sock in idle[9:] if sock.recv(1) == b""]
            assert len(ended) == 11
            assert ada.send("The ramp is steep").status_code == 303


def test_room_is_made_for_many_phones(place: Place) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft >= min(8192, hard if hard != resource.RLIM_INFINITY else 8192)


def test_starting_and_stopping_leaves_the_logs_quiet(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    for number in range(3):
        with serving(tmp_path / f"{number}.sayback") as place, phone(place) as ada:
            ada.say("The ramp is steep")
            assert place.texts()
    assert not caplog.records
