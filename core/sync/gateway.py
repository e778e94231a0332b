"""The gate of one open workshop, on a thread of its own: off until somebody opens a pairing, or a desk is let in."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from pathlib import Path

import uvicorn

from core.base.answers import SECURITY
from core.base.errors import NotSaved
from core.base.faults import described
from core.base.ids import DeskId
from core.base.language import _
from core.base.rates import Rate
from core.session import Session
from core.sync.certificate import certificate_in, certificate_of, fingerprint, server_context
from core.sync.door import CONNECTIONS_AT_MOST, USUAL_PORT, Guarded, TlsServer, listener_on, protocol_for
from core.sync.gate import GUEST_RATE, Gate
from core.sync.hints import Hints
from core.sync.known import Guest, Guests
from core.sync.pairing import Pairing

logger = logging.getLogger("sayback.sync")

PORT_AS_KEPT = "gate port"
STOP_SECONDS = 3.0
RESTART_SECONDS = 0.5
IDLE_SECONDS = 30


class Gateway:
    """Lets other desks in to one session. `folder` keeps the certificate and who was let in; `host` empty: at every
    address of this laptop."""

    def __init__(
        self, session: Session, folder: Path, *, host: str = "", port: int | None = None, rate: Rate = GUEST_RATE
    ) -> None:
        self.guests = Guests(folder, session.workshop_id)
        self.port = 0
        self.pairing: Pairing | None = None
        self._session, self._folder, self._host, self._wanted = session, folder, host, port
        self._rate = rate
        self._fingerprint = ""
        self._ending = threading.Event()
        self._run: _Run | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._thread is not None

    def here(self) -> frozenset[DeskId]:
        """Which desks are on the line; from any thread."""
        run = self._run
        return run.here() if run is not None else frozenset()

    def start(self) -> None:
        """Listen; does nothing where it does already. Waits for the disk. Raises NoPort, NotSaved."""
        if self._thread is not None:
            return
        kept = self._session.local(PORT_AS_KEPT).result()
        listener = listener_on(self._host, self._wanted if self._wanted is not None else int(kept or USUAL_PORT))
        try:
            certificate = certificate_in(self._folder)
            self._fingerprint = fingerprint(certificate_of(certificate))
            self.port = int(listener.getsockname()[1])
            self._session.set_local(PORT_AS_KEPT, str(self.port)).result()
        except OSError as error:
            listener.close()
            raise NotSaved(
                _("The key of this desk cannot be kept: {why}").format(why=error.strerror),
                _("Look whether the disk is full, then try again."),
            ) from error
        except BaseException:
            listener.close()
            raise
        self._thread = threading.Thread(
            target=copy_context().run, args=(self._supervise, listener, certificate), name="sayback-gate", daemon=True
        )
        self._thread.start()

    def open_pairing(self, changed: Callable[[], None] = lambda: None) -> Pairing:
        """A new code; the one before works no more. `changed` is called on the gate's thread when somebody asks.
        Raises NoPort, NotSaved."""
        self.start()
        self.end_pairing()
        self.pairing = Pairing(self._fingerprint, self.guests, changed)
        return self.pairing

    def end_pairing(self) -> None:
        """The code works no more; who was let in stays in."""
        if self.pairing is not None:
            self.pairing.end()

    def send_away(self, guest: Guest) -> None:
        """This desk is let in no more, from now on. Raises NotSaved."""
        self.guests.send_away(guest.desk)
        if self._run is not None:
            self._run.send_away(guest.desk)

    def stop(self, timeout: float = STOP_SECONDS) -> None:
        """Answer what is under way, end the streams, listen no more."""
        self._ending.set()
        if self._run is not None:
            self._run.end()
        if self._thread is not None:
            self._thread.join(timeout)
            if self._thread.is_alive():
                logger.error("The desks' gate did not end in time.")

    def _supervise(self, listener: socket.socket, certificate: Path) -> None:
        """Serve until told to stop; what breaks is started again, on the same port."""
        with listener:
            while not self._ending.is_set():
                self._run = run = _Run(self._session, self.guests, lambda: self.pairing, self._rate)
                if self._ending.is_set():    # told so before there was a run to tell it to
                    return
                try:
                    asyncio.run(run.serve(listener, certificate))
                except Exception as fault:    # noqa: BLE001 - whatever it was, the other desks need the gate; logged
                    logger.error("The desks' gate broke and is started again: %s", described(fault))
                self._ending.wait(RESTART_SECONDS)


class _Run:
    """One life of the gate, with a loop of its own."""

    def __init__(
        self, session: Session, guests: Guests, pairing: Callable[[], Pairing | None], rate: Rate
    ) -> None:
        self._session, self._guests, self._pairing, self._rate = session, guests, pairing, rate
        self._hints: Hints | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: TlsServer | None = None
        self._ending = False

    def here(self) -> frozenset[DeskId]:
        return self._hints.here() if self._hints is not None else frozenset()

    def send_away(self, desk: DeskId) -> None:
        if self._hints is not None:
            self._call(partial(self._hints.send_away, desk))

    def end(self) -> None:
        self._ending = True
        self._call(self._run_out)

    async def serve(self, listener: socket.socket, certificate: Path) -> None:
        self._loop = asyncio.get_running_loop()
        self._hints = hints = Hints(self._session, self._loop)
        gate = Gate(self._session, self._guests, hints, self._pairing, self._rate)
        config = uvicorn.Config(
            Guarded(gate.app(), SECURITY), http=protocol_for(CONNECTIONS_AT_MOST, SECURITY), ws="none",
            lifespan="off", log_config=None, log_level="error", access_log=False, server_header=False,
            proxy_headers=False, timeout_keep_alive=IDLE_SECONDS, timeout_graceful_shutdown=2,
        )  # fmt: skip
        self._server = TlsServer(config, listener, server_context(certificate))
        try:
            if not self._ending:
                await self._server.serve()
        finally:
            hints.end()

    def _call(self, act: Callable[[], object]) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):    # it has ended already
                self._loop.call_soon_threadsafe(act)

    def _run_out(self) -> None:
        if self._hints is not None and self._server is not None:
            self._hints.end()
            self._server.should_exit = True
