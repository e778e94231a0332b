"""The two engines that keep a log, a file and PostgreSQL, behind one door: what a test says of one holds for both."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import psycopg

from core.base.clock import Clock
from core.base.ids import DeskId, WorkshopId
from core.base.names import free_path
from core.domain.commands import MakeWorkshop
from core.session import Parcel, Session
from core.store.postgres.book import SharedBook
from core.store.postgres.database import Database
from core.store.postgres.storage import SharedStorage
from tests.core.workshops import ANN, PARK, SECONDS, Clockwork, made, opened

EVERYTHING = 100_000


class Engine(Protocol):
    """Keeps one workshop."""

    def opened(self, desk: DeskId = ANN, *, clock: Clock | None = None) -> AbstractContextManager[Session]:
        """The workshop at the home of its order, until the test is done with it; made at the first time."""


@dataclass
class InAFile:
    path: Path

    @contextmanager
    def opened(self, desk: DeskId = ANN, *, clock: Clock | None = None) -> Iterator[Session]:
        with (opened if self.path.exists() else made)(self.path, clock=clock) as session:
            yield session


@dataclass
class InADatabase:
    """Each opening is an instance of its own, with its own connections."""

    address: str
    parcel: Parcel = field(default_factory=Parcel)
    connecting: Callable[[str], Database] = Database

    @property
    def workshop(self) -> WorkshopId:
        return self.parcel.events[0].workshop

    def brings(self, folder: Path, workshop: MakeWorkshop = PARK) -> None:
        """A desk has made it and brings it."""
        with closing(Session.create(folder / "brought.sayback", workshop, ANN, clock=Clockwork())) as session:
            self.parcel = session.parcels.after(0, EVERYTHING)
        with self.opened() as session:
            session.take(self.parcel.events, self.parcel.words).result(SECONDS)

    @contextmanager
    def opened(self, desk: DeskId = ANN, *, clock: Clock | None = None) -> Iterator[Session]:
        database = self.connecting(self.address)
        database.open()
        try:
            database.execute("SELECT sayback.make(%s)", (self.workshop,))
            storage = SharedStorage(database, self.workshop)
            with closing(Session.begun(SharedBook(storage.log, desk), storage, clock or Clockwork())) as session:
                yield session
        finally:
            database.close()



    @contextmanager
    def owner(self) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """As who may do everything there, to break things."""
        with psycopg.connect(self.address, user="postgres", autocommit=True) as connection:
            yield connection


def copy_of(session: Session, folder: Path) -> Path:
    """A file with all that is kept of the workshop, whatever keeps it."""
    return session.save_copy(free_path(folder, "copy", ".sayback")).result(SECONDS)
