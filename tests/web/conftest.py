"""A workshop that is served, and phones that come to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.phones import Phone, Place, phone, serving


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving(tmp_path / "park.sayback") as place:
        yield place


@pytest.fixture
def ada(place: Place) -> Iterator[Phone]:
    with phone(place) as ada:
        yield ada


@pytest.fixture
def ben(place: Place) -> Iterator[Phone]:
    with phone(place) as ben:
        yield ben
