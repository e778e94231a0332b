"""How a desk gets out to its home: its token in the system’s keyring, the system’s proxy, and many desks that come back
at the same moment."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from core.base.ids import DeskId, WorkshopId, new_id
from core.session import Parcel
from core.sync.invited import come_in
from core.sync.known import Home
from core.sync.line import Line
from core.sync.roles import Role
from core.sync.vault import KeyringVault
from tests.core.home.online import Online, a_home, sharing
from tests.core.table import name_of
from tests.core.workshops import say
from tests.faults.proxy import proxied

PARK = WorkshopId(name_of("park"))
DESKS = 30


class Ring(KeyringBackend):
    """A keyring in a dictionary, which may be locked."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()    # type: ignore[no-untyped-call]    # the library's own
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise KeyringLocked
        self.kept[service, username] = password


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    try:
        yield ring
    finally:
        keyring.set_keyring(before)


def test_a_token_is_there_again_after_a_start_where_there_is_a_keyring(ring: Ring) -> None:
    assert KeyringVault().keep(PARK, "a token") is True
    assert KeyringVault().read(PARK) == "a token"


def test_a_locked_keyring_is_a_memory_until_the_end_and_never_a_file(ring: Ring) -> None:
    """F47."""
    ring.is_locked = True
    vault = KeyringVault()
    assert vault.keep(PARK, "a token") is False
    assert vault.read(PARK) == "a token"
    assert KeyringVault().read(PARK) is None


def test_a_desk_goes_out_by_the_proxy_of_its_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that passes everything on, and is asked in the form for proxies: with the whole address."""
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        with proxied(online.ports.desks) as network:
            monkeypatch.setenv("HTTP_PROXY", network.base)
            monkeypatch.setenv("NO_PROXY", "")
            code = online.invites(Role.READER, ann.session.workshop_id)
            assert come_in(online.desks, code, DeskId(new_id()), "Ben").workshop == ann.session.workshop_id
            [line] = network.lines
            assert line.asked.startswith(f"POST {online.desks}/desks/join ".encode())
        monkeypatch.delenv("HTTP_PROXY")


@pytest.mark.slow
def test_many_desks_that_come_back_at_once_are_all_served(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        say(ann.session, "hello")
        ann.waits()
        homes = [guest_of(online, ann.session.workshop_id) for _ in range(DESKS)]

        async def together() -> list[Parcel]:
            lines = [Line(home) for home in homes]    # before any of them connects: each reads whom the system trusts
            return await asyncio.gather(*map(pulled, lines, homes))

        parcels = asyncio.run(together())
    assert {len(parcel.events) for parcel in parcels} == {len(parcels[0].events)}
    assert len(parcels) == DESKS


def guest_of(online: Online, workshop: WorkshopId) -> Home:
    return come_in(online.desks, online.invites(Role.READER, workshop), DeskId(new_id()), "A desk")


async def pulled(line: Line, home: Home) -> Parcel:
    try:
        await line.hello(home.workshop)
        return (await line.pull(await line.mark(0))).parcel
    finally:
        await line.close()
