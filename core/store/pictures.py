"""The pictures of a workshop: NAME.pictures, an SQLite file of its own, hash -> bytes (DESIGN.md, "Files").

It is made with the first picture. What is in it never changes and is called by its hash, so the same picture sent twice
is there once, and all copies of a workshop in one folder of backups share one file.
"""

import hashlib
import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from core.base.errors import NotSaved
from core.base.files import set_aside, sync_folder
from core.base.ids import PictureHash
from core.base.language import _
from core.base.pictures import Picture, PictureKind
from core.domain.board import Board
from core.store.disk import PRAGMAS, READER_WAITS, not_saved
from core.store.files import backup_folder, pictures_file
from core.store.reading import to_read
from core.store.rows import DAMAGED

logger = logging.getLogger("sayback.pictures")

APPLICATION_ID = 0x53415950
"""'SAYP': marks an SQLite file as pictures of ours."""
VERSION = 1
TABLE = """
    CREATE TABLE IF NOT EXISTS picture (
        hash TEXT PRIMARY KEY, kind TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, bytes BLOB NOT NULL
    )
"""
INSERT = "INSERT OR IGNORE INTO picture (hash, kind, width, height, bytes) VALUES (?, ?, ?, ?, ?)"
DELETE = "DELETE FROM picture WHERE hash = ?"
SELECT = "SELECT bytes, kind, width, height FROM picture WHERE hash = ?"
UNREADABLE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
SHARED = "all.pictures"
"""The one file that all copies in a folder of backups have their pictures in."""

Named = Callable[[], Collection[PictureHash]]


def named_on(board: Board) -> set[PictureHash]:
    """The pictures that notes name; those of erased people are nobody's any more."""
    return {note.picture for note in board.notes.values() if note.picture is not None and not note.erased}


class Pictures:
    """The pictures of one open workshop. May be used from any thread; one at a time is served."""

    def __init__(self, path: Path) -> None:
        self.path = pictures_file(path)
        self._workshop = path
        self._door = Lock()
        self._expected: Counter[PictureHash] = Counter()
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def kept(self, picture: Picture, named: Named) -> Iterator[None]:
        """The picture is on disk while this lasts, and stays where a note names it by then. Raises NotSaved."""
        digest = picture.hash
        with self._door, _told():
            self._insert(digest, picture)
            self._expected[digest] += 1
        try:
            yield
        finally:
            with self._door, _told():
                self._expected[digest] -= 1
                if not self._expected[digest] and digest not in named():
                    self._delete([digest])

    def sweep(self, named: Collection[PictureHash], *, thoroughly: bool = False) -> None:
        """Leave no picture that no note names, be it that the note never came or that its writer was erased, and
        nothing of its bytes; `thoroughly`: also of what was taken out before. Raises NotSaved."""
        with self._door, _told():
            if self.path.exists():
                found = self._open().execute("SELECT hash FROM picture").fetchall()
                gone = [digest for (digest,) in found if digest not in named and not self._expected[digest]]
                self._delete(gone)
                if gone or thoroughly:
                    _leave_no_trace(self._open())

    def fetch(self, named: Collection[PictureHash]) -> None:
        """For a copy that is opened where it lies: a file of its own, with what it has in common with the other
        copies there. Raises NotSaved."""
        place = place_of(self._workshop)
        if named and place is not None and place != self.path:
            with self._door, _told():
                for picture in read_all(place):
                    if picture.hash in named:
                        self._insert(picture.hash, picture)

    def bring(self, pictures: Iterable[Picture]) -> None:
        """For a workshop that comes from another file: its pictures, before the events that name them. Raises
        NotSaved."""
        for picture in pictures:
            with self._door, _told():
                self._insert(picture.hash, picture)

    def close(self) -> None:
        """Bring all into the one file."""
        with self._door:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _insert(self, digest: PictureHash, picture: Picture) -> None:
        row = (digest, picture.kind.value, picture.width, picture.height, picture.data)
        self._open().execute(INSERT, row)

    def _delete(self, digests: Iterable[PictureHash]) -> None:
        self._open().executemany(DELETE, [(digest,) for digest in digests])

    def _open(self) -> sqlite3.Connection:
        """The one connection that writes. A damaged file is kept aside, and a new one begun: notes go on."""
        if self._connection is None:
            try:
                self._connection = _writing(self.path)
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorcode", None) not in UNREADABLE:
                    raise
                logger.error("The pictures could not be read and are kept aside.")
                set_aside(self.path)
                self._connection = _writing(self.path)
        return self._connection


def place_of(path: Path) -> Path | None:
    """Where the pictures of the workshop at this path are: in its own file, or in that of all copies in its folder."""
    in_backups = path.parent.name.endswith(backup_folder(path).suffix)
    places = [pictures_file(path), *([path.with_name(SHARED)] if in_backups else [])]
    return next((place for place in places if place.is_file()), None)


def read(path: Path, digest: PictureHash) -> Picture | None:
    """A picture of the workshop at this path, also while a desk has it open; None where it is not there, or cannot be
    read: its note stays."""
    place = place_of(path)
    if place is None:
        return None
    try:
        with closing(_reading(place)) as connection:
            found = connection.execute(SELECT, (digest,)).fetchone()
    except DAMAGED as error:
        logger.error("A picture could not be read: %s", error)
        return None
    return _picture(*found) if found else None


def read_all(place: Path) -> Iterator[Picture]:
    """All pictures of a file."""
    with closing(_reading(place)) as connection:
        for row in connection.execute("SELECT bytes, kind, width, height FROM picture ORDER BY hash"):
            yield _picture(*row)


def hashes(path: Path) -> set[PictureHash]:
    """What pictures there are of the workshop at this path."""
    place = place_of(path)
    if place is None:
        return set()
    with closing(_reading(place)) as connection:
        return {PictureHash(digest) for (digest,) in connection.execute("SELECT hash FROM picture")}


def missing(path: Path, named: Collection[PictureHash]) -> set[PictureHash]:
    """Which of these pictures are not there, or are not what their hash says."""
    place = place_of(path)
    return {digest for digest in named if place is None or not _is_whole(place, digest)}


def copy_to(path: Path, target: Path) -> None:
    """The pictures of the workshop at this path, for its copy at another. Raises NotSaved."""
    place = place_of(path)
    if place is None:
        return
    with _told(), closing(_reading(place)) as connection:
        connection.execute("VACUUM INTO ?", (str(pictures_file(target)),))


def copy_new(path: Path) -> None:
    """Bring the pictures that the folder of backups does not have yet. Raises OSError, sqlite3.Error."""
    live, copied = pictures_file(path), backup_folder(path) / SHARED
    if not live.is_file():
        return
    with closing(_writing(copied)) as connection:
        connection.execute("ATTACH ? AS live", (f"{live.as_uri()}?mode=ro",))
        connection.execute("INSERT OR IGNORE INTO picture SELECT * FROM live.picture")


def erase_in_copies(path: Path, digests: Collection[PictureHash]) -> None:
    """Take these pictures out of every file of pictures in the folder of backups, and leave nothing of them."""
    for place in backup_folder(path).glob("*.pictures"):
        with closing(_writing(place)) as connection:
            connection.executemany(DELETE, [(digest,) for digest in digests])
            _leave_no_trace(connection)


def _leave_no_trace(connection: sqlite3.Connection) -> None:
    """Nothing of deleted pictures is in the file or its WAL when this ends (privacy.md P7)."""
    connection.execute("VACUUM")
    if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise NotSaved(
            _("The pictures are being read, so erased ones may still be in their file."),
            _("Wait until that has ended, then erase once more."),
        )


@contextmanager
def _told() -> Iterator[None]:
    """What a person is told where the disk refuses."""
    try:
        yield
    except sqlite3.Error as error:
        raise not_saved(error) from error


def _writing(place: Path) -> sqlite3.Connection:
    is_new = not place.exists()
    connection = sqlite3.connect(
        f"{place.as_uri()}?mode=rwc", uri=True, isolation_level=None, check_same_thread=False, timeout=READER_WAITS
    )
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(TABLE)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.close()
        raise
    if is_new:
        sync_folder(place.parent)
    return connection


def _reading(place: Path) -> sqlite3.Connection:
    connection = to_read(place, READER_WAITS)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _picture(data: bytes, kind: str, width: int, height: int) -> Picture:
    return Picture(data, PictureKind(kind), width, height)


def _is_whole(place: Path, digest: PictureHash) -> bool:
    try:
        with closing(_reading(place)) as connection:
            found = connection.execute("SELECT bytes FROM picture WHERE hash = ?", (digest,)).fetchone()
    except DAMAGED:
        return False
    return found is not None and hashlib.sha256(found[0]).hexdigest() == digest
