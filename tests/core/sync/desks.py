"""Two desks on one machine: the first with its gate open, the second joined to it, each with files of its own."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.base.ids import DeskId
from core.base.join import LOOPBACK
from core.base.rates import Rate
from core.session import Session
from core.sync.certificate import certificate_in, certificate_of
from core.sync.gate import GUEST_RATE
from core.sync.gateway import Gateway
from core.sync.joining import join
from core.sync.known import Home, Homes
from core.sync.link import Link
from core.sync.pairing import Pairing, Stage
from core.sync.roles import Role
from core.sync.standing import Way
from tests.core.workshops import ANN, BEN, PARK, SECONDS, Remembered

NAME = "Ben’s laptop"


class Patience:
    """Somebody who goes on waiting, though not for ever."""

    def __init__(self) -> None:
        self._until = time.monotonic() + 2 * SECONDS

    def __call__(self, seconds: float) -> bool:
        return threading.Event().wait(min(seconds, 0.05)) or time.monotonic() > self._until


def until(
    condition: Callable[[], bool], what: str = "what was waited for did not come", seconds: float = SECONDS
) -> None:
    """Wait until this is so. A desk whose home was away for long comes back after up to half a minute."""
    wait = threading.Event()
    for _ in range(round(seconds / 0.01)):
        if condition():
            return
        wait.wait(0.01)
    raise AssertionError(what)


@dataclass
class First:
    """The first desk: its session is the home, its gate is open."""

    folder: Path
    session: Session
    memory: Remembered = field(default_factory=Remembered)
    port: int = 0
    rate: Rate = GUEST_RATE

    def __post_init__(self) -> None:
        self.gateway = self.opened()

    def opened(self) -> Gateway:
        gateway = Gateway(self.session, self.folder / "known", host=LOOPBACK, port=self.port, rate=self.rate)
        gateway.start()
        self.port = gateway.port
        return gateway

    @property
    def address(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    def restart_gate(self) -> None:
        self.gateway.stop()
        self.gateway = self.opened()

    def close(self) -> None:
        self.gateway.stop()
        self.session.close()


def says(pairing: Pairing, role: Role | None) -> threading.Thread:
    """Somebody at the first desk who answers as soon as a desk asks."""

    def answer() -> None:
        until(lambda: pairing.stage is Stage.ASKED, "nobody asked")
        pairing.answer(role)

    thread = threading.Thread(target=answer, name="at the first desk")
    thread.start()
    return thread


def paired(first: First, desk: DeskId = BEN, role: Role = Role.FACILITATOR, name: str = NAME) -> Home:
    """What the second desk knows once it was let in."""
    pairing = first.gateway.open_pairing()
    answering = says(pairing, role)
    home = join(first.address, pairing.code, desk, name, Patience())
    answering.join()
    assert home is not None
    return home


def let_in(first: First, desk: DeskId = BEN, role: Role = Role.FACILITATOR, name: str = NAME) -> Home:
    """The same, without a code to prove: that takes long on purpose. Tests of pairing say that it is the same."""
    token = first.gateway.guests.let_in(desk, name, role)
    certificate = certificate_of(certificate_in(first.folder / "known"))
    session = first.session
    return Home(session.workshop_id, LOOPBACK, first.port, certificate, token, role, session.board.title())


@dataclass
class Second:
    """The second desk: its file, and its link."""

    path: Path
    desk: DeskId
    home: Home
    memory: Remembered = field(default_factory=Remembered)

    def __post_init__(self) -> None:
        self.session = Session.join(self.path, self.home.workshop, self.desk, memory=self.memory)
        self.link = self.linked()

    def linked(self) -> Link:
        link = Link(self.session, self.home, chance=lambda: 0.0)
        link.start()
        return link

    def reopen(self) -> None:
        """After `close`: as it is on disk."""
        self.session = Session.open(self.path, self.desk, memory=self.memory)
        self.link = self.linked()

    def meets(self, home: Home) -> None:
        """Another address, or another pairing."""
        self.link.stop()
        self.home = home
        self.link = self.linked()

    def is_on(self) -> bool:
        """The file is asked: the link hears a moment later of what is saved."""
        return self.link.state.way is Way.ON and not self.session.unsent().result(SECONDS)

    def close(self) -> None:
        self.link.stop()
        self.session.close()


@contextmanager
def a_first_desk(folder: Path) -> Iterator[First]:
    """A workshop at the first desk, with its gate open."""
    folder.mkdir(parents=True, exist_ok=True)
    memory = Remembered()
    first = First(folder, Session.create(folder / "park.sayback", PARK, ANN, memory=memory), memory)
    try:
        yield first
    finally:
        first.close()


@contextmanager
def a_second_desk(folder: Path, home: Home, desk: DeskId = BEN) -> Iterator[Second]:
    """A desk that has joined, until the test is done with it."""
    folder.mkdir(parents=True, exist_ok=True)
    second = Second(folder / "park.sayback", desk, home)
    try:
        yield second
    finally:
        second.close()


def elsewhere(home: Home, port: int) -> Home:
    """The same home at another port."""
    return replace(home, port=port)


def are_alike(first: First, *seconds: Second) -> Callable[[], bool]:
    """Whether all have the same log, and nothing waits."""

    def alike() -> bool:
        mark = first.session.parcels.mark()
        sessions = [first.session, *(second.session for second in seconds)]
        return all(
            session.parcels.mark() == mark
            and not session.parcels.count_waiting()
            and session.board.seen.seq == mark.seq    # what is on disk is published a moment later
            for session in sessions
        )

    return alike


def homes_in(folder: Path) -> Homes:
    return Homes(folder / "known")
