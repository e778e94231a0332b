"""A network with faults between phones and the server, on loopback: slow, cutting, silent, losing answers."""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto

from tests.threads import serving_aside

PIECE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How often what goes wrong with something a phone sends (shares of 1), and how slow the rest is."""

    delay: float = 0.0
    """Seconds each piece is under way, in each direction."""
    bytes_a_second: float = 0.0
    """0: as fast as it goes."""
    cut: float = 0.0
    """Reset before the server has seen it."""
    silent: float = 0.0
    """From now on nothing arrives in either direction, and nobody is told (half-open)."""
    answer_lost: float = 0.0
    """The server has it and answers; the phone gets a reset instead."""


FAIR = Weather()


class Fate(Enum):
    """What becomes of a piece that a phone sends."""

    ARRIVES = auto()
    CUT = auto()
    SILENT = auto()
    ANSWER_LOST = auto()


class Proxy:
    """Stands before a server. `weather` may be changed while it runs; `fates` counts what went wrong."""

    def __init__(self, server: int, weather: Weather, seed: int) -> None:
        self.weather = weather
        self.fates: dict[Fate, int] = dict.fromkeys(Fate, 0)
        self.port = 0
        self.lines: list[Line] = []
        self._server = server
        self._chance = random.Random(seed)

    @property
    def base(self) -> str:
        """What a phone asks instead of the server."""
        return f"http://127.0.0.1:{self.port}"

    def next_fate(self) -> Fate:
        """Thrown anew for each piece."""
        weather, thrown = self.weather, self._chance.random()
        for fate, share in (
            (Fate.CUT, weather.cut), (Fate.SILENT, weather.silent), (Fate.ANSWER_LOST, weather.answer_lost),
        ):  # fmt: skip
            if thrown < share:
                self.fates[fate] += 1
                return fate
            thrown -= share
        return Fate.ARRIVES

    async def serve(self, ready: threading.Event, over: asyncio.Event) -> None:
        """Until `over`."""
        tasks: set[asyncio.Task[None]] = set()

        def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.get_running_loop().create_task(self._between(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(met, "127.0.0.1", 0, backlog=500)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _between(self, from_phone: asyncio.StreamReader, to_phone: asyncio.StreamWriter) -> None:
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self._server)
        except OSError:    # the server is not there
            to_phone.transport.abort()
            return
        line = Line(self, from_phone, to_phone, from_server, to_server)
        self.lines.append(line)
        try:
            await line.carry()
        finally:
            to_phone.transport.abort()
            to_server.transport.abort()


class Line:
    """One connection of a phone, and ours for it."""

    def __init__(
        self, proxy: Proxy, from_phone: asyncio.StreamReader, to_phone: asyncio.StreamWriter,
        from_server: asyncio.StreamReader, to_server: asyncio.StreamWriter,
    ) -> None:  # fmt: skip
        self._proxy = proxy
        self._from_phone, self._to_phone = from_phone, to_phone
        self._from_server, self._to_server = from_server, to_server
        self._fate = Fate.ARRIVES
        self.asked = b""    # the last request of the phone, in however many pieces it came
        self._is_answered = True

    def falls_silent(self) -> None:
        """From now on nothing arrives, and nobody is told; what comes next goes another way. From any thread."""
        self._fate = Fate.SILENT

    async def carry(self) -> None:
        """Both ways, until one of them ends; a silent line ends only when the phone gives up."""
        up = asyncio.ensure_future(self._up())
        down = asyncio.ensure_future(self._down())
        try:
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
            if self._fate is Fate.SILENT:
                await asyncio.wait({up})
        finally:
            up.cancel()
            down.cancel()
            await asyncio.gather(up, down, return_exceptions=True)

    async def _up(self) -> None:
        with suppress(OSError):
            while piece := await self._from_phone.read(PIECE):
                if self._fate is Fate.SILENT:
                    continue
                self._fate = self._proxy.next_fate()
                self.asked = piece if self._is_answered else self.asked + piece
                self._is_answered = False
                if self._fate is Fate.CUT:
                    return
                if self._fate is not Fate.SILENT:
                    await self._pass_on(piece, self._to_server)

    async def _down(self) -> None:
        with suppress(OSError):
            while piece := await self._from_server.read(PIECE):
                self._is_answered = True
                if self._fate is Fate.ANSWER_LOST:
                    return
                if self._fate is not Fate.SILENT:
                    await self._pass_on(piece, self._to_phone)

    async def _pass_on(self, piece: bytes, to: asyncio.StreamWriter) -> None:
        weather = self._proxy.weather
        rate = weather.bytes_a_second
        await asyncio.sleep(weather.delay + (len(piece) / rate if rate else 0))
        to.write(piece)
        await to.drain()


@contextmanager
def proxied(server: int, weather: Weather = FAIR, seed: int = 1) -> Iterator[Proxy]:
    """A proxy before this port, on a thread of its own until the test is done with it."""
    proxy = Proxy(server, weather, seed)
    with serving_aside(proxy.serve, "proxy"):
        yield proxy
