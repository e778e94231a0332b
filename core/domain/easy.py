"""The record in Easy Read: lines of a picture and a few words, written by a facilitator."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from core.base.ids import EasyId, new_id
from core.domain import keys
from core.domain.board import Board
from core.domain.events import Draft
from core.domain.registers import EasySet
from core.domain.terms import EasyLine, EasyPicture
from core.domain.words import Words

Written = tuple[EasyPicture, str]
"""A line as it is written: its picture, and its words."""


@dataclass(frozen=True, slots=True)
class WriteEasy:
    """Write all lines, in this order: one act, in which only what is other than before is set."""

    lines: Sequence[Written]

    def drafts(self, board: Board) -> Sequence[Draft]:
        drafts: list[Draft] = []
        last: str | None = None
        for before, line in zip_longest(board.easy_list(), self.lines):
            if line is None:
                drafts.append(Draft(before[0], EasySet(to=None, was=before[1])))
                continue
            easy_id, was = before or (EasyId(new_id()), None)
            last = was.key if was else keys.between(last, None)
            drafts += _set(board, easy_id, was, last, line)
        return drafts


def written(board: Board) -> list[Written]:
    """The lines as they were written; without those whose words are not at hand."""
    lines = ((line.picture, board.text(line.words)) for _id, line in board.easy_list())
    return [(picture, text) for picture, text in lines if text]


def _set(board: Board, easy_id: EasyId, was: EasyLine | None, key: str, line: Written) -> list[Draft]:
    picture, text = line
    words = Words.of(text)
    is_same = was is not None and board.text(was.words) == words.text
    to = EasyLine(key=key, picture=picture, words=was.words if was and is_same else words.hash)
    return [] if to == was else [Draft(easy_id, EasySet(to=to, was=was), () if is_same else (words,))]
