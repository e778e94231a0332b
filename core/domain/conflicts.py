"""What was overwritten by somebody who had not seen it: both values stay reachable until one who saw both chooses."""

from functools import reduce
from typing import TypeVar

from core.domain.board import Board, Conflict
from core.domain.events import Event
from core.domain.values import changed

Value = TypeVar("Value")


def saw(event: Event, earlier: Event) -> bool:
    """Whether the author of `event` had seen `earlier`: it is their own, or their base covers it."""
    if event.author == earlier.author and event.origin == earlier.origin:
        return event.origin_seq > earlier.origin_seq
    return event.base.covers(earlier)


def overwritten(board: Board, name: str, by: Event | None, was: Value, now: Value, event: Event) -> Board:
    """Keep the conflict list of a property that `event` sets from `was`, set by `by`, to `now`."""
    found = board.conflicts.get((event.subject, name))
    hides = by is not None and was != now and not saw(event, by)
    if found is None and not hides:    # nearly always
        return board
    lost = tuple(each for each in found.lost if not saw(event, each)) if found else ()
    lost = (*lost, by) if by is not None and hides else lost
    if not lost:
        return changed(board, conflicts=board.conflicts.delete((event.subject, name)))
    conflict = Conflict(event.subject, name, event, lost)
    return changed(board, conflicts=board.conflicts.set((event.subject, name), conflict))


def listed(board: Board, subject: str, name: str, *, kept: Event, lost: Event) -> Board:
    """The board with something on its list that came too late to count."""
    found = board.conflicts.get((subject, name))
    conflict = Conflict(subject, name, kept, (*(found.lost if found else ()), lost))
    return changed(board, conflicts=board.conflicts.set((subject, name), conflict))


def settled(board: Board, subject: str) -> Board:
    """The board with nothing left to choose about a note."""
    chosen = [key for key in board.conflicts if key[0] == subject]
    return changed(board, conflicts=reduce(lambda found, key: found.delete(key), chosen, board.conflicts))
