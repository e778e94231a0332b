"""Save a copy: asks where to, then says that it is under way, where it lies, or why it could not be made."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from core.base.errors import WorkshopError
from core.base.language import _
from core.base.names import file_name, free_path
from ui.main_window import MainWindow
from ui.running import Running
from ui.watching.notices import Choice, Notice, Urgency

SUFFIX = ".sayback"
TOPIC = "copy"
AskTarget = Callable[[MainWindow, Path], str]
"""Asks for the name of a new file, offering one; empty when nothing was chosen."""


def ask_target(window: MainWindow, offered: Path) -> str:
    """The system's own way to name a file. What is there already is refused by us, and not written over."""
    kinds = _("Workshops (*{suffix})").format(suffix=SUFFIX)
    option = QFileDialog.Option.DontConfirmOverwrite
    chosen, _kind = QFileDialog.getSaveFileName(window, _("Save a copy"), str(offered), kinds, options=option)
    return chosen


class SaveCopy(QObject):
    """For one open workshop; `folder` is where copies are offered to go."""

    open_wanted = Signal(str)    # path

    def __init__(
        self, running: Running, window: MainWindow, folder: Path, ask: AskTarget, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._running, self._window, self._folder, self._ask = running, window, folder, ask

    @Slot()
    def start(self) -> None:
        """Ask where to, and begin."""
        name = _("{title} copy").format(title=file_name(self._running.bridge.board.title(), _("Workshop")))
        chosen = self._ask(self._window, free_path(self._folder, name, SUFFIX))
        if chosen:
            target = Path(chosen)
            self._make(target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX))

    def _make(self, target: Path) -> None:
        self._window.notices.tell(Notice(what=_("The copy is being made…"), topic=TOPIC, can_close=False))
        self._running.save_copy(target, self._on_made, self._on_refused)

    def _on_made(self, target: Path) -> None:
        show = Choice(_("Open the folder"), partial(_show_folder, target.parent))
        go_on = Choice(_("Open the copy"), partial(self.open_wanted.emit, str(target)))
        notice = Notice(
            what=_("The copy is saved."),
            advice=_("{file}: everything but the addresses people left.").format(file=target.name),
            urgency=Urgency.INFO if self._running.session.is_view_only else Urgency.GOOD,
            choices=(go_on, show) if self._running.session.is_view_only else (show,),
            topic=TOPIC,
            icon=Urgency.GOOD.icon,
        )
        self._window.notices.tell(notice)

    def _on_refused(self, error: WorkshopError) -> None:
        again = Choice(_("Choose another place…"), self.start)
        notice = Notice(
            what=str(error), advice=error.advice, urgency=Urgency.WARN, choices=(again,), topic=TOPIC
        )
        self._window.notices.tell(notice)


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
