"""One board at one of several venues, and what was said in all of them, in some, in one only."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from immutables import Map

from core.base.ids import ContributorId, CountId, NoteId, PledgeId, QuestionId, RoundId, VenueId
from core.domain.board import Balance, Board, Note, Theme
from core.domain.course import Dots
from core.domain.registers import PledgeSet, VotesCounted
from core.domain.values import changed
from core.domain.venues import plain_name, venues_in_order

LIKE = 0.8
"""How much two names have in common that are offered to be one (1: all)."""


def as_seen_at(board: Board, venue: VenueId) -> Board:
    """The board without the notes that this venue is not to see yet; the same board where it sees everything."""
    if not any(map(board.is_apart, board.questions)):
        return board
    apart = {question for question in board.questions if board.is_apart(question)}
    return _with_notes(board, {
        id: note for id, note in board.notes.items() if note.question not in apart or board.venue_of(note) == venue
    })  # fmt: skip


def only_from(board: Board, venue: VenueId) -> Board:
    """The board with the notes of one venue alone; its themes all stay, to be filled."""
    return _with_notes(board, {id: note for id, note in board.notes.items() if board.venue_of(note) == venue})


def at_venue(board: Board, venue: VenueId) -> Board:
    """The board as it would be had nothing come from anywhere else: its notes, people, votes and pledges, and of the
    themes those that were touched there. How the workshop is run stays as it is."""
    notes = {id: note for id, note in board.notes.items() if board.venue_of(note) == venue}
    people = _people_at(board, venue, notes.values())
    votes = {id: {who: dots for who, dots in voters.items() if who in people} for id, voters in board.votes.items()}
    tallies = {id: _together(voters.values()) for id, voters in votes.items()}
    made = board.venues.get(venue)
    return changed(
        _with_notes(board, notes),
        workshop=changed(board.workshop, venue=made.name if made else None) if board.workshop else None,
        themes=Map({id: theme for id, theme in board.themes.items() if _is_touched(board, theme, notes, tallies)}),
        joined=Map({who: mode for who, mode in board.joined.items() if who in people}),
        came=Map({who: came for who, came in board.came.items() if who in people}),
        votes=Map({id: Map(voters) for id, voters in votes.items()}),
        tallies=Map(tallies),
        counts=Map({id: count for id, count in board.counts.items() if _is_counted_at(board, id, venue)}),
        pledges=Map({id: pledge for id, pledge in board.pledges.items() if _is_promised_at(board, id, venue)}),
        supports=Map({
            id: Map({who: mode for who, mode in by.items() if who in people})
            for id, by in board.supports.items() if id in notes
        }),
    )  # fmt: skip


def _with_notes(board: Board, notes: Mapping[NoteId, Note]) -> Board:
    """The board with these of its notes alone, counted anew."""
    by_contributor = _kept(board.by_contributor, notes)
    return changed(
        board,
        notes=Map(notes),
        in_theme=Map({id: tuple(at for at in filed if at[1] in notes) for id, filed in board.in_theme.items()}),
        loose=Map({id: _those(filed, notes) for id, filed in board.loose.items()}),
        copies=Map({id: themes for id, themes in board.copies.items() if id in notes}),
        by_contributor=Map(by_contributor),
        people=Map(Counter(notes[ids[0]].mode for ids in by_contributor.values())),
        supports=Map({id: by for id, by in board.supports.items() if id in notes}),
        backs=Map({id: back for id, back in board.backs.items() if back.note in notes}),
        conflicts=Map({at: each for at, each in board.conflicts.items() if _is_there(board, at[0], notes)}),
        balance=Balance(**Counter(note.state.value for note in notes.values())),
    )


def _is_there(board: Board, subject: str, notes: Mapping[NoteId, Note]) -> bool:
    return NoteId(subject) in notes or NoteId(subject) not in board.notes


def _those(filed: Map[int, NoteId], notes: Mapping[NoteId, Note]) -> Map[int, NoteId]:
    return Map({at: id for at, id in filed.items() if id in notes})


def _people_at(board: Board, venue: VenueId, notes: Iterable[Note]) -> set[ContributorId]:
    """Who came there, or has said something there since."""
    wrote = {note.contributor for note in notes if note.contributor is not None}
    return wrote | {who for who in board.came if board.venue_of_person(who) == venue}


def _kept(
    by_contributor: Mapping[ContributorId, tuple[NoteId, ...]], notes: Mapping[NoteId, Note]
) -> dict[ContributorId, tuple[NoteId, ...]]:
    found = {who: tuple(id for id in ids if id in notes) for who, ids in by_contributor.items()}
    return {who: ids for who, ids in found.items() if ids}


def _together(all_dots: Iterable[Dots]) -> Dots:
    total: Counter[str] = Counter()
    for dots in all_dots:
        total.update(dots)
    return Map({target: number for target, number in total.items() if number})


def _is_touched(
    board: Board, theme: Theme, notes: Mapping[NoteId, Note], tallies: Mapping[RoundId, Dots]
) -> bool:
    filed = board.in_theme.get(theme.id, ())
    return any(id in notes for _key, id in filed) or any(theme.id in dots for dots in tallies.values())


def _is_counted_at(board: Board, count: CountId, venue: VenueId) -> bool:
    by = board.set_by(count, VotesCounted)
    return by is not None and board.venue_of_desk(by.desk) == venue


def _is_promised_at(board: Board, pledge: PledgeId, venue: VenueId) -> bool:
    """What a desk that is at no venue wrote down holds for all of them."""
    by = board.set_by(pledge, PledgeSet)
    return by is None or board.venue_of_desk(by.desk) in (venue, None)


class Heard(StrEnum):
    """Where a theme was said, of the venues that have said anything to its question."""

    ALL = "all"
    SOME = "some"
    ONE = "one"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Said:
    """How many notes there are, and of how many people; notes that are nobody's tell of no people."""

    notes: int = 0
    people: int = 0


NOTHING = Said()


@dataclass(frozen=True, slots=True)
class Compared:
    """One theme (None: the notes that stand alone) across the venues."""

    theme: Theme | None
    heard: Heard
    said: Mapping[VenueId, Said]

    @property
    def notes(self) -> int:
        """Of all venues together."""
        return sum(each.notes for each in self.said.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question across the venues: `all` is everything that was said there, `there` how many people took part at a
    venue at all, `counted` how many somebody counted there (0: nobody did)."""

    question: QuestionId
    venues: tuple[VenueId, ...]
    all: Mapping[VenueId, Said]
    there: Mapping[VenueId, int]
    counted: Mapping[VenueId, int]
    themes: tuple[Compared, ...]
    nowhere: int

    def of(self, heard: Heard) -> list[Compared]:
        """The themes that were said so widely, the most notes first."""
        return [each for each in self.themes if each.theme is not None and each.heard is heard]


def compared(board: Board, question: QuestionId) -> Comparison:
    """What is on the board to this question, venue by venue. `nowhere` are notes of which nobody knows the venue."""
    venues = tuple(venues_in_order(board))
    notes = board.notes_of(question)
    said_at = _said_at(board, notes, venues)
    speaking = sum(each.notes > 0 for each in said_at.values())
    themes = [_theme(board, each, board.notes_in(each.id), venues, speaking) for each in board.themes_of(question)]
    themes.sort(key=lambda each: (-each.notes, each.theme.arrival if each.theme else 0))
    alone = _theme(board, None, board.loose_notes(question), venues, speaking)
    return Comparison(
        question, venues, said_at, people_there(board), {id: _counted(board, id) for id in venues},
        (*themes, alone) if alone.notes else tuple(themes),
        nowhere=len(notes) - sum(each.notes for each in said_at.values()),
    )  # fmt: skip


def people_there(board: Board) -> Counter[VenueId]:
    """How many people took part at each venue."""
    found = (board.venue_of_person(who) for who in board.came if who not in board.erased)
    return Counter(venue for venue in found if venue is not None)


def alike(board: Board, question: QuestionId) -> list[tuple[Theme, Theme]]:
    """Themes of a question that are called the same, or nearly: the older first, each in one pair only."""
    left, pairs = board.themes_of(question), list[tuple[Theme, Theme]]()
    names = {theme.id: plain_name(board.text(theme.name)) for theme in left}
    while left:
        first, *left = left
        found = next((other for other in left if _are_alike(names[first.id], names[other.id])), None)
        if found is not None:
            pairs.append((first, found))
            left.remove(found)
    return pairs


def _are_alike(one: str, other: str) -> bool:
    return bool(one) and (one == other or SequenceMatcher(None, one, other).ratio() >= LIKE)


def _counted(board: Board, venue: VenueId) -> int:
    found = board.venues.get(venue)
    return found.people if found else 0


def _theme(
    board: Board, theme: Theme | None, notes: list[Note], venues: tuple[VenueId, ...], speaking: int
) -> Compared:
    said = _said_at(board, notes, venues)
    return Compared(theme, _heard(sum(each.notes > 0 for each in said.values()), speaking), said)


def _heard(at: int, of: int) -> Heard:
    """One venue is not all venues, even where it is the only one that has begun."""
    if at <= 1:
        return Heard.ONE if at else Heard.NOWHERE
    return Heard.ALL if at == of else Heard.SOME


def _said_at(board: Board, notes: Iterable[Note], venues: tuple[VenueId, ...]) -> dict[VenueId, Said]:
    count: Counter[VenueId] = Counter()
    people: dict[VenueId, set[ContributorId]] = {}
    for note in notes:
        venue = board.venue_of(note)
        if venue is not None:
            count[venue] += 1
            if note.contributor is not None:
                people.setdefault(venue, set()).add(note.contributor)
    return {id: Said(count[id], len(people.get(id, ()))) for id in venues}
