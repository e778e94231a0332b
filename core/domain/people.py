"""The fold of what contributors do beside writing: votes, support for live questions, slips, answering back."""

from functools import reduce

from immutables import Map

from core.base.ids import BackId, ContributorId, NoteId, RoundId, VenueId
from core.domain.board import Board
from core.domain.bodies import AnsweredBack, ErasedHere, NoteSupported, RoundMade, SlipsMade, VoteCast
from core.domain.course import Back, Dots, Round
from core.domain.events import Event
from core.domain.terms import Came, Mode
from core.domain.values import changed


def changed_by(board: Board, event: Event) -> Board:
    """The board after a vote, a round of votes, a support, new slips or an answer back."""
    match event.body:
        case VoteCast():
            return _voted(joining(board, event, event.body.mode, event.body.venue), event, event.body)
        case NoteSupported():
            return _supported(joining(board, event, event.body.mode, event.body.venue), event, event.body)
        case AnsweredBack():
            return _answered_back(board, event, event.body)
        case RoundMade(question=question, on=on, dots=dots):
            made = Round(
                id=RoundId(event.subject), question=question, on=on, dots=dots, arrival=len(board.rounds)
            )
            return board if made.id in board.rounds else changed(board, rounds=board.rounds.set(made.id, made))
        case ErasedHere():
            who = ContributorId(event.subject)
            there = board.erased_at.get(who, frozenset()) | {event.desk}
            return changed(board, erased_at=board.erased_at.set(who, there))
        case SlipsMade(people=made_for):
            fresh = {who: None for who in made_for if who not in board.joined}
            return changed(board, joined=board.joined.update(fresh))
    return board


def joining(board: Board, event: Event, mode: Mode | None = None, venue: VenueId | None = None) -> Board:
    """The board on which the contributor who did this is known; how they came is how they first came."""
    who = contributor_of(event)
    if who is None or board.joined.get(who) is not None or (mode is None and who in board.joined):
        return board
    came = board.came if mode is None else board.came.set(who, Came(venue, mode, event.desk))
    return changed(board, joined=board.joined.set(who, mode), came=came)


def without(board: Board, contributor: ContributorId) -> Board:
    """The board without the votes, the support and the answers back of somebody who was erased."""
    for round_id, voters in board.votes.items():
        if contributor in voters:
            board = _with_dots(board, round_id, contributor, Map())
    supports = board.supports
    for note_id, supporters in board.supports.items():
        if contributor in supporters:
            supports = supports.set(note_id, supporters.delete(contributor))
    backs = board.backs
    for back in board.backs.values():
        if back.contributor == contributor:
            backs = backs.delete(back.id)
    return changed(board, supports=supports, backs=backs)


def contributor_of(event: Event) -> ContributorId | None:
    """Whose act it is; a note that a desk typed for somebody is theirs."""
    of_note = getattr(event.body, "contributor", None)
    if of_note is not None:
        return ContributorId(of_note)
    return ContributorId(event.actor) if event.is_by_known_contributor else None


def _voted(board: Board, event: Event, vote: VoteCast) -> Board:
    """A vote counts as far as the voter has dots left, in the order of the log: two doors may each have taken n."""
    round_id, voter = RoundId(event.subject), ContributorId(event.actor)
    made = board.rounds.get(round_id)
    if made is None or not event.is_by_known_contributor or voter in board.erased:
        return board
    mine = board.votes_by(round_id, voter)
    left = made.dots - sum(dots for target, dots in mine.items() if target != vote.target)
    dots = max(0, min(vote.dots, left))
    if dots == mine.get(vote.target, 0):
        return board
    after = mine.set(vote.target, dots) if dots else mine.delete(vote.target)
    return _with_dots(board, round_id, voter, after)


def _with_dots(board: Board, round_id: RoundId, voter: ContributorId, after: Dots) -> Board:
    """The board on which this is where the voter's dots lie."""
    voters = board.votes.get(round_id, Map())
    before: Dots = voters.get(voter, Map())
    tally = reduce(lambda sums, pair: _added(sums, pair[0], -pair[1]), before.items(), board.tally(round_id))
    tally = reduce(lambda sums, pair: _added(sums, *pair), after.items(), tally)
    voters = voters.set(voter, after) if after else voters.delete(voter)
    return changed(
        board, votes=board.votes.set(round_id, voters), tallies=board.tallies.set(round_id, tally)
    )


def _added(sums: Dots, target: str, dots: int) -> Dots:
    total = sums.get(target, 0) + dots
    return sums.set(target, total) if total else sums.delete(target)


def _answered_back(board: Board, event: Event, said: AnsweredBack) -> Board:
    """What was said about a note of one's own; of anybody else it is nothing."""
    back_id, note = BackId(event.subject), board.notes.get(said.note)
    if note is None or note.erased or note.contributor is None or note.contributor != event.actor:
        return board
    if back_id in board.backs:
        return board
    arrival = 1 + max((back.arrival for back in board.backs.values()), default=0)
    back = Back(
        id=back_id, note=note.id, contributor=note.contributor, words=said.words, arrival=arrival, said=event
    )
    return changed(board, backs=board.backs.set(back_id, back))


def _supported(board: Board, event: Event, support: NoteSupported) -> Board:
    note_id, who = NoteId(event.subject), ContributorId(event.actor)
    if note_id not in board.notes or not event.is_by_known_contributor or who in board.erased:
        return board
    supporters = board.supports.get(note_id, Map())
    if support.on is (who in supporters):
        return board
    after = supporters.set(who, support.mode) if support.on else supporters.delete(who)
    return changed(board, supports=board.supports.set(note_id, after))
