"""Waiting on a loop: for something in good time, and not for ever."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from typing import TypeVar

Value = TypeVar("Value")


@asynccontextmanager
async def ahead(
    values: AsyncGenerator[Value, None], most: int
) -> AsyncIterator[Callable[[], Awaitable[list[Value]]]]:
    """Fetches values while the work with those before goes on, at most so many of them. What it gives is called for all
    that have come since: at least one, none at the end; it raises what fetching them raised. Where the work breaks, the
    fetch under way is let come to its end, and forgotten."""
    came: asyncio.Queue[Value | None] = asyncio.Queue()
    room, is_over = asyncio.Semaphore(most - 1), asyncio.Event()

    async def fetch() -> None:
        try:
            async with aclosing(values):
                async for value in values:
                    came.put_nowait(value)
                    await room.acquire()
                    if is_over.is_set():
                        return
        finally:
            came.put_nowait(None)

    async def since_then() -> list[Value]:
        found: list[Value] = []
        while not found or not came.empty():
            value = await came.get()
            if value is None:
                came.put_nowait(None)
                if not found:
                    await fetching
                break
            found.append(value)
            room.release()
        return found

    fetching = asyncio.get_running_loop().create_task(fetch())
    try:
        yield since_then
    finally:
        is_over.set()
        room.release()
        await asyncio.gather(fetching, return_exceptions=True)


async def within(seconds: float, event: asyncio.Event) -> None:
    """Until it is so, or this time is over."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
