"""The way from the writer's thread to the server's loop: one call for each burst of saves, not one for each note."""

import asyncio
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from typing import TypeVar

Value = TypeVar("Value")
Pair = tuple[Future[Value], asyncio.Future[Value]]


class Landing:
    """Where saves land. `saved` is awaited on the loop; the rest happens by itself."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._landed: deque[Pair[object]] = deque()
        self._called = False

    async def saved(self, future: Future[Value]) -> Value:
        """What the future brings, or the error it fails with."""
        waiting: asyncio.Future[Value] = self._loop.create_future()
        future.add_done_callback(lambda done: self._land((done, waiting)))
        return await waiting

    def _land(self, pair: Pair[Value]) -> None:
        self._landed.append(pair)    # type: ignore[arg-type]    # each pair is of one type
        if self._called:
            return
        self._called = True
        with suppress(RuntimeError):    # the server has stopped: the note is saved, nobody waits for the answer
            self._loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        self._called = False    # before the queue is read: what lands from now on calls again
        while self._landed:
            done, waiting = self._landed.popleft()
            if waiting.done():    # the phone has gone
                continue
            error = done.exception()
            if error is None:
                waiting.set_result(done.result())
            else:
                waiting.set_exception(error)
