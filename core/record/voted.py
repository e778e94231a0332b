"""What people voted for, as a record tells it: of rounds that are closed, each way of voting for itself."""

from collections.abc import Mapping

from core.base.ids import NoteId, QuestionId, ThemeId
from core.domain.board import Board
from core.domain.course import Round
from core.domain.tallies import ByHand, by_hand, counted
from core.domain.terms import CountWay, VoteOn
from core.record.model import VoteLine

Lines = Mapping[str, VoteLine]
"""Votes by the id of what they lie on."""


def rounds(board: Board, question: QuestionId) -> list[tuple[VoteOn, Lines]]:
    """The rounds on a question that are closed and in which somebody voted, the oldest first."""
    held = (each for each in board.rounds_in_order() if each.question == question)
    found = ((each.on, _round(board, each)) for each in held if not board.is_round_open(each.id))
    return [(on, lines) for on, lines in found if lines]


def newest(found: list[tuple[VoteOn, Lines]], on: VoteOn) -> Mapping[str, int] | None:
    """How many votes lie on what, in the newest round on this; None where there was none."""
    lines = next((lines for voted_on, lines in reversed(found) if voted_on is on), None)
    return None if lines is None else {target: line.all for target, line in lines.items()}


def ranked(lines: Lines) -> tuple[VoteLine, ...]:
    """The most votes first."""
    return tuple(sorted(lines.values(), key=lambda line: (-line.all, line.words)))


def _round(board: Board, vote: Round) -> Lines:
    phones, ways = counted(board, vote.id).dots, by_hand(board, vote.id)
    hands, dots = (ways.get(way, ByHand()).dots for way in (CountWay.HANDS, CountWay.DOTS))
    return {
        target: VoteLine(
            words=words, phones=phones.get(target, 0), hands=hands.get(target, 0), dots=dots.get(target, 0)
        )
        for target in sorted({*phones, *hands, *dots})
        if (words := _voted_on(board, vote, target))
    }  # fmt: skip


def _voted_on(board: Board, vote: Round, target: str) -> str:
    """The words of a theme, or of a note that is on the board; empty for any other."""
    if vote.on is VoteOn.THEMES:
        theme = board.themes.get(ThemeId(target))
        return board.text(theme.name) if theme is not None and not theme.removed else ""
    note = board.notes.get(NoteId(target))
    return " ".join(board.text_of(note).split()) if note is not None and note.is_on_board else ""
