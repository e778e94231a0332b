"""A home at work: its sockets, its loop, and how it comes to an end without losing anything."""

import asyncio
import logging
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlsplit

import uvicorn
from starlette.types import ASGIApp

from core.base.errors import WorkshopError
from core.base.ids import DeskId, WorkshopId
from core.base.join import LOOPBACK, address
from core.base.language import _
from core.domain.moving import TellHome
from core.home.desks import Desks
from core.home.metrics import Metrics
from core.home.proxy import Behind, networks_of
from core.home.shelf import Shelf
from core.session import Health, Session
from core.sync.door import CONNECTIONS_AT_MOST, Guarded, protocol_for
from core.web.guard import headers_of
from core.web.house import House
from core.web.limits import Limits
from core.web.listeners import bound
from core.web.lobby import Lobby
from core.web.server import raise_descriptor_limit

logger = logging.getLogger("sayback.home")

USUAL_PORT = 8000
PUBLIC_AS_KEPT = "public address"
STOP_SECONDS = 10.0
DRAIN_SECONDS = 5
IDLE_SECONDS = 30
DESKS_AT_MOST = 1_000
"""Connections to the desks' gate: two for each desk, and a proxy keeps some open."""


class WrongPublic(WorkshopError):
    """The name that the world is told does not fit."""


class WrongProxy(WorkshopError):
    """What was said of the proxy is no address."""

    def __init__(self) -> None:
        super().__init__(
            _("That is no address of a proxy."), _("Write --proxy like this: 127.0.0.1, or a network: 10.0.0.0/24")
        )


class PortTaken(WorkshopError):
    """Something else listens there."""

    def __init__(self, port: int) -> None:
        super().__init__(
            _("The port {n} is taken.").format(n=port), _("Close the other program, or choose another with --port.")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a home listens and how the world calls it. Three ports in a row: people, desks, figures; 0 takes any free
    ones. Without `public` it is a home to try things out, for this computer alone and without TLS."""

    host: str = LOOPBACK
    port: int = USUAL_PORT
    public: str = ""
    proxy: str = LOOPBACK

    def __post_init__(self) -> None:
        """Raises WrongPublic, WrongProxy."""
        try:
            networks_of(self.proxy)
        except ValueError as error:
            raise WrongProxy from error
        parts = urlsplit(self.public)
        if self.public and (parts.scheme != "https" or not parts.netloc or parts.path or parts.query):
            raise WrongPublic(
                _("{url} is no address of an online home.").format(url=self.public),
                _("Write it like this: --public https://say.example.org"),
            )
        if not self.public and self.host != LOOPBACK:
            raise WrongPublic(
                _("Others can only come to an online home under a public name and with TLS."),
                _("Say which: --public https://say.example.org"),
            )


@dataclass(frozen=True, slots=True)
class Ports:
    """Where it listens."""

    people: int
    desks: int
    figures: int


class OnlineHome:
    """Serves a shelf of workshops. `start` binds and opens on the caller's thread; the rest runs on one of its own."""

    def __init__(self, shelf: Shelf, place: Place, limits: Limits | None = None) -> None:
        self._shelf, self._place = shelf, place
        self._limits = limits or Limits.public()
        self._sockets: dict[str, socket.socket] = {}
        self._run: _Run | None = None
        self._ready, self._ending = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._serve, name="sayback-home", daemon=True)

    @property
    def ports(self) -> Ports:
        """Where it listens, once started."""
        return Ports(*(int(sock.getsockname()[1]) for sock in self._sockets.values()))

    @property
    def is_alive(self) -> bool:
        """Whether it still serves."""
        return self._thread.is_alive()

    @property
    def public(self) -> str:
        """Where people find it."""
        return self._place.public or address(LOOPBACK, self.ports.people)

    def start(self) -> None:
        """Listen and serve. Raises PortTaken, and OSError where its folder cannot be written."""
        raise_descriptor_limit()
        try:
            for number, name in enumerate(("people", "desks", "figures")):
                self._sockets[name] = self._bound(self._place.port + number if self._place.port else 0)
            self._shelf.open()
        except BaseException:
            self._hang_up()
            raise
        self._thread.start()
        self._ready.wait()

    def send_away(self, workshop: WorkshopId, desk: DeskId) -> None:
        """This desk comes in to this workshop no more, from now on."""
        if self._run is not None:
            self._run.send_away(workshop, desk)

    def stop(self, timeout: float = STOP_SECONDS) -> None:
        """Take nothing new, answer what is under way, save, close."""
        self._ending.set()
        if self._run is not None:
            self._run.end()
        if self._thread.is_alive():
            self._thread.join(timeout)
        if self._thread.is_alive():
            logger.error("The home did not end in time.")
        self._hang_up()
        self._shelf.close()

    def _hang_up(self) -> None:
        for sock in self._sockets.values():
            sock.close()

    def _bound(self, port: int) -> socket.socket:
        sockets = bound([self._place.host], port)
        if not sockets:
            raise PortTaken(port)
        return sockets[0]

    def _serve(self) -> None:
        try:
            asyncio.run(self._serve_on_loop())
        finally:
            self._ready.set()

    async def _serve_on_loop(self) -> None:
        self._run = run = _Run(self._shelf, self._place, self._limits, self.public)
        self._ready.set()
        if not self._ending.is_set():
            await run.serve(self._sockets)


class _Run:
    """The life of a home on its loop."""

    def __init__(self, shelf: Shelf, place: Place, limits: Limits, public: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._shelf, self._place, self._limits = shelf, place, limits
        self._house = House(place.public or None, limits, self._loop, shelf.clock)
        self._desks = Desks(shelf, public, self._loop, self._open)
        self._metrics = Metrics(self._gauges)
        self._guards = headers_of((), is_public=bool(place.public))
        self._servers: list[uvicorn.Server] = []
        shelf.newcomers = self._tell
        for workshop, session in shelf.all():
            self._open(workshop, session)

    async def serve(self, sockets: Mapping[str, socket.socket]) -> None:
        """Until `end`."""
        lobby = Lobby(self._limits, self._loop)
        people = self._config(self._seen(self._house, "people"), self._house.protocol(lobby))
        people.timeout_keep_alive = ceil(self._limits.deadlines.idle)
        configs = {
            "people": people,
            "desks": self._config(self._seen(self._desks, "desks"), protocol_for(DESKS_AT_MOST, self._guards)),
            "figures": self._config(
                Guarded(self._metrics.app(), self._guards), protocol_for(CONNECTIONS_AT_MOST, self._guards)
            ),
        }
        self._servers = [uvicorn.Server(config) for config in configs.values()]
        try:
            await asyncio.gather(
                *(server.serve([sockets[name].dup()]) for name, server in zip(configs, self._servers, strict=True))
            )
        finally:
            lobby.close()
            self._house.end()
            self._desks.end()

    def _tell(self, workshop: WorkshopId, session: Session) -> None:
        """From any thread: this workshop is open now."""
        with suppress(RuntimeError):    # it has ended
            self._loop.call_soon_threadsafe(self._open, workshop, session)

    def _open(self, workshop: WorkshopId, session: Session) -> None:
        """People and desks may come to this workshop; does nothing where they may already."""
        if self._house.room_of(workshop) is None:
            self._house.open(workshop, session)
            self._desks.open(workshop, session)
            if self._place.public:
                self._loop.run_in_executor(None, tell_address, session, self._place.public)

    def send_away(self, workshop: WorkshopId, desk: DeskId) -> None:
        """From any thread."""
        self._loop.call_soon_threadsafe(self._desks.send_away, workshop, desk)

    def end(self) -> None:
        """From any thread: run out."""
        with suppress(RuntimeError):    # it has ended already
            self._loop.call_soon_threadsafe(self._run_out)

    def _run_out(self) -> None:
        self._metrics.is_draining = True
        self._house.end()
        self._desks.end()
        for server in self._servers:
            server.should_exit = True

    def _seen(self, app: ASGIApp, name: str) -> ASGIApp:
        app = self._metrics.counted(name, app)
        if self._place.public:
            app = Behind(networks_of(self._place.proxy), self._place.public, app)
        return Guarded(app, self._guards)

    def _config(self, app: ASGIApp, protocol: type[asyncio.Protocol]) -> uvicorn.Config:
        return uvicorn.Config(
            app, http=protocol, ws="none", lifespan="off", log_config=None, log_level="error", access_log=False,
            server_header=False, proxy_headers=False, timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=DRAIN_SECONDS,
        )  # fmt: skip

    def _gauges(self) -> Mapping[str, float]:
        sessions: list[tuple[WorkshopId, Session]] = list(self._shelf.all())
        boards = [session.board for _workshop, session in sessions]
        return {
            "workshops": len(sessions),
            "workshops_not_saving": sum(session.health is not Health.GOOD for _workshop, session in sessions),
            "events": sum(board.events for board in boards),
            "notes": sum(len(board.notes) for board in boards),
            "people_here": sum(room.hub.here for room in self._house.rooms()),
            "desks_here": self._desks.here(),
            **self._shelf.figures(),
        }


def tell_address(session: Session, public: str) -> None:
    """Where this home is called otherwise than when it last had this workshop, the log says so: desks and pages find
    it. Blocks."""
    try:
        before = session.local(PUBLIC_AS_KEPT).result()
        if before not in (None, public):
            session.do(TellHome(public)).result()
        if before != public:
            session.set_local(PUBLIC_AS_KEPT, public).result()
    except WorkshopError as error:
        logger.warning("The address of the home is not in a workshop: %s", type(error).__name__)
