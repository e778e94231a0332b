"""The workshops of a home and where they lie: opened at the start, made when a desk brings one."""

import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from core.base.clock import Clock, utc_now
from core.base.errors import WorkshopError
from core.base.ids import WorkshopId, is_id
from core.base.language import _
from core.base.settings import SettingsFile
from core.session import Session
from core.store import seal
from core.store.memory import FolderMemory
from core.sync.invitations import InvitationBook, Invitations
from core.sync.known import GuestBook, Guests

logger = logging.getLogger("sayback.home")

SUFFIX, WORKSHOPS = ".sayback", "workshops"
WORKSHOPS_AT_MOST = 200
"""Each is open with its board in memory and a thread of its own."""
CLOSE_SECONDS = 5.0


class HomeFull(WorkshopError):
    """No more workshops are taken in."""

    def __init__(self) -> None:
        super().__init__(_("The online home is full."), _("Ask whoever runs it."))


class Shelf(ABC):
    """The open workshops of one home, or of one instance of it. From any thread."""

    invitations: InvitationBook

    def __init__(self, most: int, clock: Clock) -> None:
        self.clock = clock
        self.newcomers: Callable[[WorkshopId, Session], None] = lambda workshop, session: None
        """Told of each workshop that is opened, on whatever thread."""
        self._most = most
        self._sessions: dict[WorkshopId, Session] = {}
        self._lock = threading.Lock()

    @abstractmethod
    def open(self) -> None:
        """Open every workshop. One that cannot be opened keeps nobody from the others."""

    @abstractmethod
    def guests_of(self, workshop: WorkshopId) -> GuestBook:
        """The desks that were let in to this workshop."""

    @abstractmethod
    def _new(self, workshop: WorkshopId) -> Session:
        """Room for a workshop, which may be here already."""

    def session_of(self, workshop: WorkshopId) -> Session | None:
        """The open workshop of this id."""
        return self._sessions.get(workshop)

    def find(self, workshop: WorkshopId) -> Session | None:
        """The same, opened where it must be. May wait."""
        return self.session_of(workshop)

    def all(self) -> Iterator[tuple[WorkshopId, Session]]:
        """Every open workshop."""
        yield from list(self._sessions.items())

    def with_code(self, code: str) -> WorkshopId | None:
        """Which workshop people find under this code."""
        held = ((each, session.board.workshop) for each, session in self.all())
        return next((each for each, made in held if made is not None and made.code.upper() == code.upper()), None)

    def make(self, workshop: WorkshopId) -> Session:
        """Room for a workshop that a desk brings; the same again where it is here already. Raises HomeFull,
        NotSaved."""
        if self.find(workshop) is None and len(self._sessions) >= self._most:
            raise HomeFull
        return self._opened(workshop)

    def figures(self) -> Mapping[str, float]:
        """What operators may want to know of what keeps the workshops."""
        return {}

    def close(self) -> None:
        """Save what is queued, and let go of the workshops."""
        for _workshop, session in self.all():
            session.close(CLOSE_SECONDS)

    def _opened(self, workshop: WorkshopId) -> Session:
        with self._lock:
            if (found := self._sessions.get(workshop)) is not None:
                return found
            session = self._sessions[workshop] = self._new(workshop)
        self.newcomers(workshop, session)
        return session


class FolderShelf(Shelf):
    """The workshops of a home in one folder, its data: one process serves them."""

    def __init__(
        self, folder: Path, most: int = WORKSHOPS_AT_MOST, clock: Clock = utc_now, *, restored: bool = False
    ) -> None:
        """`restored`: the folder was put back from a back-up, also where that cannot be seen."""
        super().__init__(most, clock)
        self.invitations = invitations_of(folder)
        self._folder, self._restored = folder, restored
        self._memory = FolderMemory(folder / "memory")

    def open(self) -> None:
        """Open every workshop. One that cannot be opened keeps nobody from the others. Raises OSError."""
        self._workshops.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._desk = SettingsFile(self._folder / "settings.json").settings.desk
        for path in workshop_files(self._folder):
            self._open(WorkshopId(path.stem), path)

    def guests_of(self, workshop: WorkshopId) -> Guests:
        """The desks that were let in to this workshop."""
        return Guests(self._folder / "guests", workshop)

    @property
    def _workshops(self) -> Path:
        return self._folder / WORKSHOPS

    def _new(self, workshop: WorkshopId) -> Session:
        path = self._workshops / (workshop + SUFFIX)
        return Session.join(path, None, self._desk, clock=self.clock, memory=self._memory, keeps_copies=True)

    def _open(self, workshop: WorkshopId, path: Path) -> None:
        """Where it is not as this home closed it, numbers may have been given that are not in it: it goes on in a new
        epoch (docs/decisions/a-home-that-was-put-back.md)."""
        is_as_left = seal.is_as_left(path) and not self._restored
        try:
            session = self._sessions[workshop] = Session.open(
                path, self._desk, clock=self.clock, memory=self._memory, is_home=True, keeps_copies=True
            )
            if not is_as_left and session.board.events:
                session.begin_epoch().result()
        except WorkshopError as error:
            logger.error("A workshop could not be opened: %s %s", workshop, type(error).__name__)


def workshop_files(folder: Path) -> list[Path]:
    """The workshops of the home with this data, each named by its id."""
    return sorted(path for path in (folder / WORKSHOPS).glob("*" + SUFFIX) if is_id(path.stem))


def workshop_file(folder: Path, workshop: WorkshopId) -> Path:
    """Where this workshop of the home lies."""
    return folder / WORKSHOPS / (workshop + SUFFIX)


def invitations_of(folder: Path) -> Invitations:
    """The invitations of the home with this data."""
    return Invitations(folder / "invitations")
