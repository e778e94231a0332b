"""Lays out any view for a window."""

from ui.projector.canvas import Drawn
from ui.projector.shown import (
    HowToVoteShown,
    JoinShown,
    LiveShown,
    PauseShown,
    PledgesShown,
    ProjectorView,
    QuestionShown,
    ResultsShown,
    SaidShown,
    ThemesShown,
    WelcomeShown,
)
from ui.projector.views.live import LiveView
from ui.projector.views.message import Message, MessageView, how_to_vote, pause, welcome
from ui.projector.views.pledges import PledgesView
from ui.projector.views.question import QuestionView
from ui.projector.views.results import ResultsView
from ui.projector.views.said import SaidView
from ui.projector.views.themes import ThemesView


def laid(view: ProjectorView, width: float, height: float) -> Drawn:
    """The view in a window so many units wide and high. (The join view has a window's worth of its own.)"""
    match view:
        case QuestionShown():
            return QuestionView(view, width, height)
        case ThemesShown():
            return ThemesView(view, width, height)
        case ResultsShown():
            return ResultsView(view, width, height)
        case LiveShown():
            return LiveView(view, width, height)
        case PledgesShown():
            return PledgesView(view, width, height)
        case SaidShown():
            return SaidView(view, width, height)
    return MessageView(_message(view), width, height)


def _message(view: ProjectorView) -> Message:
    match view:
        case WelcomeShown():
            return welcome(view)
        case HowToVoteShown():
            return how_to_vote(view)
        case PauseShown():
            return pause(view)
        case JoinShown():
            return Message("", "", ())
    raise TypeError(view)
