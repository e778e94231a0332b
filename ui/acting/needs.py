"""What must be so for an action to make sense, and the words for when it is not."""

from collections.abc import Callable, Mapping
from enum import Enum, auto

from core.base.language import _


class Needs(Enum):
    """Conditions of actions; `ui/acting/now.py` finds out which of them hold."""

    NOTHING = auto()
    WORKSHOP = auto()
    WRITING = auto()         # the workshop does not lie where nothing can be written; all acts but LOOKS need it, too
    GOING_ON = auto()        # the workshop asks something and is not over
    QUESTION = auto()
    REVEALABLE = auto()      # the question waits for the facilitator to reveal its notes
    NOTES = auto()           # notes are chosen, or one has the focus
    LOOSE_NOTES = auto()     # some notes of the question are in no theme
    THEME = auto()           # a theme has the focus, or a note in one
    OTHER_THEMES = auto()    # the same, and the question has more themes
    THEMES = auto()          # the question has themes
    COPIED_NOTES = auto()    # some of the notes are shown in a second theme
    SHOWN_NOTES = auto()
    HIDDEN_NOTES = auto()    # held or hidden
    HELD = auto()            # notes wait to be read
    MERGED_NOTES = auto()
    LIVE_NOTES = auto()
    ONE_PHONE = auto()       # all chosen notes came from one contributor
    BURST = auto()
    STEP_AFTER = auto()
    STEP_BEFORE = auto()
    TIMER = auto()
    VOTE = auto()
    TYPED = auto()           # notes were typed for somebody since the workshop was opened
    UNDO = auto()
    CONFLICTS = auto()       # two desks changed the same without seeing each other
    SECOND_DESK = auto()     # another desk gives the order
    FIRST_DESK = auto()      # other desks may be let in here
    REDO = auto()
    VENUES = auto()          # the workshop is held at several venues
    APART = auto()           # venues do not see each other's notes yet, question by question
    SERVER = auto()
    NETWORK = auto()         # phones have a way in


def why_not(needs: Needs) -> str:
    """Why an action cannot be done while what it needs is not so."""
    return WHY_NOT[needs]()


WHY_NOT: Mapping[Needs, Callable[[], str]] = {
    Needs.NOTHING: str,
    Needs.WORKSHOP: lambda: _("No workshop is open."),
    Needs.WRITING: lambda: _("Nothing can be written where this workshop lies. Save a copy and go on in that."),
    Needs.GOING_ON: lambda: _("The workshop is over."),
    Needs.QUESTION: lambda: _("This workshop asks nothing yet."),
    Needs.REVEALABLE: lambda: _("The notes of this question do not wait to be revealed."),
    Needs.NOTES: lambda: _("No note is chosen."),
    Needs.LOOSE_NOTES: lambda: _("Every note is in a theme."),
    Needs.THEME: lambda: _("No theme is chosen."),
    Needs.OTHER_THEMES: lambda: _("There is no other theme."),
    Needs.THEMES: lambda: _("There are no themes yet."),
    Needs.COPIED_NOTES: lambda: _("No note that is in two themes is chosen."),
    Needs.SHOWN_NOTES: lambda: _("No note on the board is chosen."),
    Needs.HIDDEN_NOTES: lambda: _("No held or hidden note is chosen."),
    Needs.HELD: lambda: _("Nothing is waiting."),
    Needs.MERGED_NOTES: lambda: _("No note that was joined with another is chosen."),
    Needs.LIVE_NOTES: lambda: _("No live question is chosen."),
    Needs.ONE_PHONE: lambda: _("No note of one phone is chosen."),
    Needs.BURST: lambda: _("No note is held because it came in a burst."),
    Needs.STEP_AFTER: lambda: _("There is no step after this."),
    Needs.STEP_BEFORE: lambda: _("There is no step before this."),
    Needs.TIMER: lambda: _("There is no timer."),
    Needs.VOTE: lambda: _("There was no vote on this question yet."),
    Needs.TYPED: lambda: _("Nobody was typed for yet."),
    Needs.CONFLICTS: lambda: _("Nothing was changed at two desks at once."),
    Needs.SECOND_DESK: lambda: _("This is no second desk."),
    Needs.FIRST_DESK: lambda: _("Only the first desk lets others in."),
    Needs.UNDO: lambda: _("There is nothing to undo."),
    Needs.REDO: lambda: _("There is nothing to do again."),
    Needs.VENUES: lambda: _("This workshop has one place only."),
    Needs.APART: lambda: _("All venues see each other’s notes at once."),
    Needs.SERVER: lambda: _("The phones cannot join yet."),
    Needs.NETWORK: lambda: _("This laptop is on no network."),
}
