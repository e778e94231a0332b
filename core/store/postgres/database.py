"""The database of an online home: its connections, what must be true of it, and how it is made ready."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from typing import Any, LiteralString

import psycopg
from psycopg import ClientCursor, Connection, sql
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool

from core.base.errors import NotSaved, WorkshopError
from core.base.language import _

logger = logging.getLogger("sayback.database")

OLDEST = 140000
"""The oldest PostgreSQL it is tried with, as the server counts."""
LAYOUT = 1
CONNECTIONS = 8
"""For one instance: each workshop's writer takes one for a moment only."""
WAIT_SECONDS = 4.0
SETTINGS = {
    "application_name": "sayback",
    "target_session_attrs": "read-write",    # of the hosts that are named, the primary
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
}
"""A primary that has gone without a word is given up within seconds. What the address itself says goes before."""
ONCE = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '10s'"
"""Nobody's turn lasts for ever. No statement_timeout: it would end the wait for the standby at a COMMIT as if the
standby had it."""
PROMISES = {"fsync": {"on"}, "full_page_writes": {"on"}, "synchronous_commit": {"on", "remote_apply", "remote_write"}}
READ_ONLY = psycopg.errors.ReadOnlySqlTransaction
OWNED = "SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'sayback'"
TABLES, RIGHTS = "tables.sql", "rights.sql"


class WrongDatabase(WorkshopError):
    """The home cannot stand on this database as it is."""


class NoDatabase(WorkshopError):
    """The database does not answer."""


class Database:
    """The connections of one instance. From any thread."""

    def __init__(self, address: str, connections: int = CONNECTIONS) -> None:
        """Connects at `open`. Raises WrongDatabase where the address is none."""
        self.settings = settings_of(address)
        self._pool: ConnectionPool[Connection[Any]] = ConnectionPool(
            kwargs={**self.settings, "autocommit": True}, min_size=1, max_size=connections, timeout=WAIT_SECONDS,
            reconnect_timeout=WAIT_SECONDS, open=False, configure=_configured, name="sayback-database",
        )  # fmt: skip

    def open(self) -> None:
        """Raises NoDatabase, WrongDatabase."""
        require_fit(self.settings)
        self._pool.open()

    def close(self) -> None:
        """Let go of every connection."""
        self._pool.close()

    @contextmanager
    def connection(self) -> Iterator[Connection[Any]]:
        """One of the connections, for a moment. Raises NotSaved."""
        try:
            with self._pool.connection() as connection:
                try:
                    yield connection
                except READ_ONLY:    # it was the primary when we connected
                    self._pool.drain()
                    connection.close()
                    raise
                except psycopg.OperationalError:
                    if connection.broken:    # so are the others, then
                        self._pool.drain()
                    raise
        except psycopg.Error as error:
            raise not_saved(error) from error

    @contextmanager
    def transaction(self, begin: LiteralString = "BEGIN") -> Iterator[Connection[Any]]:
        """All of it on disk, and on the standby where there is one, when this ends; on any failure nothing. Raises
        NotSaved."""
        with self.begun(begin) as (connection, _found):
            yield connection

    @contextmanager
    def begun(self, begin: LiteralString, *values: object) -> Iterator[tuple[Connection[Any], tuple[Any, ...] | None]]:
        """The same where beginning finds something: its first row. All statements of `begin` go in one message."""
        with self.connection() as connection:
            warnings: list[str] = []
            cursor = ClientCursor(connection).execute(begin, values)
            while cursor.nextset():
                pass
            try:
                yield connection, cursor.fetchone() if cursor.description else None
            except BaseException:
                with suppress(psycopg.Error):
                    connection.rollback()
                raise
            with _noticed(connection, warnings):
                connection.commit()
            if warnings:    # somebody ended the wait for the standby: it may not have it
                connection.close()
                raise NotSaved(*not_taken())

    def execute(self, query: LiteralString, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """One statement by itself. Raises NotSaved."""
        with self.connection() as connection:
            return rows_of(connection.execute(query, values))


def rows_of(cursor: psycopg.Cursor[Any]) -> list[tuple[Any, ...]]:
    """What was found; nothing for a statement that finds nothing."""
    return cursor.fetchall() if cursor.description else []


def settings_of(address: str) -> dict[str, Any]:
    """An address as PostgreSQL writes it, with what we add. Raises WrongDatabase."""
    try:
        return {**SETTINGS, **conninfo_to_dict(address)}
    except psycopg.ProgrammingError as error:
        raise WrongDatabase(
            _("That is no address of a database."),
            _("Write it like this: postgresql://sayback@first.example.org,second.example.org/sayback"),
        ) from error


def require_fit(settings: dict[str, Any]) -> None:
    """Raises NoDatabase, WrongDatabase."""
    with _reached(settings) as connection:
        _require_version(connection)
        for name, fitting in PROMISES.items():
            [(value,)] = connection.execute("SELECT current_setting(%s)", (name,)).fetchall()
            if value not in fitting:
                raise WrongDatabase(
                    _("This database may lose what people were thanked for: {name} is {value}.").format(
                        name=name, value=value
                    ),
                    _("Set it to on."),
                )
        _require_layout(connection)


def prepare(address: str, role: str) -> None:
    """As who owns the database: make the tables where there are none, and let the role of the home's instances use
    them. Raises NoDatabase, WrongDatabase."""
    with _reached(settings_of(address)) as connection:
        _require_version(connection)
        try:
            with connection.transaction():
                owned = connection.execute(OWNED).fetchone()
                if owned is None:
                    connection.execute(_script(TABLES))
                elif not owned[0]:
                    raise _not_the_owner()
                connection.execute(sql.SQL(_script(RIGHTS)).format(role=sql.Identifier(role)))
        except psycopg.errors.UndefinedObject as error:
            raise WrongDatabase(
                _("There is no role {name} in this database.").format(name=role),
                _("Make it first: createuser --pwprompt {name}").format(name=role),
            ) from error
        except psycopg.errors.InsufficientPrivilege as error:
            raise _not_the_owner() from error


def _not_the_owner() -> WrongDatabase:
    return WrongDatabase(_("This role may not make tables here."), _("Use the role that owns the database."))


def note_restored(address: str) -> None:
    """As who owns the database: it was put back from a back-up. From here on every workshop has numbers of a new epoch,
    and desks bring what is missing. Raises NoDatabase, WrongDatabase."""
    with _reached(settings_of(address)) as connection:
        _require_layout(connection)
        connection.execute("UPDATE sayback.workshop SET lineage = 'restored'")


@contextmanager
def _reached(settings: dict[str, Any]) -> Iterator[Connection[Any]]:
    try:
        connection = psycopg.connect(**{**settings, "autocommit": True})
    except psycopg.OperationalError as error:
        raise NoDatabase(
            _("The database does not answer: {why}").format(why=str(error).strip().splitlines()[-1]),
            _("Look at its address, its password, and whether it runs."),
        ) from error
    with connection:
        yield connection


def _require_version(connection: Connection[Any]) -> None:
    if connection.info.server_version < OLDEST:
        raise WrongDatabase(
            _("This PostgreSQL is too old: version {n}.").format(n=connection.info.server_version // 10000),
            _("The online home needs version {n} or newer.").format(n=OLDEST // 10000),
        )


def _require_layout(connection: Connection[Any]) -> None:
    try:
        found = connection.execute("SELECT max(version) FROM sayback.layout").fetchone()
        connection.execute("SELECT sayback.lineage()")
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName, psycopg.errors.UndefinedFunction) as error:
        raise WrongDatabase(
            _("This database was not made ready for an online home."), _("Run once: python main.py database --help")
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise WrongDatabase(
            _("This role may not use the tables of the online home."),
            _("Give it the right, as who owns the database: python main.py database --help"),
        ) from error
    if found != (LAYOUT,):
        raise WrongDatabase(
            _("This database was made by another version of Sayback."), _("Use that version of the online home.")
        )


def _script(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _configured(connection: Connection[Any]) -> None:
    connection.execute(ONCE)


@contextmanager
def _noticed(connection: Connection[Any], warnings: list[str]) -> Iterator[None]:
    """What the server warns of meanwhile."""

    def heard(diagnostic: psycopg.errors.Diagnostic) -> None:
        if diagnostic.severity_nonlocalized == "WARNING":
            warnings.append(diagnostic.message_primary or "")

    connection.add_notice_handler(heard)
    try:
        yield
    finally:
        connection.remove_notice_handler(heard)


def not_taken() -> tuple[str, str]:
    """What happened, and what to do."""
    return (
        _("The online home’s database did not take it. Everything thanked so far is safe."),
        _("Try again in a moment."),
    )


def not_saved(error: psycopg.Error) -> NotSaved:
    """What a person is told when the database did not take it."""
    logger.warning("The database did not take it: %s %s", type(error).__name__, error.sqlstate or "")
    return NotSaved(*not_taken())
