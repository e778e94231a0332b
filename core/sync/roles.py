"""What a desk that has joined may do; the home looks at each event that is pushed."""

from enum import StrEnum

from core.base.ids import DeskId
from core.base.language import _
from core.domain.board import Board
from core.domain.bodies import (
    ActRedone,
    ActUndone,
    AnsweredBack,
    ErasedHere,
    HomeChanged,
    NoteHeld,
    NoteHidden,
    NoteMoved,
    NotePutBack,
    NoteReworded,
    NoteSaid,
    NoteShown,
    NoteSupported,
    NoteWithdrawn,
    QuestionAsked,
    ThemeMade,
    ThemePlaced,
    ThemeRekeyed,
    ThemeRemoved,
    ThemeRenamed,
    ThemeRestored,
    Unknown,
    VoteCast,
    WorkshopMade,
)
from core.domain.events import Event
from core.domain.registers import (
    NoteMarked,
    NoteMerged,
    PersonShown,
    QuestionDropped,
    QuestionPlaced,
    QuestionSet,
    QuestionWorded,
    VenuesApart,
    VenueSet,
    VenuesJoined,
    WorkshopDescribed,
    WorkshopEnded,
    WorkshopFrozen,
)
from core.session import May

OF_NOTES_AND_THEMES = (
    NoteSaid | NoteMoved | NoteHeld | NoteHidden | NoteShown | NoteMarked | NoteMerged | ThemeMade | ThemeRenamed
    | ThemePlaced | ThemeRekeyed | ThemeRemoved | ThemeRestored | ActUndone | ActRedone
)  # fmt: skip
OF_THE_WORKSHOP = (
    WorkshopMade | WorkshopDescribed | WorkshopFrozen | WorkshopEnded | QuestionAsked | QuestionSet | QuestionWorded
    | QuestionPlaced | QuestionDropped | VenueSet | VenuesApart | VenuesJoined
    | HomeChanged | Unknown
)  # fmt: skip
"""What holds for all venues at once, or is of a kind that is not known here."""
OF_PEOPLE = (
    NoteSaid | NoteReworded | NoteWithdrawn | NotePutBack | VoteCast | NoteSupported | PersonShown | AnsweredBack
)  # fmt: skip


class Role(StrEnum):
    """What somebody at another desk was let in for."""

    FACILITATOR = "facilitator"    # everything; a desk in the same room
    ORGANISER = "organiser"    # everything at an online home, and the addresses that people left there
    VENUE = "venue"    # runs its own room of a workshop that others share
    MODERATOR = "moderator"    # notes and themes
    READER = "reader"    # looks on


IN_THE_ROOM = (Role.FACILITATOR, Role.MODERATOR, Role.READER)
AT_A_HOME = (Role.VENUE, Role.MODERATOR, Role.ORGANISER, Role.READER)
DO_EVERYTHING = (Role.FACILITATOR, Role.ORGANISER)


def not_done_there() -> str:
    """What is said to a desk that speaks for another."""
    return _("This desk may send what was done at it, nothing else.")


def may_of(role: Role, desk: DeskId) -> May:
    """What the home asks of each event that this desk pushes."""

    def may(event: Event, board: Board) -> str | None:
        if role in DO_EVERYTHING:
            return None
        if isinstance(event.body, ErasedHere):    # of one's own copy; a venue passes on what others say
            return None if role is Role.VENUE or event.desk == desk else not_done_there()
        if role is Role.READER:
            return _("This desk was let in to look on.")
        if role is Role.VENUE:
            is_for_all = isinstance(event.body, OF_THE_WORKSHOP)
            return _("This is for the organiser of all venues to do.") if is_for_all else None
        if event.desk != desk:
            return not_done_there()
        allowed = OF_PEOPLE if event.is_by_contributor else OF_NOTES_AND_THEMES
        return None if isinstance(event.body, allowed) else _("This desk was let in for notes and themes only.")

    return may
