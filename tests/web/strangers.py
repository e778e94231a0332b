"""Strangers on raw sockets: what no browser sends, byte for byte."""

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from tests.web.phones import Place

SECONDS = 10.0
FORM = "application/x-www-form-urlencoded"
SECURITY: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "x-robots-tag": "noindex",
}
POLICY = (
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:", "form-action 'self'",
    "base-uri 'none'", "frame-ancestors 'none'",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What came back until the server hung up or had said it all; the status is 0 where that was nothing."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def read(cls, sent: bytes) -> "Answer":
        head, _, body = sent.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        named = (line.partition(": ") for line in lines)
        status = int(first.split(" ")[1]) if first else 0
        return cls(status, {name.lower(): value for name, _, value in named}, body)

    @property
    def is_guarded(self) -> bool:
        """Whether it carries what is on every answer, and does not say what serves."""
        policy = self.headers.get("content-security-policy", "").split("; ")
        return (
            self.headers.items() >= SECURITY.items() and set(policy) >= set(POLICY) and "server" not in self.headers
        )


@contextmanager
def connected(place: Place, source: str = "127.0.0.1") -> Iterator[socket.socket]:
    """A connection of one's own."""
    to = ("127.0.0.1", place.server.join.port)
    with closing(socket.create_connection(to, SECONDS, (source, 0))) as sock:
        yield sock


def heard(sock: socket.socket, most: int = 1_000_000) -> bytes:
    """Everything until the server hangs up."""
    said = b""
    with suppress(ConnectionResetError):
        while len(said) < most and (part := sock.recv(65_536)):
            said += part
    return said


def heard_once(sock: socket.socket) -> Answer:
    """One answer, on a connection that stays open."""
    sent = b""
    while b"\r\n\r\n" not in sent and (part := sock.recv(65_536)):
        sent += part
    length = re.search(rb"content-length: (\d+)", sent, re.IGNORECASE)
    while length and len(sent.partition(b"\r\n\r\n")[2]) < int(length[1]) and (part := sock.recv(65_536)):
        sent += part
    return Answer.read(sent)


def host(place: Place) -> str:
    return f"Host: 127.0.0.1:{place.server.join.port}"


def request(*lines: str, body: bytes = b"") -> bytes:
    """These lines as a head."""
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def asked(place: Place, *lines: str, body: bytes = b"") -> Answer:
    """The answer to one request on a connection of its own."""
    return asked_raw(place, request(*lines, body=body))


def asked_raw(place: Place, sent: bytes) -> Answer:
    """The answer to these bytes."""
    with connected(place) as sock:
        with suppress(ConnectionResetError, BrokenPipeError):
            sock.sendall(sent)
        return heard_once(sock)
