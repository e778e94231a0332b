"""Playing a script: everybody joins, says their lines at their moment, and looks back at the end."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from core.rehearsal.phone import NoWorkshop, Phone, Tally
from core.rehearsal.script import Line

JOIN_AT_ONCE = 20
"""As many as a hall's door lets in at a time; those beyond wait for those before."""
FIRST_LOOK = 3.0
"""Seconds after which an address where nobody answers counts as wrong."""

Told = Callable[[Tally], None]


def nobody(tally: Tally) -> None:
    """Hears how it stands, and tells nobody."""


async def play(address: str, lines: Sequence[Line], told: Told = nobody) -> Tally:
    """Play the lines at this address; `told` hears after each note how it stands. Raises NoWorkshop where there is
    none; once everybody is in, what goes wrong is counted."""
    tally = Tally()
    async with Phone.joined(address, tally, FIRST_LOOK) as first:
        await first.open_page()
    phones = sorted({line.phone for line in lines})
    door, all_here = asyncio.Semaphore(JOIN_AT_ONCE), asyncio.Barrier(max(1, len(phones)))

    async def take_part(number: int) -> None:
        async with Phone.joined(address, tally) as phone:
            async with door:
                with suppress(NoWorkshop):
                    await phone.open_page()
            await all_here.wait()
            await perform(phone, [line for line in lines if line.phone == number], lambda: told(tally))

    async with asyncio.TaskGroup() as group:
        for number in phones:
            group.create_task(take_part(number))
    return tally


async def perform(phone: Phone, lines: Sequence[Line], told: Callable[[], None]) -> None:
    """Say each line at its moment, then look whether all are among one's notes."""
    begin = asyncio.get_running_loop().time()
    for line in lines:
        await asyncio.sleep(begin + line.at - asyncio.get_running_loop().time())
        await phone.say(line.text)
        told()
    await phone.look_back()
