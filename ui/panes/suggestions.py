"""The list of suggested themes beside board and outline: each with its reason and its notes, to be taken or left."""

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from core.base.ids import NoteId
from core.base.language import _
from core.sense.themes import Suggestion
from ui.acting.selection import Selection
from ui.acting.suggesting import Suggesting, count_and_reason, spoken, texts_of, title_of
from ui.board.ghosts import Part
from ui.board.view import BoardView
from ui.bridge import Bridge
from ui.look.parts import Button, Kind, Label, Tone, plain_tip
from ui.look.theme import Text, font

WIDTH = 330
NOTE = Qt.ItemDataRole.UserRole
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Suggested(QTreeWidget):
    """A row for each suggestion, its notes below it. Enter takes it, Delete leaves it, or only the note of the row."""

    taken = Signal(int)
    left = Signal(int, str)    # NoteId, empty for all of it
    all_taken = Signal()
    gone_from = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setWordWrap(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(18)
        self.setAccessibleName(_("Suggested themes"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.all_taken.emit()
        elif event.key() in ENTER:
            self.taken.emit(self.number)
        elif event.key() == Qt.Key.Key_Delete:
            self.left.emit(self.number, self.note or "")
        elif event.key() == Qt.Key.Key_Escape:
            self.gone_from.emit()
        else:
            super().keyPressEvent(event)

    @property
    def number(self) -> int:
        """Which suggestion the current row belongs to."""
        item = self.currentItem()
        above = item.parent() if item is not None else None
        return self.indexOfTopLevelItem(above or item) if item is not None else 0

    @property
    def note(self) -> NoteId | None:
        """The note of the current row."""
        item = self.currentItem()
        found = item.data(0, NOTE) if item is not None else None
        return NoteId(found) if found else None


class SuggestionsPane(QFrame):
    """Shown while there are suggestions; `left` says that the keyboard is to go back to the board."""

    left = Signal()

    def __init__(self, bridge: Bridge, selection: Selection, board: BoardView) -> None:
        super().__init__()
        self.setProperty("part", "pane")
        self.setFixedWidth(WIDTH)
        self._bridge, self._board = bridge, board
        self.suggesting = Suggesting(bridge, selection, self)
        self._shown: tuple[Suggestion, ...] = ()
        self.tree = Suggested()
        self.take = Button(_("Take this"), icon="check", keys="Return", kind=Kind.MAIN)
        self.leave = Button(_("Leave it"), keys="Del")
        self.take_all = Button(_("Take all"), keys="Ctrl+Return")
        self.leave_all = Button(_("Leave all"), kind=Kind.QUIET)
        self._lay_out()
        self._connect()
        self.hide()

    def beside(self, views: QWidget) -> QHBoxLayout:
        """A row of board or outline, and this."""
        row = QHBoxLayout()
        row.addWidget(views, 1)
        row.addWidget(self)
        return row

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(Label(_("Suggested themes"), Text.PANE_TITLE, bold=True))
        why = _("Found on this laptop by the words that notes share. What you have placed stays where it is.")
        column.addWidget(Label(why, Text.SMALL, tone=Tone.SECOND, wrap=True))
        column.addWidget(self.tree, 1)
        for pair in ((self.take, self.leave), (self.take_all, self.leave_all)):
            row = QHBoxLayout()
            for button in pair:
                row.addWidget(button)
            row.addStretch()
            column.addLayout(row)

    def _connect(self) -> None:
        suggesting, tree = self.suggesting, self.tree
        suggesting.changed.connect(self._show)
        tree.currentItemChanged.connect(self._on_current)
        tree.taken.connect(suggesting.take)
        tree.left.connect(self._leave)
        tree.all_taken.connect(suggesting.take_all)
        tree.gone_from.connect(self.left)
        self.take.clicked.connect(lambda: suggesting.take(tree.number))
        self.leave.clicked.connect(lambda: suggesting.leave(tree.number, tree.note))
        self.take_all.clicked.connect(suggesting.take_all)
        self.leave_all.clicked.connect(suggesting.leave_all)
        self._board.ghost_pressed.connect(self._press)

    @Slot(int, object)
    def _press(self, number: int, part: Part) -> None:
        """The mouse on a ghost of the board."""
        suggesting = self.suggesting
        {Part.TAKE: suggesting.take, Part.LEAVE: suggesting.leave, Part.GROUND: suggesting.choose}[part](number)

    @Slot(int, str)
    def _leave(self, number: int, note: str) -> None:
        self.suggesting.leave(number, NoteId(note) if note else None)

    @Slot()
    def _on_current(self) -> None:
        if self.tree.currentItem() is not None:
            self.suggesting.choose(self.tree.number)

    @Slot()
    def _show(self) -> None:
        """The rows as they are now; the keyboard comes here with the first, and goes back with the last."""
        suggesting = self.suggesting
        self._board.show_ghosts(suggesting.open, suggesting.current)
        if suggesting.open != self._shown:
            had_any, self._shown = bool(self._shown), suggesting.open
            had_focus = self.tree.hasFocus()
            self._fill()
            self.setVisible(bool(self._shown))
            if self._shown and not had_any:
                self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
            elif had_focus and not self._shown:
                self.left.emit()
        if self._shown and self.tree.number != suggesting.current:
            self._stand_on(suggesting.current)

    def _room_for(self, words: str) -> QSize:
        """As high as the words need in this width."""
        room = QRect(0, 0, WIDTH - 80, 1000)
        metrics = QFontMetrics(font(Text.BASE, bold=True))
        return QSize(room.width(), metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), words).height() + 8)

    def _stand_on(self, number: int) -> None:
        item = self.tree.topLevelItem(number)
        if item is not None:
            self.tree.setCurrentItem(item)

    def _fill(self) -> None:
        board = self._bridge.board
        self.tree.blockSignals(True)
        self.tree.clear()
        for each in self._shown:
            row = QTreeWidgetItem([f"{title_of(board, each)}\n{count_and_reason(each)}"])
            row.setFont(0, font(Text.BASE, bold=True))
            row.setSizeHint(0, self._room_for(row.text(0)))
            row.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken(board, each))
            for note, text in zip(each.notes, texts_of(board, each.notes), strict=True):
                below = QTreeWidgetItem([text])
                below.setData(0, NOTE, note)
                below.setToolTip(0, plain_tip(text))
                row.addChild(below)
            self.tree.addTopLevelItem(row)
        if self._shown:
            self._stand_on(self.suggesting.current)
        self.tree.blockSignals(False)
