"""`new`: make a workshop file, from words, as a copy of another, or with the themes of an earlier one."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.base.language import _, ngettext
from core.cli.desk import memory, this_desk

if TYPE_CHECKING:
    from core.base.wifi import Wifi
    from core.domain.carrying import Heard
    from core.domain.planning import MakePlanned
    from core.domain.terms import Asking

SUFFIX = ".sayback"
OWN_WORDS = ("purpose", "promise", "host", "venue", "telephone")


@click.command(
    epilog="""\b
Examples:
  python main.py new town.sayback --title "Our town" --question "What should change?"
  python main.py new town.sayback --title "Our town" --question "What works?" \\
      --question "What should change?" --promise "We will write to you by May."
  python main.py new copy.sayback --from workshop.json
  python main.py new june.sayback --title "June" --from may.sayback
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
    help="An earlier workshop: its themes carry on, with what was replied. Its questions are asked again unless you "
    "give others. A workshop.json that `record` wrote is copied instead, unless you say --carry-on.",
)  # fmt: skip
@click.option("--carry-on", is_flag=True, help="Carry on the themes of a workshop.json; do not copy it.")
def new(
    file: Path, title: str | None, questions: tuple[str, ...], source: Path | None,
    reveal: str, hold: bool, kinds: bool, carry_on: bool, **said: str,
) -> None:  # fmt: skip
    """Make a workshop in a new FILE. A file that is there already is never touched."""
    network = read_wifi(said.pop("wifi"), said.pop("wifi_password"))
    carries_on = source is not None and (carry_on or source.suffix == SUFFIX)
    if source is not None and not carries_on and (title or questions or any(said[name] for name in OWN_WORDS)):
        raise click.UsageError(_("--from brings its own title and questions; with --carry-on you give a title."))
    asking = read_asking(reveal, hold=hold, kinds=kinds)
    if source is not None and not carries_on:
        copy_workshop(source, file)
    elif title and source is not None:
        made = carrying_on(source, title, questions, asking, said)
        make_workshop(file, made, network)
        click.echo(told_carried(len(made.plan.carried)))
    elif title and questions:
        make_workshop(file, planned(title, questions, asking, said), network)
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


def planned(
    title: str, questions: tuple[str, ...], asking: "Asking", said: Mapping[str, str],
    carried: "tuple[Heard, ...]" = (),
) -> "MakePlanned":  # fmt: skip
    """A workshop from its words (purpose, promise, host, venue, telephone, language), under a fresh join code."""
    from core.base.join import new_code
    from core.domain.planning import MakePlanned, Plan, PlannedQuestion

    asked = tuple(PlannedQuestion(text=text, asking=asking) for text in questions)
    return MakePlanned(plan=Plan(title=title, questions=asked, carried=carried, **said), code=new_code())    # type: ignore[arg-type]


def carrying_on(
    source: Path, title: str, questions: tuple[str, ...], asking: "Asking", said: Mapping[str, str]
) -> "MakePlanned":
    """A workshop that goes on with the themes of an earlier one. Raises UsageError where that asked nothing, and
    neither do you."""
    from core.domain.carrying import heard
    from core.record.earlier import earlier_board

    board = earlier_board(source)
    asked = questions or tuple(board.text(each.words) for each in board.questions_in_order())
    if not asked:
        raise click.UsageError(_("A workshop needs a --title and at least one --question."))
    return planned(title, asked, asking, said, tuple(heard(board)))


def told_carried(themes: int) -> str:
    """How many themes go on."""
    return ngettext("{n} theme carries on.", "{n} themes carry on.", themes).format(n=themes)


def make_workshop(file: Path, made: "MakePlanned", wifi: "Wifi | None") -> None:
    """A workshop in a new file, which alone knows the room's Wi-Fi."""
    from core.base.wifi import AS_KEPT
    from core.session import Session

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
