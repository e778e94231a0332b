"""How a simulated phone joins and speaks to each server that is measured."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from typing import Protocol
from urllib.parse import urlencode

from core.rehearsal.page import Page
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

    def live(self, phone: Phone, port: int) -> bytes:
        """The request for its live stream."""


class Floor:
    """tests/bench/floor.py: no identity, the words are the body."""

    async def join(self, port: int, index: int) -> Phone:
        """Nothing but a connection."""
        return Phone(await connect_poster(port), self.request)

    def live(self, phone: Phone, port: int) -> bytes:
        """Everybody's stream is the same."""
        return b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    @staticmethod
    def request(text: str) -> bytes:
        """The words, and nothing else."""
        body = text.encode()
        return b"POST /note HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


class Sayback:
    """`main.py serve`, as the script of its page speaks to it: a first note makes the person."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.question = ""

    async def join(self, port: int, index: int) -> Phone:
        """A first note, which gives the cookie and the token."""
        poster = await connect_poster(port)
        self.question = self.question or await self.asked(port)
        start = token_hex(16)
        answer = await poster.send(self.note(port, "", f"Phone {index} is here", start=start))
        if answer.status != 200:
            raise ConnectionError(f"phone {index} was not let in: {answer.status} {answer.body[:200]!r}")
        cookie = answer.header("set-cookie").partition(";")[0]
        token = json.loads(answer.body)["token"]
        return Phone(poster, lambda text: self.note(port, cookie, text, token=token), cookie)

    async def asked(self, port: int) -> str:
        """The id of the question, from the page."""
        poster = await connect_poster(port)
        answer = await poster.send(f"GET /{self.code}/q/1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        poster.transport.close()
        form = Page.read(answer.body.decode()).form
        if form is None:
            raise ConnectionError(f"no page to write on: {answer.status}")
        return form.fields["question"]

    def live(self, phone: Phone, port: int) -> bytes:
        """The stream of the page."""
        return (
            f"GET /{self.code}/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {phone.cookie}\r\n"
            "Accept: text/event-stream\r\n\r\n"
        ).encode()

    def note(self, port: int, cookie: str, text: str, **proof: str) -> bytes:
        """A note as fetch sends it."""
        fields = {"text": text, "question": self.question, "id": token_hex(16), **proof}
        body = urlencode(fields).encode()
        head = (
            f"POST /{self.code}/note HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            f"Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n{f'Cookie: {cookie}' if cookie else 'X-First: 1'}\r\n\r\n"
        )
        return head.encode() + body


def target_named(name: str, code: str) -> Target:
    """The target of the command line."""
    return Sayback(code) if name == "sayback" else Floor()
