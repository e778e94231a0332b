"""Says once in each step, calmly, that one way of taking part falls behind: whom one could ask first."""

from PySide6.QtCore import QObject, QTimer, Slot

from core.base.ids import StepId
from core.base.language import _
from core.domain.terms import Mode
from ui.attendance import Share, left_behind, shares
from ui.running import Running
from ui.watching.notices import Choice, Notice, Notices
from ui.words.modes import percent

LOOK_MS = 5000
TOPIC = "heard"


class LeftBehind(QObject):
    """Looks now and then; `people` opens the pane that says more."""

    def __init__(self, running: Running, notices: Notices, people: Choice, parent: QObject) -> None:
        super().__init__(parent)
        self._running, self._notices, self._people = running, notices, people
        self._told: set[StepId | None] = set()
        self._again = QTimer(self, interval=LOOK_MS)
        self._again.timeout.connect(self.look)
        self._again.start()

    @Slot()
    def look(self) -> None:
        """Whether anybody is left behind, in a step in which that was not said yet."""
        board = self._running.bridge.board
        if board.step in self._told or self._running.door is None or board.is_ended:
            return
        behind = left_behind(board, shares(board, self._running.present))
        if behind is not None:
            self._told.add(board.step)
            what = behind_words(behind[0].mode)
            self._notices.tell(
                Notice(what=f"{what}:", advice=advice(*behind), choices=(self._people,), topic=TOPIC)
            )


def behind_words(mode: Mode) -> str:
    """Who is behind."""
    return {
        Mode.ROOM: _("People on phones are behind"),
        Mode.REMOTE: _("People at home are behind"),
        Mode.PAPER: _("People on paper are behind"),
        Mode.SCRIBE: _("People we type for are behind"),
        Mode.IMPORTED: _("People from a table are behind"),
    }[mode]


def advice(share: Share, in_votes: bool) -> str:
    """By how much, and what one could do."""
    people = percent(share.of_people)
    if in_votes:
        told = _("{people} of people, {votes} of votes. You could ask them first.")
        return told.format(people=people, votes=percent(share.of_votes or 0.0))
    told = _("{people} of people, {notes} of notes. You could ask them first.")
    return told.format(people=people, notes=percent(share.of_notes))
