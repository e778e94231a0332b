"""Killed at every step of a letter: none is lost, none goes twice unasked, and at most one is unsure."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.base.mail import MailServer
from core.domain.delivery import Delivery, State
from core.post.office import Office, Ready
from core.post.sending import Sending
from core.post.smtp import Handed, Line, open_line
from core.session import Session
from tests.core.post.mailboxes import Mailboxes, mail_server
from tests.core.post.test_sending import AtOnce, crowd, mailbox
from tests.core.workshops import ANN, Clockwork, made

PEOPLE = 5
KILLED_AT = 3
"""The third letter of five."""
HOUSE = Path(__file__).parents[2]
STEPS = ("before claim", "after claim", "connect", "mail", "rcpt", "data", "after 250", "before commit")


class Killed(BaseException):
    """As SIGKILL: nobody catches it, and nothing is tidied up."""


class Dying(Office):
    """An office that dies at one step of one letter."""

    step = ""
    letters = 0

    def claim(self, ready: Ready) -> bool:
        self.letters += 1
        self._die("before claim")
        claimed = super().claim(ready)
        self._die("after claim")
        return claimed

    def settle(
        self, delivery: Delivery, state: State, why: str = "", of: Sequence[State] = (State.SENDING,)
    ) -> bool:
        self._die("before commit")
        return super().settle(delivery, state, why, of)

    def _die(self, step: str) -> None:
        if step == self.step and self.letters == KILLED_AT:
            raise Killed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "town.sayback"
    with made(file) as session:
        crowd(session, PEOPLE).begin()
    return file


@pytest.mark.parametrize("step", STEPS)
def test_a_death_at_any_step_loses_nothing_and_doubles_nothing(path: Path, step: str) -> None:
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        die_at(step, path, server, mailboxes)
        states = send_the_rest(path, server)
    unsure = [each for each in states if each is State.UNSURE]
    assert len(unsure) <= 1
    assert states.count(State.SENT) + len(unsure) == PEOPLE
    assert max(mailboxes.count.values()) == 1
    assert len(mailboxes.taken) >= states.count(State.SENT)
    assert bool(unsure) is (step != "before claim")


def die_at(step: str, path: Path, server: MailServer, mailboxes: Mailboxes) -> None:
    session = Session.open(path, ANN, clock=Clockwork())
    office = Dying(session)
    office.step = step

    def opens(server: MailServer, password: str) -> Line:
        line = open_line(server, password)
        return DyingLine(line, office, step)

    try:
        with pytest.raises(Killed):
            Sending(office, server, "", turns=AtOnce(), opens=opens, rest=0.0).run()
    finally:
        session.close()


class DyingLine:
    """A line to the server on which we die before or after a letter is handed in."""

    def __init__(self, line: Line, office: Dying, step: str) -> None:
        self._line, self._office, self._step = line, office, step

    def hand_in(self, message: object, sender: str, to: str) -> Handed:
        mine = self._office.letters == KILLED_AT
        if mine and self._step in ("connect", "mail"):
            raise Killed
        smtp = self._line._smtp    # type: ignore[attr-defined]
        if mine and self._step in ("rcpt", "data"):
            smtp.mail(sender, [])
            if self._step == "data":
                smtp.rcpt(to)
                smtp.docmd("DATA")
            raise Killed
        handed = self._line.hand_in(message, sender, to)    # type: ignore[arg-type]
        if mine and self._step == "after 250":
            raise Killed
        return handed

    def close(self) -> None:
        self._line._smtp.close()    # type: ignore[attr-defined]


def send_the_rest(path: Path, server: MailServer) -> list[State]:
    session = Session.open(path, ANN, clock=Clockwork())
    try:
        office = Office(session)
        office.begin()
        Sending(office, server, "", turns=AtOnce(), rest=0.0).run()
        return [each.state for each in office.deliveries()]
    finally:
        session.close()


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize("step", ["rcpt", "taken"])
def test_the_command_is_killed_while_it_sends(path: Path, step: str) -> None:
    """A real SIGKILL from where the server stands; what the next start says is true."""
    children: list[subprocess.Popen[bytes]] = []

    def kill(reached: str, to: str) -> None:
        if reached == step and len(children) == 1 and (step == "rcpt" or len(mailboxes.taken) == 2):
            os.kill(children.pop().pid, signal.SIGKILL)

    mailboxes = Mailboxes(at_step=kill)
    with mail_server(mailboxes) as server:
        words = ["--host", server.host, "--port", str(server.port), "--security", "none", "--from", server.sender]
        command = [sys.executable, "main.py", "send", str(path), "--go", "--pace", "600", *words]
        child = subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        children.append(child)
        assert child.wait(60) == -signal.SIGKILL
        states = send_the_rest(path, server)
    assert states.count(State.UNSURE) == 1
    assert states.count(State.SENT) == PEOPLE - 1
    assert max(mailboxes.count.values()) == 1
    assert set(mailboxes.count) <= {mailbox(number) for number in range(PEOPLE)}
