"""What people wrote is words at the desk, never markup, wherever it stands (attacks.md A04)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from core.base.ids import DeskId
from core.domain.commands import MakeWorkshop
from core.domain.running import AddStep, BeginStep
from core.domain.terms import StepKind
from core.session import Session
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall

NewDesk = Callable[[], DeskUnderTest]
PICTURE = "<img src=file:///etc/passwd>"
MARKUP = (PICTURE, "<a href='http://attacker.example/'>tap</a>", "<b>" * 5000, "<table background=file:///etc/passwd>")
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    """Title, host, question, steps, themes and notes are markup."""
    desk = new_desk()
    path = tmp_path / "town.sayback"
    made = MakeWorkshop(title=PICTURE, questions=(PICTURE, "Two"), code="ABC234", host=PICTURE, promise=PICTURE)
    Session.create(path, made, DeskId(desk.settings.settings.desk)).close()
    desk.begin(path, (1600, 900))
    there = Hall(desk)
    notes = [there.say(words[:500]) for words in MARKUP]
    there.theme(PICTURE, notes[0])
    there.does(AddStep(kind=StepKind.TALK, title=PICTURE))
    (step,) = there.board.steps
    there.does(BeginStep(step))
    desk.do("people")
    return there


def as_read(tip: str) -> str:
    """What stands in a tool-tip: Qt looks itself whether it is markup."""
    if not GuiQt.mightBeRichText(tip):
        return tip
    read = QTextDocument()
    read.setHtml(tip)
    assert "<img" not in read.toHtml()
    return read.toPlainText()


def every_widget() -> Iterator[QWidget]:
    for window in QApplication.topLevelWidgets():
        yield window
        yield from window.findChildren(QWidget)


def test_no_label_takes_words_for_markup(room: Hall) -> None:
    room.desk.do("outline")
    with_words = [each for each in every_widget() if isinstance(each, QLabel) and "<" in each.text()]
    assert with_words
    assert {each.textFormat() for each in with_words} == {Qt.TextFormat.PlainText}


def test_no_tool_tip_takes_words_for_markup(room: Hall) -> None:
    tips = [each.toolTip() for each in every_widget() if "img" in each.toolTip()]
    assert len(tips) >= 3    # title, host and question
    assert [as_read(tip) for tip in tips if not as_read(tip).endswith(PICTURE)] == []


def test_the_outline_says_every_note_as_it_was_written(room: Hall) -> None:
    model = room.screen.outline.model
    for note in room.board.notes.values():
        index = model.index_of_note(note.id)
        assert index.data() == room.board.text_of(note)
        assert as_read(index.data(TIP)) == room.board.text_of(note)
