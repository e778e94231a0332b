"""What one person asks about themselves: who it is, all they gave handed over, their address or everything erased. It
is asked plainly before, and what is outside our reach is said."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.base.errors import WorkshopError
from core.base.ids import ThemeId
from core.base.language import _, ngettext
from core.domain.quoting import Quotation
from core.post import telling
from core.post.erasing import Erased, Outside, erase_one, forget_address, outside
from core.post.finding import Found, anybody
from core.post.holdings import give_back
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label, Rule, Tone
from ui.making.export import Export, Failure, Wanted
from ui.panes.rows import Row, RowList, Rows
from ui.post.mailroom import Mailroom
from ui.watching.notices import Notice, Notices, Urgency

WIDTH = 900
LIST_HEIGHT = 200
MOST_FILES = 12
"""So many paths have room in a panel; the rest are counted."""
TOPIC = "letters"
Find = Callable[[str], None]
AskFolder = Callable[[QWidget, str], str]


class Places(Protocol):
    """Where organisers change what they wrote."""

    def name_theme(self, theme: ThemeId) -> None:
        """Change the name of a theme where it stands."""

    def answer(self, subject: str) -> None:
        """Go to the answer to this."""


class PersonPanel(Panel):
    """Who it is, and what they want. Begins with whom the list of the way back stands on."""

    record_wanted = Signal(object)    # Found
    give_wanted = Signal(object)      # Found
    forget_wanted = Signal(object)    # Found
    erase_wanted = Signal(object)     # Found

    def __init__(self, window: QWidget, find: Find, first: Sequence[Found]) -> None:
        super().__init__(_("What one person asks"), window, WIDTH)
        self._find, self._found = find, list(first)
        name = _("Their code, their address, or words of theirs")
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.returnPressed.connect(self._look)
        look = Button(_("Look for them"), keys="Return", height=38)
        look.clicked.connect(self._look)
        self.problem = Label("", tone=Tone.BAD, wrap=True)
        self.problem.hide()
        self.model = Rows(self)
        self.list = RowList(self.model, _("Who it may be"))
        self.list.setFixedHeight(LIST_HEIGHT)
        self._acts: list[Button] = []
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(look)
        self.column.addWidget(Label(name, bold=True))
        self.column.addLayout(row)
        self.column.addWidget(self.problem)
        self.column.addWidget(self.list)
        self.column.addLayout(self._buttons())
        self.show_found(self._found)

    def open(self) -> None:
        """Show it, ready to look for somebody."""
        super().open()
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def show_found(self, found: Sequence[Found]) -> None:
        """These fit."""
        self._found = list(found)
        self.problem.hide()
        self.model.show_rows([Row(id=str(at), words=each.by) for at, each in enumerate(self._found)])
        if self._found:
            self.list.setCurrentIndex(self.model.index(0))
        for button in self._acts:
            button.setEnabled(bool(self._found))

    def show_problem(self, error: WorkshopError) -> None:
        """Nobody fits."""
        self.show_found(())
        self.problem.setText(f"{error} {error.advice}")
        self.problem.show()

    @Slot()
    def _look(self) -> None:
        """Nobody can be chosen until it is known who fits."""
        if self.line.text().strip():
            self.show_found(())
            self._find(self.line.text())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        acts = (
            (_("Their own record…"), self.record_wanted, Kind.PLAIN),
            (_("Hand over all they gave…"), self.give_wanted, Kind.PLAIN),
            (_("Erase only their address"), self.forget_wanted, Kind.PLAIN),
            (_("Erase this person…"), self.erase_wanted, Kind.MAIN),
        )
        for words, wanted, kind in acts:
            button = Button(words, kind=kind)
            button.clicked.connect(partial(self._choose, wanted.emit))
            self._acts.append(button)
            row.addWidget(button)
        close = Button(_("Close"), keys="Esc", kind=Kind.QUIET)
        close.clicked.connect(self.leave)
        row.addWidget(close)
        row.addStretch(1)
        return row

    def _choose(self, tell: Callable[[Found], None]) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < len(self._found):
            self.leave()
            tell(self._found[at])


class ErasePanel(Panel):
    """Begins at Cancel. Asks once more, in plain words, and says which files nobody can reach into from here."""

    def __init__(self, window: QWidget, found: Found, files: Outside, then: Callable[[], None]) -> None:
        super().__init__(_("Erase this person?"), window, WIDTH)
        self._then = then
        self._cancel = Button(_("Cancel"), keys="Esc", kind=Kind.QUIET)
        self._cancel.clicked.connect(self.leave)
        go = Button(_("Erase"), icon="bin", kind=Kind.MAIN)
        go.clicked.connect(self._erase)
        gone = _(
            "What they wrote, their name, pictures, votes, address and letters are erased here, and in the copies that "
            "Sayback keeps."
        )
        for words, tone in ((found.by, Tone.SECOND), (gone, Tone.INK), (_("This cannot be undone."), Tone.BAD)):
            self.column.addWidget(Label(words, tone=tone, wrap=True))
        for words in telling.outside(files, MOST_FILES):
            self.column.addWidget(Label(words, tone=Tone.SECOND, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(go)
        row.addWidget(self._cancel)
        row.addStretch(1)
        self.column.addLayout(row)

    def open(self) -> None:
        """Show it; nothing is erased by Enter alone."""
        super().open()
        self._cancel.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _erase(self) -> None:
        self.leave()
        self._then()


class LeftPanel(Panel):
    """What is left to do after somebody was erased: files outside our reach, and words of theirs in our own."""

    def __init__(self, window: QWidget, erased: Erased, places: Places) -> None:
        super().__init__(_("What is left to do"), window, WIDTH)
        self._places = places
        for words in telling.outside(erased.outside, MOST_FILES):
            self.column.addWidget(Label(words, wrap=True))
        if erased.quoted:
            told = ngettext(
                "Their words stand in {n} text of yours. Change it:", "Their words stand in {n} texts of yours. Change "
                "each:", len(erased.quoted),
            )  # fmt: skip
            self.column.addWidget(Rule())
            self.column.addWidget(Label(told.format(n=len(erased.quoted)), bold=True, wrap=True))
        for quotation in erased.quoted:
            self.column.addLayout(self._row(quotation))
        self._close = Button(_("Close"), keys="Esc", kind=Kind.QUIET)
        self._close.clicked.connect(self.leave)
        self.column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)

    def open(self) -> None:
        """Show it, at the first text to change."""
        super().open()
        (self.findChild(Button) or self._close).setFocus(Qt.FocusReason.TabFocusReason)

    def _row(self, quotation: Quotation) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        go = Button(_("Change it: {words}").format(words=shortened(quotation.text)), icon="pencil", height=32)
        go.clicked.connect(partial(self._go, quotation))
        column.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _go(self, quotation: Quotation) -> None:
        if quotation.is_name:
            self._places.name_theme(ThemeId(quotation.subject))
        else:
            self._places.answer(quotation.subject)


class OnePerson(QObject):
    """Leads through it; everything that takes time is done by the mailroom."""

    def __init__(
        self, room: Mailroom, window: QWidget, notices: Notices, places: Places, ask_folder: AskFolder,
        folder: Callable[[], Path],
    ) -> None:  # fmt: skip
        super().__init__(room)
        self._room, self._window, self._notices, self._places = room, window, notices, places
        self._ask_folder, self._folder = ask_folder, folder

    def ask(self, first: Sequence[Found]) -> None:
        """Who is it, and what do they want?"""
        panel = PersonPanel(self._window, self._look, first)
        panel.record_wanted.connect(self._make_record)
        panel.give_wanted.connect(self._give)
        panel.forget_wanted.connect(self._forget)
        panel.erase_wanted.connect(self._ask_to_erase)
        self._panel = panel
        panel.open()

    def _look(self, typed: str) -> None:
        panel = self._panel

        def found(fit: Sequence[Found]) -> None:
            if isValid(panel):    # it may have been left meanwhile
                panel.show_found(fit)

        def nobody(error: WorkshopError) -> None:
            if isValid(panel):
                panel.show_problem(error)

        self._room.do(lambda office: anybody(office, typed), found, nobody)

    @Slot(object)
    def _make_record(self, found: Found) -> None:
        """Their copy as a page and on paper, for whoever has no address and stands at the desk."""
        chosen = self._ask_folder(self._window, str(self._folder()))
        if not chosen:
            return
        path = self._room.office().session.path
        self._export = export = Export(path, Path(chosen), Wanted(forms=(), whose=found.contributor), self)
        export.made.connect(lambda made: self._tell_where(made.files, chosen))
        export.failed.connect(self._on_failed)
        export.start()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._notices.tell(Notice(what=failure.what, advice=failure.advice, urgency=Urgency.WARN, topic=TOPIC))

    def _tell_where(self, files: Sequence[object], folder: str) -> None:
        words = ngettext("{n} file is in {folder}.", "{n} files are in {folder}.", len(files))
        self._tell(words.format(n=len(files), folder=folder))

    @Slot(object)
    def _give(self, found: Found) -> None:
        chosen = self._ask_folder(self._window, str(self._folder()))
        if not chosen:
            return

        self._room.do(
            lambda office: give_back(office, found.contributor, Path(chosen)),
            lambda paths: self._tell_where(paths, chosen),
        )

    @Slot(object)
    def _forget(self, found: Found) -> None:
        told = _("The address is erased. No letter goes there any more.")
        self._room.do(lambda office: forget_address(office, [found.contributor]), lambda _count: self._tell(told))

    @Slot(object)
    def _ask_to_erase(self, found: Found) -> None:
        def ask(files: Outside) -> None:
            ErasePanel(self._window, found, files, partial(self._erase, found)).open()

        self._room.do(outside, ask)

    def _erase(self, found: Found) -> None:
        self._room.do(lambda office: erase_one(office, found.contributor), self._on_erased)

    def _on_erased(self, erased: Erased) -> None:
        self._tell(_("Erased here, and in the copies that Sayback keeps."))
        if erased.quoted or erased.outside.there or erased.outside.gone:
            LeftPanel(self._window, erased, self._places).open()

    def _tell(self, what: str) -> None:
        self._notices.tell(Notice(what=what, urgency=Urgency.GOOD, topic=TOPIC))


def shortened(text: str) -> str:
    """The beginning of it, on one line of a button."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:60]}…"
