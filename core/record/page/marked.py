"""What is drawn, and what it is to those who hear it: every stroke belongs to a part of the tree, or to nobody."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from core.record.page.strokes import PAGE_HEIGHT, PAGE_WIDTH
from core.record.page.tagging import Box, Tag, Tree, utf_16

ASIDE, NOTHING = -1, -2
"""Drawn as an ornament that nobody reads aloud; nothing drawn yet."""
AROUND = frozenset({"Sect", "Div"})
"""What holds paragraphs, and no text by itself."""
ORNAMENT, FOOT = "/Artifact BMC", "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"


class Marked:
    """The pages of a document as marked content. Text is content of the tag it is drawn in, or a paragraph; lines and
    areas are ornament, but in a figure."""

    def __init__(self, canvas: Canvas, tree: Tree, scale: float, from_right: bool) -> None:
        self._canvas = canvas
        self._tree = tree
        self._scale = scale
        self._from_right = from_right
        self._within: list[Tag] = []
        self._top: int | None = None
        self._aside = ""
        self._current = NOTHING
        self._ends_with = ""

    def next_page(self) -> None:
        """Finish this page and begin the next."""
        self._leave()
        self._canvas.showPage()
        page: Any = self._canvas._doc.Pages.pages[-1]  # type: ignore[attr-defined]
        self._tree.next_page(page)
        page.Contents = compressed(page.stream)    # now: all pages as they were drawn would be much to keep
        page.stream = None

    @contextmanager
    def tagged(self, *tags: Tag) -> Iterator[None]:
        """What is drawn meanwhile belongs to the last of these, each within the one before."""
        before = self._within
        self._within, self._top = [*before, *tags], None
        yield
        self._within, self._top = before, None

    @contextmanager
    def figure(self, tag: Tag, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """What is drawn meanwhile is one picture, in this box, with words in its place. It stands beside paragraphs."""
        before = self._within
        self._within, self._top = [*(each for each in before if each.role != "P"), tag], None
        left, low = self._at(x, width), PAGE_HEIGHT - y - height
        sides = (left, low, left + width, low + height)
        self._tree.place(self._owner(), Box(*(side * self._scale for side in sides)))
        yield
        self._within, self._top = before, None

    @contextmanager
    def aside(self, how: str = ORNAMENT) -> Iterator[None]:
        """What is drawn meanwhile is read aloud nowhere: a foot, or what stands there twice."""
        self._aside = how
        yield
        self._leave()
        self._aside = ""

    def _part_words(self) -> None:
        """Put a space after what was drawn last, for those who hear or copy it."""
        if self._code[-1] == "ET" and self._ends_with:
            self._code[-1:] = [self._ends_with, "ET"]

    @contextmanager
    def _span(self, text: str, language: str = "") -> Iterator[None]:
        """What is drawn meanwhile says this text, in this language."""
        owner = self._owner()
        if owner == ASIDE or self._tree.role(owner) == "Figure":
            self._enter(owner)
            yield
            return
        part = self._tree.enter(Tag("Span", text=text, language=language), owner)
        self._leave()
        spoken = f" /Lang ({language})" if language else ""
        self._put(f"/Span <</MCID {self._tree.mark(part)} /ActualText <{utf_16(text)}>{spoken}>> BDC")
        self._current = part
        yield
        self._leave()

    @property
    def _is_loose(self) -> bool:
        """Whether text that comes now is a paragraph of its own."""
        return not self._aside and (not self._within or self._within[-1].role in AROUND)

    def _owner(self) -> int:
        """The part of the tree that text belongs to now."""
        if self._aside:
            return ASIDE
        if self._top is None:
            for tag in self._within:
                self._top = self._tree.enter(tag, self._top)
        return ASIDE if self._top is None else self._top

    def _enter(self, part: int) -> bool:
        """Let what comes belong to this part; whether that is new."""
        if part == self._current:
            return False
        self._leave()
        if part == ASIDE:
            self._put(self._aside or ORNAMENT)
        else:
            self._put(f"/{self._tree.role(part)} <</MCID {self._tree.mark(part)}>> BDC")
        self._current = part
        return True

    def _leave(self) -> None:
        if self._current != NOTHING:
            self._part_words()
            self._ends_with = ""
            self._put("EMC")
        self._current = NOTHING

    def _shape(self, *code: str) -> None:
        """Draw what is no text."""
        is_figure = self._within and self._within[-1].role == "Figure" and not self._aside
        self._enter(self._owner() if is_figure else ASIDE)
        self._put(*code)

    def _at(self, x: float, width: float = 0.0) -> float:
        """Where something of this width stands on the page."""
        return PAGE_WIDTH - x - width if self._from_right else x

    @property
    def _code(self) -> list[str]:
        return self._canvas._code  # type: ignore[attr-defined,no-any-return]

    def _put(self, *code: str) -> None:
        self._code.extend(code)

    @property
    def _document(self) -> PDFDocument:
        return self._canvas._doc  # type: ignore[attr-defined,no-any-return]


def compressed(code: str) -> PDFStream:
    """What a page draws, as it lies in the file."""
    about = PDFDictionary({"Filter": PDFArray([PDFName("FlateDecode")])})
    return PDFStream(about, zlib.compress(code.encode("latin-1")))
