"""`erase`: everything one person gave, handed to them or erased everywhere we can reach."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.base.errors import Refused
from core.base.language import _, ngettext
from core.cli.desk import memory, this_desk

if TYPE_CHECKING:
    from core.post.finding import Found
    from core.post.office import Office

MOST_LISTED = 30


class WhichOne(Refused):
    """More than one person fits."""

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext("{n} person fits.", "{n} people fit.", count).format(n=count),
            _("Say which with --person NUMBER, or find them by their code. Nothing was erased."),
        )


@click.command(
    epilog="""\b
Examples:
  python main.py erase town.sayback --code "7K2M 4Q8D 9XJ3 F5TB"
  python main.py erase town.sayback --address ada@example.org --yes
  python main.py erase town.sayback --text "my neighbour" --person 2 --yes
  python main.py erase town.sayback --code "7K2M 4Q8D 9XJ3 F5TB" --give-back for-ada
""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--code", help="Their receipt code, as signs or as words.")
@click.option("--address", help="The address they left, or a part of it.")
@click.option("--text", help="Words of a note of theirs.")
@click.option("--person", type=click.IntRange(1), help="Which of those that were found.")
@click.option("--give-back", type=click.Path(path_type=Path, file_okay=False), help="First write all they gave here.")
@click.option("--only-address", is_flag=True, help="Erase only their address: no letter goes any more.")
@click.option("--ledger", is_flag=True, help="Say at which desks each erasure has been carried out so far.")
@click.option("--yes", is_flag=True, help="Erase. Without it this only says who was found.")
def erase(
    file: Path, code: str | None, address: str | None, text: str | None, person: int | None,
    give_back: Path | None, ledger: bool, **how: bool,
) -> None:  # fmt: skip
    """Erase one person from the workshop in FILE: what they wrote, their name, votes, pictures, address and letters.

    It cannot be undone. Files that were exported before are outside our reach; they are listed.
    """
    from core.post.office import Office
    from core.session import Session

    if ledger:
        return tell_ledger(file)
    if sum(each is not None for each in (code, address, text)) != 1:
        raise click.UsageError(_("Say whom: --code, --address or --text."))
    session = Session.open(file, this_desk(), memory=memory(), keeps_copies=True)
    try:
        office = Office(session)
        chosen = choose(found_by(office, code, address, text), person)
        if give_back is not None:
            hand_over(office, chosen, give_back)
        if how["yes"]:
            carry_out(office, chosen, text or "", only_address=how["only_address"])
        elif give_back is None:
            click.echo(_("Nothing was erased. Say --yes to erase."))
    finally:
        session.close()
    return None


def tell_ledger(file: Path) -> None:
    """How far each erasure has come, by what the desks have said; nothing is changed."""
    from core.store.reader import read_board
    from core.sync.ledger import erasures_told

    told = erasures_told(read_board(file), this_desk())
    for line in told or [_("Nobody was erased from this workshop.")]:
        click.echo(line)


def found_by(office: "Office", code: str | None, address: str | None, text: str | None) -> "list[Found]":
    """Who was meant. Raises NobodyFound."""
    from core.post.finding import NobodyFound, by_address, by_code, by_text, nobodys_notes

    if code is not None:
        return by_code(office, code)
    if address is not None:
        return by_address(office, address)
    nobodys = nobodys_notes(office.board, text or "")
    if nobodys:
        said = ngettext("{n} note with these words is nobody’s. Hide it at the desk.",
                        "{n} notes with these words are nobody’s. Hide them at the desk.", nobodys)  # fmt: skip
        click.echo(said.format(n=nobodys), err=True)
    try:
        return by_text(office, text or "")
    except NobodyFound:
        tell_also_in(office, text or "")
        raise


def choose(found: "Sequence[Found]", person: int | None) -> "Found":
    """The one that is meant. Raises WhichOne."""
    for number, each in enumerate(found[:MOST_LISTED], 1):
        click.echo(f"{number:>4}  {each.by}")
    if person is not None and person <= len(found):
        return found[person - 1]
    if person is not None or len({each.contributor for each in found}) > 1:
        raise WhichOne(len(found))
    return found[0]


def hand_over(office: "Office", chosen: "Found", folder: Path) -> None:
    """All they gave, for them to take along."""
    from core.post.holdings import give_back

    for path in give_back(office, chosen.contributor, folder):
        click.echo(path)


def carry_out(office: "Office", chosen: "Found", text: str, *, only_address: bool) -> None:
    """Erase, and say what is outside our reach."""
    from core.post import telling
    from core.post.erasing import erase_one, forget_address

    if only_address:
        forget_address(office, [chosen.contributor])
        click.echo(_("The address is erased. No letter goes there any more."))
        return
    erased = erase_one(office, chosen.contributor)
    click.echo(_("Erased here, and in the copies that Sayback keeps."))
    for line in telling.outside(erased.outside):
        click.echo(line)
    tell_also_in(office, text, [each.text for each in erased.quoted])


def tell_also_in(office: "Office", text: str, quoted: Sequence[str] = ()) -> None:
    """Where the organisers wrote the same words, or quoted this person: theirs to change."""
    from core.post.finding import also_in

    for each in dict.fromkeys([*quoted, *(also_in(office.board, text) if text else ())]):
        click.echo(_("These words stand also in what the organisers wrote: {words}").format(words=each), err=True)
