"""The lobby: who may come in, and when a connection has had its time."""

import asyncio
import logging
import sys
from collections import Counter
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import Protocol

from core.base.join import LOOPBACK
from core.web.limits import Limits

logger = logging.getLogger("sayback.web")

NEVER = inf
SHARE_OF_DESCRIPTORS = 0.8
"""The rest of the descriptors is for the workshop's file, its copies and the desk."""
IN_USE = 64
"""So many descriptors are taken to be in use where the system does not tell."""
QUIET_AGAIN = 0.9
"""Below this share of what it holds, a lobby that was full has recovered."""


class Guest(Protocol):
    """A connection, as the lobby sees it."""

    address: str
    due: float
    """When its time is up, by the loop's clock."""

    def time_is_up(self) -> None:
        """What it waited for has not come."""


class Lobby:
    """All connections of one run of the server. Used on its loop only."""

    def __init__(self, limits: Limits, loop: asyncio.AbstractEventLoop) -> None:
        self.deadlines = limits.deadlines
        self.now = loop.time
        self._loop = loop
        self._most = min(limits.connections, descriptors_left())
        self._most_each = limits.connections_each
        self._guests: set[Guest] = set()
        self._from: Counter[str] = Counter()
        self._was_full = False
        self._timer = loop.call_later(self.deadlines.look, self._look)

    def let_in(self, guest: Guest) -> bool:
        """Whether there is room for one more. The address of this computer stands for everybody behind a proxy on
        it, so only the others are counted one by one."""
        if len(self._guests) >= self._most:
            self._say_it_is_full()
            return False
        if self._most_each and self._from[guest.address] >= self._most_each and guest.address != LOOPBACK:
            return False
        self._guests.add(guest)
        self._from[guest.address] += 1
        return True

    def leave(self, guest: Guest) -> None:
        """They have gone; it does not matter whether they were let in."""
        if guest not in self._guests:
            return
        self._guests.discard(guest)
        self._from[guest.address] -= 1
        if not self._from[guest.address]:
            del self._from[guest.address]
        self._was_full = self._was_full and len(self._guests) > self._most * QUIET_AGAIN

    def close(self) -> None:
        """Look no more."""
        self._timer.cancel()

    def _look(self) -> None:
        self._timer = self._loop.call_later(self.deadlines.look, self._look)
        now = self.now()
        for guest in [each for each in self._guests if each.due < now]:
            guest.time_is_up()

    def _say_it_is_full(self) -> None:
        """Once, not for everybody who is turned away."""
        if not self._was_full:
            self._was_full = True
            logger.warning("There is no room for more than %d connections; new ones are closed.", self._most)


def descriptors_left() -> int:
    """How many connections fit into four fifths of the descriptors this process may have (attacks.md A13)."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return sys.maxsize
    return max(1, int(soft * SHARE_OF_DESCRIPTORS) - descriptors_in_use())


def descriptors_in_use() -> int:
    """How many descriptors this process has open."""
    for folder in ("/proc/self/fd", "/dev/fd"):
        with suppress(OSError):
            return len(list(Path(folder).iterdir()))
    return IN_USE
