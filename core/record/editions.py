"""The editions of a record, a PDF and a web page for each contributor: made one after the other, and from where it was
stopped the next time."""

import re
from collections.abc import Iterator
from pathlib import Path

from core.base.ids import ContributorId
from core.base.language import _
from core.record import telling
from core.record.files import save
from core.record.html import make_html
from core.record.model import Record
from core.record.own import contributors, edition
from core.record.pdf import pdf_of, setter_for
from core.record.source import Source
from core.record.typeset import Typesetter

FOLDER = "editions"
MARK = "made-of.txt"
"""Says of which state of the workshop the editions beside it were made."""
OURS = re.compile(r"([0-9a-f]{32})\.(pdf|html)|\.[0-9a-f]{32}\.(pdf|html)\.\d+\.part")
"""An edition, or what is left of one that was stopped while it was written."""
OWNER_ONLY = 0o600


def write_editions(source: Source, out: Path) -> Iterator[Path]:
    """Write them all, and tell each file as it is there. What is whole from the same state of the workshop is told and
    not made again; what is of another state, or of somebody who was erased, is taken away first. Raises NotSaved."""
    folder = out / FOLDER
    people = contributors(source.board)
    _begin(folder, source.digest, people)
    setter = setter_for(source.record.language)
    for who in people:
        yield from _written(source, folder, who, setter)


def _written(source: Source, folder: Path, who: ContributorId, setter: Typesetter) -> Iterator[Path]:
    pdf, html = (folder / f"{who}.{kind}" for kind in ("pdf", "html"))
    if not (pdf.exists() and html.exists()):
        mine = edition(source.board, who, None, source.pictures, source.options)
        save(html, make_html(mine), OWNER_ONLY)
        save(pdf, pdf_of(mine, setter=setter)[0], OWNER_ONLY)
    yield from (pdf, html)


def without(record: Record) -> list[str]:
    """What is said about notes whose writers cannot have an edition."""
    said = telling.nobodys(record)
    return [said] if said else []


def how_many(source: Source) -> int:
    """How many files there will be."""
    return 2 * len(contributors(source.board))


def _begin(folder: Path, digest: str, people: list[ContributorId]) -> None:
    """Afterwards only what is whole and of this state of the workshop lies there."""
    mark = folder / MARK
    is_same = mark.exists() and mark.read_text("utf-8", "replace").split()[-1:] == [digest]
    wanted = frozenset(people) if is_same else frozenset()
    for file in sorted(folder.glob("*")):
        ours = OURS.fullmatch(file.name)
        if ours and ours[1] not in wanted:
            file.unlink()
    if not is_same:
        about = _("These are the copies for each person. Each is for its owner only. They were made from:")
        save(mark, f"{about}\n{digest}\n".encode(), OWNER_ONLY)
