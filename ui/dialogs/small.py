"""Two small questions: how long the timer runs, and what is voted on."""

from PySide6.QtWidgets import QWidget

from core.base.ids import QuestionId
from core.base.language import _
from core.domain.board import Board
from core.domain.taking_part import DOTS_AT_MOST
from core.domain.terms import VoteOn
from ui.acting.conduct import MINUTE, Conduct
from ui.dialogs.form import FormPanel, OneOf, labelled, number
from ui.look.parts import Label, Tone
from ui.words.names import vote_on_name

USUAL_MINUTES = 5
MINUTES_AT_MOST = 240
USUAL_DOTS = 3


class TimerPanel(FormPanel):
    """Begins with the minutes of the step that is under way, or of the question."""

    def __init__(self, board: Board, question: QuestionId | None, conduct: Conduct, window: QWidget) -> None:
        super().__init__(_("Start the timer"), window, 360)
        self._conduct = conduct
        planned = planned_minutes(board, question)
        self.minutes = number(_("Minutes"), planned, least=1, most=MINUTES_AT_MOST)
        self.column.addLayout(labelled(_("Minutes"), self.minutes))
        self.finish(_("Start"))
        self.first = self.minutes

    def keep(self) -> bool:
        """Start it."""
        self._conduct.start_timer(self.minutes.value() * MINUTE)
        return True


def planned_minutes(board: Board, question: QuestionId | None) -> int:
    """How long was planned: for the step, else for the question, else five minutes."""
    step = board.steps.get(board.step) if board.step is not None else None
    asked = board.asking(question).minutes if question is not None else 0
    return (step.minutes if step is not None else 0) or asked or USUAL_MINUTES


class VotePanel(FormPanel):
    """What dots go on, and how many each person has."""

    def __init__(self, board: Board, question: QuestionId, conduct: Conduct, window: QWidget) -> None:
        super().__init__(_("Open a vote"), window, 460)
        self._question, self._conduct = question, conduct
        self.column.addWidget(Label(board.text(board.questions[question].words), tone=Tone.SECOND, wrap=True))
        self.on = OneOf(
            _("What do people vote on?"), [(each, vote_on_name(each)) for each in VoteOn], VoteOn.THEMES, across=True
        )
        self.dots = number(_("Votes for each person"), USUAL_DOTS, least=1, most=DOTS_AT_MOST)
        self.column.addWidget(self.on)
        self.column.addLayout(labelled(_("Votes for each person"), self.dots))
        if not board.is_revealed(question):
            unseen = _("Others do not see the notes of this question yet, so they can only vote on its themes.")
            self.column.addWidget(Label(unseen, tone=Tone.WARN, wrap=True))
        self.finish(_("Open the vote"))
        self.first = self.on.focus()

    def keep(self) -> bool:
        """Open it."""
        self._conduct.open_vote(self._question, self.on.value, self.dots.value())
        return True
