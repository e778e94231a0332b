"""What one person sees of their own notes: each one, and where it is now, kindly said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.base.ids import ContributorId
from core.base.join import qr_matrix
from core.base.language import _
from core.domain.board import Board, Note, NoteState
from core.domain.bodies import NoteHidden
from core.domain.terms import Reason
from core.web.seen import Seen, SeenTheme, handle_of

QUIET_MARGIN = 4
"""The light border a QR code needs, in squares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNote:
    """One's own note. `why` says what happened and that nothing was lost."""

    handle: str
    text: str
    question: int
    state: str
    status: str
    why: str
    theme: SeenTheme | None = None
    beside: int = 0


def own_notes(board: Board, contributor: ContributorId) -> list[OwnNote]:
    """All notes of a person, the newest first."""
    seen = Seen(board)
    return [own_note(seen, note) for note in reversed(board.notes_by(contributor))]


def own_note(seen: Seen, note: Note) -> OwnNote:
    """One note as its writer sees it."""
    board, theme = seen.board, seen.board.theme_of(note)
    on_board = note.is_on_board
    status, why = standing(board, note)
    return OwnNote(
        handle=handle_of(seen.workshop, note.id),
        text=board.text_of(note),
        question=seen.number_of(note.question),
        state=note.state.value,
        status=status,
        why=why,
        theme=seen.theme(theme) if theme and on_board else None,
        beside=len(board.notes_in(theme.id)) - 1 if theme and on_board else 0,
    )


def standing(board: Board, note: Note) -> tuple[str, str]:
    """Where the note is, in bold, and one or two sentences about it."""
    match note.state:
        case NoteState.BOARD:
            return _("On the board"), ""
        case NoteState.HELD:
            return _("Someone will read this first"), _(
                "We read each note before it goes up. You did nothing wrong. We will show here what happens."
            )
        case NoteState.HIDDEN:
            return _("Not shown on the board"), hidden_because(board, note)
        case NoteState.WITHDRAWN:
            at = note.withdrawn_by.said_at if note.withdrawn_by else note.said.said_at
            return _("This was taken back at {time}").format(time=clock_time(at)), _("Nobody else can see it.")
        case NoteState.ERASED:
            return _("The words of this note were erased"), _("Nobody can see them any more.")


def hidden_because(board: Board, note: Note) -> str:
    """The reason for a hidden note, and that it counts all the same."""
    body = note.shown_by.body if note.shown_by else None
    typed = board.text(body.words) if isinstance(body, NoteHidden) else ""
    why = typed or reasons().get(note.standing.reason or Reason.OTHER, "")
    counts = _("We have read your note, and it still counts.")
    return " ".join(part for part in (_("Why: {reason}").format(reason=why) if why else "", counts) if part)


def reasons() -> Mapping[Reason, str]:
    """Why a note is not shown, as its writer is told."""
    return {
        Reason.OFF_TOPIC: _("it is about something else."),
        Reason.NAMES_SOMEONE: _("it names a person. We want to keep people safe."),
        Reason.PERSONAL_FACTS: _("there is something private in it. We want to keep people safe."),
        Reason.HURTFUL: _("the words could hurt someone."),
        Reason.SAID_ALREADY: _("it says the same as another note."),
    }


def clock_time(moment: datetime) -> str:
    """The time of day on this machine's clock."""
    return moment.astimezone().strftime("%H:%M")


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """A QR code as one path of an SVG; `size` in squares, margin and all."""

    size: int
    path: str


def qr_drawing(text: str) -> QrDrawing:
    """The dark squares of each row, run by run."""
    rows = qr_matrix(text)
    runs = []
    for y, row in enumerate(rows, QUIET_MARGIN):
        x = 0
        while x < len(row):
            width = next((at for at, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if width:
                runs.append(f"M{x + QUIET_MARGIN} {y}h{width}v1h-{width}z")
            x += width + 1
    return QrDrawing(len(rows) + 2 * QUIET_MARGIN, "".join(runs))
