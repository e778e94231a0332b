"""What the views are called at the desk."""

from core.base.language import _
from ui.projector.shown import What


def what_name(what: What) -> str:
    """A view, in a word or two: it stands at the right of the top bar."""
    return {
        What.JOIN: _("Join view"),
        What.WELCOME: _("Welcome"),
        What.QUESTION: _("Question"),
        What.THEMES: _("Notes"),
        What.HOW_TO_VOTE: _("How to vote"),
        What.RESULTS: _("Results"),
        What.LIVE: _("Live question"),
        What.PLEDGES: _("Pledges"),
        What.SAID: _("You said"),
        What.PAUSE: _("Break"),
    }[what]
