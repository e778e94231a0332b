"""What participants may see: only what is on the board, under handles that lead nowhere. An allow-list."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from core.base.ids import NoteId, QuestionId, ThemeId, WorkshopId
from core.domain.board import Board, Note, Theme
from core.domain.course import Question

SHAPES = ("circle", "square", "star", "diamond", "cross", "triangle")
COLOURS = ("sun", "sky", "lilac", "leaf", "sand", "rose")


@dataclass(frozen=True, slots=True)
class SeenTheme:
    """A theme as participants see it."""

    handle: str
    name: str
    colour: str
    shape: str
    hollow: bool

    @property
    def icon(self) -> str:
        """The name of its shape's drawing."""
        return f"{self.shape}-hollow" if self.hollow else self.shape


@dataclass(frozen=True, slots=True)
class SeenNote:
    """A note on the board as participants see it; `question` counts from 1."""

    handle: str
    text: str
    question: int
    theme: str | None


@dataclass(frozen=True, slots=True)
class SeenPart:
    """A theme, or the notes that stand alone (None), with what is in it."""

    theme: SeenTheme | None
    notes: tuple[SeenNote, ...]


@dataclass(frozen=True, slots=True)
class SeenQuestion:
    """A question of the wall."""

    number: int
    text: str
    parts: tuple[SeenPart, ...]


@lru_cache(maxsize=65_536)
def handle_of(workshop: WorkshopId, id: NoteId | ThemeId) -> str:
    """A name for pages and streams from which the id cannot be found."""
    return hashlib.blake2b(id.encode(), key=workshop.encode()[:32], digest_size=8).hexdigest()


class Seen:
    """One board through participants' eyes."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.workshop = board.workshop.id if board.workshop else WorkshopId("")
        self._number = {question.id: at for at, question in enumerate(board.questions_in_order(), 1)}

    def note(self, note: Note) -> SeenNote | None:
        """The note; None unless it is on the board."""
        if not note.is_on_board:
            return None
        theme = self.board.theme_of(note)
        return SeenNote(
            handle=handle_of(self.workshop, note.id),
            text=self.board.text_of(note),
            question=self.number_of(note.question),
            theme=handle_of(self.workshop, theme.id) if theme else None,
        )

    def theme(self, theme: Theme) -> SeenTheme:
        """The theme with its colour and shape; after six they come again, hollow."""
        return SeenTheme(
            handle=handle_of(self.workshop, theme.id),
            name=self.board.text(theme.name),
            colour=COLOURS[theme.colour % len(COLOURS)],
            shape=SHAPES[theme.colour % len(SHAPES)],
            hollow=theme.colour // len(SHAPES) % 2 == 1,
        )

    def wall(self) -> tuple[SeenQuestion, ...]:
        """Everything on the board, by question and theme."""
        questions = self.board.questions_in_order()
        return tuple(self._question(number, question) for number, question in enumerate(questions, 1))

    def number_of(self, question: QuestionId) -> int:
        """A question's place, counted from 1."""
        return self._number.get(question, 0)

    def _question(self, number: int, question: Question) -> SeenQuestion:
        board = self.board
        themes = board.themes_of(question.id)
        themed = [SeenPart(self.theme(theme), self._all(board.notes_in(theme.id))) for theme in themes]
        alone = self._all(board.loose_notes(question.id))
        rest = [SeenPart(None, alone)] if alone else []
        return SeenQuestion(number, board.text(question.words), (*themed, *rest))

    def _all(self, notes: Iterable[Note]) -> tuple[SeenNote, ...]:
        return tuple(seen for seen in map(self.note, notes) if seen is not None)
