"""uvicorn's h11 protocol with a cap on open connections, our headers on its refusals, and one write for each answer."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from core.web.guard import SECURITY
from core.web.live import WIRE

PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]


class Gathered(asyncio.Transport):
    """A connection whose writes of one round of the loop go out together: head and body are one packet."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes | bytearray | memoryview] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if data:
            if not self._parts:
                self._loop.call_soon(self.flush)
            self._parts.append(data)

    def send_now(self, data: bytes) -> None:
        """Write without waiting for the end of the round."""
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
        self.flush()
        self._transport.close()

    def abort(self) -> None:
        self._parts.clear()
        self._transport.abort()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def pause_reading(self) -> None:
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._transport.resume_reading()

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self._transport.get_extra_info(name, default)


def protocol_for(connections: int) -> type[asyncio.Protocol]:
    """The protocol of a server that holds so many connections at once."""

    class DoorProtocol(H11Protocol):
        """One connection."""

        def connection_made(self, transport: asyncio.Transport) -> None:    # type: ignore[override]    # as uvicorn does
            gathered = Gathered(transport, self.loop)
            self.app_state = {**self.app_state, WIRE: gathered}
            super().connection_made(gathered)
            if len(self.connections) > connections:
                transport.close()

        def send_400_response(self, msg: str) -> None:
            response = h11.Response(status_code=400, headers=[*SECURITY, *PLAIN], reason=b"Bad Request")
            for event in (response, h11.Data(data=b""), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
            self.transport.close()

    return DoorProtocol
