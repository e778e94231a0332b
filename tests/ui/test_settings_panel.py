"""Settings of the desk: kept over a start, followed at once where that can be, and a damaged file stops nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit

from core.base.settings import Settings, scale_of
from tests.ui.at_the_desk import DeskUnderTest
from ui.look import theme

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def moving() -> Iterator[None]:
    """Other tests move again."""
    yield
    theme.keep_still(False)


def test_a_setting_is_kept_and_there_again_at_the_next_start(new_desk: Callable[[], DeskUnderTest]) -> None:
    desk = new_desk()
    desk.begin()
    desk.do("settings")
    desk.find(QComboBox, "Size").setCurrentIndex(2)
    desk.find(QComboBox, "Language of the desk").setCurrentIndex(1)
    next(each for each in desk.visible(QCheckBox) if each.text() == "Nothing moves on its own").click()
    desk.keys(Qt.Key.Key_Return, CTRL)
    assert desk.notice == "The settings are kept. Size and language change at the next start."
    assert theme.is_still()
    desk.close()
    again = new_desk()
    kept = again.settings.settings
    assert (kept.scale, kept.language, kept.still, kept.sound) == (150, "cy", True, False)


def test_sound_is_off_until_somebody_wants_it_and_then_the_menu_says_so(desk: DeskUnderTest) -> None:
    assert not Settings().sound
    desk.do("settings")
    next(each for each in desk.visible(QCheckBox) if "sound" in each.text()).click()
    desk.keys(Qt.Key.Key_Return, CTRL)
    assert desk.settings.settings.sound
    assert desk.window.actions_["sound"].isChecked()


def test_new_workshops_go_where_somebody_wants_them(desk: DeskUnderTest, tmp_path: Path) -> None:
    desk.do("settings")
    field = desk.find(QLineEdit, "Folder for new workshops")
    field.setText("not a whole path")
    desk.keys(Qt.Key.Key_Return, CTRL)
    assert "Choose a folder, with its whole path." in [label.text() for label in desk.visible(QLabel)]
    field.setText(str(tmp_path / "elsewhere"))
    desk.keys(Qt.Key.Key_Return, CTRL)
    desk.make_workshop("Our town", "What should change?")
    assert desk.open.running.session.path == tmp_path / "elsewhere" / "Our town.sayback"


def test_a_damaged_file_of_settings_is_said_and_kept(new_desk: Callable[[], DeskUnderTest], tmp_path: Path) -> None:
    file = tmp_path / "config" / "settings.json"
    file.parent.mkdir()
    file.write_text('{"desk": ')
    desk = new_desk()
    desk.begin()
    assert desk.notice.startswith("The settings of this desk could not be read")
    assert "settings.json.damaged" in desk.notice
    assert (file.parent / "settings.json.damaged").read_text() == '{"desk": '
    desk.make_workshop("Our town", "What should change?")


def test_leaving_the_panel_changes_nothing(desk: DeskUnderTest) -> None:
    before = desk.settings.settings
    desk.do("settings")
    desk.find(QComboBox, "Size").setCurrentIndex(4)
    desk.keys(Qt.Key.Key_Escape)
    assert desk.settings.settings == before


@pytest.mark.parametrize(("raw", "scale"), [(100, 100), (5, 100), (1000, 200), (150, 150)])
def test_a_size_nobody_could_use_is_brought_to_the_nearest(raw: int, scale: int) -> None:
    assert scale_of(raw) == scale
