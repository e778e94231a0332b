"""Undo and redo: what a desk's acts were, and the events that take one back. Undo is a new act, never a deletion."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import groupby
from operator import attrgetter

from core.base.errors import NothingToUndo
from core.base.ids import DeskId, NoteId, ThemeId
from core.base.language import _
from core.domain.board import Board, Done, History, Note, Theme
from core.domain.bodies import (
    ActRedone,
    ActUndone,
    EventBody,
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
from core.domain.events import Draft, Event, takes_part
from core.domain.registers import Register, as_read_now
from core.domain.terms import PLAINLY_SHOWN, Reason, Standing, Visibility
from core.domain.values import changed

CAN_BE_UNDONE = (
    Register | NoteSaid | NoteReworded | NoteMoved | NoteHeld | NoteHidden | NoteShown | NoteWithdrawn | NotePutBack
    | ThemeMade | ThemeRenamed | ThemePlaced | ThemeRemoved | ThemeRestored
)  # fmt: skip
ACTS_KEPT = 200
"""How many acts back a desk can undo."""


def with_act(board: Board, run: Sequence[Event]) -> Board:
    """The board with this event, or these of one kind, noted in the history of their desk. A contributor's acts are not
    a desk's to undo."""
    at_desks = {actor for actor in {each.actor for each in run} if not takes_part(actor)}
    for desk, events in groupby((each for each in run if each.actor in at_desks), attrgetter("desk")):
        history = board.history(desk)
        after = _after(history, tuple(events))
        if after is not history:
            board = changed(board, histories=board.histories.set(desk, after))
    return board


def _after(history: History, events: tuple[Event, ...]) -> History:
    event = events[0]
    match event.body:
        case ActUndone():
            kept = tuple(done for done in history.undo if done.act != event.subject)
            return History(kept, (*history.redo, Done((event,))))
        case ActRedone():
            kept = tuple(done for done in history.redo if done.act != event.subject)
            return History((*history.undo, Done((event,))), kept)
        case body if isinstance(body, CAN_BE_UNDONE):
            acts = (tuple(act) for _, act in groupby(events, attrgetter("act")))
            return reduce(_with_done, acts, history)
    return history


def _with_done(history: History, act: tuple[Event, ...]) -> History:
    """These events join the act they belong to, or begin a new one, after which nothing can be done again."""
    name = act[0].act
    if history.redo and history.redo[-1].act == name:
        return changed(history, redo=_joined(history.redo, act))
    if history.undo and history.undo[-1].act == name:
        return changed(history, undo=_joined(history.undo, act))
    return History(undo=(*history.undo, Done(act))[-ACTS_KEPT:])


def _joined(acts: tuple[Done, ...], events: tuple[Event, ...]) -> tuple[Done, ...]:
    return (*acts[:-1], Done((*acts[-1].events, *events)))


def undo(board: Board, desk: DeskId) -> list[Draft]:
    """What takes back this desk's last act. Raises NothingToUndo."""
    acts = board.history(desk).undo
    if not acts:
        raise NothingToUndo(
            _("There is nothing to undo."), _("Only what was done at this desk can be undone here.")
        )
    return [Draft(acts[-1].act, ActUndone()), *inverse(acts[-1].events, board)]


def redo(board: Board, desk: DeskId) -> list[Draft]:
    """What does this desk's last undone act again. Raises NothingToUndo."""
    acts = board.history(desk).redo
    if not acts:
        raise NothingToUndo(_("There is nothing to redo."), _("Redo brings back what you have just undone."))
    return [Draft(acts[-1].act, ActRedone()), *inverse(acts[-1].events, board)]


def inverse(act: Sequence[Event], board: Board) -> list[Draft]:
    """What takes an act back, from its own events, last first: skips what someone has changed since."""
    found = (_inverse(event, board) for event in reversed(act))
    return [draft for draft in found if draft is not None]


def _inverse(event: Event, board: Board) -> Draft | None:
    body: EventBody | None
    if isinstance(event.body, Register):
        body = _setting_inverse(as_read_now(event.body), board, event)
    elif (note := board.notes.get(NoteId(event.subject))) is not None:
        body = _note_inverse(event, note)
    elif (theme := board.themes.get(ThemeId(event.subject))) is not None:
        body = _theme_inverse(event, theme, board)
    else:
        return None
    return None if body is None else Draft(event.subject, body)


def _setting_inverse(body: Register, board: Board, event: Event) -> Register | None:
    """The register set back to what it was, where what the event set still stands."""
    now = board.settings.get((event.subject, body.KIND))
    if now is None or now.to != body.to or not _is_own(event, now.by):
        return None
    make: Callable[..., Register] = type(body)
    return make(to=body.was, was=body.to)


def _note_inverse(event: Event, note: Note) -> EventBody | None:
    """The body that takes the event back, where what the event set still stands."""
    match event.body:
        case NoteSaid() if not note.withdrawn and _untouched_by_others(event, _touches(note)):
            return NoteWithdrawn()
        case NoteWithdrawn() if note.withdrawn and _is_own(event, note.withdrawn_by):
            return NotePutBack()
        case NotePutBack() if not note.withdrawn and _is_own(event, note.withdrawn_by):
            return NoteWithdrawn()
        case NoteReworded(words=words, was=was) if note.words == words and _is_own(event, note.reworded_by):
            return None if was is None else NoteReworded(words=was, was=words)
        case NoteMoved(to=to, was=was) if note.spot.theme == to.theme and _is_own(event, note.moved_by):
            return NoteMoved(to=was, was=note.spot)
        case NoteHeld(was=was) | NoteHidden(was=was) | NoteShown(was=was) if _is_own(event, note.shown_by):
            return standing_body(was, note.standing) if standing_of(event.body) == note.standing else None
    return None


def _theme_inverse(event: Event, theme: Theme, board: Board) -> EventBody | None:
    match event.body:
        case ThemeMade() if not theme.removed and _untouched_by_others(event, _touches_of(theme, board)):
            return ThemeRemoved()
        case ThemeRemoved() if theme.removed and _is_own(event, theme.removed_by):
            return ThemeRestored()
        case ThemeRestored() if not theme.removed and _is_own(event, theme.removed_by):
            return ThemeRemoved()
        case ThemeRenamed(name=name, was=was) if theme.name == name and _is_own(event, theme.renamed_by):
            return ThemeRenamed(name=was, was=name)
        case ThemePlaced(box=box, was=was) if theme.box == box and _is_own(event, theme.placed_by):
            return ThemePlaced(box=was, was=box)
    return None


def _is_own(event: Event, by: Event | None) -> bool:
    """Whether a value was set at the event's own desk: by the event, or by a later undo that came back to it."""
    return by is not None and by.desk == event.desk and not by.is_by_contributor


def _untouched_by_others(event: Event, touches: Iterable[Event | None]) -> bool:
    return all(by is None or _is_own(event, by) for by in touches)


def _touches(note: Note) -> tuple[Event | None, ...]:
    return note.reworded_by, note.moved_by, note.shown_by, note.withdrawn_by


def _touches_of(theme: Theme, board: Board) -> tuple[Event | None, ...]:
    filed = (board.notes[note_id].moved_by for _, note_id in board.in_theme.get(theme.id, ()))
    return theme.renamed_by, theme.placed_by, theme.removed_by, *filed


def standing_of(body: NoteHeld | NoteHidden | NoteShown) -> Standing:
    """The standing that an event gives a note."""
    match body:
        case NoteHeld(reason=reason):
            return Standing(Visibility.HELD, reason)
        case NoteHidden(reason=reason):
            return Standing(Visibility.HIDDEN, reason)
        case NoteShown():
            return PLAINLY_SHOWN


def standing_body(now: Standing, was: Standing) -> NoteHeld | NoteHidden | NoteShown:
    """The event that gives a note this standing."""
    if now == PLAINLY_SHOWN:
        return NoteShown(was=was)
    kind = NoteHeld if now.visibility is Visibility.HELD else NoteHidden
    return kind(reason=now.reason or Reason.OTHER, was=was)
