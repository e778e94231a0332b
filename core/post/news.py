"""What there is to tell one person about each of their notes: what came of it, and whether that is new to them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from msgspec import structs

from core.base.ids import ContributorId, NoteId, OriginId
from core.base.language import _
from core.domain.board import Board, Note, NoteState
from core.domain.events import Base
from core.domain.replies import answers, changed_since, concerns
from core.domain.terms import Reply
from core.record import telling
from core.record.model import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One note of theirs, or a live question they supported: how it stands in one word, what happens now, and whether
    that changed since their last letter."""

    note: NoteId
    words: str
    status: str = ""
    is_new: bool = False


def of(board: Board, who: ContributorId, since: Base | None) -> Sequence[News]:
    """What there is to tell, in the order of their notes. Without `since` every answer is new."""
    own = {note.id: note for note in board.notes_by(who) if not note.erased}
    supported = (board.notes[id] for concern in concerns(board, who) for id in concern.notes if id not in own)
    notes = {**own, **{note.id: note for note in supported}}
    changed = changed_since(board, since or Base())
    return [_about(board, note, changed) for note in notes.values()]


def _about(board: Board, note: Note, changed: frozenset[str]) -> News:
    """The nearest answer: one to the note itself is worth more than one to its theme."""
    subjects = () if note.withdrawn else answers(board, note)
    is_new = any(subject in changed for subject in subjects)
    reply = next((reply for subject in subjects if (reply := board.reply(subject)) is not None), None)
    if reply is None:
        return News(note=note.id, words=not_yet(note), is_new=is_new)
    answer = answer_of(board, reply)
    words = telling.in_sentences(telling.told_whole(answer).split("\n"))
    return News(note=note.id, words=words, status=telling.status_word(answer), is_new=is_new)


def answer_of(board: Board, reply: Reply) -> Answer:
    """A reply with its words."""
    return Answer(
        status=reply.status, text=board.text(reply.text), because=board.text(reply.because),
        who=board.text(reply.who), by=date.fromordinal(reply.by) if reply.by else None,
    )  # fmt: skip


def not_yet(note: Note) -> str:
    """What is said of a note that has no answer yet."""
    if note.state is NoteState.WITHDRAWN:
        return ""
    return _("We have read it. There is no answer yet.")


def as_text(point: Base) -> str:
    """A point of the log, as the outbox keeps it."""
    return json.dumps(structs.astuple(point))


def read_point(text: str) -> Base | None:
    """The point of the log that the outbox keeps; None where it keeps none."""
    if not text:
        return None
    seq, earlier, origins = json.loads(text)
    return Base(seq, tuple(earlier), tuple((OriginId(origin), seen) for origin, seen in origins))
