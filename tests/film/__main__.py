"""`python -m tests.film OUT COMMENTS.csv`: the day from the form to the pledges, as pictures of the desk and of the
projector. COMMENTS is a consultation with at least 300 comments that were let through; see docs/pictures/README.md."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from core.base.ids import DeskId, QuestionId
from core.base.settings import SettingsFile
from core.domain.planning import MakePlanned
from core.domain.values import changed
from core.session import Session
from tests.film import scenes
from tests.film.room import Room
from ui.app import begin, sessions_of
from ui.desk import Desk
from ui.look.looks import Looks
from ui.main_window import MainWindow
from ui.planner.templates import SHIPPED, find_templates
from ui.watching.laptop import Laptop

SMALL, LARGE = (1280, 720), (1920, 1080)
COLOURS = 160
"""Enough for a screen of flat colours; the files are a third as large."""
SETTLE_MS = 500


class Film:
    """The desk, and the camera before it."""

    def __init__(self, folder: Path, out: Path, language: str) -> None:
        self._out, self._taken = out, 0
        self.settings = SettingsFile(folder / "settings.json")
        self.settings.settings = replace(self.settings.settings, language=language)
        self.app = begin(self.settings.settings)
        looks = Looks(self.app, self.settings)
        self.window = MainWindow()
        looks.follow(self.window.actions_)
        laptop = Laptop(mains=lambda: True, sleeps=lambda: False, battery=lambda: None)
        self.desk = Desk(self.window, self.settings, sessions_of(self.settings), folder / "workshops", laptop=laptop)

    def do(self, *actions: str) -> None:
        """Choose actions from the menus, one after the other."""
        for each in actions:
            self.window.actions_[each].trigger()
            self.settle()

    def looks_at(self, question: QuestionId) -> None:
        """Show this question on the board."""
        assert self.desk.open_desk is not None
        self.desk.open_desk.running.selection.set_question(question)
        self.settle()

    def settle(self, until: Callable[[], bool] = lambda: False, most: int = SETTLE_MS) -> None:
        """Let the desk draw, and wait for what is wanted."""
        QTest.qWait(SETTLE_MS // 2)
        waited = 0
        while not until() and waited < most:
            QTest.qWait(20)
            waited += 20

    def shoot(self, name: str, *sizes: tuple[int, int], of: QWidget | None = None) -> None:
        """A picture, at each of these sizes; both where none is said."""
        widget = of or self.window
        for width, height in sizes or (SMALL, LARGE):
            widget.resize(width, height)
            self.settle()
            self._keep(widget, f"film-{name}-{width}x{height}.png")

    def _keep(self, widget: QWidget, name: str) -> None:
        path = self._out / name
        widget.grab().save(str(path))
        with Image.open(path) as picture:
            picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
        self._taken += 1
        print(f"{self._taken:3} {name}", flush=True)    # noqa: T201


@contextmanager
def opened(film: Film, session: Session, comments: Path) -> Iterator[Room]:
    """The workshop at the desk, from a file that is made before."""
    path = session.path
    session.close()
    film.desk.open(path)
    film.settle(lambda: film.desk.open_desk is not None and film.desk.open_desk.running.door is not None, 20_000)
    assert film.desk.open_desk is not None
    yield Room(film.desk.open_desk.running.session, comments)
    film.do("leave")


def planned(film: Film, path: Path, template: int, title: str) -> Session:
    """A file with one of the shipped templates filled in."""
    plan = find_templates([SHIPPED]).templates[template].plan
    plan = changed(
        plan, title=title, host="Involvement team", venue="Public library, hall 2", expected=65,
        reply_by=(datetime.now(UTC) + timedelta(days=42)).toordinal(),
    )  # fmt: skip
    desk = DeskId(film.settings.settings.desk)
    return Session.create(path, MakePlanned(plan=plan, code="HKW735"), desk)


def main(arguments: Sequence[str]) -> int:
    """Take all pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.film", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("comments", type=Path)
    parser.add_argument("--language", default="en", help="of the desk; others than en take a few pictures only")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sayback-film-") as name:
        folder = Path(name)
        os.environ |= {"XDG_CONFIG_HOME": name, "XDG_DATA_HOME": name}
        film = Film(folder, options.out, options.language)
        film.desk.begin()
        film.settle()
        day = scenes.day if options.language == "en" else scenes.glimpse
        with opened(film, planned(film, folder / "town.sayback", 0, "A better town"), options.comments) as room:
            day(film, room)
        if options.language == "en":
            with opened(film, planned(film, folder / "live.sayback", 4, "The panel"), options.comments) as room:
                scenes.live(film, room)
            scenes.before(film)
        film.desk.quit_now()
        film.desk.end()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
