"""Workshops of any size, made the way phones make them: through the session, from many contributors."""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from core.base.ids import ContributorId, DeskId, NoteId, OriginId, QuestionId, ThemeId, WorkshopId, new_id
from core.domain import codec
from core.domain.commands import MakeWorkshop, MoveNotes, NewTheme, SayNote
from core.domain.events import Author, Event, NewEvent, State, sign
from core.session import Row, Session, to_row
from core.store import seal
from core.store.log import Log
from core.store.rows import chain_hash

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


def poured(path: Path, notes: int, seed: int = 1) -> Path:
    """The same without themes and past the session, which would take longer than all that is measured then: the rows
    are those that it would have written."""
    session = Session.open(make_workshop(path), DeskId(new_id()))
    try:
        chance, question = random.Random(seed), session.board.questions_in_order()[0].id
        people = [ContributorId(new_id()) for _ in range(max(1, notes // 3))]
        events = [said(session, question, chance, chance.choice(people)) for _ in range(notes)]
        head, workshop = session.board.seen.seq, session.workshop_id
    finally:
        session.close(60)
    seal.take_off(path)
    with closing(Log(path)) as log, log.transaction():
        origin = OriginId(new_id())
        log.note_opening(origin, session.desk, is_home=True)
        log.insert(placed(events, workshop, origin, head), [words for event in events for words in event.words])
    return path


def placed(events: Sequence[NewEvent], workshop: WorkshopId, origin: OriginId, head: int) -> Iterator[Row]:
    """The rows of these events, one after another in the chain of one origin, numbered after `head`."""
    digest = ""
    for number, event in enumerate(events, 1):
        row = to_row(Event(
            id=event.id, workshop=workshop, origin=origin, origin_seq=number, desk=event.author.desk,
            actor=event.author.actor, act=event.act, subject=event.subject, body=event.body, base=event.base,
            said_at=event.said_at, received_at=event.said_at, hash="", schema=codec.SCHEMA, seq=head + number,
            state=State.CONFIRMED,
        ))  # fmt: skip
        digest = chain_hash(digest, row)
        yield row._replace(hash=digest)


def said(session: Session, question: QuestionId, chance: random.Random, person: ContributorId) -> NewEvent:
    """One note of 4 to 30 words."""
    text = " ".join(chance.choices(WORDS, k=chance.randint(4, 30)))
    say = SayNote(question=question, text=text, contributor=person, note_id=NoteId(new_id()))
    board = session.board
    made_at = board.workshop.made_at if board.workshop else None
    assert made_at is not None
    return sign(say.drafts(board), Author(session.desk, person), board.seen, made_at)[0]
