"""A chip: a small button that says what is chosen, with the choices in its menu."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton

Value = TypeVar("Value")
PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StayingMenu(QMenu):
    """Stays open while several things are ticked in it; Escape or a click beside it closes it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._turned(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in PRESSING or not self._turned(self.activeAction()):
            super().keyPressEvent(event)

    def _turned(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        return True


class Chip(QPushButton, Generic[Value]):
    """One of several choices, or with `several` any of them (`least` of them at least)."""

    changed = Signal()

    def __init__(
        self, name: str, rows: Sequence[tuple[Value, str]], words: Callable[[tuple[Value, ...]], str], *,
        several: bool = False, least: int = 0,
    ) -> None:  # fmt: skip
        super().__init__()
        self._name, self._words, self._least = name, words, least
        self.setProperty("part", "chip")
        menu = StayingMenu(self) if several else QMenu(self)
        group = QActionGroup(menu)
        group.setExclusive(not several)
        self._actions: list[tuple[Value, QAction]] = []
        for value, says in rows:
            action = QAction(says, menu)
            menu.addAction(action)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(self._on_chosen)
            self._actions.append((value, action))
        self.setMenu(menu)

    @property
    def values(self) -> tuple[Value, ...]:
        """What is chosen, in the order of the menu."""
        return tuple(value for value, action in self._actions if action.isChecked())

    def choose(self, values: Sequence[Value]) -> None:
        """Begin with these."""
        for value, action in self._actions:
            action.setChecked(value in values)
        self._say()

    def _on_chosen(self) -> None:
        if len(self.values) < self._least:
            action = self.sender()
            if isinstance(action, QAction):
                action.setChecked(True)    # the last one stays
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        says = self._words(self.values)
        self.setText(says)
        self.setAccessibleName(f"{self._name}: {says}")
        self.setToolTip(self._name)
