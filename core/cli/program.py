"""Which command was meant, and with what exit code it ends: 0 done, 1 refused, 2 wrong use, 70 our fault."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from core.base.errors import WorkshopError
from core.base.language import _
from core.cli.erase import erase
from core.cli.files import bring, check, import_, record
from core.cli.home import home, invite, prepare_database, summary
from core.cli.new import new
from core.cli.printing import print_
from core.cli.rehearse import rehearse
from core.cli.send import send
from core.cli.serve import serve, serve_instead_of_desk
from core.cli.share import share
from core.cli.slips import slips

OpenDesk = Callable[[Path | None], int]

DONE, REFUSED, OUR_FAULT = 0, 1, 70

HELP = """Sayback runs a co-design workshop: what people say, on one board, and back to every one of them.

\b
  python main.py                      opens the desk
  python main.py town.sayback         opens this workshop on the desk
  python main.py new town.sayback --title "Our town" --question "What should change?"
  python main.py serve town.sayback   lets people take part without a desk
  python main.py slips town.sayback --count 30 --out slips.csv
  python main.py print town.sayback --what poster --out prints
  python main.py record town.sayback --out record
  python main.py send town.sayback --record record
  python main.py home --data home-data --public https://say.example.org
  python main.py share town.sayback --home https://say.example.org --code CODE

Without a screen the first two serve a workshop instead, and say how to join.
Each command explains itself: python main.py new --help
"""


class NoSuchFile(WorkshopError):
    """A first word that is neither a command nor a file."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            _("There is no file called {name}, and no command of that name.").format(name=file),
            _("See what there is: python main.py --help"),
        )


class FileOrCommand(click.Group):
    """A first word that is no command is the file to open."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click's way, but for that word."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            return desk.name, desk, args
        return super().resolve_command(ctx, args)


@click.command("desk")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def desk(open_desk: OpenDesk, file: Path | None) -> int:
    """The desk; where there is no screen, a server in its place."""
    if file is not None and not file.exists():
        raise NoSuchFile(file)
    return open_desk(file) if has_screen() else serve_instead_of_desk(file)


@click.group(
    cls=FileOrCommand, help=HELP, invoke_without_command=True, subcommand_metavar="[FILE] | COMMAND …",
    commands=[
        new, serve, slips, print_, record, send, erase, import_, bring, rehearse, check, home, invite, summary, share,
        prepare_database,
    ],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)  # fmt: skip
@click.pass_context
def program(ctx: click.Context) -> int | None:
    """The group; without any word it is the desk."""
    return ctx.invoke(desk, file=None) if ctx.invoked_subcommand is None else None


def has_screen() -> bool:
    """Whether a window can be shown: on Linux somebody must have said where."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def run(arguments: Sequence[str], open_desk: OpenDesk) -> int:
    """Do what the arguments say; the exit code."""
    show_what_can_be_shown()
    try:
        code = program.main(list(arguments), prog_name="python main.py", standalone_mode=False, obj=open_desk)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return REFUSED
    except WorkshopError as refused:
        click.echo(f"{refused}\n{refused.advice}", err=True)
        return REFUSED
    except Exception as fault:  # noqa: BLE001 - the last door of the process, as the desk's excepthook: it logs
        return own_up(fault)
    return code if isinstance(code, int) else DONE


def own_up(fault: Exception) -> int:
    """Say that it was our fault, and where it is written down."""
    from core.base.faults import record_fault

    click.echo(_("Something went wrong, and it is our fault. What was saved is safe."), err=True)
    try:
        click.echo(_("What broke is written in {file}.").format(file=record_fault(fault)), err=True)
    except OSError:
        click.echo(_("It could not be written down either: {what}").format(what=type(fault).__name__), err=True)
    return OUR_FAULT


def show_what_can_be_shown() -> None:
    """A terminal that lacks a sign shows another one in its place; that is never a reason to stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
