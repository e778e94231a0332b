"""How votes and support are counted: for the screen without those that nobody should see counted, for the desk by how
people came and by how many devices."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from immutables import Map

from core.base.ids import ContributorId, NoteId, RoundId
from core.base.language import ngettext
from core.domain.board import Board, NoteState
from core.domain.terms import Count, CountWay, Mode, Reason


@dataclass(frozen=True, slots=True)
class Tally:
    """Dots by the id of what they lie on, and from how many devices they came: a device is no proof of a person."""

    dots: Mapping[str, int] = field(default_factory=dict)
    devices: int = 0


@dataclass(frozen=True, slots=True)
class ByHand:
    """What people counted in the room, in one way: dots by the id of what they lie on, at which tables (0 is the whole
    room), and how many voters, as far as that was counted."""

    dots: Mapping[str, int] = field(default_factory=dict)
    tables: tuple[int, ...] = ()
    voters: int = 0


@dataclass(frozen=True, slots=True)
class Votes:
    """How many dots lie on something: those of phones, and the hands and paper dots that were counted beside them."""

    phones: int
    in_the_room: int = 0

    @classmethod
    def together(cls, votes: Collection["Votes"]) -> "Votes":
        """Those of several notes."""
        return cls(sum(each.phones for each in votes), sum(each.in_the_room for each in votes))

    @property
    def words(self) -> str:
        """Both, apart: they are never mixed silently."""
        told = ngettext("{n} vote", "{n} votes", self.phones).format(n=self.phones)
        if not self.in_the_room:
            return told
        more = ngettext("{n} more counted in the room", "{n} more counted in the room", self.in_the_room)
        return ", ".join((told, more.format(n=self.in_the_room)))


def by_hand(board: Board, round_id: RoundId) -> Mapping[CountWay, ByHand]:
    """The hands and paper dots of a round: beside what the phones say, never in it."""
    found: dict[CountWay, list[Count]] = {}
    for _id, count in board.counts_of(round_id):
        found.setdefault(count.way, []).append(count)
    return {way: _together(found[way]) for way in CountWay if way in found}


def in_the_room(board: Board, round_id: RoundId) -> Mapping[str, int]:
    """The hands and paper dots of a round together, by the id of what they lie on."""
    dots: Counter[str] = Counter()
    for counted_so in by_hand(board, round_id).values():
        dots.update(dict(counted_so.dots))
    return dots


def _together(entered: Iterable[Count]) -> ByHand:
    dots: Counter[str] = Counter()
    tables, voters = [], 0
    for count in entered:
        dots.update(dict(count.dots))
        tables.append(count.table)
        voters += count.voters
    return ByHand(dict(sorted(dots.items())), tuple(sorted(tables)), voters)


def counts(board: Board, contributor: ContributorId) -> bool:
    """Whether somebody's dots and support are counted where others see it: not those of a blocked person, nor of one
    all of whose notes came in a burst that nobody has let in yet."""
    if board.is_blocked(contributor):
        return False
    notes = board.notes_by(contributor)
    return not notes or not all(_came_in_a_burst(board, note.id) for note in notes)


def counted(board: Board, round_id: RoundId) -> Tally:
    """The result of a round as it may be shown."""
    return _tally(board, round_id, (voter for voter in _voters(board, round_id) if counts(board, voter)))


def uncounted(board: Board, round_id: RoundId) -> Tally:
    """What `counted` leaves out: for the desk, so that nothing vanishes unseen."""
    return _tally(board, round_id, (voter for voter in _voters(board, round_id) if not counts(board, voter)))


def by_mode(board: Board, round_id: RoundId) -> Mapping[Mode, Tally]:
    """The counted result of a round apart by how its voters came."""
    modes: dict[Mode, list[ContributorId]] = {}
    for voter in _voters(board, round_id):
        if counts(board, voter):
            modes.setdefault(board.joined.get(voter) or Mode.ROOM, []).append(voter)
    return {mode: _tally(board, round_id, modes[mode]) for mode in Mode if mode in modes}


def supporters(board: Board, group: Iterable[NoteId]) -> frozenset[ContributorId]:
    """Who wants these live questions, shown as one, answered too: each once, and only who counts."""
    found: set[ContributorId] = {who for note_id in group for who in board.supports.get(note_id, Map())}
    return frozenset(who for who in found if counts(board, who))


def _voters(board: Board, round_id: RoundId) -> Iterable[ContributorId]:
    return board.votes.get(round_id, Map())


def _tally(board: Board, round_id: RoundId, voters: Iterable[ContributorId]) -> Tally:
    dots: Counter[str] = Counter()
    devices = 0
    for voter in voters:
        devices += 1
        dots.update(dict(board.votes_by(round_id, voter)))
    return Tally(dict(sorted(dots.items())), devices)


def _came_in_a_burst(board: Board, note_id: NoteId) -> bool:
    note = board.notes[note_id]
    return note.state in (NoteState.HELD, NoteState.HIDDEN) and note.standing.reason is Reason.BURST
