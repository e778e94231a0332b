"""Held for you: the notes that wait until somebody has read them, the oldest first, with the reason in words."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from core.base.ids import NoteId
from core.base.language import _, ngettext
from core.session import Change
from ui.acting.deciding import Deciding, what_became
from ui.bridge import Bridge
from ui.look.focus import OWN_RINGS
from ui.look.parts import Badge, Button, Icon, KeyCaps, Kind, Label, Tone, keep_room_for_bar
from ui.look.theme import Text
from ui.panes.held_rows import HeldNotes, HeldRow
from ui.panes.pages import Pages
from ui.picking.hide_why import HideWhy, HoldWhy

TALLEST = 380
SHARE = 0.36
"""Of the window, so much is the list at most."""
MOST_TOLD = 3


class HeldList(QListView):
    """Enter shows, Delete asks why to hide, Ctrl+H why to go on holding, Space goes on to the next, Escape leaves."""

    show_wanted = Signal()
    hide_wanted = Signal()
    hold_wanted = Signal()
    later = Signal()
    left = Signal()
    resized = Signal()

    def __init__(self, model: HeldNotes) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(HeldRow(model, self))
        self.setProperty(OWN_RINGS, True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_room_for_bar(self)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their words need at this width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.show_wanted.emit()
            case Qt.Key.Key_Delete:
                self.hide_wanted.emit()
            case Qt.Key.Key_Space:
                self.later.emit()
            case Qt.Key.Key_H if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.hold_wanted.emit()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+H is for these notes while the keyboard is here, not for those on the board."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_hold = event.key() == Qt.Key.Key_H and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if is_hold:
                event.accept()
                return True
        return super().event(event)


class HeldPane(QFrame):
    """Above the new notes; away while nothing is held."""

    held_changed = Signal(int)
    left = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.deciding = Deciding(bridge, self)
        self.deciding.done.connect(self._on_decided)
        self.model = HeldNotes(bridge.board, self)
        self.view = HeldList(self.model)
        self.view.resized.connect(self._fit)
        self.view.show_wanted.connect(self.show_chosen)
        self.view.hide_wanted.connect(self.hide_chosen)
        self.view.hold_wanted.connect(self.hold_chosen)
        self.view.later.connect(self.go_on)
        self.view.left.connect(self.left)
        self._badge = Badge("warn")
        self._told = Label("", Text.SMALL, tone=Tone.WARN, wrap=True)
        self._told.setContentsMargins(12, 0, 12, 6)
        self._meanwhile = Label("", Text.SMALL, tone=Tone.SECOND, wrap=True)
        self._meanwhile.setContentsMargins(12, 0, 12, 6)
        self._meanwhile.hide()
        self._pages = Pages()
        self._pages.turned.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._told)
        column.addWidget(self._meanwhile)
        column.addWidget(self.view)
        column.addWidget(self._pages)
        column.addLayout(self._foot())
        bridge.changed.connect(self._take)
        bridge.was_reset.connect(self._read_anew)
        self._count()

    def go_to(self) -> None:
        """The keyboard to the first note that waits."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))

    @Slot()
    def show_chosen(self) -> None:
        """Put the chosen notes on the board."""
        if notes := self._chosen():
            self.deciding.show(notes)

    @Slot()
    def hide_chosen(self) -> None:
        """Ask why the chosen notes are hidden."""
        notes = self._chosen()
        if notes and self._bridge.may_act():
            HideWhy(self.view, notes, self.deciding).start()

    @Slot()
    def hold_chosen(self) -> None:
        """Ask why the chosen notes are put aside."""
        notes = self._chosen()
        if notes and self._bridge.may_act():
            HoldWhy(self.view, notes, self.deciding).start()

    @Slot()
    def go_on(self) -> None:
        """To the next, after the last to the first; this one stays for later."""
        page, row = self.model.page, self.view.currentIndex().row() + 1
        if row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row))
        elif page.all:
            self._turn(page.end % page.all)

    def _chosen(self) -> list[NoteId]:
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        found = (self.model.note_at(row) for row in rows or [self.view.currentIndex().row()])
        return [note.id for note in found if note is not None]

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 6)
        row.setSpacing(8)
        row.addWidget(Icon("hand", "warn"))
        row.addWidget(Label(_("Held for you"), Text.PANE_TITLE, bold=True))
        row.addWidget(self._badge)
        row.addStretch(1)
        row.addWidget(KeyCaps("Ctrl+J"))
        return row

    def _foot(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(12, 8, 12, 4)
        grid.setSpacing(8)
        buttons = (
            (Button(_("Show"), icon="eye", keys="Return", height=30), self.show_chosen),
            (Button(_("Hide…"), icon="eye-off", keys="Del", height=30), self.hide_chosen),
            (Button(_("Keep held…"), keys="Ctrl+H", height=30), self.hold_chosen),
            (Button(_("Later"), keys="Space", height=30, kind=Kind.QUIET), self.go_on),
        )
        for number, (button, act) in enumerate(buttons):
            button.clicked.connect(act)
            grid.addWidget(button, number // 2, number % 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        return grid

    @Slot(object)
    def _take(self, change: Change) -> None:
        self._follow(lambda: self.model.take(change))

    @Slot()
    def _read_anew(self) -> None:
        self._follow(lambda: self.model.read_anew(self._bridge.board))

    @Slot(int)
    def _turn(self, first: int) -> None:
        """Another page; the keyboard is on its first note."""
        self.model.turn(first)
        self._count()
        self.view.scrollToTop()
        self.view.setCurrentIndex(self.model.index(0))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, change: Callable[[], None]) -> None:
        """Let the rows change; the note that is looked at stays so, and where somebody else dealt with one, say so."""
        before, current = self.model.ids, self.model.note_at(self.view.currentIndex().row())
        row = self.view.currentIndex().row()
        change()
        now = self.model.ids
        if now == before:
            return
        here = set(now)
        became = (
            what_became(self._bridge.board, each, self._bridge.session.desk) for each in before if each not in here
        )
        self._say_meanwhile([words for words in became if words])
        again = self.model.row_of(current.id) if current is not None else None
        if again is not None:
            self.view.setCurrentIndex(self.model.index(again))
        else:
            self._stand_at(row)
        self._count()

    def _say_meanwhile(self, told: Sequence[str]) -> None:
        """Until the next decision of this desk; no error, only news."""
        if told:
            self._meanwhile.setText("\n".join(told[:MOST_TOLD]))
            self._meanwhile.show()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, " ".join(told)))

    @Slot(str)
    def _on_decided(self, told: str) -> None:
        self._meanwhile.hide()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))

    def _stand_at(self, row: int) -> None:
        """The note after one that went is the next to be read."""
        last = self.model.rowCount() - 1
        if row >= 0 and last >= 0 and not self.view.selectionModel().hasSelection():
            self.view.setCurrentIndex(self.model.index(min(row, last)))

    def _count(self) -> None:
        held = self.model.page.all
        self._pages.show_page(self.model.page)
        self._badge.show_count(held)
        told = ngettext("{n} note waits to be read.", "{n} notes wait to be read.", held).format(n=held)
        self._told.setText(told)
        self.view.setAccessibleName(told)
        self.setVisible(bool(held))
        self._fit()
        self.held_changed.emit(held)

    @Slot()
    def _fit(self) -> None:
        """As high as its rows, up to about half of the pane: what stands below must have room in a small window."""
        tallest = min(TALLEST, round(SHARE * self.window().height()))
        rows = range(min(self.model.rowCount(), 10))
        needed = sum(self.view.sizeHintForIndex(self.model.index(row)).height() for row in rows)
        self.view.setFixedHeight(max(60, min(needed + 2, tallest)))

