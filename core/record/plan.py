"""From the board to what its record says: pure, and the same board gives the same record."""

from collections import Counter
from datetime import UTC, date, tzinfo

from core.domain.board import Board, Note, NoteState, Question, Theme
from core.domain.events import Mode, Reason
from core.record.model import Card, Cover, Headcount, NotShown, QuestionPart, Record, ThemePart, Way


def plan(board: Board, zone: tzinfo | None = UTC) -> Record:
    """The record of a board. `zone` decides which day it was; None is the zone of this machine."""
    questions = board.questions_in_order()
    return Record(
        language=board.workshop.language if board.workshop else "en",
        cover=_cover(board, zone),
        people=Headcount.of(sum(board.people.values())),
        ways=_ways(board),
        balance=board.balance,
        questions=tuple(_question(board, each, number, zone) for number, each in enumerate(questions, 1)),
        hidden=_hidden(board),
    )


def day_of(note: Note, zone: tzinfo | None) -> date:
    """The day a note was said. Phones' clocks may be wrong, so ours counts, but for what was said long before."""
    moment = note.said.said_at if note.mode is Mode.IMPORTED else note.said.received_at
    return moment.astimezone(zone).date()


def _cover(board: Board, zone: tzinfo | None) -> Cover:
    shop = board.workshop
    days = [day_of(note, zone) for note in board.notes.values()]
    made = shop.made_at.astimezone(zone).date() if shop else date(1970, 1, 1)
    return Cover(
        title=board.title(),
        purpose=board.text(shop.purpose) if shop else "",
        promise=board.text(shop.promise) if shop else "",
        host=board.text(shop.host) if shop else "",
        venue=board.text(shop.venue) if shop else "",
        first_day=min(days, default=made),
        last_day=max(days, default=made),
    )


def _ways(board: Board) -> tuple[Way, ...]:
    """The ways that anyone took, in the order of `Mode`."""
    notes = Counter(note.mode for note in board.notes.values() if note.is_on_board)
    return tuple(
        Way(mode=mode, people=Headcount.of(board.people.get(mode, 0)), notes=notes[mode])
        for mode in Mode
        if board.people.get(mode) or notes[mode]
    )


def _question(board: Board, question: Question, number: int, zone: tzinfo | None) -> QuestionPart:
    found = [(theme, board.notes_in(theme.id)) for theme in board.themes_of(question.id)]
    ranked = sorted(found, key=_largest_first)
    return QuestionPart(
        number=number,
        words=board.text(question.words),
        themes=tuple(
            ThemePart(
                rank=rank, name=board.text(theme.name), colour=theme.colour, cards=_cards(board, notes, zone)
            )
            for rank, (theme, notes) in enumerate(ranked, 1)
        ),
        alone=_cards(board, board.loose_notes(question.id), zone),
    )


def _largest_first(found: tuple[Theme, list[Note]]) -> tuple[int, int, str]:
    theme, notes = found
    return -len(notes), theme.arrival, theme.id


def _cards(board: Board, notes: list[Note], zone: tzinfo | None) -> tuple[Card, ...]:
    return tuple(Card(text=board.text_of(note), mode=note.mode, day=day_of(note, zone)) for note in notes)


def _hidden(board: Board) -> tuple[NotShown, ...]:
    """The reasons that were given, in the order of `Reason`."""
    hidden = (note for note in board.notes.values() if note.state is NoteState.HIDDEN)
    count = Counter(note.standing.reason or Reason.OTHER for note in hidden)
    return tuple(NotShown(reason=reason, notes=count[reason]) for reason in Reason if count[reason])
