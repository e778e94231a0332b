"""Live questions in the order in which they could be asked, and the account of where all of them are."""

from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto

from core.base.ids import ContributorId, NoteId, QuestionId
from core.domain.board import Board, Note
from core.domain.tallies import supporters
from core.domain.terms import Mark, Mode

BEING_HEARD = (Mark.NOW, Mark.ASKED)
SETTLED = (Mark.WRITING, Mark.PARKED, Mark.ASKED)


class Order(Enum):
    """Which of the waiting questions comes first."""

    SUPPORT = auto()
    ARRIVAL = auto()
    NOT_HEARD = auto()


@dataclass(frozen=True, slots=True)
class Asked:
    """A live question with those that were joined to it; `support` counts people once. `is_unheard` where one of its
    writers has had none of their questions asked; `is_behind` where one of them takes part in a way that is behind."""

    note: Note
    group: tuple[Note, ...]
    support: int
    mark: Mark
    is_answered: bool
    is_unheard: bool
    is_behind: bool

    @property
    def waits(self) -> bool:
        """Whether it is still to be asked or answered."""
        return self.mark is Mark.WAITING and not self.is_answered


@dataclass(frozen=True, slots=True)
class Account:
    """Where every question of a live one is; the parts add up to all of them."""

    now: int = 0
    asked: int = 0
    written: int = 0
    parked: int = 0
    waiting: int = 0

    @property
    def questions(self) -> int:
        """All that are on the board."""
        return self.now + self.asked + self.written + self.parked + self.waiting


def all_asked(board: Board, question: QuestionId, behind: frozenset[Mode] = frozenset()) -> list[Asked]:
    """The live questions on the board, in the order they came; each group once."""
    groups = _groups(board, question)
    heard = _heard(board, groups)
    return [_one(board, group, heard, behind) for group in groups]


def in_order(found: list[Asked], order: Order) -> list[Asked]:
    """What is being answered first, then what waits, as wanted; then what is settled."""
    return sorted(found, key=lambda asked: (_stage(asked), *_rank(asked, order), asked.note.arrival))


def account(found: list[Asked]) -> Account:
    """Every question, also one that was joined to another, is in one part."""
    parts: Counter[str] = Counter()
    for asked in found:
        parts[_part(asked)] += len(asked.group)
    return Account(**parts)


def _groups(board: Board, question: QuestionId) -> list[tuple[Note, ...]]:
    """Each with the question that is shown first. Those whose lead is off the board stand for themselves."""
    groups: dict[NoteId, list[Note]] = {}
    for note in board.notes_of(question):
        into = board.merged_into(note.id)
        lead = into if into is not None and board.notes[into].is_on_board else note.id
        groups.setdefault(lead, []).append(note)
    return [tuple(sorted(group, key=lambda note: note.id != lead)) for lead, group in groups.items()]


def _heard(board: Board, groups: list[tuple[Note, ...]]) -> frozenset[ContributorId | None]:
    return frozenset(note.contributor for group in groups if board.mark(group[0].id) in BEING_HEARD for note in group)


def _one(
    board: Board, group: tuple[Note, ...], heard: frozenset[ContributorId | None], behind: frozenset[Mode]
) -> Asked:
    lead = group[0]
    return Asked(
        note=lead,
        group=group,
        support=len(supporters(board, [note.id for note in group])),
        mark=board.mark(lead.id),
        is_answered=bool(board.answer(lead.id)),
        is_unheard=any(note.contributor is None or note.contributor not in heard for note in group),
        is_behind=any(note.mode in behind for note in group),
    )


def _stage(asked: Asked) -> int:
    if asked.mark is Mark.NOW:
        return 0
    return 1 if asked.waits else 2 + SETTLED.index(asked.mark) if asked.mark in SETTLED else 2


def _rank(asked: Asked, order: Order) -> tuple[int, ...]:
    match order:
        case Order.SUPPORT:
            return (-asked.support,)
        case Order.NOT_HEARD:
            return (not asked.is_unheard, not asked.is_behind, -asked.support)
        case Order.ARRIVAL:
            return ()


def _part(asked: Asked) -> str:
    if asked.mark is Mark.NOW:
        return "now"
    if asked.mark is Mark.ASKED:
        return "asked"
    if asked.is_answered:
        return "written"
    return "parked" if asked.mark is Mark.PARKED else "waiting"
