"""Invitations: ten signs, for one desk, for a day; nobody finds one by trying, and a lost answer is no trap."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import httpx2
import pytest

from core.base.ids import DeskId, WorkshopId, new_id
from core.sync.errors import HomeRefused, TooManyTries, WrongHome, WrongInvitation
from core.sync.invitations import Claim, Invitations, as_shown, read_code
from core.sync.invited import come_in
from core.sync.known import Guests, Homes, read_home
from core.sync.roles import Role
from core.sync.vault import MemoryVault, token_hash
from core.web.limits import Limits
from tests.core.home.online import a_home, joined, shared, sharing
from tests.core.table import WallClock
from tests.core.workshops import BEN

PARK = WorkshopId(new_id())
AT_ONCE = 8
Value = TypeVar("Value")
BENS, CYS = Claim(BEN, token_hash("Ben")), Claim(DeskId(new_id()), token_hash("Cy"))


@pytest.fixture
def clock() -> WallClock:
    return WallClock()


@pytest.fixture
def invitations(tmp_path: Path, clock: WallClock) -> Invitations:
    return Invitations(tmp_path / "invitations", clock)


def test_a_code_lets_one_desk_in_and_no_other(invitations: Invitations) -> None:
    code = invitations.make(Role.VENUE, PARK)
    used = invitations.use(code, BENS)
    assert used is not None
    assert (used.role, used.workshop) == (Role.VENUE, PARK)
    assert invitations.use(code, CYS) is None


def test_the_same_desk_with_the_same_token_is_answered_the_same_again(invitations: Invitations) -> None:
    """Its answer was lost."""
    code = invitations.make(Role.VENUE, PARK)
    assert invitations.use(code, BENS) == invitations.use(code, BENS)
    assert invitations.use(code, replace(BENS, token_hash=token_hash("another"))) is None


def test_a_code_is_over_after_a_day(invitations: Invitations, clock: WallClock) -> None:
    code = invitations.make(Role.VENUE, PARK)
    clock.now += timedelta(hours=24) - timedelta(seconds=1)
    assert invitations.look(code) is not None
    clock.now += timedelta(seconds=1)
    assert invitations.look(code) is None
    assert invitations.use(code, BENS) is None


def test_what_is_over_leaves_nothing_behind(invitations: Invitations, clock: WallClock, tmp_path: Path) -> None:
    invitations.use(invitations.make(Role.VENUE, PARK), BENS)
    clock.now += timedelta(days=2)
    invitations.make(Role.READER, PARK)
    assert len(list((tmp_path / "invitations").glob("*.invitation"))) == 1
    assert list((tmp_path / "invitations").glob("*.used")) == []


def test_the_folder_tells_no_code_and_only_its_owner_reads_it(invitations: Invitations, tmp_path: Path) -> None:
    code = invitations.make(Role.VENUE, PARK)
    files = [each for each in (tmp_path / "invitations").iterdir() if each.is_file()]
    assert all(each.stat().st_mode & 0o077 == 0 for each in files)
    assert all(code.encode() not in each.read_bytes() and code not in each.name for each in files)


def test_of_many_that_come_at_once_with_one_code_one_gets_in(invitations: Invitations) -> None:
    code = invitations.make(Role.VENUE, PARK)
    found = at_once(lambda number: invitations.use(code, Claim(DeskId(new_id()), token_hash(str(number)))))
    assert len([each for each in found if each is not None]) == 1


def test_many_desks_that_are_let_in_at_once_are_all_known(tmp_path: Path) -> None:
    guests = Guests(tmp_path, PARK)
    at_once(lambda number: guests.let_in(DeskId(new_id()), f"Desk {number}", Role.VENUE))
    assert [guest.name for guest in Guests(tmp_path, PARK).all()] == [f"Desk {number}" for number in range(AT_ONCE)]


def at_once(does: Callable[[int], Value]) -> list[Value]:
    """What comes of it where so many threads do it together."""
    start = threading.Barrier(AT_ONCE)

    def doing(number: int) -> Value:
        start.wait()
        return does(number)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(doing, range(AT_ONCE)))


@pytest.mark.parametrize("typed", ["7kqm-2d9x-t4", "7KQM 2D9X T4", " 7KQM2D9XT4 "])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert read_code(typed) == "7KQM2D9XT4"
    assert as_shown("7KQM2D9XT4") == "7KQM-2D9X-T4"


@pytest.mark.parametrize("typed", ["", "7KQM-2D9X", "7KQM-2D9X-T4Z", "7KQM-2D9X-T*", "7KQM-2D9X-TÜ"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://say.example.org", "https://say.example.org"),
        (" Say.Example.org/ ", "https://say.example.org"),
        ("https://say.example.org:8443", "https://say.example.org:8443"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
    ],
)
def test_an_address_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert read_home(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "", "http://say.example.org", "ftp://say.example.org", "https://say.example.org/path", "https://a b",
        "https://ann@say.example.org", "https://say.example.org:99999", "https://say.example.org?x=1", "https://",
    ],
)  # fmt: skip
def test_what_is_no_address_or_not_https_is_refused(typed: str) -> None:
    with pytest.raises(WrongHome):
        read_home(typed)


def test_a_wrong_code_lets_nobody_in_and_five_are_enough(tmp_path: Path) -> None:
    with a_home(tmp_path / "home", limits=Limits.public()) as online:
        for _ in range(5):
            with pytest.raises(WrongInvitation):
                come_in(online.desks, "0000-0000-00", BEN, "Ben", PARK)
        right = online.invites()
        for code in ("0000-0000-00", right):    # the sixth shuts the door
            with pytest.raises(TooManyTries):
                come_in(online.desks, code, BEN, "Ben", PARK)


def test_a_code_for_a_workshop_of_ones_own_opens_no_other_and_the_other_way_round(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        workshop = ann.session.workshop_id
        own, its = online.invites(), online.invites(Role.VENUE, workshop)
        with pytest.raises(WrongInvitation):
            come_in(online.desks, own, BEN, "Ben")
        with pytest.raises(WrongInvitation):
            come_in(online.desks, its, BEN, "Ben", PARK)
        assert come_in(online.desks, its, BEN, "Ben").role is Role.VENUE    # a code that did not fit is not used up


def test_a_workshop_that_is_here_is_taken_over_by_nobody(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        with pytest.raises(HomeRefused):
            come_in(online.desks, online.invites(), BEN, "Ben", ann.session.workshop_id)
        again = shared(tmp_path / "again", online.desks, online.invites())    # a workshop of her own, beside it
        again.close()


def test_a_full_home_takes_no_more_workshops_and_the_desk_keeps_its_own(tmp_path: Path) -> None:
    with a_home(tmp_path / "home", most=1) as online, sharing(online, tmp_path / "ann"), pytest.raises(HomeRefused):
        come_in(online.desks, online.invites(), BEN, "Ben", PARK)


def test_a_desk_whose_token_was_lost_comes_in_again_with_a_new_code(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        ben = joined(tmp_path / "ben", online.desks, online.invites(Role.VENUE, ann.session.workshop_id))
        try:
            ben.waits()
            workshop = ben.home.workshop
            ben.meets(come_in(online.desks, online.invites(Role.VENUE, workshop), BEN, "Ben", workshop))
            ben.waits()
        finally:
            ben.close()


def test_what_is_no_request_to_come_in_is_not_understood(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as online, httpx2.Client(trust_env=False) as http:
        garbled: list[object] = [[], {}, {"code": 5}, {"code": "x" * 999}, "text"]
        for asked in garbled:
            assert http.post(f"{online.desks}/desks/join", json=asked).status_code == 400
        assert http.post(f"{online.desks}/desks/join", content=b"{" * 90_000).status_code in (400, 413)


def test_a_token_is_in_the_vault_and_in_no_file(tmp_path: Path) -> None:
    vault = MemoryVault()
    homes = Homes(tmp_path, vault)
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        assert homes.keep(ann.home) is False    # a memory does not last
        assert homes.of(ann.home.workshop) == ann.home
        assert Homes(tmp_path, MemoryVault()).of(ann.home.workshop) == replace(ann.home, token="")
        assert ann.home.token.encode() not in b"".join(
            each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()
        )
