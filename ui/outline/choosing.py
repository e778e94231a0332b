"""Chosen rows of the outline, in as few ranges as can be: Qt asks about each range again and again."""

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionRange

from core.base.ids import NoteId
from ui.outline.model import STATE, TEXT, OutlineModel
from ui.outline.nodes import Node


def rows_of(model: OutlineModel, notes: Collection[NoteId]) -> QItemSelection:
    """The rows of these notes."""
    wanted, found = frozenset(notes), QItemSelection()
    nodes = (model.node_of(note) for note in notes)
    for parent in dict.fromkeys(node.parent for node in nodes if node is not None):
        children = parent.children if parent is not None else []
        rows = [row for row, each in enumerate(children) if each.note in wanted and not each.is_copy]
        for first, last in _runs(rows):
            found.append(
                QItemSelectionRange(model.index_of(children[first], TEXT), model.index_of(children[last], STATE))
            )
    return found


def nodes_in(model: OutlineModel, chosen: QItemSelection) -> list[Node]:
    """The rows that are chosen, each once."""
    found: dict[Node, None] = {}
    for each in chosen.toList():
        found.update(dict.fromkeys(model.node(each.parent()).children[each.top() : each.bottom() + 1]))
    return list(found)


def has_single_cells(chosen: QItemSelection) -> bool:
    """Whether a row is not chosen from its first cell to its last, as where a screen reader chose one of them."""
    return any(each.left() > TEXT or each.right() < STATE for each in chosen.toList())


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of numbers."""
    begins = [at for at, row in enumerate(rows) if not at or rows[at - 1] != row - 1]
    return ((rows[at], rows[end - 1]) for at, end in zip(begins, [*begins[1:], len(rows)], strict=True))
