"""Who is here: a head-count, never a roster."""

import time
from collections import Counter

from core.base.ids import ContributorId
from core.web.limits import Seconds

SEEN_SECONDS = 600.0


class Presence:
    """Live pages, and people seen in the last ten minutes; each once. Used on the server's loop only."""

    def __init__(self, now: Seconds = time.monotonic) -> None:
        self._now = now
        self._seen: dict[ContributorId, float] = {}
        self._live: Counter[ContributorId] = Counter()
        self._strangers = 0

    def saw(self, contributor: ContributorId) -> None:
        """They have asked for something, just now."""
        self._seen.pop(contributor, None)    # the youngest stand last
        self._seen[contributor] = self._now()

    def opened(self, contributor: ContributorId | None) -> None:
        """A live page was opened; None is somebody who has not sent a note."""
        if contributor is None:
            self._strangers += 1
        else:
            self._live[contributor] += 1

    def closed(self, contributor: ContributorId | None) -> None:
        """A live page was closed."""
        if contributor is None:
            self._strangers -= 1
            return
        self.saw(contributor)
        self._live[contributor] -= 1
        if not self._live[contributor]:
            del self._live[contributor]

    def pages_of(self, contributor: ContributorId) -> int:
        """How many live pages they have open."""
        return self._live[contributor]

    def here(self) -> int:
        """How many people are here now."""
        self._forget()
        return self._strangers + len(self._live.keys() | self._seen.keys())

    def _forget(self) -> None:
        old = self._now() - SEEN_SECONDS
        for contributor, at in list(self._seen.items()):
            if at > old:
                return
            del self._seen[contributor]
