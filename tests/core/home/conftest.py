"""An online home, and a desk that shares its workshop there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.home.online import Online, Sharing, a_home, sharing


@pytest.fixture
def online(tmp_path: Path) -> Iterator[Online]:
    """The home, as it is on one computer."""
    with a_home(tmp_path / "home") as made:
        yield made


@pytest.fixture
def ann(online: Online, tmp_path: Path) -> Iterator[Sharing]:
    """Ann's desk."""
    with sharing(online, tmp_path / "ann") as made:
        yield made
