"""A workshop's home gets another address, or another home: the log says so, and desks and pages go there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.base.join import LOOPBACK
from core.cli.desk import known
from core.cli.share import in_step
from core.domain.moving import TellHome
from core.home.running import Place, tell_address
from core.session import Outgoing
from core.sync import moved
from core.sync.errors import HomeMoved
from core.sync.invited import Shared
from core.sync.invited import share as give
from core.sync.joining import fill
from core.sync.known import Home, Homes
from core.sync.link import Link
from core.sync.roles import Role
from core.sync.standing import Way
from core.sync.vault import MemoryVault
from core.web.server import ParticipantServer
from tests.core.home.online import (
    Online,
    TlsProxy,
    a_home,
    alike,
    authority,
    browser,
    joined,
    shared,
    sharing,
    tls_proxy,
    venue,
)
from tests.core.pictures import picture
from tests.core.sync.desks import until
from tests.core.workshops import SECONDS, made, opened, say, speaking
from tests.web.phones import SCRIPT, listening

PHOTO_NOT_KEPT = "We did not keep your photo. It is still on your phone."
CLAIM = re.compile(r'href="(https://[^"/]+)/claim#([^"]+)"')


@dataclass
class TwoNames:
    """One home behind two proxies: where it was, and where it will be."""

    online: Online
    before: str
    now: str
    proxy: TlsProxy
    other: TlsProxy
    ca: Path

    def goes(self) -> None:
        """What it was called leads nowhere any more."""
        self.proxy.people = self.proxy.desks = 1


@pytest.fixture
def two_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TwoNames]:
    ca, both = authority(tmp_path / "tls")
    monkeypatch.setenv("SSL_CERT_FILE", str(ca))
    with tls_proxy(both) as old, tls_proxy(both) as new:
        before, now = (f"https://localhost:{proxy.port}" for proxy in (old, new))
        with a_home(tmp_path / "data", place=Place(port=0, public=before)) as online:
            for proxy in (old, new):
                proxy.people, proxy.desks = online.ports.people, online.ports.desks
            yield TwoNames(online, before, now, old, new, ca)


def test_sharing_says_in_the_log_where_the_home_is_and_no_undo_takes_it_back(online: Online, tmp_path: Path) -> None:
    with sharing(online, tmp_path / "ann") as ann, venue(online, tmp_path / "ben", ann) as ben:
        until(alike(online, ann, ben))
        assert ben.session.board.home_address == ann.home.public == online.people
        assert ann.session.board.history(ann.session.desk).undo == ()


def test_it_is_there_after_a_restart_and_the_last_word_counts(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        for address in ("https://say.example.org", "https://speak.example.org", "https://speak.example.org"):
            session.do(TellHome(address)).result(SECONDS)
        assert session.board.events == 5    # the workshop, two questions, two addresses
    with opened(path) as session:
        assert session.board.home_address == "https://speak.example.org"
        session.do(TellHome("")).result(SECONDS)
        assert session.board.home_address == ""


def test_desks_go_on_at_the_new_address_and_remember_it(two_names: TwoNames, tmp_path: Path) -> None:
    ann = shared(tmp_path / "ann", two_names.before, two_names.online.invites())
    kept: list[Home] = []
    try:
        ann.waits()
        ann.link.stop()
        ann.link = Link(ann.session, ann.home, chance=lambda: 0.0, moved=kept.append)
        ann.link.start()
        ann.session.do(TellHome(two_names.now)).result(SECONDS)
        until(lambda: bool(kept), "it did not go there")
        two_names.goes()
        say(ann.session, "said after the move")
        until(alike(two_names.online, ann))
        assert (kept[0].address, kept[0].token) == (two_names.now, ann.home.token)
    finally:
        ann.close()


def test_a_desk_that_hears_of_it_while_the_old_address_is_gone_finds_the_new_one(
    two_names: TwoNames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moved, "LOOK_AGAIN_SECONDS", 0.0)
    ann = shared(tmp_path / "ann", two_names.before, two_names.online.invites())
    try:
        ann.waits()
        two_names.goes()
        say(ann.session, "waits")
        until(lambda: ann.link.state.way is Way.LOST)
        ann.session.do(TellHome(two_names.now)).result(SECONDS)    # as from a stick, or by hand
        until(alike(two_names.online, ann))
    finally:
        ann.close()


def test_where_the_new_home_does_not_know_a_desk_it_says_so_in_its_language_and_all_is_safe_here(
    two_names: TwoNames, tmp_path: Path
) -> None:
    ann = shared(tmp_path / "ann", two_names.before, two_names.online.invites())
    code = two_names.online.invites(Role.VENUE, ann.session.workshop_id)
    ben = speaking("cy").run(joined, tmp_path / "ben", two_names.before, code)
    with a_home(tmp_path / "other", place=Place(port=0, public=two_names.now)) as other:
        try:
            ben.waits()
            until(alike(two_names.online, ann, ben))
            two_names.other.people, two_names.other.desks = other.ports.people, other.ports.desks
            ann.session.do(TellHome(two_names.now)).result(SECONDS)
            until(lambda: ben.link.state.way is Way.ENDED)
            assert isinstance(ben.link.state.problem, HomeMoved)
            assert ben.link.state.words == f"Mae'r gweithdy hwn wedi symud i {two_names.now}."
            assert say(ben.session, "said here").events
        finally:
            ben.close()
            ann.close()


def test_a_desk_tells_its_home_where_the_workshop_goes_before_it_goes(
    two_names: TwoNames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where that is said between the look whether anything waits and the look where the home is."""
    ann = shared(tmp_path / "ann", two_names.before, two_names.online.invites())
    home, parcels = two_names.online.shelf.session_of(ann.session.workshop_id), type(ann.session.parcels)
    assert home is not None
    looked, moves = parcels.count_waiting, iter([TellHome(two_names.now)])

    def looked_just_before(these: Outgoing, kind: str | None = None) -> int:
        found = looked(these, kind)
        for move in moves:
            ann.session.do(move).result(SECONDS)
        return found

    with a_home(tmp_path / "other", place=Place(port=0, public=two_names.now)) as other:
        two_names.other.people, two_names.other.desks = other.ports.people, other.ports.desks
        try:
            ann.waits()
            ann.link.stop()
            monkeypatch.setattr(parcels, "count_waiting", looked_just_before)
            ann.meets(ann.home)
            until(lambda: ann.link.state.way is Way.ENDED)
            assert home.board.home_address == two_names.now
        finally:
            ann.close()


def test_a_home_that_is_called_otherwise_since_its_last_start_says_so(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        tell_address(session, "https://say.example.org")
        assert session.board.home_address == ""    # whoever brought it has said so
        tell_address(session, "https://speak.example.org")
        assert session.board.home_address == "https://speak.example.org"
    with opened(tmp_path / "park.sayback") as session:
        before = session.board.events
        tell_address(session, "https://speak.example.org")
        assert session.board.events == before


def test_phones_of_a_room_are_told_where_the_home_is_now(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        session.do(TellHome("https://say.example.org")).result(SECONDS)
        server = ParticipantServer(session, host=LOOPBACK, port=0, elsewhere="https://before.example.org")
        server.start()
        try:
            assert server.origins()[-1] == "https://say.example.org"
        finally:
            server.stop()


def test_where_there_is_no_screen_the_new_address_is_said_and_kept(
    two_names: TwoNames, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = shared(tmp_path / "ann", two_names.before, two_names.online.invites())
    try:
        ann.waits()
        ann.link.stop()
        workshop = ann.session.workshop_id
        with in_step(ann.session, ann.home):
            ann.session.do(TellHome(two_names.now)).result(SECONDS)
            until(lambda: Homes(known()).public_of(workshop) == two_names.now)
    finally:
        ann.close()
    assert f"The online home is at {two_names.now} now.\n" in capsys.readouterr().err


def test_who_comes_to_the_home_that_a_workshop_has_left_is_led_to_where_it_is(
    two_names: TwoNames, tmp_path: Path
) -> None:
    ann = shared(tmp_path / "ann", two_names.before, two_names.online.invites())
    before, now, code = two_names.before, two_names.now, ann.code
    with browser(before, code, two_names.ca) as known, browser(before, code, two_names.ca) as stranger:
        try:
            ann.waits()
            known.say("said before it moved")
            known.open()
            with listening(known) as told:
                ann.session.do(TellHome(now)).result(SECONDS)
                assert next(each for each in told if "reload" in each)
            wall = stranger.open(f"/{code}/wall?m=home")
            assert (wall.status_code, wall.headers["location"]) == (303, f"{now}/{code.lower()}/wall?m=home")
            assert known.open(f"/{code}/wall").status_code == 200
            assert "This workshop has moved" in known.page
            receipt = CLAIM.search(known.page)
            assert receipt is not None
            assert receipt[1] == now
            assert "said before it moved" in known.open(f"/{code}/mine").text
            assert known.http.get(f"{before}/{code}/live").status_code == 204    # no stream comes again and again
        finally:
            ann.close()
    with browser(before, code, two_names.ca) as elsewhere:    # it is the code that brings one's notes along
        assert elsewhere.post("/claim", code=receipt[2]).status_code == 303
        assert "said before it moved" in elsewhere.open(f"/{code}/mine").text


def test_what_is_written_at_the_home_that_a_workshop_has_left_is_given_back_and_not_taken(
    two_names: TwoNames, tmp_path: Path
) -> None:
    ann = shared(tmp_path / "ann", two_names.before, two_names.online.invites())
    with browser(two_names.before, ann.code, two_names.ca) as phone:
        try:
            phone.open()
            ann.session.do(TellHome(two_names.now)).result(SECONDS)
            home = two_names.online.shelf.session_of(ann.session.workshop_id)
            assert home is not None
            until(lambda: home.board.home_address == two_names.now)
            page = phone.send("said too late")
            assert page.status_code == 409
            assert "said too late" in page.text
            assert f'href="{two_names.now}/{ann.code}"' in page.text
            assert PHOTO_NOT_KEPT not in page.text
            told = phone.send("said too late", script=True)
            assert told.status_code == 409
            assert told.json()["advice"] == f"Go on at {two_names.now}. Your words are still on this phone."
            tap = phone.http.post(
                f"{two_names.before}/{ann.code}/vote", data={"put": "note.1"}, headers={**phone.origin, **SCRIPT}
            )
            assert (tap.status_code, tap.json()["advice"]) == (409, f"Go on at {two_names.now}.")
            drawn = phone.http.post(
                f"{two_names.before}/{ann.code}/photo", data={**phone.form, "text": "our ramp"}, headers=phone.origin,
                files={"photo": ("ramp.jpg", picture(1).data)},
            )
            assert drawn.status_code == 409
            assert "our ramp" in drawn.text
            assert PHOTO_NOT_KEPT in drawn.text
            assert not home.board.notes
        finally:
            ann.close()


@pytest.mark.parametrize("before", ["answers", "is gone", "was forgotten"])
def test_who_shares_it_with_another_home_brings_along_what_was_said_at_the_one_before(
    tmp_path: Path, before: str
) -> None:
    answers = before == "answers"
    homes, path = Homes(tmp_path / "known", MemoryVault()), tmp_path / "park.sayback"
    with a_home(tmp_path / "one") as one, a_home(tmp_path / "two") as two:
        with made(path) as session:
            assert give(session, one.desks, one.invites(), "Ann’s laptop", homes) == Shared(lasts=False)
        with opened(path) as session:
            home = homes.of(session.workshop_id)
            assert home is not None
            fill(session, home)
            with browser(one.people, "ABC234") as phone:
                phone.say("said while no desk was there")
            if before == "is gone":
                one.home.stop()
            if before == "was forgotten":    # as without a keyring
                homes = Homes(tmp_path / "known", MemoryVault())
            told = give(session, two.desks, two.invites(), "Ann’s laptop", homes)
            board = session.board
            assert told == Shared(lasts=False, left_well=answers)
            assert ("said while no desk was there" in map(board.text_of, board.notes.values())) is answers
            kept = one.shelf.session_of(session.workshop_id)
            assert (kept is not None and kept.board.home_address == two.people) is answers
