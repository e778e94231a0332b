"""What is written down for people without a phone and after the talking: counted hands, paper dots, pledges."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.base.errors import NotThere
from core.base.ids import CountId, PledgeId, RoundId, ThemeId, WordsHash, new_id
from core.domain import keys
from core.domain.board import Board
from core.domain.events import Draft
from core.domain.registers import PledgeSet, VotesCounted
from core.domain.terms import Count, CountWay, Pledge
from core.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CountVotes:
    """Enter the hands or paper dots of a table, in the place of what was entered for it before; with no dots and no
    voters what was entered is taken out. They are kept apart from what phones say."""

    round_id: RoundId
    way: CountWay
    table: int
    dots: Mapping[str, int]
    voters: int = 0

    def drafts(self, board: Board) -> Sequence[Draft]:
        if self.round_id not in board.rounds:
            raise NotThere
        count_id = count_of(self.round_id, self.way, self.table)
        was = board.counts.get(count_id)
        dots = tuple(sorted((target, number) for target, number in self.dots.items() if number))
        to = None
        if dots or self.voters:
            to = Count(round=self.round_id, way=self.way, table=self.table, voters=self.voters, dots=dots)
        return [] if to == was else [Draft(count_id, VotesCounted(to=to, was=was))]


def count_of(round_id: RoundId, way: CountWay, table: int) -> CountId:
    """The name of one count: two desks that enter it write to the same one."""
    return CountId(hashlib.sha256(f"{round_id} {way} {table}".encode()).hexdigest()[:32])


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePledge:
    """Write down what somebody will do: a new pledge, at the end, or another wording of one (`pledge_id`). `by` is a
    day, as `date.toordinal` counts."""

    what: str
    who: str = ""
    by: int | None = None
    theme: ThemeId | None = None
    pledge_id: PledgeId | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = board.pledges.get(self.pledge_id) if self.pledge_id else None
        listed = board.pledge_list()
        key = was.key if was else keys.between(listed[-1][1].key if listed else None, None)
        what, said = _worded(board, self.what, was.what if was else None)
        who, named = _worded(board, self.who, was.who if was else None) if self.who.strip() else (None, ())
        to = Pledge(key=key, what=what, who=who, by=self.by, theme=self.theme)
        if to == was:
            return []
        return [Draft(self.pledge_id or PledgeId(new_id()), PledgeSet(to=to, was=was), (*said, *named))]


@dataclass(frozen=True, slots=True)
class RemovePledge:
    """Take a pledge off the list."""

    pledge_id: PledgeId

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = board.pledges.get(self.pledge_id)
        if was is None:
            raise NotThere
        return [Draft(self.pledge_id, PledgeSet(to=None, was=was))]


def _worded(board: Board, text: str, was: WordsHash | None) -> tuple[WordsHash, tuple[Words, ...]]:
    """The hash of these words, and the words where they are new."""
    words = Words.of(text)
    if was is not None and words.text == board.text(was):
        return was, ()
    return words.hash, (words,)
