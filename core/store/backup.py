"""Copies of a workshop on the same disk: made whole under another name, then renamed; rewritten after an erasure."""

import os
import shutil
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from core.base.ids import WordsHash
from core.domain.events import Event, State
from core.domain.values import changed
from core.store import pictures, seal
from core.store.files import USER_VERSION, backup_folder, sync_folder, version_of
from core.store.reader import reading
from core.store.rows import COLUMNS, Row, to_row

INSERT_ONCE = f"INSERT OR IGNORE INTO event ({COLUMNS}) VALUES ({', '.join('?' * len(Row._fields))})"  # noqa: S608


def make(path: Path, now: datetime) -> Path:
    """A copy of the file as it is on disk now, by VACUUM INTO on a read-only connection: it holds no erased text.
    Raises OSError where there is no room, NotAWorkshop."""
    folder = backup_folder(path)
    folder.mkdir(exist_ok=True)
    target = folder / f"{path.stem} {now:%Y-%m-%d %H.%M.%S}.sayback"
    half = target.with_suffix(".half")
    half.unlink(missing_ok=True)
    with reading(path) as connection:
        connection.execute("COMMIT")
        connection.execute("VACUUM INTO ?", (str(half),))
    _settle(half, target)
    pictures.copy_new(path)
    return target


def before_migration(path: Path) -> Path | None:
    """A copy of a file that this version is about to bring to a newer layout; None where it has the newest."""
    version = version_of(path)
    if version == USER_VERSION:
        return None
    folder = backup_folder(path)
    folder.mkdir(exist_ok=True)
    target = folder / f"{path.stem} before layout {USER_VERSION}.sayback"
    half = target.with_suffix(".half")
    shutil.copyfile(path, half)
    _settle(half, target)
    return target


def copies(path: Path) -> list[Path]:
    """The copies there are, newest first."""
    found = backup_folder(path).glob("*.sayback")
    return sorted(found, key=lambda each: each.stat().st_mtime, reverse=True)


class Copy(NamedTuple):
    """One copy, and when it was made, by the clocks here."""

    path: Path
    made: datetime


def newest_copy(path: Path) -> Copy | None:
    """The newest copy of a workshop; None where there is none."""
    found = copies(path)
    return Copy(found[0], datetime.fromtimestamp(found[0].stat().st_mtime).astimezone()) if found else None


def erase_words(path: Path, hashes: Iterable[WordsHash], erasures: Iterable[Event]) -> None:
    """Rewrite every copy without these words (privacy.md P7). The erasures are put in as not yet numbered, so that a
    copy that is opened again knows why its words are gone."""
    gone = [(each,) for each in hashes]
    rows = [to_row(changed(each, seq=None, state=State.PENDING)) for each in erasures]
    for copy in copies(path):
        half = copy.with_suffix(".half")
        half.unlink(missing_ok=True)
        connection = sqlite3.connect(copy, isolation_level=None)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            connection.executemany("DELETE FROM words WHERE hash = ?", gone)
            connection.executemany(INSERT_ONCE, rows)
            connection.execute("VACUUM INTO ?", (str(half),))
        finally:
            connection.close()
        seal.take_off(copy)    # a copy that somebody opened has one; it would speak of damage
        _settle(half, copy)


def _settle(half: Path, target: Path) -> None:
    """Bring a whole copy to the disk, then give it its name."""
    with half.open("rb+") as file:
        os.fsync(file.fileno())
    half.replace(target)
    sync_folder(target.parent)
