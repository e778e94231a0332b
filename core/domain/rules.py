"""What may not be done: the checks that every submitted event passes before it is kept. The fold checks nothing."""

from core.base.clock import to_milliseconds
from core.base.errors import (
    Blocked,
    EmptyNote,
    Frozen,
    NoteTooLong,
    NotOpenYet,
    NotThere,
    QuestionClosed,
    Refused,
    WasErased,
    WorkshopOver,
)
from core.base.ids import ContributorId, NoteId, QuestionId, ThemeId
from core.base.language import _
from core.domain import taking_part
from core.domain.board import Board, Note
from core.domain.bodies import (
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
    VoteCast,
    WorkshopMade,
)
from core.domain.events import NewEvent
from core.domain.registers import PersonShown, QuestionOpened, WorkshopEnded
from core.domain.terms import Openness
from core.domain.words import LINE_LIMIT, NOTE_LIMIT, Words

FOR_CONTRIBUTORS = (
    NoteSaid | NoteReworded | NoteWithdrawn | NotePutBack | VoteCast | NoteSupported | PersonShown | AnsweredBack
)  # fmt: skip
"""What a contributor may do, to their own notes and in their own name; all else is for desks."""
BACKS_AT_MOST = 3
"""So many answers back about one note may wait for a reply at a time."""
GRACE_SECONDS = 60
"""So long after a question closed a note is still in time (attacks.md A53)."""


def check(board: Board, event: NewEvent) -> None:
    """Raise a `Refused` that says why this event may not happen on this board; return where it may."""
    if event.is_by_contributor:
        _check_contributor(board, event)
    match event.body:
        case NoteSaid():
            _check_said(board, event, event.body)
        case NoteReworded() | NoteWithdrawn() | NotePutBack():
            _check_own(board, event)
        case NoteMoved() | NoteHeld() | NoteHidden() | NoteShown():
            _check_grouping(board, event)
        case ThemeMade() | ThemeRenamed() | ThemePlaced() | ThemeRekeyed() | ThemeRemoved() | ThemeRestored():
            _check_theme(board, event)
        case AnsweredBack(note=note):
            _check_back(board, event, note)
        case QuestionAsked():
            check_line(event.words)
        case ErasedHere() if event.subject not in board.erased:
            raise NotThere
        case WorkshopMade() | HomeChanged():
            _check_workshop(board, event)
        case _:
            taking_part.check(board, event)


def _check_contributor(board: Board, event: NewEvent) -> None:
    """Who may do anything at all, and what."""
    who = ContributorId(event.author.actor)
    if who in board.erased:
        raise WasErased
    if board.is_blocked(who):
        raise Blocked
    if not isinstance(event.body, FOR_CONTRIBUTORS):
        raise NotThere


def _check_workshop(board: Board, event: NewEvent) -> None:
    if isinstance(event.body, HomeChanged):
        if board.workshop is None or event.subject != board.workshop.id:
            raise NotThere
        if event.body.to is not None:
            check_line(event.words)
        return
    if board.workshop is not None:
        raise Refused(_("This file already holds a workshop."), _("Make the new one in a file of its own."))
    check_line(event.words[:1])


def _check_said(board: Board, event: NewEvent, said: NoteSaid) -> None:
    if said.question not in board.questions:
        raise NotThere
    if said.contributor in board.erased:
        raise WasErased
    if event.is_by_contributor:
        if said.contributor not in (None, event.author.actor):
            raise NotThere
        _check_open(board, event, said)
    check_note_text(event.words, may_be_empty=said.picture is not None)


def _check_open(board: Board, event: NewEvent, said: NoteSaid) -> None:
    """Whether the question takes this note: until it closes, a minute longer, or as a late one."""
    now = to_milliseconds(event.said_at)
    openness = board.openness(said.question, now)
    if openness is Openness.NOT_YET:
        raise NotOpenYet
    if openness is Openness.OPEN or (_closed_at(board, said.question, now) or 0) + GRACE_SECONDS * 1000 > now:
        return
    if board.is_ended:
        raise WorkshopOver
    if not said.late:
        raise QuestionClosed


def _closed_at(board: Board, question: QuestionId, now: int) -> int | None:
    """When a question took its last note in time, in milliseconds since 1970."""
    closed = board.set_by(question, QuestionOpened)
    ended = board.set_by(board.workshop.id, WorkshopEnded) if board.workshop and board.is_ended else None
    is_closed = closed is not None and not board.setting(question, QuestionOpened, True)
    at = [to_milliseconds(event.received_at) for event in (closed if is_closed else None, ended) if event]
    closes = board.asking(question).closes
    return min([*at, *([closes] if closes is not None and closes <= now else [])], default=None)


def _check_own(board: Board, event: NewEvent) -> None:
    """What a writer does with their own note, or a desk with any."""
    note = _own_or_any(board, event)
    if event.is_by_contributor and board.is_frozen:
        raise Frozen
    check_note_text(event.words, may_be_empty=note.picture is not None)


def _check_grouping(board: Board, event: NewEvent) -> None:
    """What only desks do to notes."""
    note = _note(board, event)
    check_note_text(event.words)
    if isinstance(event.body, NoteMoved) and event.body.to.theme is not None:
        _theme(board, event.body.to.theme, note.question)


def _check_theme(board: Board, event: NewEvent) -> None:
    match event.body:
        case ThemeMade(question=question):
            if question not in board.questions:
                raise NotThere
            check_line(event.words)
        case ThemeRenamed():
            _theme(board, ThemeId(event.subject))
            check_line(event.words)
        case _:
            if ThemeId(event.subject) not in board.themes:
                raise NotThere


def _check_back(board: Board, event: NewEvent, note_id: NoteId) -> None:
    """Only about one's own note, and not more at a time than people can read."""
    note = board.notes.get(note_id)
    if note is None or note.erased or note.contributor != event.author.actor:
        raise NotThere
    waiting = [back for back in board.backs.values() if back.note == note_id and board.reply(back.id) is None]
    if len(waiting) >= BACKS_AT_MOST:
        raise Refused(_("You have told us already."), _("We will read it and write to you here."))
    check_note_text(event.words)


def check_note_text(words: tuple[Words, ...], *, may_be_empty: bool = False) -> None:
    """A note has words (one with a picture may have none), and not more than fit. Raises EmptyNote or NoteTooLong."""
    for each in words:
        if not each.text and not may_be_empty:
            raise EmptyNote
        if len(each.text) > NOTE_LIMIT:
            raise NoteTooLong(len(each.text), NOTE_LIMIT)


def check_line(words: tuple[Words, ...]) -> None:
    """A name or a title has words, and fits a line."""
    for each in words:
        if not each.text:
            raise Refused(_("There is no name yet."), _("Type a name first."))
        if len(each.text) > LINE_LIMIT:
            raise Refused(_("That name is too long."), _("Make it shorter: one line is enough."))


def _note(board: Board, event: NewEvent) -> Note:
    note = board.notes.get(NoteId(event.subject))
    if note is None or note.erased:
        raise NotThere
    return note


def _own_or_any(board: Board, event: NewEvent) -> Note:
    """The note, which a contributor may change only where it is their own; for others it is not there (A18)."""
    note = _note(board, event)
    if event.is_by_contributor and note.contributor != event.author.actor:
        raise NotThere
    return note


def _theme(board: Board, theme_id: ThemeId, question: QuestionId | None = None) -> None:
    theme = board.themes.get(theme_id)
    if theme is None or theme.removed or (question is not None and theme.question != question):
        raise NotThere
