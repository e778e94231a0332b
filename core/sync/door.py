"""The gate's listener: TLS on a socket of its own, few connections, nobody who takes for ever, guarded answers.

What it rests on inside uvicorn is named in tests/web/test_uvicorn.py, which fails when that changes.
"""

import asyncio
import socket
import ssl
from collections.abc import Mapping
from functools import partial
from typing import Any, cast

import uvicorn
from msgspec import json
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from core.base.answers import Headers, guarded, whole_answer
from core.base.errors import WorkshopError
from core.base.language import _

USUAL_PORT = 8443
PORTS_TRIED = 50
CONNECTIONS_AT_MOST = 64
"""Far more than desks need: a link has two."""
HANDSHAKE_SECONDS = 5.0
PARTING_SECONDS = 0.5
"""So long a desk may take to say goodbye in TLS before the line is cut."""
HEAD_SECONDS = 5.0
REQUEST_SECONDS = 30.0
HEAD_AT_MOST = 16 * 1024
BACKLOG = 64
WHY = {400: "not understood", 408: "too slow", 431: "too large"}
"""What is said where no app was ever asked."""


class NoPort(WorkshopError):
    """No port is free."""

    def __init__(self) -> None:
        super().__init__(
            _("Other desks cannot reach this laptop: no port is free."), _("Close other programs, then try again.")
        )


class DoorProtocol(HttpToolsProtocol):
    """One connection. A head has five seconds from its first byte, what follows half a minute; so has who says nothing
    before the first, and after an answer. An answer may take its time (a stream never ends)."""

    def __init__(self, *arguments: Any, most: int, refusals: Mapping[int, bytes], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._most, self._refusals = most, refusals
        self._deadline: asyncio.TimerHandle | None = None
        self._unheard = 0
        self._still_sends = self._in_body = False

    def connection_made(self, transport: asyncio.Transport) -> None:    # type: ignore[override]    # as uvicorn does
        super().connection_made(transport)
        if len(self.connections) > self._most:
            transport.abort()
        self._hurry(HANDSHAKE_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._no_hurry()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """The parser has no end of its own for a head that never ends."""
        if self.transport.is_closing():
            return
        self._unheard += len(data)
        super().data_received(data)
        if self._unheard > HEAD_AT_MOST and not self.transport.is_closing():
            self._refuse(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._still_sends = True
        self._hurry(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._unheard = 0
        self._in_body = True
        self._hurry(REQUEST_SECONDS)

    def on_body(self, body: bytes) -> None:
        self._unheard = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._unheard = 0
        self._still_sends = self._in_body = False
        super().on_message_complete()
        if self.cycle.response_complete:
            self._hurry(self.timeout_keep_alive)
        else:
            self._no_hurry()

    def on_response_complete(self) -> None:
        """uvicorn's own timer for who pauses is stopped by a single empty line."""
        if self.cycle.response_complete and not self._still_sends:    # no other request has begun
            self._hurry(self.timeout_keep_alive)
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """The parser could not go on."""
        self._refuse(400)

    def _hurry(self, seconds: float) -> None:
        self._no_hurry()
        self._deadline = self.loop.call_later(seconds, self._time_is_up)

    def _no_hurry(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()

    def _time_is_up(self) -> None:
        if self.transport.is_closing() or self.transport.get_write_buffer_size():
            self.transport.abort()
        elif self._still_sends:
            self._refuse(408)
        else:
            self.transport.close()

    def _refuse(self, status: int) -> None:
        """Say no, and hang up; nothing is said in the midst of an answer, nor after it."""
        cycle = cast(RequestResponseCycle | None, self.cycle)    # there is none before the first head
        if cycle is not None and (cycle.response_started if self._in_body else not cycle.response_complete):
            self.transport.abort()
            return
        if cycle is not None and self._in_body:
            cycle.disconnected = True
        self.transport.write(self._refusals[status])
        self.transport.close()
        self._hurry(PARTING_SECONDS)


def protocol_for(most: int, headers: Headers) -> type[asyncio.Protocol]:
    """What makes the connections of one run, at most so many at once; uvicorn only calls it."""
    refusals = {
        status: whole_answer(status, b"application/json", json.encode({"why": why}), headers)
        for status, why in WHY.items()
    }
    return cast(type[asyncio.Protocol], partial(DoorProtocol, most=most, refusals=refusals))


class Guarded:
    """The app, with these headers on each of its answers."""

    def __init__(self, app: ASGIApp, headers: Headers) -> None:
        self._app, self._headers = app, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = guarded(message.get("headers", []), self._headers)
            await send(message)

        await self._app(scope, receive, send_guarded)


class TlsServer(uvicorn.Server):
    """uvicorn's server on one socket that was bound before. What connects and then says nothing has five seconds."""

    def __init__(self, config: uvicorn.Config, listener: socket.socket, context: ssl.SSLContext) -> None:
        super().__init__(config)
        self._listener, self._context = listener, context

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup([])
        copy = self._listener.dup()
        self.servers.append(
            await asyncio.get_running_loop().create_server(
                self._protocol, sock=copy, ssl=self._context, ssl_handshake_timeout=HANDSHAKE_SECONDS,
                ssl_shutdown_timeout=PARTING_SECONDS, backlog=BACKLOG,
            )
        )  # fmt: skip

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """What is left after that has not even shaken hands. (Python 3.13 has `abort_clients` for it.)"""
        await super().shutdown(sockets)
        loop = asyncio.get_running_loop()
        for transport in list(getattr(loop, "_transports", {}).values()):
            transport.abort()
        await asyncio.sleep(0)    # so that each is told

    def _protocol(self) -> asyncio.Protocol:
        made: type[asyncio.Protocol] = self.config.http_protocol_class
        return made(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)  # type: ignore[call-arg]


def listener_on(host: str, port: int) -> socket.socket:
    """A socket that listens at this address (empty: at all of them), on this port or else on another. Raises NoPort."""
    for candidate in (*range(port, min(port + PORTS_TRIED, 65_536)), 0) if port else (0,):
        try:
            return _bound(host, candidate)
        except OSError:
            continue
    raise NoPort


def _bound(host: str, port: int) -> socket.socket:
    if host == "" and socket.has_dualstack_ipv6():
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=BACKLOG)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)
