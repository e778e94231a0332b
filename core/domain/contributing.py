"""What contributors do beside writing: be shown as they wish, vote, support a live question."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.base.errors import NotThere
from core.base.ids import ContributorId, NoteId, RoundId, VenueId
from core.domain.board import Board
from core.domain.bodies import NoteSupported, VoteCast
from core.domain.commands import find_note
from core.domain.events import Draft
from core.domain.registers import PersonShown
from core.domain.terms import Mode, Naming, Shown
from core.domain.words import Words, tidy_name

NAMED = (Naming.FIRST_NAME, Naming.OTHER_NAME)


@dataclass(frozen=True, slots=True)
class ShowPerson:
    """Choose how to be shown, and whether one may be quoted. A name is kept only where one was chosen."""

    contributor: ContributorId
    naming: Naming
    name: str = ""
    may_quote: bool = False

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = board.shown(self.contributor)
        if (self.naming, self._name(), self.may_quote) == (was.naming, board.text(was.name), was.may_quote):
            return []
        named = self.naming in NAMED
        words = (Words.of(self._name()),) if named else ()
        to = Shown(naming=self.naming, name=words[0].hash if words else None, may_quote=self.may_quote)
        return [Draft(self.contributor, PersonShown(to=to, was=was), words)]

    def _name(self) -> str:
        return tidy_name(self.name) if self.naming in NAMED else ""


@dataclass(frozen=True, slots=True)
class CastVote:
    """Put so many dots on a theme or a note; 0 takes them back."""

    round: RoundId
    contributor: ContributorId
    target: str
    dots: int
    mode: Mode = Mode.ROOM
    venue: VenueId | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        if self.round not in board.rounds:
            raise NotThere
        if board.votes_by(self.round, self.contributor).get(self.target, 0) == self.dots:
            return []
        return [Draft(self.round, VoteCast(target=self.target, dots=self.dots, mode=self.mode, venue=self.venue))]


@dataclass(frozen=True, slots=True)
class SupportNote:
    """Want a live question answered, too, or no longer."""

    note_id: NoteId
    contributor: ContributorId
    on: bool = True
    mode: Mode = Mode.ROOM
    venue: VenueId | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        note = find_note(board, self.note_id)
        if self.on is board.has_support_of(note.id, self.contributor):
            return []
        return [Draft(note.id, NoteSupported(on=self.on, mode=self.mode, venue=self.venue))]
