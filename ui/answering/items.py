"""What can be answered, as one list: themes, lone notes, live questions, pledges, and what people answered back."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import Enum, auto

from core.base.ids import ContributorId, NoteId, QuestionId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.carrying import times_heard
from core.domain.course import Back, Question
from core.domain.grouping import own_lane
from core.domain.live_questions import all_asked
from core.domain.replies import Survey, answers
from core.domain.terms import Status
from ui.panes.rows import Row
from ui.words.names import heard_times, notes_count, status_name


class Sort(Enum):
    """What kind of thing is answered."""

    THEME = auto()
    NOTE = auto()
    ASKED = auto()
    PLEDGE = auto()
    BACK = auto()


class Only(Enum):
    """Which of them are listed."""

    ALL = auto()
    WAITING = auto()
    BACKS = auto()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be answered: its words, how many notes it is, how many people an answer reaches, and what they
    were told (None: nothing yet)."""

    subject: str
    sort: Sort
    words: str
    notes: int
    people: int
    status: Status | None
    times: int = 0
    is_covered: bool = False    # a note whose theme was answered


def all_items(board: Board, found: Survey, wanted: Iterable[NoteId] = ()) -> list[Item]:
    """Everything in the order of the record: by question its themes, then the notes that stand alone; then pledges; and
    first of all what people answered back. `wanted` are notes in themes that are to be answered themselves."""
    finder = _Finder(board, found.reached, frozenset(wanted))
    asked = (item for question in board.questions_in_order() for item in finder.of_question(question))
    return [*finder.backs(), *asked, *finder.pledges()]


def listed(items: Iterable[Item], only: Only) -> list[Item]:
    """Those of them that are looked for."""
    if only is Only.BACKS:
        return [item for item in items if item.sort is Sort.BACK]
    return [item for item in items if only is Only.ALL or is_waiting(item)]


def is_waiting(item: Item) -> bool:
    """Whether nobody was told anything of it; a pledge waits for no answer."""
    return item.status is None and not item.is_covered and item.sort is not Sort.PLEDGE


def row_of(item: Item, *, is_begun: bool = False) -> Row:
    """As a row of the list; `is_begun`: an answer was typed and not kept."""
    side = status_name(item.status) if item.status else "" if item.is_covered else _waiting_words(item)
    return Row(
        id=item.subject, words=item.words, foot=", ".join(filter(None, _about(item))),
        side=_("Not kept yet") if is_begun else side, is_quiet=not is_waiting(item),
    )  # fmt: skip


def _about(item: Item) -> list[str]:
    notes = notes_count(item.notes) if item.sort in (Sort.THEME, Sort.ASKED) and item.notes > 1 else ""
    reaches = ngettext("reaches {n} person", "reaches {n} people", item.people).format(n=item.people)
    again = heard_times(item.times) if item.times > 1 else ""
    return [sort_name(item.sort), again, notes, reaches if item.people else ""]


def sort_name(sort: Sort) -> str:
    """What it is."""
    return {
        Sort.THEME: _("Theme"),
        Sort.NOTE: _("Note"),
        Sort.ASKED: _("Live question"),
        Sort.PLEDGE: _("Pledge"),
        Sort.BACK: _("Answered back"),
    }[sort]


def _waiting_words(item: Item) -> str:
    if item.sort is Sort.BACK:
        return _("New")
    return "" if item.sort is Sort.PLEDGE else _("Not answered yet")


class _Finder:
    """Looks through one board."""

    def __init__(
        self, board: Board, reached: Mapping[str, Set[ContributorId]], wanted: frozenset[NoteId]
    ) -> None:
        self._board, self._reached, self._wanted = board, reached, wanted

    def backs(self) -> list[Item]:
        """What waits for us first, the oldest first."""
        backs = sorted(self._board.backs_in_order(), key=lambda back: self._board.reply(back.id) is not None)
        return [self._item(back.id, Sort.BACK, self._board.text(back.words), people=1) for back in backs]

    def pledges(self) -> list[Item]:
        """What people promised: how it went can be told, too."""
        board = self._board
        return [self._item(id, Sort.PLEDGE, board.text(pledge.what)) for id, pledge in board.pledge_list()]

    def of_question(self, question: Question) -> Iterator[Item]:
        """Themes, then notes; of a live question what was asked."""
        board = self._board
        if board.asking(question.id).live:
            for asked in all_asked(board, question.id):
                words = board.text_of(asked.note)
                yield self._item(asked.note.id, Sort.ASKED, words, notes=len(asked.group))
            return
        for theme in board.themes_of(question.id):
            if theme.id != own_lane(question.id):
                notes = len(board.notes_in(theme.id)) + len(board.copies_in(theme.id))
                times = times_heard(board, theme) if theme.carried else 0
                yield self._item(theme.id, Sort.THEME, board.text(theme.name), notes=notes, times=times)
        yield from self._notes_of(question.id)

    def _notes_of(self, question: QuestionId) -> Iterator[Item]:
        """Notes that no theme answers for, and those of a theme that have an answer of their own or are to get one."""
        board, lane = self._board, own_lane(question)
        for note in board.notes_of(question):
            theme = board.theme_of(note)
            is_alone = (theme is None or theme.id == lane) and board.merged_into(note.id) is None
            if is_alone or note.id in self._wanted or board.reply(note.id) is not None:
                covered = any(board.reply(subject) is not None for subject in answers(board, note))
                yield self._item(note.id, Sort.NOTE, board.text_of(note), covered=covered)

    def _item(
        self, subject: str, sort: Sort, words: str, *, notes: int = 1, people: int | None = None, times: int = 0,
        covered: bool = False,
    ) -> Item:  # fmt: skip
        reply = self._board.reply(subject)
        reached = len(self._reached.get(subject, ())) if people is None else people
        return Item(subject, sort, words, notes, reached, reply.status if reply else None, times, covered)


def waiting_backs(board: Board) -> list[Back]:
    """What people answered back and nobody has answered."""
    return [back for back in board.backs_in_order() if board.reply(back.id) is None]
