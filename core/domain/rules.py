"""What may not be done: the checks that every submitted event passes before it is kept. The fold checks nothing."""

from core.base.errors import EmptyNote, NoteTooLong, NotThere, Refused, WasErased
from core.base.ids import ContributorId, NoteId, QuestionId, ThemeId
from core.base.language import _
from core.domain.board import Board, Note
from core.domain.bodies import (
    NoteHeld,
    NoteHidden,
    NoteMoved,
    NotePutBack,
    NoteReworded,
    NoteSaid,
    NoteShown,
    NoteWithdrawn,
    QuestionAsked,
    ThemeMade,
    ThemePlaced,
    ThemeRekeyed,
    ThemeRemoved,
    ThemeRenamed,
    ThemeRestored,
    WorkshopMade,
)
from core.domain.events import NewEvent
from core.domain.words import LINE_LIMIT, NOTE_LIMIT, Words

FOR_CONTRIBUTORS = NoteSaid | NoteReworded | NoteWithdrawn | NotePutBack
"""What a contributor may do, to their own notes; all else is for desks."""


def check(board: Board, event: NewEvent) -> None:
    """Raise a `Refused` that says why this event may not happen on this board; return where it may."""
    if ContributorId(event.author.actor) in board.erased:
        raise WasErased
    if event.is_by_contributor and not isinstance(event.body, FOR_CONTRIBUTORS):
        raise NotThere
    match event.body:
        case NoteSaid():
            _check_said(board, event, event.body)
        case NoteReworded() | NoteWithdrawn() | NotePutBack():
            _own_or_any(board, event)
            check_note_text(event.words)
        case NoteMoved() | NoteHeld() | NoteHidden() | NoteShown():
            _check_grouping(board, event)
        case ThemeMade() | ThemeRenamed() | ThemePlaced() | ThemeRekeyed() | ThemeRemoved() | ThemeRestored():
            _check_theme(board, event)
        case QuestionAsked():
            check_line(event.words)
        case WorkshopMade():
            _check_workshop(board, event)


def _check_workshop(board: Board, event: NewEvent) -> None:
    if board.workshop is not None:
        raise Refused(_("This file already holds a workshop."), _("Make the new one in a file of its own."))
    check_line(event.words[:1])


def _check_said(board: Board, event: NewEvent, said: NoteSaid) -> None:
    if said.question not in board.questions:
        raise NotThere
    if said.contributor in board.erased:
        raise WasErased
    if event.is_by_contributor and said.contributor not in (None, event.author.actor):
        raise NotThere
    check_note_text(event.words)


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


def check_note_text(words: tuple[Words, ...]) -> None:
    """A note has words, and not more than fit. Raises EmptyNote or NoteTooLong."""
    for each in words:
        if not each.text:
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
