"""The vendored fonts as ReportLab puts them into a PDF: also glyphs that are no letter by themselves, and the text each
stands for, so that what is copied out of the file is what was written."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, cast

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from core.base.fonts import FACES

PRIVATE = 0xF0000
"""Where the codes begin that ReportLab knows glyphs by which have no code of their own."""
AT_ONCE = 100
"""A map of characters lists no more of them together."""
LATIN = "Noto Sans"


class Face(TTFont):
    """One font file. Its letters are drawn by their codes, any other glyph by a code of ours."""

    def __init__(self, name: str, file: str, *, readable: bool) -> None:
        super().__init__(name, file, asciiReadable=readable, shapable=False)
        self._codes: dict[tuple[int, str], tuple[str, float]] = {}
        self._texts: dict[int, str] = {}

    @property
    def letters(self) -> frozenset[str]:
        """The signs that people may write."""
        return frozenset(chr(code) for code in self.face.charToGlyph if code < PRIVATE)

    def code(self, glyph: int, text: str) -> tuple[str, float]:
        """The sign by which this glyph is drawn where it stands for this text, and how wide it is."""
        known = self._codes.get((glyph, text))
        if known is None:
            code = self._new_code(glyph, text)
            known = self._codes[glyph, text] = code, self.width(code)
        return known

    def width(self, code: str) -> float:
        """How far it moves the pen, in thousandths of the size."""
        return float(self.face.charWidths[ord(code)])

    def _new_code(self, glyph: int, text: str) -> str:
        face = self.face
        if len(text) == 1 and face.charToGlyph.get(ord(text)) == glyph:
            return text
        code = PRIVATE + len(self._texts)
        self._texts[code] = text
        face.charToGlyph[code] = glyph
        face.charWidths[code] = face.hmetrics[glyph][0] * 1000 / face.unitsPerEm
        return chr(code)

    def text_of(self, code: int) -> str:
        """What stands there for those who copy it; empty for what is never drawn."""
        return self._texts.get(code) or (chr(code) if code else "")

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab calls it
        """Put every part of the font that was used into the document: 256 glyphs each."""
        state, face = self.state[doc], cast(Any, self.face)
        state.frozen = 1
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(state.subsets):
            name = self.getSubsetInternalName(number, doc)[1:]
            base = b"".join((SUBSETN(number), b"+", face.name, face.subfontNameX)).decode("ascii")
            font: Any = pdfdoc.PDFTrueTypeFont()
            fonts[name] = font
            font.Name, font.BaseFont = name, base
            font.FirstChar, font.LastChar = 0, len(subset) - 1
            font.Widths = pdfdoc.PDFArray([face.getCharWidth(code) for code in subset])
            texts = pdfdoc.PDFStream(content=characters(base, [self.text_of(code) for code in subset]))
            texts.filters = [pdfdoc.PDFZCompress]
            font.ToUnicode = doc.Reference(texts, f"toUnicodeCMap:{base}")
            font.FontDescriptor = face.addSubsetObjects(doc, base, subset)
            doc.Reference(font, name)
        del self.state[doc]


def characters(name: str, texts: Sequence[str]) -> str:
    """The map from the codes of a font to text, as PDF has it."""
    pairs = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts) if text]
    return "\n".join([
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def /CMapType 2 def",
        f"1 begincodespacerange <00> <{len(texts) - 1:02X}> endcodespacerange",
        *_listed(pairs),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ])


def _listed(pairs: Sequence[str]) -> Iterator[str]:
    for first in range(0, len(pairs), AT_ONCE):
        part = pairs[first : first + AT_ONCE]
        yield f"{len(part)} beginbfchar"
        yield from part
        yield "endbfchar"


@cache
def face_of(name: str) -> Face:
    """The vendored font of this name; read once in a process."""
    found = next(each for each in FACES if each.name == name)
    face = Face(name, str(found.file), readable=found.family == LATIN)
    pdfmetrics.registerFont(face)
    return face
