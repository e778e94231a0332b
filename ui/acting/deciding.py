"""What a moderator does with held notes: only with those that nobody else has dealt with meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.base.bidi import isolated
from core.base.ids import DeskId, NoteId
from core.base.language import _, ngettext
from core.domain.board import Board, NoteState
from core.domain.commands import Command, HideNotes, HoldNotes, ShowNotes
from core.domain.events import Draft
from core.domain.terms import Reason
from core.session import Saved
from ui.bridge import Bridge

Notes = tuple[NoteId, ...]
SHORT = 40


@dataclass(frozen=True, slots=True)
class WhileHeld:
    """Does something with those of these notes that are still held when its turn comes."""

    notes: Notes
    act: Callable[[Notes], Command]

    def drafts(self, board: Board) -> Sequence[Draft]:
        found = (board.notes.get(each) for each in self.notes)
        still = tuple(note.id for note in found if note is not None and note.state is NoteState.HELD)
        return self.act(still).drafts(board) if still else []


class Deciding(QObject):
    """Hands decisions to the bridge. `done` says what was done, and how many others had dealt with meanwhile."""

    done = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def show(self, notes: Sequence[NoteId]) -> None:
        """Put them on the board."""
        self._do(notes, ShowNotes, lambda n: ngettext("{n} note shown.", "{n} notes shown.", n))

    def hide(self, notes: Sequence[NoteId], reason: Reason, because: str = "") -> None:
        """Take them off the board; their writers see why."""
        hidden = partial(HideNotes, reason=reason, because=because)
        self._do(notes, hidden, lambda n: ngettext("{n} note hidden.", "{n} notes hidden.", n))

    def hold(self, notes: Sequence[NoteId], reason: Reason) -> None:
        """Put them aside, behind all that wait, with a reason."""
        held = partial(HoldNotes, reason=reason)
        self._do(notes, held, lambda n: ngettext("{n} note held.", "{n} notes held.", n))

    def _do(self, notes: Sequence[NoteId], act: Callable[[Notes], Command], words: Callable[[int], str]) -> None:
        def say(saved: Saved) -> None:
            done = len(saved.events)
            late = len(notes) - done
            told = [words(done).format(n=done)] if done else []
            if late:
                meanwhile = ngettext(
                    "{n} note was dealt with meanwhile.", "{n} notes were dealt with meanwhile.", late
                )
                told.append(meanwhile.format(n=late))
            self.done.emit(" ".join(told))

        self._bridge.do(WhileHeld(tuple(notes), act), say)


def what_became(board: Board, note_id: NoteId, own: DeskId) -> str:
    """What somebody else did with a note that was held; empty where it was this desk."""
    note = board.notes.get(note_id)
    if note is None or note.state is NoteState.ERASED:
        return _("A note that waited is gone: all of its writer was erased.")
    by = note.withdrawn_by if note.state is NoteState.WITHDRAWN else note.shown_by
    if by is None or (by.desk == own and not by.is_by_contributor):
        return ""
    words = board.text_of(note)
    told = {
        NoteState.WITHDRAWN: _("“{words}”: its writer has taken it back."),
        NoteState.HIDDEN: _("“{words}”: another desk has hidden it."),
        NoteState.BOARD: _("“{words}”: another desk has shown it."),
    }
    return told[note.state].format(words=isolated(words if len(words) <= SHORT else words[: SHORT - 1] + "…"))

