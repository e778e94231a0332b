"""Make the record: where to, in which forms; then how far it is, with a way to stop."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.base.language import _
from ui.dialogs.panel import Panel
from ui.export import Export, Failure, Made, Progress
from ui.parts import Button, Kind, Label, Tone

ChooseFolder = Callable[[QWidget, str], str]
"""Asks for a folder, beginning at one; empty when nothing was chosen."""


def ask_folder(parent: QWidget, begin: str) -> str:
    """The system's own way to choose a folder."""
    return QFileDialog.getExistingDirectory(parent, _("Where should the record go?"), begin)


def forms() -> dict[str, str]:
    """The forms the record can have, by their names on the command line."""
    return {
        "pdf": _("To print and hand out (PDF)"),
        "html": _("Web page, for screen readers too (HTML)"),
        "csv": _("Table of all notes (CSV)"),
        "json": _("The whole workshop, to keep or move (JSON)"),
    }


class ExportPanel(Panel):
    """Asks, works, tells. Closing it while it works stops the work."""

    folder_chosen = Signal(str)

    def __init__(self, file: Path, out: Path, window: QWidget, choose: ChooseFolder = ask_folder) -> None:
        super().__init__(_("Make the record"), window, 540)
        self._file = file
        self._choose = choose
        self._export: Export | None = None
        self._folder = QLineEdit(str(out))
        self._folder.setAccessibleName(_("Folder"))
        self._forms = {name: _box(words) for name, words in forms().items()}
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

    def leave(self) -> None:
        """Close; what is under way is stopped."""
        if self._export is not None:
            self._export.close()
            self._export = None
        super().leave()

    @property
    def chosen(self) -> list[str]:
        """The forms that are ticked."""
        return [name for name, box in self._forms.items() if box.isChecked()]

    @Slot()
    def begin(self) -> None:
        """Make the record."""
        if not self.chosen:
            self._what_is_missing.setText(_("Tick at least one form."))
            return
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
        names = ", ".join(Path(path).name for path in made.files)
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
        page, column = _page()
        column.addWidget(Label(_("Folder"), bold=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._folder, 1)
        browse = Button(_("Choose…"), icon="folder")
        browse.clicked.connect(self._browse)
        row.addWidget(browse)
        column.addLayout(row)
        column.addWidget(Label(_("Forms"), bold=True))
        for box in self._forms.values():
            column.addWidget(box)
        self._what_is_missing = Label("", tone=Tone.BAD)
        column.addWidget(self._what_is_missing)
        self._make = Button(_("Make the record"), keys="Return", kind=Kind.MAIN)
        self._make.clicked.connect(self.begin)
        self._folder.returnPressed.connect(self.begin)
        leave = Button(_("Cancel"), keys="Esc", kind=Kind.QUIET)
        leave.clicked.connect(self.leave)
        column.addLayout(_buttons(self._make, leave))
        return page

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


def _box(words: str) -> QCheckBox:
    box = QCheckBox(words)
    box.setChecked(True)
    return box
