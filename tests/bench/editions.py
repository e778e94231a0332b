"""How long everybody's editions take, and the record as a spreadsheet of many rows."""

import random
import time
from dataclasses import replace
from pathlib import Path

from core.base.ids import ContributorId, DeskId, NoteId, ThemeId, new_id
from core.domain.commands import MakeWorkshop, MoveNotes, NewTheme
from core.record.plan import plan
from core.record.workbook import make_workbook
from core.record.writing import write
from core.session import Session
from core.store.reader import read_board
from tests.bench.rows import Row
from tests.bench.workshops import CODE, said

SECONDS = {65: 20.0, 500: 150.0}
NOTES_EACH = {65: 3, 500: 1}
ROWS, ROWS_SECONDS = 50_000, 10.0
THEMES = 8


def measure(folder: Path, people: tuple[int, ...] = tuple(SECONDS)) -> list[Row]:
    """The rows of the bench, for so many people."""
    made = {count: workshop(folder / f"editions-{count}.sayback", count) for count in people}
    rows = [_editions(path, folder / f"out-{count}", count) for count, path in made.items()]
    return [*rows, _spreadsheet(next(iter(made.values())))]


def workshop(path: Path, people: int) -> Path:
    """Each of so many people said as much as the others; all of it is in themes."""
    chance = random.Random(1)
    made = MakeWorkshop(title="Our town", questions=("What should change?",), code=CODE, promise="We will answer.")
    session = Session.create(path, made, DeskId(new_id()))
    try:
        question = session.board.questions_in_order()[0].id
        contributors = [ContributorId(new_id()) for _ in range(people)]
        saying = [said(session, question, chance, who) for who in contributors for _ in range(NOTES_EACH[people])]
        for future in [session.submit(event) for event in saying]:
            future.result()
        ids = [NoteId(event.subject) for event in saying]
        for number in range(THEMES):
            theme = ThemeId(new_id())
            session.do(NewTheme(question, f"Theme {number + 1}", theme_id=theme)).result()
            session.do(MoveNotes(tuple(ids[number::THEMES]), theme)).result()
    finally:
        session.close(60)
    return path


def _editions(path: Path, out: Path, people: int) -> Row:
    began = time.perf_counter()
    written = write(path, out, [], with_editions=True)
    assert len(written.files) == 2 * people
    notes = NOTES_EACH[people] * people
    return Row(
        what=f"{people} editions of {notes:,} notes", figure=time.perf_counter() - began, unit="s", goal=SECONDS[people]
    )


def _spreadsheet(path: Path) -> Row:
    """The same notes again and again, as many rows as no workshop has had."""
    record = plan(read_board(path))
    (question,) = record.questions
    theme = question.themes[0]
    cards = (theme.cards * (ROWS // len(theme.cards) + 1))[:ROWS]
    large = replace(record, questions=(replace(question, themes=(replace(theme, cards=cards),)),))
    began = time.perf_counter()
    make_workbook(large)
    return Row(what=f"spreadsheet of {ROWS:,} rows", figure=time.perf_counter() - began, unit="s", goal=ROWS_SECONDS)
