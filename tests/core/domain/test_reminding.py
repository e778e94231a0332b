"""The day of the answer is not forgotten: a week ahead, and when it is over."""

from datetime import date

import pytest

from core.domain.answering import GiveReply
from core.domain.preparing import DescribeWorkshop
from core.domain.reminding import reminder
from core.domain.terms import Status
from tests.core.table import a_table, say

BY = date(2026, 9, 7).toordinal()


@pytest.mark.parametrize(
    ("days", "near", "late"), [(8, False, False), (7, True, False), (0, True, False), (-1, True, True)]
)
def test_one_is_reminded_a_week_before_and_when_it_is_late(days: int, near: bool, late: bool) -> None:
    _, question, [desk] = a_table("desk")
    say(desk, question, "Steep")
    desk.sees_and_does(DescribeWorkshop(reply_by=BY))
    found = reminder(desk.board, BY - days)
    assert (found.waiting, found.is_near(BY - days), found.is_late(BY - days)) == (1, near, late)


def test_where_all_are_answered_nobody_is_reminded() -> None:
    _, question, [desk] = a_table("desk")
    note = say(desk, question, "Steep")
    desk.sees_and_does(DescribeWorkshop(reply_by=BY), GiveReply(subject=note, text="Heard."))
    assert not reminder(desk.board, BY).is_near(BY)


def test_a_reply_that_names_a_day_is_due_until_it_is_done() -> None:
    _, question, [desk] = a_table("desk")
    note = say(desk, question, "Steep")
    desk.sees_and_does(GiveReply(subject=note, status=Status.IN_PROGRESS, text="Soon.", by=BY))
    assert [reminder(desk.board, BY - days).due for days in (8, 7, -30)] == [0, 1, 1]
    desk.sees_and_does(GiveReply(subject=note, status=Status.DONE, text="There.", by=BY))
    assert reminder(desk.board, BY).due == 0
