"""Answers at the desk: their view in the place of the board, and a word when somebody answers back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.base.clock import Clock
from core.base.language import _, ngettext
from ui.acting.actions import Actions
from ui.answering.items import waiting_backs
from ui.later import Once
from ui.running import Running
from ui.watching.notices import Choice, Notice, Notices

if TYPE_CHECKING:
    from ui.answering.view import RepliesView
    from ui.screens.workshop import WorkshopScreen

ANSWERED_BACK = "answered back"


class Answers(QObject):
    """Lives as long as the workshop's screen, its parent."""

    def __init__(
        self, running: Running, actions: Actions, notices: Notices, screen: "WorkshopScreen", clock: Clock
    ) -> None:
        super().__init__(screen)
        bridge = running.bridge
        self._bridge, self._actions, self._notices, self._screen = bridge, actions, notices, screen
        self._clock = clock
        self._told = 0
        self._jobs = running.jobs
        self._view = Once(self._make_view)
        screen.views.currentChanged.connect(self._on_view)
        actions["replies"].triggered.connect(self.show)
        actions["answer"].triggered.connect(self._answer_note)
        actions["answer-theme"].triggered.connect(self._answer_theme)
        bridge.changed.connect(self._look)
        bridge.was_reset.connect(self._look)
        self._look()

    @property
    def view(self) -> "RepliesView":
        """What is shown in the place of board and outline."""
        return self._view()

    def _make_view(self) -> "RepliesView":
        from ui.answering.view import RepliesView  # after the first paint

        view = RepliesView(self._bridge, self._screen.conduct, self._clock, self._jobs)
        self._screen.views.addWidget(view)
        view.left.connect(self._actions["board"].trigger)
        return view

    @Slot()
    def show(self) -> None:
        """In the place of board and outline."""
        self._screen.views.setCurrentWidget(self.view)
        self._actions["replies"].setChecked(True)
        self.view.setFocus()

    def answer(self, subject: str) -> None:
        """Go to the answer to this."""
        self.show()
        self.view.answer(subject)

    @Slot()
    def _answer_note(self) -> None:
        """A live question is answered on the spot, any other note beside all that can be answered."""
        from ui.dialogs.answer import AnswerPanel  # after the first paint

        screen, board = self._screen, self._bridge.board
        for note in screen.doing.now().notes[:1]:
            if board.asking(note.question).live and screen.views.currentWidget() is not self._view.made:
                AnswerPanel(board, note.id, screen.conduct, screen.window()).open()
            else:
                self.answer(note.id)

    @Slot()
    def _answer_theme(self) -> None:
        self._screen.doing.about_theme(self.answer)

    @Slot(int)
    def _on_view(self, _at: int) -> None:
        """What board and outline have above and below them is of no use here."""
        shown = self._screen.views.currentWidget() is self._view.made
        self._screen.tools.setVisible(not shown)
        if shown:
            self._screen.status.show_about_zoom(wanted=False)

    @Slot()
    def _show_backs(self) -> None:
        self.show()
        self.view.show_backs()

    @Slot()
    def _look(self) -> None:
        """Said when one more comes in, and gone once all have a reply."""
        waiting = len(waiting_backs(self._bridge.board))
        self._screen.rail.answers.show_count(waiting)
        if waiting > self._told:
            self._tell(waiting)
        elif not waiting and self._told:
            self._notices.settle(ANSWERED_BACK)
        self._told = waiting

    def _tell(self, waiting: int) -> None:
        what = ngettext(
            "{n} person says that we got a note wrong.", "{n} people say that we got a note wrong.", waiting
        )
        look = Choice(_("Read it"), self._show_backs, keys="Ctrl+8")
        self._notices.tell(Notice(what=what.format(n=waiting), choices=(look,), topic=ANSWERED_BACK))
