"""A real PostgreSQL on this machine for tests: Debian's, with fsync on, in a folder of its own, on a free port."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from core.store.postgres.database import prepare
from tests.core.sync.desks import until

ROLE = "sayback_home"
"""As whom the instances of the home come: it owns nothing."""
READY = "ready"
"""The database that those of the tests are copies of."""
SETTINGS = {
    "fsync": "on", "listen_addresses": "'127.0.0.1'", "unix_socket_directories": "''", "shared_buffers": "32MB",
    "max_connections": "60", "logging_collector": "off", "wal_level": "replica", "hot_standby": "on",
}  # fmt: skip


def programs() -> Path:
    """Where Debian has them. Without them the tests of the large home fail: they are part of `make test`."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.fail("PostgreSQL is not installed here. tools/setup tests installs it: apt-get install postgresql")
    return found[-1].parent


def owner() -> str | None:
    """As whom it runs: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@dataclass
class Server:
    """One PostgreSQL, over all its lives."""

    folder: Path
    port: int

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def address(self, database: str = "postgres", role: str = "postgres") -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [programs() / program, *arguments], user=owner(), cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout

    def control(self, *arguments: str) -> None:
        """By pg_ctl; what it says goes to a file, or its server would keep our pipe open."""
        with (self.folder / "control.log").open("w") as said:
            done = subprocess.run(
                [programs() / "pg_ctl", "-D", self.data, "-w", "-t", "60", *arguments], user=owner(), cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, timeout=120,
            )  # fmt: skip
        assert done.returncode == 0, (self.folder / "control.log").read_text()

    def make(self) -> None:
        self.run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    def set(self, **settings: str) -> None:
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())

    def start(self) -> None:
        self.control("-l", str(self.folder / "log"), "-o", f"-p {self.port}", "start")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.control("-m", "immediate", "stop")

    def kill(self) -> None:
        """kill -9: all of its processes at once."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for number in (first, *map(int, others)):
            os.kill(number, signal.SIGKILL)
        until(lambda: not self.listens(), "it does not die")
        (self.data / "postmaster.pid").unlink()

    def listens(self) -> bool:
        with socket.socket() as sock:
            return sock.connect_ex(("127.0.0.1", self.port)) == 0

    @contextmanager
    def standby(self) -> Iterator["Server"]:
        """Another that has all of this one, which nobody has come to yet; from now on nothing here is done before it is
        safe there, too."""
        with a_folder() as folder:
            server = Server(folder, free_port())
            self.control("-m", "fast", "stop")    # then its files are whole, and copied in a moment
            subprocess.run(["cp", "-a", self.data, server.data], check=True, timeout=60)
            self.start()
            server.set(primary_conninfo=f"'host=127.0.0.1 port={self.port} user=postgres'")
            (server.data / "standby.signal").touch()
            server.start()
            try:
                self.set(synchronous_standby_names="'*'")
                self.control("reload")
                state = "SELECT sync_state FROM pg_stat_replication"
                until(lambda: self.execute(state) == [("sync",)], "the standby does not follow")
                yield server
            finally:
                server.stop()

    def backed_up(self, place: Path) -> None:
        """What a back-up of this moment would hold."""
        self.run("pg_basebackup", "-d", self.address(), "-D", str(place), "-c", "fast")

    def restore(self, place: Path) -> None:
        """Kill it, and begin again from a back-up."""
        self.kill()
        shutil.rmtree(self.data)
        place.rename(self.data)
        self.start()

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def database(self) -> Iterator[str]:
        """An empty database that was made ready; its name. Gone when the test is done with it."""
        name = f"home_{uuid4().hex[:12]}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {READY}")
        try:
            yield name
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


@contextmanager
def a_folder() -> Iterator[Path]:
    """That PostgreSQL's user may have."""
    folder = Path(tempfile.mkdtemp(prefix="sayback-postgres-"))
    if (name := owner()) is not None:
        shutil.chown(folder, name)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def a_server() -> Iterator[Server]:
    """With a database that is ready to be copied, until the tests are done with it."""
    with a_folder() as folder:
        server = Server(folder, free_port())
        server.make()
        server.set(**SETTINGS)
        server.start()
        try:
            server.execute(f"CREATE ROLE {ROLE} LOGIN")
            server.execute(f"CREATE DATABASE {READY}")
            prepare(server.address(READY), ROLE)
            yield server
        finally:
            server.stop()
