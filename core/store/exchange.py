"""Between a desk and the home of the order: what the home answers to pushed events, and what a desk does with what
the home has numbered (LOG.md, "Home, desks, sync")."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from core.base.clock import to_milliseconds
from core.base.collecting import uncollected
from core.base.errors import Refused, WasErased
from core.base.ids import EventId, NoteId
from core.base.language import _
from core.domain.board import Board
from core.domain.bodies import NoteSaid, ThemeMade
from core.domain.commands import HoldNotes
from core.domain.events import EPOCH_SIZE, Author, Event, NewEvent, State, sign
from core.domain.fold import fold, with_words
from core.domain.terms import Reason
from core.domain.twice import id_at_the_other_door
from core.domain.values import changed
from core.domain.words import Words
from core.store.book import Batch, Book, Texts, erased_by
from core.store.engine import HomeLog, of_a_desk
from core.store.log import Log
from core.store.missing import named_in
from core.store.rows import Row, chain_hash, to_row

ARRIVES = NoteSaid | ThemeMade
"""What has its place by when it arrived: another that comes in before it moves it along."""
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


def take(book: Book, events: Sequence[Event], words: Iterable[Words], may: May, now: datetime) -> list[Answer]:
    """As the home: keep what a desk pushes. An event that an earlier home numbered keeps its number where it is
    free; a refused one never blocks those after it, and is answered the same when it comes again. Raises NotSaved,
    and Refused where the chain of an origin does not hold."""
    book.generation += any(event.seq is not None for event in events)
    with book.transaction():
        _leave_the_epoch_of_others(book, events)
        batch = Batch(book, true_texts(words))
        answers = [_taken(batch, event, may, now) for event in events]
        named = book.log.words_named_in(event.id for event in events)
        kept = book.keep_words(batch.texts, named, batch.board.erased)
    book.place = batch.place
    if batch.has_filled_gaps or erased_by(events):
        _read_anew(book)
    else:
        _go_on(book, with_words(batch.board, kept), tuple(batch.news))
    return answers


def _leave_the_epoch_of_others(book: Book, events: Iterable[Event]) -> None:
    """A number that this home has not given yet was given by one before it, so others may have been, too."""
    claimed = max((event.seq or 0 for event in events), default=0)
    if book.place.seq is not None and claimed >= book.place.seq:
        book.begin_epoch(claimed)


def true_texts(words: Iterable[Words]) -> Texts:
    """Words by their hashes, where these are true."""
    return {each.hash: each for each in words if each.are_true}


def _taken(batch: Batch, event: Event, may: May, now: datetime) -> Answer:
    known = batch.log.event(event.id)
    if known is not None:
        if known.hash != event.hash:
            _say_again(batch, event, _text_of(batch, event), now)
        refused = batch.log.refusal(event.id) if known.state is State.REFUSED else None
        return Answer(event.id, known.seq, refused, already=True)
    row = to_row(event)
    require_chain(batch.log, event, row)
    reason = may(event, batch.board) if event.seq is None else None
    if reason is not None and not isinstance(event.body, NoteSaid):
        batch.log.refused(changed(event, received_at=now, state=State.REFUSED), reason)
        return Answer(event.id, None, reason)
    free = event.seq is not None and batch.log.event_at(event.seq) is None
    seq = event.seq if free else batch.place.seq
    batch.keep(changed(event, seq=seq, state=State.CONFIRMED, received_at=now), row)
    if reason is not None:
        _hold(batch, NoteId(event.subject), now)
    return Answer(event.id, seq)


def _text_of(batch: Batch, event: Event) -> str | None:
    return batch.text(event.body.words) if isinstance(event.body, NoteSaid) else None


def _say_again(batch: Batch, event: Event, text: str | None, now: datetime) -> None:
    """A note under an id that came in by another door, too: with the same words it is that note, with other words
    or from another person it is one of its own (LOG.md, "Sending twice")."""
    known = batch.log.event(event.id)
    if text is None or known is None or not isinstance(event.body, NoteSaid):
        return
    if batch.is_same_note(known, event.body, (text,)):
        return
    words, event_id = Words.of(text), id_at_the_other_door(event.id, event.hash)
    again = NewEvent(
        id=event_id, subject=event_id, body=changed(event.body, words=words.hash), author=event.author,
        act=event.act, base=event.base, said_at=event.said_at, words=(words,),
    )  # fmt: skip
    with suppress(WasErased):
        batch.add([again], now)


def _hold(batch: Batch, note_id: NoteId, now: datetime) -> None:
    """A note that somebody was thanked for is never refused: it waits for a moderator."""
    note = batch.board.notes[note_id]
    if note.is_on_board:
        drafts = HoldNotes((note_id,), Reason.OTHER).drafts(batch.board)
        batch.add(sign(drafts, Author(batch.desk), batch.board.seen, now), now)


def merge(
    book: Book, numbered: Sequence[Event], words: Iterable[Words], answers: Iterable[Answer], rows: Sequence[Row] = ()
) -> None:
    """As a desk: take in what the home has numbered, which is not checked again, and what it answered. Where two
    events have one number the home's keeps it; the other counts as never confirmed. Events without a number are
    another desk's, passed on while the home is away. `rows` are the same events as the file keeps them, where whoever
    read them has them. Raises NotSaved, and Refused where the chain of an origin does not hold."""
    answers = list(answers)
    log = of_a_desk(book.log)
    with uncollected(), book.transaction():
        batch = Batch(book, true_texts(words))
        goes_on = not answers and _go_on_from(book, numbered)
        book.generation += not goes_on
        if goes_on:
            rows = rows or [to_row(event) for event in numbered]
            _merged_in_order(book, numbered, rows)
        else:
            for event in numbered:
                _merged(log, batch, event)
        for answer in answers:
            _answered(log, answer)
        named = named_in(rows) if goes_on else log.words_named_in(event.id for event in numbered)
        kept = book.keep_words(batch.texts, named, {*book.board.erased, *erased_by(numbered)})
    book.place = batch.place
    if goes_on:
        _take_in_order(book, numbered, kept)
    else:
        _read_anew(book)


def _go_on_from(book: Book, numbered: Sequence[Event]) -> bool:
    """Whether these events only come after all that is numbered here: then nothing before them is folded again."""
    numbers = [book.log.head(), *(event.seq or 0 for event in numbered)]
    ours = {event.id: event.hash for event in book.waiting}
    is_new = all(
        ours[event.id] == event.hash if event.id in ours else book.log.event(event.id) is None for event in numbered
    )
    return is_new and numbers == sorted(set(numbers)) and not erased_by(numbered) and not book.is_home


def _take_in_order(book: Book, numbered: Sequence[Event], kept: Iterable[Words]) -> None:
    """The new ones on top of what was confirmed, and what still waits on top of that."""
    numbers, waiting = {event.id for event in numbered}, book.waiting
    ours = tuple(event for event in waiting if event.id not in numbers)
    known = {event.id for event in waiting}
    confirmed = [_confirmed(event) for event in numbered]
    new = [event for event in confirmed if event.id not in known]
    texts = with_words(book.board, kept).texts
    book.confirmed = fold(changed(book.confirmed, texts=texts), confirmed)
    board, book.waiting = fold(book.confirmed, ours), ours
    came_before_ours = any(isinstance(event.body, ARRIVES) for event in new) and any(
        isinstance(event.body, ARRIVES) for event in waiting
    )
    news = None if came_before_ours else (*new, *(ours if new else ()))
    _go_on(book, board, news)


def _confirmed(event: Event) -> Event:
    return event if event.state is State.CONFIRMED else changed(event, state=State.CONFIRMED)


def bring_words(book: Book, words: Iterable[Words]) -> None:
    """Keep words that an event here names, where nobody has erased them. Raises NotSaved."""
    texts = true_texts(words)
    wanted = set(texts) & book.log.words_missing() if texts else set()
    if not wanted:
        return
    kept = [texts[each] for each in sorted(wanted)]
    with book.transaction():
        book.log.insert_words(kept)
    book.confirmed = with_words(book.confirmed, kept)
    book.board, book.news = with_words(book.board, kept), None


def bring_back(book: Book, events: Sequence[Event], words: Iterable[Words]) -> None:
    """In a new file: the log of another, as it was. It goes on in an epoch of its own, because the numbers of the old
    one are another home's to give. Raises as `merge` does."""
    merge(book, events, words, ())
    book.begin_epoch()
    book.number_the_unsent()


def _merged(log: Log, batch: Batch, event: Event) -> None:
    """An unconfirmed event whose forerunner is not here waits for the home to send it: who saw it would seem to have
    seen that one, too (`Base.origins`)."""
    known = log.event(event.id)
    if known is None:
        require_chain(log, event)
        if event.seq is None and log.hash_before(event.origin, event.origin_seq) is None:
            return
        if event.seq is not None and log.event_at(event.seq) is None:
            log.insert([to_row(changed(event, state=State.CONFIRMED))])
            return
        log.insert([to_row(changed(event, seq=None, state=State.PENDING))])
    elif event.seq is not None and known.hash != event.hash:
        require_chain(log, event)
        _give_way(log, batch, known, event)
    if event.seq is not None:
        _give_number(log, event.id, event.seq, to_milliseconds(event.received_at))


def _merged_in_order(book: Book, numbered: Sequence[Event], rows: Sequence[Row]) -> None:
    """The same as `_merged` where all come after what is numbered here: of many thousands each row is made once, and
    all of a kind go to the log together."""
    log, ours = of_a_desk(book.log), {event.id for event in book.waiting}
    for event, row in zip(numbered, rows, strict=True):
        if event.id not in ours:
            require_chain(log, event, row)
            log.insert([row if row.state == State.CONFIRMED else row._replace(state=State.CONFIRMED.value)])
    log.number_all([row for row in rows if row.id in ours])


def _give_way(log: Log, batch: Batch, known: Event, event: Event) -> None:
    """Two notes were said under one id at two doors: the home's keeps it, ours gets one of its own."""
    text = _text_of(batch, known)
    log.remove(known)
    log.insert([to_row(changed(event, seq=None, state=State.PENDING))])
    _say_again(batch, known, text, known.received_at)


def _answered(log: Log, answer: Answer) -> None:
    """A number counts once all before it are here: who saw it would seem to have seen those, too (`Base.seq`)."""
    if answer.refused is not None:
        log.refuse(answer.id, answer.refused)
    elif answer.seq is not None and (answer.seq % EPOCH_SIZE == 1 or log.event_at(answer.seq - 1) is not None):
        _give_number(log, answer.id, answer.seq)


def _give_number(log: Log, event_id: EventId, seq: int, received_at: int | None = None) -> None:
    holder = log.event_at(seq)
    if holder is not None and holder.id != event_id:
        log.number(holder.id, None)
    log.number(event_id, seq, received_at)


def require_chain(log: HomeLog, event: Event, row: Row | None = None) -> None:
    """Where the event before it of the same origin is here, its hash must follow from it, and no other has its place;
    `row` is the same as it is kept. Raises Refused."""
    before = log.hash_before(event.origin, event.origin_seq)
    is_taken = log.hash_before(event.origin, event.origin_seq + 1) is not None
    if is_taken or (before is not None and chain_hash(before, row or to_row(event)) != event.hash):
        raise does_not_fit()


def does_not_fit() -> Refused:
    """What is said where the chain of an origin does not hold."""
    return Refused(
        _("What came does not fit together, so it was not taken in."), _("Fetch it again from where it came.")
    )


def _read_anew(book: Book) -> None:
    book.generation += 1
    book.reload()
    book.go_on_after(book.log.head())
    _go_on(book, book.board, None)


def _go_on(book: Book, board: Board, news: tuple[Event, ...] | None) -> None:
    book.opening_noted = True
    book.board, book.news = board, news
    book.remember()
