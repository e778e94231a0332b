"""Make the record: where to, in which forms; then how far it is, with a way to stop."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.base.language import _, ngettext
from ui.dialogs.form import box, choice, labelled
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label, Tone
from ui.making.export import Export, Failure, Made, Progress, Wanted
from ui.making.preview import Preview

WIDTH = 1000
USUAL = ("pdf", "html", "csv", "json")
"""What is ticked at first."""
ChooseFolder = Callable[[QWidget, str], str]
"""Asks for a folder, beginning at one; empty when nothing was chosen."""


def ask_folder(parent: QWidget, begin: str) -> str:
    """The system's own way to choose a folder."""
    return QFileDialog.getExistingDirectory(parent, _("Where should the record go?"), begin)


def forms() -> dict[str, str]:
    """The forms the record can have, by their names on the command line."""
    return {
        "pdf": _("To print and hand out (PDF)"),
        "large-print": _("In large print, 18 points"),
        "easy-read": _("In Easy Read: pictures, short words"),
        "html": _("Web page, for screen readers too (HTML)"),
        "csv": _("Table of all notes (CSV)"),
        "json": _("The whole workshop, to keep or move (JSON)"),
        "docx": _("Document to edit (DOCX)") if has_documents() else _("Document to edit: needs python-docx"),
        "xlsx": _("Spreadsheet (XLSX)"),
        "md": _("Plain text (Markdown)"),
        "png": _("Picture of the board (PNG)"),
        "svg": _("Picture of the board (SVG)"),
    }


def has_documents() -> bool:
    """Whether what writes documents is installed: it is an extra."""
    return find_spec("docx") is not None


def wholes() -> list[tuple[str, str]]:
    """How notes stand in the record."""
    return [
        ("", _("Themes, with every note")),
        ("themes-only", _("Themes and numbers only")),
        ("verbatim", _("Every note in the order it came")),
    ]


class ExportPanel(Panel):
    """Asks, works, tells. Closing it while it works stops the work."""

    folder_chosen = Signal(str)

    def __init__(
        self, file: Path, out: Path, window: QWidget, choose: ChooseFolder = ask_folder, questions: Sequence[str] = (),
        venues: Sequence[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        """`venues`: what each is called on the command line and for people; none where there is one place only."""
        super().__init__(_("Make the record"), window, WIDTH)
        self._file = file
        self._choose = choose
        self._export: Export | None = None
        self._folder = QLineEdit(str(out))
        self._folder.setAccessibleName(_("Folder"))
        self._forms = {name: box(words, on=name in USUAL) for name, words in forms().items()}
        self._forms["docx"].setEnabled(has_documents())
        self._editions = box(_("A copy for each person, their own notes first"), on=False)
        self._names = box(_("A name by each note whose writer chose one"), on=False)
        self._whole = choice(_("What is in it"), wholes(), "")
        every = (0, _("All questions"))
        asked = [(number, f"{number}. {words}") for number, words in enumerate(questions, 1)]
        self._question = choice(_("Which question"), [every, *asked], 0)
        self._venue = choice(_("From which venue"), [("", _("All venues, joined")), *venues], "")
        self._venue.setParent(self)    # where there is one venue it is in no layout
        self._venue.setVisible(bool(venues))
        self._preview = Preview(file)
        self._pages = QStackedWidget()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("How far the record is"))
        self._what = Label("", wrap=True)
        self._told = Label("", bold=True, wrap=True)
        self._more = Label("", tone=Tone.SECOND, wrap=True)
        for page in (self._asking(), self._working(), self._telling()):
            self._pages.addWidget(page)
        self.column.addWidget(self._pages)

    def open(self) -> None:
        """Show it, ready to go."""
        super().open()
        self._make.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_it()

    def leave(self) -> None:
        """Close; what is under way is stopped."""
        if self._export is not None:
            self._export.close()
            self._export = None
        self._preview.end()
        super().leave()

    @property
    def chosen(self) -> Wanted:
        """What is wanted."""
        question: int = self._question.currentData()
        return Wanted(
            forms=tuple(name for name, ticked in self._forms.items() if ticked.isChecked() and ticked.isEnabled()),
            editions=self._editions.isChecked(),
            names=self._names.isChecked(),
            whole=self._whole.currentData(),
            question=question or None,
            venue=self._venue.currentData(),
        )

    @Slot()
    def _show_it(self) -> None:
        self._preview.want(self.chosen)

    @Slot()
    def begin(self) -> None:
        """Make the record."""
        if self.chosen.is_nothing:
            self._what_is_missing.setText(_("Tick at least one form."))
            return
        self._preview.end()
        self._export = export = Export(self._file, self._out(), self.chosen, self)
        export.moved_on.connect(self._move_on)
        export.made.connect(self._tell_made)
        export.failed.connect(self._tell_failure)
        export.cancelled.connect(self._tell_cancelled)
        self.folder_chosen.emit(self._folder.text())
        self._bar.setRange(0, 0)
        self._what.setText(_("The record is being made…"))
        self._pages.setCurrentIndex(1)
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        export.start()

    def _out(self) -> Path:
        return Path(self._folder.text()).expanduser()

    @Slot()
    def _browse(self) -> None:
        chosen = self._choose(self, self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    @Slot()
    def _stop(self) -> None:
        if self._export is not None:
            self._export.cancel()

    @Slot(object)
    def _move_on(self, progress: Progress) -> None:
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
        self._what.setText(progress.what)

    @Slot(object)
    def _tell_made(self, made: Made) -> None:
        names = ", ".join(Path(path).name for path in made.files if Path(path).parent == self._out())
        copies = sum(Path(path).parent != self._out() for path in made.files)
        if copies:
            each = ngettext("{n} file for one person", "{n} files for one person each", copies)
            names = "\n".join(part for part in (names, each.format(n=copies)) if part)
        self._tell(_("The record is ready."), "\n".join((names, *made.remarks)), can_open=True)

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self._tell(failure.what, failure.advice, can_open=False)

    @Slot()
    def _tell_cancelled(self) -> None:
        self._tell(_("Stopped. No record was made."), _("What was there before is still there."), can_open=False)

    def _tell(self, what: str, more: str, *, can_open: bool) -> None:
        self._export = None
        self._told.setText(what)
        self._more.setText(more)
        self._open_folder.setVisible(can_open)
        self._pages.setCurrentIndex(2)
        (self._open_folder if can_open else self._done).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._out())))

    def _asking(self) -> QFrame:
        page = QFrame()
        across = QHBoxLayout(page)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(24)
        column = QVBoxLayout()
        column.setSpacing(6)
        self._ask_where(column)
        self._ask_what(column)
        column.addStretch(1)
        self._make = Button(_("Make the record"), keys="Return", kind=Kind.MAIN)
        self._make.clicked.connect(self.begin)
        self._folder.returnPressed.connect(self.begin)
        leave = Button(_("Cancel"), keys="Esc", kind=Kind.QUIET)
        leave.clicked.connect(self.leave)
        column.addLayout(_buttons(self._make, leave))
        across.addLayout(column, 1)
        across.addWidget(self._preview)
        return page

    def _ask_where(self, column: QVBoxLayout) -> None:
        column.addWidget(Label(_("Folder"), bold=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._folder, 1)
        browse = Button(_("Choose…"), icon="folder")
        browse.clicked.connect(self._browse)
        row.addWidget(browse)
        column.addLayout(row)

    def _ask_what(self, column: QVBoxLayout) -> None:
        column.addWidget(Label(_("Forms"), bold=True))
        rows = -(-len(self._forms) // 2)
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(18)
        for number, ticked in enumerate(self._forms.values()):
            grid.addWidget(ticked, number % rows, number // rows)
        column.addLayout(grid)
        column.addWidget(self._editions)
        column.addSpacing(6)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addLayout(labelled(_("What is in it"), self._whole), 1)
        across.addLayout(labelled(_("Which question"), self._question), 1)
        column.addLayout(across)
        if self._venue.count() > 1:
            column.addLayout(labelled(self._venue.accessibleName(), self._venue))
        column.addWidget(self._names)
        for ticked in (*self._forms.values(), self._names):
            ticked.toggled.connect(self._show_it)
        for chosen in (self._whole, self._question, self._venue):
            chosen.currentIndexChanged.connect(self._show_it)
        self._what_is_missing = Label("", tone=Tone.BAD)
        column.addWidget(self._what_is_missing)

    def _working(self) -> QFrame:
        page, column = _page()
        column.addWidget(self._what)
        column.addWidget(self._bar)
        self._cancel = Button(_("Stop"), icon="cross")
        self._cancel.clicked.connect(self._stop)
        column.addLayout(_buttons(self._cancel))
        column.addStretch(1)
        return page

    def _telling(self) -> QFrame:
        page, column = _page()
        column.addWidget(self._told)
        column.addWidget(self._more)
        self._open_folder = Button(_("Open the folder"), icon="folder", kind=Kind.MAIN)
        self._open_folder.clicked.connect(self._show_folder)
        self._done = Button(_("Close"), keys="Esc")
        self._done.clicked.connect(self.leave)
        column.addLayout(_buttons(self._open_folder, self._done))
        column.addStretch(1)
        return page


def _page() -> tuple[QFrame, QVBoxLayout]:
    page = QFrame()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return page, column


def _buttons(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.setContentsMargins(0, 8, 0, 0)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
