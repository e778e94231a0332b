"""How hard an answer is to read, told while it is written."""

from core.base.language import _
from core.base.reading import grade, sentences
from ui.look.parts import Tone

EASY, HARD = 6, 9
"""School years: up to the first nearly everybody can read it (at about eleven), from the second on few like to."""
FEWEST_WORDS = 4


def told_grade(text: str) -> tuple[str, Tone]:
    """What is said of a text, and its colour; nothing of one that has just begun."""
    if len(text.split()) < FEWEST_WORDS or not sentences(text):
        return "", Tone.QUIET
    found = max(0, round(grade(text)))
    if found <= EASY:
        return _("Easy to read (grade {n}).").format(n=found), Tone.GOOD
    if found < HARD:
        return _("A little hard to read (grade {n}). Shorter sentences help.").format(n=found), Tone.WARN
    return _("Hard to read (grade {n}). Use short words and short sentences.").format(n=found), Tone.BAD
