"""How hard a text is to read: the Flesch-Kincaid grade, counted here, without word lists from elsewhere."""

import re

SENTENCE_END = re.compile(r"(?<=[.?!])[”’)]*\s+")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
PLACEHOLDER = re.compile(r"\{\w*\}")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=[^aeiouy])(?:e|es|ed)$")
SPOKEN = re.compile(r"(?:[td]ed|[^aeiouy]le[sd]?|[cgsxz]es|ches|shes)$")
TWO_IN_ONE = re.compile(r"i[aou](?!ns?\b|us\b)|eo(?!p|n)|ua(?!g)|[^q]uo|ying\b|being\b")
"""Vowels that stand together and are said one after the other: di-al, vide-o, us-u-al."""


def sentences(text: str) -> list[str]:
    """What ends with a full stop or a question mark; what is filled in counts as one short word."""
    return [part for part in SENTENCE_END.split(PLACEHOLDER.sub("ten", text)) if WORD.search(part)]


def words(text: str) -> list[str]:
    """The words and numbers of a text."""
    return WORD.findall(PLACEHOLDER.sub("ten", text))


def syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, but for a silent e."""
    word = word.lower().partition("’")[0].partition("'")[0]
    count = len(VOWELS.findall(word)) + len(TWO_IN_ONE.findall(word))
    if SILENT.search(word) and not SPOKEN.search(word):
        count -= 1
    return max(1, count)


def grade(text: str) -> float:
    """The school year in America that could read it: 0.39 x words a sentence + 11.8 x syllables a word - 15.59.

    From Kincaid, Fishburne, Rogers and Chissom, Derivation of New Readability Formulas for Navy Enlisted Personnel,
    Research Branch Report 8-75, 1975. Grade 5 is read at about ten years of age.
    """
    said = words(text)
    spoken = sum(map(syllables, said))
    return 0.39 * len(said) / len(sentences(text)) + 11.8 * spoken / len(said) - 15.59
