"""The participants' server: uvicorn on its own thread, on sockets bound beforehand, started again if it breaks."""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import ceil

import uvicorn

from core.base.adapters import Address, Addresses, addresses, kept
from core.base.faults import described
from core.base.join import LOOPBACK, join_url, public_join_url
from core.base.language import SOURCE
from core.base.wifi import AS_KEPT as WIFI_AS_KEPT
from core.base.wifi import from_file
from core.session import Session
from core.web.app import Door, constant_pages
from core.web.guard import Hosts
from core.web.landing import Landing
from core.web.limits import Gates, Limits
from core.web.listeners import ListeningServer
from core.web.live import Hub
from core.web.lobby import Lobby
from core.web.pages import Pages
from core.web.people import People
from core.web.presence import NOBODY_YET, Presence, Present
from core.web.protocol import protocol_for, refusals
from core.web.room import Room
from core.web.static import Asset, read_assets
from core.web.whereabouts import Whereabouts

logger = logging.getLogger("sayback.web")

USUAL_PORT = 8000
PORT_AS_KEPT = "port"
ADDRESS_AS_KEPT = "address"
RESTART_SECONDS = 0.5
STOP_SECONDS = 3.0
LOOK_SECONDS = 2.0
"""How often the addresses of this machine are looked at: people wait at most 5 seconds for the new QR code."""
DESCRIPTORS = 8192


@dataclass(frozen=True, slots=True)
class Join:
    """How people come in; `url` is what the QR code holds. Without a network the host is this machine's own name for
    itself, which no phone can use."""

    url: str
    code: str
    port: int
    host: str

    @property
    def is_for_phones(self) -> bool:
        """Whether another device can come here."""
        return self.host != LOOPBACK


class ParticipantServer:
    """Serves one session to phones. `start` binds on the caller's thread; the rest runs on threads of its own. The
    addresses it serves are looked at again and again, and followed (see Whereabouts)."""

    def __init__(
        self, session: Session, *, host: str | None = None, port: int | None = None, public: str | None = None,
        limits: Limits | None = None, addresses: Addresses = addresses, elsewhere: str = "",
    ) -> None:  # fmt: skip
        """`host`: this one and loopback only; None follows the machine's addresses. `port`: 0 is any free one, None
        the one of last time; a busy one gives way to the next. `elsewhere`: where the workshop's online home is."""
        self._session = session
        self._port = port
        self._public = public
        self._limits = limits or (Limits.public() if Hosts(public).is_public else Limits())
        self._whereabouts = Whereabouts(
            host, addresses, is_public=public is not None, elsewhere=lambda: session.board.home_address or elsewhere
        )
        self._assets: Mapping[str, Asset] = {}
        self._wifi = ""
        self._stopping = threading.Event()
        self._run: Run | None = None
        self._threads = [
            threading.Thread(target=self._supervise, name="sayback-server", daemon=True),
            threading.Thread(target=self._watch, name="sayback-addresses", daemon=True),
        ]

    def start(self) -> None:
        """Bind and serve. Raises NoPort, NotSaved, and OSError where the pages' own files are missing: what can never
        work is not tried again and again."""
        raise_descriptor_limit()
        self._assets = read_assets()
        port = self._port
        if port is None:
            port = int(self._session.local(PORT_AS_KEPT).result() or USUAL_PORT)
        self._whereabouts.begin(self._session.local(ADDRESS_AS_KEPT).result() or "", port)
        self._session.set_local(PORT_AS_KEPT, str(self.join.port)).result()
        wifi = from_file(self._session.local(WIFI_AS_KEPT).result())
        self.tell_wifi(wifi.name if wifi else "")
        for thread in self._threads:
            thread.start()

    @property
    def join(self) -> Join:
        """How people come in, now; from any thread."""
        host = self._whereabouts.host
        port = self._whereabouts.listeners.port_of(host)
        workshop = self._session.board.workshop
        code = workshop.code if workshop else ""
        url = public_join_url(self._public, code) if self._public else join_url(host, port, code)
        return Join(url, code, port, host)

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where phones may reach this machine, the likeliest first, as of the last look; from any thread."""
        return self._whereabouts.found

    def origins(self) -> tuple[str, ...]:
        """Where a page may look for this workshop when it has lost it; from any thread."""
        return self._whereabouts.origins()

    def reached(self) -> frozenset[str]:
        """At which of our addresses another machine has been; from any thread."""
        return self._whereabouts.reached

    def here(self) -> int:
        """How many people are here now, as of a second ago at most; from any thread."""
        return self._run.here() if self._run else 0

    def present(self) -> Present:
        """Who is here now and what they are doing, as of a second ago at most; from any thread."""
        return self._run.present() if self._run else NOBODY_YET

    def too_fast(self) -> frozenset[str]:
        """The ids of contributors whose devices have been sending faster than they may for a while; from any thread."""
        return self._run.too_fast() if self._run else frozenset()

    def choose(self, address: Address | None) -> None:
        """Show this one from now on, also next time; None leaves it to us. Raises NotSaved."""
        chosen = kept(address) if address else ""
        self._session.set_local(ADDRESS_AS_KEPT, chosen).result()
        self._whereabouts.choose(chosen)
        self._follow()

    def tell_wifi(self, name: str) -> None:
        """What the room's Wi-Fi is called, for the pages of help; from any thread. An empty one says nothing of it."""
        self._wifi = name

    def look(self) -> None:
        """Look at the addresses of this machine now, and follow them."""
        self._whereabouts.look()
        self._follow()

    def stop(self, timeout: float = STOP_SECONDS) -> None:
        """Let what is under way be answered, end the streams, close the port."""
        self._stopping.set()
        self._whereabouts.close()
        if self._run is not None:
            self._run.end()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout)
            if thread.is_alive():
                logger.error("The server did not end in time.")

    def _follow(self) -> None:
        if self._run is not None:
            self._run.follow()

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                self.look()
            except OSError as fault:    # no descriptor is free just now, for one
                logger.warning("The addresses could not be looked at: %s", described(fault))

    def _supervise(self) -> None:
        """Serve until told to stop; what breaks is started again, on the same port."""
        while not self._stopping.is_set():
            self._run = run = Run(
                self._session, self._limits, self._public, self._assets, self._whereabouts, lambda: self._wifi
            )
            if self._stopping.is_set():    # told so before there was a run to tell it to
                return
            try:
                run.serve()
            except Exception as fault:    # noqa: BLE001 - whatever it was, phones need a server; logged
                if not self._stopping.is_set():
                    logger.error("The server broke and is started again: %s", described(fault))
            self._stopping.wait(RESTART_SECONDS)


class Run:
    """One life of the server, with a loop of its own."""

    def __init__(
        self, session: Session, limits: Limits, public: str | None, assets: Mapping[str, Asset],
        whereabouts: Whereabouts, wifi: Callable[[], str],
    ) -> None:  # fmt: skip
        self._session = session
        self._limits = limits
        self._public = public
        self._assets = assets
        self._whereabouts = whereabouts
        self._wifi = wifi
        self._gates = Gates(limits)
        self._ending = False
        self._hub: Hub | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: ListeningServer | None = None
        self._following: set[asyncio.Task[None]] = set()    # asyncio itself holds on to no task

    def serve(self) -> None:
        """Until `end`, or until something breaks."""
        try:
            asyncio.run(self._serve())
        finally:
            if self._hub is not None:
                self._hub.end()

    def here(self) -> int:
        """How many people are here."""
        return self._hub.here if self._hub else 0

    def present(self) -> Present:
        """Who is here, and what they are doing."""
        return self._hub.present if self._hub else NOBODY_YET

    def too_fast(self) -> frozenset[str]:
        """Who has been sending too fast."""
        return self._gates.hurry.too_fast()

    def follow(self) -> None:
        """From any thread: listen where the listeners do."""
        if self._server is not None and self._server.started and self._loop is not None:
            with suppress(RuntimeError):    # it has ended already
                self._loop.call_soon_threadsafe(self._begin_to_follow, self._server)

    def _begin_to_follow(self, server: ListeningServer) -> None:
        """On the loop: a coroutine made for a loop that has just ended would never run."""
        following = asyncio.ensure_future(server.follow())
        self._following.add(following)
        following.add_done_callback(self._following.discard)
        following.add_done_callback(tell_of_fault)

    def end(self) -> None:
        """From any thread: run out."""
        self._ending = True
        if self._loop is not None:
            with suppress(RuntimeError):    # it has ended already
                self._loop.call_soon_threadsafe(self._run_out)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        presence = Presence()
        self._hub = Hub(self._session, presence, self._limits, self._loop)
        room = Room(
            session=self._session, limits=self._limits, presence=presence, gates=self._gates,
            people=People(self._session.workshop_id), pages=Pages(self._assets), landing=Landing(self._loop),
            hub=self._hub, origins=self._whereabouts.origins, wifi=self._wifi,
        )  # fmt: skip
        hosts, pages = Hosts(self._public, self._whereabouts.origins), constant_pages(room.pages)
        lobby = Lobby(self._limits, self._loop)
        config = uvicorn.Config(
            self._whereabouts.noting(Door(room, self._assets).app(hosts, pages)),
            http=protocol_for(lobby, refusals(pages[SOURCE], hosts.headers())), ws="none", lifespan="off",
            log_config=None, log_level="error", access_log=False, server_header=False, proxy_headers=False,
            timeout_keep_alive=ceil(self._limits.deadlines.idle), timeout_graceful_shutdown=2,
        )  # fmt: skip
        self._server = ListeningServer(config, self._whereabouts.listeners)
        try:
            if not self._ending:
                await self._server.serve()
        finally:
            lobby.close()
            await self._server.hang_up()

    def _run_out(self) -> None:
        if self._hub is not None and self._server is not None:
            self._hub.end()
            self._server.should_exit = True


def tell_of_fault(done: "asyncio.Task[None]") -> None:
    """What went wrong where nobody waits for it."""
    if not done.cancelled() and (fault := done.exception()) is not None:
        logger.error("The server could not follow the addresses: %s", described(fault))


def raise_descriptor_limit() -> None:
    """Room for many phones: the soft limit goes up to min(hard, 8192). Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
