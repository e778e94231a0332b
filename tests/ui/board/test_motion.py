"""Notes settle once and nothing blinks; who wants no motion has none (access.md D11)."""

from collections.abc import Iterator

import pytest

from tests.house.project import product_modules, text_of
from tests.ui.table import Table
from ui.board.motion import Motion
from ui.look import theme

pytestmark = pytest.mark.usefixtures("moving_again")


@pytest.fixture
def moving_again() -> Iterator[None]:
    yield
    theme.keep_still(False)


@pytest.mark.parametrize("still", [True, False])
def test_who_wants_no_motion_has_none(table: Table, *, still: bool) -> None:
    table.look_at(table.view)
    (motion,) = table.view.findChildren(Motion)
    table.until(table.view.isVisible)
    theme.keep_still(still)
    assert motion.is_wanted is not still


def test_nothing_goes_on_moving_or_blinks() -> None:
    animated = [path for path in product_modules() if "Animation(" in text_of(path)]
    assert [path.name for path in animated] == ["motion.py"]
    assert "setLoopCount" not in text_of(animated[0])
