"""The editions of a record, a PDF and a web page for each contributor: made one after the other, and from where it was
stopped the next time."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from subprocess import DEVNULL, PIPE

from core.base.ids import ContributorId
from core.base.language import _
from core.base.names import free_path
from core.record import telling
from core.record.files import save, take_away
from core.record.html import make_html
from core.record.model import Record
from core.record.options import Options
from core.record.own import contributors, edition
from core.record.page.typeset import Typesetter
from core.record.pdf import pdf_of, setter_for
from core.record.source import Source, read_source

FOLDER = "editions"
MARK = "made-of.txt"
"""Says of which state of the workshop the editions beside it were made."""
OURS = re.compile(r"([0-9a-f]{32})\.(pdf|html)|\.[0-9a-f]{32}\.(pdf|html)\.\d+\.part")
"""An edition, or what is left of one that was stopped while it was written."""
ONE = "your-record"
OWNER_ONLY = 0o600
MANY = 24
"""From so many people on a second process is worth its start."""
HOUSE = Path(__file__).parents[2]
HELPER = "core.record.helper"


def write_editions(source: Source, out: Path) -> Iterator[Path]:
    """Write them all, and tell each file as it is there. What is whole from the same state of the workshop is told and
    not made again; what is of another state, or of somebody who was erased, is taken away first. Where there are many
    a second process begins at the other end, and the two meet. Raises NotSaved."""
    folder = out / FOLDER
    people = contributors(source.board)
    _begin(folder, source.digest, people)
    setter = setter_for(source.record.language)
    with _helped(source, out, len(people)):
        for who in people:
            yield from _written(source, folder, who, setter)


def write_one(source: Source, out: Path, who: ContributorId) -> list[Path]:
    """Only this person's copy, for them to take along; no file of that name is overwritten: it may be another's. Raises
    NotSaved."""
    mine = edition(source.board, who, None, source.pictures, source.options)
    made = {".pdf": pdf_of(mine, setter=setter_for(source.record.language))[0], ".html": make_html(mine)}
    targets = [(free_path(out, ONE, kind), content) for kind, content in made.items()]
    for target, content in targets:
        save(target, content, OWNER_ONLY)
    return [target for target, _content in targets]


def help_from_the_end(path: Path, out: Path, options: Options, digest: str) -> Iterator[Path]:
    """What the second process does. It makes nothing where the workshop has gone on since the first one looked."""
    source = read_source(path, options)
    if source.digest == digest:
        setter = setter_for(source.record.language)
        for who in reversed(contributors(source.board)):
            yield from _written(source, out / FOLDER, who, setter)


@contextmanager
def _helped(source: Source, out: Path, people: int) -> Iterator[None]:
    """A second process, while this lasts. It tells of each file on a pipe: when nobody hears that any more, it ends."""
    if people < MANY or (os.cpu_count() or 1) < 2:
        yield
        return
    where = {"path": str(source.path.resolve()), "out": str(out.resolve()), "digest": source.digest}
    wish = json.dumps(where | asdict(source.options))
    command = [sys.executable, "-m", HELPER]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=HOUSE) as helper:
        try:
            with suppress(BrokenPipeError):
                helper.stdin.write(wish.encode())    # type: ignore[union-attr]  # it is a pipe
                helper.stdin.close()    # type: ignore[union-attr]
            yield
        finally:
            helper.kill()
            helper.wait()
            for half in (out / FOLDER).glob(f".*.{helper.pid}.part"):    # it was writing what was just made here
                take_away(half)


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
            take_away(file)
    if not is_same:
        about = _("These are the copies for each person. Each is for its owner only. They were made from:")
        save(mark, f"{about}\n{digest}\n".encode(), OWNER_ONLY)
