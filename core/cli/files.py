"""`import`, `record` and `check`: what goes into a workshop file, what comes out, and whether it is whole."""

import json
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.base.language import _, ngettext
from core.cli.desk import memory, this_desk

if TYPE_CHECKING:
    from core.record.options import Options

FILE = click.Path(path_type=Path, dir_okay=False)
Progress = Callable[[int, int, str], None]


@click.command(
    "import",
    epilog="""\b
Examples:
  python main.py import town.sayback letters.csv
  python main.py import town.sayback answers.csv --map text=Answer,author=Person
""",
)
@click.argument("file", type=FILE)
@click.argument("table", type=FILE)
@click.option(
    "--map", "mapping", default="", metavar="text=COLUMN,…",
    help="Which column holds what: text, author, timestamp. Without it the columns are found by their names.",
)  # fmt: skip
def import_(file: Path, table: Path, mapping: str) -> None:
    """Bring the rows of TABLE (CSV) into FILE, each row a note of the first question."""
    from core.record.tables import import_table
    from core.session import Session

    columns = read_mapping(mapping)
    session = Session.open(file, this_desk(), memory=memory())
    try:
        count = import_table(session, table, columns, on_terminal())
    finally:
        session.close()
    click.echo(ngettext("{n} note came in.", "{n} notes came in.", count).format(n=count))


def read_mapping(text: str) -> dict[str, str]:
    """`text=Answer,author=Person` as a mapping."""
    pairs = [part.partition("=") for part in text.split(",") if part]
    if not all(name and column for name, _equals, column in pairs):
        raise click.UsageError(_("Write --map like this: --map text=COLUMN"))
    return {name.strip(): column.strip() for name, _equals, column in pairs}


@click.command(
    epilog="""\b
Examples:
  python main.py record town.sayback --out record
  python main.py record town.sayback --out record --formats pdf,html
  python main.py record town.sayback --out record --formats pdf --editions
  python main.py record town.sayback --out york --venue York
  python main.py record town.sayback --out for-ada --for "7K2M 4Q8D 9XJ3 F5TB"
"""
)
@click.argument("file", type=FILE)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to write into.")
@click.option(
    "--formats", metavar="pdf,html,…",
    help="Of: pdf, html, csv, json, xlsx, docx, md, png, svg. Default: the first four.",
)
@click.option("--large-print", is_flag=True, help="Also in large print: 18 points, one column.")
@click.option("--easy-read", is_flag=True, help="Also in Easy Read: a picture and a few words, four ideas a page.")
@click.option("--editions", is_flag=True, help="Also a copy for each contributor, their own notes first.")
@click.option("--for", "code", metavar="CODE", help="Only the copy of the person with this receipt code.")
@click.option("--names", is_flag=True, help="A name by each note whose writer chose one.")
@click.option("--themes-only", is_flag=True, help="Themes and numbers; no note in its own words.")
@click.option("--verbatim", is_flag=True, help="Every note in the order it came, in no theme.")
@click.option("--question", type=click.IntRange(1), metavar="N", help="Only this question, counted from 1.")
@click.option("--venue", default="", metavar="NAME", help="Only what came from this venue, by its name.")
@click.option(
    "--preview", type=click.IntRange(1), metavar="PAGES",
    help="Only the first pages as pictures, one JSON object a line about each.",
)  # fmt: skip
@click.option("--progress", is_flag=True, help="Say how far it is, one JSON object a line.")
def record(
    file: Path, out: Path, formats: str | None, editions: bool, code: str | None, preview: int | None,
    progress: bool, **chosen: Any,
) -> None:  # fmt: skip
    """Write the record of the workshop in FILE: what people said, and where it landed.

    Works while a desk has the file open.
    """
    from core.record.options import Options
    from core.record.writing import FILES, USUAL, write, write_for

    more = tuple(name for name in ("large-print", "easy-read") if chosen.pop(name.replace("-", "_")))
    options = Options(**chosen)
    if preview is not None:
        return show_pages(file, out, preview, options, large="large-print" in more)
    if code is not None:
        written = write_for(file, out, code, options)
    else:
        wanted = (USUAL if formats is None else read_formats(formats, FILES)) + more
        told = as_json if progress else on_terminal()
        written = write(file, out, wanted, told, options, with_editions=editions)
    for path in written.files:
        click.echo(path)
    for remark in (*written.remarks, *remembered(file, written.files)):
        click.echo(remark, err=True)
    return None


def show_pages(file: Path, out: Path, most: int, options: "Options", *, large: bool) -> None:
    """The pages as pictures in a folder, and about each a line for another program."""
    from core.record.writing import preview

    for page, target in preview(file, out, most, options, large=large):
        about = {"page": page.page, "of": page.of, "file": str(target), "says": page.says}
        click.echo(json.dumps(about, ensure_ascii=False))


def remembered(workshop: Path, exported: Sequence[Path]) -> list[str]:
    """Keep in mind what was written, for whoever is erased later; what is to be said where that cannot be done."""
    from core.base.clock import utc_now
    from core.base.errors import NotSaved
    from core.store.deliveries import Deliveries

    try:
        Deliveries(workshop).note_exported(exported, "record", utc_now())
    except NotSaved:
        return [_("Keep a list of who gets these files: nothing can be noted where the workshop lies.")]
    return []


def read_formats(text: str, known: Collection[str]) -> tuple[str, ...]:
    """`pdf,html` as names, each once."""
    wanted = tuple(dict.fromkeys(name for name in text.replace(" ", "").lower().split(",") if name))
    if unknown := [name for name in wanted if name not in known]:
        raise click.UsageError(
            _("There is no format {name}. There are: {all}.").format(name=unknown[0], all=", ".join(known))
        )
    return wanted


@click.command(
    epilog="""\b
Examples:
  python main.py bring town.sayback stick/town.sayback
  python main.py bring town.sayback stick/workshop.json --yes
"""
)
@click.argument("file", type=FILE)
@click.argument("stick", type=FILE)
@click.option("--yes", is_flag=True, help="Do not ask.")
def bring(file: Path, stick: Path, yes: bool) -> int:
    """Bring into FILE what another desk did in its copy of the same workshop: from the copy STICK, or from the
    workshop.json that `record` wrote there. Says first what that does. Twice is as once.
    """
    from core.record import bringing
    from core.session import Session

    session = Session.open(file, this_desk(), memory=memory())
    try:
        found = bringing.look(session, stick)
        if not found.events:
            click.echo(_("Everything in that file is here already."))
            return 0
        for sentence in bringing.told(found):
            click.echo(sentence)
        if not yes and not click.confirm(_("Bring it in?")):
            return 1
        bringing.bring(session, found)
    finally:
        session.close()
    click.echo(_("It is here now."))
    return 0


@click.command(
    epilog="""\b
Example:
  python main.py check town.sayback
"""
)
@click.argument("file", type=FILE)
def check(file: Path) -> int:
    """Look whether FILE is whole: the database, the chains, the words, the balance. Changes nothing.

    Prints one JSON object; "ok" is true where all is well, and the exit code is 0.
    """
    from core.store.check import check as examine

    report = examine(file)
    click.echo(report.to_json())
    return 0 if report.ok else 1


def as_json(done: int, total: int, what: str) -> None:
    """Progress for another program."""
    click.echo(json.dumps({"done": done, "total": total, "what": what}, ensure_ascii=False))


def on_terminal() -> Progress | None:
    """Progress for a person, on one line; none where nobody looks."""
    return as_line if sys.stderr.isatty() else None


def as_line(done: int, total: int, what: str) -> None:
    """How far it is, written over itself."""
    click.echo(f"\r{what}: {done}/{total} ", nl=done == total, err=True)
