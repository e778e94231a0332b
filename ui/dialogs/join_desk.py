"""At a second desk: the address and the code that stand on the first one, and whose desk this is."""

import platform
import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.base.errors import WorkshopError
from core.base.ids import DeskId
from core.base.language import _
from core.sync.gate import NAME_AT_MOST
from core.sync.invited import join_anywhere
from core.sync.known import Home
from ui.dialogs.form import labelled
from ui.dialogs.panel import Panel
from ui.jobs import Jobs
from ui.parts import Button, Kind, Label, Tone

WIDTH = 480
Join = Callable[[str, str, DeskId, str, Callable[[float], bool]], Home | None]


class JoinDeskPanel(Panel):
    """Asks, and waits until somebody at the first desk says yes or no; Escape asks no more."""

    let_in = Signal(object)    # Home

    def __init__(self, desk: DeskId, jobs: Jobs, window: QWidget) -> None:
        super().__init__(_("Join another desk’s workshop"), window, WIDTH)
        self._desk, self._jobs = desk, jobs
        self._left = threading.Event()
        self._address = field(_("Address"), "192.168.0.12:8443")
        self._code = field(_("Code"), "ABCD EFGH")
        self._name = field(_("What is this desk called?"), "")
        self._name.setText(platform.node()[:NAME_AT_MOST])
        self._name.setMaxLength(NAME_AT_MOST)
        how = _("On the first desk choose “Let a second desk join…”. It shows an address and a code.")
        online = _("For a workshop at an online home, type its address and the invitation code that you were given.")
        self.column.addWidget(Label(how, tone=Tone.SECOND, wrap=True))
        self.column.addWidget(Label(online, tone=Tone.SECOND, wrap=True))
        for each in (self._address, self._code, self._name):
            self.column.addLayout(labelled(each.accessibleName(), each))
            each.returnPressed.connect(self.ask)
        self._told = Label("", wrap=True)
        self._told.setMinimumWidth(WIDTH - 40)
        self._ask = Button(_("Ask to join"), keys="Return", kind=Kind.MAIN)
        self._ask.clicked.connect(self.ask)
        leave = Button(_("Cancel"), keys="Esc", kind=Kind.QUIET)
        leave.clicked.connect(self.leave)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._ask)
        foot.addWidget(leave)
        foot.addStretch(1)
        self.column.addWidget(self._told)
        self.column.addLayout(foot)

    def open(self) -> None:
        """Show it, with the keyboard in the first field."""
        super().open()
        self._address.setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> None:
        """Nobody wants to join any more."""
        self._left.set()
        super().leave()

    @Slot()
    def ask(self) -> None:
        """Ask to be let in."""
        if not self._ask.isEnabled():
            return
        self._tell(_("Waiting for a yes at the first desk…"), Tone.INK)
        self._ask.setEnabled(False)
        name = self._name.text().strip() or _("Second desk")
        asked = partial(join_anywhere, self._address.text(), self._code.text(), self._desk, name, self._left.wait)
        self._jobs.run(asked, self._on_answer, self._on_refused)

    def _on_answer(self, home: Home | None) -> None:
        if home is not None and not self._left.is_set():
            self.let_in.emit(home)
            self.leave()

    def _on_refused(self, error: WorkshopError) -> None:
        if not self._left.is_set():
            self._ask.setEnabled(True)
            self._tell(f"{error} {error.advice}", Tone.WARN)

    def _tell(self, words: str, tone: Tone) -> None:
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
