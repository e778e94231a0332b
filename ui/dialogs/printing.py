"""What to print before the day: which piece, how many, on what paper, into which folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.base.language import _
from ui.dialogs.export import ChooseFolder, ask_folder
from ui.dialogs.form import FormPanel, OneOf, labelled, number
from ui.dialogs.form import choice as combo
from ui.look.parts import Button, Label, Tone

COUNT_AT_MOST = 500
USUAL = {"poster": 1, "cards": 8, "slips": 24, "sheets": 10}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted, as the command line names it."""

    what: str
    count: int
    paper: str
    folder: Path
    venue: str = ""    # the one whose link it has; none: the workshop's own


class PrintPanel(FormPanel):
    """`wanted` tells what is to be laid out; the panel does not wait for it."""

    wanted = Signal(object)    # Wish

    def __init__(
        self, folder: Path, expected: int, window: QWidget, choose: ChooseFolder = ask_folder,
        *, venues: Sequence[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        """`venues` are ids and names, where there are several."""
        super().__init__(_("Print"), window, 540)
        self.venue = combo(_("For which venue"), [("", _("All venues: one link")), *venues], "")
        self._has_venues = bool(venues)
        self._choose = choose
        self._expected = expected
        self.what = OneOf(_("What?"), list(pieces().items()), "poster")
        self.count = number(_("How many"), 1, least=1, most=COUNT_AT_MOST)
        self.paper = OneOf(_("Paper"), [("a4", _("A4")), ("a3", _("A3"))], "a4", across=True)
        self._hint = Label("", tone=Tone.SECOND, wrap=True)
        self._folder = QLineEdit(str(folder))
        self._folder.setAccessibleName(_("Folder"))
        for button in self.what.buttons:
            button.toggled.connect(self._on_what)
        self._lay_out()
        self._on_what()
        self.first = self.what.focus()

    def keep(self) -> bool:
        """Have it laid out."""
        venue = self.venue.currentData() if self.venue.isEnabled() else ""
        folder = Path(self._folder.text()).expanduser()
        self.wanted.emit(Wish(self.what.value, self.count.value(), self.paper.value, folder, venue))
        return True

    @Slot()
    def _on_what(self) -> None:
        """Only posters come in two sizes, and one of them is enough: the printer makes as many as one likes. A slip is
        somebody's, wherever they are."""
        what = self.what.value
        self.venue.setEnabled(what != "slips")
        self.paper.setEnabled(what == "poster")
        self.count.setEnabled(what != "poster")
        usual = self._expected if what == "slips" and self._expected else USUAL[what]
        self.count.setValue(min(usual, COUNT_AT_MOST))
        self._hint.setText(hints()[what])
        self._centre()

    @Slot()
    def _browse(self) -> None:
        chosen = self._choose(self, self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    def _lay_out(self) -> None:
        self.column.addWidget(self.what)
        self.column.addWidget(self._hint)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(labelled(_("How many"), self.count))
        row.addWidget(self.paper)
        row.addStretch(1)
        self.column.addLayout(row)
        if self._has_venues:
            self.column.addLayout(labelled(self.venue.accessibleName(), self.venue))
        browse = Button(_("Choose…"), icon="folder")
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self._folder, 1)
        where.addWidget(browse)
        self.column.addWidget(Label(_("Folder"), bold=True))
        self.column.addLayout(where)
        self.finish(_("Make the pages"))


def pieces() -> dict[str, str]:
    """What can be printed, by the names on the command line."""
    return {
        "poster": _("Poster with the QR code, for the wall"),
        "cards": _("Table cards, to fold and stand up"),
        "slips": _("Paper slips, each with a code of its own"),
        "sheets": _("Note sheets, for people who write on paper"),
    }


def hints() -> dict[str, str]:
    """What to know of each."""
    return {
        "poster": _("One page. Print as many as there are doors and walls."),
        "cards": _("One page for each table, numbered from 1."),
        "slips": _("Eight on a page. Whoever has one is that person: keep the file safe, delete it once printed."),
        "sheets": _("So many for each question, four notes on each."),
    }
