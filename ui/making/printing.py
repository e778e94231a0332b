"""Has posters, cards, slips and sheets laid out by a process of its own, and says where they lie."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from core.base.language import _
from core.domain.venues import venue_name, venues_in_order
from core.record.slips import Slip, make_slips, slips_csv
from ui.dialogs.printing import PrintPanel, Wish
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.making.child import Child
from ui.making.export import failure
from ui.running import Door, Running
from ui.watching.notices import Choice, Notice, Urgency

TOPIC = "print"


class Printing(QObject):
    """One for an open workshop. Codes of slips go to the other process by its standard input, and are kept nowhere."""

    def __init__(self, running: Running, window: MainWindow, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._running, self._window, self._jobs = running, window, jobs
        self._children: list[Child] = []

    def ask(self, folder: Path) -> None:
        """Ask what to print; `folder` is where it goes unless another is chosen."""
        board = self._running.session.board
        expected = board.workshop.expected if board.workshop else 0
        venues = [(venue, venue_name(board, venue)) for venue in venues_in_order(board)]
        panel = PrintPanel(folder, expected, self._window, venues=venues)
        panel.wanted.connect(self.print)
        panel.open()

    @Slot(object)
    def print(self, wish: Wish) -> None:
        """Lay it out. Slips make new people first, whom the workshop knows from then on."""
        door = self._running.door
        if door is None:
            return
        if wish.what == "slips":
            work = partial(make_slips, self._running.session, wish.count, door.address)
            self._jobs.run(work, partial(self._lay_out, wish), self._window.notices.tell_error)
        else:
            self._lay_out(wish, [])

    def close(self) -> None:
        """End what is under way, and tell nobody."""
        for child in self._children:
            child.stop_and_wait()

    def _lay_out(self, wish: Wish, slips: list[Slip]) -> None:
        door = self._running.door
        if door is None:
            return
        arguments = [
            "print", str(self._running.session.path), "--what", wish.what, "--out", str(wish.folder), "--paper",
            wish.paper, "--count", str(wish.count), *_where(wish, door), *(["--codes", "-"] if slips else []),
        ]  # fmt: skip
        child = Child(arguments, self, told=slips_csv(slips) if slips else "")
        files: list[str] = []
        child.line_came.connect(files.append)
        child.ended.connect(partial(self._end, child, files))
        self._children.append(child)
        child.start()

    def _end(self, child: Child, files: list[str], code: int, said: str) -> None:
        self._children.remove(child)
        if code or not files:
            failed = failure(code, said, _("The pages could not be made."))
            told = Notice(what=failed.what, advice=failed.advice, urgency=Urgency.WARN, topic=TOPIC)
        else:
            ready = _("The pages are ready: {name}").format(name=Path(files[-1]).name)
            show = Choice(_("Open to print"), partial(open_file, files[-1]))
            told = Notice(what=ready, advice=said, urgency=Urgency.GOOD, choices=(show,), topic=TOPIC)
        self._window.notices.tell(told)


def _where(wish: Wish, door: Door) -> list[str]:
    """Where phones come in: at this desk; at a venue by the online home, where there is one, with that venue's link."""
    return ["--at", door.online or door.address, "--venue", wish.venue] if wish.venue else ["--at", door.address]


def open_file(path: str) -> None:
    """Show it in the system's own viewer, which prints."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
