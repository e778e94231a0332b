"""One open workshop at the desk: its session, its bridge to the screen, its server for the phones."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.base.adapters import Address, Addresses, addresses
from core.base.errors import WorkshopError
from core.base.ids import ContributorId
from core.base.join import LOOPBACK, Way, address, link, qr_matrix
from core.base.settings import Recent
from core.base.wifi import AS_KEPT as WIFI_AS_KEPT
from core.base.wifi import Wifi, from_file
from core.domain.reminding import reminder
from core.session import Session
from core.web.presence import NOBODY_YET, Present
from ui.acting.selection import Selection
from ui.bridge import Bridge
from ui.jobs import Jobs, T
from ui.panes.join_box import Squares
from ui.together.sharing import Sharing

COUNT_MS = 1000


@dataclass(frozen=True, slots=True)
class Door:
    """How people come in: the address to type, the code, the QR code, and the link. Without a network there is neither
    address nor QR code."""

    address: str
    code: str
    squares: Squares
    url: str
    port: int
    host: str
    found: tuple[Address, ...] = ()    # all addresses that phones may reach, the likeliest first
    wifi: Wifi | None = None
    wifi_squares: Squares = ()
    busy: int = 0    # the port that was wanted, where another program has it
    online: str = ""    # where people find the workshop's online home

    @property
    def is_open(self) -> bool:
        """Whether phones can come in at all."""
        return bool(self.address)

    @property
    def others(self) -> list[str]:
        """The addresses that are not shown."""
        return [address(each.host, self.port) for each in self.found if each.host != self.host]

    @property
    def here(self) -> str:
        """The address for programs on this laptop, as the door opens."""
        return address(LOOPBACK, self.port)

    def link(self, way: Way) -> str:
        """The link to pass on; people at home come by the online home where there is one."""
        return link(self.online if self.online and way is Way.HOME else self.address, self.code, way)

    def with_wifi(self, wifi: Wifi | None) -> "Door":
        """The same with another Wi-Fi beside it."""
        return replace(self, wifi=wifi, wifi_squares=qr_matrix(wifi.for_qr) if wifi else ())


class Joined(Protocol):
    """How people come in, as the server says it."""

    @property
    def url(self) -> str:
        """What the QR code holds."""

    @property
    def code(self) -> str:
        """What is typed."""

    @property
    def port(self) -> int:
        """Where it listens."""

    @property
    def host(self) -> str:
        """The address that is shown."""

    @property
    def is_for_phones(self) -> bool:
        """Whether another device can come there."""


class Server(Protocol):
    """What the desk needs of the participants' server."""

    @property
    def join(self) -> Joined:
        """How people come in now."""

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where phones may reach this laptop."""

    def reached(self) -> frozenset[str]:
        """At which of these another device has been."""

    def choose(self, address: Address | None) -> None:
        """Show this one from now on."""

    def here(self) -> int:
        """How many people are here."""

    def present(self) -> Present:
        """Who is here, and what they are doing."""

    def too_fast(self) -> frozenset[str]:
        """The ids of contributors who send faster than they may."""

    def tell_wifi(self, name: str) -> None:
        """What the room's Wi-Fi is called."""

    def stop(self) -> None:
        """Let them go."""


class Running(QObject):
    """Begins with the session open; `open_door` lets the phones in, `shut` ends everything."""

    door_opened = Signal(object)     # Door
    door_failed = Signal(object)     # WorkshopError
    door_changed = Signal(object)    # Door: another address, another Wi-Fi
    here_changed = Signal(int)
    looked = Signal()                # once a second, while the door is open

    def __init__(
        self, session: Session, jobs: Jobs, *, practice: bool = False, addresses: Addresses = addresses,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._addresses = addresses
        self.session = session
        self.practice = practice
        self.bridge = Bridge(session, self)
        self.selection = Selection(self)
        self.selection.forget_gone(self.bridge.board)
        self.door: Door | None = None
        self.here = 0
        self.present = NOBODY_YET
        self._jobs = jobs
        self.sharing: Sharing | None = None
        self._server: Server | None = None
        self._before_shut: list[Callable[[], None]] = []
        self._is_moving = False    # another thread makes the QR code of the new address
        self._count = QTimer(self, interval=COUNT_MS)
        self._count.timeout.connect(self._look_who_is_here)

    @property
    def jobs(self) -> Jobs:
        """Where slow work for this workshop is done."""
        return self._jobs

    def open_door(self) -> None:
        """Start the server; not on this thread, because only to load it takes a third of a second."""
        self._jobs.run(self._serve, self._tell_door, self.door_failed.emit)

    def too_fast(self) -> frozenset[ContributorId]:
        """Who sends faster than they may."""
        hurried = self._server.too_fast() if self._server is not None else frozenset()
        return frozenset(ContributorId(each) for each in hurried)

    def hush(self) -> None:
        """Tell the screen nothing more."""
        self._count.stop()
        if self.sharing is not None:
            self.sharing.hush()
        self.door = None
        self.bridge.close()

    def when_shut(self, act: Callable[[], None]) -> None:
        """Done first of all in `shut`, on its thread."""
        self._before_shut.append(act)

    def shut(self) -> None:
        """Let phones and other desks go, save what is queued, close the file. May take seconds; from any thread."""
        for act in self._before_shut:
            act()
        if self.sharing is not None:
            self.sharing.shut()
        if self._server is not None:
            self._server.stop()
            self._server = None
        self.session.close()

    def recent(self, now: datetime) -> Recent:
        """How the list of workshops remembers this one."""
        board = self.session.board
        found = reminder(board, now.astimezone().date().toordinal())
        return Recent(
            path=str(self.session.path),
            title=board.title(),
            notes=board.balance.received,
            opened=now.isoformat(timespec="seconds"),
            practice=self.practice,
            reply_by=found.by or 0,
            waiting=found.waiting,
        )

    @property
    def telephone(self) -> str:
        """Whom people may call for help; empty where nobody said."""
        board = self.session.board
        return board.text(board.workshop.telephone if board.workshop else None)

    @property
    def is_reached(self) -> bool:
        """Whether another device has been at the address that is shown."""
        return self._server is not None and self.door is not None and self.door.host in self._server.reached()

    def choose(self, address: Address | None) -> None:
        """Show this address from now on, also next time; None leaves it to us."""
        server = self._server
        if server is not None:
            self._jobs.run(partial(server.choose, address), self._follow, self.bridge.refused.emit)

    def set_wifi(self, wifi: Wifi | None, then: Callable[[], None]) -> None:
        """Show this Wi-Fi beside the code, or none; only this copy of the file remembers it. `then` once it does."""
        if self.door is not None:
            kept = partial(self._keep_wifi, self.door, wifi)
            self._jobs.run(kept, partial(self._wifi_kept, then), self.bridge.refused.emit)

    def in_background(
        self, work: Callable[[], T], then: Callable[[T], None], refused: Callable[[WorkshopError], None]
    ) -> None:
        """Do work that would make the screen wait on the thread of jobs."""
        self._jobs.run(work, then, refused)

    def save_copy(
        self, target: Path, then: Callable[[Path], None], refused: Callable[[WorkshopError], None]
    ) -> None:
        """Make a whole copy of the workshop there."""
        self._jobs.run(lambda: self.session.save_copy(target).result(), then, refused)

    def _keep_wifi(self, door: Door, wifi: Wifi | None) -> Door:
        self.session.set_local(WIFI_AS_KEPT, wifi.for_file() if wifi else "").result()
        if self._server is not None:
            self._server.tell_wifi(wifi.name if wifi else "")
        return door.with_wifi(wifi)

    def _wifi_kept(self, then: Callable[[], None], door: Door) -> None:
        if self.door is not None:
            self._change_door(replace(self.door, wifi=door.wifi, wifi_squares=door.wifi_squares))
            then()

    def _serve(self) -> Door:
        # starlette and uvicorn load after the first paint
        from core.web.server import PORT_AS_KEPT, USUAL_PORT, ParticipantServer

        wanted = int(self.session.local(PORT_AS_KEPT).result() or USUAL_PORT)
        online = self.sharing.elsewhere() if self.sharing is not None else ""
        server = ParticipantServer(self.session, addresses=self._addresses, elsewhere=online)
        server.start()
        self._server = server
        wifi = from_file(self.session.local(WIFI_AS_KEPT).result())
        door = _door(server).with_wifi(wifi)
        return replace(door, busy=wanted if door.port != wanted else 0, online=online)

    def _tell_door(self, door: Door) -> None:
        self.door = door
        self._count.start()
        self.door_opened.emit(door)

    def _change_door(self, door: Door) -> None:
        if door != self.door:
            self.door = door
            self.door_changed.emit(door)

    @Slot()
    def _look_who_is_here(self) -> None:
        here = self._server.here() if self._server is not None else 0
        self.present = self._server.present() if self._server is not None else NOBODY_YET
        if here != self.here:
            self.here = here
            self.here_changed.emit(here)
        self._follow()
        self.looked.emit()

    def _follow(self, _done: None = None) -> None:
        """Where the server has gone to another address, so does the door."""
        server, door = self._server, self.door
        if server is None or door is None or self._is_moving or _is_of(door, server):
            return
        self._is_moving = True
        self._jobs.run(partial(_door, server), self._move_door)

    def _move_door(self, door: Door) -> None:
        self._is_moving = False
        if self.door is not None:
            kept = self.door
            self._change_door(replace(door, wifi=kept.wifi, wifi_squares=kept.wifi_squares, online=kept.online))


def _is_of(door: Door, server: Server) -> bool:
    join = server.join
    return (door.host, door.port, door.found) == (join.host, join.port, server.addresses)


def _door(server: Server) -> Door:
    join = server.join
    if not join.is_for_phones:
        return Door("", join.code, (), "", join.port, join.host, server.addresses)
    squares = qr_matrix(join.url)
    return Door(address(join.host, join.port), join.code, squares, join.url, join.port, join.host, server.addresses)
