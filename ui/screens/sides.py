"""The panes at the sides of the board: beside it where there is room, over it where there is not."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStyle, QWidget

from ui.acting.actions import Actions
from ui.later import Once
from ui.panes.rail import WIDTH as RAIL
from ui.panes.rail import Rail

NARROW = 1360
LEFT, RIGHT = 312, 336
OVER = 320
"""How wide a pane is that slides over the board of a narrow window."""
PEOPLE = "people"
HISTORY = "history"
LIVE = "live-questions"
PLEDGES = "pledges"


class Sides(QObject):
    """On the right there is one pane at a time, made when it is first shown; each has the name of the action that
    shows it."""

    narrowed = Signal(bool)
    left = Signal()    # the keyboard goes back to the notes

    def __init__(
        self, row: QHBoxLayout, rail: Rail, left: QWidget, right: Mapping[str, Callable[[], QWidget]],
        actions: Actions, screen: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(screen)
        self._row, self._rail, self._left = row, rail, left
        self._right = {name: Once(partial(self._taken_in, make)) for name, make in right.items()}
        self._actions, self._screen = actions, screen
        self.is_narrow = False
        self.wanted = ""
        """The pane on the right, where there is room."""
        left.setFixedWidth(LEFT)
        rail.hide()
        actions["new-notes"].setChecked(True)
        for name in right:
            actions[name].setChecked(False)
        actions["new-notes"].toggled.connect(self._show_left)
        actions[PEOPLE].toggled.connect(self._show_people)
        actions[HISTORY].toggled.connect(self._show_history)
        actions[LIVE].toggled.connect(self._show_live)
        actions[PLEDGES].toggled.connect(self._show_pledges)
        for name in (LIVE, PLEDGES):
            actions[name].triggered.connect(self._go_to)

    def begin(self, *, people: bool) -> None:
        """Stand as the desk remembers."""
        self.wanted = PEOPLE if people else ""
        self._actions[PEOPLE].setChecked(people and not self.is_narrow)

    def fit(self, width: int, height: int) -> None:
        """The room there is now."""
        narrow = width < NARROW
        if narrow != self.is_narrow:
            self.is_narrow = narrow
            self._collapse()
        if narrow:
            self._place(self._left, QRect(RAIL, 0, OVER, height))
            for pane in self._made:
                self._place_right(pane)

    @property
    def _made(self) -> list[QWidget]:
        return [pane.made for pane in self._right.values() if pane.made is not None]

    def _taken_in(self, make: Callable[[], QWidget]) -> QWidget:
        """A new pane on the right, where the others stand."""
        pane = make()
        pane.hide()
        pane.setFixedWidth(OVER if self.is_narrow else RIGHT)
        if self.is_narrow:
            pane.setParent(self._screen)
            self._place_right(pane)
        else:
            self._row.addWidget(pane)
        return pane

    def _place_right(self, pane: QWidget) -> None:
        """Over the right edge of the board, as high as what is over the left one."""
        self._place(pane, QRect(self._screen.width() - OVER, 0, OVER, self._left.height()))

    def _place(self, pane: QWidget, where: QRect) -> None:
        """On the other side where one reads from right to left."""
        pane.setGeometry(QStyle.visualRect(self._screen.layoutDirection(), self._screen.rect(), where))

    def put_away(self) -> None:
        """Take away what has slid over the board."""
        for name in ("new-notes", *self._right):
            self._actions[name].setChecked(False)

    def clear_the_board(self) -> None:
        """Make room for what is done on it or below it; what stands beside it is not in the way."""
        if self.is_narrow:
            self.put_away()

    @Slot()
    def leave(self) -> None:
        """Close the pane on the right and go back to the notes."""
        for name in self._right:
            self._actions[name].setChecked(False)
        self.left.emit()

    @Slot(bool)
    def _go_to(self, wanted: bool) -> None:
        shown = next((pane for pane in self._made if pane.isVisible()), None)
        if wanted and shown is not None:
            shown.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.left.emit()

    def _collapse(self) -> None:
        narrow = self.is_narrow
        self._rail.setVisible(narrow)
        for pane in (self._left, *self._made):
            self._row.removeWidget(pane)
            if narrow:
                pane.raise_()
        if not narrow:
            self._row.insertWidget(1, self._left)
            for pane in self._made:
                self._row.addWidget(pane)
        self._left.setFixedWidth(OVER if narrow else LEFT)
        for pane in self._made:
            pane.setFixedWidth(OVER if narrow else RIGHT)
        self._actions["new-notes"].setChecked(not narrow)
        wanted = self.wanted or next((name for name in self._right if self._actions[name].isChecked()), "")
        for name in self._right:
            self._actions[name].setChecked(not narrow and name == wanted)
        self.narrowed.emit(narrow)

    @Slot(bool)
    def _show_left(self, wanted: bool) -> None:
        self._left.setVisible(wanted)
        if wanted and self.is_narrow:
            self._left.raise_()

    @Slot(bool)
    def _show_people(self, wanted: bool) -> None:
        self._show_right(PEOPLE, wanted)

    @Slot(bool)
    def _show_history(self, wanted: bool) -> None:
        self._show_right(HISTORY, wanted)

    @Slot(bool)
    def _show_live(self, wanted: bool) -> None:
        self._show_right(LIVE, wanted)

    @Slot(bool)
    def _show_pledges(self, wanted: bool) -> None:
        self._show_right(PLEDGES, wanted)

    def _show_right(self, name: str, wanted: bool) -> None:
        if not self.is_narrow and (wanted or self.wanted == name):
            self.wanted = name if wanted else ""
        if not wanted:
            self._put_away(name)
            return
        pane = self._right[name]()
        pane.show()
        for other in self._right.keys() - {name}:
            self._actions[other].setChecked(False)
        if self.is_narrow:
            pane.raise_()

    def _put_away(self, name: str) -> None:
        pane = self._right[name].made
        if pane is not None:
            pane.hide()
