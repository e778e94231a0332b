"""Between a desk and the home of the order: what the home answers to pushed events, and what a desk does with what
the home has numbered (LOG.md, "Home, desks, sync")."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.base.errors import Refused
from core.base.ids import EventId
from core.base.language import _
from core.domain.board import Board
from core.domain.events import Event, State
from core.domain.fold import apply
from core.domain.words import Words
from core.store.book import Book, Place, erased_by
from core.store.rows import chain_hash, to_row

May = Callable[[Event, Board], str | None]
"""Whether a pushed event may happen: None, or the reason why not."""


def anyone_may(event: Event, board: Board) -> str | None:
    """Every act is taken."""
    return None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the home says to one pushed event: its number (`already`: it was here), or why it was refused."""

    id: EventId
    seq: int | None
    refused: str | None = None
    already: bool = False


def take(
    book: Book, events: Sequence[Event], words: Iterable[Words], may: May, now: datetime
) -> list[Answer]:
    """As the home: keep what a desk pushes. An event that an earlier home numbered keeps its number where it is
    free; a refused one never blocks those after it, and is answered the same when it comes again. Raises NotSaved,
    and Refused where the chain of an origin does not hold."""
    board, place = book.board, book.place
    answers: list[Answer] = []
    with book.log.transaction():
        book.note_opening()
        book.log.insert_words(words)
        for event in events:
            require_chain(book, event)
            answer = _taken(book, event, place, may(event, board), now)
            answers.append(answer)
            if answer.seq is not None and answer.seq == place.seq:
                place = replace(place, seq=place.seq + 1)
            if answer.refused is None and not answer.already:
                board = apply(board, replace(event, seq=answer.seq, state=State.CONFIRMED))
        _forget_the_erased(book, board, events)
    book.place = place
    _read_anew(book)
    return answers


def _taken(book: Book, event: Event, place: Place, reason: str | None, now: datetime) -> Answer:
    known = book.log.event(event.id)
    if known is not None:
        refused = book.log.refusal(event.id) if known.state is State.REFUSED else None
        return Answer(event.id, known.seq, refused, already=True)
    if reason is not None and event.seq is None:
        book.log.refused(replace(event, received_at=now, state=State.REFUSED), reason)
        return Answer(event.id, None, reason)
    free = event.seq is not None and book.log.event_at(event.seq) is None
    seq = event.seq if free else place.seq
    book.log.insert([to_row(replace(event, seq=seq, state=State.CONFIRMED, received_at=now))])
    return Answer(event.id, seq)


def merge(book: Book, numbered: Sequence[Event], words: Iterable[Words], answers: Iterable[Answer]) -> None:
    """As a desk: take in what the home has numbered, which is not checked again, and what it answered. Where two
    events have one number the home's keeps it; the other counts as never confirmed. Raises NotSaved, and Refused
    where the chain of an origin does not hold."""
    with book.log.transaction():
        book.note_opening()
        book.log.insert_words(words)
        for event in numbered:
            _merged(book, event)
        for answer in answers:
            if answer.refused is not None:
                book.log.refuse(answer.id, answer.refused)
            elif answer.seq is not None:
                _give_number(book, answer.id, answer.seq)
        _forget_the_erased(book, book.board, numbered)
    _read_anew(book)


def _merged(book: Book, event: Event) -> None:
    if book.log.event(event.id) is None:
        require_chain(book, event)
        book.log.insert([to_row(replace(event, seq=None, state=State.PENDING))])
    if event.seq is not None:
        _give_number(book, event.id, event.seq)


def _give_number(book: Book, event_id: EventId, seq: int) -> None:
    holder = book.log.event_at(seq)
    if holder is not None and holder.id != event_id:
        book.log.number(holder.id, None)
    book.log.number(event_id, seq)


def require_chain(book: Book, event: Event) -> None:
    """Where the event before it of the same origin is here, its hash must follow from it. Raises Refused."""
    before = book.log.hash_before(event.origin, event.origin_seq)
    if before is not None and chain_hash(before, to_row(event)) != event.hash:
        raise Refused(
            _("What came does not fit together, so it was not taken in."),
            _("Fetch it again from where it came."),
        )


def _forget_the_erased(book: Book, board: Board, events: Iterable[Event]) -> None:
    """Words of erased people do not come back, whatever order things arrive in."""
    touched = {event.subject for event in events}
    erased = {*erased_by(events), *board.erased}
    known = [
        each
        for each in sorted(erased)
        if each in touched or touched & set(board.by_contributor.get(each, ()))
    ]
    book.erase_words(board, known)


def _read_anew(book: Book) -> None:
    book.opening_noted = True
    book.reload()
    book.go_on_after(book.log.head())
    book.remember()
