"""The rules of votes, support, names, and of how a workshop is run: what of it may not be done (see `rules.py`)."""

from core.base.errors import NotThere, NoVotesLeft, Refused, VotingClosed
from core.base.ids import BackId, ContributorId, NoteId, PledgeId, RoundId, ThemeId, WordsHash
from core.base.language import _
from core.domain.board import Board
from core.domain.bodies import NoteSupported, RoundMade, SlipsMade, VoteCast
from core.domain.course import Round
from core.domain.events import NewEvent
from core.domain.registers import (
    DeskPlaced,
    EasySet,
    NoteMarked,
    NoteMerged,
    PersonSeated,
    PersonShown,
    PledgeSet,
    QuestionOpened,
    QuestionRevealed,
    QuestionSet,
    QuestionWorded,
    ReplyGiven,
    StepSet,
    VenueSet,
    VenuesJoined,
    VotesCounted,
    WorkshopDescribed,
)
from core.domain.terms import ONLINE, Count, Reply, Status, Venue, VoteOn
from core.domain.words import ANSWER_LIMIT, LINE_LIMIT, NAME_LIMIT, Words

DOTS_AT_MOST = 50
SLIPS_AT_MOST = 2_000
MINUTES_AT_MOST = 24 * 60
TABLES_AT_MOST = 999
COUNTED_AT_MOST = 100_000
WRITTEN_LIMIT = 2_000
VENUE_LIMIT = 60


def check(board: Board, event: NewEvent) -> None:
    """Raise a `Refused` where this may not happen on this board."""
    match event.body:
        case VoteCast():
            _check_vote(board, event, event.body)
        case NoteSupported():
            _check_support(board, NoteId(event.subject))
        case PersonShown():
            _check_name(event, event.body)
        case VenueSet() | DeskPlaced():
            _check_venues(board, event)
        case QuestionSet() | QuestionRevealed() | QuestionOpened() | VenuesJoined():
            if event.subject not in board.questions:
                raise NotThere
            _check_length(event.words, LINE_LIMIT)
        case NoteMarked() | NoteMerged():
            _check_live_question(board, event)
        case ReplyGiven(to=reply):
            _check_reply(board, event, reply)
        case WorkshopDescribed() | QuestionWorded() | PersonSeated() | PledgeSet() | VotesCounted() | EasySet():
            _check_written(board, event)
        case _:
            _check_running(board, event)


def _check_venues(board: Board, event: NewEvent) -> None:
    match event.body:
        case VenueSet(to=venue) if venue is not None:
            _check_venue(event, venue)
        case DeskPlaced(to=at) if at is not None and at not in board.venues and at != ONLINE:
            raise NotThere


def _check_venue(event: NewEvent, venue: Venue) -> None:
    _check_said(venue.name, event.words)
    _check_length(event.words, VENUE_LIMIT)
    if not 0 <= venue.people <= COUNTED_AT_MOST:
        raise Refused(
            _("That number does not work."), _("Give a number from 0 to {n}.").format(n=COUNTED_AT_MOST)
        )


def _check_written(board: Board, event: NewEvent) -> None:
    """What is typed at the desk about the workshop, its questions, its people."""
    match event.body:
        case WorkshopDescribed(to=details):
            _check_said(details.title, event.words)
        case QuestionWorded(to=words):
            if event.subject not in board.questions:
                raise NotThere
            _check_said(words, event.words)
        case PledgeSet(to=pledge) if pledge is not None:
            _check_said(pledge.what, event.words)
        case EasySet(to=line) if line is not None:
            _check_said(line.words, event.words)
        case PersonSeated(to=table) if table is not None and not 1 <= table <= TABLES_AT_MOST:
            raise Refused(_("There is no such table."), _("Give a number from 1 to {n}.").format(n=TABLES_AT_MOST))
        case VotesCounted(to=count) if count is not None:
            _check_count(board, count)


def _check_said(needed: WordsHash, words: tuple[Words, ...]) -> None:
    """What must have words has some, and nothing goes on without end."""
    if any(each.hash == needed and not each.text for each in words):
        raise Refused(_("There are no words yet."), _("Type them first."))
    _check_length(words, WRITTEN_LIMIT)


def _check_count(board: Board, count: Count) -> None:
    made = board.rounds.get(count.round)
    if made is None or not 0 <= count.table <= TABLES_AT_MOST:
        raise NotThere
    numbers = (count.voters, *(number for _target, number in count.dots))
    if not all(0 <= number <= COUNTED_AT_MOST for number in numbers):
        raise Refused(
            _("That number does not work."), _("Give a number from 0 to {n}.").format(n=COUNTED_AT_MOST)
        )
    if not all(_can_be_voted_on(board, made, target) for target, _number in count.dots):
        raise NotThere


def _check_running(board: Board, event: NewEvent) -> None:
    match event.body:
        case RoundMade(question=question, dots=dots):
            if question not in board.questions:
                raise NotThere
            if not 1 <= dots <= DOTS_AT_MOST:
                raise Refused(
                    _("That number of votes does not work."),
                    _("Give each person 1 to {n} votes.").format(n=DOTS_AT_MOST),
                )
        case StepSet(to=step) if step is not None:
            _check_length(event.words, LINE_LIMIT)
            if not 0 <= step.minutes <= MINUTES_AT_MOST:
                raise Refused(_("That step is too long."), _("A step takes a day at most."))
        case SlipsMade(people=people):
            if len(people) > SLIPS_AT_MOST:
                raise Refused(
                    _("That is too many slips at once."), _("Make {n} at most.").format(n=SLIPS_AT_MOST)
                )


def _check_vote(board: Board, event: NewEvent, vote: VoteCast) -> None:
    made = board.rounds.get(RoundId(event.subject))
    if made is None or not _can_be_voted_on(board, made, vote.target):
        raise NotThere
    if not board.is_round_open(made.id) or board.is_ended:
        raise VotingClosed
    mine = board.votes_by(made.id, ContributorId(event.author.actor))
    elsewhere = sum(dots for target, dots in mine.items() if target != vote.target)
    if not 0 <= vote.dots <= made.dots - elsewhere:
        raise NoVotesLeft


def _can_be_voted_on(board: Board, made: Round, target: str) -> bool:
    if made.on is VoteOn.THEMES:
        theme = board.themes.get(ThemeId(target))
        return theme is not None and not theme.removed and theme.question == made.question
    note = board.notes.get(NoteId(target))
    return note is not None and note.question == made.question and board.is_seen_by_all(note)


def _check_support(board: Board, note_id: NoteId) -> None:
    note = board.notes.get(note_id)
    if note is None or not board.is_seen_by_all(note) or not board.asking(note.question).live:
        raise NotThere


def _check_live_question(board: Board, event: NewEvent) -> None:
    note = board.notes.get(NoteId(event.subject))
    if note is None or note.erased:
        raise NotThere
    body = event.body
    if isinstance(body, NoteMerged) and body.to is not None:
        into = board.notes.get(body.to)
        if into is None or into.erased or into.question != note.question or into.id == note.id:
            raise NotThere


def _check_reply(board: Board, event: NewEvent, reply: Reply | None) -> None:
    """A reply is to something that is there, and says something; a no says why."""
    if not _can_be_replied_to(board, event.subject):
        raise NotThere
    _check_length(event.words, ANSWER_LIMIT)
    if reply is None:
        return
    if reply.status is Status.CANNOT and reply.because is None:
        raise Refused(
            _("A “cannot” needs a reason."), _("Say why, in plain words: people can live with a no that has a reason.")
        )
    if reply.text is None and reply.because is None:
        raise Refused(_("There are no words in your reply yet."), _("Say what you will do, or why you cannot."))


def _can_be_replied_to(board: Board, subject: str) -> bool:
    note, theme = board.notes.get(NoteId(subject)), board.themes.get(ThemeId(subject))
    if note is not None:
        return not note.erased
    if theme is not None:
        return not theme.removed
    return PledgeId(subject) in board.pledges or BackId(subject) in board.backs


def _check_name(event: NewEvent, body: PersonShown) -> None:
    if event.subject != event.author.actor and event.is_by_contributor:
        raise NotThere
    if body.to.name is not None:
        if not any(each.text for each in event.words):
            raise Refused(_("There is no name yet."), _("Type a name, or choose no name."))
        _check_length(event.words, NAME_LIMIT)


def _check_length(words: tuple[Words, ...], most: int) -> None:
    for each in words:
        if len(each.text) > most:
            raise Refused(
                _("That is too long."), _("Make it shorter: {n} letters at most.").format(n=most)
            )
