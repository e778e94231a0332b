"""What the pages of one venue are told, in order: frames made once for all, kept for those that come back."""

import json
import secrets
from collections import deque
from collections.abc import Iterable

from core.base.ids import ContributorId, VenueId
from core.domain.board import Board
from core.domain.events import Event
from core.web.story import Chapter, Json, Story

RELOAD = b"event: reload\ndata: {}\n\n"
KEPT_BYTES = 512 * 1024
"""So much of the past is kept for pages that come back after a short break."""
OWNERS_KEPT = 10_000
"""For so many people it is remembered when something last became of a note of theirs."""


class Telling:
    """`here` is the venue of those who are told, None where there is but one place; `people` are here."""

    def __init__(self, board: Board, here: VenueId | None, people: int) -> None:
        self._story = Story(board, here)
        self._run = secrets.token_hex(4)
        self._serial = 0
        self._kept: deque[tuple[int, bytes]] = deque()
        self._kept_size = 0
        self._owned_at: dict[ContributorId, int] = {}
        self.head = self._head_of(people)
        """The numbers that were told last: of people, and of notes."""

    @property
    def place(self) -> str:
        """How far the story is told: a page that shows the board of now goes on from here."""
        return f"{self._run}-{self._serial}"

    def reload(self) -> bytes:
        """The frame that says that all is another."""
        return self._numbered(RELOAD)

    def after(self, board: Board, events: Iterable[Event], here: VenueId | None) -> Chapter:
        """What these events changed for those who are here."""
        chapter = self._story.after(board, events, here)
        self._note_owners(chapter.owners)
        return chapter

    def frame(self, chapter: Chapter, people: int, later: Json) -> bytes:
        """What is told of it, where anything is new for everybody; `people` are here, `later` stands beside it."""
        head = self._head_of(people)
        is_new = bool(chapter.told or later) or head != self.head
        self.head = head
        news = self._numbered(data({**head, **chapter.told, **later})) if is_new else b""
        return news + (self.reload() if chapter.anew else b"")

    def is_told(self, people: int) -> bool:
        """Whether everybody knows these numbers."""
        return self.head == self._head_of(people)

    def since(self, place: str) -> list[bytes]:
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

    def missed_own(self, contributor: ContributorId, place: str) -> bool:
        """Whether something may have become of a note of theirs since the page was made: it looks once too often."""
        _, _, serial = place.partition("-")
        last = self._owned_at.get(contributor)
        return last is not None and serial.isascii() and serial.isdigit() and int(serial) <= last

    def _head_of(self, people: int) -> Json:
        return {"here": people, "count": self._story.count}

    def _note_owners(self, owners: Iterable[ContributorId]) -> None:
        """Remember for whom something has changed: a page of theirs may come back later."""
        for owner in owners:
            self._owned_at.pop(owner, None)    # the youngest stand last
            self._owned_at[owner] = self._serial
        while len(self._owned_at) > OWNERS_KEPT:
            del self._owned_at[next(iter(self._owned_at))]

    def _numbered(self, frame: bytes) -> bytes:
        """The frame with its place in the story, kept for those who come back."""
        self._serial += 1
        frame = f"id: {self.place}\n".encode() + frame
        self._kept.append((self._serial, frame))
        self._kept_size += len(frame)
        while self._kept_size > KEPT_BYTES:
            self._kept_size -= len(self._kept.popleft()[1])
        return frame


def data(told: Json) -> bytes:
    """A frame."""
    return b"data: " + json.dumps(told, ensure_ascii=False).encode() + b"\n\n"
