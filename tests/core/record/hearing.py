"""What somebody hears who has a PDF read aloud: its tree of tags, each with its words, in the order of reading."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import page as validation
from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

Shown = ByteStringObject | TextStringObject


@dataclass
class Heard:
    """One part: its role, what is said in its place, its own words, and the parts in it."""

    role: str
    says: str = ""
    language: str = ""
    words: str = ""
    parts: list["Heard"] = field(default_factory=list)

    def walk(self) -> Iterator["Heard"]:
        """This part and all in it, as they are read."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def text(self) -> str:
        """All that is read aloud of it."""
        return self.says or self.words + "".join(part.text() for part in self.parts)


def failed_rules(pdf: bytes) -> list[str]:
    """The rules of PDF/UA-1 that a file breaks."""
    report = validation.validate_pdf_bytes(pdf, profile="ua1")
    assert report.rules.total > 100
    return [str(failure) for failure in report.failures]


def hear(pdf: bytes) -> Heard:
    """The whole document."""
    reader = PdfReader(BytesIO(pdf), strict=True)
    pages = {page.indirect_reference.idnum: marked_text(page) for page in reader.pages if page.indirect_reference}
    root = reader.root_object["/StructTreeRoot"]
    assert isinstance(root, DictionaryObject)
    top = root["/K"]
    assert isinstance(top, DictionaryObject)
    return _heard(top, pages)


def _heard(element: DictionaryObject, pages: dict[int, dict[int, str]]) -> Heard:
    found = Heard(str(element["/S"])[1:], str(element.get("/Alt", "")), str(element.get("/Lang", "")))
    kids = element.get("/K", ArrayObject())
    text = element.get("/ActualText")
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        own = kid.get_object()
        if isinstance(own, DictionaryObject) and "/S" in own:
            found.parts.append(_heard(own, pages))
        elif text is None and not (isinstance(own, DictionaryObject) and "/Obj" in own):
            found.parts.append(Heard("", words=_content(own, element, pages)))
    if text is not None:
        found.words = str(text)
    return found


def _content(kid: PdfObject, element: DictionaryObject, pages: dict[int, dict[int, str]]) -> str:
    page = (kid if isinstance(kid, DictionaryObject) else element).raw_get("/Pg")
    assert isinstance(page, IndirectObject)
    mark = kid["/MCID"] if isinstance(kid, DictionaryObject) else kid
    return pages[page.idnum].get(int(str(mark)), "")


def marked_text(page: PageObject) -> dict[int, str]:
    """The text of each marked piece of a page, sign by sign as its font says; all that is drawn is in one, or aside."""
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    fonts = resources["/Font"]
    assert isinstance(fonts, DictionaryObject)
    maps = {name: _to_unicode(font.get_object()) for name, font in fonts.items()}
    found: dict[int, str] = {}
    mark, letters = None, {}
    open_marks: list[int | None] = []
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            about = operands[1] if operator == b"BDC" else {}
            mark = int(about["/MCID"]) if "/MCID" in about else None
            open_marks.append(mark)
        elif operator == b"EMC":
            open_marks.pop()
            mark = None
        elif operator == b"Tf":
            letters = maps[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            assert open_marks, "text that is in no part"
            shown = operands[0] if operator == b"TJ" else [operands[0]]
            if mark is not None:
                codes = b"".join(_bytes(each) for each in shown if isinstance(each, Shown))
                found[mark] = found.get(mark, "") + "".join(letters[code] for code in codes)
        elif operator in (b"f", b"S", b"s", b"b", b"Do"):
            assert open_marks, "something drawn that is in no part"
    assert not open_marks
    return found


def _bytes(shown: Shown) -> bytes:
    return bytes(shown) if isinstance(shown, ByteStringObject) else shown.original_bytes


def _to_unicode(font: DictionaryObject) -> dict[int, str]:
    """The letters of a font by their codes, read from its own map."""
    if "/ToUnicode" not in font:
        return {}
    stream = font["/ToUnicode"]
    assert isinstance(stream, StreamObject)
    pairs = [line.split("> <") for line in stream.get_data().decode().splitlines() if line.startswith("<")]
    return {int(code[1:], 16): bytes.fromhex(text[:-1]).decode("utf-16-be") for code, text in pairs}
