"""The desk begins as large, in the language and in the direction that its settings say, and does not look for garbage
meanwhile."""

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import spare_what_is_there
from tests.house.project import HOUSE
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import hall
from ui.app import rest_while_loading

ASKED = """
from core.base.ids import DeskId
from core.base.language import gettext
from core.base.settings import Settings
from ui.app import begin
app = begin(Settings(desk=DeskId("0" * 32), scale={scale}, language="{language}", still={still}))
from ui.look.theme import is_still
print(app.primaryScreen().devicePixelRatio(), app.isRightToLeft(), is_still(), gettext("Notes"))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scale", "language", "still", "told"),
    [
        (100, "", False, "1.0 False False Notes"), (150, "cy", True, "1.5 False True Nodiadau"),
        (200, "ar", False, "2.0 True"),
    ],
)  # fmt: skip
def test_the_desk_begins_as_the_settings_say(scale: int, language: str, still: bool, told: str) -> None:
    program = ASKED.format(scale=scale, language=language, still=still)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=HOUSE, capture_output=True, text=True, timeout=60, check=True,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
    )  # fmt: skip
    assert done.stdout.startswith(told)


@pytest.fixture
def nothing_spared() -> Iterator[None]:
    """As in a desk that has just begun; the tests after this one have it as they had it before."""
    gc.unfreeze()
    yield
    spare_what_is_there()


@pytest.mark.usefixtures("nothing_spared")
def test_garbage_is_not_looked_for_while_a_workshop_loads_nor_later_in_what_has_loaded(
    new_desk: Callable[[], DeskUnderTest], tmp_path: Path
) -> None:
    desk = new_desk()
    rest_while_loading(desk.desk)
    looked: list[bool] = []
    desk.desk.loading.connect(lambda: looked.append(gc.isenabled()))
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    desk.wait(lambda: looked != [] and gc.isenabled())
    assert looked == [False]
    assert gc.get_freeze_count() > 0
    desk.do("leave")
    assert gc.get_freeze_count() == 0
