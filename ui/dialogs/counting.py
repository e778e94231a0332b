"""Hands and paper dots of a table, or of the whole room, entered as numbers: one field for each thing voted on."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.base.language import _
from core.domain.course import Round
from core.domain.promising import CountVotes, count_of
from core.domain.taking_part import COUNTED_AT_MOST, TABLES_AT_MOST
from core.domain.terms import CountWay
from core.session import Saved
from ui.acting.conduct import Conduct
from ui.bridge import Bridge
from ui.dialogs.form import Number, choice, labelled, number
from ui.look.parts import Button, Kind, Label, Tone
from ui.voted import targets_of, way_name, words_of

CTRL = Qt.KeyboardModifier.ControlModifier
GRID_HEIGHT = 250


class CountForm(QWidget):
    """Begins with what was entered for this table before. Enter goes to the next number, Ctrl+Enter keeps them."""

    left = Signal()

    def __init__(self, bridge: Bridge, vote: Round, conduct: Conduct) -> None:
        super().__init__()
        self._bridge, self._vote, self._conduct = bridge, vote, conduct
        self.fields: dict[str, Number] = {}
        self.way = choice(_("How they voted"), [(way, way_name(way)) for way in CountWay], CountWay.HANDS)
        self.table = number(_("Table"), 0, least=0, most=TABLES_AT_MOST, none=_("The whole room"))
        self.voters = number(_("People who voted"), 0, least=0, most=COUNTED_AT_MOST, none=_("Not counted"))
        self._told = Label("", tone=Tone.GOOD, wrap=True)
        self._grid = QGridLayout()
        self._lay_out()
        self.way.activated.connect(self._fill)
        self.table.valueChanged.connect(self._fill)

    def begin(self) -> None:
        """A field for each thing that can be voted on now; the keyboard in the first."""
        board, targets = self._bridge.board, targets_of(self._bridge.board, self._vote)
        if list(self.fields) != targets:
            self._clear()
            for row, target in enumerate(targets):
                self._add(row, target, words_of(board, self._vote, target))
            self._grid.setRowStretch(len(targets), 1)
        self._told.setText("")
        self._fill()
        self.way.setFocus(Qt.FocusReason.TabFocusReason)

    def keep(self) -> None:
        """Keep the numbers in the place of what was entered for this table."""
        command = CountVotes(
            round_id=self._vote.id, way=self._way, table=self.table.value(), voters=self.voters.value(),
            dots={target: field.value() for target, field in self.fields.items()},
        )  # fmt: skip
        self._conduct.change(command, _("The numbers are kept."), self._on_kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & CTRL:
            self.keep()
        else:
            self.focusNextChild()

    @property
    def _way(self) -> CountWay:
        return CountWay(self.way.currentData())

    @Slot()
    def _fill(self) -> None:
        """What was entered for this table in this way."""
        count = self._bridge.board.counts.get(count_of(self._vote.id, self._way, self.table.value()))
        dots = dict(count.dots) if count else {}
        for target, field in self.fields.items():
            field.setValue(dots.get(target, 0))
        self.voters.setValue(count.voters if count else 0)

    def _on_kept(self, _saved: Saved) -> None:
        where = _("table {n}").format(n=self.table.value()) if self.table.value() else _("the whole room")
        self._told.setText(_("Kept for {where}. Go on with the next table, or go back.").format(where=where))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, row: int, target: str, words: str) -> None:
        field = number(words, 0, least=0, most=COUNTED_AT_MOST)
        field.setFixedWidth(110)
        self.fields[target] = field
        self._grid.addWidget(Label(words, wrap=True), row, 0)
        self._grid.addWidget(field, row, 1)

    def _clear(self) -> None:
        self.fields = {}
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(labelled(_("How they voted"), self.way), 1)
        head.addLayout(labelled(_("Table"), self.table), 1)
        head.addLayout(labelled(_("People who voted"), self.voters), 1)
        inside = QWidget()
        inside.setLayout(self._grid)
        self._grid.setColumnStretch(0, 1)
        self._grid.setContentsMargins(0, 6, 12, 6)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        for ground in (inside, area.viewport()):
            ground.setAutoFillBackground(False)
        area.setFixedHeight(GRID_HEIGHT)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keep = Button(_("Keep these numbers"), keys="Ctrl+Return", kind=Kind.MAIN)
        keep.clicked.connect(self.keep)
        back = Button(_("Back to the result"), keys="Esc", kind=Kind.QUIET)
        back.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(keep)
        row.addWidget(back)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(area)
        column.addWidget(self._told)
        column.addLayout(row)
