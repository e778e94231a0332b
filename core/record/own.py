"""Whose editions there are, and what each says first: its contributor's notes, and where they landed."""

from dataclasses import replace
from datetime import UTC, tzinfo

from core.base.ids import ContributorId
from core.domain.board import Board, Note, NoteState
from core.domain.bodies import NoteHidden
from core.domain.replies import answers
from core.domain.terms import VoteOn
from core.record import voted
from core.record.model import Answer, Edition, OwnNote, Record
from core.record.options import PLAIN, Options
from core.record.plan import NAMED, NO_PICTURES, Drawn, answer_to, plan

WORDLESS = (NoteState.WITHDRAWN, NoteState.ERASED)


def contributors(board: Board) -> list[ContributorId]:
    """Everybody who has an edition, in a steady order: who wrote, or took part in another way, and was not erased. Who
    wrote as nobody left nothing by which they could be found."""
    took_part = (who for who, mode in board.joined.items() if mode is not None)
    return sorted({*board.by_contributor, *took_part} - set(board.erased))


def edition(
    board: Board, who: ContributorId, zone: tzinfo | None = UTC, pictures: Drawn = NO_PICTURES,
    options: Options = PLAIN,
) -> Record:  # fmt: skip
    """Somebody's own copy of the record. Their own notes are all in it, also those that nobody else may see."""
    record = plan(board, zone, pictures, options, who)
    notes = board.notes_by(who)
    shown = board.shown(who)
    mine = Edition(
        name=board.text(shown.name) if shown.naming in NAMED else "",
        notes=tuple(_own(board, note, pictures) for note in notes),
        themes=tuple(dict.fromkeys(theme for note in notes if (theme := _theme_name(board, note)))),
    )
    return replace(record, edition=mine)


def _own(board: Board, note: Note, pictures: Drawn) -> OwnNote:
    theme = board.theme_of(note) if note.is_on_board else None
    has_words = note.state not in WORDLESS
    several = len(board.questions) > 1
    asked = board.questions.get(note.question)
    return OwnNote(
        text=board.text_of(note) if has_words else "",
        state=note.state,
        question=board.text(asked.words) if several and asked else "",
        theme=_theme_name(board, note),
        colour=theme.colour if theme else None,
        votes=_votes(board, note),
        reason=note.standing.reason if note.state is NoteState.HIDDEN else None,
        why=_why_hidden(board, note),
        late=note.late,
        answers=_answers(board, note) if has_words else (),
        picture=pictures.get(note.picture) if note.picture and has_words else None,
    )


def _answers(board: Board, note: Note) -> tuple[Answer, ...]:
    """The nearest first: to the note itself, to the one it is shown with, to its theme."""
    found = (answer_to(board, subject) for subject in answers(board, note))
    return tuple(answer for answer in found if answer is not None)


def _theme_name(board: Board, note: Note) -> str:
    theme = board.theme_of(note) if note.is_on_board else None
    return board.text(theme.name) if theme else ""


def _votes(board: Board, note: Note) -> int:
    found = voted.newest(voted.rounds(board, note.question), VoteOn.NOTES)
    return found.get(note.id, 0) if found and note.is_on_board else 0


def _why_hidden(board: Board, note: Note) -> str:
    """What the team typed to its writer; empty for none."""
    body = note.shown_by.body if note.shown_by and note.state is NoteState.HIDDEN else None
    return board.text(body.words) if isinstance(body, NoteHidden) else ""
