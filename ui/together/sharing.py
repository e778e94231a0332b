"""How one open workshop is shared with other desks: as the first desk, by its gate; as a second one, by its link."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from core.base.errors import WorkshopError
from core.base.language import _, ngettext
from core.domain.moving import TellHome
from core.session import Session
from ui.jobs import Jobs

if TYPE_CHECKING:    # they load after the first paint
    from core.sync.gateway import Gateway
    from core.sync.known import Guest, Home
    from core.sync.link import Link
    from core.sync.pairing import Pairing
    from core.sync.roles import Role

LOOK_MS = 1000
Refused = Callable[[WorkshopError], None]


class Sharing(QObject):
    """`begin` goes on as last time, `shut` ends all; what happens on other threads is told on the screen's."""

    changed = Signal()    # the words, or who is here
    pairing_changed = Signal()
    refused = Signal(object)    # WorkshopError
    _woken = Signal()
    _asked = Signal()

    def __init__(self, session: Session, jobs: Jobs, known: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._known = session, jobs, known
        self._gateway: Gateway | None = None
        self._link: Link | None = None
        self._home: Home | None = None
        self._told = ""
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._woken.connect(self._look, Qt.ConnectionType.QueuedConnection)
        self._asked.connect(self.pairing_changed, Qt.ConnectionType.QueuedConnection)

    @property
    def home(self) -> "Home | None":
        """The online home through which this workshop is shared; None where there is none, or before `begin`."""
        return self._home

    def elsewhere(self) -> str:
        """Where people find this workshop online; empty where they do not. Waits for the disk."""
        from core.sync.known import Homes

        return "" if self._session.is_home else Homes(self._known).public_of(self._session.workshop_id)

    @property
    def link_words(self) -> str:
        """How the link to the home stands; empty where there is none."""
        return self._link.state.words if self._link is not None else ""

    @property
    def is_first(self) -> bool:
        """Whether this desk gives the order, and may let others in."""
        return self._session.is_home

    @property
    def pairing(self) -> "Pairing | None":
        """The code of the moment."""
        return self._gateway.pairing if self._gateway is not None else None

    @property
    def port(self) -> int:
        """Where other desks find this one."""
        return self._gateway.port if self._gateway is not None else 0

    @property
    def guests(self) -> "list[tuple[Guest, bool]]":
        """The desks that were let in, and whether each is here now."""
        if self._gateway is None:
            return []
        here = self._gateway.here()
        return [(guest, guest.desk in here) for guest in self._gateway.guests.all()]

    @property
    def words(self) -> str:
        """How the desks stand together; empty where this one works alone."""
        if self._link is not None:
            return self._link.state.words
        guests = self.guests
        here = sum(is_here for _guest, is_here in guests)
        if len(guests) == 1:
            return _("Second desk: on") if here else _("Second desk: not here")
        if not guests:
            return ""
        return ngettext("Other desks: {n} is here", "Other desks: {n} are here", here).format(n=here)

    @property
    def problem(self) -> WorkshopError | None:
        """What only somebody can mend."""
        from core.sync.standing import Way

        state = self._link.state if self._link is not None else None
        return state.problem if state is not None and state.way is Way.ENDED else None

    @property
    def is_well(self) -> bool:
        """Whether nothing waits that should not."""
        from core.sync.standing import Way

        return self._link is None or self._link.state.way in (Way.ON, Way.BEGINS)

    def begin(self) -> None:
        """Open the gate where desks were let in before, or link with the home that was joined."""
        self._jobs.run(self._begin, self._begun, self.refused.emit)

    def open_pairing(self, then: "Callable[[Pairing], None]") -> None:
        """A new code; `then` once it works."""
        self._jobs.run(self._open_pairing, lambda pairing: self._opened(pairing, then), self.refused.emit)

    def end_pairing(self) -> None:
        """The code works no more."""
        if self._gateway is not None:
            self._gateway.end_pairing()

    def answer(self, role: "Role | None") -> None:
        """Let the desk that asks in, or do not."""
        if self.pairing is not None:
            self._jobs.run(partial(self.pairing.answer, role), lambda _nothing: self._look(), self.refused.emit)

    def send_away(self, guest: "Guest") -> None:
        """This desk comes in no more."""
        if self._gateway is not None:
            self._jobs.run(partial(self._gateway.send_away, guest), lambda _nothing: self._look(), self.refused.emit)

    def share_online(
        self, address: str, code: str, name: str, then: Callable[[bool], None], refused: Refused
    ) -> None:
        """Give the order of this workshop to an online home; `then` with whether this desk will know it after its next
        start. From its next opening on this desk follows."""
        self._jobs.run(partial(self._share_online, address, code, name), then, refused)

    def invite(self, role: "Role", venue: str, then: Callable[[str], None], refused: Refused) -> None:
        """A code for another desk, at this venue or (empty) at none; only an organiser gets one."""
        self._jobs.run(partial(self._invite, role, venue), then, refused)

    def fetch_addresses(self, then: Callable[[int], None], refused: Refused) -> None:
        """What people left at the home to be written to; it is erased there then."""
        self._jobs.run(self._fetch_addresses, then, refused)

    def take_over(self, then: Callable[[], None]) -> None:
        """From the next opening on this desk gives the order; `then` once that is kept."""
        self._jobs.run(self._take_over, lambda _nothing: then(), self.refused.emit)

    def hush(self) -> None:
        """Tell the screen nothing more."""
        self._timer.stop()
        self.blockSignals(True)

    def shut(self) -> None:
        """End gate and link. May take seconds; from any thread."""
        if self._link is not None:
            self._link.stop()
        if self._gateway is not None:
            self._gateway.stop()

    def _begin(self) -> None:
        # uvicorn, starlette and httpx2 load after the first paint
        from core.sync.gateway import Gateway
        from core.sync.known import Guests, Homes
        from core.sync.link import Link

        if self._session.is_home:
            if Guests(self._known, self._session.workshop_id).all():
                self._gateway = Gateway(self._session, self._known)
                self._gateway.start()
            return
        home = Homes(self._known).of(self._session.workshop_id)
        if home is not None:
            self._home = home if home.is_online else None
            self._link = Link(self._session, home, changed=self._woken.emit, moved=self._home_moved)
            self._link.start()

    def _take_over(self) -> None:
        self._session.do(TellHome("")).result()
        self._session.end_home_elsewhere().result()

    def _home_moved(self, home: "Home") -> None:
        """On a thread of the link. Raises NotSaved."""
        from core.sync.known import Homes

        Homes(self._known).keep(home)
        self._home = home

    def _begun(self, _nothing: None) -> None:
        self._timer.start()
        self._look()

    def _share_online(self, address: str, code: str, name: str) -> bool:
        from core.sync.invited import share
        from core.sync.known import Homes

        return share(self._session, address, code, name, Homes(self._known)).lasts

    def _invite(self, role: "Role", venue: str) -> str:
        from core.sync.invitations import as_shown
        from core.sync.line import ask_once

        asked = {"role": role.value, **({"venue": venue} if venue else {})}
        told = ask_once(self._at_home(), lambda line: line.asked("POST", "/invite", json=asked))
        return as_shown(str(told.get("code")))

    def _fetch_addresses(self) -> int:
        from core.sync.addresses import fetched
        from core.sync.line import ask_once

        return ask_once(self._at_home(), lambda line: fetched(self._session, line))

    def _at_home(self) -> "Home":
        from core.sync.errors import HomeNotReached

        if self._home is None:
            raise HomeNotReached
        return self._home

    def _open_pairing(self) -> "Pairing":
        from core.sync.gateway import Gateway

        if self._gateway is None:
            self._gateway = Gateway(self._session, self._known)
        return self._gateway.open_pairing(changed=self._asked.emit)

    def _opened(self, pairing: "Pairing", then: "Callable[[Pairing], None]") -> None:
        self._timer.start()
        then(pairing)

    @Slot()
    def _look(self) -> None:
        told = f"{self.words} {self.is_well} {[(guest.desk, here) for guest, here in self.guests]}"
        if told != self._told:
            self._told = told
            self.changed.emit()
