"""The place on the left: the new notes, or what is looked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from ui.acting.actions import Actions
from ui.later import Once
from ui.panes.new_notes import NewNotesPane

if TYPE_CHECKING:
    from ui.panes.find import FindPane

SHOWN = "new-notes"


class Beside(QStackedWidget):
    """Find has the place of the new notes for as long as something is looked for; it is made when that is first so."""

    left = Signal()    # the keyboard goes back to the notes

    def __init__(self, new_notes: NewNotesPane, find: "Callable[[], FindPane]", actions: Actions) -> None:
        super().__init__()
        self.new_notes = new_notes
        self._find, self._make_find = Once(self._made), find
        self._actions = actions
        self._was_shown = True    # before something was looked for
        self._was_finding = False    # when the pane was last put away
        self.addWidget(new_notes)
        self._connect()

    @property
    def find_pane(self) -> "FindPane":
        """Where it is said what is looked for."""
        return self._find()

    def _made(self) -> "FindPane":
        pane = self._make_find()
        pane.left.connect(self._leave)
        self.addWidget(pane)
        return pane

    @property
    def is_finding(self) -> bool:
        """Whether something is looked for."""
        return self.currentWidget() is self._find.made

    def _connect(self) -> None:
        """To methods of this widget only: such connections end with it, the actions do not."""
        actions = self._actions
        actions[SHOWN].toggled.connect(self._on_shown)
        actions[SHOWN].triggered.connect(self._go_to_new_notes)
        actions["find"].triggered.connect(self._begin)
        actions["find-next"].triggered.connect(self._find_next)
        actions["find-before"].triggered.connect(self._find_before)
        actions["sample"].triggered.connect(self._sample)
        actions["choose-found"].triggered.connect(self._choose_found)

    def show_new_notes(self) -> None:
        """The new notes, and above them what is held; what is looked for goes."""
        self._end()
        self._actions[SHOWN].setChecked(True)

    @Slot(bool)
    def _on_shown(self, shown: bool) -> None:
        if not shown:
            self._was_finding = self.is_finding
            self._end()

    @Slot(bool)
    def _go_to_new_notes(self, wanted: bool) -> None:
        """Whoever asks for them while something is looked for sees them, not nothing."""
        was_finding, self._was_finding = self._was_finding, False
        if wanted or was_finding:
            self.show_new_notes()
            self.new_notes.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.left.emit()

    @Slot()
    def _begin(self) -> None:
        if not self.is_finding:
            self._was_shown = self._actions[SHOWN].isChecked()
        self.setCurrentWidget(self.find_pane)
        self._actions[SHOWN].setChecked(True)
        self.find_pane.begin()

    @Slot()
    def _sample(self) -> None:
        """Some loose notes by chance."""
        self._begin()
        self.find_pane.sample()

    @Slot()
    def _leave(self) -> None:
        """The board is as it was."""
        self._end()
        self._actions[SHOWN].setChecked(self._was_shown)
        self.left.emit()

    def _end(self) -> None:
        if self._find.made is not None:
            self._find.made.end()
        self.setCurrentWidget(self.new_notes)

    @Slot()
    def _find_next(self) -> None:
        self._step(1)

    @Slot()
    def _find_before(self) -> None:
        self._step(-1)

    @Slot()
    def _choose_found(self) -> None:
        self.find_pane.choose_all()

    def _step(self, by: int) -> None:
        if self.is_finding:
            self.find_pane.step(by)
        else:
            self._begin()
