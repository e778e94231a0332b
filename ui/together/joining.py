"""Everything at the desk about how people come in: the links, the address, the room's Wi-Fi, and what to try."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from core.base.adapters import Address
from core.base.join import Way
from core.base.language import _
from core.base.wifi import Wifi
from ui.main_window import MainWindow
from ui.running import Running
from ui.watching.notices import Notice, Urgency
from ui.watching.reach import Reach

WIFI = "wifi"


class Joining(QObject):
    """Opens the panels that the menus name, and does what is chosen in them."""

    join_view_wanted = Signal()

    def __init__(self, running: Running, window: MainWindow, now: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._running, self._window = running, window
        self.reach = Reach(running, window.notices, now, self)
        self.reach.address_wanted.connect(self.ask_for_address)
        self.reach.help_wanted.connect(window.actions_["joining-help"].trigger)
        self.reach.join_view_wanted.connect(self.join_view_wanted)
        actions = window.actions_
        actions["address"].triggered.connect(self.ask_for_address)
        actions["wifi"].triggered.connect(self.ask_for_wifi)
        actions["links"].triggered.connect(self.show_links)
        actions["copy-link"].triggered.connect(self._copy_room)
        actions["copy-link-home"].triggered.connect(self._copy_home)
        actions["copy-link-scribe"].triggered.connect(self._copy_scribe)

    @Slot()
    def ask_for_address(self) -> None:
        """At which address phones should come."""
        from ui.dialogs.address import AddressPanel  # after the first paint

        panel = AddressPanel(self._running, self._window)
        panel.chosen.connect(self._choose)
        panel.open()

    @Slot()
    def ask_for_wifi(self) -> None:
        """Which Wi-Fi stands beside the code."""
        from ui.dialogs.wifi import WifiPanel  # after the first paint

        door = self._running.door
        panel = WifiPanel(door.wifi if door else None, self._window)
        panel.given.connect(self._show_wifi)
        panel.open()

    @Slot()
    def show_links(self) -> None:
        """The links for the room, for people at home and for scribes."""
        from ui.dialogs.links import LinksPanel  # after the first paint

        panel = LinksPanel(self._running, self._window)
        panel.copy_wanted.connect(self.copy)
        panel.open()

    @Slot(object)
    def copy(self, way: Way) -> None:
        """Put a link on the clipboard."""
        door = self._running.door
        if door is not None and door.is_open:
            told = {
                Way.ROOM: _("The join link is copied."),
                Way.HOME: _("The link for people at home is copied."),
                Way.SCRIBE: _("The link for a table scribe is copied."),
            }[way]
            QGuiApplication.clipboard().setText(door.link(way))
            self._window.notices.tell(
                Notice(what=told, advice=door.link(way), urgency=Urgency.GOOD, topic="link")
            )

    @Slot()
    def _copy_room(self) -> None:
        self.copy(Way.ROOM)

    @Slot()
    def _copy_home(self) -> None:
        self.copy(Way.HOME)

    @Slot()
    def _copy_scribe(self) -> None:
        self.copy(Way.SCRIBE)

    @Slot(object)
    def _choose(self, address: Address | None) -> None:
        self._running.choose(address)

    @Slot(object)
    def _show_wifi(self, wifi: Wifi | None) -> None:
        self._running.set_wifi(wifi, partial(self._tell_wifi, wifi))

    def _tell_wifi(self, wifi: Wifi | None) -> None:
        shown = _("The join view shows the Wi-Fi {name}.").format(name=wifi.name) if wifi else ""
        gone = _("The join view shows no Wi-Fi now. This laptop has forgotten the password.")
        self._window.notices.tell(Notice(what=shown or gone, urgency=Urgency.GOOD, topic=WIFI))
