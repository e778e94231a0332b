"""Suggestions taken up: one act, and only for notes that nobody has placed since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.base.ids import NoteId, QuestionId
from core.domain.board import Board
from core.domain.commands import MoveNotes, NewTheme, free_colours
from core.domain.events import Draft
from core.domain.grouping import SetOnTheirOwn
from core.sense.themes import Suggestion, Way


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Do what these suggestions say, all in one act."""

    question: QuestionId
    suggestions: tuple[Suggestion, ...]

    def drafts(self, board: Board) -> Sequence[Draft]:
        loose = {note.id for note in board.loose_notes(self.question)}
        colours = free_colours(board, self.question)
        left = ((each, tuple(note for note in each.notes if note in loose)) for each in self.suggestions)
        return [draft for each, notes in left if notes for draft in self._one(board, each, notes, colours)]

    def _one(
        self, board: Board, suggestion: Suggestion, notes: tuple[NoteId, ...], colours: Iterator[int]
    ) -> Sequence[Draft]:
        match suggestion.way:
            case Way.INTO_THEME:
                return MoveNotes(notes, suggestion.theme).drafts(board)
            case Way.NEW_THEME:
                return NewTheme(self.question, suggestion.name, notes, colour=next(colours)).drafts(board)
            case Way.ON_THEIR_OWN:
                return SetOnTheirOwn(notes, self.question).drafts(board)


def still_open(board: Board, question: QuestionId, suggestions: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """These suggestions without the notes that somebody has placed since, and without themes that are gone."""
    loose = {note.id for note in board.loose_notes(question)}
    themes = {None, *(theme.id for theme in board.themes_of(question))}
    found = (each.only(loose) for each in suggestions if each.theme in themes)
    return tuple(each for each in found if each.notes)
