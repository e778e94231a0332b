"""The clocks go back an hour, or the laptop changes its zone, in the middle of a workshop (faults.md F25): what is
kept is UTC, so nothing opens, closes or counts otherwise; a time that alone would mislead has its zone beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.base.clock import time_of_day, to_milliseconds
from core.base.errors import NotOpenYet, QuestionClosed
from core.domain.running import StartTimer, seconds_left
from core.store.reader import read_board
from tests.core.test_taking_part import does, sends, settings
from tests.core.workshops import Clockwork, made, rows
from tests.core.zones import LONDON, NEEDS_ZONES, WARSAW, in_zone, set_zone

pytestmark = NEEDS_ZONES
SUMMER = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)    # 01:30 in London, and again an hour later
WINTER = SUMMER + timedelta(hours=1)
GRACE = 60


class Night(Clockwork):
    """The clock of the night of 25 October."""

    def __init__(self) -> None:
        super().__init__()
        self.begin_at(SUMMER - timedelta(minutes=10))

    def begin_at(self, moment: datetime) -> None:
        self._now = moment


@pytest.fixture(autouse=True)
def london() -> Iterator[None]:
    with in_zone(LONDON):
        yield


def test_the_hour_that_comes_twice_has_its_zone_beside_it() -> None:
    assert (time_of_day(SUMMER), time_of_day(WINTER)) == ("01:30 BST", "01:30 GMT")
    assert time_of_day(WINTER + timedelta(hours=1)) == "02:30"
    assert time_of_day(WINTER + timedelta(hours=1), SUMMER) == "02:30 GMT"
    assert time_of_day(SUMMER - timedelta(hours=1), SUMMER) == "00:30"


def test_a_question_opens_and_closes_once_however_often_the_clock_shows_that_time(tmp_path: Path) -> None:
    night = Night()
    with made(tmp_path / "park.sayback", clock=night) as session:
        settings(session, opens=to_milliseconds(SUMMER), closes=to_milliseconds(WINTER))
        with pytest.raises(NotOpenYet):
            sends(session, "at 01:20, the first time")
        for minutes in (1, 20, 45, 58):
            night.begin_at(SUMMER + timedelta(minutes=minutes))
            sends(session, f"{minutes} minutes after it opened")
        night.begin_at(WINTER + timedelta(seconds=GRACE))
        with pytest.raises(QuestionClosed):
            sends(session, "at 01:31, the second time")


def test_a_countdown_runs_on_through_the_change_and_into_another_zone(tmp_path: Path) -> None:
    begun = WINTER - timedelta(minutes=33)    # 01:57, three minutes before the clocks go back
    with made(tmp_path / "park.sayback") as session:
        does(session, StartTimer(300, begun))
        timer = session.board.timer
        assert timer is not None
        for seconds in (0, 179, 181, 299):
            now = begun + timedelta(seconds=seconds)
            assert seconds_left(timer, now.astimezone()) == 300 - seconds
            set_zone(WARSAW)
            assert seconds_left(timer, now.astimezone()) == 300 - seconds
            set_zone(LONDON)


def test_what_is_kept_is_utc_and_is_read_as_the_same_moment_elsewhere(tmp_path: Path) -> None:
    path, night = tmp_path / "park.sayback", Night()
    with made(path, clock=night) as session:
        night.begin_at(SUMMER - timedelta(seconds=2))
        first = sends(session, "01:30, summer")
        set_zone(WARSAW)
        night.begin_at(WINTER - timedelta(seconds=2))
        second = sends(session, "an hour later, and in Poland")
    kept = [int(str(each)) for (each,) in rows(path, "SELECT said_at FROM event WHERE kind = 'note.said' ORDER BY seq")]
    assert [each - kept[0] for each in kept] == [0, 3_600_000]
    assert abs(kept[0] - to_milliseconds(SUMMER)) <= 2000
    said = [read_board(path).notes[each].said.said_at for each in (first, second)]
    assert [moment.utcoffset() for moment in said] == [timedelta(0)] * 2
    assert said[1] - said[0] == timedelta(hours=1)
