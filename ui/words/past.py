"""What was done, in words for a list: what, about what, where and when; and why it cannot be undone."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from core.base.bidi import isolated
from core.base.ids import DeskId, NoteId
from core.base.language import _, ngettext
from core.domain.board import Board, Done
from core.domain.bodies import (
    AnsweredBack,
    NotePutBack,
    NoteReworded,
    NoteSaid,
    NoteSupported,
    NoteWithdrawn,
    PersonErased,
    QuestionAsked,
    Unknown,
    VoteCast,
    WorkshopMade,
)
from core.domain.events import Event
from core.domain.past import Deed
from core.domain.registers import PersonShown, ReplyGiven
from ui.answering.told import heading
from ui.words.undo_words import describe


class Subject(Enum):
    """What a deed is about."""

    NOTES = auto()
    THEMES = auto()
    VOTES = auto()
    ANSWERS = auto()
    RUNNING = auto()


OF_KIND = {"note": Subject.NOTES, "theme": Subject.THEMES, "round": Subject.VOTES, "vote": Subject.VOTES,
           "votes": Subject.VOTES, "reply": Subject.ANSWERS, "back": Subject.ANSWERS}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the history."""

    deed: Deed
    title: str
    about: str
    foot: str
    subject: Subject

    @property
    def spoken(self) -> str:
        """All of it, for ears."""
        return ", ".join(filter(None, (self.title, self.about, self.foot)))


def row_of(deed: Deed, board: Board, desks: Sequence[DeskId]) -> Row:
    """A deed in words; `desks` are those that took part, this one first."""
    where = _("Phones") if deed.is_by_contributors else desk_name(deed.desk, desks)
    foot = " · ".join(filter(None, (where, moment(deed.at), _("taken back") if deed.taken_back else "")))
    return Row(deed, title_of(deed, board), about_of(deed, board), foot, subject_of(deed))


def title_of(deed: Deed, board: Board) -> str:
    """What was done."""
    if deed.is_by_contributors:
        return crowd_words(deed.events)
    if deed.about is not None:
        told = title_of(deed.root, board)
        return _("Done again: {act}").format(act=told) if deed.is_redo else _("Taken back: {act}").format(act=told)
    return next(filter(None, map(_beginning, deed.events)), "") or describe(Done(deed.events), board)


def _beginning(event: Event) -> str:
    """What cannot be undone has no other words."""
    match event.body:
        case WorkshopMade():
            return _("The workshop was made")
        case QuestionAsked():
            return _("New question")
        case PersonErased():
            return _("All of one person was erased")
        case Unknown():
            return _("Something that a newer Sayback did")
    return ""


def crowd_words(events: Sequence[Event]) -> str:
    """What people did, counted."""
    counts = Counter(type(event.body) for event in events)
    words = [CROWD[kind](count).format(n=count) for kind, count in counts.items() if kind in CROWD]
    return ", ".join(words) or _("Something people did")


CROWD: dict[type, Callable[[int], str]] = {
    NoteSaid: lambda n: ngettext("{n} new note", "{n} new notes", n),
    NoteReworded: lambda n: ngettext("{n} note changed", "{n} notes changed", n),
    NoteWithdrawn: lambda n: ngettext("{n} note taken back", "{n} notes taken back", n),
    NotePutBack: lambda n: ngettext("{n} note put back", "{n} notes put back", n),
    VoteCast: lambda n: ngettext("{n} vote placed", "{n} votes placed", n),
    AnsweredBack: lambda n: ngettext("{n} person answered back", "{n} people answered back", n),
    NoteSupported: lambda n: ngettext("{n} tap on a question", "{n} taps on questions", n),
    PersonShown: lambda n: ngettext("{n} name chosen", "{n} names chosen", n),
}


def about_of(deed: Deed, board: Board) -> str:
    """The words of the first note of it, or of what was answered, as they are now; what was erased has none."""
    ids = dict.fromkeys(NoteId(event.subject) for event in deed.root.events if event.subject in board.notes)
    words = (board.text_of(board.notes[each]) for each in ids)
    first = isolated(next(filter(None, words), "") or _answered(deed, board))
    more = len(ids) - 1
    if not first or more < 1:
        return first
    return ngettext("{words} and {n} more", "{words} and {n} more", more).format(words=first, n=more)


def _answered(deed: Deed, board: Board) -> str:
    """What an answer was to: a theme, a pledge, what somebody answered back."""
    subjects = (event.subject for event in deed.root.events if isinstance(event.body, ReplyGiven))
    return next(filter(None, (heading(board, subject) for subject in subjects)), "")


def subject_of(deed: Deed) -> Subject:
    """What kind of thing it is about."""
    kinds = [event.body.KIND.partition(".")[0] for event in deed.root.events if not isinstance(event.body, Unknown)]
    return next((OF_KIND[kind] for kind in kinds if kind in OF_KIND), Subject.RUNNING)


def subject_name(subject: Subject) -> str:
    """In the list of what to show."""
    return {
        Subject.NOTES: _("Notes"),
        Subject.THEMES: _("Themes"),
        Subject.VOTES: _("Votes"),
        Subject.ANSWERS: _("Answers"),
        Subject.RUNNING: _("Questions, steps, timer"),
    }[subject]


def desk_name(desk: DeskId, desks: Sequence[DeskId]) -> str:
    """Desks have no names: the others are counted."""
    number = desks.index(desk) if desk in desks else len(desks)
    return _("Desk {n}").format(n=number + 1) if number else _("This desk")


def moment(at: datetime) -> str:
    """The time of day, here; before today with its date."""
    local = at.astimezone()
    clock = f"{local:%H:%M}"
    return clock if local.date() == datetime.now().astimezone().date() else f"{local:%d.%m.} {clock}"


def why_not(deed: Deed, board: Board, desk: DeskId) -> str:
    """Why it cannot be undone from here; empty where it can."""
    history = board.history(desk)
    if deed.is_by_contributors:
        return _("People did this on their phones. You can hold or hide a note.")
    if deed.desk != desk:
        return _("Another desk did this. It can only be undone there.")
    if history.undo and history.undo[-1].act == deed.act:
        return ""
    if any(done.act == deed.act for done in history.undo):
        return _("You did other things after this. Undo them first, one by one: Ctrl+Z.")
    return _("This was taken back already.") if deed.taken_back else _("This cannot be undone.")
