"""The rows of the outline as a tree: questions, their groups of notes, and the notes."""

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import count

from core.base.ids import NoteId, QuestionId
from core.domain.board import Board, Note
from ui.places import Kind, Order, Place

_serials = count(1)
RowOrder = tuple[str | int, ...] | Order


@dataclass(eq=False, slots=True)
class Node:
    """A row. `serial` is how Qt's indexes name it: a number, so that an old index can never reach freed memory."""

    order: RowOrder
    parent: "Node | None" = None
    question: QuestionId | None = None
    place: Place | None = None
    note: NoteId | None = None
    is_copy: bool = False    # the note lies in another theme and counts there
    children: list["Node"] = field(default_factory=list)
    serial: int = field(default_factory=lambda: next(_serials))

    @property
    def count(self) -> int:
        """How many notes of its own a group has."""
        return sum(not child.is_copy for child in self.children)

    @property
    def row(self) -> int:
        """Where it stands among its parent's rows."""
        return bisect_left(self.parent.children, self.order, key=_order) if self.parent else 0

    def row_for(self, order: RowOrder) -> int:
        """Where a new row of this order goes."""
        return bisect_left(self.children, order, key=_order)


def copy_order(note: Note) -> Order:
    """Notes that are shown in a theme, too, stand after its own."""
    return "~", note.arrival, note.id


def _order(node: Node) -> RowOrder:
    return node.order


def group_order(board: Board, place: Place) -> RowOrder:
    """Themes as they were made, then the notes in none, then what is held and what is hidden."""
    theme = board.themes.get(place.theme) if place.theme else None
    return (int(place.kind), theme.arrival if theme else 0, place.theme or "")


def shown_places(board: Board, question: QuestionId) -> list[Place]:
    """The groups of a question that are always shown; those of held and hidden notes come when they have any."""
    themes = [Place(question, Kind.THEME, theme.id) for theme in board.themes_of(question)]
    return [*themes, Place(question, Kind.LOOSE)]
