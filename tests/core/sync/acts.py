"""What somebody at a desk may do next, thrown from a seed: enough to overwrite what the other desk has just done."""

import random
from collections.abc import Callable

from core.base.errors import Refused
from core.base.ids import NoteId, RoundId, ThemeId, new_id
from core.domain.board import Board, Note
from core.domain.commands import (
    Command,
    HideNotes,
    HoldNotes,
    MoveNotes,
    NewTheme,
    Redo,
    RenameTheme,
    RewordNote,
    SayNote,
    ShowNotes,
    Undo,
)
from core.domain.contributing import CastVote
from core.domain.events import Author
from core.domain.running import AnswerNote, OpenVote, RevealQuestion
from core.domain.terms import Reason, VoteOn
from core.session import Saved, Session
from tests.core.table import name_of, person

PEOPLE = ("Ada", "Bo", "Cy")
VOTES = RoundId(name_of("votes"))
DOTS = 3


def prepare(session: Session) -> None:
    """Something to work on: two themes and a vote."""
    question = session.board.questions_in_order()[0].id
    for number in range(2):
        session.do(NewTheme(question, f"theme {number}", theme_id=ThemeId(name_of(f"theme {number}")))).result()
    session.do(OpenVote(question, VoteOn.THEMES, DOTS, VOTES)).result()


class Worker:
    """Does one act after another. `name` makes the words of two workers differ."""

    def __init__(self, session: Session, name: str, chance: random.Random) -> None:
        self._session, self._name, self._chance = session, name, chance

    def does(self, number: int) -> tuple[str, Saved] | None:
        """One more act: its words (empty where it has none) and what was saved; None where it made no sense."""
        words = f"{self._name} {number:04}"
        make = self._chance.choice(ACTS)
        try:
            command, author = make(self._session.board, self._chance, words, self._session)
            saved = self._session.do(command, author).result()
        except (Refused, IndexError):    # nothing to undo, or no note yet
            return None
        return words if saved.events and isinstance(command, WITH_WORDS) else "", saved


WITH_WORDS = SayNote | RewordNote | AnswerNote | RenameTheme | NewTheme
Made = tuple[Command, Author | None]
Make = Callable[[Board, random.Random, str, Session], Made]


def _say(board: Board, chance: random.Random, words: str, session: Session) -> Made:
    by = person(chance.choice(PEOPLE))
    question = board.questions_in_order()[0].id
    command = SayNote(question=question, text=words, contributor=by, note_id=NoteId(new_id()))
    return command, Author(session.desk, by)


def _vote(board: Board, chance: random.Random, words: str, session: Session) -> Made:
    by = person(chance.choice(PEOPLE))
    return CastVote(VOTES, by, _theme(board, chance), chance.randint(0, DOTS)), Author(session.desk, by)


def _note(board: Board, chance: random.Random) -> Note:
    """Mostly one of the first: where both desks work, they overwrite each other."""
    notes = sorted(board.notes.values(), key=lambda note: note.arrival)
    return chance.choice(notes[: chance.choice((4, 1000))])


def _theme(board: Board, chance: random.Random) -> ThemeId:
    return chance.choice(sorted(board.themes))


def _of_note(make: Callable[[NoteId, Board, random.Random, str], Command]) -> Make:
    return lambda board, chance, words, session: (make(_note(board, chance).id, board, chance, words), None)


def _plain(make: Callable[[Session], Command]) -> Make:
    return lambda board, chance, words, session: (make(session), None)


ACTS: tuple[Make, ...] = (
    *[_say] * 4,
    *[_vote] * 2,
    *[_of_note(lambda note, board, chance, words: RewordNote(note, words))] * 3,
    *[_of_note(lambda note, board, chance, words: MoveNotes((note,), _theme(board, chance)))] * 3,
    _of_note(lambda note, board, chance, words: MoveNotes((note,), None)),
    *[_of_note(lambda note, board, chance, words: HideNotes((note,), Reason.HURTFUL))] * 2,
    _of_note(lambda note, board, chance, words: HoldNotes((note,), Reason.OFF_TOPIC)),
    *[_of_note(lambda note, board, chance, words: ShowNotes((note,)))] * 2,
    _of_note(lambda note, board, chance, words: AnswerNote(note, words)),
    lambda board, chance, words, session: (RenameTheme(_theme(board, chance), words), None),
    lambda board, chance, words, session: (NewTheme(board.questions_in_order()[0].id, words), None),
    lambda board, chance, words, session: (
        RevealQuestion(board.questions_in_order()[0].id, on=chance.random() < 0.5), None
    ),
    *[_plain(lambda session: Undo(session.desk))] * 3,
    _plain(lambda session: Redo(session.desk)),
)  # fmt: skip
