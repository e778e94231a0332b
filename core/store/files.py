"""The files that lie beside a workshop, and what must be true of a file before we touch it."""

import os
import shutil
import struct
from contextlib import suppress
from pathlib import Path

from core.base.errors import DiskFull, NewerWorkshop, NotAWorkshop, ReadOnlyPlace
from core.base.language import _

APPLICATION_ID = 0x53415942
"""'SAYB': marks an SQLite file as ours (offset 68 of its header)."""
USER_VERSION = 1
"""The newest layout of the file that this version can read and write (offset 60 of the header)."""
MAGIC = b"SQLite format 3\x00"
HEADER_SIZE = 100
RESERVE_LIMIT = 16 * 1024 * 1024
RESERVE_SHARE = 0.02
LEAST_ROOM = 50 * 2**20
"""No new workshop is begun with less room (faults.md F06)."""


def lock_file(path: Path) -> Path:
    """What the desk that has the workshop open holds a lock on."""
    return path.with_name(path.name + ".lock")


def seal_file(path: Path) -> Path:
    """The digest of the file as it was closed; gone while it is open."""
    return path.with_name(path.name + ".seal")


def reserve_file(path: Path) -> Path:
    """Room on the disk that is let go when the disk is full."""
    return path.with_name(path.name + ".reserve")


def pictures_file(path: Path) -> Path:
    """The pictures of this workshop: NAME.pictures beside NAME.sayback."""
    return path.with_suffix(".pictures")


def contacts_file(path: Path) -> Path:
    """The addresses people left: NAME.contacts beside NAME.sayback."""
    return path.with_suffix(".contacts")


def post_file(path: Path) -> Path:
    """What became of each letter: NAME.post beside NAME.sayback."""
    return path.with_suffix(".post")


def backup_folder(path: Path) -> Path:
    """Where the copies of this workshop lie."""
    return path.with_name(path.name + ".backups")


def require_ours(path: Path) -> None:
    """Look at the header only, without opening the file as a database, so that nothing about it changes. Raises
    NotAWorkshop or NewerWorkshop."""
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_SIZE)
    except OSError as error:
        raise NotAWorkshop(
            _("This file cannot be read: {why}").format(why=error.strerror or error),
            _("Check that it is there, and that you may open it."),
        ) from error
    if len(header) < HEADER_SIZE or not header.startswith(MAGIC):
        raise not_ours()
    require_known(_number(header, 68), _number(header, 60))


def require_known(application_id: int, version: int) -> None:
    """Raises NotAWorkshop where the file is of another program, NewerWorkshop where of a newer Sayback."""
    if application_id != APPLICATION_ID:
        raise not_ours()
    if version > USER_VERSION:
        raise NewerWorkshop(
            _("This file was made by a newer Sayback. Nothing was changed."),
            _("Open it there, or ask for a copy. It needs a version that knows layout {n}.").format(n=version),
        )


def no_such_file() -> NotAWorkshop:
    """What a person is told where there is nothing."""
    return NotAWorkshop(_("There is no such file."), _("Check its name, and the folder it is in."))


def not_ours() -> NotAWorkshop:
    """What a person is told of any other file."""
    return NotAWorkshop(
        _("This file is no Sayback workshop. It was not changed."),
        _("Choose a file whose name ends in .sayback, or the newest copy in its folder of backups."),
    )


def damaged() -> NotAWorkshop:
    """What a person is told of a file that SQLite cannot read."""
    return NotAWorkshop(
        _("This file is damaged. It was not changed."), _("Open the newest copy from its folder of backups.")
    )


def read_only_place() -> ReadOnlyPlace:
    """What a person is told who would change a workshop where nothing can be written."""
    return ReadOnlyPlace(
        _("This workshop lies where nothing can be written, so it can only be looked at."),
        _("Make a copy in another folder, and go on in the copy."),
    )


def version_of(path: Path) -> int:
    """The layout the file has."""
    with path.open("rb") as file:
        return _number(file.read(HEADER_SIZE), 60)


def _number(header: bytes, offset: int) -> int:
    found: tuple[int] = struct.unpack_from(">I", header, offset)
    return found[0]


def sync_folder(folder: Path) -> None:
    """Bring the folder's entries to the disk, so that a new file survives a power cut (where the system can)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def free_bytes(folder: Path) -> int:
    """The room that is left where this folder lies."""
    return shutil.disk_usage(folder).free


def require_room(folder: Path, least: int = LEAST_ROOM) -> None:
    """Raises DiskFull where a new workshop would soon fill the disk."""
    free = free_bytes(folder)
    if free < least:
        raise DiskFull(
            _("There are only {n} MB left on this disk, so no new workshop was made.").format(n=free // 2**20),
            _("Empty the recycle bin, or choose a folder on another disk."),
        )


def make_reserve(path: Path) -> None:
    """Lay min(16 MiB, 2 % of the free space) aside; on a disk too full for it there is none."""
    size = min(RESERVE_LIMIT, int(free_bytes(path.parent) * RESERVE_SHARE))
    reserve = reserve_file(path)
    if reserve.exists():
        return
    try:
        with reserve.open("wb") as file:
            _fill(file.fileno(), size)
    except OSError:
        reserve.unlink(missing_ok=True)


def _fill(descriptor: int, size: int) -> None:
    """Take real room, not a hole."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, max(size, 1))
    else:
        os.truncate(descriptor, size)


def let_reserve_go(path: Path) -> None:
    """Give the reserve's room back to the disk; one that has become read-only keeps it."""
    with suppress(OSError):
        reserve_file(path).unlink(missing_ok=True)


def remove_workshop(path: Path) -> None:
    """Take away a workshop that could not be made, with what lies beside it."""
    for database in (path, pictures_file(path)):
        for each in (database, database.with_name(database.name + "-wal"), database.with_name(database.name + "-shm")):
            each.unlink(missing_ok=True)
    lock_file(path).unlink(missing_ok=True)
    seal_file(path).unlink(missing_ok=True)
    let_reserve_go(path)
