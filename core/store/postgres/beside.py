"""What lies beside the log in the database: addresses that people left, and pictures."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, LiteralString

from core.base.clock import Clock, from_milliseconds, to_milliseconds
from core.base.ids import ContributorId, PictureHash, WorkshopId
from core.base.pictures import Picture, PictureKind
from core.domain.contact import KEPT_AFTER_WRITING, KEPT_AT_MOST, Consent, Contact, Letter, Way
from core.store.postgres.database import Database

KEEP = """
    INSERT INTO sayback.contact (workshop, contributor, way, address, consent, language, at, next_event)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (workshop, contributor) DO UPDATE SET way = excluded.way,
        address = excluded.address, consent = excluded.consent, language = excluded.language, at = excluded.at,
        next_event = excluded.next_event
"""
CONTACTS = """
    SELECT contributor, way, address, consent, language, at, next_event FROM sayback.contact WHERE workshop = %s
"""
SENT: dict[Letter, LiteralString] = {
    Letter.RECORD: "UPDATE sayback.contact SET record_sent = %s WHERE workshop = %s AND contributor = %s",
    Letter.NEXT_EVENT: "UPDATE sayback.contact SET next_event_sent = %s WHERE workshop = %s AND contributor = %s",
}
FORGET = "DELETE FROM sayback.contact WHERE workshop = %s AND contributor = ANY (%s) RETURNING 1"
FORGET_OLD = """
    DELETE FROM sayback.contact WHERE workshop = %s AND (at <= %s
        OR (record_sent <= %s AND (next_event = 0 OR next_event_sent <= %s))) RETURNING 1
"""
KEEP_PICTURE = """
    INSERT INTO sayback.picture (workshop, hash, kind, width, height, bytes) VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (workshop, hash) DO UPDATE SET kept_at = now()
"""
PICTURE = "SELECT bytes, kind, width, height FROM sayback.picture WHERE workshop = %s AND hash = %s"
HASHES = "SELECT hash FROM sayback.picture WHERE workshop = %s"
DROP = "DELETE FROM sayback.picture WHERE workshop = %s AND hash = ANY (%s)"
SWEEP = """
    DELETE FROM sayback.picture WHERE workshop = %s AND hash <> ALL (%s) AND kept_at < now() - interval '1 hour'
"""


class SharedContacts:
    """The addresses that people left in one workshop, at whatever instance. Every method raises NotSaved."""

    def __init__(self, database: Database, workshop: WorkshopId) -> None:
        self._database, self._workshop = database, workshop

    def keep(self, contact: Contact) -> None:
        """Keep an address; it takes the place of an earlier one of the same person."""
        agreed = contact.consent
        self._database.execute(KEEP, (
            self._workshop, contact.contributor, contact.way.value, contact.address, agreed.version, agreed.language,
            to_milliseconds(agreed.at), int(agreed.next_event),
        ))  # fmt: skip

    def of(self, contributor: ContributorId) -> Contact | None:
        """The address of this person; None where they left none."""
        found = self._database.execute(f"{CONTACTS} AND contributor = %s", (self._workshop, contributor))
        return _contact(found[0]) if found else None

    def all(self) -> list[Contact]:
        """Every address, in a steady order."""
        found = self._database.execute(f"{CONTACTS} ORDER BY contributor", (self._workshop,))
        return [_contact(row) for row in found]

    def forget(self, contributors: Iterable[ContributorId]) -> int:
        """Erase the addresses of these people. Returns how many there were."""
        return len(self._database.execute(FORGET, (self._workshop, list(contributors))))

    def letter_sent(self, contributor: ContributorId, letter: Letter, at: datetime) -> None:
        """Remember that somebody was written to; from then on runs the time until their address is erased."""
        self._database.execute(SENT[letter], (to_milliseconds(at), self._workshop, contributor))

    def forget_old(self, clock: Clock) -> int:
        """Erase the addresses whose time is over (privacy.md P4). Returns how many there were."""
        now = clock()
        written, longest = to_milliseconds(now - KEPT_AFTER_WRITING), to_milliseconds(now - KEPT_AT_MOST)
        return len(self._database.execute(FORGET_OLD, (self._workshop, longest, written, written)))


class SharedPictures:
    """The pictures of one workshop. From any thread; every method raises NotSaved."""

    def __init__(self, database: Database, workshop: WorkshopId) -> None:
        self._database, self._workshop = database, workshop

    @contextmanager
    def kept(self, picture: Picture, named: Callable[[], Collection[PictureHash]]) -> Iterator[None]:
        """The picture is in the database while this lasts. Where no note names it by then it leaves with the next
        sweep: another instance may expect it, too."""
        self.bring([picture])
        yield

    def bring(self, pictures: Iterable[Picture]) -> None:
        """Keep pictures, before the events that name them."""
        for each in pictures:
            row = (self._workshop, each.hash, each.kind.value, each.width, each.height, each.data)
            self._database.execute(KEEP_PICTURE, row)

    def sweep(self, named: Collection[PictureHash]) -> None:
        """Leave no picture that no note has named within an hour."""
        self._database.execute(SWEEP, (self._workshop, list(named)))

    def drop(self, gone: Collection[str]) -> None:
        """Erase these pictures."""
        self._database.execute(DROP, (self._workshop, list(gone)))

    def read(self, digest: PictureHash) -> Picture | None:
        """One picture; None where it is not there."""
        found = self._database.execute(PICTURE, (self._workshop, digest))
        return _picture(*found[0]) if found else None

    def all(self) -> Iterator[Picture]:
        """Each of them."""
        for digest in sorted(self.hashes()):
            if (found := self.read(digest)) is not None:
                yield found

    def hashes(self) -> set[PictureHash]:
        """What pictures there are."""
        return {PictureHash(digest) for (digest,) in self._database.execute(HASHES, (self._workshop,))}


def _picture(data: bytes, kind: str, width: int, height: int) -> Picture:
    return Picture(bytes(data), PictureKind(kind), width, height)


def _contact(row: tuple[Any, ...]) -> Contact:
    contributor, way, address, version, language, at, next_event = row
    consent = Consent(version=version, language=language, at=from_milliseconds(at), next_event=bool(next_event))
    return Contact(contributor=ContributorId(contributor), way=Way(way), address=address, consent=consent)
