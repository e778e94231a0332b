"""Measuring and breaking of lines for the PDF. What no vendored font can draw becomes a box, and is told."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import NamedTuple

from core.base.language import LANGUAGES, direction_of
from core.record.page.faces import Face, face_of
from core.record.page.lines import Line, Part, Shaper, rows_of
from core.record.page.scripts import BACKWARDS, language_beside, runs_backwards
from core.record.page.shaped import Wanted, shaped_lines
from core.record.palette import LIGHT

FONTS = {False: "NotoSans-Regular", True: "NotoSans-Bold"}
BREAKS = re.compile(r"[^\S\u00a0\u2007\u202f]+")    # every white space but the fixed ones
NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=[^\W\d])")
"""Where a number and what it counts stand apart: no line is broken there."""
BOX = 600
"""How wide the box of a sign that cannot be drawn is, in thousandths of the size of the type."""
ONE_LINE = 1e7
TURNS = BACKWARDS | {"AN", "LRE", "LRO", "LRI", "RLE", "RLO", "RLI", "FSI", "PDF", "PDI"}
"""Directions of signs that do not simply stand one after the other."""


@dataclass(frozen=True, slots=True)
class Style:
    """A kind of type: size and line height in points."""

    size: float
    leading: float
    bold: bool = False
    colour: str = LIGHT["ink"]

    def height(self, lines: Sequence[str]) -> float:
        """How high these lines stand under each other."""
        return sum(map(rows_of, lines)) * self.leading


class Run(NamedTuple):
    """Signs of one line that are drawn alike; `boxes` is 0 where the font has them."""

    text: str
    boxes: int


def qt_or_nothing() -> Shaper | None:
    """Qt, where it is installed. Where it is not, letters side by side are drawn all the same, and others are boxes."""
    try:
        from core.record.page.shaping import the_shaper
    except ImportError:
        return None
    return the_shaper()


class Typesetter:
    """Measures and breaks text in the vendored fonts. One for each document, or for many in one language; it remembers
    what it measured. Qt is asked only for text that needs it."""

    def __init__(
        self, language: str = "en", shaper: Callable[[], Shaper | None] = qt_or_nothing, *, mirrored: bool = True
    ) -> None:
        """Pages in a language that runs from right to left are `mirrored`, but where their places are fixed."""
        self.language = language
        self.from_right = mirrored and direction_of(language) == "rtl"
        self.faces = {bold: face_of(name) for bold, name in FONTS.items()}
        self._shaper = shaper
        self._drawable = frozenset.intersection(*(face.letters for face in self.faces.values()))
        self._plain = frozenset(filter(is_plain, self._drawable))
        self._signs = {bold: widths(face, self._drawable) for bold, face in self.faces.items()}
        self._words: dict[tuple[bool, str], float] = {}
        self._laid: dict[tuple[bool, str, float], tuple[Line, ...]] = {}
        self._whole: dict[tuple[str, Style, float], tuple[str, ...]] = {}

    def width(self, text: str, style: Style) -> float:
        """How wide this is on one line, in points."""
        return self._measured(text, style.bold) * style.size / 1000

    def lines(self, text: str, style: Style, width: float) -> tuple[str, ...]:
        """The text broken to a width. Words that are longer may break anywhere, without a hyphen."""
        key = (text, style, width)
        known = self._whole.get(key)
        if known is None:
            known = self._whole[key] = self._lines(text, style, width)
        return known

    def _lines(self, text: str, style: Style, width: float) -> tuple[str, ...]:
        text = NUMBER_AND_UNIT.sub("\u00a0", text)
        found: list[str] = []
        for paragraph in (BREAKS.sub(" ", each).strip() for each in text.split("\n")):
            lines = self._paragraph(paragraph, style.bold, width * 1000 / style.size)
            found += self._turned(paragraph, lines, style, width)
        return tuple(found)

    def line(self, text: str, bold: bool) -> str:
        """The text on one line."""
        if isinstance(text, Line):
            return text
        lines = self._paragraph(text, bold, ONE_LINE) if not self._plain.issuperset(text) else [text]
        return lines[0]

    def _paragraph(self, text: str, bold: bool, limit: float) -> Sequence[str]:
        """The lines of one paragraph; of a script that needs no shaping, or where nothing shapes it, by ourselves."""
        if self._plain.issuperset(text):
            beside = language_beside(text, self.language)
            lines = self._broken(text, bold, limit) if limit < ONE_LINE else [text]
            return [Line(line, parts=(Part(line, beside),)) for line in lines] if beside else lines
        shaper = self._shaper()
        if shaper is None:
            return self._broken(text, bold, limit) if limit < ONE_LINE else [text]
        known = self._laid.get((bold, text, limit))
        if known is None:
            wanted = Wanted(text, bold, limit, self.language, runs_backwards(text, self.from_right))
            known = self._laid[bold, text, limit] = tuple(shaped_lines(shaper, wanted))
        return known

    def _turned(self, text: str, lines: Sequence[str], style: Style, width: float) -> Sequence[str]:
        """A paragraph that runs against its document stands at the other side."""
        if not self.from_right and self._plain.issuperset(text):
            return lines
        if runs_backwards(text, self.from_right) == self.from_right or width >= ONE_LINE:
            return lines
        return [against(line, width - self.width(line, style)) for line in lines]

    def balanced(self, text: str, style: Style, width: float) -> tuple[str, ...]:
        """The same number of lines, of about the same length: for headings. They stand where their document begins."""
        lines = self.lines(text, style, width)
        for share in range(95, 45, -5):
            narrower = self.lines(text, style, width * share / 100)
            if len(narrower) > len(lines) or not set(" ".join(narrower).split()) <= set(" ".join(lines).split()):
                break
            lines = narrower
        return tuple(against(line, 0.0) if isinstance(line, Line) else line for line in lines)

    def runs(self, text: str) -> list[Run]:
        """One line as runs of what the fonts have and what they do not have."""
        if self._drawable.issuperset(text):
            return [Run(text, 0)]
        return [self._run("".join(signs), drawn) for drawn, signs in groupby(text, self._is_drawn) if drawn is not None]

    def missing(self, text: str) -> str:
        """The signs that the fonts cannot draw, in the order they come."""
        if self._drawable.issuperset(text):
            return ""
        shaper = self._shaper()
        has = shaper.has if shaper else self._drawable.__contains__
        lacking = {sign for sign in set(text) if self._is_drawn(sign) is False and not has(sign)}
        return "".join(sign for sign in text if sign in lacking) if lacking else ""

    def _is_drawn(self, sign: str) -> bool | None:
        """Whether the fonts have it; None where it is not to be seen anyway."""
        if sign in self._drawable:
            return True
        return None if is_invisible(sign) else False

    def _run(self, text: str, drawn: bool | None) -> Run:
        if drawn:
            return Run(text, 0)
        return Run(text, max(1, sum(not is_mark(sign) for sign in text)))

    def _measured(self, text: str, bold: bool) -> float:
        """In thousandths of the size."""
        known = self._words.get((bold, text))
        if known is None:
            known = self._words[bold, text] = self._measure(text, bold)
        return known

    def _measure(self, text: str, bold: bool) -> float:
        line = self.line(text, bold)
        if isinstance(line, Line) and line.wide:
            return line.wide
        signs = self._signs[bold]
        return sum(run.boxes * BOX or sum(signs[sign] for sign in run.text) for run in self.runs(text))

    def _broken(self, paragraph: str, bold: bool, limit: float) -> Sequence[str]:
        """The lines of one paragraph; at least two words stand on the last one where another break allows it."""
        lines: list[list[str]] = [[]]
        used, space = 0.0, self._measured(" ", bold)
        for word in self._words_of(paragraph, bold, limit):
            wide = self._measured(word, bold)
            if lines[-1] and used + space + wide > limit:
                lines.append([])
                used = 0.0
            used += wide + (space if lines[-1] else 0.0)
            lines[-1].append(word)
        return [joined(line) for line in self._without_lonely_end(lines, bold, limit)]

    def _without_lonely_end(self, lines: list[list[str]], bold: bool, limit: float) -> list[list[str]]:
        if len(lines) < 2 or len(lines[-1]) > 1 or len(lines[-2]) < 3:
            return lines
        moved = [lines[-2][-1], *lines[-1]]
        if self._measured(" ".join(moved), bold) > limit:
            return lines
        return [*lines[:-2], lines[-2][:-1], moved]

    def _words_of(self, paragraph: str, bold: bool, limit: float) -> Iterator[str]:
        for word in BREAKS.split(paragraph):
            if self._measured(word, bold) <= limit:
                yield from [word] if word else []
                continue
            for part in word.split("\u00a0"):    # better here than inside a word
                yield from self._pieces(part, bold, limit)

    def _pieces(self, word: str, bold: bool, limit: float) -> Iterator[str]:
        """A word that is too long, in pieces that fit; a sign and its marks stay together."""
        piece, room = "", limit
        for cluster in clusters(word):
            wide = self._measured(cluster, bold)
            if piece and wide > room:
                yield Line(piece, goes_on=True)
                piece, room = "", limit
            piece += cluster
            room -= wide
        if piece:
            yield piece


def widths(face: Face, signs: frozenset[str]) -> dict[str, float]:
    """How wide each sign is, in thousandths of the size."""
    return {sign: face.width(sign) for sign in signs}


def is_plain(sign: str) -> bool:
    """Whether it stands beside others without joining them, or changing their order."""
    return not is_mark(sign) and unicodedata.bidirectional(sign) not in TURNS


def joined(words: Sequence[str]) -> str:
    """The words of a line; of a long word that goes on in the next it says so."""
    text = " ".join(words)
    return Line(text, goes_on=True) if words and isinstance(words[-1], Line) else text


def against(line: str, indent: float) -> Line:
    """The same line at the other side of its column."""
    if isinstance(line, Line):
        return Line(
            line, parts=line.parts, wide=line.wide, rows=line.rows, goes_on=line.goes_on, indent=max(0.0, indent)
        )
    return Line(line, indent=max(0.0, indent))


def clusters(text: str) -> list[str]:
    """The text in pieces that may stand apart: every sign with the marks on it."""
    found: list[str] = []
    for sign in text:
        if found and (is_mark(sign) or is_invisible(sign)):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def one_line(text: str) -> str:
    """The text for where a program shows it by itself, as in a title: one line, that nothing in it can turn round."""
    return " ".join("".join(sign for sign in text if sign.isspace() or not is_invisible(sign)).split())


def is_mark(sign: str) -> bool:
    """Whether it stands on the sign before it."""
    return unicodedata.category(sign).startswith("M")


def is_invisible(sign: str) -> bool:
    """Whether it only says how others are shown, as spaces, joiners, variation selectors and directions do."""
    varies = "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"
    return varies or sign.isspace() or unicodedata.category(sign) == "Cf"


@cache
def can_write(code: str) -> bool:
    """Whether the fonts have the letters of what we say in a language."""
    return not any(Typesetter().missing(each.name) for each in LANGUAGES if each.code == code)
