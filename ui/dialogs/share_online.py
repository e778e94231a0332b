"""A workshop goes to an online home: its address, an invitation code, and what this desk is called there."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core.base.errors import WorkshopError
from core.base.language import _
from ui.dialogs.code_panel import CodePanel, field
from ui.together.sharing import Sharing

WIDTH = 520


class ShareOnlinePanel(CodePanel):
    """Asks; what cannot be done is said in it, and nothing has changed then. Who leaves it meanwhile is told elsewhere
    what came of it: the home may have said yes."""

    def __init__(self, sharing: Sharing, then: Callable[[bool], None], window: QWidget) -> None:
        """`then` with whether this desk will know the home after its next start."""
        super().__init__(
            _("Share through an online home"), window, WIDTH,
            address=field(_("Address of the online home"), "https://say.example.org"),
            code=field(_("Invitation code"), "7KQM-2D9X-T4"),
        )  # fmt: skip
        self._sharing, self._then = sharing, then
        why = _(
            "People at home then take part on a public page, and other venues join in. Everything stays on this "
            "laptop, too, and goes on here while the network is down. Whoever runs the home gives you a code."
        )
        joined = _("Desks that joined this one in the room join the home afterwards, each with a code of its own.")
        self.lay_out(_("Share"), "house", [why], [joined])

    def go(self) -> None:
        """Go to the home with the code."""
        self.tell(_("Asking the online home…"))
        name = self._name.text().strip() or _("A desk")
        self._sharing.share_online(self._address.text(), self._code.text(), name, self._on_shared, self._on_refused)

    def _on_shared(self, lasts: bool) -> None:
        if not self.is_left:
            self.leave()
        self._then(lasts)

    def _on_refused(self, error: WorkshopError) -> None:
        if self.is_left:
            self._sharing.refused.emit(error)
        else:
            self.refuse(error)
