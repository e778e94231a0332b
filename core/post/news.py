"""What there is to tell one person about each of their notes: what came of it, and whether that is new to them."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from core.base.ids import ContributorId, NoteId, OriginId
from core.base.language import _
from core.domain.board import Board, Note, NoteState
from core.domain.events import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One note of theirs: how it stands in one word, what happens now, and whether that changed since their last
    letter."""

    note: NoteId
    words: str
    status: str = ""
    is_new: bool = False


def of(board: Board, who: ContributorId, since: Base | None) -> Sequence[News]:
    """What there is to tell, in the order of their notes. Without `since` all of it is new."""
    return [_about(board, note) for note in board.notes_by(who) if not note.erased]


def _about(board: Board, note: Note) -> News:
    answer = board.answer(note.id)
    return News(note=note.id, words=answer or not_yet(note), is_new=bool(answer))


def not_yet(note: Note) -> str:
    """What is said of a note that has no answer yet."""
    if note.state is NoteState.WITHDRAWN:
        return ""
    return _("We have read it. There is no answer yet.")


def as_text(point: Base) -> str:
    """A point of the log, as the outbox keeps it."""
    return json.dumps(astuple(point))


def read_point(text: str) -> Base | None:
    """The point of the log that the outbox keeps; None where it keeps none."""
    if not text:
        return None
    seq, earlier, origins = json.loads(text)
    return Base(seq, tuple(earlier), tuple((OriginId(origin), seen) for origin, seen in origins))
