"""A workshop open at the desk, in a wide window."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall

WIDE = (1920, 1080)


@pytest.fixture
def room(new_desk: Callable[[], DeskUnderTest], tmp_path: Path) -> Hall:
    """The desk with its workshop open, the phones' door too."""
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), WIDE)
    assert desk.door.code == "ABC234"
    return Hall(desk)
