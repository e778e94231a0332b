"""Rows that can be added, taken out and put in another order: by buttons, and with Alt and the arrow keys."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.base.language import _
from ui.look.parts import Button, Kind

UP, DOWN = -1, 1
ARROWS = {Qt.Key.Key_Up: UP, Qt.Key.Key_Down: DOWN}


class PlanRow(QWidget):
    """A row with buttons that move it and take it out."""

    move_wanted = Signal(object, int)
    removed = Signal(object)
    changed = Signal()

    def __init__(self, up: str, down: str, out: str) -> None:
        super().__init__()
        self.up = Button("", icon="up", kind=Kind.QUIET, name=up, height=32)
        self.down = Button("", icon="down", kind=Kind.QUIET, name=down, height=32)
        self.out = Button("", icon="cross", kind=Kind.QUIET, name=out, height=32)
        self.up.clicked.connect(lambda: self.move_wanted.emit(self, UP))
        self.down.clicked.connect(lambda: self.move_wanted.emit(self, DOWN))
        self.out.clicked.connect(lambda: self.removed.emit(self))

    @property
    def first(self) -> QWidget:
        """Where the keyboard goes."""
        raise NotImplementedError

    @property
    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order; those that are not to be seen are passed over."""
        raise NotImplementedError

    def set_place(self, number: int, of: int) -> None:
        """Which row it is now."""
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < of)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = ARROWS.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(self, by)
        else:
            super().keyPressEvent(event)


Row = TypeVar("Row", bound=PlanRow)


class Rows(QWidget, Generic[Row]):
    """The rows in their order. `changed` tells of every change of them."""

    changed = Signal()

    def __init__(self, make: Callable[[], Row], most: int, least: int = 0) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._make, self._most, self._least = make, most, least
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def is_full(self) -> bool:
        """Whether there is room for no more."""
        return len(self.rows) >= self._most

    def clear(self) -> None:
        """Take all rows out."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows.clear()

    def append(self) -> Row:
        """One more row, at the end."""
        row = self._make()
        row.removed.connect(self.remove)
        row.move_wanted.connect(self.move_row)
        row.changed.connect(self.changed)
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    @Slot(object)
    def remove(self, row: Row) -> None:
        """Take a row out; the keyboard goes to the one after it."""
        at = self.rows.index(row)
        if len(self.rows) <= self._least:
            return
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.number()
        if self.rows:
            self.rows[min(at, len(self.rows) - 1)].first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, int)
    def move_row(self, row: Row, by: int) -> None:
        """Put a row before the one above it, or after the one below; the keyboard stays where it is."""
        at = self.rows.index(row)
        to = at + by
        if not 0 <= to < len(self.rows):
            return
        focus = self.window().focusWidget()
        self.rows.insert(to, self.rows.pop(at))
        self._column.removeWidget(row)
        self._column.insertWidget(to, row)
        self.number()
        if row.isAncestorOf(focus):
            (focus if focus.isEnabled() else row.first).setFocus(Qt.FocusReason.OtherFocusReason)

    def number(self) -> None:
        """Say to each row which it is."""
        for place, row in enumerate(self.rows, 1):
            row.set_place(place, len(self.rows))
            row.out.setVisible(len(self.rows) > self._least)
        self.changed.emit()


def move_names() -> tuple[str, str]:
    """What the buttons say that move a row."""
    return _("Move up"), _("Move down")
