"""A saved bounce names its letter; what is none changes nothing."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from core.domain.delivery import Delivery, State
from core.post.account import Standing
from core.post.bounces import NoBounce, take_bounce
from core.post.office import Office
from core.post.telling import why
from core.session import Session
from tests.core.post.test_sending import crowd
from tests.core.workshops import made


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with made(tmp_path / "town.sayback") as session:
        yield session


def sent(session: Session) -> tuple[Office, Delivery]:
    office = crowd(session, 2)
    office.begin()
    for waiting in office.deliveries():
        ready = office.ready(waiting)
        assert ready is not None
        office.claim(ready)
        office.settle(waiting, State.SENT)
    return office, office.deliveries()[0]


def bounce(message: str, action: str = "failed", status: str = "5.1.1") -> bytes:
    """As RFC 3464 has it: some words, the status, and the head of what came back."""
    mail = EmailMessage()
    mail["From"] = "MAILER-DAEMON@mail.example.org"
    mail["Subject"] = "Undelivered Mail Returned to Sender"
    mail.set_content("Sorry.")
    mail.make_mixed()
    mail.set_type("multipart/report")
    status_part = EmailMessage()
    fields = EmailMessage()
    fields["Final-Recipient"] = "rfc822; somebody@example.org"
    fields["Action"] = action
    fields["Status"] = status
    status_part["Content-Type"] = "message/delivery-status"
    status_part.set_payload([EmailMessage(), fields])
    mail.attach(status_part)
    head = EmailMessage()
    head.set_content(f"Message-ID: <{message}@hospital.example>\nTo: somebody@example.org\n", subtype="rfc822-headers")
    mail.attach(head)
    return bytes(mail)


def test_a_letter_that_came_back_is_not_answered_any_more(session: Session) -> None:
    office, letter = sent(session)
    assert office.account().answered == 2
    assert take_bounce(office, bounce(letter.message)).contributor == letter.contributor
    account = office.account()
    assert (account.answered, account.unreached) == (1, 1)
    [person] = account.of(Standing.REFUSED)
    assert person.delivery is not None
    assert person.delivery.why == "bounced 5.1.1"
    assert why(person.delivery.why) == "It came back (5.1.1)."


def test_a_server_that_still_tries_changes_nothing(session: Session) -> None:
    office, letter = sent(session)
    take_bounce(office, bounce(letter.message, action="delayed", status="4.4.1"))
    assert office.account().answered == 2


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff" * 50, b"Subject: hi\n\nhello", b"From: MAILER-DAEMON@x.org\n\nno letter named"]
)
def test_what_is_no_bounce_is_said(session: Session, content: bytes) -> None:
    office, letter = sent(session)
    with pytest.raises(NoBounce) as none:
        take_bounce(office, content)
    assert none.value.advice
    with pytest.raises(NoBounce):
        take_bounce(office, f"From: ada@example.org\n\nThank you for <{letter.message}@hospital.example>".encode())
    assert office.account().answered == 2


def test_a_bounce_of_another_workshop_is_said(session: Session) -> None:
    office, _letter = sent(session)
    with pytest.raises(NoBounce, match="another workshop"):
        take_bounce(office, bounce("ab" * 16))
