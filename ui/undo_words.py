"""What an act was, in words: for "Undo: Move 2 notes to Roads and traffic" in the status line."""

from collections.abc import Sequence

from core.base.language import _, ngettext
from core.domain.board import Board, Done, Theme
from core.domain.bodies import (
    NoteHeld,
    NoteHidden,
    NoteMoved,
    NotePutBack,
    NoteReworded,
    NoteSaid,
    NoteShown,
    NoteWithdrawn,
    ThemeMade,
    ThemePlaced,
    ThemeRemoved,
    ThemeRenamed,
    ThemeRestored,
)
from core.domain.events import Event


def describe(done: Done, board: Board) -> str:
    """The act, told by its first event that says something; those that only keep an order say nothing."""
    told = (_about_themes(event, done.events, board) or _about_notes(event, done.events) for event in done.events)
    return next((words for words in told if words), _("Last change"))


def _about_themes(event: Event, act: Sequence[Event], board: Board) -> str:
    match event.body:
        case ThemeMade(name=name):
            return _("New theme {name}").format(name=board.text(name)).strip()
        case ThemeRenamed():
            return _("Name of a theme")
        case ThemePlaced():
            return _("Place of a theme")
        case ThemeRemoved():
            return _("Take a theme away")
        case ThemeRestored():
            return _("Bring a theme back")
        case NoteMoved(to=to):
            return _moved(_count(event, act), board, board.themes.get(to.theme) if to.theme else None)
    return ""


def _moved(count: int, board: Board, theme: Theme | None) -> str:
    if theme is None:
        return ngettext("Move {n} note out", "Move {n} notes out", count).format(n=count)
    words = ngettext("Move {n} note to {theme}", "Move {n} notes to {theme}", count)
    return words.format(n=count, theme=board.text(theme.name))


def _about_notes(event: Event, act: Sequence[Event]) -> str:
    count = _count(event, act)
    match event.body:
        case NoteSaid():
            return ngettext("{n} new note", "{n} new notes", count).format(n=count)
        case NoteReworded():
            return _("New words for a note")
        case NoteHeld():
            return ngettext("Hold {n} note", "Hold {n} notes", count).format(n=count)
        case NoteHidden():
            return ngettext("Hide {n} note", "Hide {n} notes", count).format(n=count)
        case NoteShown():
            return ngettext("Show {n} note", "Show {n} notes", count).format(n=count)
        case NoteWithdrawn():
            return _("Take a note back")
        case NotePutBack():
            return _("Put a note back")
    return ""


def _count(event: Event, act: Sequence[Event]) -> int:
    return sum(type(each.body) is type(event.body) for each in act)
