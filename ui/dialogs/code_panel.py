"""A panel that goes somewhere with a code: an address, the code, and what this desk is called there."""

import platform
from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.base.errors import WorkshopError
from core.base.language import _
from core.sync.gate import NAME_AT_MOST
from ui.dialogs.form import labelled
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label, Tone

MARGINS = 40


class CodePanel(Panel):
    """Goes once at a time; what cannot be done is said in it, and then one may try again."""

    def __init__(self, title: str, window: QWidget, width: int, *, address: QLineEdit, code: QLineEdit) -> None:
        super().__init__(title, window, width)
        self._address, self._code = address, code
        self._name = field(_("What is this desk called?"), "")
        self._name.setText(platform.node()[:NAME_AT_MOST])
        self._name.setMaxLength(NAME_AT_MOST)
        self._told = Label("", wrap=True)
        self._told.setMinimumWidth(width - MARGINS)

    def go(self) -> None:
        """Use what was filled in."""
        raise NotImplementedError

    def lay_out(self, words: str, icon: str, above: Sequence[str], below: Sequence[str] = ()) -> None:
        """The fields between what is said above and below them; `words` and `icon` are those of the button."""
        for said in above:
            self.column.addWidget(Label(said, tone=Tone.SECOND, wrap=True))
        for each in (self._address, self._code, self._name):
            self.column.addLayout(labelled(each.accessibleName(), each))
            each.returnPressed.connect(self.try_to_go)
        for said in below:
            self.column.addWidget(Label(said, tone=Tone.SECOND, wrap=True))
        self.column.addWidget(self._told)
        self._go = Button(words, icon=icon, keys="Return", kind=Kind.MAIN)
        self._go.clicked.connect(self.try_to_go)
        leave = Button(_("Cancel"), keys="Esc", kind=Kind.QUIET)
        leave.clicked.connect(self.leave)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._go)
        foot.addWidget(leave)
        foot.addStretch(1)
        self.column.addLayout(foot)

    def open(self) -> None:
        """Show it, with the keyboard in the first field."""
        super().open()
        self._address.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def try_to_go(self) -> None:
        """Go, unless it is under way."""
        if self._go.isEnabled():
            self._go.setEnabled(False)
            self.go()

    def refuse(self, error: WorkshopError) -> None:
        """Say why not; one may try again."""
        self._go.setEnabled(True)
        self.tell(f"{error} {error.advice}", Tone.WARN)

    def tell(self, words: str, tone: Tone = Tone.INK) -> None:
        """Say this below the fields."""
        self._told.set_tone(tone)
        self._told.setText(words)
        self._told.setAccessibleName(words)
        self._centre()


def field(name: str, example: str) -> QLineEdit:
    """A line to fill in."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    return made
