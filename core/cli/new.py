"""`new`: make a workshop file, from words or from the workshop.json of another."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.base.language import _
from core.cli.desk import memory, this_desk

if TYPE_CHECKING:
    from core.base.wifi import Wifi
    from core.domain.terms import Asking


@click.command(
    epilog="""\b
Examples:
  python main.py new town.sayback --title "Our town" --question "What should change?"
  python main.py new town.sayback --title "Our town" --question "What works?" \\
      --question "What should change?" --promise "We will write to you by May."
  python main.py new copy.sayback --from workshop.json
"""
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--title", help="What the workshop is called.")
@click.option("--question", "questions", multiple=True, help="What you ask. Give it once for each question.")
@click.option("--purpose", default="", help="What it is for, in a sentence.")
@click.option("--promise", default="", help="What will be done with what people say, and by when.")
@click.option("--host", default="", help="Who is asking.")
@click.option("--venue", default="", help="Where it is held.")
@click.option("--telephone", default="", help="Whom people may call for help.")
@click.option("--wifi", default="", metavar="NAME", help="What the room's Wi-Fi is called.")
@click.option("--wifi-password", default="", help="Its password. Both stay in this copy of the file, and in no record.")
@click.option("--language", default="en", show_default=True, help="The language its pages are in.")
@click.option(
    "--reveal", type=click.Choice(["at-once", "later", "never"]), default="at-once", show_default=True,
    help="When people see what others wrote; later is when the facilitator says so.",
)  # fmt: skip
@click.option("--hold", is_flag=True, help="Somebody reads each note before others see it.")
@click.option("--kinds", is_flag=True, help="Ask what each note is: a problem, a story, an idea…")
@click.option(
    "--from", "source", type=click.Path(path_type=Path, dir_okay=False),
    help="A workshop.json that `record` wrote: the new file has the same board.",
)  # fmt: skip
def new(
    file: Path, title: str | None, questions: tuple[str, ...], source: Path | None, language: str,
    reveal: str, hold: bool, kinds: bool, **said: str,
) -> None:  # fmt: skip
    """Make a workshop in a new FILE. A file that is there already is never touched."""
    network = read_wifi(said.pop("wifi"), said.pop("wifi_password"))
    if source is not None and (title or questions or any(said.values())):
        raise click.UsageError(_("--from brings its own title and questions."))
    if source is not None:
        copy_workshop(source, file)
    elif title and questions:
        asking = read_asking(reveal, hold=hold, kinds=kinds)
        make_workshop(file, title, questions, asking=asking, wifi=network, language=language, **said)
    else:
        raise click.UsageError(_("A workshop needs a --title and at least one --question."))
    click.echo(_("Made {file}.").format(file=file))
    click.echo(_("To let people take part: python main.py serve {file}").format(file=shlex.quote(str(file))))


def read_asking(reveal: str, *, hold: bool, kinds: bool) -> "Asking":
    """How the questions are asked."""
    from core.domain.terms import Asking, NoteKind, Reveal

    return Asking(reveal=Reveal(reveal.replace("-", " ")), hold=hold, kinds=tuple(NoteKind) if kinds else ())


def read_wifi(name: str, password: str) -> "Wifi | None":
    """The room's Wi-Fi; None where nobody said what it is called."""
    from core.base.wifi import Wifi, wrong_name, wrong_password

    if not name and not password:
        return None
    if problem := wrong_name(name) or wrong_password(password):
        raise click.UsageError(problem)
    return Wifi(name, password)


def make_workshop(
    file: Path, title: str, questions: tuple[str, ...], *, asking: "Asking", wifi: "Wifi | None", **said: str
) -> None:
    """A workshop from its words (purpose, promise, host, venue, telephone, language), under a fresh join code."""
    from core.base.join import new_code
    from core.base.wifi import AS_KEPT
    from core.domain.commands import MakeWorkshop
    from core.session import Session

    made = MakeWorkshop(title=title, questions=questions, code=new_code(), asking=asking, **said)
    session = Session.create(file, made, this_desk(), memory=memory())
    try:
        if wifi is not None:
            session.set_local(AS_KEPT, wifi.for_file()).result()
    finally:
        session.close()


def copy_workshop(source: Path, file: Path) -> None:
    """The events, words and pictures of a workshop.json, in a file of their own."""
    from core.record.bundle import read_bundle
    from core.session import Session

    bundle = read_bundle(source)
    Session.create_from(
        file, bundle.events, bundle.words, this_desk(), pictures=bundle.pictures, memory=memory()
    ).close()
