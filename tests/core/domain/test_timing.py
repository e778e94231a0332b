"""The agenda against the clock: what a facilitator is told of being on time, ahead or behind."""

from datetime import datetime, timedelta

import pytest

from core.base.ids import StepId
from core.domain.commands import Redo, Undo
from core.domain.running import AddStep, BeginStep
from core.domain.terms import StepKind
from core.domain.timing import ANOTHER_DAY, seconds_late
from tests.core.table import NOON, Seat, Table, a_table


@pytest.fixture
def table() -> Table:
    return a_table("desk")[0]


@pytest.fixture
def desk(table: Table) -> Seat:
    """A desk with an agenda of three steps: 5, 10 and 20 minutes."""
    seat = table.seat("desk")
    for kind, minutes in ((StepKind.WELCOME, 5), (StepKind.WRITE, 10), (StepKind.GROUP, 20)):
        seat.sees_and_does(AddStep(kind=kind, minutes=minutes))
    return seat


def begins(desk: Seat, number: int, minute: float) -> None:
    """Step so and so begins so many minutes after noon."""
    desk.table.now = at(minute) - timedelta(seconds=1)
    desk.sees_and_does(BeginStep(steps(desk)[number]))


def steps(desk: Seat) -> list[StepId]:
    return [step_id for step_id, _ in desk.board.agenda()]


def at(minute: float) -> datetime:
    return NOON + timedelta(hours=1, minutes=minute)


def late(desk: Seat, minute: float) -> int | None:
    """How many seconds late the workshop is so many minutes after it began."""
    return seconds_late(desk.board.agenda(), desk.board.trail, at(minute))


def test_before_the_first_step_nothing_is_late(desk: Seat) -> None:
    assert late(desk, 100) is None


def test_steps_that_begin_and_end_as_planned_are_on_time(desk: Seat) -> None:
    for number, minute in ((0, 0), (1, 5), (2, 15)):
        begins(desk, number, minute)
        assert late(desk, minute) == 0
    assert late(desk, 35) == 0


def test_a_step_that_takes_longer_is_late_as_it_goes_and_the_next_begins_late(desk: Seat) -> None:
    begins(desk, 0, 0)
    assert late(desk, 8) == 3 * 60
    begins(desk, 1, 9)
    assert late(desk, 10) == 4 * 60
    begins(desk, 2, 12)    # seven minutes were made up
    assert late(desk, 13) == -3 * 60


def test_a_day_that_begins_in_the_middle_counts_from_there(desk: Seat) -> None:
    begins(desk, 1, 0)
    begins(desk, 2, 12)
    assert late(desk, 12) == 2 * 60


def test_a_step_begun_by_mistake_and_taken_back_changes_nothing(desk: Seat) -> None:
    begins(desk, 0, 0)
    begins(desk, 1, 2)
    desk.sees_and_does(Undo(desk.desk))
    assert [begun.step for begun in desk.board.trail] == steps(desk)[:1]
    assert late(desk, 4) == 0
    assert late(desk, 7) == 2 * 60
    desk.table.now = at(8) - timedelta(seconds=1)
    desk.sees_and_does(Redo(desk.desk))
    assert late(desk, 8) == 3 * 60


def test_who_goes_back_a_step_is_in_it_since_it_first_began(desk: Seat) -> None:
    for number, minute in ((0, 0), (1, 5), (2, 15), (1, 17)):
        begins(desk, number, minute)
    assert late(desk, 17) == 2 * 60


def test_to_try_the_agenda_the_day_before_makes_nobody_late(desk: Seat) -> None:
    for number in range(3):
        begins(desk, number, number)
    hours = (ANOTHER_DAY.total_seconds() / 60) + 10
    begins(desk, 0, hours)
    assert late(desk, hours) == 0


def test_where_nothing_is_planned_nothing_is_late(table: Table) -> None:
    seat = table.seat("desk")
    seat.sees_and_does(AddStep(kind=StepKind.TALK))
    begins(seat, 0, 0)
    assert late(seat, 90) is None
