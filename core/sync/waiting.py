"""Waiting on a loop: for something in good time, and not for ever."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

Value = TypeVar("Value")


@asynccontextmanager
async def under_way(asking: Coroutine[Any, Any, Value] | None) -> AsyncIterator[asyncio.Task[Value] | None]:
    """Something begun in good time. Where what it was for breaks it is let come to its end, and forgotten."""
    task = None if asking is None else asyncio.get_running_loop().create_task(asking)
    try:
        yield task
    finally:
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)


async def within(seconds: float, event: asyncio.Event) -> None:
    """Until it is so, or this time is over."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
