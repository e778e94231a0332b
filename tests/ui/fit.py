"""Looks at every widget of a window: does its text fit, does it stay inside, does it keep off its neighbours?"""

import contextlib
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenuBar,
    QRadioButton,
    QScrollBar,
    QStackedWidget,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as NotSoInTime

from tests.ui.at_the_desk import DeskUnderTest
from ui.dialogs.panel import Panel
from ui.look.focus import FocusRing
from ui.look.parts import Button
from ui.panes.status_line import BalanceLine
from ui.picking.panel import ChoicePanel

LIES_OVER = (FocusRing, Panel, ChoicePanel)
"""What stands over other things on purpose."""
PIXEL = 1


def faults(window: QWidget, *, over: tuple[QWidget, ...] = ()) -> list[str]:
    """What is clipped, elided or overlaps. `over` are panes that slide over the board of a narrow window."""
    seen = [window, *(each for each in window.findChildren(QWidget) if each.isVisible())]
    found = [fault for widget in seen for fault in (*_text_faults(widget), *_place_faults(widget, over))]
    return found + [fault for widget in seen for fault in _overlaps(widget, over)]


def faults_at_rest(desk: DeskUnderTest, *, over: tuple[QWidget, ...] = (), seconds: float = 2) -> list[str]:
    """The same once everything has found its place; what is wrong then, where it does not in this time."""
    found: list[str] = []

    def fits() -> bool:
        found[:] = faults(desk.window, over=over)
        return not found

    with contextlib.suppress(NotSoInTime):
        desk.wait(fits, seconds=seconds)
    return found


def _text_faults(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() if widget.text():
            yield from _label_faults(widget)
        case Button() | QCheckBox() | QRadioButton() | BalanceLine():
            if widget.sizeHint().width() > widget.width() + PIXEL:
                yield f"{_name(widget)} is {widget.width()} wide and needs {widget.sizeHint().width()}"
        case QAbstractButton():
            if widget.sizeHint().width() > widget.width() + PIXEL and widget.text():
                yield f"{_name(widget)} is {widget.width()} wide and needs {widget.sizeHint().width()}"
        case QLineEdit():
            room = widget.width() - 24
            needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            if needed > room:
                yield f"the example in {_name(widget)} needs {needed} and has {room}"


def _label_faults(label: QLabel) -> Iterator[str]:
    room = label.contentsRect()
    wrap = Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag.TextSingleLine
    flags = wrap | (Qt.TextFlag.TextShowMnemonic if label.buddy() is not None else wrap)
    needed = label.fontMetrics().boundingRect(QRect(0, 0, room.width(), 10_000), flags, label.text())
    if needed.width() > room.width() + PIXEL or needed.height() > room.height() + PIXEL:
        yield f"{_name(label)} needs {needed.width()}x{needed.height()}, has {room.width()}x{room.height()}"
    if label.text().endswith("…") and label.accessibleName() not in ("", label.text()):
        yield f"{_name(label)} is cut short"


def _place_faults(widget: QWidget, over: tuple[QWidget, ...]) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or widget in over or isinstance(widget, LIES_OVER):
        return
    if _scrolls(parent):
        return
    if not parent.rect().contains(widget.geometry()):
        yield f"{_name(widget)} at {_rect(widget.geometry())} leaves {_name(parent)} {_rect(parent.rect())}"


def _overlaps(parent: QWidget, over: tuple[QWidget, ...]) -> Iterator[str]:
    if isinstance(parent, QMainWindow | QMenuBar | QAbstractItemView) or _scrolls(parent):
        return
    children = [each for each in parent.children() if isinstance(each, QWidget) and each.isVisible()]
    beside = [
        each for each in children
        if each not in over and not each.isWindow() and not isinstance(each, (*LIES_OVER, QScrollBar))
    ]  # fmt: skip
    if isinstance(parent, QStackedWidget | QAbstractScrollArea):
        return
    for one, other in combinations(beside, 2):
        common = one.geometry().intersected(other.geometry())
        if common.width() > 0 and common.height() > 0:
            yield f"{_name(one)} and {_name(other)} overlap at {_rect(common)}"


def _scrolls(widget: QWidget) -> bool:
    """Whether what is in it may be larger than it."""
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    at = widget.mapTo(widget.window(), QPoint(0, 0))
    return f"{type(widget).__name__} {text[:60]!r} at {at.x()},{at.y()}"


def _rect(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"
