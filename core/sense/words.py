"""Which words of a text tell what it is about, in any script, and how much each tells among many texts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from math import log, sqrt
from pathlib import Path

WORD = re.compile(r"[^\W\d_](?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff])+")
"""Two letters or more, with the marks that belong to them, which Python does not count as letters."""
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
"""Scripts that put no spaces between words: of these every two signs count as a word."""
STEM = 5
"""Words with the same beginning count as one: police and policing, Wohnung and Wohnungen."""
COMMONEST = 0.12
"""A word in more texts than this share says nothing, in whatever language: the, de, और."""
FEW = 8
"""So many texts may share a word, however few texts there are."""
SMALL_WORDS = Path(__file__).parents[2] / "resources" / "words" / "small-words.txt"
LONG = 6
"""Short words tell less than those of so many letters: in all languages the small words that join others are short."""
SHORTENED = 4

Vector = dict[str, float]


def words_in(text: str) -> list[str]:
    """The words of a text, in small letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    found = WORD.findall(UNSPACED.sub(" ", folded))
    runs = UNSPACED.findall(folded)
    return [*found, *(run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1)))]


@cache
def small_words() -> frozenset[str]:
    """Words of some languages that tell nothing, however seldom they are: whether, oherwydd, ponieważ."""
    lines = SMALL_WORDS.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


class Vocabulary:
    """The words of many texts: what each is told by, and how much it tells."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._seen: dict[str, Counter[str]] = {}
        words = [[word for word in words_in(text) if word not in small_words()] for text in texts]
        self._known = {word for each in words for word in each}
        self.texts_with: Counter[str] = Counter()
        self._stems = [self._stems_of(each) for each in words]
        for stems in self._stems:
            self.texts_with.update(stems)
        most = max(FEW, COMMONEST * len(texts))
        telling = {stem: n for stem, n in self.texts_with.items() if 1 < n <= most}
        self._weights = {stem: log(1 + len(texts) / n) * self._share(stem) for stem, n in telling.items()}
        self.vectors = [self._vector(stems) for stems in self._stems]

    def word(self, stem: str) -> str:
        """What people wrote most often for a stem."""
        return min(self._seen[stem].items(), key=lambda pair: (-pair[1], pair[0]))[0]

    def _share(self, stem: str) -> float:
        """How much of its weight a stem has: all of it where it is long, or of a script in which words are short."""
        return 1.0 if UNSPACED.match(stem) else min(LONG, len(self.word(stem)) - 1) / LONG

    def _stems_of(self, words: Sequence[str]) -> Counter[str]:
        stems: Counter[str] = Counter()
        for word in words:
            shorter = word[:-1] if len(word) >= SHORTENED and word[:-1] in self._known else word    # roads: road
            stem = shorter[:STEM]
            stems[stem] += 1
            self._seen.setdefault(stem, Counter())[word] += 1
        return stems

    def _vector(self, stems: Mapping[str, int]) -> Vector:
        return scaled({stem: (1 + log(n)) * self._weights[stem] for stem, n in stems.items() if stem in self._weights})


def scaled(vector: Vector) -> Vector:
    """As long as one."""
    length = sqrt(sum(value * value for value in vector.values()))
    return {stem: value / length for stem, value in vector.items()} if length else {}


def likeness(one: Vector, other: Vector) -> float:
    """From 0, no word shared, to 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[stem] for stem, value in one.items() if stem in other)


def middle(vectors: Sequence[Vector]) -> Vector:
    """What these have in common."""
    total: Vector = {}
    for vector in vectors:
        for stem, value in vector.items():
            total[stem] = total.get(stem, 0.0) + value
    return scaled(total)
