"""The desk under test: dressed, with a home of its own, and everything it opened closed again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.base.clock import Clock, utc_now
from core.base.settings import SettingsFile
from core.sync import gateway
from core.web import server
from tests.core.venue import WIFI, Venue
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall
from tests.ui.screens import OwnScreens
from tests.ui.table import Table
from ui.app import sessions_of
from ui.desk import Desk
from ui.files import AskFile, ask_file
from ui.look import theme
from ui.main_window import MainWindow
from ui.making.save_copy import AskTarget, ask_target
from ui.sessions import Sessions
from ui.watching import left_behind
from ui.watching.laptop import Laptop

WIDE = (1920, 1080)


class Watch:
    """A watch that a test puts forward."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Bell:
    """Counts how often the desk makes a sound."""

    def __init__(self) -> None:
        self.rung = 0

    def __call__(self) -> None:
        self.rung += 1


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in our light colours; undressed again for tests of others."""
    theme.apply(qapp, theme.Scheme.LIGHT)
    yield qapp
    qapp.setStyleSheet("")


@pytest.fixture
def venue() -> Venue:
    """The networks of the place where the desk stands."""
    return Venue(WIFI)


@pytest.fixture
def screens() -> OwnScreens:
    """The screens of the laptop: at first its own and no other."""
    return OwnScreens()


@pytest.fixture
def watch() -> Watch:
    """What the desk takes seconds from."""
    return Watch()


@pytest.fixture
def bell() -> Bell:
    """What the desk makes its sounds with."""
    return Bell()


@pytest.fixture
def new_desk(
    dressed: QApplication, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, venue: Venue, watch: Watch,
    bell: Bell, screens: OwnScreens,
) -> Iterator[Callable[..., DeskUnderTest]]:
    """Starts the desk; again after it was closed, with the settings it left behind. A new workshop takes any free
    port: whatever else runs on this machine, no port is busy unless a test makes it so. Nobody looks by the clock
    whether all are heard: that notice would come between others at any moment."""
    monkeypatch.setattr(left_behind, "LOOK_MS", 24 * 3600 * 1000)
    monkeypatch.setattr(server, "USUAL_PORT", 0)
    monkeypatch.setattr(gateway, "USUAL_PORT", 0)
    started: list[DeskUnderTest] = []
    laptop = Laptop(
        free=lambda folder: 2**40, addresses=venue, now=watch, mains=lambda: True, sleeps=lambda: None, ring=bell,
        screens=lambda _parent: screens,
    )  # fmt: skip

    def start(
        sessions: Sessions | None = None, ask_target: AskTarget = ask_target, clock: Clock = utc_now,
        ask: AskFile = ask_file,
    ) -> DeskUnderTest:  # fmt: skip
        window = MainWindow()
        settings = SettingsFile(tmp_path / "config" / "settings.json")
        folder = tmp_path / "workshops"
        opens = sessions or sessions_of(settings)
        desk = Desk(window, settings, opens, folder, clock=clock, ask=ask, ask_target=ask_target, laptop=laptop)
        started.append(DeskUnderTest(desk, settings, qtbot))
        return started[-1]

    yield start
    for each in started:
        each.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk(new_desk: Callable[[], DeskUnderTest]) -> DeskUnderTest:
    """The desk, just started, at its first screen."""
    started = new_desk()
    started.begin()
    return started


@pytest.fixture
def room(new_desk: Callable[[], DeskUnderTest], tmp_path: Path) -> Hall:
    """The desk with a workshop open in a wide window, the phones' door too."""
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), WIDE)
    assert desk.door.code == "ABC234"
    return Hall(desk)


@pytest.fixture
def table(dressed: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Table]:
    """Board and outline of a new workshop, shown; put away again."""
    made = Table(tmp_path / "town.sayback", qtbot)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
