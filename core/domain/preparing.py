"""What can be put right before and during a workshop: its title and promise, its questions and their order. No note is
lost by any of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.base.errors import NotThere
from core.base.ids import ContributorId, QuestionId
from core.base.language import _
from core.domain import keys
from core.domain.board import Board
from core.domain.course import Question
from core.domain.events import Draft
from core.domain.registers import (
    PersonSeated,
    QuestionDropped,
    QuestionPlaced,
    QuestionWorded,
    WorkshopDescribed,
)
from core.domain.running import OpenQuestion
from core.domain.values import changed
from core.domain.words import Words

TEXTS = ("title", "purpose", "promise", "host", "venue", "telephone")


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeWorkshop:
    """Put right what a workshop is; what is None stays as it is. `reply_by` is a day as `date.toordinal` counts, 0
    for none."""

    title: str | None = None
    purpose: str | None = None
    promise: str | None = None
    host: str | None = None
    venue: str | None = None
    telephone: str | None = None
    language: str | None = None
    expected: int | None = None
    reply_by: int | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        if board.workshop is None:
            raise NotThere
        was = board.workshop.details
        values: dict[str, Any] = {}
        said: list[Words] = []
        for name in TEXTS:
            text: str | None = getattr(self, name)
            if text is not None and (words := Words.of(text)).text != board.text(getattr(was, name)):
                is_kept = bool(words.text) or name == "title"    # an empty title is refused by the rules
                values[name] = words.hash if is_kept else None
                said += [words] if is_kept else []
        for name in ("language", "expected"):
            if getattr(self, name) is not None:
                values[name] = getattr(self, name)
        if self.reply_by is not None:
            values["reply_by"] = self.reply_by or None
        to = changed(was, **values)
        return [] if to == was else [Draft(board.workshop.id, WorkshopDescribed(to=to, was=was), tuple(said))]


@dataclass(frozen=True, slots=True)
class RewordQuestion:
    """Put a question in other words; what was said to it stays."""

    question: QuestionId
    text: str

    def drafts(self, board: Board) -> Sequence[Draft]:
        asked = _find(board, self.question)
        words = Words.of(self.text)
        if words.text == board.text(asked.words):
            return []
        return [Draft(asked.id, QuestionWorded(to=words.hash, was=asked.words), (words,))]


@dataclass(frozen=True, slots=True)
class MoveQuestion:
    """Ask a question before another, or last."""

    question: QuestionId
    before: QuestionId | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        asked = _find(board, self.question)
        others = [each for each in board.questions_in_order() if each.id != asked.id]
        ids = [each.id for each in others]
        at = ids.index(self.before) if self.before in ids else len(others)
        low = others[at - 1].key if at else None
        high = others[at].key if at < len(others) else None
        if [each.id for each in board.questions_in_order()] == [*ids[:at], asked.id, *ids[at:]]:
            return []
        if low is not None and low == high:    # two desks asked at once: equal keys, ordered by id
            high = None
        return [Draft(asked.id, QuestionPlaced(to=keys.between(low, high), was=asked.key))]


@dataclass(frozen=True, slots=True)
class DropQuestion:
    """Ask a question no longer, or again. What was said to it stays where it is, on the board and in the record."""

    question: QuestionId
    on: bool = True

    def drafts(self, board: Board) -> Sequence[Draft]:
        asked = _find(board, self.question)
        was = board.is_dropped(asked.id)
        if was is self.on:
            return []
        dropped = Draft(asked.id, QuestionDropped(to=self.on, was=was))
        return [dropped, *OpenQuestion(asked.id, not self.on).drafts(board)]


@dataclass(frozen=True, slots=True)
class SeatPerson:
    """Write down at which table a contributor sits; None: nobody knows."""

    contributor: ContributorId
    table: int | None

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = board.table(self.contributor)
        return [] if was == self.table else [Draft(self.contributor, PersonSeated(to=self.table, was=was))]


def table_name(table: int) -> str:
    """What a table is called; 0 is the whole room."""
    return _("Table {n}").format(n=table) if table else _("The whole room")


def _find(board: Board, question: QuestionId) -> Question:
    found = board.questions.get(question)
    if found is None:
        raise NotThere
    return found
