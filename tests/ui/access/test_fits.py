"""Nothing is clipped or cut short in any place of the desk: in Welsh, mirrored, twice as large (access.md D8, D13)."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core.base import language
from tests.house.project import HOUSE
from tests.ui.access.tour import Tour
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.fit import faults_at_rest

pytestmark = pytest.mark.slow

LARGER = float(os.environ.get("QT_SCALE_FACTOR", "1"))
SMALL = (int(1280 / LARGER), int(720 / LARGER))
"""A small laptop, in units: where everything is twice as large, it has room for half as many across and down."""
OVER = ("people", "beside", "history", "live", "pledges")
NewDesk = Callable[[], DeskUnderTest]


@pytest.fixture
def in_welsh() -> Iterator[None]:
    language.use("cy")
    yield
    language.use(language.SOURCE)


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def misfits(desk: DeskUnderTest, folder: Path) -> str:
    """Every fault of every place, in a small window."""
    found: list[str] = []

    def look(place: str) -> None:
        screen = desk.desk.open_desk.screen if desk.desk.open_desk is not None else None
        over = tuple(getattr(screen, name) for name in OVER) if screen is not None else ()
        found.extend(f"{place}: {what}" for what in faults_at_rest(desk, over=over, seconds=0.5))

    Tour(desk, folder, look).go(SMALL)
    return "\n".join(found)


def test_it_fits(new_desk: NewDesk, tmp_path: Path) -> None:
    assert misfits(new_desk(), tmp_path) == ""


@pytest.mark.usefixtures("in_welsh")
def test_it_fits_in_welsh(new_desk: NewDesk, tmp_path: Path) -> None:
    assert misfits(new_desk(), tmp_path) == ""


@pytest.mark.usefixtures("mirrored")
def test_it_fits_mirrored(new_desk: NewDesk, tmp_path: Path) -> None:
    assert misfits(new_desk(), tmp_path) == ""


def test_it_fits_twice_as_large() -> None:
    """In a process of its own: Qt reads this once."""
    larger = {"QT_SCALE_FACTOR": "2"}
    this = f"{Path(__file__).relative_to(HOUSE)}::{test_it_fits.__name__}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", this]
    ended = subprocess.run(command, cwd=HOUSE, env=os.environ | larger, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stdout
