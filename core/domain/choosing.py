"""Choosing between values that were set unseen by each other: an ordinary act of somebody who has seen them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.base.errors import NotThere
from core.base.ids import EventId, NoteId, ThemeId
from core.domain.board import Board
from core.domain.bodies import EventBody, NoteHeld, NoteHidden, NoteMoved, NoteReworded, NoteShown, ThemeRenamed
from core.domain.events import Draft, Event
from core.domain.registers import Register


@dataclass(frozen=True, slots=True)
class ChooseValue:
    """Let what this event set stand, be it what is on the board or what was overwritten. Nothing is left to choose
    about it then."""

    subject: str
    name: str
    chosen: EventId

    def drafts(self, board: Board) -> Sequence[Draft]:
        conflict = board.conflicts.get((self.subject, self.name))
        events = (conflict.kept, *conflict.lost) if conflict else ()
        found = next((event for event in events if event.id == self.chosen), None)
        if found is None:
            raise NotThere
        return [Draft(self.subject, set_again(found, board))]


def set_again(event: Event, board: Board) -> EventBody:
    """The event that sets the same once more, from what is so now."""
    make: Callable[..., EventBody] = type(event.body)
    said = {name: getattr(event.body, name) for name in event.body.__struct_fields__}
    if "was" in said:
        said["was"] = _now(event, board)
    if isinstance(event.body, NoteReworded):
        said["held"] = None    # whoever chooses has read it
    return make(**said)


def _now(event: Event, board: Board) -> Any:
    if isinstance(event.body, Register):
        setting = board.settings.get((event.subject, event.body.KIND))
        return setting.to if setting else event.body.was
    if isinstance(event.body, ThemeRenamed):
        return board.themes[ThemeId(event.subject)].name
    note = board.notes[NoteId(event.subject)]
    match event.body:
        case NoteReworded():
            return note.words
        case NoteMoved():
            return note.spot
        case NoteHeld() | NoteHidden() | NoteShown():
            return note.standing
    raise NotThere
