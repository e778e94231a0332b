"""Notes settle once and nothing blinks; who wants no motion has none (access.md D11)."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractAnimation, QObject

from tests.house.project import product_modules, text_of
from tests.ui.table import Table
from ui import theme
from ui.board.motion import Motion

pytestmark = pytest.mark.usefixtures("moving_again")


@pytest.fixture
def moving_again() -> Iterator[None]:
    yield
    theme.keep_still(False)


def moves(table: Table) -> bool:
    """Whether notes that go into a theme travel there."""
    notes = table.say_all(["One", "Two", "Three"])
    theme_id = table.make_theme("Streets")
    (motion,) = table.view.findChildren(Motion)
    started: list[bool] = []
    (run,) = motion.findChildren(QAbstractAnimation)
    link = run.stateChanged.connect(lambda now, _before: started.append(now is QAbstractAnimation.State.Running))
    table.acts.move(notes, theme_id)
    table.until(lambda: all(table.theme_of(each) == "Streets" for each in notes))
    QObject.disconnect(link)
    return any(started)


@pytest.mark.parametrize("still", [True, False])
def test_who_wants_no_motion_has_none(table: Table, *, still: bool) -> None:
    table.look_at(table.view)
    theme.keep_still(still)
    assert moves(table) is not still


def test_nothing_goes_on_moving_or_blinks() -> None:
    animated = [path for path in product_modules() if "Animation(" in text_of(path)]
    assert [path.name for path in animated] == ["motion.py"]
    assert "setLoopCount" not in text_of(animated[0])
