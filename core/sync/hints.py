"""Tells desks that stay on the line that there is something new: a hint only, what it is they fetch themselves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

from core.base.ids import DeskId
from core.session import Change, Session

HEARTBEAT_SECONDS = 5.0
STREAMS_EACH = 3
IsLetIn = Callable[[], Awaitable[bool]]


class Hints:
    """All desks on the line. Used on the gate's loop, but for `changed` and `here`."""

    def __init__(self, session: Session, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._ends = False
        self._wakers: dict[asyncio.Event, DeskId] = {}
        self._leave = session.subscribe(self.changed)

    def here(self) -> frozenset[DeskId]:
        """Which desks are on the line; from any thread."""
        return frozenset(self._wakers.copy().values())

    def has_room(self, desk: DeskId) -> bool:
        """Whether this desk may have one more stream."""
        return list(self._wakers.values()).count(desk) < STREAMS_EACH and not self._ends

    def changed(self, change: Change) -> None:
        """On the writer's thread: something was saved."""
        with suppress(RuntimeError):    # the gate has ended
            self._loop.call_soon_threadsafe(self._wake)

    def end(self) -> None:
        """Every stream runs out."""
        self._leave()
        self._ends = True
        self._wake()

    def send_away(self, desk: DeskId) -> None:
        """The streams of this desk run out."""
        for waker in [each for each, owner in self._wakers.items() if owner == desk]:
            del self._wakers[waker]
            waker.set()

    async def told(self, desk: DeskId, is_let_in: IsLetIn) -> AsyncIterator[bytes]:
        """A line for each change, and one every five seconds all the same. So often `is_let_in` is asked, too: a desk
        may have been sent away at another instance of the home."""
        with self._waker(desk) as waker:
            yield b"data: here\n\n"
            looked = self._loop.time()
            while not self._ends and waker in self._wakers:
                news = await _within(waker, HEARTBEAT_SECONDS)
                waker.clear()
                if self._loop.time() - looked >= HEARTBEAT_SECONDS:
                    looked = self._loop.time()
                    if not await is_let_in():
                        return
                yield b"data: new\n\n" if news else b": still here\n\n"

    @contextmanager
    def _waker(self, desk: DeskId) -> Iterator[asyncio.Event]:
        waker = asyncio.Event()
        self._wakers[waker] = desk
        try:
            yield waker
        finally:
            self._wakers.pop(waker, None)

    def _wake(self) -> None:
        for waker in self._wakers:
            waker.set()


async def _within(waker: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await waker.wait()
    except TimeoutError:
        return False
