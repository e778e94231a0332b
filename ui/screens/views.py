"""Board and outline in one place, and what the menus ask of the one that is shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from ui.acting.actions import Actions
from ui.acting.acts import Acts
from ui.board.keys import copy_words
from ui.board.view import BoardView
from ui.later import Once
from ui.running import Running

if TYPE_CHECKING:
    from ui.outline.view import OutlineView


class Views(QStackedWidget):
    """Others may stand here too, in the place of both. The outline is made when it is first looked at."""

    note_opened = Signal(str)    # NoteId
    looked_at = Signal(bool)     # whether that is the outline

    def __init__(self, running: Running, acts: Acts, actions: Actions) -> None:
        super().__init__()
        self._running, self._acts, self._actions = running, acts, actions
        self.board = BoardView(running.bridge, running.selection, acts, actions=actions)
        self.board.note_opened.connect(self.note_opened)
        self.addWidget(self.board)
        self._outline = Once(self._make_outline)
        self._connect_actions()

    @property
    def outline(self) -> "OutlineView":
        """The same notes as a list."""
        return self._outline()

    def _make_outline(self) -> "OutlineView":
        from ui.outline.view import OutlineView  # after the first paint

        running = self._running
        outline = OutlineView(running.bridge, running.selection, self._acts, actions=self._actions)
        if self._actions["names"].isChecked():
            outline.model.show_names(wanted=True)
        outline.note_opened.connect(self.note_opened)
        self.addWidget(outline)
        return outline

    @property
    def shows_outline(self) -> bool:
        """Whether the outline is in the place of the board."""
        return self.currentWidget() is self._outline.made

    @property
    def view(self) -> "BoardView | OutlineView":
        """Board or outline, whichever is shown."""
        return self.outline if self.shows_outline else self.board

    def bring_view(self) -> "BoardView | OutlineView":
        """The same; the board is shown again where something else was in its place."""
        if self.currentWidget() is not self.view:
            self._look_at(self.view)
        return self.view

    def go_back(self) -> None:
        """The keyboard goes to what is looked at."""
        (self.currentWidget() or self.board).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_down(self) -> None:
        """Hear nothing more from the bridge."""
        self.board.close_down()
        if self._outline.made is not None:
            self._outline.made.close_down()

    def _connect_actions(self) -> None:
        """To methods of this widget only: such connections end with it, the actions do not."""
        actions = self._actions
        actions["board"].triggered.connect(self._look_at_board)
        actions["outline"].triggered.connect(self._look_at_outline)
        actions["fit"].triggered.connect(self._fit)
        actions["bigger"].triggered.connect(self._bigger)
        actions["smaller"].triggered.connect(self._smaller)
        actions["whole"].triggered.connect(self._whole)
        actions["new-theme"].triggered.connect(self._new_theme)
        actions["new-theme-from"].triggered.connect(self._new_theme)
        actions["names"].setChecked(False)    # somebody may look on: each time they are asked for anew
        actions["names"].toggled.connect(self._show_names)
        actions["move"].triggered.connect(self._move)
        actions["reword"].triggered.connect(self._reword)
        actions["hide"].triggered.connect(self._hide)
        actions["copy"].triggered.connect(self._copy)

    @Slot()
    def _look_at_board(self) -> None:
        self._look_at(self.board)

    @Slot()
    def _look_at_outline(self) -> None:
        self._look_at(self.outline)

    def _look_at(self, view: "BoardView | OutlineView") -> None:
        self.setCurrentWidget(view)
        self._actions["outline" if self.shows_outline else "board"].setChecked(True)
        self.looked_at.emit(self.shows_outline)
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _fit(self) -> None:
        self.board.fit()

    @Slot()
    def _bigger(self) -> None:
        self.board.bigger()

    @Slot()
    def _smaller(self) -> None:
        self.board.smaller()

    @Slot()
    def _whole(self) -> None:
        self.board.whole()

    @Slot()
    def _new_theme(self) -> None:
        self.bring_view().new_theme()

    @Slot()
    def _move(self) -> None:
        self.bring_view().move_to()

    @Slot()
    def _reword(self) -> None:
        self.bring_view().edit()

    @Slot()
    def _hide(self) -> None:
        self.bring_view().hide_why()

    @Slot()
    def _copy(self) -> None:
        if self.shows_outline:
            self.outline.copy_words()
        else:
            copy_words(self.board)

    @Slot(bool)
    def _show_names(self, wanted: bool) -> None:
        if self._outline.made is not None:
            self._outline.made.model.show_names(wanted=wanted)
