"""Four venues that were each without a network come back together, while their online home loses an instance and the
primary of its database."""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from core.base.ids import DeskId
from core.domain.commands import MakeWorkshop
from core.sync.invitations import as_shown
from core.sync.roles import Role
from tests.bench.workshops import fill
from tests.core.home.large import Home
from tests.core.home.online import Sharing, joined, shared
from tests.core.sync.desks import until
from tests.core.table import name_of

VENUES = ("London", "York", "Leicester", "Basingstoke")
TOWN = MakeWorkshop(title="Our town", questions=("What should change?",), code="ABC234")
LONGEST = 120.0
"""Seconds a test waits for all to have all."""


@contextmanager
def alone(online: Home, folder: Path, notes: int) -> Iterator[list[Sharing]]:
    """The desks of four venues that all know the workshop; then each had so many notes, and themes for them, while its
    network was gone."""
    with ExitStack() as held:
        desks = [shared(folder / VENUES[0], online.desks, as_shown(online.invites(Role.ORGANISER)), TOWN)]
        held.callback(desks[0].close)
        desks[0].waits()
        for name in VENUES[1:]:
            code = as_shown(online.invites(Role.VENUE, desks[0].session.workshop_id))
            desks.append(joined(folder / name, online.desks, code, DeskId(name_of(name))))
            held.callback(desks[-1].close)
        for number, desk in enumerate(desks):
            desk.waits()
            desk.link.stop()
            fill(desk.session, notes, random.Random(number))
        yield desks


def come_back(online: Home, desks: Sequence[Sharing]) -> tuple[float, float]:
    """All at once; in the midst of it the home suffers. How many seconds until all have all, and how many of them that
    took until there was a primary again."""
    waited, began = waiting(desks), time.monotonic()
    for desk in desks:
        desk.link = desk.linked()
    until(lambda: waiting(desks) < waited, "nothing comes through", LONGEST)
    suffered = time.monotonic()
    online.suffers()
    mended = time.monotonic()
    until(lambda: not waiting(desks) and len({desk.session.board.seen for desk in desks}) == 1, seconds=LONGEST)
    return time.monotonic() - began, mended - suffered


def waiting(desks: Sequence[Sharing]) -> int:
    """How much is not at the home yet."""
    return sum(desk.session.parcels.count_waiting() for desk in desks)
