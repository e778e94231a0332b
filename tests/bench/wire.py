"""HTTP as thin as it can be, on raw sockets: the load generator must not be what is measured."""

import asyncio
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

Seen = Callable[[int, float], None]

MARK = re.compile(rb"zq(\d{7})qz")
"""A note's number in its text: letters and digits only, so that no escaping changes it."""
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def marked(number: int) -> str:
    """About 90 signs, as people write."""
    return f"zq{number:07d}qz We would like more places where young and old people can meet in the evening."


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """A header's value; empty where it is missing."""
        found = re.search(rb"\r\n" + name.encode() + rb": *([^\r]*)", self.head, re.IGNORECASE)
        return found.group(1).decode("latin-1") if found else ""


class Stream(asyncio.Protocol):
    """A phone's live stream. A watching one reports each note it sees; the others only take the bytes."""

    def __init__(self, request: bytes, seen: Seen | None) -> None:
        self.request = request
        self.seen = seen
        self.tail = b""
        self.received = 0
        self.open = False
        self.lost = False
        self.opened = asyncio.get_running_loop().create_future()
        self.now = asyncio.get_running_loop().time

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if not self.open:
            self.open = True
            if b" 200 " not in data[:20]:
                self.opened.set_exception(ConnectionError(data[:200].decode("latin-1")))
                return
            self.opened.set_result(None)
        self.received += len(data)
        if self.seen is not None:
            self.look(data, self.seen)

    def look(self, data: bytes, seen: Seen) -> None:
        """Report each mark; one cut in two by the network is found with what comes next."""
        now = self.now()
        data = self.tail + data
        for number in MARK.findall(data):
            seen(int(number), now)
        self.tail = data[-10:]

    def connection_lost(self, error: Exception | None) -> None:
        self.lost = True


class Poster(asyncio.Protocol):
    """A phone's connection for sending: one request at a time, the next waits for the answer."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[bytes, asyncio.Future[Answer]]] = deque()
        self.current: asyncio.Future[Answer] | None = None
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def send(self, request: bytes) -> asyncio.Future[Answer]:
        """Send it, now or when those before it were answered."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.waiting.append((request, answer))
        self.next()
        return answer

    def next(self) -> None:
        """Send what waits, if nothing is under way."""
        if self.current is None and self.waiting:
            request, self.current = self.waiting.popleft()
            self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        length = LENGTH.search(head) if found else None
        size = int(length.group(1)) if length else 0
        if not found or len(body) < size or self.current is None:
            return
        self.buffer = body[size:]
        answered, self.current = self.current, None
        answered.set_result(Answer(int(head[9:12]), head, body[:size]))
        self.next()

    def connection_lost(self, error: Exception | None) -> None:
        left = [answer for _, answer in self.waiting] + ([self.current] if self.current else [])
        for answer in left:
            answer.set_exception(error or ConnectionError("the server closed the connection"))
        self.waiting.clear()
        self.current = None


async def connect_stream(port: int, request: bytes, seen: Seen | None) -> Stream:
    """A stream that has had its first bytes."""
    loop = asyncio.get_running_loop()
    _, stream = await loop.create_connection(lambda: Stream(request, seen), "127.0.0.1", port)
    await asyncio.wait_for(stream.opened, 20)
    return stream


async def connect_poster(port: int) -> Poster:
    """An open connection for sending."""
    loop = asyncio.get_running_loop()
    _, poster = await loop.create_connection(Poster, "127.0.0.1", port)
    return poster
