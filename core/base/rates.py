"""How often something may happen: so many at once, then so many a second, for each key."""

import math
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

Seconds = Callable[[], float]
FORGET_ABOVE = 10_000
"""So many keys a gate remembers before it forgets those that are full again."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, then so many a second."""

    at_once: float
    each_second: float


class Gate:
    """Lets each key through at a rate: a bucket of tokens for each, which fills again by itself."""

    def __init__(self, rate: Rate, now: Seconds = time.monotonic) -> None:
        self._rate = rate
        self._now = now
        self._left: dict[Hashable, tuple[float, float]] = {}

    def wait(self, key: Hashable) -> int:
        """Take one token: 0 where there was one, else the whole seconds until there will be."""
        left = self._level(key)
        if left < 1:
            return max(1, math.ceil((1 - left) / self._rate.each_second))
        if len(self._left) > FORGET_ABOVE:
            self._forget_the_full()
        self._left[key] = (left - 1, self._now())
        return 0

    def is_shut(self, key: Hashable) -> int:
        """The seconds to wait, without taking a token."""
        left = self._level(key)
        return 0 if left >= 1 else max(1, math.ceil((1 - left) / self._rate.each_second))

    def _level(self, key: Hashable) -> float:
        left, at = self._left.get(key, (self._rate.at_once, self._now()))
        return min(self._rate.at_once, left + (self._now() - at) * self._rate.each_second)

    def _forget_the_full(self) -> None:
        full = [key for key in self._left if self._level(key) >= self._rate.at_once]
        for key in full:
            del self._left[key]
