"""What a desk that has joined may do; the home looks at each event that is pushed."""

from enum import StrEnum

from core.base.ids import DeskId
from core.base.language import _
from core.domain.board import Board
from core.domain.bodies import (
    ActRedone,
    ActUndone,
    AnsweredBack,
    NoteHeld,
    NoteHidden,
    NoteMoved,
    NotePutBack,
    NoteReworded,
    NoteSaid,
    NoteShown,
    NoteSupported,
    NoteWithdrawn,
    ThemeMade,
    ThemePlaced,
    ThemeRekeyed,
    ThemeRemoved,
    ThemeRenamed,
    ThemeRestored,
    VoteCast,
)
from core.domain.events import Event
from core.domain.registers import NoteMarked, NoteMerged, PersonShown
from core.session import May

OF_NOTES_AND_THEMES = (
    NoteSaid | NoteMoved | NoteHeld | NoteHidden | NoteShown | NoteMarked | NoteMerged | ThemeMade | ThemeRenamed
    | ThemePlaced | ThemeRekeyed | ThemeRemoved | ThemeRestored | ActUndone | ActRedone
)  # fmt: skip
OF_PEOPLE = (
    NoteSaid | NoteReworded | NoteWithdrawn | NotePutBack | VoteCast | NoteSupported | PersonShown | AnsweredBack
)  # fmt: skip


class Role(StrEnum):
    """What somebody at another desk was let in for."""

    FACILITATOR = "facilitator"    # everything
    MODERATOR = "moderator"    # notes and themes
    READER = "reader"    # looks on


def may_of(role: Role, desk: DeskId) -> May:
    """What the home asks of each event that this desk pushes."""

    def may(event: Event, board: Board) -> str | None:
        if role is Role.FACILITATOR:
            return None
        if role is Role.READER:
            return _("This desk was let in to look on.")
        if event.desk != desk:
            return _("This desk may send what was done at it, nothing else.")
        allowed = OF_PEOPLE if event.is_by_contributor else OF_NOTES_AND_THEMES
        return None if isinstance(event.body, allowed) else _("This desk was let in for notes and themes only.")

    return may
