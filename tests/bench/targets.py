"""How a simulated phone joins and speaks to each server that is measured."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.bench.wire import Answer, Poster, connect_poster


@dataclass(frozen=True, slots=True)
class Phone:
    """A joined phone; `request` turns words into the bytes it sends."""

    poster: Poster
    request: Callable[[str], bytes]
    cookie: str = ""

    def say(self, text: str) -> "asyncio.Future[Answer]":
        """Send a note; the future has what came back."""
        return self.poster.send(self.request(text))


class Target(Protocol):
    """A server that can be measured."""

    async def join(self, port: int, index: int) -> Phone:
        """One more phone."""

    def live(self, phone: Phone) -> bytes:
        """The request for its live stream."""


class Floor:
    """tests/bench/floor.py: no identity, the words are the body."""

    async def join(self, port: int, index: int) -> Phone:
        """Nothing but a connection."""
        return Phone(await connect_poster(port), self.request)

    def live(self, phone: Phone) -> bytes:
        """Everybody's stream is the same."""
        return b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    @staticmethod
    def request(text: str) -> bytes:
        """The words, and nothing else."""
        body = text.encode()
        return b"POST /note HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def target_named(name: str, code: str) -> Target:
    """The target of the command line."""
    return Floor()
