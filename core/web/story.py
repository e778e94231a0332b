"""What a commit means for those who take part: what everybody sees change, and whose own notes something became of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.base.ids import ContributorId, NoteId, QuestionId, ThemeId, VenueId
from core.domain.board import Board
from core.domain.bodies import NoteMoved, NoteSaid, NoteSupported, PersonErased, ThemeRemoved, ThemeRestored
from core.domain.events import Event
from core.domain.registers import (
    DeskPlaced,
    NoteMerged,
    PartsRevealed,
    PersonSeated,
    PersonShown,
    QuestionRevealed,
    QuestionSet,
    ReplyGiven,
    VenuesApart,
    VenueSet,
    VenuesJoined,
)
from core.domain.replies import concerned
from core.domain.terms import NO_PARTS
from core.web.seen import Seen, SeenNote, handle_of

NOTES_IN_A_FRAME = 200
"""Where more notes than this change at once (a question is revealed), pages are told to load anew instead."""

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is told next: to everybody, and to the pages of each of these people that something of theirs changed.
    `anew`: too much for a frame."""

    told: Json
    owners: frozenset[ContributorId] = frozenset()
    anew: bool = False


class Story:
    """Knows what everybody has been told is there, so that what was never up is never even said to be gone."""

    def __init__(self, board: Board, here: VenueId | None = None) -> None:
        self._notes: set[NoteId] = set()
        self._themes: set[ThemeId] = set()
        self._counted: set[NoteId] = set()
        self.begin(board, here)

    @property
    def count(self) -> int:
        """How many notes there are, as everybody is told."""
        return len(self._counted)

    def begin(self, board: Board, here: VenueId | None = None) -> None:
        """From this board on."""
        seen = Seen(board, here)
        self._notes = {note.id for note in board.notes.values() if seen.sees(note)}
        self._themes = {theme.id for theme in board.themes.values() if seen.sees_theme(theme)}
        self._counted = {note.id for note in board.notes.values() if seen.counts(note)}

    def after(self, board: Board, events: Iterable[Event], here: VenueId | None = None) -> Chapter:
        """What these events changed, as it is now on the board for those who are here."""
        touched = Touched(board, events)
        if len(touched.notes) > NOTES_IN_A_FRAME:
            self.begin(board, here)
            return Chapter({}, touched.owners(), anew=True)
        seen = Seen(board, here)
        shown, gone = self._notes_now(seen, touched.notes)
        parts: Json = {
            "notes": [note_told(note) for note in shown],
            "gone": [handle_of(seen.workshop, note_id) for note_id in gone],
            "themes": [theme_told(seen, theme_id) for theme_id in touched.themes if self._theme(seen, theme_id)],
            "removed": [
                handle_of(seen.workshop, theme_id)
                for theme_id in touched.themes if self._is_removed(seen, theme_id)
            ],
        }  # fmt: skip
        return Chapter({name: part for name, part in parts.items() if part}, touched.owners())

    def _notes_now(self, seen: Seen, note_ids: Iterable[NoteId]) -> tuple[list[SeenNote], list[NoteId]]:
        """Those of the notes that everybody sees, and those that were up and are no more."""
        shown: list[SeenNote] = []
        gone: list[NoteId] = []
        for note_id in note_ids:
            note = seen.board.notes[note_id]
            (self._counted.add if seen.counts(note) else self._counted.discard)(note_id)
            view = seen.note(note)
            if view is not None:
                shown.append(view)
                self._notes.add(note_id)
            elif note_id in self._notes:
                gone.append(note_id)
                self._notes.discard(note_id)
        return shown, gone

    def _theme(self, seen: Seen, theme_id: ThemeId) -> bool:
        if not seen.sees_theme(seen.board.themes[theme_id]):
            return False
        self._themes.add(theme_id)
        return True

    def _is_removed(self, seen: Seen, theme_id: ThemeId) -> bool:
        if theme_id not in self._themes or seen.sees_theme(seen.board.themes[theme_id]):
            return False
        self._themes.discard(theme_id)
        return True


class Touched:
    """The notes and themes that may look different after some events, each once, in the order of the events."""

    def __init__(self, board: Board, events: Iterable[Event]) -> None:
        self._board = board
        self._notes: dict[NoteId, bool] = {}
        self._themes: dict[ThemeId, None] = {}
        self._told: set[ContributorId] = set()
        for event in events:
            self._add(event)

    @property
    def notes(self) -> list[NoteId]:
        """The notes."""
        return list(self._notes)

    @property
    def themes(self) -> list[ThemeId]:
        """The themes."""
        return list(self._themes)

    def owners(self) -> frozenset[ContributorId]:
        """Whose notes they are, and who was replied to. Support from others changes nothing about a note."""
        notes = (self._board.notes[note_id] for note_id, concerns_owner in self._notes.items() if concerns_owner)
        return frozenset(note.contributor for note in notes if note.contributor is not None) | self._told

    def _add(self, event: Event) -> None:
        note_id, theme_id = NoteId(event.subject), ThemeId(event.subject)
        if isinstance(event.body, ReplyGiven):
            self._told |= concerned(self._board, event.subject)
        if note_id in self._board.notes:
            self._note(note_id, not isinstance(event.body, NoteSupported))
            for other in self._shown_with(note_id, event):
                self._note(other, True)
        elif theme_id in self._board.themes:
            self._themes[theme_id] = None
            if isinstance(event.body, ThemeRemoved | ThemeRestored):
                self._all(filed for _, filed in self._board.in_theme.get(theme_id, ()))
        elif isinstance(event.body, PersonErased | PersonShown | PersonSeated):
            self._all(self._board.by_contributor.get(ContributorId(event.subject), ()))
        elif isinstance(event.body, QuestionRevealed | QuestionSet | PartsRevealed | VenuesJoined):
            self._question(QuestionId(event.subject))
        elif isinstance(event.body, VenuesApart | VenueSet | DeskPlaced):
            for question in self._board.questions:
                self._question(question)

    def _question(self, question: QuestionId) -> None:
        self._all(note.id for note in self._board.notes_of(question))
        self._themes.update(dict.fromkeys(theme.id for theme in self._board.themes_of(question)))

    def _shown_with(self, note_id: NoteId, event: Event) -> Iterator[NoteId]:
        """The notes that this one is or was shown as one with: where one goes, the others come back."""
        if isinstance(event.body, NoteMerged):
            heads = (event.body.to, event.body.was, self._board.merged_into(note_id))
            yield from (head for head in heads if head is not None and head in self._board.notes)
        elif not isinstance(event.body, NoteSaid | NoteMoved | NoteSupported):
            merged = (NoteId(subject) for subject, kind in self._board.settings if kind == NoteMerged.KIND)
            yield from sorted(each for each in merged if self._board.merged_into(each) == note_id)

    def _note(self, note_id: NoteId, concerns_owner: bool) -> None:
        note = self._board.notes[note_id]
        is_partly = self._board.parts(note.question) != NO_PARTS or self._board.is_apart(note.question)
        if note.spot.theme is not None and is_partly:
            self._themes[note.spot.theme] = None    # one of which nothing was seen before is seen with its first note
        self._notes[note_id] = concerns_owner or self._notes.get(note_id, False)

    def _all(self, note_ids: Iterable[NoteId]) -> None:
        for note_id in note_ids:
            self._note(note_id, True)


def note_told(note: SeenNote) -> Json:
    """A note as JSON."""
    told: Json = {"id": note.handle, "question": note.question, "theme": note.theme, "text": note.text}
    more = {"kind": note.kind, "name": note.name, "support": note.support}
    return {**told, **{name: part for name, part in more.items() if part}}


def theme_told(seen: Seen, theme_id: ThemeId) -> Json:
    """A theme as JSON."""
    theme = seen.board.themes[theme_id]
    view = seen.theme(theme)
    place = {"id": view.handle, "question": seen.number_of(theme.question)}
    return {**place, "name": view.name, "colour": view.colour, "shape": view.icon}
