"""The fold of notes that are said and moved. They come in thousands, so many in a row are folded together: each map
is opened once for all of them."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from typing import Any

from immutables import Map, MapMutation

from core.base.ids import NoteId, QuestionId, ThemeId
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
        self._loose: dict[QuestionId, MapMutation[int, NoteId]] = {}
        self._themes: dict[ThemeId, list[tuple[str, NoteId]]] = {}

    def put(self, note: Note) -> None:
        """Where its spot says."""
        if note.spot.theme is None:
            self._loose_of(note.question)[note.arrival] = note.id
        else:
            insort(self._in(note.spot.theme), _place(note))

    def take(self, note: Note) -> None:
        """From where its spot says."""
        if note.spot.theme is None:
            self._loose_of(note.question).pop(note.arrival, None)
            return
        filed, place = self._in(note.spot.theme), _place(note)
        at = bisect_left(filed, place)
        if filed[at : at + 1] == [place]:
            del filed[at]

    def kept(self) -> dict[str, Any]:
        """What is another on the board now."""
        loose = self._board.loose.update({question: found.finish() for question, found in self._loose.items()})
        in_theme = self._board.in_theme.update({theme: tuple(found) for theme, found in self._themes.items()})
        return {"loose": loose, "in_theme": in_theme}

    def _loose_of(self, question: QuestionId) -> MapMutation[int, NoteId]:
        found = self._loose.get(question)
        if found is None:
            found = self._loose[question] = self._board.loose.get(question, Map()).mutate()
        return found

    def _in(self, theme: ThemeId) -> list[tuple[str, NoteId]]:
        found = self._themes.get(theme)
        if found is None:
            found = self._themes[theme] = list(self._board.in_theme.get(theme, ()))
        return found


def _place(note: Note) -> tuple[str, NoteId]:
    return note.spot.key or "", note.id


def said(board: Board, events: Sequence[Event]) -> Board:
    """The board after these notes were said. One that is there already is not said again; a contributor counts once,
    under the mode of their first note."""
    notes, whose = board.notes.mutate(), board.by_contributor.mutate()
    joined, came = board.joined.mutate(), board.came.mutate()
    places, states, modes = Places(board), Counter[NoteState](), Counter[Mode]()
    for event in events:
        if not isinstance(event.body, NoteSaid) or NoteId(event.subject) in notes:
            continue
        note = _note(event, event.body, len(notes), is_erased=event.body.contributor in board.erased)
        notes[note.id] = note
        places.put(note)
        states[note.state] += 1
        if note.contributor is not None:
            earlier = whose.get(note.contributor, ())
            modes[note.mode] += not earlier
            whose[note.contributor] = (*earlier, note.id)
        if (who := contributor_of(event)) is not None and joined.get(who) is None:
            joined[who], came[who] = note.mode, Came(note.venue, note.mode, event.desk)
    people = {mode: board.people.get(mode, 0) + count for mode, count in modes.items() if count}
    return changed(
        board, notes=notes.finish(), by_contributor=whose.finish(), joined=joined.finish(),
        came=came.finish(), people=board.people.update(people), balance=counted(board.balance, states), **places.kept(),
    )  # fmt: skip


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
    notes, places = board.notes.mutate(), Places(board)
    for event in events:
        note = notes.get(NoteId(event.subject))
        if note is None or note.erased or not isinstance(event.body, NoteMoved):
            continue
        to = event.body.to
        board = overwritten(board, "theme", note.moved_by, note.spot, to, event)
        after = changed(note, spot=to, moved_by=event)
        notes[note.id] = after
        if to != note.spot:
            places.take(note)
            places.put(after)
    return changed(board, notes=notes.finish(), **places.kept())


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
