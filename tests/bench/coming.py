"""Coming in and looking: what the first page weighs, what a thousand people cost who join, and "My notes" among many.

A join is what a phone does that has read the QR code: it loads the page, and opens its live stream. (The floor has no
pages: its joins are streams alone.)
"""

import asyncio
import gzip
import re
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from core.web.server import raise_descriptor_limit
from tests.bench.load import cpu_seconds
from tests.bench.notes import Server, serving
from tests.bench.rows import Row
from tests.bench.targets import Sayback
from tests.bench.wire import Answer, Stream, connect_poster, connect_stream
from tests.bench.workshops import CODE, make_workshop

FIRST_PAGE_KIB, FIRST_PAGE_REQUESTS = 25, 3
JOINS, JOINS_SECONDS = 1_000, 2
NOTES, MINE_MS = 5_000, 10
OWN_NOTES, LOOKS = 5, 100
SETTLE_SECONDS = 1.2
"""Everybody's pages are told how many are here once a second."""
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def measure(folder: Path, *, quick: bool = False) -> list[Row]:
    """The rows of the bench. CPU seconds are the server's, which a busy machine changes least."""
    return list(_rows(folder, joins=JOINS // 4 if quick else JOINS, notes=NOTES // 5 if quick else NOTES))


def _rows(folder: Path, joins: int, notes: int) -> Iterator[Row]:
    command = [sys.executable, "main.py", "serve"]
    options = ["--rehearsal", "--host", "127.0.0.1", "--port", "0"]
    with serving([*command, str(make_workshop(folder / "coming.sayback")), *options]) as server:
        sizes = asyncio.run(first_page(server))
        ours = asyncio.run(join_all(server, joins))
    with serving([sys.executable, "-m", "tests.bench.floor", str(folder / "coming.db")]) as server:
        floor = asyncio.run(open_all(server, joins))
    with serving([*command, str(make_workshop(folder / "mine.sayback", notes)), *options]) as server:
        mine = asyncio.run(look_at_own(server))
    yield Row(what="first page: size, gzip, all in", figure=sum(sizes) / 1024, unit="KiB", goal=FIRST_PAGE_KIB)
    yield Row(what="first page: requests", figure=len(sizes), unit="", goal=FIRST_PAGE_REQUESTS)
    goal = JOINS_SECONDS * joins / JOINS
    yield Row(what=f"{joins:,} joins: server's work", figure=ours, unit="s", goal=goal, floor=floor)
    yield Row(what=f"My notes of a phone among {notes:,} notes: server's work", figure=mine, unit="ms", goal=MINE_MS)


async def first_page(server: Server) -> list[int]:
    """The bytes of the page behind the QR code and of each file that it loads, as a browser gets them."""
    page = await get(server, f"/{CODE}")
    assets = dict.fromkeys(ASSET.findall(gzip.decompress(page.body).decode()))
    return [len(page.body), *[len((await get(server, asset)).body) for asset in assets]]


async def join_all(server: Server, joins: int) -> float:
    """The server's CPU seconds for so many people who come one after the other, with the page, and stay."""

    async def come() -> Stream:
        await get(server, f"/{CODE}")
        return await connect_stream(server.port, request(server, f"/{CODE}/live"), None)

    return await work_for(server, joins, come)


async def open_all(server: Server, joins: int) -> float:
    """The same of the floor, which has streams only."""
    return await work_for(server, joins, lambda: connect_stream(server.port, request(server, "/live"), None))


async def work_for(server: Server, joins: int, come: Callable[[], Awaitable[Stream]]) -> float:
    """The server's CPU seconds for so many who come, until all have been told how many are here."""
    raise_descriptor_limit()
    before = cpu_seconds(server.process.pid)
    streams = [await come() for _ in range(joins)]
    await asyncio.sleep(SETTLE_SECONDS)
    spent = cpu_seconds(server.process.pid) - before
    if lost := sum(stream.lost for stream in streams):
        raise ConnectionError(f"{lost} streams were lost")
    for stream in streams:
        stream.transport.close()
    return spent


async def look_at_own(server: Server) -> float:
    """The server's CPU milliseconds for one look of a phone with a few notes at them."""
    phone = await Sayback(CODE).join(server.port, 0)
    for number in range(OWN_NOTES - 1):
        await phone.say(f"Note {number}")
    before = cpu_seconds(server.process.pid)
    for _ in range(LOOKS):
        await get(server, f"/{CODE}/mine", f"Cookie: {phone.cookie}")
    return 1000 * (cpu_seconds(server.process.pid) - before) / LOOKS


async def get(server: Server, path: str, *lines: str) -> Answer:
    """A page as a browser asks for it, on a connection of its own."""
    poster = await connect_poster(server.port)
    answer = await poster.send(request(server, path, "Accept-Encoding: gzip", *lines))
    poster.transport.close()
    if answer.status != 200:
        raise ConnectionError(f"{path}: {answer.status}")
    return answer


def request(server: Server, path: str, *lines: str) -> bytes:
    """A request without a body."""
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", *lines, "", ""]).encode()
