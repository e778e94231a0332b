"""Which address of this laptop phones should come to, where it has several."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from core.base.adapters import Address, Link
from core.base.join import address as origin
from core.base.language import _
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Icon, Kind, Label, Tone
from ui.look.theme import Text
from ui.running import Door, Running

WIDTH = 580
INDENT = 28


def link_name(link: Link) -> str:
    """What people call such an adapter."""
    return {
        Link.WIFI: _("Wi-Fi"),
        Link.CABLE: _("Cable"),
        Link.VIRTUAL: _("VPN or other program"),
        Link.UNKNOWN: _("Network"),
    }[link]


class AddressPanel(Panel):
    """Lists every address that phones may reach, and follows the networks while it is open."""

    chosen = Signal(object)    # Address, or None: leave it to us

    def __init__(self, running: Running, window: QWidget) -> None:
        super().__init__(_("Where phones find this laptop"), window, WIDTH)
        self._running = running
        self._shown: tuple[Address, ...] | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._group = QButtonGroup(self)
        self._addresses: list[Address | None] = []
        why = _("Phones must be on the same network. If one address does not work, try the next.")
        self._why = Label(why, tone=Tone.SECOND, wrap=True)
        self._why.setMinimumWidth(WIDTH - 40)
        self._use = Button(_("Use this address"), kind=Kind.MAIN)
        self._use.clicked.connect(self._take)
        leave = Button(_("Cancel"), keys="Esc")
        leave.clicked.connect(self.leave)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._use)
        foot.addWidget(leave)
        foot.addStretch(1)
        self.column.addWidget(self._why)
        self.column.addLayout(self._rows)
        self.column.addLayout(foot)
        running.door_changed.connect(self._follow)
        self._fill()

    def open(self) -> None:
        """Show it, at the address of now."""
        super().open()
        (self._group.checkedButton() or self._use).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _follow(self) -> None:
        """Another network came or went."""
        had_focus = any(button.hasFocus() for button in self._group.buttons())
        self._fill()
        self._centre()
        if had_focus:
            (self._group.checkedButton() or self._use).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        door = self._running.door
        found = door.found if door else ()
        if door is None or found == self._shown:
            return
        self._shown = found
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._addresses = [None, *found] if len(found) > 1 else list(found)
        for number, each in enumerate(self._addresses):
            self._rows.addWidget(self._row(number, each, door))
        if not found:
            self._rows.addWidget(_nothing())
        self._use.setEnabled(len(found) > 1)
        self._use.setToolTip("" if len(found) > 1 else _("There is no other address to choose."))

    def _row(self, number: int, address: Address | None, door: Door) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(0)
        words, more = self._words(number, address, door)
        button = QRadioButton(words)
        button.setAccessibleName(f"{words}. {more}")
        button.setChecked(address is not None and address.host == door.host)
        self._group.addButton(button, number)
        below = Label(more, Text.SMALL, tone=Tone.SECOND, wrap=True)
        below.setContentsMargins(INDENT, 0, 0, 0)
        column.addWidget(button)
        column.addWidget(below)
        return row

    def _words(self, number: int, address: Address | None, door: Door) -> tuple[str, str]:
        if address is None:
            return _("Let Sayback choose"), _("It takes the one that phones most likely reach.")
        parts = [link_name(address.link)]
        if address.adapter and address.adapter != parts[0]:
            parts.append(address.adapter)
        if address.host == door.host:
            parts.append(_("on the projector now"))
        if address.link is Link.VIRTUAL:
            parts.append(_("phones in the room seldom reach this one"))
        elif number == 1:
            parts.append(_("most likely the right one"))
        return origin(address.host, door.port), " · ".join(parts)

    @Slot()
    def _take(self) -> None:
        number = self._group.checkedId()
        if number >= 0:
            self.chosen.emit(self._addresses[number])
        self.leave()


def _nothing() -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 6, 0, 6)
    line.setSpacing(10)
    line.addWidget(Icon("wifi", "warn"), 0, Qt.AlignmentFlag.AlignTop)
    told = _("This laptop is on no network. Join the room’s Wi-Fi, or turn on this laptop’s own hotspot.")
    line.addWidget(Label(told, wrap=True), 1)
    return row
