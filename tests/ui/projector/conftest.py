"""A room with a workshop in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.projector.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """The room; its file is closed afterwards."""
    made = Room(tmp_path / "park.sayback")
    yield made
    made.session.close()
