"""The participants' server: uvicorn on its own thread, on sockets bound beforehand, started again if it breaks."""

import asyncio
import logging
import os
import socket
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import uvicorn

from core.base.errors import WorkshopError
from core.base.faults import described
from core.base.join import LOOPBACK, addresses, join_url, public_join_url
from core.base.language import _
from core.session import Session
from core.web.app import Door
from core.web.guard import Hosts
from core.web.landing import Landing
from core.web.limits import Gates, Limits
from core.web.live import Hub
from core.web.pages import Pages
from core.web.people import People
from core.web.presence import Presence
from core.web.protocol import protocol_for
from core.web.room import Room
from core.web.static import Asset, read_assets

logger = logging.getLogger("sayback.web")

USUAL_PORT = 8000
PORTS_TRIED = 50
PORT_AS_KEPT = "port"
ANY_ADDRESS = "0.0.0.0"    # noqa: S104 - only compared with what was asked for
BACKLOG = 2048
KEEP_ALIVE_SECONDS = 75
RESTART_SECONDS = 0.5
STOP_SECONDS = 3.0
DESCRIPTORS = 8192
ROUNDS_TO_HANG_UP = 4
"""So many rounds of the loop until a connection that was just being accepted is there and gone again."""


class NoPort(WorkshopError):
    """No port is free."""

    def __init__(self) -> None:
        super().__init__(
            _("Phones cannot reach this laptop: no port is free."), _("Close other programs, or choose another port.")
        )


@dataclass(frozen=True, slots=True)
class Join:
    """How people come in; `url` is what the QR code holds."""

    url: str
    code: str
    port: int
    host: str


class ParticipantServer:
    """Serves one session to phones. `start` binds on the caller's thread; the rest runs on the server's own."""

    def __init__(
        self, session: Session, *, host: str | None = None, port: int | None = None, public: str | None = None,
        limits: Limits | None = None,
    ) -> None:  # fmt: skip
        """`port`: 0 is any free one, None the one of last time; a busy one gives way to the next."""
        self._session = session
        self._wanted = (host, port)
        self._public = public
        self._limits = limits or Limits()
        self._host = LOOPBACK
        self._sockets: list[socket.socket] = []
        self._assets: Mapping[str, Asset] = {}
        self._stopping = threading.Event()
        self._run: Run | None = None
        self._thread = threading.Thread(target=self._supervise, name="sayback-server", daemon=True)

    def start(self) -> None:
        """Bind and serve. Raises NoPort, NotSaved, and OSError where the pages' own files are missing: what can never
        work is not tried again and again."""
        raise_descriptor_limit()
        self._assets = read_assets()
        host, port = self._wanted
        if port is None:
            port = int(self._session.local(PORT_AS_KEPT).result() or USUAL_PORT)
        self._host, self._sockets = bind(host, port)
        self._session.set_local(PORT_AS_KEPT, str(self.join.port)).result()
        self._thread.start()

    @property
    def join(self) -> Join:
        """How people come in."""
        port = int(self._sockets[0].getsockname()[1])
        workshop = self._session.board.workshop
        code = workshop.code if workshop else ""
        url = public_join_url(self._public, code) if self._public else join_url(self._host, port, code)
        return Join(url, code, port, self._host)

    def here(self) -> int:
        """How many people are here now, as of a second ago at most; from any thread."""
        return self._run.here() if self._run else 0

    def stop(self, timeout: float = STOP_SECONDS) -> None:
        """Let what is under way be answered, end the streams, close the port."""
        self._stopping.set()
        for sock in self._sockets:
            sock.close()
        if self._run is not None:
            self._run.end()
        if self._thread.is_alive():
            self._thread.join(timeout)
        if self._thread.is_alive():
            logger.error("The server did not end in time.")

    def _supervise(self) -> None:
        """Serve until told to stop; what breaks is started again, on the same port."""
        while not self._stopping.is_set():
            self._run = run = Run(self._session, self._limits, self._public, self._assets)
            try:
                sockets = [sock.dup() for sock in self._sockets]
                run.serve(sockets)
            except Exception as fault:    # noqa: BLE001 - whatever it was, phones need a server; logged
                if not self._stopping.is_set():
                    logger.error("The server broke and is started again: %s", described(fault))
            self._stopping.wait(RESTART_SECONDS)


class Run:
    """One life of the server, with a loop of its own."""

    def __init__(self, session: Session, limits: Limits, public: str | None, assets: Mapping[str, Asset]) -> None:
        self._session = session
        self._limits = limits
        self._public = public
        self._assets = assets
        self._ending = False
        self._hub: Hub | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: uvicorn.Server | None = None

    def serve(self, sockets: Sequence[socket.socket]) -> None:
        """Until `end`, or until something breaks."""
        try:
            asyncio.run(self._serve(list(sockets)))
        finally:
            if self._hub is not None:
                self._hub.end()
            for sock in sockets:
                sock.close()

    def here(self) -> int:
        """How many people are here."""
        return self._hub.here if self._hub else 0

    def end(self) -> None:
        """From any thread: run out."""
        self._ending = True
        if self._loop is not None:
            with suppress(RuntimeError):    # it has ended already
                self._loop.call_soon_threadsafe(self._run_out)

    async def _serve(self, sockets: list[socket.socket]) -> None:
        self._loop = asyncio.get_running_loop()
        presence = Presence()
        self._hub = Hub(self._session, presence, self._limits, self._loop)
        room = Room(
            session=self._session, limits=self._limits, presence=presence, gates=Gates(self._limits),
            people=People(self._session.workshop_id), pages=Pages(self._assets), landing=Landing(self._loop),
            hub=self._hub,
        )  # fmt: skip
        self._server = uvicorn.Server(uvicorn.Config(
            Door(room, self._assets).app(Hosts(self._public)), http=protocol_for(self._limits.connections), ws="none",
            lifespan="off", log_config=None, access_log=False, server_header=False, proxy_headers=False,
            backlog=BACKLOG, timeout_keep_alive=KEEP_ALIVE_SECONDS, timeout_graceful_shutdown=2,
        ))  # fmt: skip
        try:
            if not self._ending:
                await self._server.serve(sockets)
        finally:
            await hang_up(self._server)

    def _run_out(self) -> None:
        if self._hub is not None and self._server is not None and self._loop is not None:
            stop_accepting(self._server, self._loop)
            self._hub.end()
            self._server.should_exit = True


def stop_accepting(server: uvicorn.Server, loop: asyncio.AbstractEventLoop) -> None:
    """A moment before the listeners close: asyncio loses a connection that it accepts just then."""
    for listener in getattr(server, "servers", ()):
        for sock in listener.sockets:
            with suppress(NotImplementedError):    # Windows accepts in another way
                loop.remove_reader(sock.fileno())


async def hang_up(server: uvicorn.Server) -> None:
    """Close what is still open, also after a break: the next run gets nothing from this one."""
    for listener in getattr(server, "servers", ()):
        listener.close()
    for _round in range(ROUNDS_TO_HANG_UP):
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)


def bind(host: str | None, port: int) -> tuple[str, list[socket.socket]]:
    """The address people come to, and listening sockets: there and on loopback, on one port. Raises NoPort."""
    shown = host or next(iter(addresses()), LOOPBACK)
    if host == ANY_ADDRESS:
        shown = next(iter(addresses()), LOOPBACK)
    hosts = [ANY_ADDRESS] if host == ANY_ADDRESS else list(dict.fromkeys([shown, LOOPBACK]))
    for candidate in ports_from(port):
        sockets = bound(hosts, candidate)
        if sockets:
            return shown, sockets
    raise NoPort


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
            if os.name == "posix":    # elsewhere it would let two programs share a port
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((host, port))
            sock.listen(BACKLOG)
        except OSError:
            for each in sockets:
                each.close()
            return []
        port = port or int(sock.getsockname()[1])
    return sockets


def raise_descriptor_limit() -> None:
    """Room for many phones: the soft limit goes up to min(hard, 8192). Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
