"""Addresses lie in a file of their own, which only its owner may read, and are really gone when they should be."""

import os
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.base.errors import NotSaved
from core.base.ids import ContributorId
from core.domain.commands import ErasePerson
from core.domain.contact import Consent, Contact, Letter, Way
from core.store import backup
from core.store.check import check
from core.store.contacts import Contacts
from tests.core.table import NOON, person
from tests.core.workshops import SECONDS, everything_on_disk, made, opened, say

ADA, BEN = person("Ada"), person("Ben")
EMAIL = "ada.lovelace@analytical.example"
POSTAL = "Ada Lovelace\n12 Ockham Park\nSurrey"


def contact(
    who: ContributorId = ADA, address: str = EMAIL, *, next_event: bool = False, at: datetime = NOON
) -> Contact:
    way = Way.EMAIL if "@" in address else Way.POST
    consent = Consent(version=1, language="cy", at=at, next_event=next_event)
    return Contact(contributor=who, way=way, address=address, consent=consent)


@pytest.fixture
def contacts(tmp_path: Path) -> Contacts:
    return Contacts(tmp_path / "town.sayback")


@pytest.mark.parametrize("kept", [contact(), contact(address=POSTAL, next_event=True)])
def test_what_was_agreed_to_comes_back_as_it_was(contacts: Contacts, kept: Contact) -> None:
    contacts.keep(kept)
    assert contacts.of(ADA) == kept
    assert contacts.of(BEN) is None
    assert contacts.all() == [kept]


def test_there_is_no_file_before_the_first_address(contacts: Contacts) -> None:
    assert contacts.of(ADA) is None
    assert contacts.all() == []
    assert contacts.forget([ADA]) == 0
    contacts.letter_sent(ADA, Letter.RECORD, NOON)
    assert contacts.forget_old(lambda: NOON) == 0
    assert list(contacts.path.parent.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_may_read_the_file_and_nothing_lies_beside_it(contacts: Contacts) -> None:
    before = os.umask(0)
    try:
        contacts.keep(contact())
    finally:
        os.umask(before)
    assert stat.S_IMODE(contacts.path.stat().st_mode) == 0o600
    assert list(contacts.path.parent.iterdir()) == [contacts.path]


def test_another_address_leaves_nothing_of_the_first(contacts: Contacts) -> None:
    contacts.keep(contact())
    contacts.keep(contact(address=POSTAL))
    assert [each.address for each in contacts.all()] == [POSTAL]
    assert b"lovelace@analytical" not in contacts.path.read_bytes()


def test_a_withdrawn_address_is_gone_and_those_of_others_stay(contacts: Contacts) -> None:
    contacts.keep(contact())
    contacts.keep(contact(BEN, "ben@example.org"))
    assert contacts.forget([ADA]) == 1
    assert [each.contributor for each in contacts.all()] == [BEN]
    assert b"lovelace" not in contacts.path.read_bytes()


@pytest.mark.parametrize(("days", "gone"), [(29.9, 0), (30, 1), (400, 1)])
def test_an_address_is_erased_thirty_days_after_the_record_was_sent(contacts: Contacts, days: float, gone: int) -> None:
    contacts.keep(contact())
    contacts.letter_sent(ADA, Letter.RECORD, NOON)
    assert contacts.forget_old(lambda: NOON + timedelta(days=days)) == gone
    assert (b"lovelace" in contacts.path.read_bytes()) is (not gone)


def test_who_asked_for_the_next_event_is_kept_until_they_were_told_of_it(contacts: Contacts) -> None:
    contacts.keep(contact(next_event=True))
    contacts.letter_sent(ADA, Letter.RECORD, NOON)
    assert contacts.forget_old(lambda: NOON + timedelta(days=100)) == 0
    contacts.letter_sent(ADA, Letter.NEXT_EVENT, NOON + timedelta(days=100))
    assert contacts.forget_old(lambda: NOON + timedelta(days=129)) == 0
    assert contacts.forget_old(lambda: NOON + timedelta(days=130)) == 1


def test_nobodys_address_is_kept_for_more_than_a_year_and_the_days_are_a_setting(contacts: Contacts) -> None:
    contacts.keep(contact())
    contacts.keep(contact(BEN, "ben@example.org"))
    contacts.letter_sent(BEN, Letter.RECORD, NOON)
    assert contacts.forget_old(lambda: NOON + timedelta(days=7), kept=timedelta(days=7)) == 1
    assert contacts.forget_old(lambda: NOON + timedelta(days=364)) == 0
    assert contacts.forget_old(lambda: NOON + timedelta(days=365)) == 1
    assert contacts.all() == []


def test_a_damaged_file_is_said_to_be_not_saved(contacts: Contacts) -> None:
    contacts.path.write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with pytest.raises(NotSaved):
        contacts.keep(contact())


def test_an_address_is_in_no_other_file_of_the_workshop(tmp_path: Path) -> None:
    """Privacy P2: not in the log, its WAL, its copies."""
    path = tmp_path / "town.sayback"
    with made(path) as session:
        say(session, "The ramp is steep")
        session.with_contacts(lambda contacts: contacts.keep(contact())).result(SECONDS)
        backup.make(path, NOON)
        of_contacts = (tmp_path / "town.contacts").read_bytes()
        assert EMAIL.encode() in of_contacts
        assert everything_on_disk(tmp_path).count(EMAIL.encode()) == of_contacts.count(EMAIL.encode())
    assert everything_on_disk(tmp_path).count(EMAIL.encode()) == of_contacts.count(EMAIL.encode())


def test_the_file_holds_no_receipt_and_check_does_not_look_at_it(tmp_path: Path) -> None:
    path = tmp_path / "town.sayback"
    with made(path) as session:
        session.with_contacts(lambda contacts: contacts.keep(contact())).result(SECONDS)
    with closing(sqlite3.connect(tmp_path / "town.contacts")) as connection:
        assert [row[0] for row in connection.execute("SELECT contributor FROM contact")] == [ADA]
    (tmp_path / "town.contacts").write_bytes(b"damaged")
    assert check(path).ok


def test_erasing_a_person_erases_where_they_live(tmp_path: Path) -> None:
    path = tmp_path / "town.sayback"
    with made(path) as session:
        say(session, "The ramp is steep")
        session.with_contacts(lambda contacts: contacts.keep(contact())).result(SECONDS)
        session.erase(ADA).result(SECONDS)
        assert session.with_contacts(lambda contacts: contacts.all()).result(SECONDS) == []
    assert b"lovelace" not in everything_on_disk(tmp_path)


def test_an_erasure_that_another_desk_asked_for_reaches_the_addresses_too(tmp_path: Path) -> None:
    path = tmp_path / "town.sayback"
    with made(path) as session:
        say(session, "The ramp is steep")
        session.do(ErasePerson(ADA)).result(SECONDS)    # only the event, as it comes from elsewhere
        session.with_contacts(lambda contacts: contacts.keep(contact())).result(SECONDS)
    with opened(path) as session:
        assert session.with_contacts(lambda contacts: contacts.all()).result(SECONDS) == []


def test_a_workshop_that_is_opened_erases_the_addresses_whose_time_is_over(tmp_path: Path) -> None:
    path = tmp_path / "town.sayback"
    with made(path) as session:
        old = replace(contact(), consent=replace(contact().consent, at=NOON - timedelta(days=366)))
        session.with_contacts(lambda contacts: contacts.keep(old)).result(SECONDS)
        session.with_contacts(lambda contacts: contacts.keep(contact(BEN, "ben@example.org"))).result(SECONDS)
    with opened(path) as session:
        left = session.with_contacts(lambda contacts: contacts.all()).result(SECONDS)
        assert [each.contributor for each in left] == [BEN]
