"""What organisers wrote that quotes somebody: replies and names of themes, found before that person is erased, because
erasing them does not touch these."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.base.ids import ContributorId
from core.domain.board import Board
from core.domain.bodies import NoteReworded

RUN = 4
"""So many words of a note in a row are a quotation; a note that is shorter is one as a whole."""
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Quotation:
    """Where it stands (a theme, or what was replied to) and the text that has it; `is_name` for that of a theme."""

    subject: str
    text: str
    is_name: bool = False


def quoting(board: Board, contributor: ContributorId) -> list[Quotation]:
    """Names of themes and replies, also those of before, in which words of this person stand; in a steady order."""
    said = [words for text in _said(board, contributor) for words in _runs(_words(text))]
    found = {quotation: None for quotation in _written(board) if _holds(_words(quotation.text), said)}
    return list(found)


def _said(board: Board, contributor: ContributorId) -> Iterator[str]:
    """Their notes, in the words of now and of before; what they answered back; their name."""
    for note in board.notes_by(contributor):
        yield board.text_of(note)
        if note.reworded_by is not None and isinstance(note.reworded_by.body, NoteReworded):
            yield board.text(note.reworded_by.body.was)
    yield from (board.text(back.words) for back in board.backs_in_order() if back.contributor == contributor)


def _written(board: Board) -> Iterator[Quotation]:
    for theme in sorted(board.themes.values(), key=lambda theme: (theme.arrival, theme.id)):
        if not theme.removed:
            yield Quotation(theme.id, board.text(theme.name), is_name=True)
    for subject in sorted(board.replies):
        replies = [given.reply for given in board.replies_to(subject) if given.reply is not None]
        texts = [board.text(words) for reply in replies for words in (reply.text, reply.because)]
        yield from (Quotation(subject, text) for text in texts if text)


def _words(text: str) -> list[str]:
    """Without case and signs."""
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()


def _runs(words: list[str]) -> Iterator[list[str]]:
    """Every few words in a row; all of them where there are not as many."""
    if len(words) <= RUN:
        yield from [words] if len(words) >= FEWEST else []
        return
    yield from (words[at : at + RUN] for at in range(len(words) - RUN + 1))


def _holds(text: list[str], runs: list[list[str]]) -> bool:
    joined = f" {' '.join(text)} "
    return any(f" {' '.join(run)} " in joined for run in runs)
