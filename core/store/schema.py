"""The tables of a workshop file, made and changed through sqlite-utils migrations (see LOG.md, "The event")."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from core.base.errors import NotAWorkshop
from core.base.language import _
from core.store.files import APPLICATION_ID, USER_VERSION, version_of
from core.store.layout import WAITING

migrations = Migrations("sayback")


@migrations()
def m001_log(database: Database) -> None:
    """The log itself: events and words, what was refused and why, who opened it, and what only this copy knows."""
    database.table("event").create(
        {
            "rowid": int, "seq": int, "state": str, "id": str, "workshop": str, "origin": str, "origin_seq": int,
            "desk": str, "actor": str, "act": str, "kind": str, "subject": str, "base": str, "was": str,
            "body": str, "schema": int, "said_at": int, "received_at": int, "hash": str,
        },
        pk="rowid",
        not_null=_always_there,
    )  # fmt: skip
    database.table("event").create_index(["id", "workshop"], unique=True)
    database.table("event").create_index(["origin", "origin_seq", "workshop"], unique=True)
    database.table("event").create_index(["subject"])
    database.execute("CREATE UNIQUE INDEX idx_event_seq ON event (seq, workshop) WHERE seq IS NOT NULL")
    database.execute(WAITING)
    database.table("words").create(
        {"hash": str, "salt": bytes, "text": str}, pk="hash", not_null={"salt", "text"}
    )
    database.table("refusal").create({"id": str, "reason": str}, pk="id", not_null={"reason"})
    database.table("opening").create({"origin": str, "desk": str, "is_home": int, "at": int}, pk="origin")
    database.table("local").create({"name": str, "value": str}, pk="name")


_always_there = {
    "state", "id", "workshop", "origin", "origin_seq", "desk", "actor", "act", "kind", "subject", "base", "body",
    "schema", "said_at", "received_at", "hash",
}  # fmt: skip


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the newest layout, and mark the file as ours."""
    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")


def migrate_file(path: Path) -> None:
    """Bring a file of an earlier version to the newest layout; what it was lies in its backups by then. Raises
    NotAWorkshop where it cannot be read."""
    if version_of(path) == USER_VERSION:
        return
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrate(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise NotAWorkshop(
            _("This file is damaged. It could not be brought to the newest layout."),
            _("Open the newest copy from its folder of backups."),
        ) from error
