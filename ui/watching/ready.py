"""The panel that says whether all is ready: on the first screen, and while a workshop is open."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from ui.dialogs.ready import ReadyPanel
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.running import Running
from ui.watching.laptop import Check, Laptop, Standing, look_closely


def show_ready(window: MainWindow, jobs: Jobs, folder: Path, laptop: Laptop, running: Running | None) -> None:
    """Open it; it looks by itself."""

    def look(then: Callable[[list[Check]], None]) -> None:
        jobs.run(partial(look_closely, folder, laptop, standing_of(running)), then)

    ReadyPanel(look, window).open()


def standing_of(running: Running | None) -> Standing:
    """What the desk itself knows just now."""
    screens = len(QGuiApplication.screens())
    if running is None:
        return Standing(screens)
    door = running.door
    return Standing(
        screens, door.address if door else "", door.busy if door else 0, reached=running.is_reached, is_open=True
    )
