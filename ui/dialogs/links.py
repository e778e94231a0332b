"""The links to join, one for each way to take part: the link that somebody used tells how they take part."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from core.base.join import Way
from core.base.language import _
from ui.dialogs.panel import Panel
from ui.parts import Button, Icon, Kind, Label, Tone
from ui.running import Door
from ui.theme import Text

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

    def __init__(self, door: Door, window: QWidget) -> None:
        super().__init__(_("Links to join"), window, 620)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        for row, way in enumerate(Way):
            self._add(grid, row, way, door.link(way))
        self.column.addLayout(grid)
        typed = _("By hand: open {address} and type {code}.").format(address=door.address, code=door.code)
        self.column.addWidget(Label(typed, tone=Tone.SECOND, wrap=True))
        self._close = Button(_("Close"), keys="Esc", kind=Kind.MAIN)
        self._close.clicked.connect(self.leave)
        self.column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)

    def open(self) -> None:
        """Show it, ready to be closed."""
        super().open()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, grid: QGridLayout, row: int, way: Way, link: str) -> None:
        name, about, copy_words = way_words(way)
        shown = QLineEdit(link)
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
