"""A workshop of an online home that is kept in the database, with all that lies beside its log."""

from collections.abc import Callable, Collection
from contextlib import closing
from datetime import datetime
from pathlib import Path

from core.base.errors import AlreadyThere, WorkshopError
from core.base.ids import ContributorId, NoteId, PictureHash, WordsHash, WorkshopId
from core.base.language import _
from core.base.pictures import Picture
from core.domain.events import Event
from core.store.deliveries import Deliveries
from core.store.log import Log
from core.store.parcels import Outgoing
from core.store.pictures import Pictures
from core.store.postgres.beside import SharedContacts, SharedPictures
from core.store.postgres.database import Database
from core.store.postgres.log import ALL, SELECT, STEADY, TEXTS, PostgresLog
from core.store.postgres.parcels import SharedParcels, words_of
from core.store.rows import Row, to_event

PAST = f"{SELECT} AND seq IS NOT NULL ORDER BY seq DESC LIMIT %s"
PAST_ABOUT = f"""{SELECT} AND seq IS NOT NULL AND act IN (
    SELECT act FROM sayback.event WHERE workshop = %s AND subject = %s) ORDER BY seq DESC LIMIT %s"""  # noqa: S608


class NoLettersHere(WorkshopError):
    """Letters go out from a desk."""

    def __init__(self) -> None:
        super().__init__(_("The online home sends no letters."), _("Send them from your desk."))


class SharedStorage:
    """What `Storage` promises. Letters go out from a desk, so what became of them is not kept here; back-ups are those
    of the database."""

    def __init__(self, database: Database, workshop: WorkshopId) -> None:
        self.path = Path(workshop).with_suffix(".sayback")
        self.log = PostgresLog(database, workshop)
        self.contacts = SharedContacts(database, workshop)
        self.pictures = SharedPictures(database, workshop)
        self._database, self._workshop = database, workshop

    @property
    def letters(self) -> Deliveries:
        """Raises NoLettersHere."""
        raise NoLettersHere

    def parcels(self, generation: Callable[[], int]) -> Outgoing:
        """What can be sent of the log."""
        return SharedParcels(self._database, self._workshop, self.pictures, generation)

    def picture(self, digest: PictureHash) -> Picture | None:
        """A picture, from any thread; None where it is not there. Raises NotSaved."""
        return self.pictures.read(digest)

    def past(self, most: int, about: NoteId | None) -> list[Event]:
        """The newest events in order; only of acts that were about a note where one is given. Raises NotSaved."""
        if about is None:
            found = self._database.execute(PAST, (self._workshop, most))
        else:
            found = self._database.execute(PAST_ABOUT, (self._workshop, self._workshop, about, most))
        return [to_event(Row(*row)) for row in reversed(found)]

    def note_change(self) -> None:
        """Back-ups are the database's own."""

    def collect(self, workshop: WorkshopId, contributor: ContributorId, at: datetime) -> None:
        """Without a round of letters there is nothing yet that was answered."""

    def forget_people(self, erased: Collection[ContributorId]) -> None:
        """Their addresses are not left. Raises NotSaved."""
        self.contacts.forget(erased)

    def forget_words(self, gone: Collection[WordsHash], erasures: list[Event], named: Collection[PictureHash]) -> None:
        """The pictures that only erased people sent. Raises NotSaved."""
        self.pictures.drop({str(each) for each in gone} - {*named})

    def tidy(self, named: Collection[PictureHash]) -> None:
        """What a crash may have left. Raises NotSaved."""
        self.pictures.sweep(named)

    def bring_together(self) -> None:
        """It lies together."""

    def save_copy(self, target: Path, now: datetime) -> None:
        """All but people's addresses, as the file of a desk. Raises AlreadyThere, NotSaved."""
        if target.exists():
            raise AlreadyThere(
                _("There is a file of this name already. Nothing was changed."), _("Choose another name.")
            )
        with self._database.transaction(STEADY) as connection:
            rows = [Row(*row) for row in connection.execute(ALL, (self._workshop,))]
            words = connection.execute(TEXTS, (self._workshop,)).fetchall()
        with closing(Log.create(target.absolute())) as log, log.transaction():
            log.insert(rows, map(words_of, words))
        with closing(Pictures(target)) as pictures:
            pictures.bring(self.pictures.all())

    def remove(self) -> None:
        """What was made of it stays: it may be another instance's by now."""

    def close(self, timeout: float) -> None:
        """The connections are of all workshops."""
