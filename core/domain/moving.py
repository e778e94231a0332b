"""Where a workshop's online home is: said in the log, so that every desk and every page finds it."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.board import Board
from core.domain.bodies import HomeChanged
from core.domain.events import Draft
from core.domain.words import Words


@dataclass(frozen=True, slots=True)
class TellHome:
    """Say under which address the online home is found; an empty one: there is none. Nothing where that is known, or
    where there is no workshop yet."""

    address: str

    def drafts(self, board: Board) -> Sequence[Draft]:
        if board.workshop is None or board.home_address == self.address:
            return []
        if not self.address:
            return [Draft(board.workshop.id, HomeChanged(to=None))]
        words = Words.of(self.address)
        return [Draft(board.workshop.id, HomeChanged(to=words.hash), (words,))]
