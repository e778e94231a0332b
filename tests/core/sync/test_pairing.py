"""Who comes in: only a desk that knows the code, once, in its time, and only where somebody says yes."""

import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.base import language
from core.base.ids import WorkshopId
from core.base.join import LOOPBACK
from core.sync.certificate import certificate_in, certificate_of, fingerprint, made
from core.sync.code import as_shown, new_code, proof, read_code, stretched
from core.sync.errors import ForeignDesk, NoLongerPaired, NotLetIn, NotReached, WrongAddress, WrongCode
from core.sync.gateway import Gateway
from core.sync.joining import join, read_address
from core.sync.known import Guests, Homes
from core.sync.pairing import LIFE_SECONDS, TRIES, Asking, Pairing, Stage
from core.sync.roles import Role
from core.sync.standing import Way
from tests.core.sync.desks import (
    NAME,
    First,
    Patience,
    a_first_desk,
    a_second_desk,
    elsewhere,
    let_in,
    paired,
    says,
    until,
)
from tests.core.workshops import ANN, BEN, say, speaking
from tests.core.workshops import made as made_workshop


@pytest.fixture
def first(tmp_path: Path) -> Iterator[First]:
    with a_first_desk(tmp_path / "first") as first:
        yield first


def wrong(code: str) -> str:
    return ("1" if code[0] != "1" else "2") + code[1:]


def test_a_code_lets_one_desk_in_once(first: First) -> None:
    pairing = first.gateway.open_pairing()
    answering = says(pairing, Role.MODERATOR)
    home = join(first.address, as_shown(pairing.code).lower(), BEN, NAME, Patience())
    answering.join()
    assert home is not None
    assert (home.role, home.workshop) == (Role.MODERATOR, first.session.workshop_id)
    [guest] = first.gateway.guests.all()
    assert (guest.desk, guest.name, guest.role) == (BEN, NAME, Role.MODERATOR)
    with pytest.raises(WrongCode):
        join(first.address, pairing.code, ANN, "Another", Patience())


def test_who_asks_is_told_of_in_the_language_of_the_desk(first: First) -> None:
    speaking("cy").run(first.restart_gate)
    told: list[str] = []
    pairing = first.gateway.open_pairing(changed=lambda: told.append(language.spoken()))
    assert join(first.address, pairing.code, BEN, NAME, lambda seconds: True) is None
    assert set(told) == {"cy"}


def test_a_wrong_code_lets_nobody_in_and_five_are_the_end_of_the_right_one(first: First) -> None:
    pairing = first.gateway.open_pairing()
    for _ in range(TRIES):
        with pytest.raises(WrongCode):
            join(first.address, wrong(pairing.code), BEN, NAME, Patience())
    assert pairing.stage is Stage.OVER
    with pytest.raises(WrongCode) as error:
        join(first.address, pairing.code, BEN, NAME, Patience())
    assert error.value.advice
    assert first.gateway.guests.all() == []


def test_a_code_has_its_time(tmp_path: Path) -> None:
    now = [0.0]
    pairing = Pairing("f" * 64, Guests(tmp_path, first_id()), now=lambda: now[0])
    now[0] = LIFE_SECONDS + 1
    assert pairing.stage is Stage.OVER
    assert pairing.ask(asking(pairing)) is None


def first_id() -> WorkshopId:
    return WorkshopId("a" * 32)


def asking(pairing: Pairing, over: str = "f" * 64) -> Asking:
    """Somebody who knows the code and sees this certificate."""
    known = Asking(BEN, NAME, "0" * 32, "")
    return replace(known, proof=proof(stretched(pairing.code), *known.said(over)))


def test_who_stands_between_two_desks_is_not_let_in(tmp_path: Path) -> None:
    """They have a certificate of their own, and what they pass on was proved over that."""
    pairing = Pairing("f" * 64, Guests(tmp_path, first_id()))
    assert pairing.ask(asking(pairing, over="e" * 64)) is None
    assert pairing.ask(asking(pairing)) is not None


def test_nobody_passes_for_the_first_desk(first: First, tmp_path: Path) -> None:
    """Another gate, which does not know the code, is told no token's worth, and is noticed."""
    with a_first_desk(tmp_path / "other") as other:
        others = other.gateway.open_pairing()
        code = first.gateway.open_pairing().code
        assert others.code != code
        with pytest.raises(WrongCode):
            join(other.address, code, BEN, NAME, Patience())


def test_somebody_at_the_first_desk_may_say_no(first: First) -> None:
    pairing = first.gateway.open_pairing()
    answering = says(pairing, None)
    with pytest.raises(NotLetIn):
        join(first.address, pairing.code, BEN, NAME, Patience())
    answering.join()
    assert first.gateway.guests.all() == []


def test_who_asks_may_leave_again(first: First) -> None:
    pairing = first.gateway.open_pairing()
    assert join(first.address, pairing.code, BEN, NAME, lambda seconds: True) is None


def test_no_pairing_no_way_in(first: First) -> None:
    with pytest.raises(WrongCode):
        join(first.address, new_code(), BEN, NAME, Patience())
    pairing = first.gateway.open_pairing()
    first.gateway.end_pairing()
    with pytest.raises(WrongCode):
        join(first.address, pairing.code, BEN, NAME, Patience())


def test_nobody_there_is_said_plainly(first: First) -> None:
    first.gateway.stop()
    with pytest.raises(NotReached) as error:
        join(first.address, new_code(), BEN, NAME, Patience())
    assert str(error.value) == "The first desk cannot be reached."


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("192.168.0.12:8444", ("192.168.0.12", 8444)),
        (" https://192.168.0.12/ ", ("192.168.0.12", 8443)),
        ("[fe80::1]:9000", ("fe80::1", 9000)),
        ("desk.local", ("desk.local", 8443)),
    ],
)
def test_addresses_are_read_as_people_type_them(typed: str, read: tuple[str, int]) -> None:
    assert read_address(typed) == read


@pytest.mark.parametrize("typed", ["", "192.168.0.12:99999", "a b", "http://x y", "192.168.0.12:0", "x/../y"])
def test_what_is_no_address_is_said_so(typed: str) -> None:
    with pytest.raises(WrongAddress):
        read_address(typed)


def test_codes_are_read_as_people_type_them() -> None:
    assert read_code("abcd-efgh") == "ABCDEFGH"
    assert read_code("0O1l 2345") == "00112345"
    assert read_code("ABCDEFG") is None


def test_a_desk_with_another_certificate_is_told_nothing(first: First, tmp_path: Path) -> None:
    home = paired(first)
    with a_first_desk(tmp_path / "other") as other, a_second_desk(tmp_path / "second", home) as second:
        until(second.is_on)
        second.meets(elsewhere(home, other.port))
        until(lambda: second.link.state.way is Way.ENDED)
        assert isinstance(second.link.state.problem, ForeignDesk)
        assert other.gateway.here() == frozenset()


def test_who_was_sent_away_is_out_at_once_and_keeps_what_they_did(first: First, tmp_path: Path) -> None:
    home = paired(first)
    with a_second_desk(tmp_path / "second", home) as second:
        until(second.is_on)
        until(lambda: BEN in first.gateway.here())
        [guest] = first.gateway.guests.all()
        first.gateway.send_away(guest)
        until(lambda: second.link.state.way is Way.ENDED)
        assert isinstance(second.link.state.problem, NoLongerPaired)
        note = say(second.session, "afterwards").note_id
        assert note not in first.session.board.notes
        second.meets(paired(first))
        until(lambda: note in first.session.board.notes)


def test_it_leaves_the_desk_with_what_opens_the_gate(first: First) -> None:
    home = paired(first)
    assert home.token
    assert replace(home, token="") == replace(let_in(first), token="")


def test_who_was_let_in_comes_in_again_after_a_restart(first: First, tmp_path: Path) -> None:
    home = paired(first)
    Homes(tmp_path / "known").keep(home)
    first.restart_gate()
    assert Homes(tmp_path / "known").of(home.workshop) == home
    with a_second_desk(tmp_path / "second", home) as second:
        until(second.is_on)


def test_what_a_desk_knows_of_others_is_for_its_own_eyes_and_holds_no_token_of_guests(first: First) -> None:
    home = paired(first)
    folder = first.folder / "known"
    files = list(folder.iterdir())
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}
    assert all(home.token not in file.read_text() for file in files)


def test_damaged_files_of_what_is_known_are_kept_aside(first: First, tmp_path: Path) -> None:
    workshop = first.session.workshop_id
    for name in (f"{workshop}.guests.json", f"{workshop}.home.json"):
        (tmp_path / name).write_text('[{"desk": 3')
    assert Guests(tmp_path, workshop).all() == []
    assert Homes(tmp_path).of(workshop) is None
    (tmp_path / "gate.pem").write_text("no key")
    assert fingerprint(certificate_of(certificate_in(tmp_path)))
    assert len(list(tmp_path.glob("*.damaged"))) == 3


def test_each_certificate_is_another_and_has_no_end() -> None:
    certificates = [made().decode() for _ in range(2)]
    pems = [pem[pem.index("-----BEGIN CERTIFICATE-----") :] for pem in certificates]
    assert fingerprint(pems[0]) != fingerprint(pems[1])
    assert len(ssl.PEM_cert_to_DER_cert(pems[0])) < 1000


def test_the_gate_is_shut_until_somebody_opens_it(tmp_path: Path) -> None:
    with made_workshop(tmp_path / "park.sayback") as session:
        gateway = Gateway(session, tmp_path / "known", host=LOOPBACK, port=0)
        assert gateway.is_open is False
        assert not [each for each in threading.enumerate() if each.name == "sayback-gate"]
        assert not (tmp_path / "known").exists()
        gateway.open_pairing()
        assert [each for each in threading.enumerate() if each.name == "sayback-gate"]
        gateway.stop()
