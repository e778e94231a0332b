"""`send`: the way back. Says how many have been answered; sends, writes drafts, prints; never twice to anybody."""

import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.base.errors import WorkshopError
from core.base.language import _, ngettext
from core.cli.desk import memory, this_desk
from core.cli.files import as_json

if TYPE_CHECKING:
    from core.base.mail import MailServer
    from core.post.office import Office
    from core.post.sending import Progress, Tally

SERVER = ("host", "port", "security", "user", "sender", "name", "reply_to", "pace")
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for on the command line."""

    record: Path | None
    online: str
    changes: bool
    again_by: datetime | None
    go: bool
    dry_run: bool
    test: str | None
    drafts: Path | None
    merge: Path | None
    paper: Path | None
    bounces: tuple[Path, ...]
    unsure: str | None
    progress: bool
    password_stdin: bool


class NoServer(WorkshopError):
    """Nobody said where letters are handed in."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no mail server yet, and no address that the letters come from."),
            _("Say them with --host and --from; or write drafts with --drafts FOLDER."),
        )


@click.command(
    epilog="""\b
Examples:
  python main.py send town.sayback
  python main.py send town.sayback --record record --dry-run
  python main.py send town.sayback --record record --go --host smtp.example.org --user team --from team@example.org
  python main.py send town.sayback --record record --drafts letters
  python main.py send town.sayback --paper letters
""",
)
@click.argument("file", type=FILE)
@click.option("--record", type=FOLDER, help="The folder that `record` wrote: what comes with each letter.")
@click.option("--online", default="", metavar="URL", help="An address of the workshop that stays up for months.")
@click.option("--changes", is_flag=True, help="Only what has changed since the last letter, to those it concerns.")
@click.option("--again-by", type=click.DateTime(["%Y-%m-%d"]), help="Promise to write once more by this day.")
@click.option("--go", is_flag=True, help="Send the letters that wait.")
@click.option("--dry-run", is_flag=True, help="Say who would get a letter. Nothing is sent or marked.")
@click.option("--test", metavar="ADDRESS", help="Send one letter to yourself.")
@click.option("--drafts", type=FOLDER, help="Write each letter as a draft (.eml) for your mail program.")
@click.option("--merge", type=FILE, help="Write one table (CSV) for mail merge.")
@click.option("--paper", type=FOLDER, help="Write the letters for the post, and their labels, as PDFs.")
@click.option("--bounce", "bounces", type=FILE, multiple=True, help="A saved message about a letter that came back.")
@click.option("--unsure", type=click.Choice(["went", "again"]), help="What became of all that are unsure.")
@click.option("--host", help="The mail server. It is remembered, as the next seven are.")
@click.option("--port", type=click.IntRange(1, 65535), help="Its port.")
@click.option("--security", type=click.Choice(["starttls", "tls", "none"]), help="none: only to this computer itself.")
@click.option("--user", help="Your name there. The password is asked for, and kept in the keyring of this system.")
@click.option("--from", "sender", metavar="ADDRESS", help="The address the letters come from.")
@click.option("--name", help="Who they come from, in words.")
@click.option("--reply-to", metavar="ADDRESS", help="Where answers go. Default: to the sender.")
@click.option("--pace", type=click.IntRange(1, 600), help="Letters a minute. Default: 20.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--progress", is_flag=True, help="Say how far it is, one JSON object a line.")
def send(file: Path, **given: Any) -> None:
    """Answer everybody who took part in the workshop in FILE. Without more it says how many have been answered.

    Each letter is marked on disk before and after it goes. Whatever happens in between, nobody gets one twice unless
    you say so.
    """
    from core.post.office import Office
    from core.session import Session

    server = server_with({name: given.pop(name) for name in SERVER})
    asked = Asked(**given)
    session = Session.open(file, this_desk(), memory=memory())
    try:
        office = Office(session, records=asked.record, online=asked.online)
        office.own_up()
        carry_out(office, asked, server)
        tell(office)
    finally:
        session.close()


def server_with(given: dict[str, Any]) -> "MailServer":
    """The mail server that this desk knows, with what was said anew; that is remembered."""
    from core.base.mail import PORTS, Security
    from core.base.settings import SettingsFile
    from core.post.message import address

    settings = SettingsFile()
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        return settings.settings.mail
    if "security" in changes:
        changes["security"] = Security(changes["security"])
        changes.setdefault("port", PORTS[changes["security"]])
    for name in ("sender", "reply_to"):
        if changes.get(name):
            address(changes[name])
    server = replace(settings.settings.mail, **changes)
    settings.update(lambda kept: replace(kept, mail=server))
    return server


def carry_out(office: "Office", asked: Asked, server: "MailServer") -> None:
    """What was asked for, in an order that makes sense: what is known first, then what goes."""
    from core.domain.delivery import Kind

    if asked.again_by is not None:
        office.promise_again(asked.again_by.date())
    for path in asked.bounces:
        took_bounce(office, path)
    if asked.unsure is not None:
        decided(office, went=asked.unsure == "went")
    if asked.test is not None:
        tested(office, asked, server)
    if asked.dry_run:
        would_go(office, Kind.CHANGES if asked.changes else Kind.RECORD)
        return
    if asked.go or asked.drafts or asked.merge or asked.paper:
        office.begin(Kind.CHANGES if asked.changes else Kind.RECORD)
        handed_out(office, asked, server)


def handed_out(office: "Office", asked: Asked, server: "MailServer") -> None:
    """Everything that puts letters into somebody's hands."""
    from core.post.drafts import write_drafts, write_mail_merge
    from core.post.paper import write_letters

    if asked.go:
        sent(office, asked, server)
    if asked.paper is not None:
        pages = write_letters(office, asked.paper)
        for line in [str(path) for path in pages] or [_("Nobody waits for a letter by post.")]:
            click.echo(line)
    if asked.drafts is not None:
        paths = write_drafts(office, asked.drafts, server)
        said = ngettext("{n} draft is in {folder}.", "{n} drafts are in {folder}.", len(paths))
        nobody = _("Nobody waits for a letter by email.")
        click.echo(said.format(n=len(paths), folder=asked.drafts) if paths else nobody)
    if asked.merge is not None:
        count = write_mail_merge(office, asked.merge)
        said = ngettext("{n} letter is in {file}.", "{n} letters are in {file}.", count)
        click.echo(said.format(n=count, file=asked.merge) if count else _("Nobody waits for a letter."))


def sent(office: "Office", asked: Asked, server: "MailServer") -> None:
    """Send what waits. Ctrl+C stops between two letters or leaves one unsure."""
    from core.post.sending import Sending

    require(server)
    sending = Sending(office, server, password_of(server, asked), told=told_by(asked))
    say(sending.run())


def say(tally: "Tally") -> None:
    """What became of the letters of one run."""
    words = ngettext("{n} letter went.", "{n} letters went.", tally.sent).format(n=tally.sent)
    click.echo(words)


def tested(office: "Office", asked: Asked, server: "MailServer") -> None:
    """One letter to oneself, as the first person in the list would get it."""
    from core.domain.delivery import Kind
    from core.post.trying import try_it

    require(server)
    kind = Kind.CHANGES if asked.changes else Kind.RECORD
    try_it(office, kind, asked.test or "", server, password_of(server, asked))
    click.echo(_("A test letter went to {address}.").format(address=asked.test))


def would_go(office: "Office", kind: Any) -> None:
    """Who would get a letter now, and which way."""
    from core.domain.delivery import Kind

    concerned = set(office.concerned()) if kind is Kind.CHANGES else None
    answered = {each.contributor for each in office.account().people if each.delivery and each.delivery.is_answered}
    for contact in office.contacts():
        goes = contact.contributor in concerned if concerned is not None else contact.contributor not in answered
        if goes:
            click.echo(f"{contact.way.value}: {' / '.join(contact.address.splitlines())}")


def took_bounce(office: "Office", path: Path) -> None:
    """One saved message about a letter that came back."""
    from core.post.bounces import saved_message, take_bounce
    from core.post.telling import why

    take_bounce(office, saved_message(path))
    newest = max(office.deliveries(), key=lambda each: each.at)
    click.echo(why(newest.why) or _("The server still tries. Nothing was changed."))


def decided(office: "Office", *, went: bool) -> None:
    """All unsure letters went, or none did."""
    from core.domain.delivery import State

    for each in office.deliveries():
        if each.state is State.UNSURE:
            office.decide(each, went=went)


def tell(office: "Office") -> None:
    """The honest number, and what stands behind it."""
    from core.post import telling

    account = office.account()
    click.echo(telling.number(account))
    for _standing, words, count in telling.parts(account):
        click.echo(f"  {count:>5}  {words}")
    if remark := telling.nobodys(account):
        click.echo(remark)


def require(server: "MailServer") -> None:
    """Raises NoServer."""
    if not server.is_set:
        raise NoServer


def password_of(server: "MailServer", asked: Asked) -> str:
    """The password: from standard input, from the keyring, or asked for; empty where none is needed."""
    from core.post.passwords import Passwords

    if not server.user:
        return ""
    passwords = Passwords.of_this_system()
    if asked.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    kept = passwords.of(server)
    if kept is None:
        typed: str = click.prompt(_("Password for {user}").format(user=server.user), hide_input=True, err=True)
        if not passwords.keep(server, typed):
            click.echo(_("This system keeps no passwords. It will be asked for again next time."), err=True)
        kept = typed
    return kept


def told_by(asked: Asked) -> Any:
    """How far it is: for another program, for a person, or for nobody."""
    from core.post.telling import how_long

    def told(progress: "Progress") -> None:
        if asked.progress:
            as_json(progress.done, progress.total, how_long(progress.left))
        elif sys.stderr.isatty():
            last = progress.done == progress.total
            click.echo(f"\r{progress.done}/{progress.total} ({how_long(progress.left)}) ", nl=last, err=True)

    return told

