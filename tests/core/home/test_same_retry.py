"""Two instances of a home as processes, over one database: what is sent again reaches the other one while the first is
still at work, and again when that has been killed. It is kept once."""

import asyncio
import signal
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from core.home.shared import SharedInvitations
from core.session import Answer, Parcel
from core.store.postgres.door import opened
from core.store.reader import read_log
from core.sync.invitations import NO_WORKSHOP, as_shown
from core.sync.known import Home
from core.sync.line import Line
from core.sync.roles import Role
from tests.core.home.online import browser, shared
from tests.core.home.processes import Process, a_process
from tests.core.home.test_faults_of_a_home import assert_gapless
from tests.core.sync.desks import until
from tests.core.workshops import say

pytestmark = [pytest.mark.faults, pytest.mark.alone]


def test_two_instances_that_get_the_same_retry_at_once_keep_it_once(database: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        one, other = (stack.enter_context(a_process(tmp_path / name, database)) for name in ("one", "other"))
        with opened(database) as ledger:
            code = as_shown(SharedInvitations(ledger).make(Role.ORGANISER, NO_WORKSHOP))
        ann = shared(tmp_path / "ann", one.desks, code)
        stack.callback(ann.close)
        ann.waits()
        ann.link.stop()
        for number in range(50):
            say(ann.session, f"desk {number}")
        parcel, at_other = ann.session.parcels.waiting(100), replace(ann.home, address=other.desks)
        first, second = asyncio.run(pushed(parcel, ann.home, at_other))
        assert [answer.seq for answer in first] == [answer.seq for answer in second]
        assert sent_to_both(one, other, ann.code) == {303}
        one.end(signal.SIGKILL)
        (again,) = asyncio.run(pushed(parcel, at_other))
        assert [(answer.seq, answer.already) for answer in again] == [(answer.seq, True) for answer in first]
        ann.meets(at_other)
        until(lambda: ann.is_in_step() and len(ann.session.board.notes) == 52)
        assert_once(ann.path)


async def pushed(parcel: Parcel, *homes: Home) -> list[list[Answer]]:
    """The same, to all of them at once."""
    lines = [Line(home) for home in homes]
    try:
        return await asyncio.gather(*(line.push(parcel) for line in lines))
    finally:
        for line in lines:
            await line.close()


def sent_to_both(one: Process, other: Process, code: str) -> set[int]:
    """A phone that is known already sends one note to both at the same time; how it was answered."""
    with browser(one.people, code) as here, browser(other.people, code) as there:
        here.say("said before")
        there.http.cookies.update(here.http.cookies)
        phones = [here, there]
        for phone in phones:
            phone.open()
        with ThreadPoolExecutor(2) as pool:
            answers = pool.map(lambda phone: phone.send("said once", id="e" * 32, sure="1"), phones)
            return {answer.status_code for answer in answers}


def assert_once(file: Path) -> None:
    rows, words = read_log(file)
    assert set(Counter(row.id for row in rows).values()) == {1}
    texts: Sequence[str] = [each.text for each in words]
    wanted = ["said before", "said once", *(f"desk {number}" for number in range(50))]
    assert {text: texts.count(text) for text in wanted} == dict.fromkeys(wanted, 1)
    assert_gapless([row.seq for row in rows if row.seq is not None])
