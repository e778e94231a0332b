"""The end of the server, and its new beginning after a break, while people come in: no connection is left open."""

import gc
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from core.session import Session
from core.web.server import ParticipantServer, Run
from tests.web.phones import DESK, WORKSHOP, until

ROUNDS = 8
KNOCKERS = 3


@contextmanager
def knocking(port: int) -> Iterator[list[socket.socket]]:
    """People who come in again and again, and stay."""
    enough = threading.Event()
    inside: list[socket.socket] = []

    def knock() -> None:
        while not enough.is_set() and len(inside) < 300:
            with suppress(OSError):
                inside.append(socket.create_connection(("127.0.0.1", port), 1))

    threads = [threading.Thread(target=knock) for _ in range(KNOCKERS)]
    for each in threads:
        each.start()
    try:
        yield inside
    finally:
        enough.set()
        for each in threads:
            each.join()
        for sock in inside:
            sock.close()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session.create(tmp_path / "a.sayback", WORKSHOP, DESK)
    yield session
    session.close()


@pytest.mark.slow
def test_connections_that_come_while_it_stops_are_closed(session: Session) -> None:
    for _ in range(ROUNDS):
        server = ParticipantServer(session, host="127.0.0.1", port=0)
        server.start()
        with knocking(server.join.port) as inside:
            until(lambda: len(inside) > 5, "people")
            server.stop()
        gc.collect()    # a connection that was lost would warn here, and fail this test


@pytest.mark.slow
def test_connections_that_come_while_it_breaks_are_closed(
    session: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_count: int) -> bool:
        raise MemoryError

    server = ParticipantServer(session, host="127.0.0.1", port=0)
    server.start()
    before: Run | None = None
    try:
        for number in range(3):
            run = next_run(server, before)
            with knocking(server.join.port) as inside:
                until(lambda: len(inside) > 5, "people")
                monkeypatch.setattr(run._server, "on_tick", broken)
                until(lambda: caplog.text.count("started again") > number)    # noqa: B023 - called in this round
            gc.collect()
            before = run
    finally:
        server.stop()


def next_run(server: ParticipantServer, before: Run | None) -> Run:
    """The one after, once it serves."""
    until(lambda: server._run is not before and server._run and server._run._server and server._run._server.started)
    assert server._run is not None
    return server._run


def test_told_to_stop_at_once_it_stops_at_once(session: Session) -> None:
    for _ in range(ROUNDS):
        server = ParticipantServer(session, host="127.0.0.1", port=0)
        server.start()
        server.stop()
        assert not any(thread.is_alive() for thread in server._threads)
