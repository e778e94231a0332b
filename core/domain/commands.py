"""What people may do, as frozen values that turn into events on the board their author sees."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from core.base.errors import NotThere
from core.base.ids import ContributorId, DeskId, NoteId, PictureHash, QuestionId, ThemeId, VenueId, WorkshopId, new_id
from core.domain import caution, history, keys
from core.domain.board import Board, Note, Theme
from core.domain.bodies import (
    NoteHeld,
    NoteHidden,
    NoteMoved,
    NotePutBack,
    NoteReworded,
    NoteSaid,
    NoteShown,
    NoteWithdrawn,
    PersonErased,
    QuestionAsked,
    ThemeMade,
    ThemePlaced,
    ThemeRekeyed,
    ThemeRemoved,
    ThemeRenamed,
    ThemeRestored,
    WorkshopMade,
)
from core.domain.events import Draft
from core.domain.terms import AS_USUAL, NOWHERE, Asking, Box, Mode, NoteKind, Reason, Spot
from core.domain.words import Words


class Command(Protocol):
    """Something a person wants done: one act, one undo."""

    def drafts(self, board: Board) -> Sequence[Draft]:
        """The events it takes on this board; none where it is so already. Raises a `Refused`."""


WORKSHOP_TEXTS = ("purpose", "promise", "host", "venue", "telephone")


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeWorkshop:
    """Begin a workshop in an empty log; `code` is the six signs people type to join, `asking` how its questions are
    asked."""

    title: str
    questions: tuple[str, ...]
    code: str
    purpose: str = ""
    promise: str = ""
    host: str = ""
    venue: str = ""
    telephone: str = ""
    language: str = "en"
    asking: Asking = AS_USUAL

    def drafts(self, board: Board) -> Sequence[Draft]:
        title = Words.of(self.title)
        others = {name: Words.of(getattr(self, name)) for name in WORKSHOP_TEXTS}
        said = {name: words for name, words in others.items() if words.text}
        body = WorkshopMade(
            title=title.hash,
            code=self.code,
            language=self.language,
            **{name: w.hash for name, w in said.items()},
        )
        made = Draft(WorkshopId(new_id()), body, (title, *said.values()))
        asked = zip(self.questions, keys.spread(len(self.questions)), strict=True)
        return [made, *(question_asked(text, key, self.asking) for text, key in asked)]


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """Put one more question, after the others."""

    text: str
    asking: Asking = AS_USUAL

    def drafts(self, board: Board) -> Sequence[Draft]:
        asked = board.questions_in_order()
        return [question_asked(self.text, keys.between(asked[-1].key if asked else None, None), self.asking)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SayNote:
    """Say one thing. `note_id` is made by the author's device, so that sending it twice is noticed. Where `at_door`,
    what a moderator should read first is held, with the reason; `held` is one the door knows."""

    question: QuestionId
    text: str
    contributor: ContributorId | None
    note_id: NoteId
    mode: Mode = Mode.ROOM
    kind: NoteKind | None = None
    picture: PictureHash | None = None
    late: bool = False
    at_door: bool = False
    held: Reason | None = None
    venue: VenueId | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        words = Words.of(self.text)
        held = self.held
        if self.at_door:
            held = reason_to_hold(board.asking(self.question), words.text) or held
        said = NoteSaid(
            question=self.question, words=words.hash, mode=self.mode, contributor=self.contributor,
            kind=self.kind, picture=self.picture, late=self.late, held=held, venue=self.venue,
        )  # fmt: skip
        return [Draft(self.note_id, said, (words,))]


def reason_to_hold(asking: Asking, text: str) -> Reason | None:
    """Why a note that comes in by the door waits for a moderator; None where it does not."""
    return caution.reason_to_read(text) or (Reason.READ_FIRST if asking.hold else None)


@dataclass(frozen=True, slots=True)
class RewordNote:
    """Give a note other words; `at_door` as for SayNote."""

    note_id: NoteId
    text: str
    at_door: bool = False

    def drafts(self, board: Board) -> Sequence[Draft]:
        note = find_note(board, self.note_id)
        words = Words.of(self.text)
        if words.text == board.text_of(note):
            return []
        held = reason_to_hold(board.asking(note.question), words.text) if self.at_door else None
        return [Draft(note.id, NoteReworded(words=words.hash, was=note.words, held=held), (words,))]


@dataclass(frozen=True, slots=True)
class MoveNotes:
    """Put notes, in this order, into a theme (None: out of all themes), before the note `before`, or at the end."""

    note_ids: tuple[NoteId, ...]
    theme: ThemeId | None
    before: NoteId | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        notes = [find_note(board, note_id) for note_id in self.note_ids]
        if self.theme is None:
            return [moved(note, NOWHERE) for note in notes if note.spot != NOWHERE]
        find_theme(board, self.theme)
        rekeyed, low, high = _gap(board, self.theme, self.before, frozenset(self.note_ids))
        spots = [Spot(self.theme, key) for key in keys.spread(len(notes), low, high)]
        return [
            *rekeyed,
            *(moved(note, spot) for note, spot in zip(notes, spots, strict=True) if note.spot != spot),
        ]


@dataclass(frozen=True, slots=True)
class NewTheme:
    """Make a theme, with these notes in it if any are given; `theme_id` lets the caller name it in place."""

    question: QuestionId
    name: str
    note_ids: tuple[NoteId, ...] = ()
    box: Box | None = None
    theme_id: ThemeId | None = None
    colour: int | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        theme_id = self.theme_id or ThemeId(new_id())
        words = Words.of(self.name)
        colour = next(free_colours(board, self.question)) if self.colour is None else self.colour
        made = ThemeMade(question=self.question, name=words.hash, colour=colour, box=self.box)
        notes = [find_note(board, note_id) for note_id in self.note_ids]
        spots = [Spot(theme_id, key) for key in keys.spread(len(notes))]
        return [
            Draft(theme_id, made, (words,)),
            *(moved(note, spot) for note, spot in zip(notes, spots, strict=True)),
        ]


@dataclass(frozen=True, slots=True)
class RenameTheme:
    """Give a theme another name."""

    theme_id: ThemeId
    name: str

    def drafts(self, board: Board) -> Sequence[Draft]:
        theme = find_theme(board, self.theme_id)
        words = Words.of(self.name)
        if words.text == board.text(theme.name):
            return []
        return [Draft(theme.id, ThemeRenamed(name=words.hash, was=theme.name), (words,))]


@dataclass(frozen=True, slots=True)
class PlaceTheme:
    """Move or resize a theme's frame; None lets the board place it."""

    theme_id: ThemeId
    box: Box | None

    def drafts(self, board: Board) -> Sequence[Draft]:
        theme = find_theme(board, self.theme_id)
        return [] if theme.box == self.box else [Draft(theme.id, ThemePlaced(box=self.box, was=theme.box))]


@dataclass(frozen=True, slots=True)
class RemoveTheme:
    """Remove a theme; its notes stand ungrouped."""

    theme_id: ThemeId

    def drafts(self, board: Board) -> Sequence[Draft]:
        return [Draft(find_theme(board, self.theme_id).id, ThemeRemoved())]


@dataclass(frozen=True, slots=True)
class RestoreTheme:
    """Bring a removed theme back, with its notes."""

    theme_id: ThemeId

    def drafts(self, board: Board) -> Sequence[Draft]:
        theme = board.themes.get(self.theme_id)
        if theme is None:
            raise NotThere
        return [Draft(theme.id, ThemeRestored())] if theme.removed else []


@dataclass(frozen=True, slots=True)
class HideNotes:
    """Take notes off the board, with a reason; `because` is a reason typed by hand."""

    note_ids: tuple[NoteId, ...]
    reason: Reason
    because: str = ""

    def drafts(self, board: Board) -> Sequence[Draft]:
        words = Words.of(self.because)
        typed = (words,) if words.text else ()
        return [
            Draft(
                note.id,
                NoteHidden(reason=self.reason, was=note.standing, words=words.hash if typed else None),
                typed,
            )
            for note in (find_note(board, note_id) for note_id in self.note_ids)
        ]


@dataclass(frozen=True, slots=True)
class HoldNotes:
    """Keep notes for a moderator to look at first."""

    note_ids: tuple[NoteId, ...]
    reason: Reason

    def drafts(self, board: Board) -> Sequence[Draft]:
        found = (find_note(board, note_id) for note_id in self.note_ids)
        return [Draft(note.id, NoteHeld(reason=self.reason, was=note.standing)) for note in found]


@dataclass(frozen=True, slots=True)
class ShowNotes:
    """Put held or hidden notes on the board."""

    note_ids: tuple[NoteId, ...]

    def drafts(self, board: Board) -> Sequence[Draft]:
        found = (find_note(board, note_id) for note_id in self.note_ids)
        return [Draft(note.id, NoteShown(was=note.standing)) for note in found]


@dataclass(frozen=True, slots=True)
class WithdrawNote:
    """Take a note back."""

    note_id: NoteId

    def drafts(self, board: Board) -> Sequence[Draft]:
        note = find_note(board, self.note_id)
        return [] if note.withdrawn else [Draft(note.id, NoteWithdrawn())]


@dataclass(frozen=True, slots=True)
class PutBackNote:
    """Put a note back that was taken back."""

    note_id: NoteId

    def drafts(self, board: Board) -> Sequence[Draft]:
        note = find_note(board, self.note_id)
        return [Draft(note.id, NotePutBack())] if note.withdrawn else []


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """Erase everything a contributor said. The session also removes their words from every file."""

    contributor: ContributorId

    def drafts(self, board: Board) -> Sequence[Draft]:
        return [] if self.contributor in board.erased else [Draft(self.contributor, PersonErased())]


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the desk's last act."""

    desk: DeskId

    def drafts(self, board: Board) -> Sequence[Draft]:
        return history.undo(board, self.desk)


@dataclass(frozen=True, slots=True)
class Redo:
    """Do the desk's last undone act again."""

    desk: DeskId

    def drafts(self, board: Board) -> Sequence[Draft]:
        return history.redo(board, self.desk)


def find_note(board: Board, note_id: NoteId) -> Note:
    """The note. Raises NotThere where it is unknown or erased."""
    note = board.notes.get(note_id)
    if note is None or note.erased:
        raise NotThere
    return note


def find_theme(board: Board, theme_id: ThemeId) -> Theme:
    """The theme. Raises NotThere where it is unknown or removed."""
    theme = board.themes.get(theme_id)
    if theme is None or theme.removed:
        raise NotThere
    return theme


LOOKS = 12
"""Six colours, each with its shape full and hollow: after so many a theme looks as another does."""
OWN_COLOUR = 6
"""The first of the hollow shapes, a ring: such notes look as those in no theme do, also on paper without colours."""


def free_colours(board: Board, question: QuestionId) -> Iterator[int]:
    """The colours that no theme of the question shows; then again all that one of them shows, and so on: the next theme
    looks as the fewest do. Not that of the notes that stand alone: it is only for who chooses it."""
    shown = Counter(theme.colour % LOOKS for theme in board.themes_of(question))
    looks = [look for look in range(LOOKS) if look != OWN_COLOUR]
    return (look for turn in count() for look in looks if shown[look] <= turn)


def question_asked(text: str, key: str, asking: Asking = AS_USUAL) -> Draft:
    """The draft that puts a question where its key says."""
    words = Words.of(text)
    return Draft(QuestionId(new_id()), QuestionAsked(words=words.hash, key=key, asking=asking), (words,))


def moved(note: Note, to: Spot) -> Draft:
    """The draft that puts a note somewhere."""
    return Draft(note.id, NoteMoved(to=to, was=note.spot))


def _gap(
    board: Board, theme: ThemeId, before: NoteId | None, moving: frozenset[NoteId]
) -> tuple[list[Draft], str | None, str | None]:
    """The keys to go between, and where these are equal the draft that first makes them differ."""
    filed = [(key, note_id) for key, note_id in board.in_theme.get(theme, ()) if note_id not in moving]
    ids = [note_id for _, note_id in filed]
    at = ids.index(before) if before in ids else len(ids)
    low = filed[at - 1][0] if at > 0 else None
    high = filed[at][0] if at < len(filed) else None
    if low is None or high is None or low < high:
        return [], low, high
    return _rekeyed(theme, filed, at)


def _rekeyed(
    theme: ThemeId, filed: list[tuple[str, NoteId]], at: int
) -> tuple[list[Draft], str | None, str | None]:
    """New keys for the run of equal ones around `at`, in one event (LOG.md, "The order and the fold")."""
    same = filed[at][0]
    run = [index for index, (key, _) in enumerate(filed) if key == same]
    low = filed[run[0] - 1][0] if run[0] > 0 else None
    high = filed[run[-1] + 1][0] if run[-1] + 1 < len(filed) else None
    fresh = keys.spread(len(run), low, high)
    pairs = tuple((filed[index][1], key) for index, key in zip(run, fresh, strict=True))
    return [Draft(theme, ThemeRekeyed(keys=pairs))], fresh[at - run[0] - 1], fresh[at - run[0]]
