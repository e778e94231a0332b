"""`home`, `invite`, `summary` and `database`: an online home for many workshops, the codes with which desks come in,
what its organisers are told each day, and the database of a large one."""

import json
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.base.errors import WorkshopError
from core.base.language import _

if TYPE_CHECKING:
    from core.base.ids import WorkshopId
    from core.base.mail import MailServer
    from core.home.running import OnlineHome
    from core.home.shelf import Shelf
    from core.home.summary import Summary
    from core.sync.roles import Role

FOLDER = click.Path(path_type=Path, file_okay=False)
ROLES = ("venue", "moderator", "organiser", "reader")
LOOK_SECONDS = 1.0
DRIVER = ("psycopg", "psycopg_pool")


class NotInstalled(WorkshopError):
    """An extra is missing."""


DATABASE = click.option(
    "--database", envvar="SAYBACK_DATABASE", metavar="URL",
    help="The PostgreSQL that several instances share, in place of --data. Also from the variable SAYBACK_DATABASE.",
)  # fmt: skip


@click.command(
    epilog="""\b
Examples:
  python main.py home --data home-data --public https://say.example.org
  python main.py home --data home-data
  python main.py home --database postgresql://sayback@db.example.org/sayback --public https://say.example.org
"""
)
@click.option("--data", type=FOLDER, help="The folder for everything it keeps: one process serves it.")
@DATABASE
@click.option("--public", default="", metavar="URL", help="The https address under which the world reaches it.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65533), default=8000, show_default=True,
    help="People come here; desks at the next one, figures for operators at the one after. 0 takes any free ones.",
)  # fmt: skip
@click.option(
    "--proxy", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help="Where the proxy that does the TLS connects from: an address, or a network such as 10.0.0.0/24.",
)
@click.option("--restored", is_flag=True, help="The folder --data was put back with all the disk: say so once.")
@click.option("--rehearsal", is_flag=True, help="Lift the limits on how fast people may write, to practise or measure.")
def home(
    data: Path | None, database: str | None, public: str, host: str, port: int, proxy: str, restored: bool,
    rehearsal: bool,
) -> int:  # fmt: skip
    """Serve many workshops to people at home and to desks, without a screen, behind a proxy that does the TLS.

    With --database several of these run at once, on one computer or on many, and share it (packaging/online.md).
    Without --public it is one to try things out, on this computer alone. The first line is one JSON object:
    {"people": URL, "desks": URL, "figures": URL}. SIGTERM ends it; what is under way is answered and saved first.
    """
    from core.home.logs import log_as_json
    from core.home.running import OnlineHome, Place
    from core.web.limits import Limits
    from core.web.serving import tune

    log_as_json()
    tune()
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    if rehearsal:
        click.echo(_("For this rehearsal everybody may write as fast as they like."), err=True)
    place = Place(host=host, port=port, public=public.rstrip("/"), proxy=proxy)
    online = OnlineHome(shelf_in(data, database, restored=restored), place, Limits.raised() if rehearsal else None)
    try:
        online.start()
        click.echo(json.dumps(addresses(online)))
        while not told.wait(LOOK_SECONDS):    # in short steps, or Windows would not hear Ctrl+C
            if not online.is_alive:
                return 1
    finally:
        online.stop()
    return 0


def shelf_in(data: Path | None, database: str | None, *, restored: bool) -> "Shelf":
    """The workshops of a home that keeps them there. Raises WrongDatabase."""
    from core.home.shelf import FolderShelf

    require_one(data, database)
    if data is not None:
        return FolderShelf(data, restored=restored)
    if restored:
        raise click.UsageError(_("Of a database say it with: python main.py database --restored"))
    require_driver()
    from core.home.shared import SharedShelf

    return SharedShelf(database or "")


def require_one(data: Path | None, database: str | None) -> None:
    """Raises UsageError where it is not clear where the home is."""
    if (data is None) == (database is None):
        raise click.UsageError(_("Say where the home keeps everything: --data FOLDER, or --database URL."))


def require_driver() -> None:
    """Raises NotInstalled: a small home needs nothing of PostgreSQL."""
    from importlib import import_module

    try:
        for name in DRIVER:
            import_module(name)
    except ImportError as error:    # also where it is there, and the library of PostgreSQL that it needs is not
        raise NotInstalled(
            _("The part of Sayback that speaks with PostgreSQL is not installed."), _("Run: tools/setup run-online")
        ) from error


def addresses(online: "OnlineHome") -> dict[str, str]:
    """Where it is found."""
    from core.base.join import LOOPBACK, address

    desks = address(LOOPBACK, online.ports.desks) if online.public.startswith("http:") else online.public
    return {"people": online.public, "desks": desks, "figures": address(LOOPBACK, online.ports.figures) + "/metrics"}


@click.command(
    epilog="""\b
Examples:
  python main.py invite --data home-data
  python main.py invite --data home-data --to ABC234 --role venue --venue York
"""
)
@click.option("--data", type=FOLDER, help="The folder of the home.")
@DATABASE
@click.option("--to", "code", metavar="CODE", help="The workshop they come in to, by its join code.")
@click.option("--role", type=click.Choice(ROLES), default="venue", show_default=True, help="What they may do there.")
@click.option("--venue", metavar="NAME", help="At which venue of the workshop their desk is.")
def invite(data: Path | None, database: str | None, code: str | None, role: str, venue: str | None) -> None:
    """Make an invitation code for a desk: it works once, for 24 hours.

    Without --to the desk brings a workshop of its own to the home, and runs it there.
    """
    from core.domain.venues import need_venue
    from core.home.shelf import invitations_of, workshop_file
    from core.store.reader import read_board
    from core.sync.invitations import NO_WORKSHOP, as_shown
    from core.sync.roles import Role

    require_one(data, database)
    if venue and not code:
        raise click.UsageError(_("Say with --to which workshop has this venue."))
    wanted = Role(role) if code else Role.ORGANISER
    if data is None:
        click.echo(as_shown(invited_in(database or "", code, wanted, venue)))
        return
    if not data.is_dir():
        raise click.UsageError(_("There is no home in {folder}.").format(folder=data))
    workshop = workshop_with(data, code) if code else NO_WORKSHOP
    at = need_venue(read_board(workshop_file(data, workshop)), venue) if venue else None
    click.echo(as_shown(invitations_of(data).make(wanted, workshop, at)))


def invited_in(database: str, code: str | None, role: "Role", venue: str | None) -> str:
    """An invitation to the home in this database. Raises NoDatabase, WrongDatabase, Refused."""
    require_driver()
    from core.domain.venues import need_venue
    from core.home.shared import SharedInvitations
    from core.store.postgres.door import opened
    from core.sync.invitations import NO_WORKSHOP

    with opened(database) as ledger:
        workshop = ledger.with_code(code) if code else NO_WORKSHOP
        if workshop is None:
            raise no_such_workshop(code or "")
        at = need_venue(ledger.read(workshop)[0], venue) if venue else None
        return SharedInvitations(ledger).make(role, workshop, at)


@click.command(
    epilog="""\b
Examples:
  python main.py summary --data home-data --to ABC234
  python main.py summary --data home-data --to ABC234 --mail organiser@example.org --from home@example.org
"""
)
@click.option("--data", type=FOLDER, help="The folder of the home.")
@DATABASE
@click.option("--to", "code", metavar="CODE", required=True, help="The workshop, by its join code.")
@click.option("--mail", "receiver", metavar="ADDRESS", help="Send it there. Default: to the screen.")
@click.option("--from", "sender", default="", metavar="ADDRESS", help="The address it comes from.")
@click.option("--server", default="localhost", show_default=True, help="The mail server.")
@click.option("--server-port", type=click.IntRange(1, 65535), help="Its port. Default: the usual one.")
@click.option("--password-stdin", is_flag=True, help="Read the password for the sender from standard input.")
def summary(
    data: Path | None, database: str | None, code: str, receiver: str | None, sender: str, server: str,
    server_port: int | None, password_stdin: bool,
) -> None:  # fmt: skip
    """Say what came in at a workshop since yesterday: numbers, no words. For a timer to run once a day.

    To another computer it goes by STARTTLS; to this one as it is.
    """
    from core.home.summary import deliver
    from core.post.smtp import open_line

    made = summary_in(data, database, code)
    if receiver is None:
        click.echo("\n".join([made.subject, "", *made.sentences]))
        return
    if not sender:
        raise click.UsageError(_("A mail needs its --from."))
    password = sys.stdin.readline().rstrip("\n") if password_stdin else ""
    deliver(made, receiver, mail_server(server, server_port, sender, has_password=bool(password)), password, open_line)


def summary_in(data: Path | None, database: str | None, code: str) -> "Summary":
    """What came in since yesterday. Raises NoDatabase, WrongDatabase, NotAWorkshop."""
    from core.base.clock import utc_now
    from core.home.shelf import workshop_file
    from core.home.summary import summary_of, summed_up

    require_one(data, database)
    if data is not None:
        return summary_of(workshop_file(data, workshop_with(data, code)), utc_now())
    require_driver()
    from core.store.postgres.door import opened

    with opened(database or "") as ledger:
        workshop = ledger.with_code(code)
        if workshop is None:
            raise no_such_workshop(code)
        return summed_up(*ledger.read(workshop), utc_now())


def mail_server(host: str, port: int | None, sender: str, *, has_password: bool) -> "MailServer":
    """The server, with TLS unless it is this computer."""
    from core.base.mail import PORTS, MailServer, Security

    is_here = MailServer(host=host).is_here
    security = Security.NONE if is_here and not has_password else Security.STARTTLS
    user = sender if has_password else ""
    return MailServer(host=host, port=port or PORTS[security], security=security, sender=sender, user=user)


def workshop_with(data: Path, code: str) -> "WorkshopId":
    """The workshop that people find under this code."""
    from core.base.ids import WorkshopId
    from core.home.shelf import workshop_files
    from core.store.reader import read_board

    for file in workshop_files(data):
        workshop = read_board(file).workshop
        if workshop is not None and workshop.code.upper() == code.upper():
            return WorkshopId(file.stem)
    raise no_such_workshop(code)


def no_such_workshop(code: str) -> click.UsageError:
    """What is said of a code that leads nowhere."""
    return click.UsageError(_("No workshop of this home has the code {code}.").format(code=code.upper()))


@click.command(
    "database", epilog="""\b
Examples:
  createuser --pwprompt sayback
  createdb sayback
  python main.py database --database postgresql://postgres@db.example.org/sayback --for sayback
"""
)
@click.option("--database", envvar="SAYBACK_DATABASE", required=True, metavar="URL", help="As who owns the database.")
@click.option("--restored", is_flag=True, help="It was put back from a back-up: say so before the home starts.")
@click.option("--for", "role", required=True, metavar="ROLE", help="As whom the home comes: it can only add to a log.")
def prepare_database(database: str, role: str, restored: bool) -> None:
    """Make a PostgreSQL database ready for an online home: its tables, and the rights of the home's role.

    Once for a new database; again does no harm. A password is better in the file PGPASSFILE than in the address.
    """
    require_driver()
    from core.store.postgres.database import note_restored, prepare

    prepare(database, role)
    if restored:
        note_restored(database)
    click.echo(_("The database is ready. Now: python main.py home --database …"))
