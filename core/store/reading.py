"""Connections that read an SQLite file, also where nothing can be written: there SQLite opens no file with a WAL."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

CANNOT_WRITE = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})


def to_read(path: Path, timeout: float) -> sqlite3.Connection:
    """A connection that sees what is in the file and its WAL. Raises sqlite3.Error where it is damaged or not there."""
    connection = _connected(f"{path.as_uri()}?mode=ro", timeout)
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in CANNOT_WRITE or not path.is_file():
            raise
        return steady(path)
    except BaseException:
        connection.close()
        raise
    return connection


def steady(path: Path) -> sqlite3.Connection:
    """A connection to a file that nobody changes, which asks for no lock and leaves nothing beside it. What a WAL
    beside it holds is seen too."""
    wal = wal_of(path)
    if not wal.exists() or not wal.stat().st_size:
        return alone(path)
    with TemporaryDirectory(prefix="sayback-") as folder:    # gone again before anybody looks
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(wal, wal_of(copy))
        with closing(sqlite3.connect(copy)) as source:
            whole = _connected(":memory:")
            source.backup(whole)
    return whole


def alone(path: Path) -> sqlite3.Connection:
    """A connection to a file that nobody changes, without what a WAL beside it holds."""
    return _connected(f"{path.as_uri()}?mode=ro&immutable=1")


def wal_of(path: Path) -> Path:
    """What SQLite has written and not yet brought into the file."""
    return path.with_name(path.name + "-wal")


def _connected(name: str, timeout: float = 0.0) -> sqlite3.Connection:
    return sqlite3.connect(name, uri=True, isolation_level=None, check_same_thread=False, timeout=timeout)
