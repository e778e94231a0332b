"""What a log can do at the home of the order, whatever keeps it: an SQLite file (log.py) or PostgreSQL (postgres/)."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from core.base.ids import ContributorId, DeskId, EventId, OriginId, WordsHash
from core.domain.events import Event
from core.domain.words import Words
from core.store.log import Log
from core.store.rows import Row


class HomeLog(Protocol):
    """One workshop's log. Used by one thread at a time. Raises NotSaved where what keeps it fails."""

    @property
    def is_view_only(self) -> bool:
        """Whether nothing can be written."""

    def transaction(self) -> AbstractContextManager[None]:
        """All of it on disk when this ends; on any failure nothing."""

    def require_in_place(self) -> None:
        """Raises FileGone where what keeps it is gone."""

    def make_reserve(self) -> None:
        """Lay room aside for when the disk is full."""

    def let_reserve_go(self) -> None:
        """Give that room back."""

    def insert(self, rows: Iterable[Row], words: Iterable[Words] = ()) -> None:
        """Keep events, and the words they name."""

    def insert_words(self, words: Iterable[Words]) -> None:
        """Keep words; those that are there already stay as they are."""

    def refused(self, event: Event, reason: str) -> None:
        """Keep an event that was refused as it came, so that it is answered the same when it comes again."""

    def delete_words(self, hashes: Iterable[WordsHash]) -> int:
        """Remove text and salt. Returns how many there were."""

    def event(self, event_id: EventId) -> Event | None:
        """The event with this id, also a refused one."""

    def event_at(self, seq: int) -> Event | None:
        """The event that has this number."""

    def refusal(self, event_id: EventId) -> str | None:
        """Why an event was refused."""

    def refusals(self) -> list[tuple[Event, str]]:
        """What was refused and why, in the order it was said."""

    def text(self, words: WordsHash) -> str | None:
        """A text by its hash; None where it was erased or has not come yet."""

    def events(self) -> list[Event]:
        """All events that were not refused, in order."""

    def texts(self) -> dict[WordsHash, str]:
        """All texts that were not erased."""

    def words_named_by(self, contributors: Iterable[ContributorId]) -> set[WordsHash]:
        """The words that events of these people, or about their notes, name; also in events that were refused."""

    def words_named_in(self, events: Iterable[EventId]) -> set[WordsHash]:
        """The words that these events name."""

    def words_missing(self) -> set[WordsHash]:
        """The words that events here name, that are not here, and that nobody has erased."""

    def erasures(self) -> list[Event]:
        """Who was erased."""

    def unsent(self) -> list[Event]:
        """What waits for a number from the home."""

    def head(self) -> int:
        """The highest number given; 0 where none was."""

    def last_of(self, origin: OriginId) -> tuple[int, str]:
        """The last origin_seq of an origin and its hash; (0, '') where it said nothing yet."""

    def hash_before(self, origin: OriginId, origin_seq: int) -> str | None:
        """The hash that an event's own follows from; None where the event before it is not here."""

    def last_opening(self) -> tuple[DeskId, bool] | None:
        """Which desk wrote here last, and whether it gave the numbers."""

    def note_opening(self, origin: OriginId, desk: DeskId, *, is_home: bool) -> None:
        """Write down who writes here from now on."""

    def local(self, name: str) -> str | None:
        """Something only this copy of the log knows."""

    def set_local(self, name: str, value: str) -> None:
        """Remember something in this copy of the log."""

    def forget_local(self, name: str) -> None:
        """Remember that no longer."""

    def reopen(self) -> None:
        """Begin anew after a failure: believe only what is there."""

    def clean_up(self) -> None:
        """Leave nothing of deleted words in what keeps the log."""

    def close(self) -> None:
        """Let go of it."""


def of_a_desk(log: HomeLog) -> Log:
    """The file of a desk, which takes numbers from its home: what a home keeps in a database never does."""
    if not isinstance(log, Log):
        raise TypeError("only the file of a desk takes numbers")
    return log
