"""A log in the database and the board it folds to, kept in step also with what other instances of the home write."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.base.ids import DeskId, OriginId, new_id
from core.domain.events import Event
from core.domain.fold import fold, with_words, without_words
from core.store.book import Book, Place, erased_by
from core.store.memory import NoMemory
from core.store.postgres.log import News, PostgresLog


class SharedBook(Book):
    """Before anything is written in it, it is caught up with: what is checked is checked against all there is."""

    def __init__(self, log: PostgresLog, desk: DeskId) -> None:
        """Read the whole log. Raises NotSaved."""
        self._shared = log
        self._others: tuple[Event, ...] | None = ()
        super().__init__(log, desk, NoMemory(), is_home=True)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """The turn of this instance, caught up with what those before it have written. Raises NotSaved."""
        with self._shared.transaction():
            self._take_in()
            self.note_opening()
            yield

    def catch_up(self) -> None:
        """Take in what others have written. Raises NotSaved."""
        with self._shared.steady():
            self._take_in()
        self.news = ()    # what there is to tell is others'

    def take_others(self) -> tuple[Event, ...] | None:
        """What others have written, once, in order; None where all is to be read anew."""
        others, self._others = self._others, ()
        return others

    def reload(self) -> None:
        """Fold everything anew, from one view of what is in the database."""
        with self._shared.steady():
            super().reload()

    def begin_epoch(self, claimed: int = 0) -> None:
        """From here on the numbers are of a new epoch, for every instance."""
        self.go_on_after(self._shared.begin_epoch(claimed))

    def recover(self) -> None:
        """After the database failed: what was under way may be in it or not. Raises NotSaved."""
        self.catch_up()

    def _first_number(self) -> int:
        return self._shared.head() + 1

    def _take_in(self) -> None:
        news = self._shared.news()
        if news is None or not self._goes_on(news):
            self.reload()
            self.generation += 1
            self._others = None
        elif news.events:
            self._fold_on(news)
        last = self._shared.last_of(self.origin)
        if last[0] < self.place.origin_seq:    # the database lost what was said here: those numbers are not given again
            self.origin, self.opening_noted, last = OriginId(new_id()), False, (0, "")
        self.place = Place(*last, self._shared.head() + 1)

    def _goes_on(self, news: News) -> bool:
        """Whether it only comes after all that is numbered here."""
        numbers = [self.board.seen.seq, *(event.seq or 0 for event in news.events)]
        return numbers == sorted(set(numbers))

    def _fold_on(self, news: News) -> None:
        board = fold(with_words(self.board, news.words), news.events)
        if erased := erased_by(news.events):
            board = without_words(board, self._shared.words_named_by(erased))
        self.board = self.confirmed = board
        if self._others is not None:
            self._others += news.events
