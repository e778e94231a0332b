"""A million people in an hour, ten times as many in the first minute: how many instances of a home that takes, how long
they wait and what it costs, by a model. What one note costs is measured first; then ten thousand people come to one
real home, in the same shape and faster, and the model has to say the same of them.

What is taken for granted: each writes one note, and leaves; instances share one PostgreSQL, which takes far more (group
commit); one instance is one core; nobody gives up. A core-hour costs 0.05 pounds: a plain number, put in your own."""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

from tests.bench.crowd import Coming, Outcome, Site, instances, simulated
from tests.bench.home import a_home, with_workshop
from tests.bench.load import cpu_seconds, milliseconds
from tests.bench.rows import Row
from tests.bench.targets import Sayback
from tests.bench.wire import connect_poster, marked
from tests.bench.workshops import CODE

PRICE = 0.05
"""Pounds for an hour of one core."""
PEOPLE, QUICK_PEOPLE, SECONDS, QUICK_SECONDS = 10_000, 1_000, 100.0, 15.0
FIRST_PEOPLE, FIRST_SECONDS = 600, 10.0
"""From these it is measured what one costs."""
LONGEST_SECONDS = 60.0
MILLION = Coming()


@dataclass
class Seen:
    """What really became of people who came."""

    waits: list[float] = field(default_factory=list)
    asked_to_wait: int = 0
    lost: int = 0
    work: float = 0.0


def measure(folder: Path, *, quick: bool = False) -> list[Row]:
    """The rows of the bench."""
    folder = folder / "million"
    folder.mkdir()
    people, seconds = (QUICK_PEOPLE, QUICK_SECONDS) if quick else (PEOPLE, SECONDS)
    with_workshop(folder, 0)
    with a_home("--data", folder / "data") as (process, port, _desks):
        alone = asyncio.run(come(port, process.pid, Coming(FIRST_PEOPLE, FIRST_SECONDS, burst=1)))
        real = asyncio.run(come(port, process.pid, MILLION.faster(people, seconds)))
    site = Site(1, alone.work, milliseconds(alone.waits, 0.5) / 1000)
    model = simulated(MILLION.faster(people, seconds), site)
    return [*_checked(people, real, model), *_the_hour(alone.work, site.answer)]


def _checked(people: int, real: Seen, model: Outcome) -> Iterator[Row]:
    """What really happened, with what the model says in the place of the floor."""
    what = f"{people:,} people to one home (beside it: the model)"
    yield Row(what=f"{what}: thanked, p50", figure=milliseconds(real.waits, 0.5), unit="ms", floor=1000 * model.p50)
    yield Row(what=f"{what}: thanked, p99", figure=milliseconds(real.waits, 0.99), unit="ms", floor=1000 * model.p99)
    yield Row(what=f"{what}: asked to wait", figure=real.asked_to_wait, unit="", floor=model.asked_to_wait)
    yield Row(what=f"{what}: not thanked", figure=real.lost, unit="", goal=0)


def _the_hour(work: float, answer: float) -> Iterator[Row]:
    yield Row(what="one note of a new person: server's work", figure=1000 * work, unit="ms")
    for site, outcome in instances(MILLION, work, answer):
        what = f"a million in an hour, {site.instances} instances"
        yield Row(what=f"{what}: thanked, p50", figure=1000 * outcome.p50, unit="ms")
        yield Row(what=f"{what}: thanked, p99", figure=outcome.p99, unit="s", goal=1.0)
        yield Row(what=f"{what}: longest wait", figure=outcome.longest, unit="s")
        yield Row(what=f"{what}: longest queue", figure=outcome.longest_queue, unit="notes")
        yield Row(what=f"{what}: asked to send again", figure=outcome.asked_to_wait, unit="times")
        yield Row(what=f"{what}: at work", figure=100 * outcome.busy, unit="%")
        yield Row(what=f"{what}: cost", figure=site.instances * MILLION.seconds / 3600 * PRICE, unit="pounds")


async def come(port: int, server: int, coming: Coming) -> Seen:
    """Really: each on a connection of their own, at random moments, whether or not the server keeps up."""
    target, seen, loop = Sayback(CODE), Seen(), asyncio.get_running_loop()
    target.question = await target.asked(port)
    chance, before = coming_at_random(coming), cpu_seconds(server)
    began = loop.time()
    under_way: set[asyncio.Task[None]] = set()
    for due in chance:
        if (wait := began + due - loop.time()) > 0:
            await asyncio.sleep(wait)
        under_way.add(loop.create_task(_say(target, port, began + due, seen)))
    await asyncio.wait(under_way, timeout=LONGEST_SECONDS)
    late = {task for task in under_way if not task.done()}
    for task in late:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
    seen.lost += len(late)
    seen.work = (cpu_seconds(server) - before) / max(1, len(seen.waits))
    return seen


def coming_at_random(coming: Coming, seed: int = 1) -> Iterator[float]:
    """The moments at which somebody comes."""
    chance, at = random.Random(seed), 0.0
    while (at := at + chance.expovariate(coming.rate(at) or 1.0)) < coming.seconds:
        yield at


async def _say(target: Sayback, port: int, due: float, seen: Seen) -> None:
    """One person: a note, and the same again when asked to wait, as the page does."""
    try:
        poster = await connect_poster(port)
        request = target.note(port, "", marked(len(seen.waits)), start=token_hex(16))
        while (answer := await poster.send(request)).status in (429, 503):
            seen.asked_to_wait += 1
            await asyncio.sleep(float(answer.header("retry-after") or 1))
        poster.transport.close()
    except OSError:
        seen.lost += 1
        return
    if answer.status == 200:
        seen.waits.append(asyncio.get_running_loop().time() - due)
    else:
        seen.lost += 1
