"""What the tests of core stand on: one application of Qt, the one that tests of the desk use too; one PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.core.store.engines import Engine, InADatabase, InAFile
from tests.postgres import ROLE, Server, a_server


@pytest.fixture(autouse=True)
def _app(qapp: QApplication) -> None:
    """A record or a letter may be laid out by Qt in this process, which never has more than one application."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server of all tests of this process."""
    with a_server() as server:
        yield server


@pytest.fixture(scope="session")
def common(postgres: Server) -> Iterator[str]:
    """The address of one database, for the role of the home, that many tests bring workshops of their own to."""
    with postgres.database() as name:
        yield postgres.address(name, ROLE)


@pytest.fixture
def database(postgres: Server) -> Iterator[str]:
    """The same of a database that is empty: to make one takes a second."""
    with postgres.database() as name:
        yield postgres.address(name, ROLE)


@pytest.fixture(params=["a file", "a database"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """What keeps a workshop: what a test says of it holds for every engine."""
    if request.param == "a file":
        return InAFile(tmp_path / "park.sayback")
    engine = InADatabase(request.getfixturevalue("common"))
    engine.brings(tmp_path)
    return engine
