"""What the tests about the project read of it stays until the end, and is not looked through for garbage."""

from collections.abc import Iterator

import pytest

from tests.conftest import spare_what_is_there


@pytest.fixture(scope="module", autouse=True)
def what_was_read_stays() -> Iterator[None]:
    yield
    spare_what_is_there()
