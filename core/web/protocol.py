"""One connection: uvicorn's httptools protocol with the caps, deadlines and refusals it lacks, and one write an answer.

What it rests on inside uvicorn is named in tests/web/test_uvicorn.py, which fails when that changes.
"""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from core.base.answers import Headers, whole_answer
from core.web.live import WIRE
from core.web.lobby import NEVER, Lobby

TARGET_AT_MOST = 2048
HEADERS_AT_MOST = 100
HEADER_BYTES_AT_MOST = 16 * 1024
WAITING_AT_MOST = 8
"""So many requests may come before the first was answered. No browser sends even two."""
VERSIONS = frozenset({"1.0", "1.1"})
Refusals = Mapping[int, bytes]


class Unwanted(Exception):
    """No page of ours sends this; goes through the parser back to `data_received`."""


class Gathered(asyncio.Transport):
    """A connection whose writes of one round of the loop go out together: head and body are one packet."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop, linger: float) -> None:
        """`linger`: so many seconds somebody who still sends has to read why that is of no use."""
        super().__init__()
        self.still_sends = False
        self._transport = transport
        self._loop = loop
        self._linger = linger
        self._parts: list[bytes | bytearray | memoryview] = []
        self._closing = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if data and not self._closing:
            if not self._parts:
                self._loop.call_soon(self.flush)
            self._parts.append(data)

    def send_now(self, data: bytes) -> None:
        """Write without waiting for the end of the round."""
        if not self._closing:
            self.flush()
            self._transport.write(data)

    def unsent(self) -> int:
        """What the other side has not taken yet."""
        return self._transport.get_write_buffer_size()

    def flush(self) -> None:
        """Send what was gathered."""
        if self._parts:
            whole = b"".join(self._parts)
            self._parts.clear()
            self._transport.write(whole)

    def close(self) -> None:
        """Hang up. Who still sends is given a moment: hung up on at once, they would lose our answer."""
        if self.is_closing():
            return
        self.flush()
        self._closing = True
        if self.still_sends and self._transport.can_write_eof():
            self._transport.pause_reading()
            self._transport.write_eof()
            self._loop.call_later(self._linger, self._transport.abort)
        else:
            self._transport.close()

    def abort(self) -> None:
        self._parts.clear()
        self._closing = True
        self._transport.abort()

    def is_closing(self) -> bool:
        return self._closing or self._transport.is_closing()

    def pause_reading(self) -> None:
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        if not self._closing:
            self._transport.resume_reading()

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self._transport.get_extra_info(name, default)


class DoorProtocol(HttpToolsProtocol):
    """One connection. `due` is when its time is up: 5 s for a head, 15 s for a body (60 s with a photo in it), 30 s
    between two requests; an answer may take its time (a stream never ends)."""

    def __init__(self, *arguments: Any, lobby: Lobby, refusals: Refusals, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.address = ""
        self.due = NEVER
        self._lobby = lobby
        self._deadlines = lobby.deadlines
        self._refusals = refusals
        self._unheard = 0
        self._status = 400
        self._in_body = False

    def connection_made(self, transport: asyncio.Transport) -> None:    # type: ignore[override]    # as uvicorn does
        self._wire = Gathered(transport, self.loop, self._deadlines.linger)
        self.app_state = {**self.app_state, WIRE: self._wire}
        super().connection_made(self._wire)
        self.address = self.client[0] if self.client else ""
        self.due = self._lobby.now() + self._deadlines.head
        if not self._lobby.let_in(self):
            self._wire.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lobby.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """`_unheard` counts what the parser keeps to itself: it has no end of its own for a head that never ends."""
        if self._wire.is_closing():
            return
        self._unheard += len(data)
        super().data_received(data)
        if self._unheard > TARGET_AT_MOST + HEADER_BYTES_AT_MOST and not self._wire.is_closing():
            self._refuse(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.due = self._lobby.now() + self._deadlines.head
        self._wire.still_sends = True

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > TARGET_AT_MOST:
            self._give_up(414)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_body or len(self.headers) == HEADERS_AT_MOST:
            self._give_up(400 if self._in_body else 431)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._look_at_head()
        self._unheard = 0
        self._in_body = True
        is_photo = self.url.endswith(b"/photo")
        self.due = self._lobby.now() + (self._deadlines.photo if is_photo else self._deadlines.body)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unheard = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._unheard = 0
        self._in_body = self._wire.still_sends = False
        self.due = self._lobby.now() + self._deadlines.idle if self.cycle.response_complete else NEVER

    def on_response_complete(self) -> None:
        if self.cycle.response_complete and not self._wire.still_sends:    # no other request has begun
            self.due = self._lobby.now() + self._deadlines.idle
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """The parser could not go on, or one of the looks above gave up."""
        self._refuse(self._status)

    def time_is_up(self) -> None:
        """Say so to who was in the midst of a request; hang up on the others, and on who does not read either."""
        if self._wire.still_sends and not self._wire.is_closing() and not self._wire.unsent():
            self._refuse(408)
        else:
            self._wire.abort()

    def _look_at_head(self) -> None:
        """Give up on what no browser sends and the parser lets through."""
        if sum(len(name) + len(value) for name, value in self.headers) > HEADER_BYTES_AT_MOST:
            self._give_up(431)
        is_plain = self.url.startswith(b"/") and self.parser.get_http_version() in VERSIONS
        if not is_plain or self.parser.should_upgrade() or len(self.pipeline) == WAITING_AT_MOST:
            self._give_up(400)

    def _give_up(self, status: int) -> None:
        self._status = status
        raise Unwanted

    def _refuse(self, status: int) -> None:
        """Say no, and hang up. Requests that came before, whole, have their answers instead."""
        self.due = NEVER
        self._wire.still_sends = True
        cycle = cast(RequestResponseCycle | None, self.cycle)    # there is none before the first head
        if cycle is None or cycle.response_complete:
            self._hang_up(b"" if self._in_body else self._refusals[status])    # in a body: has had its answer
        elif cycle.more_body:
            cycle.disconnected = True
            cycle.message_event.set()
            self._hang_up(b"" if cycle.response_started else self._refusals[status])
        else:
            cycle.keep_alive = False
            self._wire.pause_reading()

    def _hang_up(self, last_words: bytes) -> None:
        self._wire.write(last_words)
        self._wire.close()


def protocol_for(lobby: Lobby, refusals: Refusals) -> type[asyncio.Protocol]:
    """What makes the connections of one run; uvicorn only calls it."""
    return cast(type[asyncio.Protocol], partial(DoorProtocol, lobby=lobby, refusals=refusals))


def refusals(pages: Mapping[int, bytes], headers: Headers) -> Refusals:
    """Whole answers of the server to what never reaches the app."""
    kind = b"text/html; charset=utf-8"
    return {status: whole_answer(status, kind, pages.get(status, b""), headers) for status in (400, 408, 414, 431)}
