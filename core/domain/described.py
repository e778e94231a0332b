"""The fold of what is part of a workshop, a question or a theme, set anew; of the agenda, and of replies."""

from typing import Any

from core.base.ids import QuestionId, ThemeId
from core.domain.board import Board
from core.domain.course import Given, Question
from core.domain.events import Event
from core.domain.registers import (
    QuestionPlaced,
    QuestionWorded,
    Register,
    ReplyGiven,
    StepBegun,
    ThemeCarried,
    ThemeColoured,
    ThemeFolded,
    WorkshopDescribed,
)
from core.domain.timing import gone_on
from core.domain.values import changed


def described(board: Board, event: Event, body: Register) -> Board:
    """What is part of a workshop, a question or a theme, set anew; the way through the agenda; replies."""
    question = board.questions.get(QuestionId(event.subject))
    theme = board.themes.get(ThemeId(event.subject))
    match body:
        case StepBegun(to=step):
            return changed(board, trail=gone_on(board.trail, step, event.said_at))
        case ReplyGiven(to=reply):
            given = (*board.replies_to(event.subject), Given(reply, event))
            return changed(board, replies=board.replies.set(event.subject, given))
        case WorkshopDescribed(to=details) if board.workshop is not None:
            told: dict[str, Any] = {name: getattr(details, name) for name in details.__struct_fields__}
            return changed(board, workshop=changed(board.workshop, **told))
        case QuestionWorded(to=words) if question is not None:
            return _with_question(board, changed(question, words=words))
        case QuestionPlaced(to=key) if question is not None:
            return _with_question(board, changed(question, key=key))
        case ThemeColoured(to=colour) if theme is not None:
            return changed(board, themes=board.themes.set(theme.id, changed(theme, colour=colour)))
        case ThemeCarried(to=carried) if theme is not None:
            return changed(board, themes=board.themes.set(theme.id, changed(theme, carried=carried)))
        case ThemeFolded(to=folded) if theme is not None:
            return changed(board, themes=board.themes.set(theme.id, changed(theme, folded=folded)))
    return board


def _with_question(board: Board, question: Question) -> Board:
    return changed(board, questions=board.questions.set(question.id, question))
