"""From the board to what its record says: pure, and the same board gives the same record."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo

from core.base.ids import NoteId, PictureHash, ThemeId
from core.base.pictures import Picture
from core.domain.board import Board, Note, NoteState, Theme
from core.domain.course import Question, Round
from core.domain.tallies import ByHand, by_hand, counted
from core.domain.terms import CountWay, Mode, Reason, VoteOn
from core.record.model import (
    Card,
    Cover,
    Headcount,
    NotShown,
    PledgePart,
    QuestionPart,
    Record,
    ThemePart,
    VoteLine,
    Way,
)

Drawn = Mapping[PictureHash, Picture]
NO_PICTURES: Drawn = {}


def plan(board: Board, zone: tzinfo | None = UTC, pictures: Drawn = NO_PICTURES) -> Record:
    """The record of a board. `zone` decides which day it was; None is the zone of this machine. `pictures` are those
    of the notes, as far as they are at hand."""
    questions = board.questions_in_order()
    return Record(
        language=board.workshop.language if board.workshop else "en",
        cover=_cover(board, zone),
        people=Headcount.of(sum(board.people.values())),
        ways=_ways(board),
        balance=board.balance,
        questions=tuple(_question(board, each, number, zone, pictures) for number, each in enumerate(questions, 1)),
        hidden=_hidden(board),
        pledges=_pledges(board),
    )


def day_of(note: Note, made_at: datetime, zone: tzinfo | None) -> date:
    """The day a note was said, by its author's clock: but not before the workshop began nor after the note came in,
    since phones' clocks may be wrong. What was brought in from a table may be older."""
    said = note.said.said_at
    moment = said if note.mode is Mode.IMPORTED else min(max(said, made_at), note.said.received_at)
    return moment.astimezone(zone).date()


def _cover(board: Board, zone: tzinfo | None) -> Cover:
    shop = board.workshop
    began = _began(board)
    days = [day_of(note, began, zone) for note in board.notes.values()]
    made = began.astimezone(zone).date()
    return Cover(
        title=board.title(),
        purpose=board.text(shop.purpose) if shop else "",
        promise=board.text(shop.promise) if shop else "",
        host=board.text(shop.host) if shop else "",
        venue=board.text(shop.venue) if shop else "",
        first_day=min(days, default=made),
        last_day=max(days, default=made),
    )


def _began(board: Board) -> datetime:
    """When the workshop was made; long ago where nobody made one."""
    return board.workshop.made_at if board.workshop else datetime(1970, 1, 2, tzinfo=UTC)


def _ways(board: Board) -> tuple[Way, ...]:
    """The ways that anyone took, in the order of `Mode`."""
    notes = Counter(note.mode for note in board.notes.values() if note.is_on_board)
    return tuple(
        Way(mode=mode, people=Headcount.of(board.people.get(mode, 0)), notes=notes[mode])
        for mode in Mode
        if board.people.get(mode) or notes[mode]
    )


def _question(
    board: Board, question: Question, number: int, zone: tzinfo | None, pictures: Drawn
) -> QuestionPart:
    found = [(theme, board.notes_in(theme.id)) for theme in board.themes_of(question.id)]
    ranked = sorted(found, key=_largest_first)
    return QuestionPart(
        number=number,
        words=board.text(question.words),
        themes=tuple(
            ThemePart(
                rank=rank, name=board.text(theme.name), colour=theme.colour,
                cards=_cards(board, notes, zone, pictures),
            )
            for rank, (theme, notes) in enumerate(ranked, 1)
        ),
        alone=_cards(board, board.loose_notes(question.id), zone, pictures),
        votes=_votes(board, question),
    )


def _largest_first(found: tuple[Theme, list[Note]]) -> tuple[int, int, str]:
    theme, notes = found
    return -len(notes), theme.arrival, theme.id


def _cards(board: Board, notes: list[Note], zone: tzinfo | None, pictures: Drawn) -> tuple[Card, ...]:
    began = _began(board)
    return tuple(
        Card(
            text=board.text_of(note), mode=note.mode, day=day_of(note, began, zone),
            picture=pictures.get(note.picture) if note.picture else None,
        )
        for note in notes
    )  # fmt: skip


def _votes(board: Board, question: Question) -> tuple[tuple[VoteLine, ...], ...]:
    """The rounds that are closed and in which somebody voted."""
    closed = (each for each in board.rounds_in_order() if not board.is_round_open(each.id))
    rounds = (_round(board, each) for each in closed if each.question == question.id)
    return tuple(lines for lines in rounds if lines)


def _round(board: Board, vote: Round) -> tuple[VoteLine, ...]:
    phones, ways = counted(board, vote.id).dots, by_hand(board, vote.id)
    hands, dots = (ways.get(way, ByHand()).dots for way in (CountWay.HANDS, CountWay.DOTS))
    lines = (
        VoteLine(
            words=_voted_on(board, vote, target), phones=phones.get(target, 0), hands=hands.get(target, 0),
            dots=dots.get(target, 0),
        )
        for target in {*phones, *hands, *dots}
    )  # fmt: skip
    return tuple(sorted((line for line in lines if line.words), key=lambda line: (-line.all, line.words)))


def _voted_on(board: Board, vote: Round, target: str) -> str:
    """The words of a theme, or of a note that is on the board; empty for any other."""
    if vote.on is VoteOn.THEMES:
        theme = board.themes.get(ThemeId(target))
        return board.text(theme.name) if theme is not None and not theme.removed else ""
    note = board.notes.get(NoteId(target))
    return " ".join(board.text_of(note).split()) if note is not None and note.is_on_board else ""


def _pledges(board: Board) -> tuple[PledgePart, ...]:
    """In their order; without those whose words are not at hand."""
    listed = (pledge for _id, pledge in board.pledge_list() if board.text(pledge.what))
    return tuple(
        PledgePart(
            what=board.text(pledge.what), who=board.text(pledge.who),
            by=date.fromordinal(pledge.by) if pledge.by else None,
        )
        for pledge in listed
    )  # fmt: skip


def _hidden(board: Board) -> tuple[NotShown, ...]:
    """The reasons that were given, in the order of `Reason`."""
    hidden = (note for note in board.notes.values() if note.state is NoteState.HIDDEN)
    count = Counter(note.standing.reason or Reason.OTHER for note in hidden)
    return tuple(NotShown(reason=reason, notes=count[reason]) for reason in Reason if count[reason])
