"""What the menus do in an open workshop: from an action to an act, and which actions make sense now."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from core.base.ids import NoteId
from core.base.language import _
from core.domain.board import NoteState
from ui.actions import Actions, Needs
from ui.acts import Acts
from ui.notices import Notice, Notices, Urgency
from ui.running import Running

NOT_SHOWN = frozenset({NoteState.HIDDEN, NoteState.HELD})


class Doing(QObject):
    """Lives as long as the workshop's screen, its parent."""

    def __init__(
        self, running: Running, acts: Acts, actions: Actions, notices: Notices, screen: QWidget
    ) -> None:
        super().__init__(screen)
        self._running, self._acts, self._actions, self._notices = running, acts, actions, notices
        self._bridge, self._selection = running.bridge, running.selection
        actions["undo"].triggered.connect(self._undo)
        actions["redo"].triggered.connect(self._redo)
        actions["show"].triggered.connect(self._show)
        actions["copy-link"].triggered.connect(self._copy_link)
        for changed in (self._selection.chosen_changed, self._selection.focus_changed):
            changed.connect(self.allow)
        self._bridge.changed.connect(self.allow)
        self._bridge.was_reset.connect(self.allow)
        running.door_opened.connect(self.allow)
        self.allow()

    @Slot()
    def allow(self) -> None:
        """Enable what can be done now."""
        board, chosen = self._bridge.board, self._selection.acted_on
        history = board.history(self._running.session.desk)
        states = {board.notes[each].state for each in chosen if each in board.notes}
        given = {
            Needs.WORKSHOP: True,
            Needs.NOTES: bool(states),
            Needs.HIDDEN_NOTES: bool(states & NOT_SHOWN),
            Needs.UNDO: bool(history.undo),
            Needs.REDO: bool(history.redo),
            Needs.SERVER: self._running.door is not None,
        }
        self._actions.allow(need for need, is_so in given.items() if is_so)

    @Slot()
    def _undo(self) -> None:
        self._acts.undo()

    @Slot()
    def _redo(self) -> None:
        self._acts.redo()

    @Slot()
    def _show(self) -> None:
        self._acts.show([each for each in self._selection.acted_on if self._is_not_shown(each)])

    def _is_not_shown(self, note_id: NoteId) -> bool:
        note = self._bridge.board.notes.get(note_id)
        return note is not None and note.state in NOT_SHOWN

    @Slot()
    def _copy_link(self) -> None:
        door = self._running.door
        if door is not None:
            QGuiApplication.clipboard().setText(door.url)
            self._notices.tell(Notice(what=_("The join link is copied."), advice=door.url, urgency=Urgency.GOOD))
