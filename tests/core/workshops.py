"""Workshops on real files, for tests of the session and the store."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import Context
from datetime import datetime, timedelta
from pathlib import Path

from core.base import language
from core.base.clock import Clock
from core.base.ids import ContributorId, DeskId, NoteId, QuestionId, WorkshopId, new_id
from core.domain.commands import MakeWorkshop, SayNote
from core.domain.events import Author
from core.session import Saved, Session
from core.store.memory import Memory
from tests.core.table import NOON, name_of, person

SECONDS = 10.0
"""How long a test waits for what must come; it never does where nothing is wrong."""
PARK = MakeWorkshop(title="The park", questions=("What would make this park yours?", "What else?"), code="ABC234")
ANN, BEN = DeskId(name_of("Ann")), DeskId(name_of("Ben"))


def speaking(code: str) -> Context:
    """What runs in it is somebody's whose desk speaks this language."""
    somebodys = Context()
    somebodys.run(language.use, code)
    return somebodys


class Clockwork:
    """A clock that goes on by a second each time somebody looks. `stop` makes the writer wait when it looks."""

    def __init__(self) -> None:
        self._now = NOON
        self._going = threading.Event()
        self._going.set()
        self.writer_waits = threading.Event()

    def __call__(self) -> datetime:
        if threading.current_thread().name == "sayback-writer" and not self._going.is_set():
            self.writer_waits.set()
            assert self._going.wait(SECONDS)
        self._now += timedelta(seconds=1)
        return self._now

    def stop(self) -> None:
        self.writer_waits.clear()
        self._going.clear()

    def go_on(self) -> None:
        self._going.set()


class Remembered:
    """The memory of a desk, in a dictionary."""

    def __init__(self) -> None:
        self.heads: dict[WorkshopId, int] = {}

    def recall(self, workshop: WorkshopId) -> int:
        return self.heads.get(workshop, 0)

    def remember(self, workshop: WorkshopId, seq: int) -> None:
        self.heads[workshop] = max(seq, self.heads.get(workshop, 0))


@contextmanager
def made(path: Path, *, clock: Clock | None = None, memory: Memory | None = None) -> Iterator[Session]:
    """A new workshop, closed when the test is done with it."""
    session = Session.create(path, PARK, ANN, clock=clock or Clockwork(), memory=memory)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def opened(
    path: Path, desk: DeskId = ANN, *, clock: Clock | None = None, memory: Memory | None = None, is_home: bool = True
) -> Iterator[Session]:
    """A workshop opened again, closed when the test is done with it."""
    session = Session.open(path, desk, clock=clock or Clockwork(), memory=memory, is_home=is_home)
    try:
        yield session
    finally:
        session.close()


def first_question(session: Session) -> QuestionId:
    return session.board.questions_in_order()[0].id


def note(session: Session, text: str, *, by: str | None = "Ada", id: str | None = None) -> SayNote:
    contributor: ContributorId | None = person(by) if by else None
    return SayNote(question=first_question(session), text=text, contributor=contributor, note_id=NoteId(id or new_id()))


def say(session: Session, text: str, *, by: str | None = "Ada", id: str | None = None) -> Saved:
    """A contributor's note as the web sends it: signed by the contributor (nobody's: by the desk)."""
    author = Author(session.desk, person(by)) if by else None
    return session.do(note(session, text, by=by, id=id), author).result(SECONDS)


def rows(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """What is on disk, by a connection of its own that only reads."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def texts_on_disk(path: Path) -> list[str]:
    return [str(text) for (text,) in rows(path, "SELECT text FROM words ORDER BY text")]


def everything_on_disk(folder: Path) -> bytes:
    """Every byte of every file in a folder and in those below it."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
