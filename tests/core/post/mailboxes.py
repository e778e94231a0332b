"""A real mail server on this machine, which does as it is told: takes letters, refuses some, hangs up, dies."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from core.base.mail import MailServer, Security

HOST = "127.0.0.1"
SECONDS = 10.0


@dataclass
class Mailboxes:
    """What was taken, in order; and what is done to others. `later` gets 451 so often, `hangs_up_in` breaks the line
    while this letter is handed over, `dies_after` so many letters refuses every line from then on."""

    refused: frozenset[str] = frozenset()
    later: dict[str, int] = field(default_factory=dict)
    hangs_up_in: set[str] = field(default_factory=set)
    dies_after: int | None = None
    at_step: Callable[[str, str], None] = lambda step, to: None
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)

    @property
    def count(self) -> Counter[str]:
        """How many letters lie in each mailbox."""
        return Counter(to for to, _letter in self.taken)

    @property
    def is_dead(self) -> bool:
        return self.dies_after is not None and len(self.taken) >= self.dies_after

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.is_dead:
            _hang_up(server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.at_step("rcpt", address)
        if address in self.refused:
            return f"550 5.1.1 <{address}> no such person here"
        if self.later.get(address, 0) > 0:
            self.later[address] -= 1
            return "451 4.7.1 please try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        [to] = envelope.rcpt_tos
        self.at_step("data", to)
        if to in self.hangs_up_in:
            self.hangs_up_in.discard(to)
            _hang_up(server)
            return "451 gone"
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append((to, message_from_bytes(content, policy=policy.default)))
        self.at_step("taken", to)
        return "250 OK"


@contextmanager
def mail_server(mailboxes: Mailboxes, **options: Any) -> Iterator[MailServer]:
    """The server, running in a thread of its own; and how a desk reaches it."""
    loop = asyncio.new_event_loop()
    lines: list[SMTP] = []

    def answer() -> SMTP:
        lines.append(SMTP(mailboxes, hostname=HOST, loop=loop, **options))
        return lines[-1]

    thread = threading.Thread(target=loop.run_forever, name="mail-server")
    thread.start()
    server = asyncio.run_coroutine_threadsafe(
        loop.create_server(answer, HOST, 0), loop
    ).result(SECONDS)
    try:
        port = server.sockets[0].getsockname()[1]
        yield MailServer(
            host=HOST, port=port, security=Security.NONE, sender="team@hospital.example", name="Involvement Team"
        )
    finally:
        asyncio.run_coroutine_threadsafe(_end(server, lines), loop).result(SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(SECONDS)
        loop.close()


async def _end(server: asyncio.Server, lines: list[SMTP]) -> None:
    server.close()
    handlers = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for line in lines:
        if line.transport is not None:
            _hang_up(line)
    for task in handlers:
        task.cancel()
    await asyncio.gather(*handlers, return_exceptions=True)
    await asyncio.sleep(0)    # what was hung up is let go in the next turn of the loop


def _hang_up(server: SMTP) -> None:
    transport = server.transport
    assert isinstance(transport, asyncio.WriteTransport)
    transport.abort()
