"""The floor to measure against: the barest Starlette + SQLite server that keeps each note before it thanks.

WAL, synchronous=FULL, one writer thread with group commit, one frame per commit to every stream. No pages, no
limits, no identity, no fold. `python -m tests.bench.floor FILE` prints its port and serves until SIGTERM.
"""

import asyncio
import json
import queue
import socket
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

BATCH_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """A note on its way to the disk, and who waits for it."""

    text: str
    saved: asyncio.Future[None]


class Floor:
    """One queue, one writer thread, one frame per commit."""

    def __init__(self, path: str) -> None:
        self.waiting: queue.SimpleQueue[Sent | None] = queue.SimpleQueue()
        self.streams: set[asyncio.Queue[bytes]] = set()
        self.writer = threading.Thread(target=self.write, args=(path, asyncio.get_running_loop()))
        self.writer.start()

    def write(self, path: str, loop: asyncio.AbstractEventLoop) -> None:
        """The writer thread, until a None comes."""
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT)")
        while batch := self.next_batch():
            database.execute("BEGIN")
            database.executemany("INSERT INTO note (text) VALUES (?)", [(sent.text,) for sent in batch])
            database.execute("COMMIT")
            loop.call_soon_threadsafe(self.publish, batch)
        database.close()

    def next_batch(self) -> list[Sent]:
        """What is waiting now, at least one; empty at the end."""
        first = self.waiting.get()
        batch = [first] if first else []
        while batch and len(batch) < BATCH_LIMIT and not self.waiting.empty():
            following = self.waiting.get()
            if following is None:
                self.waiting.put(None)
                break
            batch.append(following)
        return batch

    def publish(self, batch: list[Sent]) -> None:
        """Thank the writers, tell everybody, in the loop's thread."""
        for sent in batch:
            if not sent.saved.done():
                sent.saved.set_result(None)
        frame = f"data: {json.dumps([sent.text for sent in batch])}\n\n".encode()
        for stream in self.streams:
            stream.put_nowait(frame)

    async def say(self, request: Request) -> Response:
        """POST: thanked for after the commit."""
        saved: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.put(Sent((await request.body()).decode(), saved))
        await saved
        return Response(b'{"saved":true}', media_type="application/json")

    async def live(self, request: Request) -> Response:
        """The stream of everything that is saved from now on."""
        return StreamingResponse(self.frames(), media_type="text/event-stream")

    async def frames(self) -> AsyncIterator[bytes]:
        """One frame per commit."""
        mine: asyncio.Queue[bytes] = asyncio.Queue()
        self.streams.add(mine)
        try:
            yield b": hello\n\n"
            while True:
                yield await mine.get()
        finally:
            self.streams.discard(mine)


async def serve(path: str) -> None:
    """Serve until SIGTERM, then write what is left."""
    floor = Floor(path)
    app = Starlette(routes=[Route("/note", floor.say, methods=["POST"]), Route("/live", floor.live)])
    config = uvicorn.Config(
        app, http="h11", log_level="error", lifespan="off", ws="none", timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listening:
        print(json.dumps({"port": listening.getsockname()[1]}), flush=True)
        try:
            await uvicorn.Server(config).serve(sockets=[listening])
        finally:
            floor.waiting.put(None)
            floor.writer.join()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
