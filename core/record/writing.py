"""Writing the record of a workshop file: the forms that are wanted, each whole under its name or not there at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from core.base.errors import Refused
from core.base.identity import contributor_of, read_secret
from core.base.language import _
from core.domain.easy import written
from core.record import editions, wording
from core.record.board_picture import make_svg
from core.record.bundle import bundle_json
from core.record.document import make_document
from core.record.easy import lay_out_easy
from core.record.files import save
from core.record.html import make_html
from core.record.large import lay_out_large
from core.record.markdown import make_markdown
from core.record.model import Record
from core.record.options import PLAIN, Options
from core.record.own import contributors
from core.record.pdf import lay_out, pdf_of, setter_for
from core.record.previewed import Pictured, pictured
from core.record.raster import make_png
from core.record.source import Source, read_source
from core.record.spreadsheet import notes_csv
from core.record.workbook import make_workbook

Progress = Callable[[int, int, str], None]
Told = Callable[[int, int], None]
FILES = {
    "pdf": "record.pdf", "html": "record.html", "csv": "notes.csv", "json": "workshop.json", "xlsx": "notes.xlsx",
    "docx": "record.docx", "md": "record.md", "png": "board.png", "svg": "board.svg",
    "large-print": "record-large-print.pdf", "easy-read": "record-easy-read.pdf",
}  # fmt: skip
"""The forms there are, and what each is called."""
USUAL = ("pdf", "html", "csv", "json")
"""What is written where nobody says what is wanted."""
PARTS = 100
"""In how many parts progress is told for each form."""


class NobodyHasIt(Refused):
    """There is nobody with this code."""

    def __init__(self) -> None:
        super().__init__(_("Nobody in this workshop has that code."), _("Look at the code again, sign by sign."))


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and what a person should know about them."""

    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


def write(
    path: Path, out: Path, formats: Sequence[str] = USUAL, progress: Progress | None = None,
    options: Options = PLAIN, *, with_editions: bool = False,
) -> Written:  # fmt: skip
    """Write these forms (`FILES`) of the record of a workshop file into a folder, and the editions of everybody who
    has one. Works while a desk has it open. Raises NotAWorkshop, NewerWorkshop, and NotSaved where the folder cannot
    be written to."""
    told: Progress = progress or (lambda done, total, what: None)
    return copy_context().run(_write, path, out, formats, told, options, with_editions)


def write_for(path: Path, out: Path, typed: str, options: Options = PLAIN) -> Written:
    """Write one person's copy into a folder: theirs who has this receipt code, or the id that the log keeps. Raises
    what `write` does, and NobodyHasIt."""
    return copy_context().run(_write_for, path, out, typed, options)


def _write_for(path: Path, out: Path, typed: str, options: Options) -> Written:
    source = read_source(path, options)
    secret = read_secret(typed)
    who = contributor_of(secret) if secret else typed
    found = next((each for each in contributors(source.board) if each == who), None)
    if found is None:
        raise NobodyHasIt
    return Written(tuple(editions.write_one(source, out, found)))


def preview(
    path: Path, out: Path, most: int, options: Options = PLAIN, *, large: bool = False
) -> Iterator[tuple[Pictured, Path]]:
    """The first pages as they would be on paper, each as a picture in a folder; no file of the record is written.
    Raises what `write` does, and NoPictures."""
    source = read_source(path, options)
    setter = setter_for(source.record.language)
    layout = (lay_out_large if large else lay_out)(replace(source.record, language=setter.language), setter)
    for page in pictured(layout, most):
        target = out / f"page-{page.page:03}.png"
        save(target, make_png(page.svg, 1.0), editions.OWNER_ONLY)
        yield page, target


def _write(
    path: Path, out: Path, formats: Sequence[str], progress: Progress, options: Options, with_editions: bool
) -> Written:
    """In the workshop's language, which is no other's business."""
    source = read_source(path, options)
    copies = editions.how_many(source) if with_editions else 0
    total = (len(formats) + copies) * PARTS
    files: list[Path] = []
    remarks: list[str] = []
    for number, name in enumerate(formats):
        target = out / FILES[name]
        content, said = _made(name, source, partial(_tell, progress, number * PARTS, total, target.name))
        save(target, content)
        files.append(target)
        remarks += said
        progress((number + 1) * PARTS, total, " ".join([target.name, *said]))
    if with_editions:
        files += _editions(source, out, progress, len(formats) * PARTS)
        remarks += editions.without(source.record)
    return Written(tuple(files), tuple(remarks))


def _tell(progress: Progress, before: int, total: int, what: str, done: int, of: int) -> None:
    progress(before + done * (PARTS - 1) // max(of, 1), total, what)


def _editions(source: Source, out: Path, progress: Progress, before: int) -> Iterator[Path]:
    copies = editions.how_many(source)
    total = before + copies * PARTS
    for number, file in enumerate(editions.write_editions(source, out), 1):
        what = _("Copies for each person: {n} of {all}").format(n=f"{number:,}", all=f"{copies:,}")
        progress(before + number * PARTS, total, what)
        yield file


def _made(name: str, source: Source, told: Told) -> tuple[bytes, list[str]]:
    """One form, and what is to be said about it."""
    told(0, 1)
    match name:
        case "pdf" | "large-print":
            content, undrawn = pdf_of(source.record, told, lay=lay_out if name == "pdf" else lay_out_large)
            return content, wording.not_drawn(undrawn)
        case "easy-read":
            return _easy(source, told)
        case "json":
            return bundle_json(source.record, source.rows, source.words, source.pictures.values()), []
    return FROM_RECORD[name](source.record), []


FROM_RECORD: Mapping[str, Callable[[Record], bytes]] = {
    "html": make_html, "csv": notes_csv, "xlsx": make_workbook, "docx": make_document, "md": make_markdown,
    "svg": make_svg, "png": lambda record: make_png(make_svg(record)),
}  # fmt: skip


def _easy(source: Source, told: Told) -> tuple[bytes, list[str]]:
    """In the words that somebody wrote for it, else in first words of ours, which are said to be that."""
    lines = written(source.board)
    content, undrawn = pdf_of(source.record, told, lay=partial(lay_out_easy, lines=lines))
    ours = _("The Easy Read copy has first words of ours in it. Put them into your own: Record menu, Easy Read.")
    return content, [*([] if lines else [ours]), *wording.not_drawn(undrawn)]
