"""The result of a vote as a table, told anew while people vote; and what was counted in the room, to be entered."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from core.base.language import _, ngettext
from core.domain.course import Round
from core.domain.terms import VoteOn
from ui.acting.conduct import Conduct
from ui.bridge import Bridge
from ui.dialogs.counting import CountForm
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label, Tone
from ui.voted import Voted, left_out, sources, voted, way_name
from ui.words.modes import mode_name
from ui.words.names import vote_on_name

Index = QModelIndex | QPersistentModelIndex
TABLE_HEIGHT = 320
NUMBER_WIDTH = 92
FIXED = 2    # the columns of what was voted on, and of all votes


class ResultTable(QAbstractTableModel):
    """What has votes, the most first; a column for all, one for each way of voting."""

    def __init__(self, on: VoteOn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on = on
        self.heads: list[str] = []
        self.rows: list[list[str]] = []

    def show_result(self, result: Voted) -> None:
        """Show this from now on."""
        heads = [vote_on_name(self._on), _("All"), *map(mode_name, result.modes), *map(way_name, result.ways)]
        numbers = ([line.all, *line.modes, *line.ways] for line in result.lines)
        rows = [[line.words, *map(str, each)] for line, each in zip(result.lines, numbers, strict=True)]
        if (heads, rows) != (self.heads, self.rows):
            self.beginResetModel()
            self.heads, self.rows = heads, rows
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.heads[index.column()]}: {self.rows[index.row()][index.column()]}"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self.heads[section] if role == Qt.ItemDataRole.DisplayRole else None


class ResultPanel(Panel):
    """Two pages: the table, and the form to enter hands or paper dots; with `counting` it begins there."""

    def __init__(
        self, bridge: Bridge, vote: Round, conduct: Conduct, window: QWidget, *, counting: bool = False
    ) -> None:
        super().__init__(_("Result of the vote"), window, 760)
        self._bridge, self._vote, self._counting = bridge, vote, counting
        self._summary = Label("", tone=Tone.SECOND, wrap=True)
        self._sources = Label("", bold=True, wrap=True)
        self._left_out = Label("", tone=Tone.WARN, wrap=True)
        self.table = ResultTable(vote.on, self)
        self.view = _table_view(self.table)
        self.form = CountForm(bridge, vote, conduct)
        self.form.left.connect(self.show_table)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._table_page())
        self._pages.addWidget(self.form)
        self.column.addWidget(self._pages)
        bridge.changed.connect(self._show_board)
        bridge.was_reset.connect(self._show_board)
        self._show_board()

    def open(self) -> None:
        """Show it, with the keyboard in the table or in the form."""
        super().open()
        if self._counting:
            self.enter()
        else:
            self.show_table()

    def enter(self) -> None:
        """To the form."""
        self._pages.setCurrentWidget(self.form)
        self.form.begin()

    @Slot()
    def show_table(self) -> None:
        """To the table."""
        self._pages.setCurrentIndex(0)
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if self.table.rows and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.table.index(0, 0))

    @property
    def summary(self) -> str:
        """What is said above the table."""
        return " ".join(filter(None, (self._summary.text(), self._sources.text(), self._left_out.text())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        in_form = self._pages.currentWidget() is self.form
        if event.key() == Qt.Key.Key_Escape and in_form:
            self.show_table()
        elif event.key() == Qt.Key.Key_Insert and not in_form:
            self.enter()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _show_board(self) -> None:
        board, vote = self._bridge.board, self._vote
        self.table.show_result(voted(board, vote))
        header = self.view.horizontalHeader()
        for column in range(self.table.columnCount()):
            stretches = QHeaderView.ResizeMode.Stretch if not column else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, stretches)
        voters = len(board.votes.get(vote.id, ()))
        people = ngettext("{n} phone has voted.", "{n} phones have voted.", voters).format(n=voters)
        state = _("The vote is open.") if board.is_round_open(vote.id) else _("The vote is closed.")
        self._summary.setText(f"{people} {state}")
        self._sources.setText(sources(board, vote.id))
        self._left_out.setText(left_out(board, vote.id))
        self._left_out.setVisible(bool(self._left_out.text()))

    def _table_page(self) -> QWidget:
        page = QWidget()
        enter = Button(_("Enter hands or dots…"), keys="Ins")
        enter.clicked.connect(self.enter)
        close = Button(_("Close"), keys="Esc", kind=Kind.MAIN)
        close.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(close)
        row.addWidget(enter)
        row.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._summary, self._sources, self._left_out, self.view):
            column.addWidget(widget)
        column.addLayout(row)
        return page


def _table_view(model: ResultTable) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(_("Votes, the most first"))
    view.setFixedHeight(TABLE_HEIGHT)
    view.setWordWrap(True)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    return view
