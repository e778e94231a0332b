"""A venue's desk as a process of its own, and a home as another: the desk is killed with SIGKILL while it sends, or
sent away while it works. What it thanked for is at the home once, and both end with one board."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.home.shelf import invitations_of, workshop_files
from core.store.parcels import Parcels
from core.sync.invitations import as_shown
from core.sync.line import ask_once
from core.sync.roles import Role
from tests.core.home.online import Sharing, shared
from tests.core.home.processes import Process, Writing, a_process
from tests.core.home.test_killed_home import assert_nothing_lost
from tests.core.sync.acts import prepare
from tests.core.sync.desks import until
from tests.core.sync.test_killed_desks import Desk
from tests.core.workshops import BEN

pytestmark = [pytest.mark.faults, pytest.mark.alone]
NOTES = 1_200
"""More than two pushes."""


@contextmanager
def at_a_home(folder: Path) -> Iterator[tuple[Process, Sharing, Desk]]:
    """A home, the desk that brought a workshop there, and a venue's desk that came in."""
    with a_process(folder / "home") as home:
        invitations = invitations_of(home.data)
        ann = shared(folder / "ann", home.desks, as_shown(invitations.make(Role.ORGANISER)))
        venue = Desk("venue", folder / "venue")
        try:
            prepare(ann.session)
            ann.waits()
            assert venue.start(home.desks, invited(home, ann)) == {"meets": True}
            yield home, ann, venue
        finally:
            venue.stop()
            ann.close()


def invited(home: Process, ann: Sharing) -> str:
    return as_shown(invitations_of(home.data).make(Role.VENUE, ann.session.workshop_id))


def in_step(home: Process, *files: Path) -> bool:
    logs = [Parcels(path) for path in (*workshop_files(home.data), *files)]
    return len({log.mark() for log in logs}) == 1 and not any(log.count_waiting() for log in logs)


def killed_while_it_sends(home: Process, venue: Desk) -> int:
    """Kill it as soon as the home has some of it; how many of its events were not known to be there."""
    (kept,) = workshop_files(home.data)
    before = Parcels(kept).mark().seq
    venue.told("meet")
    until(lambda: Parcels(kept).mark().seq > before + NOTES // 4, "nothing was sent")
    venue.kill()
    return Parcels(venue.file).count_waiting()


def test_a_desk_that_is_killed_while_it_sends_goes_on_with_what_the_home_does_not_have(tmp_path: Path) -> None:
    with at_a_home(tmp_path) as (home, ann, venue):
        venue.told("apart")
        venue.told("many", NOTES)
        assert venue.says() == {"apart": True}
        assert venue.hears(venue.says())
        phone = Writing([home.people], ann.code, "phone")
        phone.start()
        left = killed_while_it_sends(home, venue)
        assert left > NOTES // 4
        assert venue.start() == {"meets": True}
        venue.told("act", 5, 40)    # and it goes on working while the rest is under way
        venue.works(5)
        home.end(signal.SIGKILL)
        home.start()
        venue.works()
        phone.join(30)
        until(lambda: in_step(home, venue.file), "the venue did not come back")
        venue.stop()
        assert_nothing_lost(home, (ann,), [*venue.words, *phone.thanked])
        assert_is_at(ann.path, venue)
        assert_is_at(venue.file, venue)


def assert_is_at(path: Path, venue: Desk) -> None:
    """All that the venue has thanked for, once."""
    numbered: Counter[str] = Counter(event.id for event in Parcels(path).after(0, 100_000).events)
    assert {numbered[each] for each in venue.thanked} == {1}


def test_a_desk_that_is_sent_away_keeps_what_waits_and_sends_it_once_it_is_let_in_again(tmp_path: Path) -> None:
    with at_a_home(tmp_path) as (home, ann, venue):
        venue.told("many", 3)
        venue.hears(venue.says())
        until(lambda: in_step(home, venue.file, ann.path))
        ask_once(ann.home, lambda line: line.asked("POST", "/away", json={"desk": BEN}))
        venue.told("many", 4)
        venue.hears(venue.says())
        until(lambda: link_of(venue)["way"] == "ended", "it is still let in")
        told = link_of(venue)
        assert told["words"] == "The online home does not know this desk any more."
        assert told["advice"].startswith("What was done here is safe here.")
        venue.kill()
        assert Parcels(venue.file).count_waiting() == 4
        assert Parcels(ann.path).mark() == Parcels(venue.file).mark()
        venue.start(home.desks, invited(home, ann))
        until(lambda: in_step(home, venue.file, ann.path), "what waited did not go")
        assert_is_at(ann.path, venue)
        venue.stop()
        assert_nothing_lost(home, (ann,), venue.words)


def link_of(venue: Desk) -> dict[str, str]:
    venue.told("link")
    told: dict[str, str] = venue.says()
    return told
