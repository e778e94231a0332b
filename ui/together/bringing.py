"""Bring in from another desk's copy: asks which file, says what that would do, does it once somebody says yes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from core.base.errors import WorkshopError
from core.base.language import _
from ui.main_window import MainWindow
from ui.making.save_copy import SUFFIX
from ui.running import Running
from ui.watching.notices import Choice, Notice, Urgency

if TYPE_CHECKING:    # it loads after the first paint
    from core.record.bringing import Found

TOPIC = "bring in"
AskCopy = Callable[[MainWindow, Path], str]


def ask_copy(window: MainWindow, folder: Path) -> str:
    """The system's own way to choose a copy, or a workshop.json; empty when nothing was chosen."""
    kinds = _("Copies of this workshop (*{suffix} *.json)").format(suffix=SUFFIX)
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Bring in from another desk’s copy"), str(folder), kinds)
    return chosen


class Bringing(QObject):
    """For one open workshop. `ask` is handed in by tests."""

    def __init__(self, running: Running, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self.ask: AskCopy = ask_copy
        self._running, self._window = running, window

    @Slot()
    def start(self) -> None:
        """Ask which file, and look at it."""
        from core.record.bringing import look  # after the first paint

        chosen = self.ask(self._window, self._running.session.path.parent)
        if chosen:
            looked = partial(look, self._running.session, Path(chosen))
            self._running.in_background(looked, self._on_looked, self._on_refused)

    def _on_looked(self, found: "Found") -> None:
        from core.record.bringing import told  # after the first paint

        if not found.events:
            self._tell(_("Everything in that file is here already."), Urgency.INFO)
            return
        bring = Choice(_("Bring it in"), partial(self._bring, found))
        leave = Choice(_("Cancel"), partial(self._window.notices.settle, TOPIC))
        careful = found.erases or found.changes_all
        self._tell(" ".join(told(found)), Urgency.WARN if careful else Urgency.INFO, bring, leave)

    def _bring(self, found: "Found") -> None:
        from core.record.bringing import bring  # after the first paint

        self._tell(_("It is being brought in…"), Urgency.INFO)
        self._running.in_background(
            partial(bring, self._running.session, found), self._on_brought, self._on_refused
        )

    def _on_brought(self, _nothing: None) -> None:
        self._tell(_("It is here now."), Urgency.GOOD)

    def _on_refused(self, error: WorkshopError) -> None:
        again = Choice(_("Choose another file…"), self.start)
        self._tell(str(error), Urgency.WARN, again, advice=error.advice)

    def _tell(self, what: str, urgency: Urgency, *choices: Choice, advice: str = "") -> None:
        self._window.notices.tell(Notice(what=what, advice=advice, urgency=urgency, choices=choices, topic=TOPIC))
