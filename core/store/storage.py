"""Where an open workshop is kept, the log and what lies beside it: a desk has files; an online home may have a database
(core/store/postgres)."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from core.base.clock import Clock
from core.base.errors import NotSaved
from core.base.ids import ContributorId, NoteId, PictureHash, WordsHash, WorkshopId
from core.base.pictures import Picture
from core.domain.contact import Contact, Letter
from core.domain.events import Event
from core.store import backup, copying, files, pictures, seal
from core.store.contacts import Contacts
from core.store.deliveries import Deliveries
from core.store.keeper import Keeper
from core.store.log import Log
from core.store.parcels import Outgoing, Parcels
from core.store.past import read_past
from core.store.pictures import Pictures


class AddressBook(Protocol):
    """The addresses that people left. Used by one thread at a time; every method raises NotSaved."""

    def keep(self, contact: Contact) -> None:
        """Keep an address; it takes the place of an earlier one of the same person, of which nothing is left."""

    def of(self, contributor: ContributorId) -> Contact | None:
        """The address of this person; None where they left none."""

    def all(self) -> list[Contact]:
        """Every address."""

    def forget(self, contributors: Iterable[ContributorId]) -> int:
        """Erase the addresses of these people. Returns how many there were."""

    def letter_sent(self, contributor: ContributorId, letter: Letter, at: datetime) -> None:
        """Remember that somebody was written to."""

    def forget_old(self, clock: Clock) -> int:
        """Erase the addresses whose time is over (privacy.md P4). Returns how many there were."""


class PictureBox(Protocol):
    """The pictures of one workshop. From any thread; every method raises NotSaved."""

    def kept(self, picture: Picture, named: Callable[[], Collection[PictureHash]]) -> AbstractContextManager[None]:
        """The picture is on disk while this lasts, and stays where a note names it by then."""

    def bring(self, pictures: Iterable[Picture]) -> None:
        """Keep pictures that came from elsewhere, before the events that name them."""

    def sweep(self, named: Collection[PictureHash]) -> None:
        """Leave no picture that no note names."""


class Storage(Protocol):
    """What a session needs of the place where its workshop is kept, beside the log itself."""

    @property
    def path(self) -> Path:
        """The file of a desk; in a database, what its copy is called."""

    @property
    def contacts(self) -> AddressBook:
        """The addresses people left."""

    @property
    def letters(self) -> Deliveries:
        """What became of the letters."""

    @property
    def pictures(self) -> PictureBox:
        """The pictures that notes name."""

    def parcels(self, generation: Callable[[], int]) -> Outgoing:
        """What can be sent of the log."""

    def picture(self, digest: PictureHash) -> Picture | None:
        """A picture, from any thread; None where it is not there."""

    def past(self, most: int, about: NoteId | None) -> list[Event]:
        """The newest events in order; only of acts that were about a note where one is given."""

    def note_change(self) -> None:
        """Something was saved."""

    def collect(self, workshop: WorkshopId, contributor: ContributorId, at: datetime) -> None:
        """Somebody has read what came of their notes."""

    def forget_people(self, erased: Collection[ContributorId]) -> None:
        """Leave nothing of erased people beside the log."""

    def forget_words(self, gone: Collection[WordsHash], erasures: list[Event], named: Collection[PictureHash]) -> None:
        """Leave no erased words in copies of ours, nor pictures that only erased people sent. Raises NotSaved."""

    def tidy(self, named: Collection[PictureHash]) -> None:
        """What a copy that was opened lacks, and what a crash may have left."""

    def bring_together(self) -> None:
        """Bring all that is saved into one file, where there is one. Raises NotSaved."""

    def save_copy(self, target: Path, now: datetime) -> None:
        """All but people's addresses, in a file. Raises AlreadyThere, NotSaved."""

    def remove(self) -> None:
        """Take away a workshop that could not be made; it is closed."""

    def close(self, timeout: float) -> None:
        """Let go of it."""


class FileStorage:
    """A workshop's file and those beside it."""

    def __init__(self, log: Log, held: ExitStack | None = None, keeper: Keeper | None = None) -> None:
        """`held`: what keeps others out; `keeper` keeps copies."""
        self.path = log.path
        self.contacts, self.letters = Contacts(self.path), Deliveries(self.path)
        self.pictures = Pictures(self.path)
        self._log, self._held, self._keeper = log, held or ExitStack(), keeper

    def parcels(self, generation: Callable[[], int]) -> Outgoing:
        """What can be sent of the log."""
        return Parcels(self.path, generation)

    def picture(self, digest: PictureHash) -> Picture | None:
        """A picture, from any thread; None where it is not there."""
        return pictures.read(self.path, digest)

    def past(self, most: int, about: NoteId | None) -> list[Event]:
        """The newest events in order. Raises NotAWorkshop."""
        return read_past(self.path, most, about)

    def note_change(self) -> None:
        """There is something new to copy."""
        if self._keeper:
            self._keeper.note_change()

    def collect(self, workshop: WorkshopId, contributor: ContributorId, at: datetime) -> None:
        """Somebody has read what came of their notes: it counts as a letter."""
        self.letters.collect(workshop, contributor, at)

    def forget_people(self, erased: Collection[ContributorId]) -> None:
        """Neither their addresses nor their letters are left."""
        self.contacts.forget(erased)
        self.letters.forget(erased)

    def forget_words(self, gone: Collection[WordsHash], erasures: list[Event], named: Collection[PictureHash]) -> None:
        """Rewrite the copies, and take out the pictures among what erased people said."""
        with self._keeper.paused() if self._keeper else nullcontext():
            backup.erase_words(self.path, gone, erasures)
            self.pictures.sweep(named, thoroughly=True)
            pictures.erase_in_copies(self.path, {PictureHash(each) for each in gone} - {*named})

    def tidy(self, named: Collection[PictureHash]) -> None:
        """What an older file or a copy that was opened lacks, and what a crash may have left."""
        self._log.complete()
        self.pictures.fetch(named)
        self.pictures.sweep(named)

    def bring_together(self) -> None:
        """Bring all that is saved into the one file. Raises NotSaved."""
        self._log.bring_together()

    def save_copy(self, target: Path, now: datetime) -> None:
        """Also where the workshop's own file was moved or deleted. Raises AlreadyThere, NotSaved."""
        copying.save_copy(self._log, target)
        if not self._log.is_view_only:
            with suppress(NotSaved):    # the copy may be all that is left of a lost disk
                self.letters.note_exported([target], "copy", now)

    def remove(self) -> None:
        """Take away a workshop that could not be made, with what lies beside it."""
        files.remove_workshop(self.path)

    def close(self, timeout: float) -> None:
        """Bring all into the one file, seal it, let the next desk in."""
        self.pictures.close()
        if self._keeper:
            self._keeper.stop(timeout)
        self._log.close()
        if not self._log.is_view_only:
            seal.set_on(self.path)
            files.let_reserve_go(self.path)
        self._held.close()
