"""Who a reply concerns, who still waits for one, and what changed since people last heard."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from core.base.ids import BackId, ContributorId, NoteId, ThemeId
from core.domain.board import Board, Note, NoteState
from core.domain.course import Given
from core.domain.events import Base
from core.domain.registers import NoteMerged
from core.domain.terms import Reply

STANDING = (NoteState.BOARD, NoteState.HELD)
"""Notes that wait for an answer until they have one. Of a hidden note its writer was told why; what was taken back or
erased asks for nothing."""


@dataclass(frozen=True, slots=True)
class Concern:
    """A reply that concerns somebody: `subject` is what it was given to, `notes` are those of their own that it is
    about (or the live question they supported), `history` is all that was told, in order, the newest last."""

    subject: str
    reply: Reply
    notes: tuple[NoteId, ...]
    history: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How many contributors there are whose words stand, and how many of them have an answer to all they said."""

    people: int = 0
    answered: int = 0

    @property
    def waiting(self) -> int:
        """Who has an answer to come."""
        return self.people - self.answered


def answers(board: Board, note: Note) -> tuple[str, ...]:
    """To what a reply would answer this note, the nearest first: the note itself, the one it is shown with, its theme
    and those it is shown in, too."""
    lead = board.merged_into(note.id)
    found: list[str] = [note.id] if lead is None else [note.id, lead]
    if note.is_on_board:
        own = board.theme_of(note)
        found += [] if own is None else [own.id]
        found += (id for id in board.copies.get(note.id, ()) if id in board.themes and not board.themes[id].removed)
    return tuple(dict.fromkeys(found))


def is_answered(board: Board, note: Note) -> bool:
    """Whether there is a reply to a note, be it to its theme."""
    return any(board.reply(subject) is not None for subject in answers(board, note))


def standing_notes(board: Board, contributor: ContributorId) -> list[Note]:
    """The notes of somebody that wait for an answer, or have one."""
    return [note for note in board.notes_by(contributor) if note.state in STANDING]


def is_waiting(board: Board, contributor: ContributorId) -> bool:
    """Whether something that somebody said has no answer yet."""
    return not all(is_answered(board, note) for note in standing_notes(board, contributor))


@dataclass(frozen=True, slots=True)
class Survey:
    """Whom a reply to anything would answer, by what it would be given to; and how many have been answered."""

    reached: Mapping[str, Set[ContributorId]]
    reach: Reach


def survey(board: Board) -> Survey:
    """Looks at each note once."""
    reached: dict[str, set[ContributorId]] = {}
    people: set[ContributorId] = set()
    waiting: set[ContributorId] = set()
    for note in board.notes.values():
        if note.state not in STANDING:
            continue
        subjects, concerned = answers(board, note), _concerned_by(board, note)
        for subject in subjects:
            reached.setdefault(subject, set()).update(concerned)
        if note.contributor is not None:
            people.add(note.contributor)
            if all(board.reply(subject) is None for subject in subjects):
                waiting.add(note.contributor)
    return Survey(reached, Reach(len(people), len(people) - len(waiting)))


def reach(board: Board) -> Reach:
    """How many people have been answered, of all who can be."""
    return survey(board).reach


def reached_by(board: Board, subject: str) -> frozenset[ContributorId]:
    """Whom a reply to this would answer: whose notes it is about, and who supported them."""
    notes = (note for note in _about(board, subject) if note.state in STANDING)
    return frozenset(who for note in notes for who in _concerned_by(board, note))


def _concerned_by(board: Board, note: Note) -> set[ContributorId]:
    writer = {note.contributor} if note.contributor is not None else set()
    return writer.union(board.supports.get(note.id, ()))


def _about(board: Board, subject: str) -> list[Note]:
    """The notes that a reply to this is about."""
    theme, note = board.themes.get(ThemeId(subject)), board.notes.get(NoteId(subject))
    if theme is not None:
        return [] if theme.removed else [*board.notes_in(theme.id), *board.copies_in(theme.id)]
    if note is None:
        return []
    merged = {board.notes.get(NoteId(each)) for each, kind in board.settings if kind == NoteMerged.KIND}
    return [note, *(each for each in merged if each is not None and board.merged_into(each.id) == note.id)]


def concerned(board: Board, subject: str) -> frozenset[ContributorId]:
    """Who may read a reply to this on a page of theirs: whom it reaches, or who answered back."""
    back = board.backs.get(BackId(subject))
    return reached_by(board, subject) if back is None else frozenset((back.contributor,))


def concerns(board: Board, contributor: ContributorId) -> list[Concern]:
    """The replies that concern somebody: to their notes, to the themes these are in, to the live questions they asked
    or supported; in the order of their notes."""
    notes = [note for note in board.notes_by(contributor) if not note.erased and not note.withdrawn]
    supported = [board.notes[id] for id, who in board.supports.items() if contributor in who and id in board.notes]
    notes += sorted((note for note in supported if not note.erased), key=lambda note: note.arrival)
    about: dict[str, list[NoteId]] = {}
    for note in notes:
        for subject in answers(board, note):
            about.setdefault(subject, []).append(note.id)
    return [
        Concern(subject, reply, tuple(dict.fromkeys(ids)), history(board, subject))
        for subject, ids in about.items()
        if (reply := board.reply(subject)) is not None
    ]


def history(board: Board, subject: str) -> tuple[Given, ...]:
    """What people were told about this, one after the other: without what was taken back by an undo."""
    told: list[Given] = []
    for given in board.replies_to(subject):
        if (len(told) > 1 and told[-2].reply == given.reply) or (len(told) == 1 and given.reply is None):
            told.pop()
        else:
            told.append(given)
    return tuple(told)


def changed_since(board: Board, point: Base) -> frozenset[str]:
    """To what the reply is another than it was at this point of the log (`board.seen` of then). What was changed and
    changed back is no change."""
    return frozenset(subject for subject, given in board.replies.items() if _has_changed(given, point))


def changed_for(board: Board, contributor: ContributorId, point: Base) -> list[Concern]:
    """The replies that concern somebody and are new or other since this point of the log."""
    changed = changed_since(board, point)
    return [concern for concern in concerns(board, contributor) if concern.subject in changed]


def _has_changed(given: Sequence[Given], point: Base) -> bool:
    before: Iterable[Reply | None] = (each.reply for each in given if point.covers(each.by))
    return given[-1].reply != next(reversed(list(before)), None)
