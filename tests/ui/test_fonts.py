"""The desk brings its fonts along: where the system has none at all (F45), every script we promise is drawn by ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.base.fonts import FAMILIES
from tests.core.scripts import MIXED, SAMPLES

HOUSE = Path(__file__).parents[2]
NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{}</cachedir></fontconfig>"""
LAY_OUT = """
import json, sys
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QApplication
from ui.look import theme

app = QApplication([])
theme.load_fonts()
found = {}
for text in json.loads(sys.argv[1]):
    layout = QTextLayout(text, theme.font(theme.Text.NOTE))
    layout.beginLayout()
    layout.createLine().setLineWidth(100_000)
    layout.endLayout()
    found[text] = [(run.rawFont().familyName(), 0 in run.glyphIndexes()) for run in layout.glyphRuns()]
print(json.dumps(found))
"""


@pytest.mark.slow
def test_without_any_font_of_the_system_every_script_is_drawn_by_ours(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(NO_FONTS.format(tmp_path / "cache"))
    texts = json.dumps([*(sample.text for sample in SAMPLES.values()), MIXED])
    done = subprocess.run(
        [sys.executable, "-c", LAY_OUT, texts], cwd=HOUSE, capture_output=True, check=True, text=True, timeout=60,
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
    )  # fmt: skip
    found: dict[str, list[tuple[str, bool]]] = json.loads(done.stdout)
    assert len(found) == len(SAMPLES) + 1
    for text, runs in found.items():
        assert runs, text
        assert not any(is_missing for _family, is_missing in runs), text
        assert {family for family, _missing in runs} <= set(FAMILIES), text
