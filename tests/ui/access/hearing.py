"""What the accessibility tree says: everything in a window as a screen reader is told of it."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleTableCellInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role
USED = {
    Role.PushButton, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.ComboBox, Role.SpinBox, Role.Slider,
    Role.List, Role.ListItem, Role.Tree, Role.TreeItem, Role.MenuItem, Role.Link, Role.ButtonMenu, Role.PageTab,
    Role.Table, Role.Dial,
}  # fmt: skip
"""Roles of what a person acts on."""


def everything(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """All that can be met below this, from the top to the bottom."""
    for child in map(interface.child, range(interface.childCount())):
        if is_there(child) and not child.state().invisible:
            yield child
            yield from everything(child)


def is_there(interface: QAccessibleInterface | None) -> bool:
    """Qt may give nothing, or what is gone."""
    return interface is not None and interface.isValid()


def name(interface: QAccessibleInterface) -> str:
    """What is read out."""
    return interface.text(QAccessible.Text.Name)


def unnamed(window: QWidget) -> list[str]:
    """What can be acted on in a window and has no name."""
    top = QAccessible.queryAccessibleInterface(window)
    assert top is not None
    return [described(each) for each in everything(top) if each.role() in USED and not is_named(each)]


def is_named(interface: QAccessibleInterface) -> bool:
    """Whether it has a name, or is part of something that has one: the list of a box, the field of a number."""
    above = interface.parent()
    part_of = above.isValid() and above.role() in (Role.ComboBox, Role.SpinBox)
    return bool(name(interface) or (part_of and name(above)) or is_further_cell(interface))


def is_further_cell(interface: QAccessibleInterface) -> bool:
    """Whether it is a cell of a row whose first cell says all of it; such a cell may be empty."""
    cell = cell_of(interface)
    return cell is not None and cell.columnIndex() > 0


def cell_of(interface: QAccessibleInterface) -> QAccessibleTableCellInterface | None:
    """What it is as a cell of a table, if it is one."""
    return interface.tableCellInterface()


def described(interface: QAccessibleInterface) -> str:
    """Enough to find it."""
    thing = interface.object()
    return f"{interface.role().name} {type(thing).__name__}"
