"""Which way words run, and how those of people stand within ours: neither turns the signs of the other round."""

import unicodedata

from core.base import language

FIRST_STRONG, POP = "\u2068", "\u2069"
"""Unicode's isolates (UAX 9): what stands between them runs its own way, and what stands around does not see it."""
TO_THE_LEFT = frozenset({"R", "AL"})


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left."""
    if text.isascii():
        return False
    found = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind for kind in found if kind in ("L", "R", "AL")), "L") != "L"


def isolated(words: str) -> str:
    """What somebody wrote, ready to stand in a sentence of ours or on a line that runs our way. The same text where it
    all runs that way."""
    runs_left = language.direction_of(language.spoken()) == "rtl"
    against = frozenset({"L"}) if runs_left else TO_THE_LEFT
    if (words.isascii() and not runs_left) or not any(unicodedata.bidirectional(sign) in against for sign in words):
        return words
    return f"{FIRST_STRONG}{words}{POP}"
