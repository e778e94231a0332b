"""Nobody forgets what was promised: it is said as the workshop opens, and in the list of workshops."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from core.domain.answering import GiveReply
from core.domain.preparing import DescribeWorkshop
from core.domain.terms import Status
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall

PROMISED = datetime(2026, 9, 7, 12, tzinfo=UTC)
NewDesk = Callable[..., DeskUnderTest]


def told(desk: DeskUnderTest) -> list[str]:
    return [label.text() for label in desk.visible(QLabel)]


def opened(new_desk: NewDesk, path: Path, days: int) -> DeskUnderTest:
    """The desk with the workshop open, so many days before the promised one."""
    desk = new_desk(clock=lambda: PROMISED - timedelta(days=days))
    if not path.exists():
        hall(path, desk.settings.settings.desk)
    desk.begin(path)
    assert desk.door.code
    return desk


def promise(desk: DeskUnderTest) -> Hall:
    room = Hall(desk)
    room.does(DescribeWorkshop(reply_by=PROMISED.date().toordinal()))
    return room


@pytest.mark.parametrize(
    ("days", "said", "listed"),
    [
        (8, "", ""),
        (7, "You promised an answer by 7 September 2026.", " Answer by 7 September 2026"),
        (-1, "The answer you promised by 7 September 2026 is late.", " The answer is late"),
    ],
)
def test_a_promised_answer_is_remembered(new_desk: NewDesk, tmp_path: Path, days: int, said: str, listed: str) -> None:
    first = opened(new_desk, tmp_path / "town.sayback", 6)
    room = promise(first)
    room.say("Steep")
    room.say("Bees", by="Ben")
    first.close()
    again = new_desk(clock=lambda: PROMISED - timedelta(days=days))
    again.begin()
    again.wait(lambda: f"Our town, 1 September 2026 · 2 notes{listed}" in again.names(QAbstractButton))
    again.close()
    late = opened(new_desk, tmp_path / "town.sayback", days)
    if said:
        late.wait(lambda: said in told(late))
        assert "2 people wait for it." in told(late)
        late.press("Answer them")
        late.wait(lambda: late.open.answers.view.isVisible())
    else:
        assert not any("promised" in each for each in told(late))


def test_a_reply_that_named_a_day_is_remembered_when_all_were_answered(new_desk: NewDesk, tmp_path: Path) -> None:
    first = opened(new_desk, tmp_path / "town.sayback", 30)
    room = promise(first)
    note = room.say("Steep")
    day = PROMISED.date().toordinal()
    room.does(GiveReply(subject=note, status=Status.IN_PROGRESS, text="We build a ramp.", by=day))
    first.close()
    again = opened(new_desk, tmp_path / "town.sayback", 0)
    again.wait(lambda: "1 answer names a day that is near or over." in told(again))
