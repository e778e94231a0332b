"""What must be true of a log, worked out on its own: who had really seen what, and what follows from that.

It knows nothing of `base` or of the fold: for every event a test writes down which events lay before its author's
eyes, under which numbers, and the rules of LOG.md are read off that. What was seen under a number that it has lost
since (given by a home that was lost, too) counts as unseen: somebody is asked once too often, never once too little.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.base.ids import ContributorId, EventId
from core.domain.board import Board, NoteState
from core.domain.bodies import (
    NoteHeld,
    NoteHidden,
    NoteMoved,
    NotePutBack,
    NoteReworded,
    NoteSaid,
    NoteShown,
    NoteWithdrawn,
    PersonErased,
    RoundMade,
    ThemeMade,
    ThemeRemoved,
    ThemeRenamed,
    ThemeRestored,
    VoteCast,
)
from core.domain.events import Event
from core.domain.registers import Register
from core.domain.terms import NOWHERE, PLAINLY_SHOWN, Standing, Visibility

Place = tuple[str, str]
"""A property of a note or theme: its id, and which."""
Sight = Mapping[EventId, int | None]
"""What lay before somebody's eyes: events, and the number each had there and then."""
BLOCKING = {"visibility", "withdrawn", "removed"}
"""Where only one who has seen how it went may bring it back."""


def value_of(event: Event) -> tuple[str, object] | None:
    """Which property an event sets, and to what."""
    match event.body:
        case NoteReworded(words=words):
            return "words", words
        case NoteMoved(to=to):
            return "theme", to
        case NoteHeld(reason=reason):
            return "visibility", Standing(Visibility.HELD, reason)
        case NoteHidden(reason=reason):
            return "visibility", Standing(Visibility.HIDDEN, reason)
        case NoteShown():
            return "visibility", PLAINLY_SHOWN
        case NoteWithdrawn() | NotePutBack():
            return "withdrawn", isinstance(event.body, NoteWithdrawn)
        case ThemeRenamed(name=name):
            return "name", name
        case ThemeRemoved() | ThemeRestored():
            return "removed", isinstance(event.body, ThemeRemoved)
        case body if isinstance(body, Register):
            return body.KIND, body.to
    return None


UNTOUCHED = {"theme": NOWHERE, "visibility": PLAINLY_SHOWN, "withdrawn": False, "removed": False}


@dataclass
class Truth:
    """What the log says, by the rules read aloud. `seen` is what lay before the author of each."""

    seen: Mapping[EventId, Sight]
    events: dict[EventId, Event] = field(default_factory=dict)
    owners: dict[str, ContributorId | None] = field(default_factory=dict)
    values: dict[Place, object] = field(default_factory=dict)
    set_by: dict[Place, EventId] = field(default_factory=dict)
    away: dict[Place, list[EventId]] = field(default_factory=lambda: defaultdict(list))
    unseen: dict[Place, frozenset[EventId]] = field(default_factory=dict)
    erased: set[ContributorId] = field(default_factory=set)
    dots: dict[str, int] = field(default_factory=dict)    # of each round, for each voter
    votes: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)    # by round and voter
    overwrites: int = 0

    def read(self, events: Iterable[Event]) -> "Truth":
        """Read the log aloud, in its order."""
        listed = list(events)
        self.events = {event.id: event for event in listed}
        for event in listed:
            self._hear(event)
        return self

    def saw(self, event: Event, other: EventId) -> bool:
        """Whether the author of `event` had this before their eyes, under the number it has or still without one."""
        sight, before = self.seen[event.id], self.events[other]
        if other not in sight:
            return False
        is_own = before.origin == event.origin and before.author == event.author
        return is_own or sight[other] in (None, before.seq)

    def _hear(self, event: Event) -> None:
        match event.body:
            case NoteSaid(words=words, contributor=contributor):
                if event.subject not in self.owners:
                    self.owners[event.subject] = contributor
                    self.values[event.subject, "words"] = words
            case ThemeMade(name=name):
                self.values.setdefault((event.subject, "name"), name)
            case PersonErased():
                self._erase(ContributorId(event.subject))
            case RoundMade(dots=dots):
                self.dots[event.subject] = dots
            case VoteCast(target=target, dots=dots):
                self._vote(event, target, dots)
            case _:
                self._hear_change(event)

    def _erase(self, contributor: ContributorId) -> None:
        self.erased.add(contributor)
        self.votes = {who: votes for who, votes in self.votes.items() if who[1] != contributor}
        self.unseen = {place: lost for place, lost in self.unseen.items() if not self.is_erased(place[0])}

    def _vote(self, event: Event, target: str, dots: int) -> None:
        """As many as the voter has left, one vote after another."""
        if event.actor in self.erased:
            return
        mine = self.votes.setdefault((event.subject, event.actor), {})
        mine.pop(target, None)
        mine[target] = max(0, min(dots, self.dots[event.subject] - sum(mine.values())))

    def tally(self, round_id: str) -> dict[str, int]:
        """How many dots lie on what."""
        sums: dict[str, int] = defaultdict(int)
        for (voted_in, _), votes in self.votes.items():
            for target, dots in votes.items():
                sums[target] += dots if voted_in == round_id else 0
        return {target: dots for target, dots in sums.items() if dots}

    def is_erased(self, subject: str) -> bool:
        return self.owners.get(subject) in self.erased

    def _hear_change(self, event: Event) -> None:
        change = value_of(event)
        if change is None or self.is_erased(event.subject):
            return
        name, now = change
        place = (event.subject, name)
        known = event.subject in self.owners or (event.subject, "name") in self.values
        if not known and not isinstance(event.body, Register):
            return
        if name in BLOCKING and now == UNTOUCHED[name] and self._is_blocked(place, event):
            self.unseen[place] = frozenset({*self.unseen.get(place, ()), event.id})
            self.overwrites += 1
            return
        self._set(place, now, event)

    def _is_blocked(self, place: Place, event: Event) -> bool:
        return any(not self.saw(event, each) for each in self.away[place])

    def _set(self, place: Place, now: object, event: Event) -> None:
        """The later value is on the board; what its author had not seen, and now is not, stays to be chosen."""
        before = self.set_by.get(place)
        lost = {each for each in self.unseen.get(place, ()) if not self.saw(event, each)}
        if before is not None and not self.saw(event, before) and self.values[place] != now:
            lost.add(before)
            self.overwrites += 1
        if lost:
            self.unseen[place] = frozenset(lost)
        else:
            self.unseen.pop(place, None)
        self._note_absence(place, now, event)
        self.values[place], self.set_by[place] = now, event.id

    def _note_absence(self, place: Place, now: object, event: Event) -> None:
        if place[1] == "visibility":
            still = [each for each in self.away[place] if not self.saw(event, each)]
            self.away[place] = [] if now == PLAINLY_SHOWN else [*still, event.id]
        elif place[1] in BLOCKING:
            self.away[place] = [event.id] if now else []

    def state(self, note: str) -> NoteState:
        """Where a note counts: the first that applies."""
        if self.is_erased(note):
            return NoteState.ERASED
        if self.values.get((note, "withdrawn")):
            return NoteState.WITHDRAWN
        standing = self.values.get((note, "visibility"), PLAINLY_SHOWN)
        assert isinstance(standing, Standing)
        by_visibility = {Visibility.HIDDEN: NoteState.HIDDEN, Visibility.HELD: NoteState.HELD}
        return by_visibility.get(standing.visibility, NoteState.BOARD)


def picture(board: Board) -> dict[str, object]:
    """All that one can see of a board, and nothing that may differ between two copies (when each received it)."""
    notes = sorted(board.notes.values(), key=lambda note: note.arrival)
    return {
        "notes": [(note.id, board.text_of(note), note.spot, note.standing, note.state) for note in notes],
        "themes": [
            (theme.id, board.text(theme.name), theme.box, theme.colour, [note.id for note in board.notes_in(theme.id)])
            for question in board.questions_in_order()
            for theme in board.themes_of(question.id)
        ],
        "loose": [note.id for q in board.questions_in_order() for note in board.loose_notes(q.id)],
        "conflicts": [(c.subject, c.name, c.kept.id, [each.id for each in c.lost]) for c in board.conflict_list()],
        "undo": sorted((desk, [d.act for d in h.undo], [d.act for d in h.redo]) for desk, h in board.histories.items()),
        "people": sorted(board.people.items()),
        "settings": sorted((*key, str(setting.to)) for key, setting in board.settings.items()),
        "votes": sorted((votes, sorted(board.tally(votes).items())) for votes in board.rounds),
        "erased": sorted(board.erased),
        "balance": board.balance,
    }


def assert_true(board: Board, truth: Truth) -> None:
    """The board says what the model worked out."""
    assert {note.id for note in board.notes.values()} == set(truth.owners)
    for note in board.notes.values():
        assert note.state is truth.state(note.id)
        if not note.erased:
            assert note.words == truth.values[note.id, "words"]
            assert note.spot.theme == getattr(truth.values.get((note.id, "theme"), NOWHERE), "theme", None)
    for theme in board.themes.values():
        assert theme.name == truth.values[theme.id, "name"]
        assert theme.removed == truth.values.get((theme.id, "removed"), False)
    for (subject, kind), setting in board.settings.items():
        assert setting.to == truth.values[subject, kind]
    for round_id in board.rounds:
        assert dict(board.tally(round_id)) == truth.tally(round_id)
    listed = {(c.subject, c.name): frozenset(each.id for each in c.lost) for c in board.conflict_list()}
    assert listed == truth.unseen
    assert_balance(board, truth)


def assert_balance(board: Board, truth: Truth) -> None:
    counted = [truth.state(note) for note in truth.owners]
    for state in NoteState:
        assert getattr(board.balance, state.value) == counted.count(state)
    assert board.balance.received == len(truth.owners)
