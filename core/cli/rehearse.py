"""`rehearse`: a consultation that was held, played again by simulated phones over real HTTP."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.base.language import _
from core.cli.desk import memory, this_desk

if TYPE_CHECKING:
    from core.rehearsal.script import Line

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    epilog="""\b
Examples:
  python main.py rehearse town.sayback resources/rehearsal/comments.csv
  python main.py rehearse town.sayback resources/rehearsal/comments.csv --people 65 --speed 2
  python main.py rehearse --join http://192.168.1.20:8000/ABC234 resources/rehearsal/comments.csv
"""
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="[FILE] COMMENTS.csv")
@click.option("--join", "address", metavar="URL", help="Take part in a workshop that is running, at this address.")
@click.option("--people", type=click.IntRange(1, 5000), help="How many phones. Default: one for each author.")
@click.option(
    "--speed", type=click.FloatRange(0, min_open=True), default=1.0, show_default=True,
    help="2 is twice as fast; at 1 it takes a minute.",
)  # fmt: skip
def rehearse(files: tuple[Path, ...], address: str | None, people: int | None, speed: float) -> int:
    """Play COMMENTS.csv with simulated phones over real HTTP: each author one phone, in the original order.

    With FILE it serves that workshop itself and lifts the limits on how fast one person may write. With --join it
    takes part in a workshop that runs anywhere, keeps to its limits, and sends again when it is asked to wait.
    """
    if len(files) != (1 if address else 2):
        raise click.UsageError(_("Give a workshop FILE and a table, or --join URL and a table."))
    lines = read_script(files[-1], people, speed)
    return perform(address, lines) if address else perform_in(files[0], lines)


def read_script(table: Path, people: int | None, speed: float) -> "tuple[Line, ...]":
    """The table as lines for phones."""
    from core.record.tables import read_table, rows_of
    from core.rehearsal.script import Saying, write_script

    sayings = [
        Saying(row.author or f"line {row.line}", row.text, row.said_at.timestamp() if row.said_at else 0.0)
        for row in rows_of(read_table(table), {})
    ]
    return write_script(sayings, people, speed)


def perform_in(file: Path, lines: "Sequence[Line]") -> int:
    """Serve the workshop on this computer alone while it is played."""
    from core.base.join import LOOPBACK
    from core.session import Session
    from core.web.limits import Limits
    from core.web.server import ParticipantServer

    session = Session.open(file, this_desk(), memory=memory())
    try:
        server = ParticipantServer(session, host=LOOPBACK, limits=Limits.raised())
        server.start()
        click.echo(_("For this rehearsal everybody may write as fast as they like."), err=True)
        try:
            return perform(server.join.url, lines)
        finally:
            server.stop()
    finally:
        session.close()


def perform(address: str, lines: "Sequence[Line]") -> int:
    """Play, telling how it goes; 0 where nothing was lost."""
    import asyncio

    from core.rehearsal.phone import Tally
    from core.rehearsal.play import play

    def told(tally: Tally) -> None:
        if watched:
            click.echo("\r" + _("{n} of {all} notes sent").format(n=tally.thanked, all=len(lines)), nl=False, err=True)

    watched = sys.stderr.isatty()
    click.echo(
        _("{people} phones join at {address} and send {notes} notes.").format(
            people=len({line.phone for line in lines}), address=address, notes=len(lines)
        )
    )
    tally = asyncio.run(play(address, lines, told))
    click.echo("", nl=watched, err=True)
    click.echo(
        _("sent {sent}, acknowledged {thanked}, asked to wait {slowed}, sent again {resent}, lost {lost}").format(
            sent=tally.sent, thanked=tally.thanked, slowed=tally.slowed, resent=tally.resent, lost=tally.lost
        )
    )
    return 1 if tally.lost else 0
