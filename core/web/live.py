"""The live stream: what comes onto the board reaches every open page, in frames that are made once for all of them."""

import asyncio
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from starlette.types import Receive, Scope, Send

from core.base.clock import Clock, to_milliseconds, utc_now
from core.base.ids import ContributorId, VenueId
from core.domain.events import Event
from core.domain.terms import Mode
from core.session import Change, Session
from core.web.limits import Limits, Seconds
from core.web.now import Now, now_of
from core.web.presence import NOBODY_YET, Presence
from core.web.story import Json
from core.web.telling import Telling, data

HEARTBEAT_TICKS = 15
TICK_SECONDS = 1.0
HEARTBEAT = b":\n\n"
YOURS = b"event: yours\ndata: {}\n\n"
"""To the pages of one person: something became of a note of theirs. It has no place in the story that all are told."""
OPENING = b"retry: 2000\n\n"
WIRE = "wire"
"""Where the server leaves the connection of a request."""


def pace(streams: int) -> float:
    """The seconds between two frames while so many streams are open."""
    if streams <= 100:
        return 0.02
    return 0.1 if streams <= 400 else 0.25


class Wire(Protocol):
    """The connection of an open page, past the layers of the web framework: a frame costs one write for each page."""

    def send_now(self, data: bytes) -> None:
        """Write, or queue where the other side does not read."""

    def unsent(self) -> int:
        """So many bytes are queued."""

    def abort(self) -> None:
        """Hang up."""


class Stream:
    """One open page of somebody at this venue (None: here). Who does not read in time is hung up on; coming back, the
    page learns what it has missed."""

    def __init__(
        self, contributor: ContributorId | None, wire: Wire, backlog: int, venue: VenueId | None = None
    ) -> None:
        self.contributor, self.venue = contributor, venue
        self.over = asyncio.Event()
        self._wire = wire
        self._most = backlog

    def put(self, chunk: bytes) -> None:
        """Send a frame."""
        if self.over.is_set():
            return
        if self._wire.unsent() > self._most:
            self.over.set()
            self._wire.abort()
            return
        self._wire.send_now(chunk)


def chunk_of(frame: bytes) -> bytes:
    """A frame as a chunk of a chunked answer."""
    return b"%x\r\n%b\r\n" % (len(frame), frame)


class Hub:
    """Takes the session's changes and tells all open pages. While venues are kept apart each hears of its own. All but
    `changed` runs on the server's loop."""

    def __init__(
        self, session: Session, presence: Presence, limits: Limits, loop: asyncio.AbstractEventLoop,
        now: Seconds = time.monotonic, clock: Clock = utc_now, door: VenueId | None = None,
    ) -> None:  # fmt: skip
        self._presence = presence
        self._limits = limits
        self._loop = loop
        self._seconds = now
        self._clock = clock
        self._streams: set[Stream] = set()
        self._changes: deque[Change] = deque()
        self._called = False
        self._timer: asyncio.TimerHandle | None = None
        self._sent_at = 0.0
        self._ticks = 0
        self._leave = session.subscribe(self.changed)
        self._board = session.board
        self._door, self._desk = door, session.desk
        self._tellings: dict[VenueId | None, Telling] = {}
        """What all are told (None); of a venue that sees something else what it is told; each once somebody looks."""
        self._now = self._now_now()
        self.here = presence.here()
        """The head-count of at most a second ago; may be read from any thread."""
        self.present = NOBODY_YET
        """Who is here, as of a second ago; may be read from any thread."""
        self._ticker = loop.call_later(TICK_SECONDS, self._tick)

    def changed(self, change: Change) -> None:
        """On the writer's thread: remember the change; call the loop once for each burst."""
        self._changes.append(change)
        if not self._called:
            self._called = True
            try:
                self._loop.call_soon_threadsafe(self._wake)
            except RuntimeError:    # the server has stopped; a new hub reads the board anew
                self._called = False

    def place(self, venue: VenueId | None) -> str:
        """How far the story is told there: a page that shows the board of now goes on from here."""
        return self._telling(venue).place

    def has_room(self, contributor: ContributorId | None) -> bool:
        """Whether one more page may be live."""
        if len(self._streams) >= self._limits.streams:
            return False
        return contributor is None or self._presence.pages_of(contributor) < self._limits.streams_each

    @contextmanager
    def told(
        self, contributor: ContributorId | None, wire: Wire, place: str, mode: Mode = Mode.ROOM,
        venue: VenueId | None = None,
    ) -> Iterator[Stream]:  # fmt: skip
        """Tell this page of everything from this place in the story on, and first where the workshop is now."""
        stream = Stream(contributor, wire, self._limits.stream_backlog, venue)
        telling = self._telling(venue)
        now = data({**telling.head, "now": self._now_now().told()})
        missed = YOURS if contributor and telling.missed_own(contributor, place) else b""
        stream.put(chunk_of(b"".join((OPENING, *telling.since(place), now, missed))))
        self._streams.add(stream)
        self._presence.opened(contributor, mode)
        try:
            yield stream
        finally:
            self._streams.discard(stream)
            self._presence.closed(contributor, mode)

    def end(self) -> None:
        """Nothing more is told; every stream runs out."""
        self._leave()
        self._ticker.cancel()
        if self._timer is not None:
            self._timer.cancel()
        for stream in self._streams:
            stream.over.set()

    def _wake(self) -> None:
        self._called = False
        if self._timer is None:
            wait = self._sent_at + pace(len(self._streams)) - self._seconds()
            self._timer = self._loop.call_later(max(0.0, wait), self._publish)

    def _tick(self) -> None:
        self._ticker = self._loop.call_later(TICK_SECONDS, self._tick)
        self._ticks += 1
        self.present = self._presence.present()
        if self._ticks % HEARTBEAT_TICKS == 0:
            heartbeat = chunk_of(HEARTBEAT)
            for stream in self._streams:
                stream.put(heartbeat)
        self.here = self._presence.here()
        all_know = all(telling.is_told(self.here) for telling in self._tellings.values())
        if not all_know or not self._now_now().tells_the_same(self._now):
            self._wake()

    def _publish(self) -> None:
        self._timer = None
        self._sent_at = self._seconds()
        changes = [self._changes.popleft() for _ in range(len(self._changes))]
        stood = self._stands()
        if changes:
            self._board = changes[-1].board
        if self._stands() != stood or any(change.reset for change in changes):
            self._begin_anew()
            return
        now = self._now_now()
        later: Json = {} if now.tells_the_same(self._now) else {"now": now.told()}
        self._now, self.here = now, self._presence.here()
        events = [event for change in changes for event in change.events]
        self._send({at: self._news_at(at, events, later) for at in self._tellings})

    def _news_at(self, at: VenueId | None, events: list[Event], later: Json) -> "News":
        telling = self._tellings[at]
        chapter = telling.after(self._board, events, at or self._here())
        return News(telling.frame(chapter, self.here, later), chapter.owners)

    def _begin_anew(self) -> None:
        """Every page is to load anew: what was told before leads nowhere."""
        self._tellings.clear()
        looked_on = {self._at(each.venue) for each in self._streams}
        self._send({at: News(self._telling(at).reload()) for at in looked_on})

    def _here(self) -> VenueId | None:
        """The venue of those who look on here."""
        return self._door or self._board.venue_of_desk(self._desk)

    def _stands(self) -> tuple[bool, VenueId | None, str]:
        """What decides who is told what, and where: a workshop may leave an online home."""
        return self._board.are_venues_apart, self._here(), self._board.home_address if self._door else ""

    def _at(self, venue: VenueId | None) -> VenueId | None:
        """By which of the tellings somebody at this venue is told."""
        return venue if self._board.are_venues_apart and venue != self._here() else None

    def _telling(self, venue: VenueId | None) -> Telling:
        at = self._at(venue)
        if at not in self._tellings:
            self._tellings[at] = Telling(self._board, at or self._here(), self._presence.here())
        return self._tellings[at]

    def _now_now(self) -> Now:
        return now_of(self._board, to_milliseconds(self._clock()))

    def _send(self, news: "Mapping[VenueId | None, News]") -> None:
        """One write for each page, the pages of the owners included, which are to look at their notes."""
        chunks = {at: each.chunks() for at, each in news.items()}
        for stream in self._streams:
            at = self._at(stream.venue)
            to_all, to_owners = chunks[at]
            if chunk := to_owners if stream.contributor in news[at].owners else to_all:
                stream.put(chunk)


@dataclass(frozen=True, slots=True)
class News:
    """What goes to all pages of a venue now, and whose are to look at their notes."""

    frames: bytes
    owners: frozenset[ContributorId | None] = frozenset()

    def chunks(self) -> tuple[bytes, bytes]:
        """The same for everybody, and for the owners."""
        return chunk_of(self.frames) if self.frames else b"", chunk_of(self.frames + YOURS)


class LiveAnswer:
    """Keeps a page told until either side goes."""

    def __init__(
        self, hub: Hub, contributor: ContributorId | None, place: str, mode: Mode, venue: VenueId | None
    ) -> None:
        self._hub = hub
        self._contributor = contributor
        self._place, self._mode, self._venue = place, mode, venue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        wire = scope["state"][WIRE]
        with self._hub.told(self._contributor, wire, self._place, self._mode, self._venue) as stream:
            watch = asyncio.create_task(until_gone(receive, stream))
            try:
                await stream.over.wait()
            finally:
                watch.cancel()
        await send({"type": "http.response.body", "body": b""})


async def until_gone(receive: Receive, stream: Stream) -> None:
    """Notice that the page was closed."""
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.over.set()
