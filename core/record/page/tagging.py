"""What the parts of a page are to those who hear it: a tree of headings, paragraphs, lists, tables, figures (PDF/UA).

ReportLab knows no such tree. Ours is made while pages are drawn, so its order is that of drawing, and is written last.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc

Pdf = Any
"""Of ReportLab's own objects, whose types say less than they are."""
NEEDS = {"LI": "L", "TOCI": "TOC"}
"""What stands around items; it is opened for the first of them."""
PARTS = "H1"
"""A heading of this level begins a part of the document."""


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One part of the tree; the same object is the same part, be it drawn in pieces. `says` is read aloud in the place
    of a figure, `text` in the place of what is drawn, `scope` is what a heading of a table is for."""

    role: str
    says: str = ""
    text: str = ""
    language: str = ""
    scope: str = ""


class Box(NamedTuple):
    """Where a figure is on its page, from the bottom left."""

    left: float
    bottom: float
    right: float
    top: float

    def around(self, other: "Box") -> "Box":
        """The smallest box with both in it."""
        lows = map(min, self[:2], other[:2])
        return Box(*lows, *map(max, self[2:], other[2:]))


class Raw(pdfdoc.PDFObject):
    """An object of a PDF that is written when all others have their numbers: there are many, so each is small."""

    __slots__ = ("__InternalName__", "_number", "_write")
    __RefOnly__ = 1

    def __init__(self, write: Callable[[int], str], number: int = 0) -> None:
        self._write, self._number = write, number

    def format(self, document: Pdf) -> bytes:
        """As ReportLab asks for it."""
        return self._write(self._number).encode("latin-1")


class Kid(NamedTuple):
    """What is in a part: other parts by number, or content by its page and mark."""

    part: int = -1
    page: int = -1
    mark: int = -1
    note: str = ""    # the name of an annotation


@dataclass(slots=True)
class _Part:
    tag: Tag
    parent: int
    kids: list[Kid]
    box: Box | None = None
    page: int = -1


class Tree:
    """The tree of one document. Parts are numbered as they come."""

    def __init__(self) -> None:
        self._parts = [_Part(Tag("Document"), -1, [])]
        self._numbers: dict[Tag, int] = {}
        self._chapter = 0
        self._page = 0
        self._marks: list[list[int]] = [[]]
        self._links: list[tuple[str, int]] = []

    def enter(self, tag: Tag, parent: int | None) -> int:
        """The number of this part. A new one is the last of its parent, or of the chapter that is open."""
        known = self._numbers.get(tag)
        if known is None:
            known = self._numbers[tag] = self._new(tag, self._home(tag, parent))
        return known

    def _home(self, tag: Tag, parent: int | None) -> int:
        if parent is None and tag.role == PARTS:
            self._chapter = self._new(Tag("Sect"), 0)
        home = self._chapter if parent is None else parent
        around = NEEDS.get(tag.role)
        if around is None or self._parts[home].tag.role == around:
            return home
        kids = self._parts[home].kids
        last = kids[-1].part if kids else -1
        return last if last >= 0 and self._parts[last].tag.role == around else self._new(Tag(around), home)

    def _new(self, tag: Tag, parent: int) -> int:
        number = len(self._parts)
        self._parts.append(_Part(tag, parent, []))
        self._parts[parent].kids.append(Kid(part=number))
        return number

    def role(self, part: int) -> str:
        """What the part is."""
        return self._parts[part].tag.role

    def mark(self, part: int) -> int:
        """The number by which the next content of this page belongs to the part."""
        marks = self._marks[self._page]
        self._parts[part].kids.append(Kid(page=self._page, mark=len(marks)))
        marks.append(part)
        return len(marks) - 1

    def place(self, part: int, box: Box) -> None:
        """Where a figure is. One that goes on over the page is where it begins."""
        found = self._parts[part]
        if found.page in (-1, self._page):
            found.box, found.page = (found.box.around(box) if found.box else box), self._page

    def link(self, part: int, name: str) -> int:
        """An annotation that belongs to the part; the key that it is found by."""
        self._parts[part].kids.append(Kid(page=self._page, note=name))
        self._links.append((name, part))
        return LINKS + len(self._links) - 1

    def next_page(self, page: Pdf) -> None:
        """This page of ReportLab's is the one that was marked until now."""
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = self._page, pdfdoc.PDFName("S")
        self._page += 1
        self._marks.append([])

    def write(self, document: Pdf) -> None:
        """Put the tree into the document."""
        _Writing(document, self._parts, self._marks, self._links).write()


LINKS = 1_000_000
"""Keys of pages are below, those of links begin here."""


class _Writing:
    """A tree on its way into a document."""

    def __init__(
        self, document: Pdf, parts: list[_Part], marks: list[list[int]], links: list[tuple[str, int]]
    ) -> None:
        self._document, self._parts, self._marks, self._links = document, parts, marks, links
        self._root = Raw(self._root_text)

    def write(self) -> None:
        document = self._document
        root = document.Reference(self._root, "StructTreeRoot")
        for number in range(len(self._parts)):
            document.Reference(Raw(self._part_text, number), f"Struct{number}")
        document.Reference(Raw(self._parents_text), "StructParents")
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})

    def _ref(self, name: str) -> str:
        return f"{self._document.idToObjectNumberAndVersion[name][0]} 0 R"

    def _root_text(self, _number: int) -> str:
        keys = LINKS + len(self._links)
        return (
            f"<< /Type /StructTreeRoot /K {self._ref('Struct0')} /ParentTree {self._ref('StructParents')} "
            f"/ParentTreeNextKey {keys} >>"
        )

    def _parents_text(self, _number: int) -> str:
        pages = (
            f"{page} [{' '.join(self._ref(f'Struct{part}') for part in parts)}]"
            for page, parts in enumerate(self._marks[:-1])
        )
        links = (f"{LINKS + at} {self._ref(f'Struct{part}')}" for at, (_name, part) in enumerate(self._links))
        return f"<< /Nums [{' '.join([*pages, *links])}] >>"

    def _part_text(self, number: int) -> str:
        part = self._parts[number]
        first = next((kid.page for kid in part.kids if kid.mark >= 0), -1)
        parent = "StructTreeRoot" if part.parent < 0 else f"Struct{part.parent}"
        kids = " ".join(self._kid(kid, first) for kid in part.kids)
        words = [f"/Type /StructElem /S /{part.tag.role} /P {self._ref(parent)} /K [{kids}]"]
        if first >= 0:
            words.append(f"/Pg {self._ref(f'Page{first + 1}')}")
        return f"<< {' '.join([*words, *_about(part)])} >>"

    def _kid(self, kid: Kid, page: int) -> str:
        if kid.part >= 0:
            return self._ref(f"Struct{kid.part}")
        at = self._ref(f"Page{kid.page + 1}")
        if kid.note:
            return f"<< /Type /OBJR /Pg {at} /Obj {self._ref(kid.note)} >>"
        return str(kid.mark) if kid.page == page else f"<< /Type /MCR /Pg {at} /MCID {kid.mark} >>"


def _about(part: _Part) -> Iterator[str]:
    tag = part.tag
    if tag.says:
        yield f"/Alt <{utf_16(tag.says)}>"
    if tag.text:
        yield f"/ActualText <{utf_16(tag.text)}>"
    if tag.language:
        yield f"/Lang ({tag.language})"
    if tag.scope:
        yield f"/A << /O /Table /Scope /{tag.scope} >>"
    if part.box:
        sides = " ".join(f"{side:.2f}" for side in part.box)
        yield f"/A << /O /Layout /Placement /Block /BBox [{sides}] >>"


def utf_16(text: str) -> str:
    """Text as a PDF takes it where no font draws it, in hex."""
    return ("\ufeff" + text).encode("utf-16-be", "replace").hex().upper()
