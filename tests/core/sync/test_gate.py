"""What the desks' gate lets through, and what it does not: sizes, forms, ids, roles, strangers."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from core.base.ids import DeskId, EventId, NoteId, ThemeId, new_id
from core.base.rates import Rate
from core.domain.board import NoteState
from core.domain.commands import Command, HideNotes, MoveNotes, NewTheme, RewordNote
from core.domain.events import Event
from core.domain.ledger import ConfirmErasures, ledger
from core.domain.moving import TellHome
from core.domain.terms import Reason
from core.domain.values import changed
from core.session import Parcel, Session
from core.sync import wire
from core.sync.certificate import client_context
from core.sync.known import Home
from core.sync.roles import Role
from core.web.app import Door
from tests.core.sync.desks import First, a_first_desk, a_second_desk, are_alike, let_in, until
from tests.core.table import name_of
from tests.core.workshops import BEN, SECONDS, Remembered, first_question, say

SHORTLY = 0.03
"""Seconds after which a gate that hangs up has done so."""
CAROL = DeskId(name_of("Carol"))


@pytest.fixture
def first(tmp_path: Path) -> Iterator[First]:
    with a_first_desk(tmp_path / "first") as first:
        say(first.session, "said before")
        yield first


class Stranger:
    """Somebody who speaks with the gate by hand."""

    def __init__(self, home: Home, token: str | None = None) -> None:
        self._client = httpx2.Client(
            base_url=f"https://{home.host}:{home.port}", verify=client_context(home.certificate), trust_env=False,
            headers={"authorization": f"Bearer {home.token if token is None else token}"},
        )  # fmt: skip

    def asks(self, method: str, path: str, **named: Any) -> tuple[int, dict[str, Any]]:
        answer = self._client.request(method, path, **named)
        return answer.status_code, json.loads(answer.content) if answer.content else {}

    def pushes(self, *events: Event, parcel: Parcel | None = None) -> tuple[int, dict[str, Any]]:
        return self.asks("POST", "/push", json=json.loads(wire.written(parcel or Parcel(events))))

    def close(self) -> None:
        self._client.close()


@pytest.fixture
def stranger(first: First) -> Iterator[Callable[..., Stranger]]:
    made: list[Stranger] = []

    def known(home: Home, token: str | None = None) -> Stranger:
        made.append(Stranger(home, token))
        return made[-1]

    yield known
    for each in made:
        each.close()


@pytest.fixture
def copy(first: First, tmp_path: Path) -> Iterator[Callable[[Home], Session]]:
    """A desk's copy of the workshop, without a link."""
    made: list[Session] = []

    def copied(home: Home) -> Session:
        session = Session.join(tmp_path / f"copy {len(made)}.sayback", home.workshop, BEN, memory=Remembered())
        parcel = first.session.parcels.after(0, 1000)
        session.merge(parcel.events, parcel.words).result(SECONDS)
        made.append(session)
        return session

    yield copied
    for session in made:
        session.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/hello"), ("GET", "/mark?at=1"), ("GET", "/pull?after=0&hash="), ("POST", "/push"), ("GET", "/hints")],
)
@pytest.mark.parametrize("token", ["none", "x" * 43])
def test_without_a_token_there_is_nothing(
    first: First, stranger: Callable[..., Stranger], method: str, path: str, token: str
) -> None:
    status, told = stranger(let_in(first), token).asks(method, path)
    assert (status, told) == (401, {"why": "not paired"})


def test_ten_megabytes_are_refused(first: First, stranger: Callable[..., Stranger]) -> None:
    home = let_in(first)
    sent = {"content-type": "application/json", "content-length": str(10 * 2**20)}
    pieces = [b"[" * 2**20] * 10
    status, _ = stranger(home).asks("POST", "/push", content=sent_slowly(pieces), headers=sent)
    assert status == 413
    assert not pieces    # who is hung up on while sending may not hear why, and sends the same again
    assert stranger(home).asks("GET", "/hello")[0] == 200
    assert len(first.session.board.notes) == 1


def sent_slowly(pieces: list[bytes]) -> Iterator[bytes]:
    while pieces:
        yield pieces.pop()
        threading.Event().wait(SHORTLY)


GARBLED: list[bytes] = [
    b"", b"no json", b"[]", b"{}", b'{"events": 3, "words": []}', b'{"events": [3], "words": []}',
    b'{"events": [{}], "words": []}', b'{"events": [], "words": [{"hash": "0"}]}', b"[" * 100_000,
    b'{"events": [' + b"{}," * 20_000 + b'{}], "words": []}', b'{"events": [], "words": []',
]  # fmt: skip


@pytest.mark.parametrize("body", GARBLED, ids=range(len(GARBLED)))
def test_what_no_desk_sends_is_not_understood(
    first: First, stranger: Callable[..., Stranger], body: bytes
) -> None:
    headers = {"content-type": "application/json"}
    status, told = stranger(let_in(first)).asks("POST", "/push", content=body, headers=headers)
    assert (status, told) == (400, {"why": "not understood"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "x"}, {"seq": 0}, {"seq": 2**63}, {"seq": True}, {"origin_seq": 0}, {"said_at": -1}, {"body": 3},
        {"kind": "k" * 65}, {"hash": "0"}, {"actor": None}, {"subject": "\ud800"}, {"workshop": "0" * 32},
        {"schema": 0},
    ],
    ids=str,
)  # fmt: skip
def test_an_event_that_is_not_whole_is_not_understood(
    first: First, copy: Callable[[Home], Session], stranger: Callable[..., Stranger], wrong: dict[str, object]
) -> None:
    home = let_in(first)
    session = copy(home)
    say(session, "one")
    told = json.loads(wire.written(session.parcels.waiting(10)))
    told["events"] = [{**told["events"][0], **wrong}]
    as_sent = {"content": json.dumps(told), "headers": {"content-type": "application/json"}}
    assert stranger(home).asks("POST", "/push", **as_sent)[0] == 400
    assert len(first.session.board.notes) == 1


def test_an_id_that_comes_twice_in_one_batch_is_one_event(
    first: First, copy: Callable[[Home], Session], stranger: Callable[..., Stranger]
) -> None:
    home = let_in(first)
    session = copy(home)
    say(session, "once")
    parcel = session.parcels.waiting(10)
    status, told = stranger(home).pushes(parcel=replace(parcel, events=parcel.events * 3))
    assert status == 200
    assert [answer["already"] for answer in told["answers"]] == [False, True, True]
    assert len({answer["seq"] for answer in told["answers"]}) == 1
    assert len(first.session.board.notes) == 2


def test_two_events_in_one_place_of_an_origin_are_not_taken(
    first: First, copy: Callable[[Home], Session], stranger: Callable[..., Stranger]
) -> None:
    home = let_in(first)
    session = copy(home)
    say(session, "one")
    [event] = session.parcels.waiting(10).events
    other = changed(event, id=EventId(new_id()))
    status, _ = stranger(home).pushes(event, other)
    assert status == 422
    assert len(first.session.board.notes) == 1
    assert stranger(home).pushes(event)[0] == 200


def test_what_was_changed_on_the_way_is_not_taken(
    first: First, copy: Callable[[Home], Session], stranger: Callable[..., Stranger]
) -> None:
    home = let_in(first)
    session = copy(home)
    say(session, "one")
    [event] = session.parcels.waiting(10).events
    assert stranger(home).pushes(changed(event, actor="facilitator"))[0] == 422


def done(session: Session, *commands: Command) -> tuple[Event, ...]:
    for command in commands:
        session.do(command).result(SECONDS)
    return session.parcels.waiting(100).events


def test_a_moderator_groups_and_hides_and_renames_no_question_and_erases_nobody(
    first: First, copy: Callable[[Home], Session], stranger: Callable[..., Stranger]
) -> None:
    home = let_in(first, role=Role.MODERATOR)
    session = copy(home)
    note = next(iter(session.board.notes))
    theme = ThemeId(new_id())
    question = first_question(session)
    done(session, NewTheme(question, "Ways in", theme_id=theme), MoveNotes((note,), theme))
    done(session, HideNotes((note,), Reason.OTHER), RewordNote(note, "other words"))
    session.erase(next(iter(session.board.by_contributor))).result(SECONDS)
    status, told = stranger(home).pushes(parcel=session.parcels.waiting(100))
    assert status == 200
    assert [answer["refused"] is None for answer in told["answers"]] == [True, True, True, False, False]
    found = first.session.board.notes[note]
    assert (found.state, found.spot.theme) == (NoteState.HIDDEN, theme)
    assert first.session.board.text_of(found) == "said before"
    assert not first.session.board.erased


def test_a_number_of_its_own_choosing_takes_a_moderator_past_no_rule(
    first: First, copy: Callable[[Home], Session], stranger: Callable[..., Stranger]
) -> None:
    home = let_in(first, role=Role.MODERATOR)
    session = copy(home)
    note = next(iter(session.board.notes))
    [event] = done(session, RewordNote(note, "other words"))
    status, told = stranger(home).pushes(changed(event, seq=999))
    assert (status, told["answers"][0]["seq"]) == (200, None)
    assert first.session.board.text_of(first.session.board.notes[note]) == "said before"


def test_a_moderator_sends_nothing_in_the_name_of_another_desk(
    first: First, copy: Callable[[Home], Session], stranger: Callable[..., Stranger]
) -> None:
    home = let_in(first, role=Role.MODERATOR)
    session = copy(home)
    done(session, NewTheme(first_question(session), "Ways in"))
    other = stranger(let_in(first, desk=CAROL, role=Role.MODERATOR))
    _, told = other.pushes(parcel=session.parcels.waiting(10))
    assert told["answers"][0]["refused"]
    assert not first.session.board.themes


def test_a_reader_looks_on(
    first: First, copy: Callable[[Home], Session], stranger: Callable[..., Stranger]
) -> None:
    home = let_in(first, role=Role.READER)
    session = copy(home)
    done(session, NewTheme(first_question(session), "Ways in"))
    _, told = stranger(home).pushes(parcel=session.parcels.waiting(10))
    assert told["answers"][0]["refused"] == "This desk was let in to look on."


def test_a_venue_does_not_say_where_the_home_is(
    first: First, copy: Callable[[Home], Session], stranger: Callable[..., Stranger]
) -> None:
    """Every desk would take its token there."""
    home = let_in(first, role=Role.VENUE)
    session = copy(home)
    done(session, TellHome("https://evil.example"))
    _, told = stranger(home).pushes(parcel=session.parcels.waiting(10))
    assert told["answers"][0]["refused"] == "This is for the organiser of all venues to do."
    assert first.session.board.home_address == ""


def test_nobody_who_looks_on_says_that_another_desk_has_erased_somebody(
    first: First, copy: Callable[[Home], Session], stranger: Callable[..., Stranger]
) -> None:
    """The ledger would call a copy clean that is not."""
    home = let_in(first, role=Role.READER)
    first.session.erase(next(iter(first.session.board.by_contributor))).result(SECONDS)
    session = copy(home)
    done(session, ConfirmErasures(session.desk))
    own = session.parcels.waiting(10)
    other = stranger(let_in(first, desk=CAROL, role=Role.READER))
    _, told = other.pushes(parcel=own)
    assert told["answers"][0]["refused"] == "This desk may send what was done at it, nothing else."
    assert [each.gone for each in ledger(first.session.board)] == [(first.session.desk,)]


def test_who_asks_without_end_is_asked_to_wait(first: First, stranger: Callable[..., Stranger]) -> None:
    first.rate = Rate(3, 0.01)
    first.restart_gate()
    visitor = stranger(let_in(first))
    assert [visitor.asks("GET", "/mark?at=1")[0] for _ in range(4)] == [200, 200, 200, 429]


def test_a_log_that_differs_is_told_so_and_what_comes_is_of_a_new_epoch(
    first: First, stranger: Callable[..., Stranger]
) -> None:
    before = first.session.board.seen.seq
    assert stranger(let_in(first)).asks("GET", f"/pull?after={before}&hash={'0' * 64}")[0] == 409
    after = say(first.session, "after").events[0].seq
    assert after is not None
    assert after > before + 1


def test_no_route_of_the_gate_is_on_the_participants_pages_and_none_of_theirs_is_here(
    first: First, stranger: Callable[..., Stranger]
) -> None:
    visitor = stranger(let_in(first))
    for path in ("/", "/ABC234", "/claim", "/my-notes", "/live"):
        assert visitor._client.get(path).status_code == 404
    ours = {"/pair", "/ticket", "/push", "/pull", "/mark", "/hints"}
    source = Path(Door.__module__.replace(".", "/") + ".py").read_text()
    assert not [path for path in ours if f'"{path}"' in source]


def test_a_refusal_at_the_home_is_told_at_the_desk(first: First, tmp_path: Path) -> None:
    home = let_in(first, role=Role.READER)
    with a_second_desk(tmp_path / "second", home) as second:
        until(second.is_on)
        note = NoteId(next(iter(second.session.board.notes)))
        second.session.do(HideNotes((note,), Reason.OTHER)).result(SECONDS)
        until(lambda: bool(second.session.refusals().result(SECONDS)))
        assert second.session.board.notes[note].is_on_board
        until(are_alike(first, second))


def test_nothing_that_was_said_is_in_a_log(
    first: First, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    home = let_in(first)
    with a_second_desk(tmp_path / "second", home) as second:
        until(second.is_on)
        say(second.session, "between us")
        until(lambda: len(first.session.board.notes) == 2)
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("sayback"))
    assert "between us" not in ours
    assert home.token not in ours
