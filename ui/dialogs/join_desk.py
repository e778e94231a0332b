"""At a second desk: the address and the code that stand on the first one, and whose desk this is."""

import threading
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.base.errors import WorkshopError
from core.base.ids import DeskId
from core.base.language import _
from core.sync.invited import join_anywhere
from core.sync.known import Home
from ui.dialogs.code_panel import CodePanel, field
from ui.jobs import Jobs

WIDTH = 480


class JoinDeskPanel(CodePanel):
    """Asks, and waits until somebody at the first desk says yes or no; Escape asks no more."""

    let_in = Signal(object)    # Home

    def __init__(self, desk: DeskId, jobs: Jobs, window: QWidget) -> None:
        super().__init__(
            _("Join another desk’s workshop"), window, WIDTH,
            address=field(_("Address"), "192.168.0.12:8443"), code=field(_("Code"), "ABCD EFGH"),
        )  # fmt: skip
        self._desk, self._jobs = desk, jobs
        self._left = threading.Event()
        how = _("On the first desk choose “Let a second desk join…”. It shows an address and a code.")
        online = _("For a workshop at an online home, type its address and the invitation code that you were given.")
        self.lay_out(_("Ask to join"), "", [how, online])

    def leave(self) -> None:
        """Nobody wants to join any more."""
        self._left.set()
        super().leave()

    def go(self) -> None:
        """Ask to be let in."""
        self.tell(_("Waiting for a yes at the first desk…"))
        name = self._name.text().strip() or _("Second desk")
        asked = partial(join_anywhere, self._address.text(), self._code.text(), self._desk, name, self._left.wait)
        self._jobs.run(asked, self._on_answer, self._on_refused)

    def _on_answer(self, home: Home | None) -> None:
        if home is not None and not self.is_left:
            self.let_in.emit(home)
            self.leave()

    def _on_refused(self, error: WorkshopError) -> None:
        if not self.is_left:
            self.refuse(error)
