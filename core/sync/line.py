"""The way from a desk to a home: each call one request, over TLS with the one certificate that was paired, or with one
that the system trusts."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx2

from core.base.errors import WorkshopError
from core.base.ids import PictureHash, WordsHash, WorkshopId
from core.base.pictures import Picture
from core.domain.words import Words
from core.session import Answer, Mark, Parcel
from core.sync import wire
from core.sync.certificate import client_context, public_context
from core.sync.errors import AT_A_HOME, ForeignDesk, NewerDesk, NoLongerPaired, NotReached, NotTaken
from core.sync.known import Home
from core.sync.roles import Role
from core.sync.wire import PROTOCOL, Garbled, Json

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 20.0
STREAM_SECONDS = 12.0
"""So long a stream may be silent; the home says something every five."""


GOOD = (200, 202)
AS_JSON = {"content-type": "application/json"}
Value = TypeVar("Value")


class Differs(Exception):
    """The home's log is not the beginning of ours, or ours of its."""


class Busy(Exception):
    """The home asks for a moment."""


class TooLarge(Exception):
    """The home takes less at once."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the home's log. `mark` is the home's at its end, where it tells it."""

    parcel: Parcel
    more: bool
    mark: Mark | None


class Line:
    """Used on one loop. Any call may raise NotReached, ForeignDesk, NoLongerPaired, NotTaken or Busy."""

    def __init__(self, home: Home) -> None:
        self._is_online = home.is_online
        self._client = httpx2.AsyncClient(
            base_url=home.base,
            headers={"authorization": f"Bearer {home.token}"},
            verify=public_context() if home.is_online else client_context(home.certificate),
            trust_env=home.is_online,    # no proxy stands between two desks in one room
            timeout=httpx2.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
        )

    async def hello(self, workshop: WorkshopId) -> Mark:
        """Whether we understand each other, and how far the home has come. Raises NewerDesk, ForeignDesk."""
        told = await self.asked("GET", "/hello")
        if told.get("protocol") != PROTOCOL or told.get("role") not in set(Role):
            raise NewerDesk
        if told.get("workshop") != workshop:
            raise ForeignDesk
        with translated(is_online=self._is_online):
            return wire.mark_of(told)

    async def mark(self, at: int) -> Mark:
        """The home's mark at the highest number that is not above this one."""
        return await self._read(lambda raw: wire.mark_of(wire.parsed(raw)), "GET", "/mark", params={"at": at})

    async def push(self, parcel: Parcel) -> list[Answer]:
        """Send events; what the home answers to each. Raises TooLarge."""
        return await self._read(wire.answers_of, "POST", "/push", content=wire.written(parcel), headers=AS_JSON)

    async def pull(self, after: Mark) -> Page:
        """What comes after this mark. Raises Differs."""
        asked = {"after": after.seq, "hash": after.hash, "most": wire.EVENTS_IN_A_PAGE}
        return await self._read(_page, "GET", "/pull", params=asked)

    async def lacking(self, pictures: Collection[PictureHash]) -> list[PictureHash]:
        """Which of these pictures the home does not have; of very many, the first thousand are asked about."""
        asked = sorted(pictures)[: wire.EVENTS_AT_MOST]
        return await self._read(wire.digests_of, "POST", "/lacks", json={"pictures": asked}) if asked else []

    async def send_picture(self, picture: Picture) -> None:
        """Bring a picture to the home."""
        headers = {"content-type": picture.kind.value, "width": str(picture.width), "height": str(picture.height)}
        await self.asked("PUT", f"/picture/{picture.hash}", content=picture.data, headers=headers)

    async def fetch_picture(self, digest: PictureHash) -> Picture | None:
        """A picture of the home; None where it does not have it either."""
        with translated(is_online=self._is_online):
            answer = await self._client.get(f"/picture/{digest}")
            if answer.status_code == 404:
                return None
            _look_at(answer.status_code, "")
            return wire.picture_of(digest, answer.headers.get("content-type", ""), answer.headers, answer.content)

    @asynccontextmanager
    async def hints(self) -> AsyncIterator[AsyncIterator[str]]:
        """The stream of hints, line by line."""
        patience = httpx2.Timeout(STREAM_SECONDS, connect=CONNECT_SECONDS)
        with translated(is_online=self._is_online):
            async with self._client.stream("GET", "/hints", timeout=patience) as answer:
                _look_at(answer.status_code, "")
                yield answer.aiter_lines()

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def missing_words(self) -> list[WordsHash]:
        """Words that the home's events name and the home does not have."""
        return await self._read(wire.hashes_of, "GET", "/missing")

    async def words(self, asked: Sequence[WordsHash]) -> list[Words]:
        """Those of these words that the home has."""
        return await self._read(wire.words_in, "POST", "/words", json={"words": asked}) if asked else []

    async def bring_words(self, words: Sequence[Words]) -> None:
        """Give the home words that it lacks."""
        if words:
            await self.asked("PUT", "/words", content=wire.words_written(words), headers=AS_JSON)

    async def asked(self, method: str, path: str, **named: Any) -> Json:
        """The home's answer to anything else."""
        return await self._read(wire.parsed, method, path, **named)

    async def _read(self, read: Callable[[bytes], Value], method: str, path: str, **named: Any) -> Value:
        with translated(is_online=self._is_online):
            return read(await self._answer(method, path, **named))

    async def _answer(self, method: str, path: str, **named: Any) -> bytes:
        answer = await self._client.request(method, path, **named)
        if self._is_online and not answer.headers.get("content-type", "").startswith("application/json"):
            raise NotReached    # a proxy answers in its place: it is just being started again
        if answer.status_code not in GOOD:
            _look_at(answer.status_code, str(wire.parsed(answer.content).get("why", "")))
        return answer.content


def ask_once(home: Home, ask: Callable[[Line], Awaitable[Value]]) -> Value:
    """One thing asked of a home, on a loop of its own. Blocks. Raises what the line does."""

    async def asked() -> Value:
        line = Line(home)
        try:
            return await ask(line)
        except Busy:
            raise _called(NotReached(), is_online=home.is_online) from None
        finally:
            await line.close()

    return asyncio.run(asked())


def _page(raw: bytes) -> Page:
    sent = wire.page_of(raw)
    return Page(wire.parcel_of(sent), sent.more, wire.mark_at_its_end(sent))


@contextmanager
def translated(*, is_online: bool) -> Iterator[None]:
    """What the network and the other side do, in our words."""
    try:
        yield
    except httpx2.TransportError as error:
        raise _called(_why(error), is_online=is_online) from error
    except (NotReached, NoLongerPaired) as error:
        raise _called(error, is_online=is_online) from error
    except Garbled as error:
        raise NewerDesk from error


def _called(error: WorkshopError, *, is_online: bool) -> WorkshopError:
    return AT_A_HOME[type(error)]() if is_online and type(error) in AT_A_HOME else error


def _why(error: BaseException) -> WorkshopError:
    """Another certificate, or nobody there."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, ssl.SSLCertVerificationError):
            return ForeignDesk()
        found = found.__cause__ or found.__context__
    return NotReached()


def _look_at(status: int, why: str) -> None:
    match status:
        case status if status in GOOD:
            return
        case 401:
            raise NoLongerPaired
        case 409:
            raise Differs
        case 413:
            raise TooLarge
        case 422:
            raise NotTaken(why)
        case 429 | 503:
            raise Busy
        case 400 | 404 | 405:
            raise NewerDesk
    raise NotReached
