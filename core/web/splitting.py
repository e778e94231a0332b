"""One note that is too long becomes two, at the end of a sentence."""

import re

from core.domain.words import NOTE_LIMIT, tidy

SENTENCE_ENDS = re.compile(r"[.!?…؟۔।。！？][\"'’”)]*(?:\s+|$)|\n+")


def halves(text: str) -> tuple[str, str]:
    """The text up to the end of the last sentence that fits one note, and the rest; at a space where there is none."""
    text = tidy(text)
    head = text[:NOTE_LIMIT]
    ends = [found.end() for found in SENTENCE_ENDS.finditer(head)]
    cut = ends[-1] if ends else head.rfind(" ") + 1 or len(head)
    return text[:cut].strip(), text[cut:].strip()


def fits_two(text: str) -> bool:
    """Whether two notes are enough for it."""
    first, second = halves(text)
    return bool(second) and len(first) <= NOTE_LIMIT and len(second) <= NOTE_LIMIT
