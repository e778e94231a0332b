"""At which desks somebody's words are erased, of all that have a copy of the workshop: each says so in the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.base.ids import ContributorId, DeskId
from core.domain.board import Board
from core.domain.bodies import ErasedHere
from core.domain.events import Draft, Event
from core.domain.registers import DeskPlaced


@dataclass(frozen=True, slots=True)
class ConfirmErasures:
    """Say that this desk has erased everything it was asked to; nothing where it has said so before."""

    desk: DeskId

    def drafts(self, board: Board) -> Sequence[Draft]:
        return [Draft(who, ErasedHere()) for who in unconfirmed(board, self.desk)]


@dataclass(frozen=True, slots=True)
class Copies:
    """What is known of the copies of one erased person's words: `gone` from these desks, `left` perhaps at those."""

    erasure: Event
    gone: tuple[DeskId, ...]
    left: tuple[DeskId, ...]


def unconfirmed(board: Board, desk: DeskId) -> list[ContributorId]:
    """The erasures of other desks that this one has not confirmed."""
    return sorted(
        who for who, erasure in board.erased.items()
        if erasure.desk != desk and desk not in board.erased_at.get(who, ())
    )  # fmt: skip


def ledger(board: Board) -> list[Copies]:
    """Every erasure, the first one first. The desk that erased is done when it says so."""
    desks = desks_of(board)
    found = []
    for who, erasure in sorted(board.erased.items(), key=lambda pair: (pair[1].received_at, pair[0])):
        gone = {erasure.desk, *board.erased_at.get(who, ())}
        found.append(Copies(erasure, tuple(sorted(gone)), tuple(sorted(desks - gone))))
    return found


def desks_of(board: Board) -> set[DeskId]:
    """The desks that have taken part in any way: each has a copy."""
    placed = {DeskId(subject) for subject, kind in board.settings if kind == DeskPlaced.KIND}
    wrote = {note.said.desk for note in board.notes.values()}
    return placed | wrote | set(board.histories) | {desk for desks in board.erased_at.values() for desk in desks}
