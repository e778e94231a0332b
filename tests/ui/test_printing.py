"""Printing from the desk: laid out by another process, written to a folder, said in a notice."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QRadioButton, QSpinBox

from core.domain.venues import AddVenue
from core.record.slips import NotSlips, read_slips
from tests.ui.at_the_desk import DeskUnderTest
from ui.dialogs.printing import PrintPanel

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at(desk: DeskUnderTest, tmp_path: Path) -> DeskUnderTest:
    """A workshop that is open, its door too, and the panel for printing over it."""
    desk.make_workshop("Our town", "What should change?")
    assert desk.door.is_open
    desk.do("print")
    desk.find(QLineEdit, "Folder").setText(str(tmp_path / "prints"))
    return desk


def test_a_poster_is_laid_out_and_can_be_opened(at: DeskUnderTest, tmp_path: Path) -> None:
    at.keys(Qt.Key.Key_Return, CTRL)
    at.wait(lambda: bool(at.notice))
    assert at.notice == "The pages are ready: Poster A4.pdf"
    assert (tmp_path / "prints" / "Poster A4.pdf").read_bytes().startswith(b"%PDF")


def test_a_poster_for_one_of_several_venues_says_which_it_is(at: DeskUnderTest, tmp_path: Path) -> None:
    at.keys(Qt.Key.Key_Escape)
    assert not at.visible(PrintPanel)
    at.open.running.session.do(AddVenue("York")).result(10)
    at.wait(lambda: bool(at.board.venues))
    at.do("print")
    at.find(QLineEdit, "Folder").setText(str(tmp_path / "prints"))
    venue = at.find(QComboBox, "For which venue")
    assert [venue.itemText(row) for row in range(venue.count())] == ["All venues: one link", "York", "Online"]
    venue.setCurrentIndex(1)
    at.keys(Qt.Key.Key_Return, CTRL)
    at.wait(lambda: bool(at.notice))
    assert at.notice == "The pages are ready: Poster A4 York.pdf"


def test_slips_make_people_that_the_workshop_knows_and_never_take_the_place_of_others(
    at: DeskUnderTest, tmp_path: Path
) -> None:
    for _time in range(2):
        next(each for each in at.visible(QRadioButton) if each.text().startswith("Paper slips")).click()
        at.find(QSpinBox, "How many").setValue(3)
        at.keys(Qt.Key.Key_Return, CTRL)
        at.wait(lambda: bool(at.notice))
        at.window.notices.clear()
        at.do("print")
        at.find(QLineEdit, "Folder").setText(str(tmp_path / "prints"))
    assert len(at.board.joined) == 6
    assert sorted(path.name for path in (tmp_path / "prints").iterdir()) == ["Paper slips 2.pdf", "Paper slips.pdf"]


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_lost(at: DeskUnderTest, tmp_path: Path) -> None:
    (tmp_path / "prints").write_text("a file stands in the way")
    at.keys(Qt.Key.Key_Return, CTRL)
    at.wait(lambda: bool(at.notice))
    assert "cannot be written" in at.notice


def test_a_table_that_is_none_is_no_table_of_slips() -> None:
    with pytest.raises(NotSlips):
        read_slips("a,b\n1,2\n")
