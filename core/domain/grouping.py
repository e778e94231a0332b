"""What facilitators do to whole themes, and to notes that belong to two or to none."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from core.base.ids import NoteId, QuestionId, RoundId, ThemeId
from core.base.language import _
from core.domain import keys, tallies
from core.domain.board import Board, Note
from core.domain.bodies import ThemeMade, ThemeRemoved
from core.domain.commands import OWN_COLOUR, MoveNotes, RestoreTheme, find_note, find_theme, moved
from core.domain.events import Draft
from core.domain.registers import NoteCopied, ThemeColoured, ThemeFolded
from core.domain.terms import Mode, Spot
from core.domain.words import Words


class SortBy(Enum):
    """In which order the notes of a theme lie."""

    ARRIVAL = auto()
    VOTES = auto()
    MODE = auto()


@dataclass(frozen=True, slots=True)
class ColourTheme:
    """Give a theme another colour (see ThemeMade)."""

    theme_id: ThemeId
    colour: int

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = find_theme(board, self.theme_id).colour
        return [] if was == self.colour else [Draft(self.theme_id, ThemeColoured(to=self.colour, was=was))]


@dataclass(frozen=True, slots=True)
class FoldTheme:
    """Show only the name of a theme, or its notes again."""

    theme_id: ThemeId
    on: bool = True

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = find_theme(board, self.theme_id).folded
        return [] if was is self.on else [Draft(self.theme_id, ThemeFolded(to=self.on, was=was))]


@dataclass(frozen=True, slots=True)
class MergeThemes:
    """Put all notes of some themes behind those of another; the emptied themes go. Notes that are held or hidden come
    along, so that nobody finds them in a theme that is gone."""

    theme_ids: tuple[ThemeId, ...]
    into: ThemeId

    def drafts(self, board: Board) -> Sequence[Draft]:
        find_theme(board, self.into)
        gone = [find_theme(board, each) for each in self.theme_ids if each != self.into]
        filed = [note_id for theme in gone for _, note_id in board.in_theme.get(theme.id, ())]
        last = board.in_theme.get(self.into, ())
        spots = keys.spread(len(filed), last[-1][0] if last else None, None)
        notes = [
            moved(board.notes[note_id], Spot(self.into, key)) for note_id, key in zip(filed, spots, strict=True)
        ]
        return [*notes, *(Draft(theme.id, ThemeRemoved()) for theme in gone)]


@dataclass(frozen=True, slots=True)
class SortTheme:
    """Lay the notes of a theme in another order; notes that are equal in it stay as they lie."""

    theme_id: ThemeId
    by: SortBy
    round_id: RoundId | None = None    # whose votes

    def drafts(self, board: Board) -> Sequence[Draft]:
        find_theme(board, self.theme_id)
        filed = [board.notes[note_id] for _, note_id in board.in_theme.get(self.theme_id, ())]
        ordered = sorted(filed, key=self._rank(board))
        return [] if ordered == filed else MoveNotes(tuple(note.id for note in ordered), self.theme_id).drafts(board)

    def _rank(self, board: Board) -> Callable[[Note], int]:
        if self.by is SortBy.VOTES:
            dots = tallies.counted(board, self.round_id).dots if self.round_id else {}
            return lambda note: -dots.get(note.id, 0)
        if self.by is SortBy.MODE:
            modes = list(Mode)
            return lambda note: modes.index(note.mode)
        return lambda note: note.arrival


@dataclass(frozen=True, slots=True)
class ShowAlsoIn:
    """Show notes in a second theme, too, or no longer. Each counts once, in the theme where it lies."""

    note_ids: tuple[NoteId, ...]
    theme_id: ThemeId
    on: bool = True

    def drafts(self, board: Board) -> Sequence[Draft]:
        find_theme(board, self.theme_id)
        drafts = []
        for note in (find_note(board, note_id) for note_id in self.note_ids):
            was = board.copies.get(note.id, ())
            to = tuple(each for each in was if each != self.theme_id)
            if self.on and note.spot.theme != self.theme_id:
                to = (*to, self.theme_id)
            if to != was:
                drafts.append(Draft(note.id, NoteCopied(to=to, was=was)))
        return drafts


@dataclass(frozen=True, slots=True)
class ShowOnlyThere:
    """Show notes in the theme where they lie, and in no other."""

    note_ids: tuple[NoteId, ...]

    def drafts(self, board: Board) -> Sequence[Draft]:
        notes = (find_note(board, note_id) for note_id in self.note_ids)
        shown = ((note.id, board.copies.get(note.id, ())) for note in notes)
        return [Draft(note_id, NoteCopied(to=(), was=was)) for note_id, was in shown if was]


@dataclass(frozen=True, slots=True)
class SetOnTheirOwn:
    """Put notes that are like no others where they are not buried: a theme of the question's own, made when it is
    first needed. Two desks that make it at once make the same one."""

    note_ids: tuple[NoteId, ...]
    question: QuestionId

    def drafts(self, board: Board) -> Sequence[Draft]:
        lane = own_lane(self.question)
        notes = [find_note(board, note_id) for note_id in self.note_ids]
        found = board.themes.get(lane)
        filed = board.in_theme.get(lane, ())
        spots = keys.spread(len(notes), filed[-1][0] if filed else None, None)
        placed = zip(notes, spots, strict=True)
        moves = [moved(note, Spot(lane, key)) for note, key in placed if note.spot.theme != lane]
        if found is not None:
            return [*RestoreTheme(lane).drafts(board), *moves]
        words = Words.of(_("On their own"))
        made = ThemeMade(question=self.question, name=words.hash, colour=OWN_COLOUR)
        return [Draft(lane, made, (words,)), *moves]


def own_lane(question: QuestionId) -> ThemeId:
    """The theme of the notes that are like no others."""
    return ThemeId(hashlib.sha256(f"{question} on their own".encode()).hexdigest()[:32])
