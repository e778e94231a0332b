"""`slips`: personal codes on paper, for people who come without a phone."""

from pathlib import Path

import click

from core.base.language import ngettext
from core.cli.desk import memory, this_desk

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    epilog="""\b
Examples:
  python main.py slips town.sayback --count 30 --out slips.csv
  python main.py slips town.sayback --count 30 --at https://say.example.org --out slips.csv
"""
)
@click.argument("file", type=FILE)
@click.option("--count", type=click.IntRange(1), required=True, help="How many slips to make.")
@click.option("--out", type=FILE, help="The table to write (CSV), for your eyes only. Default: to the screen.")
@click.option("--at", "origin", metavar="URL", help="Where phones find the workshop. Default: this computer.")
def slips(file: Path, count: int, out: Path | None, origin: str | None) -> None:
    """Make paper slips for the workshop in FILE, each with a code of its own.

    A slip has a code of 16 signs, the same code as eight words, and a link for a QR code. Whoever types the code on a
    phone is that person. The codes are only in what this writes: keep it safe, and delete it once they are printed.
    """
    from core.record.slips import make_slips, require_new, slips_csv, write_slips
    from core.session import Session

    if out is not None:
        require_new(out)
    session = Session.open(file, this_desk(), memory=memory())
    try:
        made = make_slips(session, count, origin or this_computer(session.local("port").result()))
    finally:
        session.close()
    if out is None:
        click.echo(slips_csv(made), nl=False)
        return
    write_slips(out, made)
    click.echo(ngettext("{n} slip is in {file}.", "{n} slips are in {file}.", count).format(n=count, file=out))


def this_computer(port: str | None) -> str:
    """The address at which `serve` and the desk would serve this workshop now."""
    from core.base.adapters import addresses
    from core.base.join import LOOPBACK, address
    from core.web.server import USUAL_PORT

    host = next((each.host for each in addresses()), LOOPBACK)
    return address(host, int(port or USUAL_PORT))
