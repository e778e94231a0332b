"""The fold of notes that are said and moved. They come in thousands, so many in a row are folded together: each map
is opened once for all of them."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from immutables import Map

from core.base.ids import ContributorId, NoteId, QuestionId, ThemeId
from core.domain.board import Balance, Board, Note, NoteState
from core.domain.bodies import NoteMoved, NoteSaid
from core.domain.conflicts import overwritten
from core.domain.events import Event
from core.domain.people import contributor_of
from core.domain.terms import PLAINLY_SHOWN, Came, Mode, Standing, Visibility
from core.domain.values import changed


class Places:
    """Where notes lie, while some of them move: loose ones by arrival, and those of each theme in its order."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._come: dict[QuestionId, dict[int, NoteId]] = defaultdict(dict)
        self._gone: dict[QuestionId, set[int]] = defaultdict(set)
        self._themes: dict[ThemeId, list[tuple[str, NoteId]]] = {}

    def put(self, note: Note) -> None:
        """Where its spot says."""
        if note.spot.theme is None:
            self._come[note.question][note.arrival] = note.id
        else:
            insort(self._in(note.spot.theme), _place(note))

    def put_new(self, notes: Iterable[Note]) -> None:
        """Notes that were just said: none of them is in a theme."""
        for note in notes:
            self._come[note.question][note.arrival] = note.id

    def take(self, note: Note) -> None:
        """From where its spot says."""
        if note.spot.theme is None:
            if self._come[note.question].pop(note.arrival, None) is None:
                self._gone[note.question].add(note.arrival)
            return
        filed, place = self._in(note.spot.theme), _place(note)
        at = bisect_left(filed, place)
        if filed[at : at + 1] == [place]:
            del filed[at]

    def kept(self) -> dict[str, Any]:
        """What is another on the board now."""
        loose = {question: self._loose(question) for question in {*self._come, *self._gone}}
        in_theme = {theme: tuple(found) for theme, found in self._themes.items()}
        return {"loose": self._board.loose.update(loose), "in_theme": self._board.in_theme.update(in_theme)}

    def _loose(self, question: QuestionId) -> Map[int, NoteId]:
        found = self._board.loose.get(question, NO_NOTES).mutate()
        for arrival in self._gone[question]:
            found.pop(arrival, None)
        found.update(self._come[question])
        return found.finish()

    def _in(self, theme: ThemeId) -> list[tuple[str, NoteId]]:
        found = self._themes.get(theme)
        if found is None:
            found = self._themes[theme] = list(self._board.in_theme.get(theme, ()))
        return found


NO_NOTES: Map[int, NoteId] = Map()


def _place(note: Note) -> tuple[str, NoteId]:
    return note.spot.key or "", note.id


def said(board: Board, events: Sequence[Event]) -> Board:
    """The board after these notes were said. One that is there already is not said again; a contributor counts once,
    under the mode of their first note."""
    places = Places(board)
    notes: dict[NoteId, Note] = {}
    whose: dict[ContributorId, list[NoteId]] = defaultdict(list)
    came: dict[ContributorId, Came] = {}
    before = len(board.notes)
    for event in events:
        body, note_id = event.body, NoteId(event.subject)
        if not isinstance(body, NoteSaid) or note_id in notes or note_id in board.notes:
            continue
        who = body.contributor
        notes[note_id] = _note(event, body, before + len(notes), is_erased=who in board.erased)
        if who is not None:
            whose[who].append(note_id)
        person = who or contributor_of(event)
        if person is not None and person not in came and board.joined.get(person) is None:
            came[person] = Came(body.venue, body.mode, event.desk)
    places.put_new(notes.values())
    new = Counter(notes[first].mode for who, (first, *_) in whose.items() if who not in board.by_contributor)
    return changed(
        board, notes=board.notes.update(notes), people=_added(board.people, new),
        by_contributor=board.by_contributor.update(
            {who: (*board.by_contributor.get(who, ()), *theirs) for who, theirs in whose.items()}
        ),
        joined=board.joined.update({who: each.mode for who, each in came.items()}), came=board.came.update(came),
        balance=counted(board.balance, _states(notes.values())), **places.kept(),
    )  # fmt: skip


def _states(new: Collection[Note]) -> Counter[NoteState]:
    """In which states notes that were just said are: nobody has hidden or taken back one of them."""
    erased = sum(note.erased for note in new)
    held = sum(bool(note.hidden_by) and not note.erased for note in new)
    return Counter({NoteState.ERASED: erased, NoteState.HELD: held, NoteState.BOARD: len(new) - erased - held})


def _added(people: Map[Mode, int], new: Counter[Mode]) -> Map[Mode, int]:
    return people.update({mode: people.get(mode, 0) + count for mode, count in new.items()})


def _note(event: Event, body: NoteSaid, arrival: int, *, is_erased: bool) -> Note:
    is_held = body.held is not None
    return Note(
        id=NoteId(event.subject), question=body.question, words=body.words, contributor=body.contributor,
        mode=body.mode, arrival=arrival, said=event, erased=is_erased, kind=body.kind, picture=body.picture,
        late=body.late, venue=body.venue, standing=Standing(Visibility.HELD, body.held) if is_held else PLAINLY_SHOWN,
        shown_by=event if is_held else None, hidden_by=(event,) if is_held else (),
    )  # fmt: skip


def moved(board: Board, events: Sequence[Event]) -> Board:
    """The board after these notes were moved; what is not there or was erased stays as it is."""
    places = Places(board)
    notes: dict[NoteId, Note] = {}
    for event in events:
        note_id = NoteId(event.subject)
        note = notes.get(note_id) or board.notes.get(note_id)
        if note is None or note.erased or not isinstance(event.body, NoteMoved):
            continue
        to = event.body.to
        board = overwritten(board, "theme", note.moved_by, note.spot, to, event)
        after = notes[note_id] = changed(note, spot=to, moved_by=event)
        if to != note.spot:
            places.take(note)
            places.put(after)
    return changed(board, notes=board.notes.update(notes), **places.kept())


def with_note(board: Board, before: Note, after: Note) -> Board:
    """The board with one note as it is now."""
    balance = counted(board.balance, Counter({after.state: 1}), Counter({before.state: 1}))
    board = changed(board, notes=board.notes.set(after.id, after), balance=balance)
    if before.spot == after.spot:
        return board
    places = Places(board)
    places.take(before)
    places.put(after)
    return changed(board, **places.kept())


NONE: Counter[NoteState] = Counter()


def counted(balance: Balance, come: Counter[NoteState], gone: Counter[NoteState] = NONE) -> Balance:
    """The balance with so many more and fewer in each state."""
    more = {state.value: getattr(balance, state) + come[state] - gone[state] for state in {*come, *gone}}
    return changed(balance, **more) if more else balance
