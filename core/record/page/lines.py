"""Lines of text as they are drawn, and what lays out those that need more than their letters side by side."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Run(NamedTuple):
    """Glyphs of one face from left to right: their numbers, where they stand from the beginning of the line and up from
    its foot in thousandths of the size, and which place in the text each stands for."""

    face: str
    numbers: Sequence[int]
    xs: Sequence[float]
    ys: Sequence[float]
    starts: Sequence[int]


class Laid(NamedTuple):
    """One line that was laid out: which part of the text it is, and its glyphs from left to right."""

    start: int
    end: int
    runs: Sequence[Run]


class Span(NamedTuple):
    """So much of a text stands in this family."""

    start: int
    end: int
    family: str


class Shaper(Protocol):
    """Lays out text of any script. Places in a text count units of UTF-16."""

    def has(self, sign: str) -> bool:
        """Whether one of the vendored fonts has this sign."""

    def lay_out(
        self, text: str, spans: Sequence[Span], *, bold: bool, limit: float, from_right: bool
    ) -> list[Laid]:
        """The text in lines of at most this width, in thousandths of the size."""


class Signs(NamedTuple):
    """Glyphs as a face draws them side by side: the face, their codes there, where they begin in thousandths of the
    size, and where they end."""

    face: str
    codes: str
    x: float
    y: float
    end: float


class Part(NamedTuple):
    """Part of a line in one language ("" for that of the document): what it says, and its signs; none where letters
    side by side will do."""

    text: str
    language: str
    signs: tuple[Signs, ...] = ()


class Line(str):
    """A line that is more than letters side by side: in parts, or the beginning of a word that goes on in the next."""

    __slots__ = ("goes_on", "indent", "parts", "rows", "wide")

    def __new__(
        cls, text: str, *, parts: tuple[Part, ...] = (), wide: float = 0.0, rows: int = 1, goes_on: bool = False,
        indent: float = 0.0,
    ) -> "Line":  # fmt: skip
        """`wide` is in thousandths of the size where there are signs; `indent`, in points, moves a line to the other
        side that runs against its document."""
        line = super().__new__(cls, text)
        line.parts, line.wide, line.rows, line.goes_on, line.indent = parts, wide, rows, goes_on, indent
        return line

    parts: tuple[Part, ...]
    wide: float
    rows: int
    goes_on: bool
    indent: float


def rows_of(line: str) -> int:
    """How many line heights it takes up: Nastaliq needs two."""
    return line.rows if isinstance(line, Line) else 1


def goes_on(line: str) -> bool:
    """Whether what follows belongs to the same word, or to words that are written without spaces."""
    return isinstance(line, Line) and line.goes_on
