"""All is as large as the system's text, and a window too small for that scrolls (access.md D8)."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from core.base.settings import Settings
from tests.house.project import HOUSE
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall
from ui.app import scale_of
from ui.dialogs.help import HelpPanel
from ui.look.text_size import of_gnome, text_size
from ui.page import Page

LARGE_TEXT = (640, 360)
"""What a screen of 1280 by 720 pixels has room for when all is twice as large, in units."""
WAYLAND = {"XDG_CURRENT_DESKTOP": "ubuntu:GNOME", "XDG_SESSION_TYPE": "wayland"}
ASKS_THE_DESK = """
from PySide6.QtGui import QFontMetricsF
from core.base.settings import Settings
from ui.app import begin
from ui.look.theme import Text, font
app = begin(Settings())
print(app.primaryScreen().devicePixelRatio(), round(QFontMetricsF(font(Text.NOTE)).height()))
"""
NewDesk = Callable[[], DeskUnderTest]


@pytest.mark.parametrize(
    ("said", "larger"), [("", 1.0), ("1.5", 1.5), ("2.0", 2.0), ("0.8", 1.0), ("40", 2.25), ("large", 1.0)]
)
def test_text_is_as_large_as_the_system_says_and_never_smaller(said: str, larger: float) -> None:
    assert text_size({}, lambda _environment: said) == larger


@pytest.mark.parametrize(
    ("environment", "said"),
    [(WAYLAND, "1.25"), (WAYLAND | {"XDG_SESSION_TYPE": "x11"}, ""), ({"XDG_CURRENT_DESKTOP": "KDE"}, "")],
)
def test_gnome_is_asked_where_qt_does_not_follow_it(
    environment: dict[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "1.25")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert of_gnome(environment) == said


def test_a_gnome_that_does_not_answer_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert text_size(WAYLAND, of_gnome) == 1.0


def test_our_own_size_is_in_per_cent_of_the_systems() -> None:
    assert scale_of(Settings(scale=150), 2.0) == 3.0
    assert scale_of(Settings(), 1.0) == 1.0


@pytest.mark.slow
def test_a_desk_begins_as_large_as_the_system_writes(tmp_path: Path) -> None:
    """In processes of their own: Qt reads this once."""
    program(tmp_path, "2.0")
    usual = _asked({})
    for larger in ({"QT_FONT_DPI": "192"}, WAYLAND | {"PATH": f"{tmp_path}:/usr/bin:/bin"}):
        ratio, height = _asked(larger)
        assert (usual[0], ratio) == ("1.0", "2.0")
        assert height == usual[1]    # in units: it is the screen that has fewer of them


def program(folder: Path, said: str) -> None:
    """What GNOME is asked with."""
    path = folder / "gsettings"
    path.write_text(f'#!/bin/sh\n[ "$3" = text-scaling-factor ] && echo {said}\n', encoding="utf-8")
    path.chmod(0o755)


def _asked(environment: dict[str, str]) -> list[str]:
    plain = {name: value for name, value in os.environ.items() if name not in ("QT_SCALE_FACTOR", "QT_FONT_DPI")}
    ended = subprocess.run(
        [sys.executable, "-c", ASKS_THE_DESK], cwd=HOUSE, env=plain | environment, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    return ended.stdout.split()


def test_what_has_the_keyboard_comes_into_sight_in_a_window_too_small_for_all(
    new_desk: NewDesk, tmp_path: Path
) -> None:
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), LARGE_TEXT)
    room = Hall(desk)
    page = desk.window.centralWidget()
    assert isinstance(page, Page)
    for name in ("New theme", "Help"):    # at the right, and at the foot
        button = next(each for each in desk.visible(QAbstractButton) if each.accessibleName() == name)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert is_in_sight(button, page)
    desk.do("help")
    panel = desk.window.findChild(HelpPanel)
    assert isinstance(panel, HelpPanel)
    close = next(each for each in panel.findChildren(QAbstractButton) if each.text() == "Close")
    assert is_in_sight(close, page)
    at = page.verticalScrollBar().value()
    room.screen.board.setFocus()
    assert page.verticalScrollBar().value() == at    # larger than the window: it stays where it is


def test_in_a_window_with_room_nothing_scrolls(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    page = desk.window.centralWidget()
    assert isinstance(page, Page)
    assert (page.verticalScrollBar().maximum(), page.horizontalScrollBar().maximum()) == (0, 0)


def is_in_sight(widget: QWidget, page: Page) -> bool:
    """Whether all of it is in the part of the page that is seen."""
    seen = page.viewport()
    return seen.rect().contains(widget.rect().translated(widget.mapTo(seen, widget.rect().topLeft())))
