"""The table of what the venues said: themes by how widely they were said, a column for each venue."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from core.base.ids import ThemeId, VenueId
from core.base.language import _
from core.domain.board import Board
from core.domain.places import Compared, Comparison, Heard, Said
from core.domain.venues import venue_name
from ui.look.theme import Text, font
from ui.venues.names import heard_name, people_count, said_words, speaking, there_words

Index = QModelIndex | QPersistentModelIndex
FIRST_VENUE = 2
"""Before them: what it is, and all venues together."""
NOTHING_CHOSEN = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a heading (no cells), a theme, or a number about the venues."""

    name: str
    cells: tuple[str, ...] = ()
    theme: ThemeId | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it stands above others."""
        return not self.cells


def lines_of(board: Board, found: Comparison) -> list[Line]:
    """Who is there, all that was said, then the themes."""
    there = tuple(there_words(found, number) for number in range(len(found.venues)))
    everybody = people_count(sum(found.there.get(venue, 0) for venue in found.venues))
    lines = [
        Line(_("People who took part"), (everybody, *there)),
        Line(_("Everything that was said"), _cells(found, Compared(None, Heard.ALL, found.all))),
    ]
    for heard in Heard:
        themes = found.of(heard)
        if themes:
            lines += [Line(heard_name(heard, speaking(found))), *_themes(board, found, themes)]
    alone = next((each for each in found.themes if each.theme is None), None)
    return [*lines, *([Line(_("In no theme yet"), _cells(found, alone))] if alone else [])]


def _themes(board: Board, found: Comparison, themes: list[Compared]) -> Iterator[Line]:
    for each in themes:
        if each.theme is not None:
            yield Line(board.text(each.theme.name), _cells(found, each), each.theme.id)


def _cells(found: Comparison, each: Compared) -> tuple[str, ...]:
    together = Said(each.notes, sum(said.people for said in each.said.values()))
    return tuple(map(said_words, (together, *(each.said[venue] for venue in found.venues))))


class CompareTable(QAbstractTableModel):
    """Read out as what it is about, the venue, and how much."""

    def __init__(self, parent: object = None) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.venues: tuple[VenueId, ...] = ()
        self.heads: list[str] = []

    def show_comparison(self, board: Board, found: Comparison) -> bool:
        """Show this from now on; whether anything is other than it was."""
        heads = [_("Theme"), _("All venues"), *(venue_name(board, venue) for venue in found.venues)]
        lines = lines_of(board, found)
        if (heads, lines, found.venues) == (self.heads, self.lines, self.venues):
            return False
        self.beginResetModel()
        self.heads, self.lines, self.venues = heads, lines, found.venues
        self.endResetModel()
        return True

    def theme_at(self, row: int) -> ThemeId | None:
        """The theme of a row."""
        return self.lines[row].theme if 0 <= row < len(self.lines) else None

    def venue_at(self, column: int) -> VenueId | None:
        """The venue of a column."""
        number = column - FIRST_VENUE
        return self.venues[number] if 0 <= number < len(self.venues) else None

    def row_of(self, theme: ThemeId) -> int | None:
        """Where a theme stands."""
        return next((row for row, line in enumerate(self.lines) if line.theme == theme), None)

    def rowCount(self, parent: Index = NOTHING_CHOSEN) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOTHING_CHOSEN) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(line, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._read_out(line, column)
            case Qt.ItemDataRole.FontRole if line.is_heading or not column:
                return _bold() if line.is_heading else None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self.heads[section] if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def _words(self, line: Line, column: int) -> str:
        if not column:
            return line.name
        return line.cells[column - 1] if line.cells else ""

    def _read_out(self, line: Line, column: int) -> str:
        if not column or line.is_heading:
            return line.name
        told = line.cells[column - 1].replace("\n", ", ")
        return f"{line.name}, {self.heads[column]}: {_('nothing') if told == '–' else told}"


def _bold() -> QFont:
    return font(Text.BASE, bold=True)
