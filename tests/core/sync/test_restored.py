"""Older copies put back at either desk, many desks, long absences: what one has, all have again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.base.ids import DeskId
from core.domain.contact import Consent, Contact, Way
from core.session import Session
from core.store.check import check
from core.store.parcels import Parcels
from tests.core.model import picture
from tests.core.sync.desks import First, Second, a_first_desk, a_second_desk, are_alike, let_in, until
from tests.core.table import NOON, name_of
from tests.core.workshops import ANN, SECONDS, everything_on_disk, first_question, note, say

EMAIL = "cy.twombly@paint.example"
CAROL = DeskId(name_of("Carol"))


@pytest.fixture
def first(tmp_path: Path) -> Iterator[First]:
    with a_first_desk(tmp_path / "first") as first:
        say(first.session, "said before")
        yield first


@pytest.fixture
def second(first: First, tmp_path: Path) -> Iterator[Second]:
    with a_second_desk(tmp_path / "second", let_in(first)) as second:
        until(second.is_on)
        yield second


def put_back(first: First, older: Path) -> None:
    """Close, put the older copy in the file's place, open again."""
    path = first.session.path
    first.close()
    for beside in path.parent.glob(path.name + "*"):
        beside.unlink()
    shutil.copyfile(older, path)
    first.session = Session.open(path, ANN, memory=first.memory)
    first.gateway = first.opened()


def copied(session: Session, target: Path) -> Path:
    return session.save_copy(target).result(SECONDS)


def test_a_first_desk_that_was_put_back_gets_everything_back_under_the_numbers_it_had(
    first: First, second: Second, tmp_path: Path
) -> None:
    older = copied(first.session, tmp_path / "older.sayback")
    for number in range(3):
        say(first.session, f"first {number}")
        say(second.session, f"second {number}")
    until(are_alike(first, second))
    before = {event.id: event.seq for event in first.session.parcels.after(0, 1000).events}
    put_back(first, older)
    was_behind = first.session.is_behind
    say(first.session, "after it was put back")
    until(are_alike(first, second))
    assert (was_behind, first.session.is_behind) == (True, False)
    after = {event.id: event.seq for event in first.session.parcels.after(0, 1000).events}
    assert {event: after[event] for event in before} == before
    assert len(first.session.board.notes) == 8
    assert picture(first.session.board) == picture(second.session.board)


def test_where_even_its_memory_is_gone_both_events_of_one_number_are_kept(
    first: First, second: Second, tmp_path: Path
) -> None:
    older = copied(first.session, tmp_path / "older.sayback")
    say(first.session, "said before it was lost")
    until(are_alike(first, second))
    first.memory.heads.clear()
    put_back(first, older)
    say(first.session, "said after")
    until(are_alike(first, second))
    texts = {first.session.board.text_of(each) for each in first.session.board.notes.values()}
    assert texts == {"said before", "said before it was lost", "said after"}
    assert picture(first.session.board) == picture(second.session.board)


def test_what_waits_at_a_desk_gets_no_number_that_a_home_without_memory_gave_before(
    first: First, second: Second, tmp_path: Path
) -> None:
    """It knows less than the desk, and gives its next numbers to whoever comes first."""
    older = copied(first.session, tmp_path / "older.sayback")
    say(first.session, "said before it was lost")
    until(are_alike(first, second))
    before = {event.id: event.seq for event in second.session.parcels.after(0, 1000).events}
    second.link.stop()
    say(second.session, "waits here")
    first.memory.heads.clear()
    put_back(first, older)
    second.link = second.linked()
    until(are_alike(first, second))
    after = {event.id: event.seq for event in first.session.parcels.after(0, 1000).events}
    assert {event: after[event] for event in before} == before
    assert len(after) == len(before) + 1


def test_a_second_desk_that_was_put_back_catches_up(first: First, second: Second, tmp_path: Path) -> None:
    older = copied(second.session, tmp_path / "older.sayback")
    say(second.session, "sent, and forgotten here")
    until(are_alike(first, second))
    second.close()
    for beside in second.path.parent.glob(second.path.name + "*"):
        beside.unlink()
    shutil.copyfile(older, second.path)
    second.reopen()
    until(are_alike(first, second))
    assert not second.session.is_behind
    assert len(second.session.board.notes) == 2


def test_three_desks_of_which_one_was_long_away_end_alike(first: First, second: Second, tmp_path: Path) -> None:
    with a_second_desk(tmp_path / "third", let_in(first, CAROL, name="Carol"), CAROL) as third:
        until(third.is_on)
        third.link.stop()
        for number in range(300):
            third.session.do(note(third.session, f"away {number}"))
        for number in range(20):
            say(first.session, f"first {number}")
            say(second.session, f"second {number}")
        third.link = third.linked()
        until(are_alike(first, second, third))
        boards = [each.session.board for each in (first, second, third)]
        assert picture(boards[0]) == picture(boards[1]) == picture(boards[2])
        assert len(boards[0].notes) == 341
    assert check(first.session.path).ok


def test_a_copy_that_has_joined_is_no_home_when_it_is_opened_elsewhere_and_becomes_one_only_when_told(
    first: First, second: Second, tmp_path: Path
) -> None:
    copy = copied(second.session, tmp_path / "copy.sayback")
    for is_home in (False, True):
        session = Session.open(copy, CAROL)
        assert session.is_home is is_home
        waits = say(session, "said here").events[0]
        assert (waits.seq is None) is not is_home
        session.end_home_elsewhere().result(SECONDS)
        session.close()
    assert not Parcels(copy).count_waiting()
    assert first_question(first.session)


def test_an_erased_person_is_erased_at_every_desk(first: First, second: Second) -> None:
    said = say(second.session, "to be erased", by="Bo")
    until(are_alike(first, second))
    contributor = second.session.board.notes[said.note_id].contributor
    assert contributor is not None
    second.session.erase(contributor).result(SECONDS)
    until(are_alike(first, second))
    until(lambda: first.session.board.text_of(first.session.board.notes[said.note_id]) == "")
    for session in (first.session, second.session):
        assert contributor in session.board.erased
        assert "to be erased" not in {words.text for words in session.parcels.after(0, 1000).words}


def test_addresses_that_people_left_stay_where_they_were_left(first: First, second: Second) -> None:
    said = say(second.session, "with an address", by="Cy")
    contributor = second.session.board.notes[said.note_id].contributor
    assert contributor is not None
    consent = Consent(version=1, language="en", at=NOON, next_event=False)
    left = Contact(contributor=contributor, way=Way.EMAIL, address=EMAIL, consent=consent)
    second.session.with_contacts(lambda contacts: contacts.keep(left)).result(SECONDS)
    say(second.session, "one more", by="Cy")
    until(are_alike(first, second))
    assert EMAIL.encode() in everything_on_disk(second.path.parent)
    assert EMAIL.encode() not in everything_on_disk(first.folder)
    assert not list(first.folder.rglob("*.contacts"))
