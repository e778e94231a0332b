"""What a person may choose about a record: what is in it, and for whom it is set."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`names`: a name stands by a note where its writer chose one, and nowhere else. `question`: only this one, from 1.
    `themes_only`: no note is quoted, all are counted. `verbatim`: every note in the order they came, in no theme.
    `venue`: only what came from there, by its name or what stands for it in a link; empty for all venues joined."""

    names: bool = False
    question: int | None = None
    themes_only: bool = False
    verbatim: bool = False
    venue: str = ""


PLAIN = Options()
