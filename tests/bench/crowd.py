"""A model of very many people who come to an online home within an hour: one queue before some instances, fed with
what one note costs as it was measured. Who finds the queue too long is asked to wait; their phone keeps the note and
sends it again."""

import math
import random
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

STEP = 0.02
"""Seconds that pass at once in the model."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Who comes when: so many people evenly, but for the beginning, in which `burst` times as many come."""

    people: int = 1_000_000
    seconds: float = 3600.0
    burst: float = 10.0
    burst_seconds: float = 60.0

    def rate(self, at: float) -> float:
        """People in a second."""
        usual = self.people / (self.seconds + (self.burst - 1) * self.burst_seconds)
        return 0.0 if at >= self.seconds else usual * self.burst if at < self.burst_seconds else usual

    def faster(self, people: int, seconds: float) -> "Coming":
        """The same shape with other numbers."""
        return Coming(people, seconds, self.burst, self.burst_seconds * seconds / self.seconds)


@dataclass(frozen=True, slots=True)
class Site:
    """What they meet. `work` are the seconds of one core that a note takes, `answer` those until a note alone is
    thanked for (its commit too); a queue of more than `patience` seconds is answered with 503 and Retry-After."""

    instances: int
    work: float
    answer: float = 0.01
    patience: float = 2.0
    retry: float = 5.0

    @property
    def rate(self) -> float:
        """Notes in a second."""
        return self.instances / self.work


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it; waits in seconds, from the first press of the button to the thanks."""

    thanked: int
    asked_to_wait: int
    longest_queue: int
    p50: float
    p99: float
    longest: float
    busy: float


class Queue:
    """Whoever waits, by when they pressed the button first."""

    def __init__(self, coming: Coming, site: Site, seed: int) -> None:
        self._coming, self._site = coming, site
        self._comes, self._returns = random.Random(seed), random.Random(seed + 1)
        self._waiting: deque[list[int]] = deque()
        self._back: dict[int, Counter[int]] = {}
        self._credit = 0.0
        self.length = self.longest = self.asked_to_wait = 0
        self.waits: Counter[int] = Counter()
        self.steps = 0

    def run(self) -> None:
        """Until everybody has come and was thanked."""
        at = 0
        while at * STEP < self._coming.seconds or self.length or self._back:
            self._come(at, Counter({at: self._poisson(self._coming.rate(at * STEP) * STEP)}))
            self._come(at, self._back.pop(at, Counter()))
            self.longest = max(self.longest, self.length)
            self._thank(at)
            at += 1
        self.steps = at

    def _come(self, at: int, people: Counter[int]) -> None:
        room = math.ceil(self._site.patience * self._site.rate) - self.length
        for first, count in sorted(people.items()):
            taken = max(0, min(count, room))
            room -= taken
            self.length += taken
            if taken:
                self._waiting.append([first, taken])
            for _ in range(count - taken):
                self.asked_to_wait += 1
                again = at + round(self._site.retry * (0.5 + self._returns.random()) / STEP)
                self._back.setdefault(again, Counter())[first] += 1

    def _thank(self, at: int) -> None:
        self._credit += self._site.rate * STEP
        while self._waiting and self._credit >= 1:
            first, count = self._waiting[0]
            now = min(count, int(self._credit))
            self.waits[at - first] += now
            self.length -= now
            self._credit -= now
            self._waiting[0][1] -= now
            if now == count:
                self._waiting.popleft()
        if not self._waiting:
            self._credit = min(self._credit, 1.0)

    def _poisson(self, mean: float) -> int:
        limit, count, product = math.exp(-mean), 0, self._comes.random()
        while product > limit:
            count += 1
            product *= self._comes.random()
        return count


def simulated(coming: Coming, site: Site, seed: int = 1) -> Outcome:
    """What becomes of them; the same seed, the same outcome."""
    queue = Queue(coming, site, seed)
    queue.run()
    thanked = queue.waits.total()
    return Outcome(
        thanked, queue.asked_to_wait, queue.longest, _share(queue.waits, 0.5) + site.answer,
        _share(queue.waits, 0.99) + site.answer, max(queue.waits, default=0) * STEP + site.answer,
        thanked / (queue.steps * STEP * site.rate),
    )  # fmt: skip


def _share(waits: Counter[int], share: float) -> float:
    """The wait that this share of them does not exceed."""
    left = share * waits.total()
    for wait, count in sorted(waits.items()):
        left -= count
        if left <= 0:
            return wait * STEP
    return 0.0


def instances(coming: Coming, work: float, answer: float) -> Iterator[tuple[Site, Outcome]]:
    """More and more instances, from as many as the hour needs to as many with which 99 of 100 are thanked within a
    second."""
    least = max(1, math.ceil(coming.rate(coming.burst_seconds) * work))
    most = math.ceil(coming.rate(0) * work) + 1
    for number in sorted({least, least + 1, (least + most) // 2, *range(most - 1, 2 * most)}):
        site = Site(number, work, answer)
        outcome = simulated(coming, site)
        yield site, outcome
        if outcome.p99 <= 1.0:
            return
