"""The gate's listener: TLS on a socket of its own, few connections, and nobody who takes for ever."""

import asyncio
import socket
import ssl
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from core.base.errors import WorkshopError
from core.base.language import _

USUAL_PORT = 8443
PORTS_TRIED = 50
CONNECTIONS_AT_MOST = 64
"""Far more than desks need: a link has two."""
HANDSHAKE_SECONDS = 5.0
PARTING_SECONDS = 0.5
"""So long a desk may take to say goodbye in TLS before the line is cut."""
REQUEST_SECONDS = 30.0
HEAD_AT_MOST = 16 * 1024
BACKLOG = 64


class NoPort(WorkshopError):
    """No port is free."""

    def __init__(self) -> None:
        super().__init__(
            _("Other desks cannot reach this laptop: no port is free."), _("Close other programs, then try again.")
        )


class DoorProtocol(HttpToolsProtocol):
    """One connection. A request has half a minute from its first byte to its last; before the first, and after an
    answer, uvicorn's own limit for idle ones holds."""

    connections_at_most = CONNECTIONS_AT_MOST

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._unheard = 0

    def connection_made(self, transport: asyncio.Transport) -> None:    # type: ignore[override]    # as uvicorn does
        super().connection_made(transport)
        if len(self.connections) > self.connections_at_most:
            transport.abort()
        self._hurry(HANDSHAKE_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._no_hurry()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """The parser has no end of its own for a head that never ends."""
        self._unheard += len(data)
        super().data_received(data)
        if self._unheard > HEAD_AT_MOST and not self.transport.is_closing():
            self.transport.abort()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._hurry(REQUEST_SECONDS)

    def on_headers_complete(self) -> None:
        self._unheard = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unheard = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._unheard = 0
        self._no_hurry()
        super().on_message_complete()

    def _hurry(self, seconds: float) -> None:
        self._no_hurry()
        self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _no_hurry(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()


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
