"""Four venues that were each without a network come back together, while their online home loses an instance and the
primary of its database."""

import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.core.home.large import Home
from tests.core.sync.desks import until
from tests.journeys.venues import Venue, are_alike, four_venues

LONGEST = 120.0
"""Seconds a test waits for all to have all."""
LOOK_SECONDS = 0.1
"""To look costs the processor that the venues need."""


@contextmanager
def alone(online: Home, folder: Path, notes: int) -> Iterator[Collection[Venue]]:
    """Each had so many notes, and themes for them, while its network was gone."""
    with four_venues(online, folder, {}) as venues:
        for venue in venues.values():
            venue.tells("alone", str(notes))
        for venue in venues.values():
            venue.has_done("alone")
        yield venues.values()


def come_back(online: Home, venues: Collection[Venue]) -> tuple[float, float]:
    """All at once; in the midst of it the home suffers. How many seconds until all have all, and how many of them it
    took until there was a primary again."""
    waited, began = waiting(venues), time.monotonic()
    for venue in venues:
        venue.told("back")
    until(lambda: waiting(venues) < waited, "nothing comes through", LONGEST)
    suffered = time.monotonic()
    online.suffers()
    mended, pause = time.monotonic(), threading.Event()
    while not are_alike(venues):
        assert time.monotonic() - began < LONGEST, "the venues did not become one"
        pause.wait(LOOK_SECONDS)
    return time.monotonic() - began, mended - suffered


def waiting(venues: Collection[Venue]) -> int:
    """How much is not at the home yet."""
    return sum(venue.parcels.count_waiting() for venue in venues)
