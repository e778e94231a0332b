"""Numbers as words that people can say, write down and type again: 11 bits a word, of a list of 2,048.

The list is our own (resources/words/receipt-words.txt): plain words of three to eight letters. The first four letters
of a word are its alone, and no two words are within one letter of each other; a test holds it to that.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

WORDS_FILE = Path(__file__).parents[2] / "resources" / "words" / "receipt-words.txt"
BITS_A_WORD = 11
LETTERS_THAT_TELL = 4
"""So many letters of a word are enough to know it."""
LETTERS = re.compile(r"[a-z]+")


@cache
def all_words() -> Sequence[str]:
    """The list, in alphabetical order: the place of a word is its number."""
    return tuple(WORDS_FILE.read_text("ascii").split())


def as_words(number: int, count: int) -> tuple[str, ...]:
    """A number of so many times 11 bits, the highest first."""
    words = all_words()
    shifts = range((count - 1) * BITS_A_WORD, -1, -BITS_A_WORD)
    return tuple(words[number >> shift & (1 << BITS_A_WORD) - 1] for shift in shifts)


def numbers_from(typed: str, count: int) -> Iterator[int]:
    """The numbers that so many words may stand for, as people type them: with commas, hyphens or list numbers between
    them, in any case, only their first letters, or all run together (which can be read in more than one way)."""
    found = LETTERS.findall(unicodedata.normalize("NFKC", typed).lower())
    if len(found) == count:
        places = [_places().get(word[:LETTERS_THAT_TELL]) for word in found]
        yield from _joined([place for place in places if place is not None], count)
    elif len(found) == 1:
        for way in _ways(found[0], count):
            yield from _joined(way, count)


@cache
def _places() -> Mapping[str, int]:
    return {word[:LETTERS_THAT_TELL]: place for place, word in enumerate(all_words())}


def _joined(places: Sequence[int], count: int) -> Iterator[int]:
    if len(places) == count:
        number = 0
        for place in places:
            number = number << BITS_A_WORD | place
        yield number


def _ways(letters: str, count: int) -> Iterator[list[int]]:
    """Every way to read letters without a space as so many words of the list."""
    if not count:
        if not letters:
            yield []
        return
    for length in (3, LETTERS_THAT_TELL):    # a short word is known by all its letters
        place = _places().get(letters[:length])
        if place is not None and letters.startswith(word := all_words()[place]):
            for rest in _ways(letters[len(word) :], count - 1):
                yield [place, *rest]
