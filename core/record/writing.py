"""Writing the record of a workshop file: the forms that are wanted, each whole under its name or not there at all."""

import errno
from collections.abc import Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass, replace
from pathlib import Path

from core.base import language
from core.base.errors import DiskFull, NotSaved
from core.base.files import write_atomically
from core.base.language import _
from core.domain.board import EMPTY, Board
from core.domain.events import State
from core.domain.fold import fold, with_words
from core.domain.words import Words
from core.record import wording
from core.record.bundle import bundle_json
from core.record.html import make_html
from core.record.model import Record
from core.record.pdf import can_write, lay_out, make_pdf
from core.record.plan import Drawn, plan
from core.record.spreadsheet import notes_csv
from core.store.pictures import named_on, read
from core.store.reader import read_log
from core.store.rows import Row, to_event

Progress = Callable[[int, int, str], None]
Told = Callable[[int, int], None]
FILES = {"pdf": "record.pdf", "html": "record.html", "csv": "notes.csv", "json": "workshop.json"}
"""The forms there are, and what each is called."""
PARTS = 100
"""In how many parts progress is told for each form."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and what a person should know about them."""

    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """One steady view of a workshop file, and its record."""

    rows: Sequence[Row]
    words: Sequence[Words]
    pictures: Drawn
    record: Record


def write(
    path: Path, out: Path, formats: Sequence[str] = tuple(FILES), progress: Progress | None = None
) -> Written:
    """Write these forms (`FILES`) of the record of a workshop file into a folder. Works while a desk has it open.
    Raises NotAWorkshop, NewerWorkshop, and NotSaved where the folder cannot be written to."""
    return copy_context().run(_write, path, out, formats, progress or (lambda done, total, what: None))


def _write(path: Path, out: Path, formats: Sequence[str], progress: Progress) -> Written:
    """In the workshop's language, which is no other's business."""
    source = _read(path)
    total = len(formats) * PARTS
    files: list[Path] = []
    remarks: list[str] = []
    for number, name in enumerate(formats):
        target = out / FILES[name]

        def told(done: int, of: int, before: int = number * PARTS, what: str = target.name) -> None:
            progress(before + done * (PARTS - 1) // max(of, 1), total, what)

        content, said = _made(name, source, told)
        save(target, content)
        files.append(target)
        remarks += said
        progress((number + 1) * PARTS, total, " ".join([target.name, *said]))
    return Written(tuple(files), tuple(remarks))


def _read(path: Path) -> _Source:
    rows, words = read_log(path)
    events = (to_event(row) for row in rows if row.state != State.REFUSED.value)
    board: Board = fold(with_words(EMPTY, words), events)
    language.use(board.workshop.language if board.workshop else "en")
    pictures = _pictures(path, board)
    return _Source(rows, words, pictures, plan(board, None, pictures))


def _pictures(path: Path, board: Board) -> Drawn:
    """Those that notes name, as far as they are there and are what their hash says."""
    found = ((digest, read(path, digest)) for digest in sorted(named_on(board)))
    return {digest: picture for digest, picture in found if picture is not None and picture.hash == digest}


def _made(name: str, source: _Source, told: Told) -> tuple[bytes, list[str]]:
    """One form, and what is to be said about it."""
    told(0, 1)
    match name:
        case "pdf":
            return copy_context().run(_pdf, source.record, told)
        case "html":
            return make_html(source.record), []
        case "csv":
            return notes_csv(source.record), []
    return bundle_json(source.record, source.rows, source.words, source.pictures.values()), []


def _pdf(record: Record, told: Told) -> tuple[bytes, list[str]]:
    """In English where the fonts have no letters for the workshop's language: boxes in the place of every word would
    help nobody, and the web page of the record is in it all the same."""
    if not can_write(record.language):
        language.use(language.SOURCE)
        record = replace(record, language=language.SOURCE)
    layout = lay_out(record)
    return make_pdf(layout, told), wording.not_drawn(sum(len(each.signs) for each in layout.undrawn))


def save(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Write one file, whole or not at all. Raises DiskFull, NotSaved."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, content, mode)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            full = _("There is no room left on the disk for the record.")
            raise DiskFull(full, _("Make room, or choose another folder.")) from error
        why = _("The record cannot be written here: {why}").format(why=error.strerror)
        raise NotSaved(why, _("Close the file if it is open, or choose another folder.")) from error
