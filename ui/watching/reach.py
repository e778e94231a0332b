"""Tells the desk when phones may have trouble to come in: the address has changed, or nobody has reached us yet."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from core.base.language import _
from ui.running import Door, Running
from ui.watching.notices import Choice, Notice, Notices, Urgency

WAIT_SECONDS = 60.0
UNREACHED = "unreached"
MOVED = "moved"


class Reach(QObject):
    """Notices in the bar, never anything over the board or the projector. They go by themselves when all is well."""

    help_wanted = Signal()
    address_wanted = Signal()
    join_view_wanted = Signal()

    def __init__(
        self, running: Running, notices: Notices, now: Callable[[], float], parent: QObject | None = None
    ) -> None:
        """`now`: seconds since some moment."""
        super().__init__(parent)
        self._running, self._notices, self._now = running, notices, now
        self._door: Door | None = None
        self._last_host = ""    # the last one that phones could come to
        self._since: float | None = None    # the join view is up
        self._has_told = False
        running.door_opened.connect(self._on_door)
        running.door_changed.connect(self._on_door)
        running.looked.connect(self.look)

    @Slot(bool)
    def show_projector(self, on: bool) -> None:
        """Whether the join view is up: from then on phones are expected."""
        self._since = self._now() if on else None
        self._has_told = False

    @Slot()
    def look(self) -> None:
        """Has a phone been here?"""
        if self._running.is_reached:
            self._notices.settle(UNREACHED)
        elif self._is_overdue() and not self._has_told:
            self._has_told = True
            self._notices.tell(self._unreached())

    def _is_overdue(self) -> bool:
        is_open = self._door is not None and self._door.is_open
        return is_open and self._since is not None and self._now() - self._since >= WAIT_SECONDS

    @Slot(object)
    def _on_door(self, door: Door) -> None:
        before, self._door = self._door, door
        if before is not None and before.host == door.host and before.port == door.port:
            return
        self._notices.settle(UNREACHED)
        if self._since is not None:    # phones get as long again for the new code
            self.show_projector(on=True)
        if not door.is_open:
            self._notices.tell(_no_network(had_one=bool(self._last_host)))
        elif self._last_host and door.host != self._last_host:
            self._notices.tell(self._moved(door))
        elif before is not None:
            self._notices.tell(_back() if self._last_host else _found(door))
        self._last_host = door.host if door.is_open else self._last_host

    def _unreached(self) -> Notice:
        choices = [Choice(_("What to try…"), self.help_wanted.emit)]
        if self._door is not None and len(self._door.found) > 1:
            choices.append(Choice(_("Try another address…"), self.address_wanted.emit))
        return Notice(
            what=_("No phone has reached this laptop yet."),
            advice=_("The code has been up for one minute. Most often the phones are on another Wi-Fi."),
            urgency=Urgency.WARN,
            choices=tuple(choices),
            topic=UNREACHED,
        )

    def _moved(self, door: Door) -> Notice:
        is_up = self._since is not None
        choices = () if is_up else (Choice(_("Show the join view"), self.join_view_wanted.emit, "F4"),)
        right = _("The old QR code no longer works. The projector shows the new one. Printed posters are wrong.")
        shown = _("The old QR code no longer works. Show the new one, so that people can come back.")
        return Notice(
            what=_("The address has changed to {host}.").format(host=door.host),
            advice=right if is_up else shown,
            urgency=Urgency.WARN,
            choices=choices,
            topic=MOVED,
            icon="wifi",
        )


def _no_network(*, had_one: bool) -> Notice:
    kept = _("Notes are safe, and phones keep what people write. Join the room’s Wi-Fi again.")
    first = _("Join the room’s Wi-Fi. The QR code comes by itself.")
    return Notice(
        what=_("This laptop has lost its network.") if had_one else _("This laptop is on no network yet."),
        advice=kept if had_one else first,
        urgency=Urgency.BAD if had_one else Urgency.WARN,
        topic=MOVED,
        icon="wifi",
    )


def _back() -> Notice:
    advice = _("The QR code is the same as before. Phones come back by themselves.")
    return Notice(what=_("The network is back."), advice=advice, urgency=Urgency.GOOD, topic=MOVED)


def _found(door: Door) -> Notice:
    what = _("Phones can find this laptop at {address}.").format(address=door.address)
    return Notice(what=what, urgency=Urgency.GOOD, topic=MOVED)
