"""Easy Read is written at the desk: first words of ours, put into one's own, kept and undone like all else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from core.domain.easy import written
from core.domain.terms import EasyPicture
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.london import london
from ui.look.parts import Label


@pytest.fixture
def town(new_desk: Callable[[], DeskUnderTest], tmp_path: Path) -> DeskUnderTest:
    """The London session, open at the desk."""
    desk = new_desk()
    desk.begin(london(tmp_path / "london.sayback", desk.settings.settings.desk))
    assert desk.open.screen.isVisible()
    desk.wait(desk.window.actions_["easy-read"].isEnabled)
    return desk


def said(desk: DeskUnderTest) -> str:
    return "\n".join(label.text() for label in desk.visible(Label))


def test_first_words_are_put_into_ones_own_and_kept(town: DeskUnderTest) -> None:
    town.do("easy-read")
    assert "These first words are ours." in said(town)
    assert town.find(QLineEdit, "Words 1").text().startswith("We had a meeting.")
    town.find(QLineEdit, "Words 1").setText("We met.")
    pictures = town.find(QComboBox, "Picture 1")
    pictures.setCurrentIndex(pictures.findData(EasyPicture.SAFE))
    town.find(QLineEdit, "Words 2").setText("")
    town.press("Take line 3 out")
    town.find(QLineEdit, "Words 3").setText("We listened.")
    town.press("Keep these words")
    town.wait(lambda: written(town.board) != [])
    assert written(town.board)[0] == (EasyPicture.SAFE, "We met.")
    assert [text for _picture, text in written(town.board)][1] == "We listened."
    town.do("easy-read")
    assert "These first words are ours." not in said(town)
    town.keys(Qt.Key.Key_Escape)
    town.do("undo")
    town.wait(lambda: written(town.board) == [])


def test_a_sentence_that_is_too_long_is_said_and_a_line_is_added(town: DeskUnderTest) -> None:
    town.do("easy-read")
    before = len(town.visible(QComboBox))
    town.press("Add a line")
    assert len(town.visible(QComboBox)) == before + 1
    town.find(QLineEdit, "Words 1").setText("word " * 16)
    assert "Line 1 has a sentence of more than 15 words." in said(town)
    town.find(QLineEdit, "Words 1").setText("word " * 8 + ". " + "word " * 8)
    assert "has a sentence of more" not in said(town)
    assert "Keep these words" in town.names(QAbstractButton)
