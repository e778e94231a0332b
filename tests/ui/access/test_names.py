"""Everything a person can act on at the desk has a name for ears, in every place of it (access.md D1)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.house.project import HOUSE
from tests.ui.access.hearing import unnamed
from tests.ui.access.tour import Tour, shows_itself
from tests.ui.at_the_desk import DeskUnderTest

ELSEWHERE = {
    "EasyReadPanel": "tests/ui/test_easy_read.py",
    "PicturePanel": "tests/ui/test_conduct.py",
    "ReadyPanel": "tests/ui/test_ready.py",
    "SlipsPanel": "tests/ui/panes/test_type_row.py",
    "ConflictsPanel": "tests/ui/test_second_desk.py",
    "OnlineHomePanel": "tests/ui/test_online_home.py",
    "SuggestionsPane": "tests/ui/test_suggestions.py",
    "TemplateName": "tests/ui/test_planning.py",
    **dict.fromkeys(
        ("WayBackView", "SendPanel", "ServerPanel", "TextPanel", "PersonPanel", "ErasePanel", "LeftPanel"),
        "tests/ui/post/test_way_back.py",
    ),
}
"""Places the tour has nothing to show in, and the test that opens them."""


@pytest.mark.slow
def test_everything_that_can_be_acted_on_has_a_name(new_desk: Callable[[], DeskUnderTest], tmp_path: Path) -> None:
    found: list[str] = []

    def look(place: str) -> None:
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        found.extend(f"{place}: {what}" for window in windows for what in unnamed(window))

    tour = Tour(new_desk(), tmp_path, look)
    tour.go()
    assert "\n".join(sorted(set(found))) == ""
    missed = shows_itself() - tour.met - ELSEWHERE.keys()
    assert missed == set(), "the tour does not come by these: have it open them"


def test_the_tests_that_open_other_places_exist() -> None:
    assert [test for test in ELSEWHERE.values() if not (HOUSE / test).is_file()] == []


def test_what_has_no_name_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QLineEdit(window)
    window.show()
    assert len(unnamed(window)) == 1
    field = window.findChild(QLineEdit)
    assert field is not None
    field.setAccessibleName("Your words")
    assert unnamed(window) == []
