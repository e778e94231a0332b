"""The live stream: what comes onto the board reaches every open page, in frames that are made once for all of them."""

import asyncio
import json
import secrets
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from starlette.types import Receive, Scope, Send

from core.base.ids import ContributorId, NoteId, ThemeId
from core.domain.board import Board
from core.domain.bodies import PersonErased, ThemeRemoved, ThemeRestored
from core.domain.events import Event
from core.session import Change, Session
from core.web.limits import Limits, Seconds
from core.web.presence import Presence
from core.web.seen import Seen, SeenNote, handle_of

HEARTBEAT_TICKS = 15
TICK_SECONDS = 1.0
HEARTBEAT = b":\n\n"
RELOAD = b"event: reload\ndata: {}\n\n"
OPENING = b"retry: 2000\n\n"
KEPT_BYTES = 512 * 1024
"""So much of the past is kept for pages that come back after a short break."""

WIRE = "wire"
"""Where the server leaves the connection of a request."""

Json = dict[str, object]


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
        now: Seconds = time.monotonic,
    ) -> None:  # fmt: skip
        self._presence = presence
        self._limits = limits
        self._loop = loop
        self._now = now
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
        self._on_board = {note.id for note in self._board.notes.values() if note.is_on_board}
        self.here = 0
        """The head-count of at most a second ago; may be read from any thread."""
        self._head = self._head_now()
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

    def has_room(self, contributor: ContributorId | None) -> bool:
        """Whether one more page may be live."""
        if len(self._streams) >= self._limits.streams:
            return False
        return contributor is None or self._presence.pages_of(contributor) < self._limits.streams_each

    @contextmanager
    def told(self, contributor: ContributorId | None, wire: Wire, place: str) -> Iterator[Stream]:
        """Tell this page of everything from this place in the story on."""
        stream = Stream(contributor, wire, self._limits.stream_backlog)
        stream.put(chunk_of(b"".join((OPENING, *self._since(place)))))
        self._streams.add(stream)
        self._presence.opened(contributor)
        try:
            yield stream
        finally:
            self._streams.discard(stream)
            self._presence.closed(contributor)

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
            wait = self._sent_at + pace(len(self._streams)) - self._now()
            self._timer = self._loop.call_later(max(0.0, wait), self._publish)

    def _tick(self) -> None:
        self._ticker = self._loop.call_later(TICK_SECONDS, self._tick)
        self._ticks += 1
        if self._ticks % HEARTBEAT_TICKS == 0:
            self._send(HEARTBEAT)
        if self._head_now() != self._head:
            self._wake()

    def _publish(self) -> None:
        self._timer = None
        self._sent_at = self._now()
        changes = [self._changes.popleft() for _ in range(len(self._changes))]
        if changes:
            self._board = changes[-1].board
        if any(change.reset for change in changes):
            self._on_board = {note.id for note in self._board.notes.values() if note.is_on_board}
            self._tell(RELOAD)
            return
        story = self._story(event for change in changes for event in change.events)
        head = self._head_now()
        if story or head != self._head:
            self._head = head
            self._tell(b"data: " + json.dumps({**head, **story}, ensure_ascii=False).encode() + b"\n\n")

    def _story(self, events: Iterable[Event]) -> Json:
        """What these events changed for participants, as it is now."""
        notes, themes = touched(self._board, events)
        seen = Seen(self._board)
        shown: list[SeenNote] = []
        gone: list[str] = []
        for note_id in notes:
            note = seen.note(self._board.notes[note_id])
            if note is not None:
                self._on_board.add(note_id)
                shown.append(note)
            elif note_id in self._on_board:    # never a word of what was never up
                self._on_board.discard(note_id)
                gone.append(handle_of(seen.workshop, note_id))
        return told(seen, shown, gone, themes)

    def _head_now(self) -> Json:
        self.here = self._presence.here()
        return {"here": self.here, "count": self._board.balance.board}

    def _tell(self, frame: bytes) -> None:
        self._serial += 1
        frame = f"id: {self.place}\n".encode() + frame
        self._kept.append((self._serial, frame))
        self._kept_size += len(frame)
        while self._kept_size > KEPT_BYTES:
            self._kept_size -= len(self._kept.popleft()[1])
        self._send(frame)

    def _send(self, frame: bytes) -> None:
        chunk = chunk_of(frame)
        for stream in self._streams:
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


def touched(board: Board, events: Iterable[Event]) -> tuple[list[NoteId], list[ThemeId]]:
    """The notes and themes that look different after these events, each once."""
    notes: dict[NoteId, None] = {}
    themes: dict[ThemeId, None] = {}
    for event in events:
        note_id, theme_id = NoteId(event.subject), ThemeId(event.subject)
        if note_id in board.notes:
            notes[note_id] = None
        elif theme_id in board.themes:
            themes[theme_id] = None
            if isinstance(event.body, ThemeRemoved | ThemeRestored):
                notes.update(dict.fromkeys(filed for _, filed in board.in_theme.get(theme_id, ())))
        elif isinstance(event.body, PersonErased):
            notes.update(dict.fromkeys(board.by_contributor.get(ContributorId(event.subject), ())))
    return list(notes), list(themes)


def told(seen: Seen, shown: list[SeenNote], gone: list[str], themes: list[ThemeId]) -> Json:
    """The story as JSON; only what has something in it."""
    here = [seen.board.themes[theme_id] for theme_id in themes]
    parts: Json = {
        "notes": [{"id": n.handle, "question": n.question, "theme": n.theme, "text": n.text} for n in shown],
        "gone": gone,
        "themes": [theme_told(seen, theme_id) for theme_id in themes if not seen.board.themes[theme_id].removed],
        "removed": [handle_of(seen.workshop, theme.id) for theme in here if theme.removed],
    }
    return {name: part for name, part in parts.items() if part}


def theme_told(seen: Seen, theme_id: ThemeId) -> Json:
    """A theme as JSON."""
    theme = seen.board.themes[theme_id]
    view = seen.theme(theme)
    place = {"id": view.handle, "question": seen.number_of(theme.question)}
    return {**place, "name": view.name, "colour": view.colour, "shape": view.icon}


class LiveAnswer:
    """Keeps a page told until either side goes."""

    def __init__(self, hub: Hub, contributor: ContributorId | None, place: str) -> None:
        self._hub = hub
        self._contributor = contributor
        self._place = place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        with self._hub.told(self._contributor, scope["state"][WIRE], self._place) as stream:
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
