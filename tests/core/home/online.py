"""An online home on this machine, with or without a proxy that does the TLS before it, and desks that share with it."""

import asyncio
import ssl
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.base.clock import Clock, utc_now
from core.base.ids import DeskId, WorkshopId
from core.domain.commands import MakeWorkshop
from core.home.running import OnlineHome, Place, Ports
from core.home.shelf import FolderShelf, Shelf
from core.session import Session
from core.sync.invitations import NO_WORKSHOP
from core.sync.invited import come_in, share
from core.sync.known import Home, Homes
from core.sync.link import Link
from core.sync.roles import Role
from core.sync.standing import Way
from core.sync.vault import MemoryVault
from core.web.limits import Limits
from tests.core.sync.desks import until
from tests.core.workshops import ANN, BEN, PARK, SECONDS, Remembered
from tests.threads import serving_aside
from tests.web.phones import Phone

NAME = "Ann’s laptop"
PIECE = 65_536


@dataclass
class Online:
    """A home at work."""

    shelf: Shelf
    home: OnlineHome

    @property
    def ports(self) -> Ports:
        return self.home.ports

    @property
    def people(self) -> str:
        return f"http://127.0.0.1:{self.ports.people}"

    @property
    def desks(self) -> str:
        return f"http://127.0.0.1:{self.ports.desks}"

    @property
    def figures(self) -> str:
        return f"http://127.0.0.1:{self.ports.figures}"

    def invites(self, role: Role = Role.ORGANISER, workshop: WorkshopId = NO_WORKSHOP) -> str:
        return self.shelf.invitations.make(role, workshop)


@contextmanager
def a_home(
    folder: Path, *, place: Place | None = None, limits: Limits | None = None, most: int = 200, clock: Clock = utc_now
) -> Iterator[Online]:
    """Until the test is done with it."""
    with serving(FolderShelf(folder, most, clock), place, limits) as online:
        yield online


@contextmanager
def serving(shelf: Shelf, place: Place | None = None, limits: Limits | None = None) -> Iterator[Online]:
    """A home that has these workshops, until the test is done with it."""
    home = OnlineHome(shelf, place or Place(port=0), limits or Limits.raised())
    home.start()
    try:
        yield Online(shelf, home)
    finally:
        home.stop()


@dataclass
class Sharing:
    """A desk that shares its workshop through a home."""

    path: Path
    session: Session
    home: Home
    memory: Remembered = field(default_factory=Remembered)

    def __post_init__(self) -> None:
        self.link = self.linked()

    def linked(self) -> Link:
        link = Link(self.session, self.home, chance=lambda: 0.0)
        link.start()
        return link

    @property
    def code(self) -> str:
        workshop = self.session.board.workshop
        return workshop.code if workshop else ""

    def waits(self) -> None:
        """Until everything is at the home, and here."""
        until(self.is_in_step, "the desk is not in step")

    def is_in_step(self) -> bool:
        """The file is asked: the link hears a moment later of what is saved."""
        return self.link.state.way is Way.ON and not self.session.unsent().result(SECONDS)

    def meets(self, home: Home) -> None:
        """Under another address, or with another token."""
        self.link.stop()
        self.home = home
        self.link = self.linked()

    def close(self) -> None:
        self.link.stop()
        self.session.close()


def shared(folder: Path, address: str, code: str, workshop: MakeWorkshop = PARK, desk: DeskId = ANN) -> Sharing:
    """A workshop of this desk, brought to the home at this address, and opened again as a copy of it."""
    folder.mkdir(parents=True, exist_ok=True)
    path, memory, homes = folder / "park.sayback", Remembered(), Homes(folder / "known", MemoryVault())
    is_new = not path.exists()
    session = Session.create(path, workshop, desk, memory=memory) if is_new else Session.open(path, desk, memory=memory)
    try:
        share(session, address, code, NAME, homes)
    finally:
        session.close()
    session = Session.open(path, desk, memory=memory)
    home = homes.of(session.workshop_id)
    assert home is not None
    return Sharing(path, session, home, memory)


def joined(folder: Path, address: str, code: str, desk: DeskId = BEN) -> Sharing:
    """Another desk that comes in to a workshop of the home."""
    folder.mkdir(parents=True, exist_ok=True)
    memory, home = Remembered(), come_in(address, code, desk, "Ben’s laptop")
    path = folder / "park.sayback"
    return Sharing(path, Session.join(path, home.workshop, desk, memory=memory), home, memory)


@contextmanager
def sharing(online: Online, folder: Path, workshop: MakeWorkshop = PARK) -> Iterator[Sharing]:
    """A desk that shares its workshop, in step, until the test is done with it."""
    desk = shared(folder, online.desks, online.invites(), workshop)
    try:
        desk.waits()
        yield desk
    finally:
        desk.close()


@contextmanager
def venue(
    online: Online, folder: Path, first: Sharing, role: Role = Role.VENUE, desk: DeskId = BEN
) -> Iterator[Sharing]:
    """Another desk of the same workshop."""
    other = joined(folder, online.desks, online.invites(role, first.session.workshop_id), desk)
    try:
        other.waits()
        yield other
    finally:
        other.close()


def alike(online: Online, *desks: Sharing) -> Callable[[], bool]:
    """Whether home and desks have the same log, and nothing waits."""

    def are() -> bool:
        session = online.shelf.session_of(desks[0].session.workshop_id)
        assert session is not None
        mark = session.parcels.mark()
        return all(
            desk.session.parcels.mark() == mark
            and not desk.session.parcels.count_waiting()
            and desk.session.board.seen.seq == mark.seq
            for desk in desks
        )

    return are


# TLS, as a proxy before the home does it


def authority(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that vouches for itself, and the file with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A home for tests")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    public = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ca.pem").write_bytes(public)
    (folder / "both.pem").write_bytes(private + public)
    return folder / "ca.pem", folder / "both.pem"


class Relay(ABC):
    """Stands before a home and passes on what comes, in a way of its own."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.port = 0
        self._context = context
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, ready: threading.Event, over: asyncio.Event) -> None:
        """Until `over`."""
        server = await asyncio.start_server(self._met, "127.0.0.1", 0, ssl=self._context)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._pass_on(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @abstractmethod
    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, to its end."""


class TlsProxy(Relay):
    """Takes TLS off, says who asks, and passes on: what begins with /desks to one port, the rest to another. One
    request a connection."""

    def __init__(self, certificate: Path) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        super().__init__(context)
        self.people, self.desks = 0, 0

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with ExitStack() as opened, suppress(OSError, asyncio.IncompleteReadError):
            opened.callback(writer.transport.abort)
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            port = self.desks if head.split(" ")[1].startswith("/desks") else self.people
            theirs, ours = await asyncio.open_connection("127.0.0.1", port)
            opened.callback(ours.transport.abort)
            ours.write(forwarded(head, writer.get_extra_info("peername")[0]).encode("latin-1"))
            up = asyncio.ensure_future(carry(reader, ours))
            try:
                await carry(theirs, writer)
            finally:
                up.cancel()
                await asyncio.gather(up, return_exceptions=True)


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(PIECE):
            writer.write(piece)
            await writer.drain()


def forwarded(head: str, peer: str) -> str:
    """The head with who asks: after what the asker said of it, as proxies that only append do."""
    first, *lines = head.rstrip().split("\r\n")
    said = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("x-forwarded-for:")]
    others = [
        line for line in lines if not line.lower().startswith(("x-forwarded-for:", "x-forwarded-proto:", "connection:"))
    ]
    told = [f"X-Forwarded-For: {', '.join([*said, peer])}", "X-Forwarded-Proto: https", "Connection: close"]
    return "\r\n".join([first, *others, *told, "", ""])


@contextmanager
def tls_proxy(certificate: Path) -> Iterator[TlsProxy]:
    """On a thread of its own, until the test is done with it."""
    proxy = TlsProxy(certificate)
    with serving_aside(proxy.serve, "TLS proxy"):
        yield proxy


@contextmanager
def a_public_home(folder: Path, limits: Limits | None = None) -> Iterator[tuple[Online, str, Path]]:
    """A home behind a proxy: it, its https address, and the file of who vouches for it."""
    ca, both = authority(folder / "tls")
    with tls_proxy(both) as proxy:
        public = f"https://localhost:{proxy.port}"
        with a_home(folder / "data", place=Place(port=0, public=public), limits=limits) as online:
            proxy.people, proxy.desks = online.ports.people, online.ports.desks
            yield online, public, ca


@contextmanager
def browser(base: str, code: str, ca: Path | None = None, **headers: str) -> Iterator[Phone]:
    """A phone that has never been here."""
    context = ssl.create_default_context(cafile=str(ca)) if ca else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with httpx2.Client(timeout=10, trust_env=False, verify=context, headers=headers) as http:
        yield Phone(http, base, code=code)
