"""Which themes loose notes may make or join, by the words they share: offline, the same each time, and told why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from core.base.ids import NoteId, QuestionId, ThemeId
from core.domain.board import Board
from core.domain.grouping import own_lane
from core.sense.words import Vector, Vocabulary, likeness, middle

FITS = 0.22
"""How like its middle a note is that joins a theme which is there already."""
JOINS = 0.17
"""How like its middle a note is that joins a group."""
NEAR = 0.18
"""How like each other two notes are that may begin a group."""
SAME = 0.4
"""Two groups as like as this are one."""
UNLIKE = 0.12
"""A note that is less like all others stands on its own."""
MOST = 12
"""So many new themes are suggested: more than that nobody reads."""
ROUNDS = 3
LEAST = 3
"""The fewest notes of a new theme; with fewer loose notes nothing is said to stand on its own."""
REASONS = 3
NAMING = 2


class Way(Enum):
    """What is suggested."""

    INTO_THEME = auto()
    NEW_THEME = auto()
    ON_THEIR_OWN = auto()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be done with some loose notes. `words` is why: what they share, what tells most first."""

    way: Way
    notes: tuple[NoteId, ...]
    words: tuple[str, ...] = ()
    theme: ThemeId | None = None

    @property
    def name(self) -> str:
        """What a new theme would be called."""
        words = ", ".join(self.words[:NAMING])
        return words[:1].upper() + words[1:]

    def only(self, notes: Collection[NoteId]) -> "Suggestion":
        """The same for these of its notes."""
        return replace(self, notes=tuple(note for note in self.notes if note in notes))


def suggest(board: Board, question: QuestionId) -> tuple[Suggestion, ...]:
    """What may be done with the notes in no theme. Nothing is said of those that somebody has placed."""
    lane = own_lane(question)
    themes = [theme for theme in board.themes_of(question) if theme.id != lane]
    loose = [note.id for note in board.loose_notes(question)]
    notes = board.notes_of(question)
    names = [board.text(theme.name) for theme in themes]
    vocabulary = Vocabulary([*(board.text_of(note) for note in notes), *names])
    vectors = {note.id: vector for note, vector in zip(notes, vocabulary.vectors, strict=False)}
    named = zip(themes, vocabulary.vectors[len(notes) :], strict=True)
    middles = [middle([name, *(vectors[note.id] for note in board.notes_in(theme.id))]) for theme, name in named]
    finder = _Finder(loose, vectors, vocabulary)
    return (*finder.into([theme.id for theme in themes], middles), *finder.new(), *finder.alone())


class _Finder:
    """Goes over the loose notes three times; each note is in one suggestion at most."""

    def __init__(self, loose: Sequence[NoteId], vectors: Mapping[NoteId, Vector], vocabulary: Vocabulary) -> None:
        self._left = dict.fromkeys(loose)    # in order of arrival
        self._vectors, self._vocabulary = vectors, vocabulary
        self._likest: dict[NoteId, float] = {}
        self._with: dict[str, list[NoteId]] = {}
        for note, vector in vectors.items():
            for stem in vector:
                self._with.setdefault(stem, []).append(note)

    def into(self, themes: Sequence[ThemeId], middles: Sequence[Vector]) -> Iterator[Suggestion]:
        """Notes that are like those of a theme."""
        for theme, notes, at in zip(themes, self._nearest(middles, FITS), middles, strict=True):
            words = self._shared(notes, at, least=1)
            if words:
                yield Suggestion(Way.INTO_THEME, self._taken(notes), words, theme)

    def new(self) -> Iterator[Suggestion]:
        """Groups of notes that are like each other, the largest first."""
        middles = self._settled(joined([self._middle(star) for star in self._stars()])[:MOST])
        groups = sorted(zip(self._nearest(middles), middles, strict=True), key=lambda pair: -len(pair[0]))
        for notes, at in groups:
            words = self._shared(notes, at, least=max(2, len(notes) // 8))
            if len(notes) >= LEAST and words:
                yield Suggestion(Way.NEW_THEME, self._taken(notes), words)

    def alone(self) -> Iterator[Suggestion]:
        """Notes that are like no others, wherever those lie."""
        notes = [note for note in self._left if self._likest[note] < UNLIKE]
        if notes and len(self._vectors) > LEAST:
            yield Suggestion(Way.ON_THEIR_OWN, self._taken(notes))

    def _stars(self) -> list[list[NoteId]]:
        """Each note that has most others near it, with these, the largest first; none is in two."""
        near = {note: self._near(note) for note in self._left}
        taken: set[NoteId] = set()
        stars: list[list[NoteId]] = []
        for note in sorted(near, key=lambda each: -sum(near[each].values())):    # stable: the earlier of two first
            star = [each for each in near[note] if each not in taken]
            if note not in taken and len(star) >= LEAST:
                taken.update(star)
                stars.append(star)
        return sorted(stars, key=lambda star: -len(star))

    def _near(self, note: NoteId) -> dict[NoteId, float]:
        """The loose notes near this one, itself among them."""
        likenesses = self._likenesses(note)
        self._likest[note] = max(likenesses.values(), default=0.0)
        return {note: 1.0, **{each: like for each, like in likenesses.items() if like >= NEAR and each in self._left}}

    def _settled(self, middles: list[Vector]) -> list[Vector]:
        """Groups of about the same notes round after round: each note goes to the one it is most like."""
        for _round in range(ROUNDS):
            middles = joined([self._middle(group) for group in self._nearest(middles) if len(group) >= LEAST])
        return middles

    def _middle(self, notes: Sequence[NoteId]) -> Vector:
        return middle([self._vectors[note] for note in notes])

    def _likenesses(self, note: NoteId) -> dict[NoteId, float]:
        """How like this note all are that share a word with it."""
        found: dict[NoteId, float] = {}
        for stem, value in self._vectors[note].items():
            for other in self._with[stem]:
                if other != note:
                    found[other] = found.get(other, 0.0) + value * self._vectors[other][stem]
        return found

    def _nearest(self, middles: Sequence[Vector], least: float = JOINS) -> list[list[NoteId]]:
        """For each of the middles the notes that are most like it, and like enough."""
        groups: list[list[NoteId]] = [[] for _ in middles]
        for note in self._left:
            likenesses = [likeness(self._vectors[note], each) for each in middles]
            best = max(likenesses, default=0.0)
            if best >= least:
                groups[likenesses.index(best)].append(note)
        return groups

    def _shared(self, notes: Sequence[NoteId], at: Vector, least: int) -> tuple[str, ...]:
        """The words of the middle, in so many of these notes at least, that tell most of them from all others."""
        having: dict[str, int] = {}
        for note in notes:
            for stem in self._vectors[note].keys() & at.keys():
                having[stem] = having.get(stem, 0) + 1
        telling = {stem: n * n / len(self._with[stem]) * at[stem] for stem, n in having.items() if n >= least}
        best = sorted(telling, key=lambda stem: (-telling[stem], stem))[:REASONS]
        return tuple(self._vocabulary.word(stem) for stem in best)

    def _taken(self, notes: Sequence[NoteId]) -> tuple[NoteId, ...]:
        for note in notes:
            del self._left[note]
        return tuple(notes)


def joined(middles: Sequence[Vector]) -> list[Vector]:
    """Those that are much alike become one."""
    found: list[Vector] = []
    for each in middles:
        same = next((at for at, other in enumerate(found) if likeness(each, other) >= SAME), None)
        if same is None:
            found.append(each)
        else:
            found[same] = middle([found[same], each])
    return found
