"""What the colour of a note says: its theme, or for a while its kind or how it came; each with its shape."""

from enum import StrEnum

from core.domain.board import Note
from core.domain.terms import Mode, NoteKind
from ui.words.modes import mode_name
from ui.words.names import kind_name


class ColourBy(StrEnum):
    """The values are the names of the actions."""

    THEME = "colour-by-theme"
    KIND = "colour-by-kind"
    MODE = "colour-by-mode"


KINDS, MODES = tuple(NoteKind), tuple(Mode)


def colour_of(by: ColourBy, note: Note, theme: int | None) -> int | None:
    """The colour of a note that lies in a theme of this colour; None: white, with a ring."""
    match by:
        case ColourBy.KIND:
            return KINDS.index(note.kind) if note.kind is not None else None
        case ColourBy.MODE:
            return MODES.index(note.mode)
    return theme


def legend(by: ColourBy) -> list[tuple[int, str]]:
    """Each colour with what it says; nothing for themes, whose frames say it."""
    match by:
        case ColourBy.KIND:
            return [(number, kind_name(kind)) for number, kind in enumerate(KINDS)]
        case ColourBy.MODE:
            return [(number, mode_name(mode)) for number, mode in enumerate(MODES)]
    return []
