"""A workshop goes to an online home: its address, an invitation code, and what this desk is called there."""

import platform

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.base.errors import WorkshopError
from core.base.language import _
from core.sync.gate import NAME_AT_MOST
from ui.dialogs.form import labelled
from ui.dialogs.join_desk import field
from ui.dialogs.panel import Panel
from ui.parts import Button, Kind, Label, Tone
from ui.sharing import Sharing

WIDTH = 520


class ShareOnlinePanel(Panel):
    """Asks; what cannot be done is said in it, and nothing has changed then."""

    shared = Signal(bool)    # whether this desk will know the home after its next start

    def __init__(self, sharing: Sharing, window: QWidget) -> None:
        super().__init__(_("Share through an online home"), window, WIDTH)
        self._sharing = sharing
        self._address = field(_("Address of the online home"), "https://say.example.org")
        self._code = field(_("Invitation code"), "7KQM-2D9X-T4")
        self._name = field(_("What is this desk called?"), "")
        self._name.setText(platform.node()[:NAME_AT_MOST])
        self._name.setMaxLength(NAME_AT_MOST)
        self._lay_out()

    def open(self) -> None:
        """Show it, with the keyboard in the first field."""
        super().open()
        self._address.setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self) -> None:
        why = _(
            "People at home then take part on a public page, and other venues join in. Everything stays on this "
            "laptop, too, and goes on here while the network is down. Whoever runs the home gives you a code."
        )
        self.column.addWidget(Label(why, tone=Tone.SECOND, wrap=True))
        for each in (self._address, self._code, self._name):
            self.column.addLayout(labelled(each.accessibleName(), each))
            each.returnPressed.connect(self.share)
        joined = _("Desks that joined this one in the room join the home afterwards, each with a code of its own.")
        self.column.addWidget(Label(joined, tone=Tone.SECOND, wrap=True))
        self._told = Label("", wrap=True)
        self._told.setMinimumWidth(WIDTH - 40)
        self._share = Button(_("Share"), icon="house", keys="Return", kind=Kind.MAIN)
        self._share.clicked.connect(self.share)
        leave = Button(_("Cancel"), keys="Esc", kind=Kind.QUIET)
        leave.clicked.connect(self.leave)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._share)
        foot.addWidget(leave)
        foot.addStretch(1)
        self.column.addWidget(self._told)
        self.column.addLayout(foot)

    @Slot()
    def share(self) -> None:
        """Go to the home with the code."""
        if not self._share.isEnabled():
            return
        self._share.setEnabled(False)
        self._tell(_("Asking the online home…"), Tone.INK)
        name = self._name.text().strip() or _("A desk")
        self._sharing.share_online(self._address.text(), self._code.text(), name, self._on_shared, self._on_refused)

    def _on_shared(self, lasts: bool) -> None:
        self.leave()
        self.shared.emit(lasts)

    def _on_refused(self, error: WorkshopError) -> None:
        self._share.setEnabled(True)
        self._tell(f"{error} {error.advice}", Tone.WARN)

    def _tell(self, words: str, tone: Tone) -> None:
        self._told.set_tone(tone)
        self._told.setText(words)
        self._told.setAccessibleName(words)
        self._centre()
