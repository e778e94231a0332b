"""What one person sees of their own notes: each one, and where it is now, kindly said."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from core.base.clock import time_of_day
from core.base.ids import ContributorId
from core.base.join import qr_matrix
from core.base.language import _
from core.domain.board import Board, Note, NoteState
from core.domain.bodies import NoteHidden, NoteReworded
from core.domain.events import Event
from core.domain.terms import Reason, Reveal
from core.web.replying import OwnBack, OwnReply, backs_about, replies_about
from core.web.seen import Seen, SeenTheme, handle_of, picture_of

QUIET_MARGIN = 4
"""The light border a QR code needs, in squares."""
MASK = 3
"""Of the QR code on one's own phone, which is read from a hand's breadth away: looking for the best mask took four
fifths of the work of the page."""


ICONS = {
    NoteState.BOARD: "tick",
    NoteState.HELD: "eye",
    NoteState.HIDDEN: "cross",
    NoteState.WITHDRAWN: "back",
    NoteState.ERASED: "cross",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNote:
    """One's own note. `is_up`: others can see it; `why` says what happened and that nothing was lost; `before` are the
    words it had before its writer changed them; `replies` is what they were told about it."""

    handle: str
    text: str
    question: int
    state: str
    icon: str
    status: str
    why: str
    is_up: bool
    is_late: bool
    before: str
    may_change: bool
    has_number: bool
    picture: str
    theme: SeenTheme | None = None
    beside: int = 0
    replies: tuple[OwnReply, ...] = ()
    backs: tuple[OwnBack, ...] = ()
    may_answer_back: bool = False


class Told(NamedTuple):
    """Where a note is: a drawing, some bold words, and one or two sentences."""

    icon: str
    status: str
    why: str


def own_notes(board: Board, contributor: ContributorId) -> list[OwnNote]:
    """All notes of a person, the newest first."""
    seen = Seen(board)
    return [own_note(seen, note) for note in reversed(board.notes_by(contributor))]


def own_note(seen: Seen, note: Note) -> OwnNote:
    """One note as its writer sees it."""
    board = seen.board
    is_up = board.is_seen_by_all(note)
    theme = board.theme_of(note) if is_up else None
    told, replies = standing(board, note), () if note.withdrawn else replies_about(board, note)
    return OwnNote(
        handle=handle_of(seen.workshop, note.id),
        text=board.text_of(note),
        question=seen.number_of(note.question),
        state=note.state.value,
        icon=told.icon,
        status=told.status,
        why=told.why,
        is_up=is_up,
        is_late=note.late,
        before=words_before(board, note),
        may_change=not board.is_frozen and not note.erased,
        has_number=note.standing.reason is Reason.PERSONAL_FACTS and note.state is NoteState.HIDDEN,
        picture=picture_of(board, note),
        theme=seen.theme(theme) if theme else None,
        beside=len(board.notes_in(theme.id)) - 1 if theme else 0,
        replies=replies,
        backs=backs_about(board, note),
        may_answer_back=may_answer_back(note, bool(theme or replies)),
    )


def may_answer_back(note: Note, was_taken_up: bool) -> bool:
    """Whether we did something with a note that is there, and may have got it wrong."""
    return note.state is NoteState.HIDDEN or (was_taken_up and note.state in (NoteState.BOARD, NoteState.HELD))


def standing(board: Board, note: Note) -> Told:
    """Where the note is, as its writer is told."""
    icon = ICONS[note.state]
    match note.state:
        case NoteState.BOARD:
            return _on_the_board(board, note)
        case NoteState.HELD:
            return Told(
                icon,
                _("Someone will read this first"),
                _("We read each note before it goes up. You did nothing wrong. We will show here what happens."),
            )
        case NoteState.HIDDEN:
            return Told(icon, _("Not shown on the board"), hidden_because(board, note))
        case NoteState.WITHDRAWN:
            taken_back = _("You took this back at {time}").format(time=clock_time(note.withdrawn_by or note.said))
            return Told(icon, taken_back, _("Nobody else can see it."))
        case NoteState.ERASED:
            return Told(icon, _("The words of this note were erased"), _("Nobody can see them any more."))


def _on_the_board(board: Board, note: Note) -> Told:
    """Whether others can see it yet; and that it was changed, if it was."""
    reveal = board.asking(note.question).reveal
    if not board.is_revealed(note.question):
        soon = _("All notes go up at the same time, at the end of this question.")
        why = _("Only the team reads the notes to this question.") if reveal is Reveal.NEVER else soon
        return Told("house", _("At the workshop"), why)
    if note.reworded_by is not None and note.reworded_by.actor == note.contributor:
        return Told("pencil", _("You changed this at {time}").format(time=clock_time(note.reworded_by)), "")
    return Told("tick", _("On the board"), "")


def words_before(board: Board, note: Note) -> str:
    """What the note said before its words were last changed."""
    body = note.reworded_by.body if note.reworded_by else None
    return board.text(body.was) if isinstance(body, NoteReworded) and not note.erased else ""


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


def clock_time(event: Event) -> str:
    """When it happened, by the clock of this machine."""
    return time_of_day(event.said_at)


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """A QR code as one path of an SVG; `size` in squares, margin and all."""

    size: int
    path: str


def qr_drawing(text: str) -> QrDrawing:
    """The dark squares of each row, run by run."""
    rows = qr_matrix(text, MASK)
    runs = []
    for y, row in enumerate(rows, QUIET_MARGIN):
        x = QUIET_MARGIN
        for dark, squares in groupby(row):
            width = len(list(squares))
            if dark:
                runs.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return QrDrawing(len(rows) + 2 * QUIET_MARGIN, "".join(runs))
