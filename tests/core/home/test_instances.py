"""Two instances of an online home over one database: it does not matter to whom a phone or a desk comes."""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx2
import pytest

from core.home.shared import SharedShelf
from core.sync import hints
from core.sync.errors import WrongInvitation
from core.sync.invited import come_in
from core.sync.line import Line
from core.sync.roles import Role
from core.sync.standing import Way as LinkWay
from tests.core.home.online import Online, Sharing, alike, browser, joined, serving, sharing, venue
from tests.core.home.test_home import texts
from tests.core.model import picture
from tests.core.sync.desks import until
from tests.core.workshops import ANN, BEN, SECONDS, say


@pytest.fixture
def two(database: str) -> Iterator[tuple[Online, Online]]:
    with serving(SharedShelf(database)) as one, serving(SharedShelf(database)) as other:
        yield one, other


@pytest.mark.slow
def test_what_is_said_at_one_instance_is_seen_at_the_other_and_at_every_desk(
    two: tuple[Online, Online], tmp_path: Path
) -> None:
    one, other = two
    with (
        sharing(one, tmp_path / "ann") as ann, venue(other, tmp_path / "ben", ann) as ben,
        browser(one.people, ann.code) as ada, browser(other.people, ann.code) as cleo,
    ):  # fmt: skip
        ada.say("said at one")
        cleo.say("said at the other")
        say(ann.session, "said at the desk of Ann")
        say(ben.session, "said at the desk of Ben")
        until(lambda: alike(one, ann, ben)() and alike(other, ann, ben)())
        assert len(texts(ann.session)) == 4
        boards = [each.shelf.session_of(ann.session.workshop_id).board for each in two]    # type: ignore[union-attr]
        until(lambda: len({len(board.notes) for board in boards}) == 1)
        assert picture(ann.session.board) == picture(ben.session.board)
        receipt = ada.http.cookies[f"sb_{ann.session.workshop_id}"]
        cleo.open("/claim")
        assert cleo.post("/claim", code=receipt).status_code == 303
        assert "said at one" in cleo.open(f"/{ann.code}/mine").text


def test_a_workshop_that_was_brought_to_one_is_at_once_at_the_other(two: tuple[Online, Online], tmp_path: Path) -> None:
    one, other = two
    with sharing(one, tmp_path / "ann") as ann:
        ben = joined(tmp_path / "ben", other.desks, one.invites(Role.VENUE, ann.session.workshop_id))
        try:
            ben.waits()
            assert picture(ben.session.board) == picture(ann.session.board)
        finally:
            ben.close()
        until(lambda: httpx2.get(f"{other.people}/{ann.code}", trust_env=False).status_code == 200)


def test_an_invitation_lets_one_desk_in_whatever_instance_it_comes_to(
    two: tuple[Online, Online], tmp_path: Path
) -> None:
    one, other = two
    with sharing(one, tmp_path / "ann") as ann:
        code = other.invites(Role.VENUE, ann.session.workshop_id)
        assert come_in(one.desks, code, BEN, "Ben").workshop == ann.session.workshop_id
        with pytest.raises(WrongInvitation):
            come_in(other.desks, code, ANN, "Somebody else")


def test_who_is_sent_away_at_one_is_away_at_the_other(two: tuple[Online, Online], tmp_path: Path) -> None:
    one, other = two
    with sharing(one, tmp_path / "ann") as ann, venue(other, tmp_path / "ben", ann) as ben:
        one.home.send_away(ann.session.workshop_id, BEN)
        say(ben.session, "not heard any more")
        until(lambda: ben.link.state.way is LinkWay.ENDED, "Ben is still let in")


async def hears_until_sent_away(desk: Sharing, send_away: Callable[[], None]) -> None:
    line = Line(desk.home)
    try:
        async with asyncio.timeout(SECONDS), line.hints() as lines:
            told = [await anext(lines)]
            await asyncio.to_thread(send_away)
            told += [each async for each in lines]
            assert told[0] == "data: here"
    finally:
        await line.close()


def test_who_is_sent_away_at_one_is_told_nothing_new_at_the_other(
    two: tuple[Online, Online], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its stream of hints runs out by itself, though it asks for nothing."""
    monkeypatch.setattr(hints, "HEARTBEAT_SECONDS", 0.1)
    one, other = two
    with sharing(one, tmp_path / "ann") as ann, venue(other, tmp_path / "ben", ann) as ben:
        ben.link.stop()
        asyncio.run(hears_until_sent_away(ben, partial(one.home.send_away, ann.session.workshop_id, BEN)))
        until(lambda: ann.link.state.way is LinkWay.ON, "who was not sent away is still let in")


def test_an_instance_that_is_told_to_stop_leaves_all_to_the_other(two: tuple[Online, Online], tmp_path: Path) -> None:
    """As in a restart of one after the other."""
    one, other = two
    with sharing(one, tmp_path / "ann") as ann, browser(other.people, ann.code) as phone:
        say(ann.session, "before")
        until(alike(other, ann))
        one.home.stop()
        phone.say("after")
        ann.meets(come_in(other.desks, other.invites(Role.ORGANISER, ann.session.workshop_id), ANN, "Ann"))
        until(alike(other, ann))
        assert texts(ann.session) == {"before", "after"}
