"""One steady view of a workshop file, from which all forms of its record are made."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.base import language
from core.domain.board import EMPTY, Board
from core.domain.events import State
from core.domain.fold import fold, with_words
from core.domain.places import at_venue
from core.domain.venues import need_venue
from core.domain.words import Words
from core.record.model import Record
from core.record.options import Options
from core.record.plan import Drawn, plan
from core.store.pictures import named_on, read
from core.store.reader import read_log
from core.store.rows import Row, to_event

MADE_BY = 1
"""Raised when the same board gives other editions than before: then none that lies there is whole."""


@dataclass(frozen=True, slots=True)
class Source:
    """The log, what it says, and what is wanted of it."""

    path: Path
    rows: Sequence[Row]
    words: Sequence[Words]
    pictures: Drawn
    board: Board
    options: Options
    record: Record

    @property
    def digest(self) -> str:
        """What tells this state of the workshop, made with these options, from every other."""
        state = hashlib.sha256(repr((MADE_BY, self.options, sorted(self.pictures))).encode())
        for row in self.rows:
            state.update(f"{row.id}{row.seq}{row.state}{row.hash}".encode())
        for words in self.words:
            state.update(words.hash.encode())
        return state.hexdigest()


def read_source(path: Path, options: Options) -> Source:
    """Read a workshop file, also while a desk has it open. From here on this context speaks its language. Raises
    Refused where there is no such venue."""
    rows, words = read_log(path)
    events = (to_event(row) for row in rows if row.state != State.REFUSED.value)
    board: Board = fold(with_words(EMPTY, words), events)
    language.use(board.workshop.language if board.workshop else "en")
    if options.venue:
        board = at_venue(board, need_venue(board, options.venue))
    pictures = _pictures(path, board)
    return Source(path, rows, words, pictures, board, options, plan(board, None, pictures, options))


def _pictures(path: Path, board: Board) -> Drawn:
    """Those that notes name, as far as they are there and are what their hash says."""
    found = ((digest, read(path, digest)) for digest in sorted(named_on(board)))
    return {digest: picture for digest, picture in found if picture is not None and picture.hash == digest}
