"""The slips of the people for whom notes were typed: codes to write down, or pages to print."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QWidget

from core.base.errors import NotSaved, WorkshopError
from core.base.files import write_atomically
from core.base.identity import groups_of
from core.base.join import LOOPBACK, address
from core.base.language import _
from core.base.names import file_name, free_path
from core.domain.board import Board
from core.record.slips import OWNER_ONLY, Slip
from ui.acting.typed_for import Typed, TypedFor
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label, Tone
from ui.panes.type_row import person_name
from ui.running import Running
from ui.watching.notices import Choice, Notice, Notices, Urgency

TOPIC = "slips"
LIST_HEIGHT = 260


def who(each: Typed) -> str:
    """Whose slip it is: "Person 2, table 4"."""
    name = person_name(each)
    return _("{person}, table {n}").format(person=name, n=each.table) if each.table else name


class SlipsPanel(Panel):
    """Begins with the codes as a list. They are in no event: once this workshop is closed nobody knows them."""

    def __init__(self, running: Running, typed_for: TypedFor, notices: Notices, window: QWidget) -> None:
        super().__init__(_("Slips for the people you typed for"), window, 620)
        self._running, self._typed_for, self._notices = running, typed_for, notices
        told = _("Print these, or write them down. They are kept only until you close this workshop.")
        self.list = QListWidget()
        self.list.setAccessibleName(_("People and their codes"))
        self.list.setFixedHeight(LIST_HEIGHT)
        self.column.addWidget(Label(told, tone=Tone.SECOND, wrap=True))
        self.column.addWidget(self.list)
        self.column.addLayout(self._buttons())

    def open(self) -> None:
        """Show it, with the keyboard in the list."""
        super().open()
        self.list.addItems([self._row(each) for each in self._typed_for.with_slips])    # now rows have their height
        self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def make_pages(self) -> None:
        """Write the pages to print, beside the workshop."""
        door, board = self._running.door, self._running.bridge.board
        origin = (door.address or door.here) if door is not None else address(LOOPBACK, 80)
        slips = [Slip.of(each.secret, origin, who(each)) for each in self._typed_for.with_slips]
        name = _("{title} slips").format(title=file_name(board.title(), _("Workshop")))
        out = free_path(self._running.session.path.parent, name, ".pdf")
        self._running.in_background(
            partial(write_pages, out, board, origin, slips), self._on_made, self._notices.tell_error
        )
        self.leave()

    def hand_out(self) -> None:
        """Everybody has theirs now."""
        self._typed_for.give_slips()
        self.leave()

    def _on_made(self, pages: Path) -> None:
        self._typed_for.give_slips()
        show = Choice(_("Open to print"), partial(_open_file, pages))
        advice = _("{file} lies beside the workshop. Print it, then delete it: it has the codes in it.")
        self._notices.tell(Notice(
            what=_("The slips are ready."), advice=advice.format(file=pages.name), urgency=Urgency.GOOD,
            choices=(show,), topic=TOPIC,
        ))  # fmt: skip

    def _buttons(self) -> QHBoxLayout:
        make = Button(_("Make pages to print"), kind=Kind.MAIN)
        make.clicked.connect(self.make_pages)
        have = Button(_("They have theirs"))
        have.clicked.connect(self.hand_out)
        close = Button(_("Close"), keys="Esc", kind=Kind.QUIET)
        close.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (make, have, close):
            row.addWidget(button)
        row.addStretch(1)
        return row

    @staticmethod
    def _row(each: Typed) -> str:
        new = "" if each.has_slip else _("new")
        return "   ".join(part for part in (who(each), " ".join(groups_of(each.secret)), new) if part)


def _open_file(file: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


def write_pages(out: Path, board: Board, origin: str, slips: Sequence[Slip]) -> Path:
    """The pages in a new file that only its owner may read. Blocks. Raises NotSaved."""
    from core.record.prints import Piece, about, make_print  # a third of a second to load

    try:
        write_atomically(out, make_print(Piece.SLIPS, about(board, origin), slips=slips), OWNER_ONLY)
    except OSError as error:
        raise not_written(error) from error
    return out


def not_written(error: OSError) -> WorkshopError:
    """The codes are still here: another try is all it takes."""
    return NotSaved(
        _("The slips could not be written: {why}").format(why=error.strerror),
        _("The codes are still here. Write them down, or try again."),
    )
