"""`print`: posters, table cards, paper slips and note sheets as PDFs."""

from pathlib import Path
from typing import TextIO

import click

from core.base.language import _
from core.cli.slips import this_computer

PIECES = ("poster", "cards", "slips", "sheets")
PAPERS = ("a4", "a3")
COUNT_AT_MOST = 500


@click.command(
    "print",
    epilog="""\b
Examples:
  python main.py print town.sayback --what poster --paper a3 --out prints
  python main.py print town.sayback --what cards --count 8 --out prints
  python main.py print town.sayback --what poster --venue York --at https://say.example.org --out prints
  python main.py slips town.sayback --count 30 --out slips.csv
  python main.py print town.sayback --what slips --codes slips.csv --out prints
""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--what", type=click.Choice(PIECES), required=True, help="What to print.")
@click.option("--out", type=click.Path(path_type=Path), default="prints", show_default=True, help="The folder.")
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True, help="How large a poster is.")
@click.option(
    "--count", type=click.IntRange(1, COUNT_AT_MOST), default=1, show_default=True,
    help="How many cards, or sheets for each question.",
)  # fmt: skip
@click.option("--at", "origin", metavar="URL", help="Where phones find the workshop. Default: this computer.")
@click.option("--venue", default="", help="For one of several venues, by its name: with its own link.")
@click.option("--codes", type=click.File(encoding="utf-8"), help="The table that `slips` wrote; - reads it from stdin.")
def print_(
    file: Path, what: str, out: Path, paper: str, count: int, origin: str | None, venue: str, codes: TextIO | None
) -> None:
    """Lay out what is printed before the day, for the workshop in FILE. Works while a desk has it open."""
    from core.record.print_files import print_piece
    from core.record.slips import read_slips
    from core.store.reader import read_local

    if what == "slips" and codes is None:
        raise click.UsageError(_("Slips need their --codes."))
    slips = read_slips(codes.read()) if codes is not None else []
    address = origin or this_computer(read_local(file, "port"))
    written = print_piece(file, out, what, paper=paper, count=count, address=address, slips=slips, venue=venue)
    for each in written.files:
        click.echo(each)
    for remark in written.remarks:
        click.echo(remark, err=True)
