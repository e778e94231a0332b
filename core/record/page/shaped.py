"""From what Qt laid out to lines of parts and signs, each with the text and the language it stands for."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.base.fonts import EMOJI
from core.record.page.faces import face_of
from core.record.page.lines import Laid, Line, Part, Run, Shaper, Signs, Span
from core.record.page.scripts import LATIN, NASTALIQ, language_of, spans_of

BOX, NOTHING, JOINER = "□", "\u034f", "\u2060"
"""What stands for a sign that no font has, for a mark that none has, and beside them where they were two units."""
BETWEEN = "\u200b"
"""The text of the second glyph of what is drawn by several: nothing."""
HEAP = 12
REACH, HANGING = 900.0, "NotoNastaliqUrdu-Regular"
"""How far up or down a mark is drawn, in thousandths of the size; in Nastaliq, where words hang down, twice as far."""
CLOSE = 0.5    # thousandths of the size


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
    shown = with_boxes(shaper, wanted.text)
    spans = spans_of(shown, in_urdu=wanted.language == "ur")
    laid = shaper.lay_out(shown, spans, bold=wanted.bold, limit=wanted.limit, from_right=wanted.from_right)
    said = Units(wanted.text)
    regions = _regions(said, spans, wanted.language)
    for each in laid:
        yield _line(each, said, spans, regions)


def with_boxes(shaper: Shaper, text: str) -> str:
    """The text with a box for each sign that no font has, as long as it was."""
    for sign in set(text):
        if not is_unseen(sign) and not shaper.has(sign):
            box = NOTHING if unicodedata.category(sign)[0] == "M" else BOX
            text = text.replace(sign, box + JOINER if sign > "\uffff" else box)
    return text


def is_unseen(sign: str) -> bool:
    """Whether it is never drawn, but says how others are."""
    return "\ufe00" <= sign <= "\ufe0f" or unicodedata.category(sign) in ("Cf", "Zs")


def _regions(said: Units, spans: Sequence[Span], document: str) -> list[Span]:
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
    return found


def _line(laid: Laid, said: Units, spans: Sequence[Span], regions: Sequence[Span]) -> Line:
    whole = said.part(laid.start, laid.end)
    starts = sorted({start for run in laid.runs for start in run.starts})
    ends = dict(zip(starts, [*starts[1:], laid.end], strict=True))
    signs: dict[int, list[Signs]] = {}
    firsts = [region.start for region in regions]
    for run in laid.runs:
        region = bisect_right(firsts, run.starts[0]) - 1 if run.starts else 0
        signs.setdefault(region, []).extend(_signs(run, said, ends))
    parts = tuple(
        Part(said.part(max(laid.start, regions[at].start), min(laid.end, regions[at].end)), regions[at].family,
             tuple(signs[at]))
        for at in sorted(signs)
    )  # fmt: skip
    wide = max((each.end for part in parts for each in part.signs), default=0.0)
    tall = any(span.family == NASTALIQ and span.start < laid.end and laid.start < span.end for span in spans)
    is_within = laid.end < said.end and not whole[-1:].isspace()
    return Line(whole.rstrip(), parts=parts, wide=wide, rows=2 if tall else 1, goes_on=is_within)


def _signs(run: Run, said: Units, ends: Mapping[int, int]) -> Iterator[Signs]:
    """The glyphs of a run, those together of which each stands where the one before ends."""
    face, reach = face_of(run.face), REACH if run.face != HANGING else 2 * REACH
    codes, begin, foot, pen, before, again = "", 0.0, 0.0, 0.0, -1, 0
    for number, x, y, start in zip(run.numbers, run.xs, run.ys, run.starts, strict=True):
        if abs(y) > reach:
            continue    # a heap of marks stays on its line; who copies or hears it gets all of them
        again = again + 1 if start == before else 0
        code, width = face.code(number, _text(said.part(start, ends[start]), again))
        if codes and (abs(x - pen) > CLOSE or y != foot):
            yield Signs(run.face, codes, begin, foot, pen)
            codes = ""
        if not codes:
            begin, foot = x, y
        codes += code
        pen, before = x + width, start
    if codes:
        yield Signs(run.face, codes, begin, foot, pen)


def _text(cluster: str, again: int) -> str:
    """What one glyph of several stands for that are drawn for the same signs: the first for all of them, but of a heap
    of marks each for its own."""
    if len(cluster) > HEAP:
        return cluster[again : again + 1] or BETWEEN
    return BETWEEN if again else cluster
