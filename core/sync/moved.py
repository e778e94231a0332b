"""The way to a home that has another address than it had: the log says which, and this desk is let in there first."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from core.base.errors import WorkshopError
from core.sync.errors import HomeMoved, NoLongerPaired, WrongHome
from core.sync.known import Home, read_home
from core.sync.line import Busy, Line

LOOK_AGAIN_SECONDS = 15.0
Moved = Callable[[Home], None]


class WayThere:
    """For one link, on its loop."""

    def __init__(self, home: Home, moved: Moved) -> None:
        self._home, self._moved = home, moved
        self._again = 0.0

    async def found(self, told: str) -> Line | None:
        """A line to the address that is told, where that is another than we know and it lets us in. Only https is
        followed: a token goes there. Raises HomeMoved where it knows nothing of us, and what `moved` does."""
        now = asyncio.get_running_loop().time()
        if not self._home.is_online or told == self._home.public or not told.startswith("https:") or now < self._again:
            return None
        self._again = now + LOOK_AGAIN_SECONDS
        try:
            there = replace(self._home, address=read_home(told), public=told)
        except WrongHome:
            return None
        return await self._let_in(there)

    async def _let_in(self, there: Home) -> Line | None:
        line = Line(there)
        try:
            await line.hello(there.workshop)
        except NoLongerPaired as error:
            await line.close()
            raise HomeMoved(there.public) from error
        except (WorkshopError, Busy):    # not there yet, or not to be trusted: we stay where we are
            await line.close()
            return None
        await asyncio.to_thread(self._moved, there)
        self._home = there
        return line
