"""One PDF from its first page to its bytes. Every PDF of ours is made here: tagged, with its title and its language."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import LinkAnnotation, PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from core.record.page.sheet import Sheet
from core.record.page.tagging import Tree
from core.record.page.typeset import FONTS, Typesetter, one_line

LinkAnnotation.permitted = (*LinkAnnotation.permitted, "StructParent")
ABOUT = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


class TaggedPdf:
    """A PDF on its way. The same drawing gives the same bytes."""

    def __init__(
        self, setter: Typesetter, size: tuple[float, float], *, title: str, author: str = "", subject: str = "",
        scale: float = 1.0,
    ) -> None:  # fmt: skip
        """Pages are drawn as for A4; `scale` makes them larger."""
        self._target = BytesIO()
        self._canvas = Canvas(
            self._target, pagesize=size, invariant=1, pageCompression=1, lang=setter.language,
            pdfVersion=(1, 7),
            initialFontName=FONTS[False],  # type: ignore[arg-type]  # the stubs take it for a number
        )  # fmt: skip
        self._tree = Tree()
        self._scale = scale
        self.sheet = Sheet(self._canvas, setter, self._tree, scale)
        self._describe(one_line(title) or "Sayback", one_line(author), subject, setter.language)

    @contextmanager
    def page(self) -> Iterator[Sheet]:
        """One page, to be drawn meanwhile."""
        if self._scale != 1.0:
            self._canvas.scale(self._scale, self._scale)
        yield self.sheet
        self.sheet.next_page()

    def finished(self) -> bytes:
        """The document, whose last page is finished."""
        self._tree.write(self._canvas._doc)  # type: ignore[attr-defined]
        self._canvas.save()
        return self._target.getvalue()

    def _describe(self, title: str, author: str, subject: str, language: str) -> None:
        canvas = self._canvas
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject(subject)
        canvas.setCreator("Sayback")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        about = ABOUT.format(title=escape(title), language=language).encode()
        names = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
        canvas._doc.Catalog.Metadata = PDFStream(PDFDictionary(names), about)  # type: ignore[attr-defined]
