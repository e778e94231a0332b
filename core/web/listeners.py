"""The participants' listening sockets, one for each address, which come and go with the addresses."""

import asyncio
import logging
import os
import socket
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

import uvicorn

from core.base.errors import WorkshopError
from core.base.language import _

logger = logging.getLogger("sayback.web")

PORTS_TRIED = 50
QUEUE = 2048
"""So many phones may knock at the same moment."""
AT_A_TIME = 4
"""So many of them are let in in each round of the loop. Hanging up on one that is too many takes some rounds; with more
at a time these alone used up the descriptors of a process that may have 128."""
ROUNDS_TO_ARRIVE = 4
"""So many rounds of the loop until a connection that was just accepted is known."""


class NoPort(WorkshopError):
    """No port is free."""

    def __init__(self) -> None:
        super().__init__(
            _("Phones cannot reach this laptop: no port is free."), _("Close other programs, or choose another port.")
        )


class Listeners:
    """Bound on any thread; the server's loop takes copies. All addresses have one port where it is free at all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, socket.socket] = {}

    def begin(self, hosts: Sequence[str], port: int) -> None:
        """Listen at all of these on one port: this one, or else another. Raises NoPort."""
        sockets = next(filter(None, (bound(hosts, candidate) for candidate in ports_from(port))), None)
        if sockets is None:
            raise NoPort
        with self._lock:
            self._open = dict(zip(hosts, sockets, strict=True))

    def follow(self, hosts: Sequence[str]) -> None:
        """Listen at these from now on. What stays is not touched; a new one takes our port, or another where a stranger
        has it there. One that is gone again just now is left out: ask again soon."""
        port = self.port_of("")
        new = {host: _bound_somewhere(host, port) for host in hosts if host not in self._open}
        found = {host: sock for host, sock in new.items() if sock is not None}
        with self._lock:
            gone = [sock for host, sock in self._open.items() if host not in hosts]
            self._open = {host: sock for host, sock in {**self._open, **found}.items() if host in hosts}
        for sock in gone:
            sock.close()

    def port_of(self, host: str) -> int:
        """The port at this address; that of the others where it is not listened at."""
        with self._lock:
            sock = self._open.get(host) or next(iter(self._open.values()))
            return int(sock.getsockname()[1])

    def copies(self, known: Sequence[socket.socket]) -> tuple[dict[socket.socket, socket.socket], list[socket.socket]]:
        """Copies of those that are not known yet, and which of the known are gone."""
        with self._lock:
            now = list(self._open.values())
            return {sock: sock.dup() for sock in now if sock not in known}, [each for each in known if each not in now]

    def close(self) -> None:
        """Listen no more."""
        with self._lock:
            for sock in self._open.values():
                sock.close()


class ListeningServer(uvicorn.Server):
    """uvicorn's server, whose addresses may change while it runs: open connections stay."""

    def __init__(self, config: uvicorn.Config, listeners: Listeners) -> None:
        super().__init__(config)
        self._listeners = listeners
        self._doors: dict[socket.socket, asyncio.Server] = {}
        self._one_at_a_time = asyncio.Lock()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup([])
        await self.follow()

    async def follow(self) -> None:
        """Listen where the listeners do."""
        async with self._one_at_a_time:
            new, gone = self._listeners.copies(list(self._doors))
            await self._shut([self._doors.pop(sock) for sock in gone])
            for sock, copy in new.items():
                self._doors[sock] = await asyncio.get_running_loop().create_server(
                    self._protocol, sock=copy, backlog=AT_A_TIME
                )
                self.servers.append(self._doors[sock])
                copy.listen(QUEUE)    # asyncio has made the queue as short as what it accepts at a time

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._accept_no_more(self.servers)
        await super().shutdown(sockets)

    async def hang_up(self) -> None:
        """Close what is still open, also after a break: the next run gets nothing from this one."""
        await self._shut(list(self._doors.values()))
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await rounds()

    async def _shut(self, doors: Sequence[asyncio.Server]) -> None:
        await self._accept_no_more(doors)
        for door in doors:
            door.close()
            if door in self.servers:
                self.servers.remove(door)

    async def _accept_no_more(self, doors: Iterable[asyncio.Server]) -> None:
        """Leave new ones in the queue, and wait for those just accepted: asyncio loses a connection whose listener
        closes before it has arrived."""
        for sock in (sock for door in doors for sock in door.sockets):
            with suppress(NotImplementedError):    # Windows accepts in another way
                asyncio.get_running_loop().remove_reader(sock.fileno())
        await rounds()

    def _protocol(self) -> asyncio.Protocol:
        made: type[asyncio.Protocol] = self.config.http_protocol_class
        return made(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)  # type: ignore[call-arg]


async def rounds() -> None:
    """Let the loop finish what it has begun."""
    for _round in range(ROUNDS_TO_ARRIVE):
        await asyncio.sleep(0)


def ports_from(port: int) -> Iterator[int]:
    """The ports to try: the wanted one, the next ones, then any that is free."""
    if port:
        yield from range(port, min(port + PORTS_TRIED, 65_536))
    for _attempt in range(PORTS_TRIED):    # free at one address does not mean free at the other
        yield 0


def bound(hosts: Sequence[str], port: int) -> list[socket.socket]:
    """Listening sockets on one port at all these addresses; none where it is busy at one of them."""
    sockets: list[socket.socket] = []
    for host in hosts:
        sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        sockets.append(sock)
        try:
            if sock.family is socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            if os.name == "posix":    # elsewhere it would let two programs share a port
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((host, port))
            sock.listen(QUEUE)
        except OSError:
            for each in sockets:
                each.close()
            return []
        port = port or int(sock.getsockname()[1])
    return sockets


def _bound_somewhere(host: str, port: int) -> socket.socket | None:
    return next((sockets[0] for each in ports_from(port) if (sockets := bound([host], each))), None)
