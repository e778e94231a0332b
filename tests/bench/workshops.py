"""Workshops of any size, made the way phones make them: through the session, from many contributors."""

import random
from pathlib import Path

from core.base.ids import ContributorId, DeskId, NoteId, QuestionId, ThemeId, new_id
from core.domain.commands import MakeWorkshop, MoveNotes, NewTheme, SayNote
from core.domain.events import Author, NewEvent, sign
from core.session import Session

CODE = "BENCH2"
TEXT = (
    "we need more places where people can meet the bus comes too late on Sunday nobody answers the phone at the "
    "surgery a bench by the school and light on the path would help my mother who cannot walk far"
)
WORDS = TEXT.split()
SHARE_IN_THEMES = 0.6
THEMES = 8


def make_workshop(path: Path, notes: int = 0, seed: int = 1) -> Path:
    """A workshop with one question; about six notes in ten lie in eight themes. The same seed, the same words."""
    desk = DeskId(new_id())
    made = MakeWorkshop(title="Our town", questions=("What should change?",), code=CODE, promise="We will answer.")
    session = Session.create(path, made, desk)
    try:
        fill(session, notes, random.Random(seed))
    finally:
        session.close(60)
    return path


def fill(session: Session, notes: int, chance: random.Random) -> None:
    """Say the notes, each contributor three of them, then group them."""
    question = session.board.questions_in_order()[0].id
    people = [ContributorId(new_id()) for _ in range(max(1, notes // 3))]
    saying = [said(session, question, chance, chance.choice(people)) for _ in range(notes)]
    for future in [session.submit(event) for event in saying]:
        future.result()
    ids = [NoteId(event.subject) for event in saying][: int(notes * SHARE_IN_THEMES)]
    for number in range(THEMES if ids else 0):
        theme = ThemeId(new_id())
        session.do(NewTheme(question, f"Theme {number + 1}", theme_id=theme)).result()
        session.do(MoveNotes(tuple(ids[number::THEMES]), theme)).result()


def said(session: Session, question: QuestionId, chance: random.Random, person: ContributorId) -> NewEvent:
    """One note of 4 to 30 words."""
    text = " ".join(chance.choices(WORDS, k=chance.randint(4, 30)))
    say = SayNote(question=question, text=text, contributor=person, note_id=NoteId(new_id()))
    board = session.board
    made_at = board.workshop.made_at if board.workshop else None
    assert made_at is not None
    return sign(say.drafts(board), Author(session.desk, person), board.seen, made_at)[0]
