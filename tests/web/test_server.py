"""The server's life: a port that is busy, a loop that breaks, an end that is quick."""

import errno
import logging
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from core.base.adapters import Address, Addresses, addresses
from core.base.join import address
from core.session import Session
from core.web.limits import Limits
from core.web.listeners import Listeners, NoPort, bound
from core.web.server import ParticipantServer
from tests.core.venue import CABLE, PHONE, SIX, WIFI, Venue
from tests.web.phones import CODE, DESK, WORKSHOP, Phone, Place, listening, phone, phone_at, serving, until


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
    monkeypatch.setattr("core.web.listeners.bound", lambda _hosts, _port: [])
    with pytest.raises(NoPort) as refused:
        Listeners().begin(["127.0.0.1"], 8000)
    assert refused.value.advice


def test_a_port_is_taken_at_all_addresses_or_at_none() -> None:
    with taken() as busy:
        assert bound(["127.0.0.2", "127.0.0.1"], busy) == []
        with closing(socket.create_server(("127.0.0.2", busy))):
            pass    # nothing held on to it


def test_it_listens_on_the_chosen_address_and_on_loopback(tmp_path: Path) -> None:
    with session_in(tmp_path) as session, running(session, host=None) as place:
        join = place.server.join
        assert join.host == next((each.host for each in addresses()), "127.0.0.1")
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


@contextmanager
def at(venue: Addresses, session: Session) -> Iterator[ParticipantServer]:
    server = ParticipantServer(session, port=0, addresses=venue)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def on_phone(server: ParticipantServer, host: str = "") -> Iterator[Phone]:
    """A phone that has typed the address that is shown, or this one."""
    join = server.join
    with phone_at(address(host or join.host, join.port)) as ada:
        yield ada


def test_the_server_follows_the_address_within_five_seconds_and_notes_go_on(tmp_path: Path) -> None:
    venue = Venue(WIFI)
    with session_in(tmp_path) as session, at(venue, session) as server:
        before = server.join
        assert before.url == f"HTTP://127.0.0.2:{before.port}/{CODE}"
        venue.found = (CABLE,)
        began = time.monotonic()
        until(lambda: server.join.host == CABLE.host)
        assert time.monotonic() - began < 5
        assert server.join.url == f"HTTP://127.0.0.3:{before.port}/{CODE}"
        with on_phone(server) as ada:
            ada.say("We came back")
        until(lambda: refuses(WIFI.host, before.port))
        venue.found = (WIFI,)
        server.look()
        assert server.join == before
        with on_phone(server) as ada:
            ada.say("And back again")
        assert notes(session) == ["We came back", "And back again"]


def test_a_look_that_fails_is_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    failures = [OSError(errno.EMFILE, "Too many open files")]
    venue = Venue(WIFI)

    def asked() -> tuple[Address, ...]:
        if venue.found != (WIFI,) and failures:
            raise failures.pop()
        return venue.found

    with session_in(tmp_path) as session, at(asked, session) as server:
        venue.found = (CABLE,)
        until(lambda: server.join.host == CABLE.host)
        with on_phone(server) as ada:
            assert ada.open().status_code == 200
    assert "The addresses could not be looked at" in caplog.text


def test_who_listens_at_an_address_that_stays_goes_on_listening(tmp_path: Path) -> None:
    venue = Venue(WIFI)
    with ExitStack() as stack:
        session = stack.enter_context(session_in(tmp_path))
        server = stack.enter_context(at(venue, session))
        frames = stack.enter_context(listening(stack.enter_context(on_phone(server))))
        next(frames)
        venue.found = (WIFI, CABLE)
        server.choose(CABLE)
        assert server.join.host == CABLE.host
        stack.enter_context(on_phone(server)).say("From the other network")
        assert next(frames)


def test_without_a_network_it_serves_this_machine_and_waits_for_one(tmp_path: Path) -> None:
    venue = Venue()
    with session_in(tmp_path) as session, at(venue, session) as server:
        assert server.origins() == ()
        joins = [server.join]
        venue.found = (WIFI,)
        server.look()
        joins.append(server.join)
        assert [join.is_for_phones for join in joins] == [False, True]
        with on_phone(server) as ada, on_phone(server, "127.0.0.1") as here:
            assert ada.open().status_code == here.open().status_code == 200


def test_a_network_of_ipv6_alone_is_served_with_brackets(tmp_path: Path) -> None:
    with session_in(tmp_path) as session, at(Venue(SIX), session) as server, on_phone(server) as ada:
        assert server.join.url == f"HTTP://[::1]:{server.join.port}/{CODE}"
        ada.say("The ramp is steep")
        page = ada.open()
        assert page.headers["content-security-policy"].count("connect-src 'self';") == 1


def test_the_choice_of_an_address_is_remembered_in_this_copy_of_the_file(tmp_path: Path) -> None:
    venue = Venue(WIFI, CABLE)
    with session_in(tmp_path) as session:
        with at(venue, session) as server:
            assert server.join.host == WIFI.host
            server.choose(CABLE)
        with at(venue, session) as server:
            assert server.join.host == CABLE.host
            server.choose(None)
            assert server.join.host == WIFI.host
        with at(venue, session) as server:
            assert server.join.host == WIFI.host


def test_what_is_shown_does_not_change_because_a_cable_was_put_in(tmp_path: Path) -> None:
    venue = Venue(CABLE)
    with session_in(tmp_path) as session, at(venue, session) as server:
        venue.found = (WIFI, CABLE)
        server.look()
        assert server.join.host == CABLE.host
        assert server.addresses == (WIFI, CABLE)


def test_a_port_that_a_stranger_has_at_the_new_address_gives_way(tmp_path: Path) -> None:
    venue = Venue(WIFI)
    with session_in(tmp_path) as session, at(venue, session) as server:
        port = server.join.port
        with closing(socket.create_server((CABLE.host, port))):
            venue.found = (CABLE,)
            server.look()
        assert server.join.port != port
        assert server.origins()[0] == f"http://127.0.0.3:{server.join.port}"
        with on_phone(server) as ada:
            ada.say("The ramp is steep")
            assert notes(session)


def test_pages_may_look_for_us_at_all_addresses_that_phones_may_reach_and_nowhere_else(tmp_path: Path) -> None:
    with session_in(tmp_path) as session, at(Venue(WIFI, CABLE), session) as server, on_phone(server) as ada:
        ports = range(server.join.port, server.join.port + 3)    # the next, too: ours may be taken as we start again
        origins = tuple(f"http://{address.host}:{port}" for port in ports for address in (WIFI, CABLE))
        assert server.origins() == origins
        policy = dict(part.split(" ", 1) for part in ada.open().headers["content-security-policy"].split("; "))
        assert policy["connect-src"].split() == ["'self'", *origins]
        elsewhere = {"origin": "http://10.9.9.9:8000"}
        for path in ("/hello", f"/{CODE}/hello"):
            hello = ada.http.get(ada.base + path, headers=elsewhere)
            assert (hello.status_code, hello.content) == (204, b"")
            assert hello.headers["access-control-allow-origin"] == "*"
        other = ada.http.get(f"{ada.base}/XYZ789/hello", headers=elsewhere)    # another workshop, on our port by now
        assert other.status_code == 404
        assert "access-control-allow-origin" not in other.headers


def test_a_server_with_a_public_name_tells_no_page_of_its_addresses(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback", public="https://say.example.org") as place:
        assert place.server.origins() == ()


def test_an_address_that_was_asked_for_is_kept_to(tmp_path: Path) -> None:
    with session_in(tmp_path) as session:
        server = ParticipantServer(session, host=WIFI.host, port=0, addresses=Venue(CABLE))
        try:
            server.start()
            server.look()
            assert server.join.host == WIFI.host
            assert refuses(CABLE.host, server.join.port)
        finally:
            server.stop()


def test_it_knows_at_which_address_another_machine_has_been(tmp_path: Path) -> None:
    with session_in(tmp_path) as session, at(Venue(WIFI, CABLE), session) as server, on_phone(server) as here:
        here.open()
        assert server.reached() == frozenset()    # that was this machine itself
        with phone_at(here.base, PHONE) as ada:
            ada.open()
        assert server.reached() == {WIFI.host}


def refuses(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), 1).close()
    except ConnectionRefusedError:
        return True
    return False


def notes(session: Session) -> list[str]:
    board = session.board
    return [board.text_of(note) for note in sorted(board.notes.values(), key=lambda note: note.arrival)]
