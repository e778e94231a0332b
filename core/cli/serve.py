"""`serve`: take part without a desk; and what the desk's own command does where there is no screen."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.base.language import _
from core.cli.desk import memory, this_desk
from core.cli.share import home_of, in_step

if TYPE_CHECKING:
    from core.web.server import Join


@click.command(
    epilog="""\b
Examples:
  python main.py serve town.sayback
  python main.py serve town.sayback --host 192.168.1.20 --port 8000
  python main.py serve town.sayback --public https://say.example.org
"""
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--host", help="The address to listen on, beside this computer's own. Default: the first network.")
@click.option("--port", type=click.IntRange(0, 65535), help="0 takes any free one. Default: the one of last time.")
@click.option("--public", metavar="URL", help="The name under which the world reaches this server.")
@click.option("--rehearsal", is_flag=True, help="Lift the limits on how fast people may write, to practise or measure.")
def serve(file: Path, host: str | None, port: int | None, public: str | None, rehearsal: bool) -> int:
    """Let people take part in the workshop in FILE, without a desk.

    The first line is one JSON object: {"join": URL, "code": "ABC234", "port": N}. Ctrl+C or SIGTERM ends it;
    what is under way is saved first. A workshop that is shared through an online home stays in step with it.
    """
    from core.session import Session
    from core.web.limits import Limits
    from core.web.serving import serve as serve_workshop

    if rehearsal:
        click.echo(_("For this rehearsal everybody may write as fast as they like."), err=True)
    session = Session.open(file, this_desk(), memory=memory(), keeps_copies=True)
    if session.is_behind:
        click.echo(_("This file is older than what this computer last wrote in this workshop."), err=True)
    limits, home = Limits.raised() if rehearsal else None, home_of(session)
    return serve_workshop(
        session, host, port, public, limits=limits, elsewhere=home.public if home else "",
        beside=partial(in_step, session, home),
    )


def serve_instead_of_desk(file: Path | None) -> int:
    """Say that there is no screen, and serve this workshop, or one to practise with."""
    from core.session import Session
    from core.web.serving import serve as serve_workshop

    click.echo(_("There is no screen here, so Sayback lets people take part without a desk."))
    file = practice_file() if file is None else file
    click.echo(_("The workshop is in {file}.").format(file=file))
    session = Session.open(file, this_desk(), memory=memory(), keeps_copies=True)
    home = home_of(session)
    code = serve_workshop(
        session, announce=tell_how_to_join, elsewhere=home.public if home else "",
        beside=partial(in_step, session, home),
    )
    click.echo(_("Stopped. Everything that was sent is saved."))
    return code


def tell_how_to_join(join: "Join") -> None:
    """How to join and how to stop, for the person at the terminal."""
    from core.base.join import address

    click.echo()
    if not join.is_for_phones:
        click.echo(_("This machine is on no network yet, so no phone can join. The address stands here once it is."))
        return
    click.echo(_("To join, open this address on a phone in the same network:"))
    click.echo(f"    {join.url}")
    short = address(join.host, join.port)
    click.echo(_("Or open {address} and type the code {code}.").format(address=short, code=join.code))
    click.echo(_("To stop, press Ctrl+C. What people have sent is kept."))


def practice_file() -> Path:
    """The workshop to practise with, in the default folder; made at the first use."""
    from core.base.join import new_code
    from core.base.settings import default_folder
    from core.rehearsal.practice import practice_workshop
    from core.session import Session

    file = default_folder() / "practice.sayback"
    if not file.exists():
        Session.create(file, practice_workshop(new_code()), this_desk(), memory=memory()).close()
    return file
