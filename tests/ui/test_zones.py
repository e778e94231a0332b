"""At the desk in the night when the clocks go back (faults.md F25): no time that comes twice is taken for the other."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.base.clock import to_milliseconds
from core.domain.running import SetQuestion
from core.domain.terms import Asking
from tests.core.zones import LONDON, NEEDS_ZONES, in_zone
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Hall, Key, hall
from ui.dialogs.asking import AskingPanel
from ui.outline.telling import openness_name

pytestmark = NEEDS_ZONES
SUMMER = to_milliseconds(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
WINTER = SUMMER + round(timedelta(hours=1).total_seconds() * 1000)


@pytest.fixture(autouse=True)
def london() -> Iterator[None]:
    with in_zone(LONDON):
        yield


@pytest.fixture
def room(new_desk: Callable[[], DeskUnderTest], tmp_path: Path) -> Hall:
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    return Hall(desk)


def test_the_outline_says_which_half_past_one(room: Hall) -> None:
    for closes, said in ((SUMMER, "open until 01:30 BST"), (WINTER, "open until 01:30 GMT")):
        room.does(SetQuestion(room.question, Asking(closes=closes)))
        assert openness_name(room.board, room.question, SUMMER - 60_000) == said


@pytest.mark.parametrize("closes", [SUMMER, WINTER], ids=["summer", "winter"])
def test_changing_something_else_leaves_the_time_as_it_was(room: Hall, closes: int) -> None:
    room.does(SetQuestion(room.question, Asking(closes=closes)))
    room.desk.do("asking")
    panel = room.desk.find(AskingPanel, "How this question is asked")
    panel.hold.click()
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: room.board.asking(room.question).hold)
    assert room.board.asking(room.question).closes == closes
