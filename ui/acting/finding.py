"""Finding notes by their words and by what they are, in small pieces, so that the screen goes on meanwhile."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.base.ids import NoteId, ThemeId, WordsHash
from core.domain.board import Board, Note, NoteState
from core.domain.terms import Mode, NoteKind

SLICE = 200
"""So many notes are looked at before the screen has its turn: 2 to 5 ms."""
GONE = frozenset({NoteState.WITHDRAWN, NoteState.ERASED})


class State(Enum):
    """What a note may be asked to be."""

    ON_BOARD = auto()
    HELD = auto()
    HIDDEN = auto()
    LATE = auto()
    PICTURE = auto()
    TWO_THEMES = auto()
    LOOSE = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: all of it must be so. No words and no filter look for nothing."""

    words: str = ""
    kind: NoteKind | None = None
    mode: Mode | None = None
    theme: ThemeId | None = None
    state: State | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is looked for."""
        return self == Wanted() or (not self.words.strip() and self.is_only_words)

    @property
    def is_only_words(self) -> bool:
        """Whether only words are looked for."""
        return (self.kind, self.mode, self.theme, self.state) == (None, None, None, None)

    def allows(self, board: Board, note: Note) -> bool:
        """Whether a note passes the filters."""
        return (
            note.state not in GONE
            and (self.kind is None or note.kind is self.kind)
            and (self.mode is None or note.mode is self.mode)
            and (self.theme is None or self._is_in_theme(board, note, self.theme))
            and (self.state is None or is_so(self.state, board, note))
        )

    @staticmethod
    def _is_in_theme(board: Board, note: Note, theme: ThemeId) -> bool:
        return note.is_on_board and (note.spot.theme == theme or theme in board.copies.get(note.id, ()))


def is_so(state: State, board: Board, note: Note) -> bool:
    """Whether a note is what is asked for."""
    match state:
        case State.ON_BOARD:
            return note.is_on_board
        case State.HELD:
            return note.state is NoteState.HELD
        case State.HIDDEN:
            return note.state is NoteState.HIDDEN
        case State.LATE:
            return note.late
        case State.PICTURE:
            return note.picture is not None
        case State.TWO_THEMES:
            return bool(board.copies.get(note.id))
        case State.LOOSE:
            return note.is_on_board and board.theme_of(note) is None and not board.asking(note.question).live


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the oldest first; where nothing was, the word of it that most notes have, and how many."""

    wanted: Wanted
    notes: tuple[NoteId, ...] = ()
    word: str = ""
    with_word: int = 0


@dataclass(slots=True)
class _Work:
    """A search that is under way."""

    wanted: Wanted
    phrase: str
    words: tuple[str, ...]
    left: Iterator[Note]
    board: Board    # as it was when the search began
    found: list[Note] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


class Finder(QObject):
    """Looks through one board at a time; a new search takes the place of the one before."""

    done = Signal(object)    # Found

    def __init__(self, board: Callable[[], Board], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._folded: dict[WordsHash, str] = {}
        self._work: _Work | None = None
        self._last: tuple[Board, Found] | None = None    # what was looked through to its end
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self.go_on)

    def look_for(self, wanted: Wanted) -> None:
        """Begin; `done` tells what was found."""
        phrase = folded(wanted.words)
        words = tuple(dict.fromkeys(phrase.split()))
        left = iter(self._candidates(wanted, phrase))
        self._work = _Work(wanted, phrase, words if len(words) > 1 else (), left, self._board())
        self._timer.start()

    def _candidates(self, wanted: Wanted, phrase: str) -> Iterable[Note]:
        """All notes; of what was just found what can be found by more letters of the same word."""
        board = self._board()
        if self._last is not None and " " not in phrase:
            seen, found = self._last
            before = folded(found.wanted.words)
            is_narrower = before and before in phrase and replace(found.wanted, words=wanted.words) == wanted
            if is_narrower and seen is board:
                return [board.notes[note] for note in found.notes]
        return board.notes.values()

    def stop(self) -> None:
        """Look for nothing more."""
        self._timer.stop()
        self._work = None

    @Slot()
    def go_on(self) -> None:
        """Look at the next few notes."""
        work, board = self._work, self._board()
        if work is None:
            return
        for _count in range(SLICE):
            note = next(work.left, None)
            if note is None:
                self._end(work)
                return
            self._look_at(work, board, note)

    def _look_at(self, work: _Work, board: Board, note: Note) -> None:
        if not work.wanted.allows(board, note):
            return
        if not work.phrase:
            work.found.append(note)
            return
        text = self._text(board, note)
        if work.phrase in text:
            work.found.append(note)
        elif work.words and not work.found:
            for word in work.words:
                if word in text:
                    work.counts[word] = work.counts.get(word, 0) + 1

    def _end(self, work: _Work) -> None:
        self.stop()
        notes = tuple(note.id for note in sorted(work.found, key=lambda note: note.arrival))
        word = max(work.words, key=lambda each: (len(each) * bool(work.counts.get(each)), each), default="")
        count = work.counts.get(word, 0) if not notes else 0
        found = Found(work.wanted, notes, word if count else "", count)
        self._last = (work.board, found)
        self.done.emit(found)

    def _text(self, board: Board, note: Note) -> str:
        """Its words, folded; each text once, whatever is looked for next."""
        text = self._folded.get(note.words)
        if text is None:
            text = self._folded[note.words] = folded(board.text_of(note))
        return text


def folded(text: str) -> str:
    """Without what people do not think of when they look for something: case, accents, kinds of blanks."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(text.casefold().split())
