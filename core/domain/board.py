"""The board: what a workshop looks like now. Frozen, so that any thread may read it without a lock."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from immutables import Map
from msgspec import field

from core.base.ids import (
    ActId,
    ContributorId,
    DeskId,
    NoteId,
    PictureHash,
    QuestionId,
    ThemeId,
    VenueId,
    WordsHash,
)
from core.domain.course import Course, Question
from core.domain.events import Base, Event
from core.domain.registers import NoteMerged, PersonShown
from core.domain.terms import (
    NO_PARTS,
    NOWHERE,
    PLAINLY_SHOWN,
    UNNAMED,
    Box,
    Carried,
    Mode,
    NoteKind,
    Parts,
    Shown,
    Spot,
    Standing,
    Visibility,
)
from core.domain.values import Frozen


class NoteState(StrEnum):
    """Where a note counts in the balance: the first that applies, in this order."""

    ERASED = "erased"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    HELD = "held"
    BOARD = "board"


class Note(Frozen, frozen=True, kw_only=True):
    """One thing one contributor said. `arrival` counts the notes in log order; each `*_by` is what set
    it; `hidden_by` are the hidings that whoever shows it must have seen."""

    id: NoteId
    question: QuestionId
    words: WordsHash
    contributor: ContributorId | None
    mode: Mode
    arrival: int
    said: Event
    kind: NoteKind | None = None
    picture: PictureHash | None = None
    late: bool = False
    venue: VenueId | None = None
    spot: Spot = NOWHERE
    standing: Standing = PLAINLY_SHOWN
    withdrawn: bool = False
    erased: bool = False
    reworded_by: Event | None = None
    moved_by: Event | None = None
    shown_by: Event | None = None
    hidden_by: tuple[Event, ...] = ()
    withdrawn_by: Event | None = None

    @property
    def state(self) -> NoteState:
        """Where it counts in the balance."""
        if self.erased:
            return NoteState.ERASED
        if self.withdrawn:
            return NoteState.WITHDRAWN
        if self.standing.visibility is Visibility.HIDDEN:
            return NoteState.HIDDEN
        return NoteState.HELD if self.standing.visibility is Visibility.HELD else NoteState.BOARD

    @property
    def is_on_board(self) -> bool:
        """Whether everybody may see it."""
        return self.state is NoteState.BOARD


class Theme(Frozen, frozen=True, kw_only=True):
    """A named group of notes. A removed theme keeps its notes for when it is restored."""

    id: ThemeId
    question: QuestionId
    name: WordsHash
    made: Event
    arrival: int
    colour: int = 0
    box: Box | None = None
    carried: Carried | None = None
    folded: bool = False
    removed: bool = False
    renamed_by: Event | None = None
    placed_by: Event | None = None
    removed_by: Event | None = None


class Balance(Frozen, frozen=True):
    """Where every note that was received is: the five always add up to `received`."""

    board: int = 0
    held: int = 0
    hidden: int = 0
    withdrawn: int = 0
    erased: int = 0

    @property
    def received(self) -> int:
        """All notes that were ever thanked for."""
        return self.board + self.held + self.hidden + self.withdrawn + self.erased


class Conflict(Frozen, frozen=True):
    """A value that was overwritten by someone who had not seen it: `kept` is on the board, each of `lost` is not."""

    subject: str
    name: str
    kept: Event
    lost: tuple[Event, ...]


class Done(Frozen, frozen=True):
    """An act of a desk that can be taken back or done again."""

    events: tuple[Event, ...]

    @property
    def act(self) -> ActId:
        """Its name."""
        return self.events[0].act


class History(Frozen, frozen=True):
    """What one desk can undo and redo, oldest first."""

    undo: tuple[Done, ...] = ()
    redo: tuple[Done, ...] = ()


class Board(Course, frozen=True, kw_only=True):
    """Everything the log says, folded. Maps have no order: the methods below give things in theirs."""

    notes: Map[NoteId, Note] = field(default_factory=Map)
    themes: Map[ThemeId, Theme] = field(default_factory=Map)
    texts: Map[WordsHash, str] = field(default_factory=Map)
    home: WordsHash | None = None
    in_theme: Map[ThemeId, tuple[tuple[str, NoteId], ...]] = field(default_factory=Map)
    loose: Map[QuestionId, Map[int, NoteId]] = field(default_factory=Map)
    by_contributor: Map[ContributorId, tuple[NoteId, ...]] = field(default_factory=Map)
    people: Map[Mode, int] = field(default_factory=Map)
    erased: Map[ContributorId, Event] = field(default_factory=Map)
    erased_at: Map[ContributorId, frozenset[DeskId]] = field(default_factory=Map)
    conflicts: Map[tuple[str, str], Conflict] = field(default_factory=Map)
    histories: Map[DeskId, History] = field(default_factory=Map)
    balance: Balance = Balance()
    seen: Base = Base()
    events: int = 0
    unknown: int = 0

    def text(self, words: WordsHash | None) -> str:
        """The text of these words; empty where there are none or they were erased."""
        return self.texts.get(words, "") if words is not None else ""

    @property
    def home_address(self) -> str:
        """Where the workshop's online home is found; empty where it has none."""
        return self.text(self.home)

    def title(self) -> str:
        """The workshop's title."""
        return self.text(self.workshop.title) if self.workshop else ""

    def text_of(self, note: Note) -> str:
        """A note's words as they are now; empty where they were erased."""
        return "" if note.erased else self.text(note.words)

    def themes_of(self, question: QuestionId) -> list[Theme]:
        """The themes of a question, in the order they were made; without removed ones."""
        found = [theme for theme in self.themes.values() if theme.question == question and not theme.removed]
        return sorted(found, key=lambda theme: (theme.arrival, theme.id))

    def notes_in(self, theme: ThemeId) -> list[Note]:
        """The notes on the board in this theme, in its order."""
        return [note for note in self._filed(theme) if note.is_on_board]

    def copies_in(self, theme: ThemeId) -> list[Note]:
        """The notes on the board that lie elsewhere and are shown in this theme, too, in arrival order."""
        found = (self.notes[id] for id, themes in self.copies.items() if theme in themes and id in self.notes)
        shown = [note for note in found if note.is_on_board and note.spot.theme != theme]
        return sorted(shown, key=lambda note: note.arrival)

    def loose_notes(self, question: QuestionId) -> list[Note]:
        """The notes on the board in no theme, in arrival order."""
        ids = list(self.loose.get(question, Map()).values())
        ids += (id for theme in self.removed_themes(question) for _, id in self.in_theme.get(theme.id, ()))
        found = (self.notes[id] for id in ids)
        return sorted((note for note in found if note.is_on_board), key=lambda note: note.arrival)

    def removed_themes(self, question: QuestionId) -> list[Theme]:
        """The themes of a question that were removed."""
        return [theme for theme in self.themes.values() if theme.question == question and theme.removed]

    def questions_in_order(self) -> list[Question]:
        """All questions, as the facilitator ordered them; of those that are no longer asked only what has notes."""
        dropped = {id for id in self.questions if self.is_dropped(id)}
        if dropped:
            dropped -= {note.question for note in self.notes.values()}
        listed = (question for question in self.questions.values() if question.id not in dropped)
        return sorted(listed, key=lambda question: (question.key, question.id))

    def theme_of(self, note: Note) -> Theme | None:
        """The theme a note shows in; None while it is ungrouped or its theme is removed."""
        theme = self.themes.get(note.spot.theme) if note.spot.theme else None
        return None if theme is None or theme.removed else theme

    def notes_of(self, question: QuestionId, states: Iterable[NoteState] = (NoteState.BOARD,)) -> list[Note]:
        """The notes of a question in these states, in arrival order."""
        wanted = frozenset(states)
        found = (note for note in self.notes.values() if note.question == question and note.state in wanted)
        return sorted(found, key=lambda note: note.arrival)

    def notes_by(self, contributor: ContributorId) -> list[Note]:
        """All notes of a contributor in arrival order, also those that are not on the board."""
        return [self.notes[id] for id in self.by_contributor.get(contributor, ())]

    def history(self, desk: DeskId) -> History:
        """What this desk can undo and redo."""
        return self.histories.get(desk, History())

    def conflict_list(self) -> list[Conflict]:
        """What waits for somebody to choose, in a steady order."""
        return [self.conflicts[key] for key in sorted(self.conflicts)]

    def is_seen_by_all(self, note: Note) -> bool:
        """Whether everybody who takes part may see this note: the one rule for pages, streams and the projector."""
        return note.is_on_board and (self.is_revealed(note.question) or self.is_in_parts(note))

    def venue_of(self, note: Note) -> VenueId | None:
        """The venue at which a note was said; None where nobody knows."""
        return self._venue(note.venue, note.mode, note.said.desk)

    def is_in_parts(self, note: Note) -> bool:
        """Whether a note is of a theme, a table or a mode that was revealed before the rest of its question."""
        return self.is_of(note, self.parts(note.question))

    def is_of(self, note: Note, parts: Parts) -> bool:
        """Whether a note is of one of these themes, tables or modes."""
        if parts == NO_PARTS:
            return False
        theme = self.theme_of(note)
        in_theme = theme is not None and theme.id in parts.themes
        return in_theme or note.mode in parts.modes or self.table(note.contributor) in parts.tables

    def answer(self, note: NoteId) -> str:
        """What a note was answered, or why it cannot be; empty where it was not."""
        reply = self.reply(note)
        return "" if reply is None else self.text(reply.text) or self.text(reply.because)

    def merged_into(self, note: NoteId) -> NoteId | None:
        """The note that this one is shown with; never one that is itself shown with another."""
        into: NoteId | None = self.setting(note, NoteMerged, None)
        passed = {note}
        while into is not None and into not in passed and into in self.notes:
            further: NoteId | None = self.setting(into, NoteMerged, None)
            if further is None or self.notes[into].erased:
                return into
            passed.add(into)
            into = further
        return None

    def shown(self, contributor: ContributorId | None) -> Shown:
        """How a contributor chose to be shown."""
        if contributor is None or contributor in self.erased:
            return UNNAMED
        return self.setting(contributor, PersonShown, UNNAMED)

    def name(self, contributor: ContributorId | None) -> str:
        """The name others see beside a contributor's notes; empty for most."""
        return self.text(self.shown(contributor).name)

    def is_known(self, contributor: ContributorId) -> bool:
        """Whether this workshop has ever heard of a contributor, be it one whose slip was only printed, or who was
        erased since."""
        return contributor in self.joined or contributor in self.erased

    def _filed(self, theme: ThemeId) -> Iterator[Note]:
        return (self.notes[id] for _, id in self.in_theme.get(theme, ()))


EMPTY = Board()
