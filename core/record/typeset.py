"""Fonts, measuring and breaking of lines for the PDF. What the fonts cannot draw becomes a box, and is told."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from core.record.palette import LIGHT, RESOURCES

FONTS = {False: "NotoSans-Regular", True: "NotoSans-Bold"}
BREAKS = re.compile(r"[^\S\u00a0\u2007\u202f]+")    # every white space but the fixed ones
NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=[^\W\d])")
"""Where a number and what it counts stand apart: no line is broken there."""
BOX = 600
"""How wide the box of a sign that cannot be drawn is, in thousandths of the size of the type."""


@dataclass(frozen=True, slots=True)
class Style:
    """A kind of type: size and line height in points."""

    size: float
    leading: float
    bold: bool = False
    colour: str = LIGHT["ink"]


class Run(NamedTuple):
    """Signs of one line that are drawn alike; `boxes` is 0 where the font has them."""

    text: str
    boxes: int


class Typesetter:
    """Measures and breaks text in the vendored fonts. One for each document; it remembers widths."""

    def __init__(self) -> None:
        self.fonts = {bold: registered(name) for bold, name in FONTS.items()}
        faces = {bold: font.face for bold, font in self.fonts.items()}
        self._drawable = frozenset.intersection(*(frozenset(map(chr, face.charToGlyph)) for face in faces.values()))
        self._signs = {bold: widths(face, self._drawable) for bold, face in faces.items()}
        self._words: dict[tuple[bool, str], float] = {}

    def width(self, text: str, style: Style) -> float:
        """How wide this is on one line, in points."""
        return self._measured(text, style.bold) * style.size / 1000

    def lines(self, text: str, style: Style, width: float) -> tuple[str, ...]:
        """The text broken to a width. Words that are longer may break anywhere, without a hyphen."""
        limit = width * 1000 / style.size
        text = NUMBER_AND_UNIT.sub("\u00a0", text)
        found = [line for paragraph in text.split("\n") for line in self._broken(paragraph, style.bold, limit)]
        return tuple(found)

    def balanced(self, text: str, style: Style, width: float) -> tuple[str, ...]:
        """The same number of lines, of about the same length: for headings."""
        lines = self.lines(text, style, width)
        for share in range(95, 45, -5):
            narrower = self.lines(text, style, width * share / 100)
            if len(narrower) > len(lines) or not set(" ".join(narrower).split()) <= set(" ".join(lines).split()):
                break
            lines = narrower
        return lines

    def runs(self, text: str) -> list[Run]:
        """One line as runs of what the fonts have and what they do not have."""
        if self._drawable.issuperset(text):
            return [Run(text, 0)]
        return [self._run("".join(signs), drawn) for drawn, signs in groupby(text, self._is_drawn) if drawn is not None]

    def missing(self, text: str) -> str:
        """The signs that the fonts cannot draw, in the order they come."""
        if self._drawable.issuperset(text):
            return ""
        return "".join(sign for sign in text if self._is_drawn(sign) is False)

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
            signs = self._signs[bold]
            known = sum(
                run.boxes * BOX or sum(signs[sign] for sign in run.text) for run in self.runs(text)
            )
            self._words[bold, text] = known
        return known

    def _broken(self, paragraph: str, bold: bool, limit: float) -> list[str]:
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
        return [" ".join(line) for line in self._without_lonely_end(lines, bold, limit)]

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
                yield piece
                piece, room = "", limit
            piece += cluster
            room -= wide
        if piece:
            yield piece


@cache
def registered(name: str) -> TTFont:
    """The vendored font of this name, as ReportLab knows it; read once in a process."""
    font = TTFont(name, RESOURCES / "fonts" / f"{name}.ttf")
    pdfmetrics.registerFont(font)
    return font


def widths(face: TTFontFace, signs: frozenset[str]) -> dict[str, float]:
    """How wide each sign is, in thousandths of the size."""
    return {sign: face.charWidths[ord(sign)] for sign in signs}


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
