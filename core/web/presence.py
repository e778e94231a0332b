"""Who is here: a head-count, never a roster; and what they are doing, for the desk."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.base.ids import ContributorId
from core.domain.terms import Mode
from core.web.limits import Seconds

SEEN_SECONDS = 600.0
WRITING_SECONDS = 30.0
"""A page says every 20 seconds that somebody is writing."""
LOST_SECONDS = 15.0
"""From one page to the next takes less."""
WRITING_AT_MOST = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Who is here now. `strangers` have done nothing yet that says who they are; of these `beginning` are writing.
    `lost` had a live page, which has been gone for a while."""

    here: frozenset[ContributorId] = frozenset()
    writing: frozenset[ContributorId] = frozenset()
    lost: frozenset[ContributorId] = frozenset()
    strangers: Mapping[Mode, int] = field(default_factory=dict)
    beginning: Mapping[Mode, int] = field(default_factory=dict)


NOBODY_YET = Present()


class Presence:
    """Live pages, and people seen in the last ten minutes; each once. Used on the server's loop only. Nothing of it
    is kept."""

    def __init__(self, now: Seconds = time.monotonic) -> None:
        self._now = now
        self._seen: dict[ContributorId, float] = {}
        self._live: Counter[ContributorId] = Counter()
        self._left: dict[ContributorId, float] = {}
        self._writing: dict[ContributorId, tuple[float, Mode]] = {}
        self._strangers: Counter[Mode] = Counter()

    def saw(self, contributor: ContributorId) -> None:
        """They have asked for something, just now."""
        self._seen.pop(contributor, None)    # the youngest stand last
        self._seen[contributor] = self._now()

    def opened(self, contributor: ContributorId | None, mode: Mode = Mode.ROOM) -> None:
        """A live page was opened; None is somebody who has not sent a note."""
        if contributor is None:
            self._strangers[mode] += 1
        else:
            self._live[contributor] += 1
            self._left.pop(contributor, None)

    def closed(self, contributor: ContributorId | None, mode: Mode = Mode.ROOM) -> None:
        """A live page was closed."""
        if contributor is None:
            self._strangers[mode] -= 1
            return
        self.saw(contributor)
        self._live[contributor] -= 1
        if not self._live[contributor]:
            del self._live[contributor]
            self._left[contributor] = self._now()

    def writes(self, contributor: ContributorId, mode: Mode) -> None:
        """They are writing, just now; also somebody who will only be this contributor with their first note."""
        self._writing.pop(contributor, None)    # the youngest stand last
        self._writing[contributor] = (self._now(), mode)
        if len(self._writing) > WRITING_AT_MOST:
            del self._writing[next(iter(self._writing))]

    def wrote(self, contributor: ContributorId) -> None:
        """They have sent what they were writing."""
        self._writing.pop(contributor, None)

    def pages_of(self, contributor: ContributorId) -> int:
        """How many live pages they have open."""
        return self._live[contributor]

    def here(self) -> int:
        """How many people are here now."""
        self._forget()
        return self._strangers.total() + len(self._live.keys() | self._seen.keys())

    def present(self) -> Present:
        """Who is here now, and what they are doing."""
        self._forget()
        here = frozenset(self._live.keys() | self._seen.keys())
        gone = self._now() - LOST_SECONDS
        beginning = Counter(mode for who, (_at, mode) in self._writing.items() if who not in here)
        return Present(
            here=here,
            writing=here & self._writing.keys(),
            lost=frozenset(who for who, at in self._left.items() if at < gone),
            strangers=dict(+self._strangers),
            beginning=dict(beginning & self._strangers),    # never more than there are
        )

    def _forget(self) -> None:
        _forget_before(self._now() - SEEN_SECONDS, self._seen)
        _forget_before(self._now() - SEEN_SECONDS, self._left)
        old = self._now() - WRITING_SECONDS
        for contributor, (at, _mode) in list(self._writing.items()):
            if at > old:
                return
            del self._writing[contributor]


def _forget_before(old: float, times: dict[ContributorId, float]) -> None:
    """Take out what lies so long ago; the youngest stand last."""
    for contributor, at in list(times.items()):
        if at > old:
            return
        del times[contributor]
