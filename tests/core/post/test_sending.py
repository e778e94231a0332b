"""Letters go out once, whatever the mail server does, and each row of the outbox says what became of its letter."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.base.mail import MailServer
from core.domain.contact import Consent, Contact, Way
from core.domain.delivery import State
from core.domain.events import Author
from core.post.account import Standing
from core.post.office import Office
from core.post.sending import Progress, Sending, Tally
from core.post.smtp import CannotSend, WrongPassword
from core.session import Session
from tests.core.post.mailboxes import Mailboxes, mail_server
from tests.core.table import NOON, person
from tests.core.workshops import SECONDS, made, note, say

PEOPLE = 65


class AtOnce:
    """No letter waits for the next; what would have been waited for is counted."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.waits: list[float] = []
        self._stop_after = stop_after

    def next(self, seconds: float) -> bool:
        self.waits.append(seconds)
        return self._stop_after is None or len(self.waits) <= self._stop_after


def mailbox(number: int) -> str:
    return f"person{number}@example.org"


def keep(session: Session, name: str, address: str, *, language: str = "en") -> None:
    consent = Consent(version=1, language=language, at=NOON)
    contact = Contact(contributor=person(name), way=Way.EMAIL, address=address, consent=consent)
    session.with_contacts(lambda contacts: contacts.keep(contact)).result()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with made(tmp_path / "town.sayback") as session:
        yield session


def crowd(session: Session, count: int = PEOPLE) -> Office:
    """So many people with a note and an address each."""
    names = [f"P{number}" for number in range(count)]
    said = [
        session.do(note(session, f"Note of person {name[1:]}", by=name), Author(session.desk, person(name)))
        for name in names
    ]
    for number, saved in enumerate(said):
        saved.result(SECONDS)
        keep(session, f"P{number}", mailbox(number))
    return Office(session)


def send(office: Office, server: MailServer, turns: AtOnce | None = None, **more: object) -> Tally:
    return Sending(office, server, "", turns=turns or AtOnce(), rest=0.0, **more).run()    # type: ignore[arg-type]


@pytest.mark.slow
def test_everybody_gets_one_letter_about_their_own_notes(session: Session) -> None:
    office = crowd(session)
    office.begin()
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        tally = send(office, server)
    assert tally == Tally(sent=PEOPLE)
    assert mailboxes.count == {mailbox(number): 1 for number in range(PEOPLE)}
    for to, letter in mailboxes.taken:
        text = letter.get_body(("plain",)).get_content()    # type: ignore[union-attr]
        number = to.removeprefix("person").partition("@")[0]
        assert [line for line in text.splitlines() if "Note of person" in line] == [
            f"What you said: Note of person {number}"
        ]
    found = office.account()
    assert (found.answered, found.all, found.unreached) == (PEOPLE, PEOPLE, 0)
    assert len({letter["Message-ID"] for _to, letter in mailboxes.taken}) == PEOPLE


def test_refusals_are_listed_and_what_is_asked_to_wait_goes_later(session: Session) -> None:
    office = crowd(session, 12)
    office.begin()
    mailboxes = Mailboxes(
        refused=frozenset({mailbox(2), mailbox(5)}), later={mailbox(3): 1, mailbox(7): 2, mailbox(8): 99}
    )
    with mail_server(mailboxes) as server:
        tally = send(office, server)
    assert tally == Tally(sent=9, refused=3)
    assert mailboxes.count == {mailbox(n): 1 for n in range(12) if n not in (2, 5, 8)}
    refused = office.account().of(Standing.REFUSED)
    assert sorted(each.delivery.why for each in refused if each.delivery) == ["451 4.7.1", "550 5.1.1", "550 5.1.1"]
    assert not any("person" in each.why for each in office.deliveries())


@pytest.mark.slow
def test_a_server_that_dies_at_17_of_65_leaves_the_rest_waiting_and_nobody_gets_two(session: Session) -> None:
    office = crowd(session)
    office.begin()
    mailboxes = Mailboxes(dies_after=17)
    with mail_server(mailboxes) as server, pytest.raises(CannotSend) as gone:
        send(office, server)
    assert "Nothing is lost" in gone.value.advice
    assert len(mailboxes.taken) == 17
    states = [each.state for each in office.deliveries()]
    assert (states.count(State.SENT), states.count(State.QUEUED)) == (17, PEOPLE - 17)
    mailboxes.dies_after = None
    with mail_server(mailboxes) as server:
        assert send(office, server).sent == PEOPLE - 17
    assert set(mailboxes.count.values()) == {1}
    assert len(mailboxes.count) == PEOPLE


def test_a_line_that_breaks_in_the_middle_of_a_letter_leaves_that_one_unsure_and_a_person_decides(
    session: Session,
) -> None:
    office = crowd(session, 4)
    office.begin()
    mailboxes = Mailboxes(hangs_up_in={mailbox(1)})
    with mail_server(mailboxes) as server:
        assert send(office, server) == Tally(sent=3, unsure=1)
        assert send(office, server) == Tally()    # nobody twice without a person
        [unsure] = [each for each in office.deliveries() if each.state is State.UNSURE]
        assert unsure.contributor == person("P1")
        assert office.decide(unsure, went=False)
        assert send(office, server) == Tally(sent=1)
    assert mailboxes.count == {mailbox(number): 1 for number in range(4)}


def test_a_server_that_is_not_there_is_said_at_once_and_nothing_is_claimed(session: Session) -> None:
    office = crowd(session, 2)
    office.begin()
    nowhere = MailServer(host="127.0.0.1", port=9, security=MailServer().security, sender="team@hospital.example")
    with pytest.raises(CannotSend, match="cannot be reached"):
        send(office, nowhere)
    assert {each.state for each in office.deliveries()} == {State.QUEUED}


def test_without_a_safe_line_only_this_computer_is_written_to(session: Session) -> None:
    office = crowd(session, 1)
    office.begin()
    with mail_server(Mailboxes()) as server, pytest.raises(CannotSend, match="safe line"):
        send(office, replace(server, host="mail.example.org"))


def test_who_took_their_address_back_gets_no_letter(session: Session) -> None:
    office = crowd(session, 3)
    office.begin()
    session.with_contacts(lambda contacts: contacts.forget([person("P1")])).result()
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        assert send(office, server) == Tally(sent=2)
    assert mailbox(1) not in mailboxes.count
    assert [each.contributor for each in office.account().of(Standing.NO_ADDRESS)] == [person("P1")]


def test_two_people_with_one_address_each_get_theirs(session: Session) -> None:
    for name in ("Ada", "Ben"):
        say(session, f"{name}'s note", by=name)
        keep(session, name, "family@example.org")
    office = Office(session)
    office.begin()
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        send(office, server)
    assert mailboxes.count == {"family@example.org": 2}


def test_an_address_that_comes_after_the_first_mailing_gets_its_letter(session: Session) -> None:
    office = crowd(session, 2)
    office.begin()
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        send(office, server)
        say(session, "I am late", by="Late")
        assert office.account().count(Standing.NO_ADDRESS) == 1
        keep(session, "Late", "late@example.org")
        office.begin()
        assert send(office, server) == Tally(sent=1)
    assert set(mailboxes.count.values()) == {1}
    assert office.account().answered == 3


def test_who_read_their_own_page_first_and_leaves_an_address_then_gets_their_letter_too(session: Session) -> None:
    office = crowd(session, 1)
    office.begin()
    say(session, "I am late", by="Late")
    session.read_what_came(person("Late")).result(SECONDS)
    assert [each.contributor for each in office.account().of(Standing.COLLECTED)] == [person("Late")]
    keep(session, "Late", "late@example.org")
    office.begin()
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        send(office, server)
        office.begin()
        send(office, server)
    assert mailboxes.count == {mailbox(0): 1, "late@example.org": 1}


def test_letters_are_paced_and_stop_when_told_to(session: Session) -> None:
    office = crowd(session, 5)
    office.begin()
    turns, told = AtOnce(stop_after=3), list[Progress]()
    with mail_server(Mailboxes()) as server:
        tally = send(office, server, turns, told=told.append)
    assert (tally.sent, tally.left) == (3, 2)
    assert turns.waits == [0.0, 3.0, 3.0, 3.0]    # twenty a minute
    assert [(each.done, each.total, each.left.total_seconds()) for each in told[:2]] == [(0, 5, 15.0), (1, 5, 12.0)]


def test_what_was_in_hand_when_the_program_died_is_unsure(session: Session) -> None:
    office = crowd(session, 1)
    office.begin()
    [waiting] = office.deliveries()
    ready = office.ready(waiting)
    assert ready is not None
    assert office.claim(ready)
    assert not office.claim(ready)
    assert office.own_up() == 1
    assert [each.state for each in office.deliveries()] == [State.UNSURE]
    assert office.account().count(Standing.UNSURE) == 1


def test_too_large_a_letter_is_refused_and_said(session: Session, tmp_path: Path) -> None:
    (tmp_path / "record.pdf").write_bytes(b"%PDF" + bytes(200_000))
    office = crowd(session, 1)
    office.records = tmp_path
    office.begin()
    with mail_server(Mailboxes(), data_size_limit=100_000) as server:
        assert send(office, server) == Tally(refused=1)
    assert office.deliveries()[0].why.startswith("552")


def test_a_wrong_password_is_said_and_every_letter_waits(session: Session) -> None:
    office = crowd(session, 1)
    office.begin()
    asks = mail_server(Mailboxes(), auth_require_tls=False)
    with asks as server, pytest.raises(WrongPassword) as wrong:
        Sending(office, replace(server, user="team"), "wrong", turns=AtOnce(), rest=0.0).run()
    assert wrong.value.advice
    assert office.deliveries()[0].state is State.QUEUED
