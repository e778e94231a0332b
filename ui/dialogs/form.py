"""A panel with a few fields: Enter keeps them, in a field of many lines Ctrl+Enter, Escape leaves; and the fields it is
made of."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.base.language import _
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label

Value = TypeVar("Value")
BESIDE = 8
"""Pixels between the edge of a number's field and what stands in it."""


class FormPanel(Panel):
    """`keep` does what was asked for and says whether that could be done."""

    first: QWidget

    def keep(self) -> bool:
        """Use what was filled in; False leaves the panel open."""
        raise NotImplementedError

    def finish(self, words: str) -> None:
        """The buttons at the foot. In a field of many lines Enter is a new line."""
        has_lines = bool(self.findChildren(QPlainTextEdit))
        self._keep = Button(words, keys="Ctrl+Return" if has_lines else "Return", kind=Kind.MAIN)
        self._keep.clicked.connect(self.try_to_keep)
        leave = Button(_("Cancel"), keys="Esc", kind=Kind.QUIET)
        leave.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._keep)
        row.addWidget(leave)
        row.addStretch(1)
        self.column.addLayout(row)

    def open(self) -> None:
        """Show it, with the keyboard where one begins."""
        super().open()
        self.first.setFocus(Qt.FocusReason.TabFocusReason)

    def try_to_keep(self) -> None:
        """Keep it, and leave where that could be done."""
        if self.keep():
            self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fields of one line, boxes and lists leave Enter to the panel; a button keeps it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.try_to_keep()
        else:
            super().keyPressEvent(event)


class OneOf(QWidget, Generic[Value]):
    """A question with radio buttons."""

    def __init__(self, label: str, choices: Sequence[tuple[Value, str]], value: Value, *, across: bool = False) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._values = [each for each, _name in choices]
        self.setAccessibleName(label)
        column = _column(self, label)
        row: QBoxLayout = QHBoxLayout() if across else QVBoxLayout()
        row.setSpacing(18 if across else 0)
        for number, (each, name) in enumerate(choices):
            button = QRadioButton(name)
            button.setAccessibleDescription(label)
            button.setChecked(each == value)
            self._group.addButton(button, number)
            row.addWidget(button)
        if across:
            row.addStretch(1)
        column.addLayout(row)

    @property
    def value(self) -> Value:
        """What is chosen."""
        return self._values[max(0, self._group.checkedId())]

    def choose(self, value: Value) -> None:
        """Choose this one."""
        self._group.button(self._values.index(value)).setChecked(True)

    @property
    def buttons(self) -> list[QAbstractButton]:
        """The radio buttons, in order."""
        return self._group.buttons()

    def focus(self) -> QWidget:
        """Where the keyboard goes."""
        return self._group.checkedButton() or self


class AnyOf(QWidget, Generic[Value]):
    """A question with boxes to tick."""

    def __init__(
        self, label: str, choices: Sequence[tuple[Value, str]], ticked: Sequence[Value], *, across: bool = False
    ) -> None:
        super().__init__()
        self._boxes: list[tuple[Value, QCheckBox]] = []
        column = _column(self, label)
        row: QBoxLayout = QHBoxLayout() if across else QVBoxLayout()
        row.setSpacing(18 if across else 0)
        for each, name in choices:
            found = box(name, on=each in ticked)
            found.setAccessibleDescription(label)
            self._boxes.append((each, found))
            row.addWidget(found)
        if across:
            row.addStretch(1)
        column.addLayout(row)

    @property
    def values(self) -> tuple[Value, ...]:
        """What is ticked, in the order of the boxes."""
        return tuple(each for each, found in self._boxes if found.isChecked())


def box(words: str, *, on: bool) -> QCheckBox:
    """A box to tick."""
    made = QCheckBox(words)
    made.setChecked(on)
    return made


class Number(QSpinBox):
    """What is typed takes the place of what stands there, also where the mouse put the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(BESIDE, 0, 0, 0)    # a style sheet's padding does not reach it

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(BESIDE, 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(BESIDE, 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self.selectAll)


def number(name: str, value: int, *, least: int, most: int, none: str = "") -> Number:
    """A whole number; the least may stand for none."""
    made = Number()
    made.setRange(least, most)
    made.setValue(value)
    made.setSpecialValueText(none)
    made.setAccessibleName(name)
    return made


def choice(name: str, rows: Sequence[tuple[object, str]], value: object) -> QComboBox:
    """One of many, in a list that drops down."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    for each, words in rows:
        made.addItem(words, each)
    made.setCurrentIndex(max(0, [each for each, _words in rows].index(value)))
    return made


def labelled(words: str, *widgets: QWidget) -> QVBoxLayout:
    """Fields under their label."""
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(Label(words, bold=True))
    for widget in widgets:
        column.addWidget(widget)
    return column


def _column(widget: QWidget, label: str) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(Label(label, bold=True))
    return column
