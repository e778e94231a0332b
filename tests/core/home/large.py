"""A home that something happens to in the middle of the day: one process with its files, or two instances over a
PostgreSQL with a synchronous standby, and a balancer before their gates."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import Protocol

from core.home.shared import SharedInvitations
from core.home.shelf import invitations_of
from core.store.postgres.door import opened
from tests.core.home.online import Relay, carry
from tests.core.home.processes import a_process
from tests.postgres import READY, ROLE, Server, a_server
from tests.threads import serving_aside


@dataclass(frozen=True)
class Pair:
    """A primary, and the standby that takes its place."""

    primary: Server
    standby: Server

    @property
    def address(self) -> str:
        """Both hosts, as packaging/online.md says."""
        hosts = f"127.0.0.1:{self.primary.port},127.0.0.1:{self.standby.port}"
        return f"postgresql://{ROLE}@{hosts}/{READY}"

    def fails_over(self) -> None:
        """kill -9 of the one; the other is promoted."""
        self.primary.kill()
        self.standby.control("promote")


@contextmanager
def a_pair() -> Iterator[Pair]:
    """Both at work, until the test is done with them."""
    with a_server() as primary, primary.standby() as standby:
        yield Pair(primary, standby)


class Instance(Protocol):
    """Where one instance of a home is found."""

    @property
    def people(self) -> str:
        """Its pages."""

    @property
    def desks(self) -> str:
        """Its gate."""


class Balancer(Relay):
    """Passes each connection on to whichever of these instances answers, to each in turn."""

    def __init__(self, *bases: str) -> None:
        super().__init__()
        self._ports = [int(base.rpartition(":")[2]) for base in bases]
        self._turns = cycle(range(len(bases)))

    @property
    def base(self) -> str:
        """What is asked in place of the instances."""
        return f"http://127.0.0.1:{self.port}"

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with ExitStack() as opened, suppress(OSError):
            opened.callback(writer.transport.abort)
            theirs, ours = await self._somebody()
            opened.callback(ours.transport.abort)
            ways = [asyncio.ensure_future(carry(reader, ours)), asyncio.ensure_future(carry(theirs, writer))]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)

    async def _somebody(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Raises OSError where none of them answers."""
        turn = next(self._turns)
        *others, last = self._ports[turn:] + self._ports[:turn]
        for port in others:
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port)
        return await asyncio.open_connection("127.0.0.1", last)


@contextmanager
def balanced(*bases: str) -> Iterator[Balancer]:
    """Until the test is done with it."""
    balancer = Balancer(*bases)
    with serving_aside(balancer.serve, "balancer"):
        yield balancer


@dataclass(frozen=True)
class Home:
    """Where people and desks come, whatever is behind it."""

    people: tuple[str, ...]
    """They may come to any; the last goes on whatever happens."""
    desks: str
    invites: Callable[..., str]
    """A code for a desk, by its role, workshop and venue."""
    suffers: Callable[[], None]
    """What happens to it: nobody is told."""
    database: str = ""


@contextmanager
def a_small_home(folder: Path) -> Iterator[Home]:
    """One process. It is killed, and started again."""
    with a_process(folder) as process:

        def suffers() -> None:
            process.end(signal.SIGKILL)
            process.start()

        yield Home((process.people,), process.desks, invitations_of(process.data).make, suffers)


@contextmanager
def a_large_home(folder: Path) -> Iterator[Home]:
    """Two instances. One is killed for good, and so is the primary; the standby is promoted."""
    folder.mkdir()
    with (
        a_pair() as pair, opened(pair.address) as ledger,
        a_process(folder / "one", pair.address) as one, a_process(folder / "other", pair.address) as other,
    ):  # fmt: skip

        def suffers() -> None:
            one.end(signal.SIGKILL)
            pair.fails_over()

        with before(one, other, SharedInvitations(ledger).make, suffers) as home:
            yield replace(home, database=pair.address)


@contextmanager
def before(one: Instance, other: Instance, invites: Callable[..., str], suffers: Callable[[], None]) -> Iterator[Home]:
    """Two instances of one home; desks come through a balancer."""
    with balanced(one.desks, other.desks) as desks:
        yield Home((one.people, other.people), desks.base, invites, suffers)
