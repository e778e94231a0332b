"""What tests run on threads of their own until they are done with it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

Serve = Callable[[threading.Event, asyncio.Event], Awaitable[None]]
"""Serves until the second event; sets the first once it is ready."""


@contextmanager
def serving_aside(serve: Serve, name: str) -> Iterator[None]:
    """Something that serves, on a thread with a loop of its own, from when it is ready until the test is done."""
    ready, over = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def until_over() -> None:
        await serve(ready, over)

    def run() -> None:
        loop.run_until_complete(until_over())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run, name=name)
    thread.start()
    try:
        assert ready.wait(10)
        yield
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
