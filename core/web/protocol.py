"""uvicorn's h11 protocol with our headers on its own refusals, and a cap on open connections."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from core.web.guard import SECURITY

PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]


def protocol_for(connections: int) -> type[asyncio.Protocol]:
    """The protocol of a server that holds so many connections at once."""

    class DoorProtocol(H11Protocol):
        """One connection."""

        def connection_made(self, transport: asyncio.Transport) -> None:    # type: ignore[override]    # as uvicorn does
            super().connection_made(transport)
            if len(self.connections) > connections:
                transport.close()

        def send_400_response(self, msg: str) -> None:
            response = h11.Response(status_code=400, headers=[*SECURITY, *PLAIN], reason=b"Bad Request")
            for event in (response, h11.Data(data=b""), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
            self.transport.close()

    return DoorProtocol


