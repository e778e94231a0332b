"""The agenda against the clock: when each step began, and how far behind its plan the workshop is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from core.base.ids import StepId
from core.domain.terms import Step

ANOTHER_DAY = timedelta(hours=6)
"""A step that begins so long after the one before it is not of the same run: the day before was only a try."""


class Begun(NamedTuple):
    """A step, and when it began."""

    step: StepId
    at: datetime


Trail = tuple[Begun, ...]
"""The steps that were gone through, up to the one under way."""


def gone_on(trail: Trail, step: StepId | None, at: datetime) -> Trail:
    """The trail once a step begins. Who goes back to a step, or takes a step back, is where they were: that step goes
    on from when it first began."""
    if step is None:
        return ()
    if trail and at - trail[-1].at > ANOTHER_DAY:
        trail = ()
    steps = [begun.step for begun in trail]
    return trail[: steps.index(step) + 1] if step in steps else (*trail, Begun(step, at))


def seconds_late(agenda: Sequence[tuple[StepId, Step]], trail: Trail, now: datetime) -> int | None:
    """How many seconds the workshop is behind its plan, below nought where it is ahead; a step that takes longer than
    planned counts as it goes. None where no step is under way, or nothing was planned."""
    steps = [step_id for step_id, _ in agenda]
    if not trail or trail[0].step not in steps or trail[-1].step not in steps:
        return None
    first, last = steps.index(trail[0].step), steps.index(trail[-1].step)
    if first > last or not any(step.minutes for _, step in agenda[first : last + 1]):
        return None
    planned = timedelta(minutes=sum(step.minutes for _, step in agenda[first:last]))
    late = trail[-1].at - trail[0].at - planned
    if minutes := agenda[last][1].minutes:
        late += max(timedelta(), now - trail[-1].at - timedelta(minutes=minutes))
    return round(late.total_seconds())
