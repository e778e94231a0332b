"""`share`: a workshop goes to an online home; and how it is kept in step with it while it is served."""

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.base.language import _
from core.cli.desk import known, memory, this_desk

if TYPE_CHECKING:
    from core.session import Session
    from core.sync.known import Home
    from core.sync.standing import LinkState

FILE = click.Path(path_type=Path, dir_okay=False)
NAME_AT_MOST = 40
SEND_SECONDS = 600.0


@click.command(
    epilog="""\b
Examples:
  python main.py share town.sayback --home https://say.example.org --code 7KQM-2D9X-T4
  python main.py serve town.sayback
"""
)
@click.argument("file", type=FILE)
@click.option("--home", "address", required=True, metavar="URL", help="The address of the online home.")
@click.option("--code", required=True, help="An invitation code of that home.")
def share(file: Path, address: str, code: str) -> int:
    """Share the workshop in FILE through an online home, where people take part from anywhere.

    Says where that is. Everything stays in FILE, too; `serve` and the desk keep both in step. On a computer without a
    keyring the home is forgotten when this ends; a new code lets it in again.
    """
    from core.session import Session
    from core.sync.invited import share as give
    from core.sync.known import Homes

    homes = Homes(known())
    session = Session.open(file, this_desk(), memory=memory())
    try:
        shared = give(session, address, code, platform.node()[:NAME_AT_MOST] or _("A desk"), homes)
        workshop = session.workshop_id
    finally:
        session.close()
    session = Session.open(file, this_desk(), memory=memory())
    try:
        home = homes.of(workshop)
        if home is None or not sent(session, home):
            return 1
        made = session.board.workshop
        click.echo(_("People at home take part here:"), err=True)
        click.echo(f"{home.public}/{made.code if made else ''}")
    finally:
        session.close()
    if not shared.left_well:
        click.echo(_("The online home before could not be asked. What people said there since is not here."), err=True)
    if not shared.lasts:
        click.echo(_("There is no keyring here, so this computer has forgotten the home now."), err=True)
    return 0


def sent(session: "Session", home: "Home") -> bool:
    """Send everything; whether all of it arrived. Raises what ended the link."""
    from core.sync.link import Link
    from core.sync.standing import Way

    def is_over(state: "LinkState") -> bool:
        return state.way is Way.ENDED or (state.way is Way.ON and not state.waiting)

    link = Link(session, home)
    link.start()
    try:
        link.wait_until(is_over, SEND_SECONDS)
    finally:
        link.stop()
    if link.state.way is Way.ENDED and link.state.problem is not None:
        raise link.state.problem
    click.echo(link.state.words, err=True)
    return link.state.way is Way.ON


def home_of(session: "Session") -> "Home | None":
    """The home of this workshop; None where it is here."""
    from core.sync.known import Homes

    return None if session.is_home else Homes(known()).of(session.workshop_id)


@contextmanager
def in_step(session: "Session", home: "Home | None") -> Iterator[None]:
    """Keep the workshop in step with its home meanwhile, and say on stderr whenever that stands differently."""
    from core.sync.known import Homes
    from core.sync.link import Link

    if home is None:
        yield
        return

    def follow(there: "Home") -> None:
        Homes(known()).keep(there)
        click.echo(_("The online home is at {address} now.").format(address=there.public), err=True)

    link = Link(session, home, changed=lambda: click.echo(link.state.words, err=True), moved=follow)
    link.start()
    try:
        yield
    finally:
        link.stop()
