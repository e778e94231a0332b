"""The desk says so before the disk is full or the battery empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.jobs import Jobs
from ui.watching.notices import Notices, Urgency
from ui.watching.watches import BATTERY, ROOM, Watch, battery_left, room_left

MEGABYTE = 2**20


def told(notices: Notices) -> list[tuple[Urgency, str]]:
    """What the bar shows now."""
    return [(each.urgency, each.what) for each in [notices.shown] if each is not None]


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    running = Jobs()
    yield running
    running.close()


def test_a_disk_that_fills_is_told_of_twice_and_settled_when_there_is_room(
    tmp_path: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    free = [900 * MEGABYTE]
    asked: list[Path] = []
    notices = Notices()

    def left(folder: Path) -> int:
        asked.append(folder)
        return free[0]

    watch = Watch(ROOM, room_left(tmp_path, left), notices, jobs)
    watch.begin()
    qtbot.waitUntil(lambda: asked == [tmp_path])
    assert told(notices) == []

    free[0] = 499 * MEGABYTE
    watch.look()
    qtbot.waitUntil(lambda: told(notices) == [(Urgency.WARN, "Only 499 MB are left on this disk.")])

    free[0] = 99 * MEGABYTE
    watch.look()
    qtbot.waitUntil(lambda: told(notices) == [(Urgency.BAD, "Only 99 MB are left on this disk.")])

    free[0] = 900 * MEGABYTE
    watch.look()
    qtbot.waitUntil(lambda: told(notices) == [])
    watch.end()


def test_what_was_closed_by_hand_is_not_told_again_for_every_megabyte(
    tmp_path: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    free = [400 * MEGABYTE]
    notices = Notices()
    watch = Watch(ROOM, room_left(tmp_path, lambda folder: free[0]), notices, jobs)
    watch.begin()
    qtbot.waitUntil(lambda: told(notices) != [])
    notices.clear()
    looked: list[bool] = []
    free[0] = 399 * MEGABYTE
    watch.look()
    jobs.run(lambda: None, lambda nothing: looked.append(True))
    qtbot.waitUntil(lambda: bool(looked))
    assert told(notices) == []
    watch.end()


def test_a_battery_that_runs_down_is_told_of_twice_and_settled_when_it_is_plugged_in(jobs: Jobs, qtbot: QtBot) -> None:
    percent: list[int | None] = [21]
    notices = Notices()
    worse: list[Urgency] = []
    watch = Watch(BATTERY, battery_left(lambda: percent[0]), notices, jobs)
    watch.worsened.connect(worse.append)
    watch.begin()

    def is_told(*expected: tuple[Urgency, str]) -> None:
        watch.look()
        qtbot.waitUntil(lambda: told(notices) == list(expected))

    percent[0] = 20
    is_told((Urgency.WARN, "The battery is at 20 per cent."))
    percent[0] = 8
    is_told((Urgency.BAD, "The battery is at 8 per cent."))
    percent[0] = None
    is_told()
    assert worse == [Urgency.WARN, Urgency.BAD]
    watch.end()
