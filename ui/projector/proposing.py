"""Which view the step of the agenda asks for, until the facilitator chooses another."""

from core.base.ids import QuestionId
from core.domain.board import Board
from core.domain.terms import StepKind
from ui.acting.now import newest_vote
from ui.projector.shown import What

BY_STEP = {
    StepKind.WELCOME: What.JOIN,
    StepKind.WRITE: What.QUESTION,
    StepKind.GROUP: What.THEMES,
    StepKind.LOOK: What.THEMES,
    StepKind.ASK: What.LIVE,
    StepKind.TALK: What.THEMES,
    StepKind.PLEDGE: What.PLEDGES,
    StepKind.BREAK: What.PAUSE,
    StepKind.CLOSE: What.SAID,
}


def question_of(board: Board, looked_at: QuestionId | None) -> QuestionId | None:
    """The question of the step, or else the one that the desk looks at."""
    asked = board.steps[board.step].question if board.step is not None else None
    return asked if asked in board.questions else looked_at


def proposed(board: Board, question: QuestionId | None) -> What:
    """The view for the step of now; the join view where there is none."""
    if board.step is None:
        return What.JOIN
    kind = board.steps[board.step].kind
    if kind is StepKind.VOTE:
        return _of_vote(board, question)
    return BY_STEP[kind]


def _of_vote(board: Board, question: QuestionId | None) -> What:
    """How to vote while the vote is open, then its result; before, what there is to vote on."""
    found = newest_vote(board, question) if question else None
    if found is None:
        return What.THEMES
    return What.HOW_TO_VOTE if board.is_round_open(found.id) else What.RESULTS
