"""The load generator: simulated phones in a process of their own, on raw sockets.

Notes come at random moments (Poisson, open loop: nobody waits for the server), each from any of the phones. A
note's latency is from the moment it was due, not from when it could be sent, to its first sight on each other
watching phone's stream. `python -m tests.bench.load --target floor --port P --phones N --rates 10,100` prints
one JSON line for each rate, and at the end the numbers of all notes that were thanked for.
"""

import argparse
import asyncio
import contextlib
import gc
import json
import os
import random
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from tests.bench.memory import resident_mb
from tests.bench.targets import Phone, Target, target_named
from tests.bench.wire import Answer, Stream, connect_stream, marked

WATCHERS = 12
"""Phones whose streams are read; the others are only emptied, as in notes/load.md."""
SETTLE_SECONDS = 3.0
JOIN_AT_ONCE = 25


@dataclass(slots=True)
class Step:
    """What one rate did."""

    due: dict[int, float] = field(default_factory=dict)
    sender: dict[int, int] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)
    thanked: dict[int, float] = field(default_factory=dict)
    refused: int = 0
    failed: int = 0
    latencies: list[float] = field(default_factory=list)
    seen: list[set[int]] = field(default_factory=lambda: [set() for _ in range(WATCHERS)])

    def saw(self, watcher: int, number: int, at: float) -> None:
        """A watching phone's stream showed a note; only the first sight counts, never its sender's own."""
        due = self.due.get(number)
        if due is not None and number not in self.seen[watcher]:
            self.seen[watcher].add(number)
            if self.sender[number] != watcher:
                self.latencies.append(at - due)

    def unseen(self, watchers: int) -> int:
        """How many (thanked note, other watching phone) pairs never met."""
        return sum(
            1
            for number in self.thanked
            for watcher in range(watchers)
            if self.sender[number] != watcher and number not in self.seen[watcher]
        )

    def is_settled(self, watchers: int) -> bool:
        """Whether every note was answered and seen."""
        answered = len(self.thanked) + self.refused + self.failed
        return answered == len(self.due) and not self.unseen(watchers)


@dataclass(frozen=True, slots=True)
class Figures:
    """One row; milliseconds. `kept` counts the notes the server thanked for; `server_ms` is what its processor had to
    do for each of them, telling all phones included: of all figures the one that a busy machine changes least."""

    phones: int
    rate: float
    seconds: float
    sent: int
    kept: int
    refused: int
    failed: int
    unseen: int
    p50: float
    p99: float
    thanked_p99: float
    generator_p99: float
    server_ms: float
    server_mb: float
    streams_lost: int

    @property
    def is_sustained(self) -> bool:
        """Whether the server kept up: all kept, all seen, 99 of 100 within a second."""
        return self.kept == self.sent and not self.unseen and not self.streams_lost and self.p99 <= 1000


class Crowd:
    """Joined phones with open streams."""

    def __init__(self, phones: Sequence[Phone], streams: Sequence[Stream], server: int) -> None:
        self.phones = phones
        self.streams = streams
        self.server = server
        self.step = Step()
        self.number = 0
        self.thanked: set[int] = set()

    @classmethod
    async def join(cls, target: Target, port: int, people: int, server: int) -> "Crowd":
        """Everybody joins, 25 at a time."""
        gate = asyncio.Semaphore(JOIN_AT_ONCE)
        crowd = cls([], [], server)

        async def one(index: int) -> tuple[Phone, Stream]:
            async with gate:
                phone = await target.join(port, index)
                seen = partial(crowd.saw, index) if index < WATCHERS else None
                return phone, await connect_stream(port, target.live(phone, port), seen)

        joined = await asyncio.gather(*(one(index) for index in range(people)))
        crowd.phones = [phone for phone, _ in joined]
        crowd.streams = [stream for _, stream in joined]
        return crowd

    def saw(self, watcher: int, number: int, at: float) -> None:
        """Hand it to the step that runs."""
        self.step.saw(watcher, number, at)

    async def play(self, rate: float, seconds: float, chance: random.Random) -> Figures:
        """Send at this rate, wait until all was answered and seen (at most three seconds), and count."""
        loop = asyncio.get_running_loop()
        self.step = step = Step()
        before, due = cpu_seconds(self.server), loop.time() + 0.1
        end = due + seconds
        while (due := due + chance.expovariate(rate)) < end:
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            self.say(chance.randrange(len(self.phones)), due, loop.time())
        await self.settle(step)
        return self.figures(step, rate, seconds, cpu_seconds(self.server) - before)

    def say(self, index: int, due: float, now: float) -> None:
        """One phone sends one note."""
        self.number += 1
        number, step = self.number, self.step
        step.due[number], step.sender[number] = due, index
        step.late.append(now - due)

        def answered(answer: asyncio.Future[Answer]) -> None:
            if answer.cancelled() or answer.exception() is not None:
                step.failed += 1
            elif answer.result().status == 200:
                step.thanked[number] = asyncio.get_running_loop().time() - due
                self.thanked.add(number)
            else:
                step.refused += 1

        self.phones[index].say(marked(number)).add_done_callback(answered)

    async def settle(self, step: Step) -> None:
        """Wait for the last answers and sights."""
        for _ in range(round(SETTLE_SECONDS / 0.05)):
            if step.is_settled(self.watchers):
                return
            await asyncio.sleep(0.05)

    @property
    def watchers(self) -> int:
        """How many streams are read."""
        return min(WATCHERS, len(self.streams))

    def figures(self, step: Step, rate: float, seconds: float, cpu: float) -> Figures:
        """The row."""
        return Figures(
            phones=len(self.phones), rate=rate, seconds=seconds, sent=len(step.due), kept=len(step.thanked),
            refused=step.refused, failed=step.failed, unseen=step.unseen(self.watchers),
            p50=milliseconds(step.latencies, 0.5), p99=milliseconds(step.latencies, 0.99),
            thanked_p99=milliseconds(list(step.thanked.values()), 0.99),
            generator_p99=milliseconds(step.late, 0.99),
            server_ms=round(1000 * cpu / max(1, len(step.thanked)), 3), server_mb=resident_mb(self.server),
            streams_lost=sum(stream.lost for stream in self.streams),
        )  # fmt: skip


def milliseconds(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed, in milliseconds; infinite where there is none."""
    if not values:
        return float("inf")
    return round(1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))], 1)


def cpu_seconds(process: int) -> float:
    """What a process has used of the processor so far; 0 where the system does not say."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


async def run(options: argparse.Namespace) -> None:
    """Join once, then play each rate; stops at the first rate the server cannot sustain. Each has two tries, because
    a neighbour on the machine may have been at work in the first."""
    target = target_named(options.target, options.code)
    crowd = await Crowd.join(target, options.port, options.phones, options.server)
    gc.freeze()
    chance = random.Random(options.seed)
    for rate in options.rates:
        figures = await crowd.play(rate, options.seconds, chance)
        if not figures.is_sustained:
            figures = await crowd.play(rate, options.seconds, chance)
        print(json.dumps(asdict(figures)), flush=True)
        if not figures.is_sustained:
            break
    print(json.dumps({"thanked": sorted(crowd.thanked)}), flush=True)


def main(arguments: Sequence[str]) -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--target", choices=["floor", "sayback"], required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--code", default="")
    parser.add_argument("--phones", type=int, required=True)
    parser.add_argument("--rates", type=lambda text: [float(rate) for rate in text.split(",")], required=True)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--server", type=int, default=0, help="the server's process id, to read its cost")
    parser.add_argument("--seed", type=int, default=1)
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    asyncio.run(run(parser.parse_args(arguments)))


if __name__ == "__main__":
    main(sys.argv[1:])
