"""A small database beside the workshop that only its owner may read, and in which nothing that was deleted is left.

It is opened for each act and closed again, so that nothing of it stays beside it.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.base.errors import NotSaved
from core.base.files import sync_folder
from core.base.language import _
from core.store.disk import not_saved

OWNER_ONLY = 0o600
PRAGMAS = (
    "journal_mode = DELETE",    # no WAL beside it that could outlive an erasure
    "synchronous = FULL",
    "fullfsync = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
)


@dataclass(frozen=True, slots=True)
class Aside:
    """One kind of such a file: how SQLite knows it, and its tables. `refused` is what people are told where the disk
    does not take it; `{why}` in it is filled in."""

    application_id: int
    version: int
    tables: Sequence[str]

    @contextmanager
    def opened(self, path: Path, refused: str) -> Iterator[sqlite3.Connection]:
        """The file, made at the first use; nobody else may ever read it, not even for a moment. Raises NotSaved."""
        try:
            if not path.exists():
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
                sync_folder(path.parent)
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                for pragma in PRAGMAS:
                    connection.execute(f"PRAGMA {pragma}")
                self._make_once(connection)
                yield connection
        except sqlite3.Error as error:
            raise not_saved(error) from error
        except OSError as error:
            raise NotSaved(
                refused.format(why=error.strerror), _("Look whether the disk is still there, then try again.")
            ) from error

    def _make_once(self, connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA user_version").fetchone()[0] == self.version:
            return
        for table in self.tables:
            connection.execute(table)
        connection.execute(f"PRAGMA application_id = {self.application_id}")
        connection.execute(f"PRAGMA user_version = {self.version}")


def leave_no_trace(connection: sqlite3.Connection) -> None:
    """What was deleted or written over is in no free page and no slack of the file."""
    connection.execute("VACUUM")
