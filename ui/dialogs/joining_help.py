"""What to try when phones do not reach the laptop, the likeliest first (faults.md F28)."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from core.base.language import _
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Icon, Kind, Label, Tone
from ui.look.theme import Text
from ui.running import Running

WIDTH = 640


def things_to_try() -> tuple[tuple[str, str], ...]:
    """In this order: what costs least and helps most often comes first."""
    return (
        (
            _("Answer the firewall question"),
            _("If this laptop asks whether Sayback may use the network, choose Allow."),
        ),
        (
            _("On the phone, choose “stay connected”"),
            _("A phone may say that the Wi-Fi has no internet, and leave it. Tell it to stay."),
        ),
        (
            _("Ask about the guest Wi-Fi"),
            _("Many guest networks keep devices apart. Ask the venue for one that does not."),
        ),
        (
            _("Use this laptop’s own hotspot"),
            _("Turn it on, and let phones join it. The QR code changes by itself."),
        ),
        (
            _("Use your online home, if you have one"),
            _("Then phones come in over the internet, by their own signal."),
        ),
        (
            _("Hand out paper"),
            _("Collect the sheets, and type them in. Every note counts the same."),
        ),
    )


class JoiningHelp(Panel):
    """Stands over the desk's window, never on the projector. Says by itself when a phone has come."""

    address_wanted = Signal()
    wifi_wanted = Signal()

    def __init__(self, running: Running | None, window: QWidget) -> None:
        super().__init__(_("When phones cannot join"), window, WIDTH)
        self._running = running
        self._icon = Icon("info", "accent")
        self._state = Label("", bold=True, wrap=True)
        self._state.setMinimumWidth(WIDTH - 80)
        self.column.addLayout(self._head())
        for said in self._of_the_room():
            self.column.addWidget(Label(said, wrap=True))
        self.column.addLayout(_steps())
        self.column.addLayout(self._foot(can_choose=running is not None and running.door is not None))
        if running is not None:
            running.looked.connect(self.look)
            running.door_changed.connect(self.look)
        self.look()

    def open(self) -> None:
        """Show it, ready to be closed."""
        super().open()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def look(self) -> None:
        """How it is just now."""
        icon, tone, words = self._now()
        if words != self._state.text():
            self._icon.show_icon(icon, tone)
            self._state.setText(words)
            if self.isVisible():    # who does not see it hears of the first phone
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _now(self) -> tuple[str, str, str]:
        door = self._running.door if self._running is not None else None
        if self._running is None or door is None:
            return "info", "accent", _("No workshop is open, so phones find nothing yet.")
        if not door.is_open:
            return "wifi", "warn", _("This laptop is on no network. Join the room’s Wi-Fi first.")
        if self._running.is_reached:
            return "check", "good", _("A phone has reached this laptop at {address}.").format(address=door.address)
        return "warning", "warn", _("No phone has reached {address} yet.").format(address=door.address)

    def _of_the_room(self) -> list[str]:
        """What the facilitator may tell people: the Wi-Fi to be on, and whom to call."""
        door = self._running.door if self._running is not None else None
        wifi = door.wifi.name if door is not None and door.wifi is not None else ""
        telephone = self._running.telephone if self._running is not None else ""
        return [
            *([_("Phones should be on the Wi-Fi called {wifi}.").format(wifi=wifi)] if wifi else []),
            *([_("People can call {tel} for help.").format(tel=telephone)] if telephone else []),
        ]

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._state, 1)
        return row

    def _foot(self, *, can_choose: bool) -> QHBoxLayout:
        self._close = Button(_("Close"), keys="Esc", kind=Kind.MAIN)
        self._close.clicked.connect(self.leave)
        address, wifi = Button(_("Choose the address…")), Button(_("The room’s Wi-Fi…"), icon="wifi")
        address.clicked.connect(self._ask_for_address)
        wifi.clicked.connect(self._ask_for_wifi)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self._close, address, wifi):
            row.addWidget(button)
        row.addStretch(1)
        address.setVisible(can_choose)
        wifi.setVisible(can_choose)
        return row

    @Slot()
    def _ask_for_address(self) -> None:
        self.leave()
        self.address_wanted.emit()

    @Slot()
    def _ask_for_wifi(self) -> None:
        self.leave()
        self.wifi_wanted.emit()


def _steps() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for number, (what, how) in enumerate(things_to_try(), 1):
        row = 2 * number
        grid.addWidget(Label(f"{number}", Text.BASE, bold=True, tone=Tone.ACCENT), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(what, bold=True, wrap=True), row, 1)
        grid.addWidget(Label(how, tone=Tone.SECOND, wrap=True), row + 1, 1)
        grid.setRowMinimumHeight(row + 1, 26)
    return grid
