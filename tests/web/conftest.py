"""A workshop that is served, and phones that come to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.browser import running_chromium
from tests.web.phones import Phone, Place, phone, serving


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving(tmp_path / "park.sayback") as place:
        yield place


@pytest.fixture(scope="module")
def square(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The same, for all tests of a module that leave it as it was: it ends a second after it refused somebody."""
    with serving(tmp_path_factory.mktemp("square") / "park.sayback") as place:
        yield place


@pytest.fixture
def ada(place: Place) -> Iterator[Phone]:
    with phone(place) as ada:
        yield ada


@pytest.fixture
def ben(place: Place) -> Iterator[Phone]:
    with phone(place) as ben:
        yield ben


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser
