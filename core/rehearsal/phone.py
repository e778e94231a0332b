"""A simulated phone: one person with a browser of their own, who tries again until they were thanked."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Self

import httpx2

from core.base.errors import WorkshopError
from core.base.language import _
from core.rehearsal.page import Form, Page

PATIENCE = 60.0
"""Seconds a phone goes on trying with one thing."""
PAUSE = 0.25
LONGEST_PAUSE = 5.0
TIMEOUT = httpx2.Timeout(10.0)
LIVE_TIMEOUT = httpx2.Timeout(10.0, read=45.0)
"""A live stream says something every 15 s."""
AGAIN_LATER = frozenset({408, 429, 500, 502, 503, 504})

Send = Callable[[], Awaitable[httpx2.Response]]


class NoWorkshop(WorkshopError):
    """The address does not lead to a page on which a note can be written."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("There is no workshop to take part in at {address}.").format(address=address),
            _("Look at the address and the code on the screen, and whether the workshop is open."),
        )


@dataclass(slots=True)
class Tally:
    """What became of the notes of all phones that share it; counted on one event loop only."""

    sent: int = 0
    thanked: int = 0
    slowed: int = 0
    resent: int = 0
    missing: int = 0

    @property
    def lost(self) -> int:
        """Notes nobody was thanked for, and notes thanked for that their writer cannot find again."""
        return self.sent - self.thanked + self.missing


class Phone:
    """Joins by the address on the screen, keeps the live stream open, sends by the form of the page."""

    def __init__(self, client: httpx2.AsyncClient, address: str, tally: Tally, patience: float) -> None:
        self._tally = tally
        self._client = client
        self._address = address
        self._patience = patience
        self._thanked: list[str] = []
        self._listening: asyncio.Task[None] | None = None

    @classmethod
    @contextlib.asynccontextmanager
    async def joined(cls, address: str, tally: Tally, patience: float = PATIENCE) -> AsyncIterator[Self]:
        """A phone that listens. `patience` is for how many seconds it goes on trying with each thing."""
        async with httpx2.AsyncClient(
            timeout=TIMEOUT, trust_env=False, follow_redirects=True, verify=certificates()
        ) as client:
            phone = cls(client, address, tally, patience)
            phone._listening = asyncio.create_task(phone._listen())
            try:
                yield phone
            finally:
                await phone._hang_up()

    async def open_page(self) -> Form:
        """The form to write in, under its full address: on the page itself, or past its welcome. Raises NoWorkshop."""
        answer = await self._patiently(lambda: self._client.get(self._address))
        page = Page.read(answer.text) if answer else Page()
        if answer and page.form is None and page.onward:
            onward = answer.url.join(page.onward)
            answer = await self._patiently(lambda: self._client.get(onward))
            page = Page.read(answer.text) if answer else Page()
        if answer is None or page.form is None:
            raise NoWorkshop(self._address)
        return page.form.at(str(answer.url.join(page.form.action)))

    async def say(self, text: str) -> None:
        """Send a note under one id until it is taken, or patience ends."""
        self._tally.sent += 1
        with contextlib.suppress(NoWorkshop):    # it stays among those sent and not thanked for
            await self._send(await self.open_page(), text)

    async def _send(self, form: Form, text: str) -> None:
        origin = str(httpx2.URL(form.action).join("/")).rstrip("/")
        filled = form.filled(text)
        answer = await self._patiently(
            lambda: self._client.post(form.action, data=filled, headers={"Origin": origin})
        )
        if answer is not None and answer.is_success:
            self._tally.thanked += 1
            self._thanked.append(text)
            if len(self._thanked) == 1:    # now as this person, as the page's script does: nobody is counted twice
                await self._hang_up()
                self._listening = asyncio.create_task(self._listen())

    async def look_back(self) -> None:
        """Read "My notes", and count what was thanked for and is not there."""
        if not self._thanked:
            return
        answer = await self._patiently(lambda: self._client.get(f"{self._address}/mine"))
        page = Page.read("" if answer is None else answer.text)
        self._tally.missing += sum(not page.shows(text) for text in self._thanked)

    async def _patiently(self, send: Send) -> httpx2.Response | None:
        """The answer, after waiting as long as the server asks and trying again where the connection failed; None
        where patience ended first."""
        end = asyncio.get_running_loop().time() + self._patience
        pause = PAUSE
        while asyncio.get_running_loop().time() < end:
            try:
                answer = await send()
            except httpx2.TransportError:
                self._tally.resent += 1
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            if answer.status_code not in AGAIN_LATER:
                return answer
            self._tally.slowed += 1
            await asyncio.sleep(seconds_to_wait(answer))
        return None

    async def _hang_up(self) -> None:
        """End the live stream."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)

    async def _listen(self) -> None:
        """Keep the live stream open, and open it again when it ends."""
        while True:
            with contextlib.suppress(httpx2.TransportError):
                async with self._client.stream("GET", f"{self._address}/live", timeout=LIVE_TIMEOUT) as stream:
                    async for _bytes in stream.aiter_raw():
                        pass
            await asyncio.sleep(1)


@cache
def certificates() -> ssl.SSLContext:
    """Whom to trust; read once for all phones, because reading takes longer than joining."""
    return httpx2.create_ssl_context()


def seconds_to_wait(answer: httpx2.Response) -> float:
    """What Retry-After asks for, at most 30 s; a second where it is missing."""
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), 30.0) if asked.isdigit() else 1.0
