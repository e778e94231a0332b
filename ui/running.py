"""One open workshop at the desk: its session, its bridge to the screen, its server for the phones."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.base.join import address, qr_matrix
from core.base.settings import Recent
from core.session import Session
from ui.bridge import Bridge
from ui.jobs import Jobs
from ui.panes.join_box import Squares
from ui.selection import Selection

COUNT_MS = 1000


@dataclass(frozen=True, slots=True)
class Door:
    """How people come in: the address to type, the code, the QR code, and the link."""

    address: str
    code: str
    squares: Squares
    url: str
    port: int
    busy: int = 0    # the port that was wanted, where another program has it


class Server(Protocol):
    """What the desk needs of the participants' server."""

    def here(self) -> int:
        """How many people are here."""

    def stop(self) -> None:
        """Let them go."""


class Running(QObject):
    """Begins with the session open; `open_door` lets the phones in, `shut` ends everything."""

    door_opened = Signal(object)     # Door
    door_failed = Signal(object)     # WorkshopError
    here_changed = Signal(int)

    def __init__(
        self, session: Session, jobs: Jobs, *, practice: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.practice = practice
        self.bridge = Bridge(session, self)
        self.selection = Selection(self)
        self.selection.forget_gone(self.bridge.board)
        self.door: Door | None = None
        self.here = 0
        self._jobs = jobs
        self._server: Server | None = None
        self._count = QTimer(self, interval=COUNT_MS)
        self._count.timeout.connect(self._look_who_is_here)

    def open_door(self) -> None:
        """Start the server; not on this thread, because only to load it takes a third of a second."""
        self._jobs.run(self._serve, self._tell_door, self.door_failed.emit)

    def hush(self) -> None:
        """Tell the screen nothing more."""
        self._count.stop()
        self.bridge.close()

    def shut(self) -> None:
        """Let the phones go, save what is queued, close the file. May take seconds; from any thread."""
        if self._server is not None:
            self._server.stop()
            self._server = None
        self.session.close()

    def recent(self, now: datetime) -> Recent:
        """How the list of workshops remembers this one."""
        board = self.session.board
        return Recent(
            path=str(self.session.path),
            title=board.title(),
            notes=board.balance.received,
            opened=now.isoformat(timespec="seconds"),
            practice=self.practice,
        )

    def _serve(self) -> Door:
        # starlette and uvicorn load after the first paint
        from core.web.server import PORT_AS_KEPT, USUAL_PORT, ParticipantServer


        wanted = int(self.session.local(PORT_AS_KEPT).result() or USUAL_PORT)
        server = ParticipantServer(self.session)
        server.start()
        self._server = server
        join = server.join
        busy = wanted if join.port != wanted else 0
        squares = qr_matrix(join.url)
        return Door(address(join.host, join.port), join.code, squares, join.url, join.port, busy)

    def _tell_door(self, door: Door) -> None:
        self.door = door
        self._count.start()
        self.door_opened.emit(door)

    @Slot()
    def _look_who_is_here(self) -> None:
        here = self._server.here() if self._server is not None else 0
        if here != self.here:
            self.here = here
            self.here_changed.emit(here)
