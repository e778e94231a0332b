"""Letters go over TLS to a server that is trusted, and to no other."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from core.base.mail import Security
from core.domain.delivery import State
from core.post.sending import Tally
from core.post.smtp import CannotSend, open_line
from core.session import Session
from core.sync.certificate import certificate_in, certificate_of, client_context
from tests.core.post.mailboxes import Mailboxes, mail_server
from tests.core.post.test_sending import crowd, send
from tests.core.workshops import made


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with made(tmp_path / "town.sayback") as session:
        yield session


def tls_of(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_letters_go_over_starttls_to_a_server_that_is_trusted(session: Session, tmp_path: Path) -> None:
    office = crowd(session, 2)
    office.begin()
    file = certificate_in(tmp_path)
    trusts = partial(open_line, trust=client_context(certificate_of(file)))
    mailboxes = Mailboxes()
    with mail_server(mailboxes, tls_context=tls_of(file), require_starttls=True) as server:
        assert send(office, replace(server, security=Security.STARTTLS), opens=trusts) == Tally(sent=2)
    assert len(mailboxes.taken) == 2


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(session: Session, tmp_path: Path) -> None:
    office = crowd(session, 1)
    office.begin()
    mailboxes = Mailboxes()
    tls = tls_of(certificate_in(tmp_path))
    with mail_server(mailboxes, tls_context=tls) as server, pytest.raises(CannotSend, match="prove who it is"):
        send(office, replace(server, security=Security.STARTTLS))
    assert mailboxes.taken == []
    assert office.deliveries()[0].state is State.QUEUED


def test_a_server_without_tls_gets_nothing(session: Session) -> None:
    office = crowd(session, 1)
    office.begin()
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server, pytest.raises(CannotSend) as refused:
        send(office, replace(server, security=Security.STARTTLS))
    assert refused.value.advice
    assert mailboxes.taken == []
