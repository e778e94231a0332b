"""The live stream: what comes onto the board reaches every open page, in frames that are made once for all of them."""

import asyncio
import json
import secrets
import time
from collections import deque
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from starlette.types import Receive, Scope, Send

from core.base.clock import Clock, to_milliseconds, utc_now
from core.base.ids import ContributorId, VenueId
from core.domain.terms import Mode
from core.session import Change, Session
from core.web.limits import Limits, Seconds
from core.web.now import Now, now_of
from core.web.presence import NOBODY_YET, Presence
from core.web.story import Json, Story

HEARTBEAT_TICKS = 15
TICK_SECONDS = 1.0
HEARTBEAT = b":\n\n"
RELOAD = b"event: reload\ndata: {}\n\n"
YOURS = b"event: yours\ndata: {}\n\n"
"""To the pages of one person: something became of a note of theirs. It has no place in the story that all are told."""
OPENING = b"retry: 2000\n\n"
OWNERS_KEPT = 10_000
"""For so many people it is remembered when something last became of a note of theirs."""
KEPT_BYTES = 512 * 1024
"""So much of the past is kept for pages that come back after a short break."""

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
    """One open page. Who does not read in time is hung up on; coming back, the page learns what it has missed."""

    def __init__(self, contributor: ContributorId | None, wire: Wire, backlog: int) -> None:
        self.contributor = contributor
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
    """Takes the session's changes and tells all open pages. All but `changed` runs on the server's loop."""

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
        self._run = secrets.token_hex(4)
        self._serial = 0
        self._kept: deque[tuple[int, bytes]] = deque()
        self._kept_size = 0
        self._ticks = 0
        self._leave = session.subscribe(self.changed)
        self._board = session.board
        self._door, self._desk = door, session.desk
        self._story = Story(self._board, self._here())
        self._now = self._now_now()
        self._owned_at: dict[ContributorId, int] = {}
        self.here = 0
        """The head-count of at most a second ago; may be read from any thread."""
        self._head = self._head_now()
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

    @property
    def place(self) -> str:
        """How far the story is told: a page that shows the board of now goes on from here."""
        return f"{self._run}-{self._serial}"

    @property
    def count(self) -> int:
        """How many notes there are, as everybody may know."""
        return self._story.count

    def has_room(self, contributor: ContributorId | None) -> bool:
        """Whether one more page may be live."""
        if len(self._streams) >= self._limits.streams:
            return False
        return contributor is None or self._presence.pages_of(contributor) < self._limits.streams_each

    @contextmanager
    def told(
        self, contributor: ContributorId | None, wire: Wire, place: str, mode: Mode = Mode.ROOM
    ) -> Iterator[Stream]:
        """Tell this page of everything from this place in the story on, and first where the workshop is now."""
        stream = Stream(contributor, wire, self._limits.stream_backlog)
        now = data({**self._head, "now": self._now_now().told()})
        missed = YOURS if contributor and self._missed_own(contributor, place) else b""
        stream.put(chunk_of(b"".join((OPENING, *self._since(place), now, missed))))
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
            self._send(HEARTBEAT)
        if self._head_now() != self._head or not self._now_now().tells_the_same(self._now):
            self._wake()

    def _publish(self) -> None:
        self._timer = None
        self._sent_at = self._seconds()
        changes = [self._changes.popleft() for _ in range(len(self._changes))]
        if changes:
            self._board = changes[-1].board
        if any(change.reset for change in changes):
            self._story.begin(self._board, self._here())
            self._send(self._numbered(RELOAD))
            return
        events = [event for change in changes for event in change.events]
        chapter = self._story.after(self._board, events, self._here())
        news = self._news(chapter.told) + (self._numbered(RELOAD) if chapter.anew else b"")
        self._note_owners(chapter.owners)
        self._send(news, chapter.owners)

    def _here(self) -> VenueId | None:
        """The venue of those who look on."""
        return self._door or self._board.venue_of_desk(self._desk)

    def _news(self, told: Json) -> bytes:
        """One frame, where there is anything new for everybody."""
        head, now = self._head_now(), self._now_now()
        is_later = not now.tells_the_same(self._now)
        if not told and not is_later and head == self._head:
            return b""
        self._head, self._now = head, now
        return self._numbered(data({**head, **told, **({"now": now.told()} if is_later else {})}))

    def _note_owners(self, owners: Iterable[ContributorId]) -> None:
        """Remember for whom something has changed: a page of theirs may come back later."""
        for owner in owners:
            self._owned_at.pop(owner, None)    # the youngest stand last
            self._owned_at[owner] = self._serial
        while len(self._owned_at) > OWNERS_KEPT:
            del self._owned_at[next(iter(self._owned_at))]

    def _missed_own(self, contributor: ContributorId, place: str) -> bool:
        """Whether something may have become of a note of theirs since the page was made: it looks once too often."""
        _, _, serial = place.partition("-")
        last = self._owned_at.get(contributor)
        return last is not None and serial.isascii() and serial.isdigit() and int(serial) <= last

    def _head_now(self) -> Json:
        self.here = self._presence.here()
        return {"here": self.here, "count": self._story.count}

    def _now_now(self) -> Now:
        return now_of(self._board, to_milliseconds(self._clock()))

    def _numbered(self, frame: bytes) -> bytes:
        """The frame with its place in the story, kept for those who come back."""
        self._serial += 1
        frame = f"id: {self.place}\n".encode() + frame
        self._kept.append((self._serial, frame))
        self._kept_size += len(frame)
        while self._kept_size > KEPT_BYTES:
            self._kept_size -= len(self._kept.popleft()[1])
        return frame

    def _send(self, frames: bytes, owners: Container[ContributorId | None] = ()) -> None:
        """One write for each page, the pages of these people included, which are to look at their notes."""
        told, told_owner = chunk_of(frames) if frames else b"", chunk_of(frames + YOURS)
        for stream in self._streams:
            if chunk := told_owner if stream.contributor in owners else told:
                stream.put(chunk)

    def _since(self, place: str) -> list[bytes]:
        """The frames after a place; the word to load anew where they are no longer known."""
        run, _, serial = place.partition("-")
        if not place or place == self.place:
            return []
        if run != self._run or not serial.isascii() or not serial.isdigit():
            return [RELOAD]
        oldest = self._kept[0][0] if self._kept else self._serial + 1
        if not oldest - 1 <= int(serial) <= self._serial:
            return [RELOAD]
        return [frame for at, frame in self._kept if at > int(serial)]


def data(told: Json) -> bytes:
    """A frame."""
    return b"data: " + json.dumps(told, ensure_ascii=False).encode() + b"\n\n"


class LiveAnswer:
    """Keeps a page told until either side goes."""

    def __init__(
        self, hub: Hub, contributor: ContributorId | None, place: str, mode: Mode = Mode.ROOM
    ) -> None:
        self._hub = hub
        self._contributor = contributor
        self._place = place
        self._mode = mode

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        with self._hub.told(self._contributor, scope["state"][WIRE], self._place, self._mode) as stream:
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
