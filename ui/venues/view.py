"""What the venues said, side by side: in the place of the board."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
)

from core.base.bidi import isolated
from core.base.ids import QuestionId, ThemeId, VenueId
from core.base.language import _
from core.domain.board import Board, Theme
from core.domain.places import Comparison, alike, compared
from core.domain.venues import venue_name
from ui.acting.acts import Acts
from ui.acting.selection import Selection
from ui.bridge import Bridge
from ui.jobs import Jobs
from ui.look.parts import Button, Icon, Kind, Label, Tone
from ui.look.theme import Text
from ui.panes.counting import Counting
from ui.panes.following import Following
from ui.picking.theme_panels import JoinThemes
from ui.venues.model import CompareTable
from ui.venues.names import summary

PACE_MS = 400
THEME_LEAST, VENUE_LEAST, ROOM = 240, 96, 12


@dataclass(frozen=True, slots=True)
class Counted:
    """A question across the venues, and its themes that are called alike."""

    board: Board
    found: Comparison
    alike: list[tuple[Theme, Theme]]


def count(look: Callable[[], Board], question: QuestionId) -> Counted:
    """Looks at each note twice; from any thread."""
    board = look()
    return Counted(board, compared(board, question), alike(board, question))


class CompareView(Following):
    """Follows the board and the question that is chosen. `look` gives the board that this desk may compare."""

    venue_wanted = Signal(object)    # VenueId: show only this one on the board

    def __init__(self, bridge: Bridge, selection: Selection, acts: Acts, look: Callable[[], Board], jobs: Jobs) -> None:
        super().__init__(bridge, PACE_MS)
        self._counting = Counting(jobs, self)
        self.setProperty("part", "page")
        self.setAccessibleName(_("The venues side by side"))
        self._selection, self._acts, self._look = selection, acts, look
        self._pair: tuple[ThemeId, ThemeId] | None = None
        self.table = CompareTable(self)
        self.view = _table_view(self.table)
        self.told, self._why = (Label("", tone=Tone.SECOND, wrap=True) for _label in range(2))
        self._alike = Label("", wrap=True)
        self._join_alike = Button(_("Join them"), kind=Kind.MAIN)
        self._join = Button(_("Join with another theme…"))
        self._only = Button(_("One venue on the board"), icon="eye")
        self._lay_out()
        self.setFocusProxy(self.view)
        self._connect()

    @property
    def question(self) -> QuestionId | None:
        """What is compared."""
        return self._selection.question

    @Slot()
    def show_board(self) -> None:
        """Everything as it is now."""
        if not self.isVisible() or self.question is None:
            return
        self._counting.ask(self._bridge.board, partial(count, self._look, self.question), self._show)

    def _show(self, counted: Counted) -> None:
        board, found = counted.board, counted.found
        if found.question != self.question:    # another one was chosen meanwhile
            self.show_board()
            return
        at, theme = self.view.currentIndex(), self.table.theme_at(self.view.currentIndex().row())
        quiet = [venue_name(board, venue) for venue in found.venues if not found.all[venue].notes]
        self.told.setText(summary(found, quiet) if any(said.notes for said in found.all.values()) else _nothing())
        self._why.setText(_apart() if board.is_apart(found.question) else "")
        self._why.setVisible(bool(self._why.text()))
        if self.table.show_comparison(board, found):
            self._stand_again(at, theme)
        self._offer_alike(board, counted.alike)
        self._show_choices()

    def _stand_again(self, at: QModelIndex, theme: ThemeId | None) -> None:
        """The mark stays with its theme; rows of headings go over the whole width."""
        self._fit_columns()
        self.view.clearSpans()
        for at_row, line in enumerate(self.table.lines):
            if line.is_heading:
                self.view.setSpan(at_row, 0, 1, self.table.columnCount())
        row: int | None = at.row() if theme is None else self.table.row_of(theme)
        self.view.setCurrentIndex(self.table.index(max(0, row or 0), max(0, at.column())))

    def _fit_columns(self) -> None:
        """Names have room for a few words; the numbers share the rest."""
        header = self.view.horizontalHeader()
        header.setMinimumSectionSize(VENUE_LEAST)
        for column in range(self.table.columnCount()):
            mode = QHeaderView.ResizeMode.Stretch if column else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(column, mode)
        header.resizeSection(0, max(THEME_LEAST, self.width() // 4))

    def _offer_alike(self, board: Board, found: list[tuple[Theme, Theme]]) -> None:
        self._pair = (found[0][1].id, found[0][0].id) if found else None
        for part in (self._alike, self._join_alike):
            part.setVisible(bool(found))
        if found:
            first, other = (isolated(board.text(theme.name)) for theme in found[0])
            self._alike.setText(_("“{theme}” and “{other}” are called alike.").format(theme=first, other=other))

    @Slot()
    def _show_choices(self) -> None:
        at = self.view.currentIndex()
        venue = self.table.venue_at(at.column())
        self._join.setEnabled(self.table.theme_at(at.row()) is not None)
        self._only.setEnabled(venue is not None)
        name = isolated(venue_name(self._look(), venue)) if venue is not None else ""
        self._only.setText(_("Only {venue} on the board").format(venue=name) if name else _("One venue on the board"))
        self._only.setAccessibleName(self._only.text())

    @Slot()
    def _join_them(self) -> None:
        if self._pair is not None:
            self._acts.themes.join(*self._pair)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _join_with(self) -> None:
        theme = self.table.theme_at(self.view.currentIndex().row())
        if theme is not None:
            JoinThemes(self, lambda: self._bridge.board, theme, self._acts).start()

    @Slot()
    def _want_venue(self) -> None:
        venue: VenueId | None = self.table.venue_at(self.view.currentIndex().column())
        if venue is not None:
            self.venue_wanted.emit(venue)

    def _connect(self) -> None:
        self._selection.question_changed.connect(self.show_board)
        self.view.selectionModel().currentChanged.connect(self._show_choices)
        self._join_alike.clicked.connect(self._join_them)
        self._join.clicked.connect(self._join_with)
        self._only.clicked.connect(self._want_venue)

    def _lay_out(self) -> None:
        back = Button(_("Back to the board"), keys="Ctrl+1", kind=Kind.QUIET, height=32)
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("people"))
        head.addWidget(Label(self.accessibleName(), Text.PANE_TITLE, bold=True))
        head.addStretch(1)
        head.addWidget(back)
        like = QHBoxLayout()
        like.setSpacing(10)
        like.addWidget(self._alike, 1)
        like.addWidget(self._join_alike)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._join)
        foot.addWidget(self._only)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self.told, self._why):
            column.addWidget(widget)
        column.addLayout(like)
        column.addWidget(self.view, 1)
        column.addLayout(foot)


def _nothing() -> str:
    return _("No venue has said anything to this question yet. What comes in stands here at once.")


def _apart() -> str:
    return _("Venues do not see each other’s notes to this question yet. The organiser shows them: menu Question.")


class Roomy(QStyledItemDelegate):
    """Rows that do not touch each other."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(0, ROOM)


def _table_view(model: CompareTable) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setItemDelegate(Roomy(view))
    view.setAccessibleName(_("What each venue said"))
    view.setWordWrap(True)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setCornerButtonEnabled(False)
    view.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)    # long names: all of it as a tool tip
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    return view
