"""The laptop's clock jumps (faults.md F24): order, questions and people are what they were."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.base.errors import QuestionClosed
from core.domain.running import StartTimer, seconds_left
from tests.core.table import NOON
from tests.core.test_taking_part import SetClock, does, sends, settings
from tests.core.workshops import made, opened


@pytest.mark.parametrize("jump", [-3600, 86_400], ids=["an hour back", "a day on"])
def test_notes_stand_in_the_order_they_came_whatever_the_clock_says(tmp_path: Path, jump: int) -> None:
    path, clock = tmp_path / "park.sayback", SetClock()
    with made(path, clock=clock) as session:
        first = sends(session, "before the jump")
        clock.put_forward(jump)
        second = sends(session, "after the jump")
        assert [session.board.notes[each].arrival for each in (first, second)] == [0, 1]
    with opened(path) as session:
        assert [session.board.notes[each].arrival for each in (first, second)] == [0, 1]


def test_a_clock_that_goes_back_opens_a_question_again_and_one_that_goes_on_closes_it(tmp_path: Path) -> None:
    clock = SetClock()
    with made(tmp_path / "park.sayback", clock=clock) as session:
        settings(session, closes=int(NOON.timestamp()) * 1000 + 600_000)
        clock.put_forward(86_400)
        with pytest.raises(QuestionClosed):
            sends(session, "a day late, says the clock")
        clock.put_forward(-86_400)
        sends(session, "in time after all")


def test_a_countdown_never_shows_less_than_nothing(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        does(session, StartTimer(300, NOON))
        timer = session.board.timer
        assert timer is not None
        assert seconds_left(timer, NOON + timedelta(days=1)) == 0
        assert seconds_left(timer, NOON - timedelta(hours=1)) == 3900
