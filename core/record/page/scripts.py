"""Which vendored family a sign is looked for in first, and which language is written in it."""

import re
import unicodedata
from bisect import bisect_left

from core.base.fonts import EMOJI
from core.record.page.lines import Span

LATIN, ARABIC, NASTALIQ, CHINESE = "Noto Sans", "Noto Sans Arabic", "Noto Nastaliq Urdu", "Sayback Sans SC"
SIGNS = {
    ARABIC: "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe",
    "Noto Sans Hebrew": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Noto Sans Devanagari": "\u0900-\u097f\ua8e0-\ua8ff",
    "Noto Sans Bengali": "\u0980-\u09ff",
    "Noto Sans Gurmukhi": "\u0a00-\u0a7f",
    "Noto Sans Gujarati": "\u0a80-\u0aff",
    "Noto Sans Tamil": "\u0b80-\u0bff",
    "Noto Sans Thai": "\u0e00-\u0e7f",
    "Noto Sans Ethiopic": "\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f",
    CHINESE: "\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0002ffff",
}
JOINING = "\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f"
"""What stands on another sign, joins two, or turns them: it stays in the family of the one before."""
EMOJI_SIGNS = "(?:[\U0001f000-\U0001faff\U000e0020-\U000e007f\u200d\ufe0f]|[0-9#*]\ufe0f?\u20e3|[^\\s]\ufe0f)+"
FAMILIES = tuple(SIGNS)
WRITTEN = re.compile(
    "|".join([EMOJI_SIGNS, *(f"([{signs}][{signs}\\s{JOINING}]*)" for signs in SIGNS.values())])
)
"""A piece of text in one family; the number of its group says which, emoji have none. What is between is Latin."""
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
BETWEEN_WORDS = re.compile("\\s+|(?<=[\u0e00-\u0e7f\u2e80-\uffef])")
BACKWARDS = frozenset({"R", "AL"})


def spans_of(text: str, *, in_urdu: bool) -> list[Span]:
    """The text in spans of one family; places count units of UTF-16."""
    arabic = NASTALIQ if in_urdu or URDU.search(text) else ARABIC
    long = [place for place, sign in enumerate(text) if sign > "\uffff"] if max(text, default="") > "\uffff" else []
    found, end = [], 0
    for piece in WRITTEN.finditer(text):
        family = FAMILIES[piece.lastindex - 1] if piece.lastindex else EMOJI
        found += [(end, LATIN)] if piece.start() > end else []
        found.append((piece.start(), arabic if family == ARABIC else family))
        end = piece.end()
    found += [(end, LATIN)] if end < len(text) else []
    starts = [start + bisect_left(long, start) for start, _family in found]
    ends = [*starts[1:], len(text) + len(long)]
    return [Span(start, end, family) for start, end, (_place, family) in zip(starts, ends, found, strict=True)]


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
    others = () if text.isascii() else ASIDE.findall(text)
    if not others or len(others) * 2 <= sum(sign.isalpha() for sign in text):
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


def words_in(text: str) -> list[str]:
    """What no line is broken inside of: words, and single signs of scripts that put no spaces between them."""
    return [word for word in BETWEEN_WORDS.split(text) if word]
