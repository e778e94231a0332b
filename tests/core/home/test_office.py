"""What an organiser's desk may ask of an online home: invitations, desks, the addresses that people left there. And
words that got lost are asked for again, whichever side has them."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from core.base.ids import ContributorId, VenueId, new_id
from core.domain.contact import Contact
from core.domain.venues import AddVenue
from core.session import Session
from core.sync import addresses
from core.sync.errors import NewerDesk, UnknownToHome
from core.sync.invited import come_in
from core.sync.line import Line
from core.sync.roles import Role
from core.sync.standing import Way
from tests.core.home.online import Online, Sharing, alike, browser, joined, venue
from tests.core.sync.desks import until
from tests.core.table import name_of
from tests.core.workshops import BEN, SECONDS, everything_on_disk, say
from tests.web.phones import Phone

EMAIL = "ada.lovelace@engine.example"
Value = TypeVar("Value")


def asked(desk: Sharing, ask: Callable[[Line], Awaitable[Value]]) -> Value:
    """What the home answers to this desk."""

    async def asks() -> Value:
        line = Line(desk.home)
        try:
            return await ask(line)
        finally:
            await line.close()

    return asyncio.run(asks())


def leaves_address(phone: Phone, email: str = EMAIL) -> None:
    phone.say("please write to me")
    phone.open(f"/{phone.code}/address")
    answer = phone.post(f"/{phone.code}/address", **{**phone.form, "way": "email", "email": email, "agreed": "1"})
    assert answer.status_code == 303


def contacts(session: Session) -> list[Contact]:
    return session.with_contacts(lambda book: book.all()).result(SECONDS)


class TestAddresses:
    """They lie at the home, in no event, until an organiser's desk has them."""

    def test_an_organiser_fetches_them_and_then_they_are_erased_there(
        self, online: Online, ann: Sharing, tmp_path: Path
    ) -> None:
        with browser(online.people, ann.code) as phone:
            leaves_address(phone)
        until(alike(online, ann))
        assert EMAIL.encode() in everything_on_disk(tmp_path / "home")
        assert EMAIL.encode() not in everything_on_disk(tmp_path / "ann")    # it travels with no event
        assert asked(ann, lambda line: addresses.fetched(ann.session, line)) == 1
        assert [each.address for each in contacts(ann.session)] == [EMAIL]
        assert EMAIL.encode() not in everything_on_disk(tmp_path / "home")
        assert asked(ann, lambda line: addresses.fetched(ann.session, line)) == 0

    def test_what_was_given_again_after_it_was_sent_stays_at_the_home(self, online: Online, ann: Sharing) -> None:
        with browser(online.people, ann.code) as phone:
            leaves_address(phone)
            first = asked(ann, lambda line: line.asked("GET", "/contacts"))["contacts"][0]
            leaves_address(phone, "ada@home.example")
        taken = {"taken": [[first["contributor"], first["at"]]]}
        assert asked(ann, lambda line: line.asked("POST", "/contacts/taken", json=taken)) == {"erased": 0}
        asked(ann, lambda line: addresses.fetched(ann.session, line))
        assert [each.address for each in contacts(ann.session)] == ["ada@home.example"]

    def test_what_was_given_to_the_desk_later_is_not_written_over(self, online: Online, ann: Sharing) -> None:
        with browser(online.people, ann.code) as phone:
            leaves_address(phone)
        told = asked(ann, lambda line: line.asked("GET", "/contacts"))["contacts"][0]
        there = addresses.contact_of(told)
        consent = replace(there.consent, at=there.consent.at.replace(year=2099))
        later = replace(there, address="later@room.example", consent=consent)
        ann.session.with_contacts(lambda book: book.keep(later)).result(SECONDS)
        asked(ann, lambda line: addresses.fetched(ann.session, line))
        assert [each.address for each in contacts(ann.session)] == ["later@room.example"]

    @pytest.mark.parametrize("role", [Role.VENUE, Role.MODERATOR, Role.READER])
    def test_nobody_else_sees_them(self, role: Role, online: Online, ann: Sharing) -> None:
        code = online.invites(role, ann.session.workshop_id)
        other = replace(ann, home=come_in(online.desks, code, BEN, "Ben"))
        try:
            for method, path in (
                ("GET", "/contacts"), ("POST", "/contacts/taken"), ("POST", "/invite"), ("GET", "/desks"),
                ("POST", "/away"),
            ):  # fmt: skip
                with pytest.raises(NewerDesk):    # as for a page that there is not
                    asked(other, lambda line, method=method, path=path: line.asked(method, path, json={}))    # type: ignore[misc]
        finally:
            other.link.stop()


def test_an_organiser_invites_another_desk_and_sends_it_away(online: Online, ann: Sharing, tmp_path: Path) -> None:
    code = asked(ann, lambda line: line.asked("POST", "/invite", json={"role": "venue"}))["code"]
    ben = replace(ann, home=come_in(online.desks, str(code), BEN, "Ben’s laptop"))
    try:
        until(lambda: ben.link.state.way is Way.ON)
        desks = asked(ann, lambda line: line.asked("GET", "/desks"))["desks"]
        assert {(each["name"], each["role"]) for each in desks} == {
            ("Ann’s laptop", "organiser"), ("Ben’s laptop", "venue")
        }  # fmt: skip
        asked(ann, lambda line: line.asked("POST", "/away", json={"desk": BEN}))
        with pytest.raises(UnknownToHome):
            asked(ben, lambda line: line.asked("GET", "/hello"))
    finally:
        ben.link.stop()


class TestMissingWords:
    """An event whose words are missing, though nobody erased them."""

    def lose(self, path: Path, text: str) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            assert connection.execute("DELETE FROM words WHERE text = ?", (text,)).rowcount == 1

    def reopened(self, desk: Sharing) -> None:
        desk.session = Session.open(desk.path, desk.session.desk, memory=desk.memory)
        desk.link = desk.linked()

    def texts(self, session: Session) -> set[str]:
        return {session.board.text_of(note) for note in session.board.notes.values()}

    def test_a_desk_that_lost_them_asks_the_home(self, online: Online, ann: Sharing) -> None:
        say(ann.session, "a bench")
        until(alike(online, ann))
        ann.close()
        self.lose(ann.path, "a bench")
        self.reopened(ann)
        until(lambda: self.texts(ann.session) == {"a bench"}, "the words did not come back")

    def test_a_home_that_lost_them_gets_them_from_the_desk(self, online: Online, ann: Sharing) -> None:
        say(ann.session, "a bench")
        until(alike(online, ann))
        ann.link.stop()
        home = online.shelf.session_of(ann.session.workshop_id)
        assert home is not None
        self.lose(home.path, "a bench")
        ann.link = ann.linked()
        until(lambda: not home.parcels.missing_words(10))
        until(lambda: self.texts(home) == {"a bench"})

    def test_words_of_somebody_who_was_erased_never_come_back(
        self, online: Online, ann: Sharing, tmp_path: Path
    ) -> None:
        say(ann.session, "a bench", by="Cy")
        with venue(online, tmp_path / "ben", ann) as ben:
            until(alike(online, ann, ben))
            ben.link.stop()    # it still has them
            cy = ContributorId(next(iter(ann.session.board.notes.values())).contributor or name_of("Cy"))
            ann.session.erase(cy).result(SECONDS)
            ann.waits()
            home = online.shelf.session_of(ann.session.workshop_id)
            assert home is not None
            assert home.parcels.missing_words(10) == []
            home.bring_words(ben.session.parcels.after(0, 100).words).result(SECONDS)
            assert b"a bench" not in everything_on_disk(home.path.parent)
            ben.link = ben.linked()


def test_an_invitation_says_at_which_venue_the_desk_is(online: Online, ann: Sharing, tmp_path: Path) -> None:
    york = VenueId(new_id())
    ann.session.do(AddVenue("York", york)).result(SECONDS)
    ann.waits()
    asked_for = {"role": "venue", "venue": york}
    code = asked(ann, lambda line: line.asked("POST", "/invite", json=asked_for))["code"]
    ben = joined(tmp_path / "ben", online.desks, str(code))
    try:
        until(lambda: ben.session.board.venue_of_desk(BEN) == york)
        until(lambda: ann.session.board.venue_of_desk(BEN) == york)
    finally:
        ben.close()
    with pytest.raises(NewerDesk):    # there is no such venue
        asked(ann, lambda line: line.asked("POST", "/invite", json={**asked_for, "venue": "nowhere"}))
