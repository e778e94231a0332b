"""A part of the window that shows the board as it goes on."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from core.base.language import _
from ui.bridge import Bridge
from ui.look.parts import Button, Icon, Kind, Label, Rule
from ui.look.theme import Text
from ui.panes.rows import RowList

LIST_WIDTH = 400


class Following(QFrame):
    """Reads the board anew when it is shown, and while it is seen as often as its pace allows. Escape leaves it."""

    left = Signal()

    def __init__(self, bridge: Bridge, pace_ms: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._later = QTimer(self, interval=pace_ms, singleShot=True)
        self._later.timeout.connect(self.show_board)
        bridge.changed.connect(self.soon)
        bridge.was_reset.connect(self.soon)

    @Slot()
    def show_board(self) -> None:
        """Everything as it is now."""
        raise NotImplementedError

    @Slot()
    def soon(self) -> None:
        """Something may be other than it is shown."""
        if self.isVisible() and not self._later.isActive():
            self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_board()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class InPlaceOfBoard(Following):
    """A list on the left, and on the right what there is to do about the row that is marked."""

    def lay_out(
        self, above: tuple[QWidget, ...], rows: RowList, right: QLayout, below: QWidget | None = None
    ) -> None:
        """The list between what stands above and below it, and beside all that the rest."""
        side = QFrame()
        side.setProperty("part", "pane-left")
        side.setFixedWidth(LIST_WIDTH)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 1, 0)
        left.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(14, 12, 14, 10)
        top.setSpacing(8)
        for widget in above:
            top.addWidget(widget)
        left.addLayout(top)
        left.addWidget(Rule())
        left.addWidget(rows, 1)
        if below is not None:
            left.addWidget(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)

    def head(self, icon: str, title: str) -> QHBoxLayout:
        """What it is called, and the way back to the board."""
        back = Button(_("Back to the board"), keys="Ctrl+1", kind=Kind.QUIET, height=32)
        back.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Icon(icon))
        row.addWidget(Label(title, Text.PANE_TITLE, bold=True))
        row.addStretch(1)
        row.addWidget(back)
        return row
