"""The links to join, one for each way to take part: the link that somebody used tells how they take part."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from core.base.join import Way
from core.base.language import _
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Icon, Kind, Label, Tone
from ui.look.theme import Text
from ui.running import Running

ICONS = {Way.ROOM: "phone", Way.HOME: "house", Way.SCRIBE: "pencil"}


def way_words(way: Way) -> tuple[str, str, str]:
    """What a way is called, who its link is for, and what the button that copies it is called for ears."""
    return {
        Way.ROOM: (_("In the room"), _("The same as the QR code."), _("Copy the join link")),
        Way.HOME: (
            _("At home"),
            _("For people who join from elsewhere. Their way to this laptop must be open, for example by VPN."),
            _("Copy the link for people at home"),
        ),
        Way.SCRIBE: (
            _("Table scribe"),
            _("For somebody who writes for a whole table."),
            _("Copy the link for a table scribe"),
        ),
    }[way]


class LinksPanel(Panel):
    """Each link, with a button that copies it."""

    copy_wanted = Signal(object)    # Way

    def __init__(self, running: Running, window: QWidget) -> None:
        super().__init__(_("Links to join"), window, 620)
        self._running = running
        self._lines: dict[Way, QLineEdit] = {}
        self._typed = Label(tone=Tone.SECOND, wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        for row, way in enumerate(Way):
            self._add(grid, row, way)
        self.column.addLayout(grid)
        self.column.addWidget(self._typed)
        self._close = Button(_("Close"), keys="Esc", kind=Kind.MAIN)
        self._close.clicked.connect(self.leave)
        self.column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)
        running.door_changed.connect(self._fill)
        self._fill()

    def open(self) -> None:
        """Show it, ready to be closed."""
        super().open()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _fill(self) -> None:
        """The links of now; without a network there are none."""
        door = self._running.door
        is_open = door is not None and door.is_open
        for way, line in self._lines.items():
            line.setText(door.link(way) if door is not None and is_open else "")
            line.setCursorPosition(0)
        told = _("By hand: open {address} and type {code}.")
        nothing = _("This laptop is on no network. Join the room’s Wi-Fi first.")
        self._typed.setText(told.format(address=door.address, code=door.code) if door and is_open else nothing)

    def _add(self, grid: QGridLayout, row: int, way: Way) -> None:
        name, about, copy_words = way_words(way)
        self._lines[way] = shown = QLineEdit()
        shown.setReadOnly(True)
        shown.setAccessibleName(name)
        shown.setAccessibleDescription(about)
        copy = Button(_("Copy"), icon="link", name=copy_words)
        copy.clicked.connect(partial(self.copy_wanted.emit, way))
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Label(name, bold=True))
        words.addWidget(shown)
        words.addWidget(Label(about, Text.SMALL, tone=Tone.SECOND, wrap=True))
        grid.addWidget(Icon(ICONS[way]), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(words, row, 1)
        grid.addWidget(copy, row, 2, Qt.AlignmentFlag.AlignVCenter)
