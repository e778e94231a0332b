"""What participants may see: only what is on the board and revealed, under handles that lead nowhere. An allow-list."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from core.base.ids import ContributorId, NoteId, QuestionId, RoundId, ThemeId, VenueId, WorkshopId
from core.domain import tallies
from core.domain.board import Board, Note, Theme
from core.domain.course import Question, Round
from core.domain.registers import NoteMerged
from core.domain.tallies import Votes
from core.domain.terms import NO_PARTS, NoteKind, Reveal, VoteOn

SHAPES = ("circle", "square", "star", "diamond", "cross", "triangle")
COLOURS = ("sun", "sky", "lilac", "leaf", "sand", "rose")


@dataclass(frozen=True, slots=True)
class SeenTheme:
    """A theme as participants see it."""

    handle: str
    name: str
    colour: str
    shape: str
    hollow: bool

    @property
    def icon(self) -> str:
        """The name of its shape's drawing."""
        return f"{self.shape}-hollow" if self.hollow else self.shape


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenNote:
    """A note on the board as participants see it; `question` counts from 1, `name` is what its writer chose, `support`
    how many want a live question answered, `picture` the address of its picture."""

    handle: str
    text: str
    question: int
    theme: str | None
    kind: NoteKind | None
    name: str
    support: int
    picture: str


@dataclass(frozen=True, slots=True)
class SeenPart:
    """A theme, or the notes that stand alone (None), with what is in it; `votes` once a round on them has ended."""

    theme: SeenTheme | None
    notes: tuple[SeenNote, ...]
    votes: Votes | None
    note_votes: Mapping[str, Votes]

    @property
    def colour(self) -> str:
        """The colour of its notes."""
        return self.theme.colour if self.theme else "white"


@dataclass(frozen=True, slots=True)
class SeenQuestion:
    """A question of the wall. Of one that is not revealed there is only its text, and whether it will be."""

    number: int
    text: str
    reveal: Reveal
    is_open: bool
    parts: tuple[SeenPart, ...]


@lru_cache(maxsize=65_536)
def handle_of(workshop: WorkshopId, id: NoteId | ThemeId | RoundId | str) -> str:
    """A name for pages and streams from which the id cannot be found."""
    return hashlib.blake2b(id.encode(), key=workshop.encode()[:32], digest_size=8).hexdigest()


def picture_of(board: Board, note: Note) -> str:
    """Where a note's picture is looked at; empty where it has none."""
    if board.workshop is None or note.picture is None or note.erased:
        return ""
    return f"/{board.workshop.code}/picture/{handle_of(board.workshop.id, note.id)}"


class Seen:
    """One board through participants' eyes; `here` is the venue they are at, None where there is but one place."""

    def __init__(self, board: Board, here: VenueId | None = None) -> None:
        self.board, self.here = board, here
        self.workshop = board.workshop.id if board.workshop else WorkshopId("")
        self._number = {question.id: at for at, question in enumerate(board.questions_in_order(), 1)}

    @cached_property
    def _revealed(self) -> frozenset[QuestionId]:
        return frozenset(id for id in self.board.questions if self.board.is_revealed(id))

    @cached_property
    def _counted(self) -> frozenset[QuestionId]:
        """The questions of which others may know how many notes there are."""
        return self._revealed | {id for id in self.board.questions if self.board.asking(id).counts}

    @cached_property
    def _partly(self) -> frozenset[QuestionId]:
        """The questions of which everybody sees some notes before the others."""
        asked = (id for id in self.board.questions if id not in self._revealed)
        return frozenset(id for id in asked if self.board.parts(id) != NO_PARTS)

    @cached_property
    def _apart(self) -> frozenset[QuestionId]:
        """The questions to which only what was said here is seen here."""
        return frozenset(id for id in self.board.questions if self.here is not None and self.board.is_apart(id))

    def is_up(self, note: Note) -> bool:
        """Whether everybody here may see it."""
        return self.board.is_seen_by_all(note) and self._is_of_here(note)

    def _is_of_here(self, note: Note) -> bool:
        return note.question not in self._apart or self.board.venue_of(note) == self.here

    def sees(self, note: Note) -> bool:
        """Whether everybody sees it, and it is not shown as one with another that everybody sees."""
        if not note.is_on_board or not self._is_revealed(note) or not self._is_of_here(note):
            return False
        head = self.board.merged_into(note.id)
        return head is None or not self.is_up(self.board.notes[head])

    def _is_revealed(self, note: Note) -> bool:
        return note.question in self._revealed or (note.question in self._partly and self.board.is_in_parts(note))

    def counts(self, note: Note) -> bool:
        """Whether it is in the number of notes that everybody is told."""
        is_told = note.question in self._counted or self._is_revealed(note)
        return note.is_on_board and is_told and self._is_of_here(note)

    def note(self, note: Note) -> SeenNote | None:
        """The note; None unless everybody sees it."""
        return self._seen(note) if self.sees(note) else None

    def theme(self, theme: Theme) -> SeenTheme:
        """The theme with its colour and shape; after six they come again, hollow."""
        return SeenTheme(
            handle=handle_of(self.workshop, theme.id),
            name=self.board.text(theme.name),
            colour=COLOURS[theme.colour % len(COLOURS)],
            shape=SHAPES[theme.colour % len(SHAPES)],
            hollow=theme.colour // len(SHAPES) % 2 == 1,
        )

    def sees_theme(self, theme: Theme) -> bool:
        """Whether everybody sees it: its name may say what the notes in it say."""
        if theme.removed:
            return False
        if theme.question in self._revealed and theme.question not in self._apart:
            return True
        is_open = theme.question in self._revealed | self._partly
        return is_open and any(map(self.sees, self.board.notes_in(theme.id)))

    def wall(self) -> tuple[SeenQuestion, ...]:
        """Everything on the board that is revealed, by question and theme; live questions have a page of their own."""
        questions = (self.board.questions[id] for id in self._number)
        return tuple(self._question(question) for question in questions if not self.board.asking(question.id).live)

    def number_of(self, question: QuestionId) -> int:
        """A question's place, counted from 1."""
        return self._number.get(question, 0)

    def _seen(self, note: Note) -> SeenNote:
        theme = self.board.theme_of(note)
        return SeenNote(
            handle=handle_of(self.workshop, note.id),
            text=self.board.text_of(note),
            question=self.number_of(note.question),
            theme=handle_of(self.workshop, theme.id) if theme else None,
            kind=note.kind,
            name=self.name_beside(note),
            picture=picture_of(self.board, note),
            support=len(self.supporters(note)) if self.board.asking(note.question).live else 0,
        )

    @cached_property
    def _merged(self) -> Mapping[NoteId, tuple[NoteId, ...]]:
        """The notes that are shown as one with another, by that one."""
        found: dict[NoteId, list[NoteId]] = {}
        for note_id in sorted(NoteId(subject) for subject, kind in self.board.settings if kind == NoteMerged.KIND):
            head = self.board.merged_into(note_id)
            if head is not None:
                found.setdefault(head, []).append(note_id)
        return {head: tuple(merged) for head, merged in found.items()}

    def all_shown_as(self, note: NoteId) -> tuple[NoteId, ...]:
        """The note, and those that are shown as one with it."""
        return (note, *self._merged.get(note, ()))

    def supporters(self, note: Note) -> frozenset[ContributorId]:
        """Who wants this live question answered, or one that is shown with it; each once."""
        return tallies.supporters(self.board, self.all_shown_as(note.id))

    def name_beside(self, note: Note) -> str:
        """The name its writer chose to be shown with, where this question lets people choose one."""
        return self._name(note.contributor, note.question) if note.contributor else ""

    def _name(self, contributor: ContributorId, question: QuestionId) -> str:
        shown = self.board.shown(contributor)
        return self.board.text(shown.name) if shown.naming in self.board.asking(question).namings else ""

    def _question(self, question: Question) -> SeenQuestion:
        is_open = question.id in self._revealed | self._partly
        return SeenQuestion(
            number=self.number_of(question.id),
            text=self.board.text(question.words),
            reveal=self.board.asking(question.id).reveal,
            is_open=is_open,
            parts=self._parts(question.id) if is_open else (),
        )

    def _parts(self, question: QuestionId) -> tuple[SeenPart, ...]:
        board, result = self.board, self._result(question)
        themes = filter(self.sees_theme, board.themes_of(question))
        themed = [self._part(theme, board.notes_in(theme.id), result) for theme in themes]
        alone = self._part(None, board.loose_notes(question), result)
        return (*themed, alone) if alone.notes else tuple(themed)

    def _part(self, theme: Theme | None, notes: Iterable[Note], result: "Result | None") -> SeenPart:
        shown = [note for note in notes if self.sees(note)]
        seen = tuple(self._seen(note) for note in shown)
        shown_theme = self.theme(theme) if theme else None
        if result is None:
            return SeenPart(shown_theme, seen, None, {})
        if result.on is VoteOn.THEMES:
            return SeenPart(shown_theme, seen, result.of(theme.id) if theme else None, {})
        by_note = {each.handle: result.of(note.id) for note, each in zip(shown, seen, strict=True)}
        return SeenPart(shown_theme, seen, Votes.together(by_note.values()), by_note)

    def _result(self, question: QuestionId) -> "Result | None":
        """How the last round of a question ended; None while it is open: people choose before they see others' dots."""
        rounds = [each for each in self.board.rounds_in_order() if each.question == question]
        if not rounds or self.board.is_round_open(rounds[-1].id):
            return None
        return Result.of_round(self.board, rounds[-1])


@dataclass(frozen=True, slots=True)
class Result:
    """The dots of a round that has ended, by the id of what they lie on."""

    on: VoteOn
    phones: Mapping[str, int]
    in_the_room: Mapping[str, int]

    @classmethod
    def of_round(cls, board: Board, made: Round) -> "Result":
        """How a round ended, as everybody may know it."""
        return cls(made.on, tallies.counted(board, made.id).dots, tallies.in_the_room(board, made.id))

    def of(self, target: str) -> Votes:
        """The dots on one theme or note."""
        return Votes(self.phones.get(target, 0), self.in_the_room.get(target, 0))


def can_be_chosen(seen: Seen, made: Round) -> list[Theme] | list[Note]:
    """What dots may be put on in a round, in the order of the wall."""
    if made.on is VoteOn.THEMES:
        return seen.board.themes_of(made.question)
    themed = [note for theme in seen.board.themes_of(made.question) for note in seen.board.notes_in(theme.id)]
    return [note for note in (*themed, *seen.board.loose_notes(made.question)) if seen.sees(note)]
