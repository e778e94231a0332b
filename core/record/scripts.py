"""Which vendored family a sign is looked for in first, and which language is written in it."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby

from core.base.fonts import EMOJI
from core.record.lines import Span

LATIN, ARABIC, NASTALIQ, CHINESE = "Noto Sans", "Noto Sans Arabic", "Noto Nastaliq Urdu", "Sayback Sans SC"
BLOCKS = (
    (0x0590, 0x05FF, "Noto Sans Hebrew"), (0x0600, 0x06FF, ARABIC), (0x0750, 0x077F, ARABIC), (0x08A0, 0x08FF, ARABIC),
    (0x0900, 0x097F, "Noto Sans Devanagari"), (0x0980, 0x09FF, "Noto Sans Bengali"),
    (0x0A00, 0x0A7F, "Noto Sans Gurmukhi"), (0x0A80, 0x0AFF, "Noto Sans Gujarati"), (0x0B80, 0x0BFF, "Noto Sans Tamil"),
    (0x0E00, 0x0E7F, "Noto Sans Thai"), (0x1200, 0x139F, "Noto Sans Ethiopic"), (0x2D80, 0x2DDF, "Noto Sans Ethiopic"),
    (0x2E80, 0xA4CF, CHINESE), (0xA8E0, 0xA8FF, "Noto Sans Devanagari"), (0xAB00, 0xAB2F, "Noto Sans Ethiopic"),
    (0xF900, 0xFAFF, CHINESE), (0xFB1D, 0xFB4F, "Noto Sans Hebrew"), (0xFB50, 0xFDFF, ARABIC),
    (0xFE30, 0xFE4F, CHINESE), (0xFE70, 0xFEFE, ARABIC), (0xFF00, 0xFFEF, CHINESE), (0x1F000, 0x1FAFF, EMOJI),
    (0x20000, 0x2FFFF, CHINESE),
)  # fmt: skip
FIRSTS = [first for first, _last, _family in BLOCKS]
LANGUAGES = {
    "Noto Sans Hebrew": "he", "Noto Sans Devanagari": "hi", "Noto Sans Bengali": "bn", "Noto Sans Gurmukhi": "pa",
    "Noto Sans Gujarati": "gu", "Noto Sans Tamil": "ta", "Noto Sans Thai": "th", "Noto Sans Ethiopic": "ti",
    CHINESE: "zh", ARABIC: "ar", NASTALIQ: "ur", LATIN: "", EMOJI: "",
}  # fmt: skip
"""What is most likely written in it in Britain. Nobody is asked in which language they write a note."""
URDU = re.compile("[ٹڈڑںےۓہھ]")
PERSIAN = re.compile("[پچژگیک]")
GREEK, CYRILLIC = re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), re.compile("[\u0400-\u052f]")
UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
ASIDE = re.compile("[\u0370-\u052f\u1f00-\u1fff]")
KEYCAP, EMOJI_STYLE = "\u20e3", "\ufe0f"
BACKWARDS = frozenset({"R", "AL"})


def spans_of(text: str, *, in_urdu: bool) -> list[Span]:
    """The text in spans of one family; places count units of UTF-16."""
    families = _families(text, NASTALIQ if in_urdu or URDU.search(text) else ARABIC)
    spans, start = [], 0
    for family, signs in groupby(zip(families, text, strict=True), key=lambda pair: pair[0]):
        end = start + sum(units(sign) for _family, sign in signs)
        spans.append(Span(start, end, family))
        start = end
    return spans


def _families(text: str, arabic: str) -> Iterator[str]:
    family = LATIN
    for place, sign in enumerate(text):
        family = _family(sign, text[place + 1 : place + 3], family)
        yield arabic if family == ARABIC else family


def _family(sign: str, after: str, before: str) -> str:
    """What stands on another sign, or joins two, or parts two words stays in the family of the one before."""
    if after[:1] == EMOJI_STYLE or after[:1] == KEYCAP:
        return EMOJI
    category = unicodedata.category(sign)
    if category[0] == "M" or category == "Cf" or sign == KEYCAP:
        return before
    if sign.isspace():
        return LATIN if before == EMOJI else before
    at = bisect_right(FIRSTS, ord(sign)) - 1
    return BLOCKS[at][2] if at >= 0 and ord(sign) <= BLOCKS[at][1] else LATIN


def language_of(family: str, text: str, document: str) -> str:
    """The language of what is written in this family; empty where it is that of the document, or cannot be told."""
    if family in (ARABIC, NASTALIQ) and document in ("ar", "ur", "fa"):
        return ""
    found = LANGUAGES.get(family, "")
    if family == ARABIC and PERSIAN.search(text):
        found = "fa"
    return "" if found == document else found


def language_beside(text: str, document: str) -> str:
    """The language of letters that need no shaping, where most of them are Greek or Cyrillic; else empty."""
    others = ASIDE.findall(text)
    if len(others) * 2 <= sum(sign.isalpha() for sign in text):
        return ""
    found = "el" if GREEK.search(text) else "uk" if UKRAINIAN.search(text) else "ru"
    return "" if found == document else found


def runs_backwards(text: str, document_does: bool) -> bool:
    """Whether a paragraph runs from right to left: as the first letter in it does, but in a document that does, where
    any letter of it does."""
    ways = (unicodedata.bidirectional(sign) for sign in text)
    if document_does:
        known = [way for way in ways if way in BACKWARDS or way == "L"]
        return not known or any(way in BACKWARDS for way in known)
    return next((way in BACKWARDS for way in ways if way in BACKWARDS or way == "L"), False)


def units(sign: str) -> int:
    """How many units of UTF-16 a sign is."""
    return 2 if sign > "\uffff" else 1
