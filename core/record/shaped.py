"""From what Qt laid out to lines of parts and signs, each with the text and the language it stands for."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.base.fonts import EMOJI
from core.record.faces import face_of
from core.record.lines import Glyph, Laid, Line, Part, Shaper, Sign, Span
from core.record.scripts import LATIN, NASTALIQ, language_of, spans_of

BOX, NOTHING, JOINER = "□", "\u034f", "\u2060"
"""What stands for a sign that no font has, for a mark that none has, and beside them where they were two units."""
BETWEEN = "\u200b"
"""The text of the second glyph of a letter: nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paragraph that is to be laid out; `limit` is in thousandths of the size."""

    text: str
    bold: bool
    limit: float
    language: str
    from_right: bool


class Units:
    """A text by its units of UTF-16, as Qt counts."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._coded = b"" if text.isascii() or max(text) <= "\uffff" else text.encode("utf-16-le", "surrogatepass")
        self.end = len(self._coded) // 2 or len(text)

    def part(self, start: int, end: int) -> str:
        """The text between two places."""
        if not self._coded:
            return self._text[start:end]
        return self._coded[2 * start : 2 * end].decode("utf-16-le", "replace")


def shaped_lines(shaper: Shaper, wanted: Wanted) -> Iterator[Line]:
    """The lines of a paragraph. A sign that no font has is a box; what it was is still said."""
    shown = "".join(_shown(shaper, sign) for sign in wanted.text)
    spans = spans_of(shown, in_urdu=wanted.language == "ur")
    laid = shaper.lay_out(shown, spans, bold=wanted.bold, limit=wanted.limit, from_right=wanted.from_right)
    said = Units(wanted.text)
    regions = list(_regions(said, spans, wanted.language))
    for each in laid:
        yield _line(each, said, spans, regions)


def _shown(shaper: Shaper, sign: str) -> str:
    category = unicodedata.category(sign)
    if category in ("Cf", "Zs") or (category == "Mn" and "\ufe00" <= sign <= "\ufe0f") or shaper.has(sign):
        return sign
    box = NOTHING if category[0] == "M" else BOX
    return box + JOINER if sign > "\uffff" else box


def _regions(said: Units, spans: Sequence[Span], document: str) -> Iterator[Span]:
    """Spans of one language each, `family` being its name. Signs that are no letters belong to what is before them."""
    found: list[Span] = []
    for span in spans:
        text = said.part(span.start, span.end)
        language = language_of(span.family, text, document)
        is_neutral = span.family in (LATIN, EMOJI) and not any(sign.isalpha() for sign in text)
        if found and (is_neutral or language == found[-1].family):
            found[-1] = found[-1]._replace(end=span.end)
        else:
            found.append(Span(span.start, span.end, language))
    yield from found


def _line(laid: Laid, said: Units, spans: Sequence[Span], regions: Sequence[Span]) -> Line:
    whole = said.part(laid.start, laid.end)
    signs = list(_signs(laid, said))
    firsts = [region.start for region in regions]
    parts = tuple(
        Part(said.part(max(laid.start, regions[at].start), min(laid.end, regions[at].end)), regions[at].family,
             tuple(sign for _start, sign in group))
        for at, group in groupby(signs, key=lambda each: bisect_right(firsts, each[0]) - 1)
    )  # fmt: skip
    wide = max((sign.x + face_of(sign.face).width(sign.code) for _start, sign in signs), default=0.0)
    tall = any(span.family == NASTALIQ and span.start < laid.end and laid.start < span.end for span in spans)
    is_within = laid.end < said.end and not whole[-1:].isspace()
    return Line(whole.rstrip(), parts=parts, wide=wide, rows=2 if tall else 1, goes_on=is_within)


def _signs(laid: Laid, said: Units) -> Iterator[tuple[int, Sign]]:
    """Every glyph with its place in the text, as its face draws it."""
    glyphs = [glyph for glyph in laid.glyphs if glyph.face]
    starts = sorted({glyph.start for glyph in glyphs})
    ends = dict(zip(starts, [*starts[1:], laid.end], strict=True))
    for start, group in groupby(glyphs, key=lambda glyph: glyph.start):
        together = list(group)
        for glyph, text in zip(together, _shared(said.part(start, ends[start]), together), strict=True):
            yield start, Sign(glyph.face, face_of(glyph.face).code(glyph.number, text), glyph.x, glyph.y)


def _shared(text: str, glyphs: Sequence[Glyph]) -> list[str]:
    """A text shared out among the glyphs that are drawn for it."""
    last = len(glyphs) - 1
    return [text[at:] if at == last and text[at:] else text[at : at + 1] or BETWEEN for at in range(len(glyphs))]
