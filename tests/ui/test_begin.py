"""The desk begins as large, in the language and in the direction that its settings say."""

import subprocess
import sys

import pytest

from tests.house.project import HOUSE

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
