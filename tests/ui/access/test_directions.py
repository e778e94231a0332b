"""Notes that run from right to left keep their signs in order in a desk that runs the other way (access.md D13)."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.base.bidi import FIRST_STRONG, POP
from core.base.ids import NoteId
from tests.ui.table import Table
from ui.look.theme import Text
from ui.panes.fitting import Fitting
from ui.panes.new_notes import NewNotesPane
from ui.panes.tool_row import QuestionWords

PLAIN = "הכביש צר מדי (3.5 מ')!"
MARK = "\u200f"    # as a letter from right to left that cannot be seen: with one at each end nobody can get it wrong
MARKED = f"{MARK}{PLAIN}{MARK}"


def picture_of(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_a_row_of_the_outline(table: Table) -> None:
    plain, marked = table.say_all([PLAIN, MARKED])
    table.look_at(table.outline)
    tree, model = table.outline.tree, table.outline.model

    def row(note: NoteId) -> QImage:
        return tree.viewport().grab(tree.visualRect(model.index_of_note(note))).toImage()

    tree.clearSelection()
    assert row(plain) == row(marked)
    assert row(plain) != row(table.say(PLAIN.replace("!", "?")))


def test_a_row_of_the_new_notes(table: Table) -> None:
    table.say_all([PLAIN, MARKED])
    pane = NewNotesPane(table.bridge)
    table.qtbot.addWidget(pane)
    pane.resize(320, 500)
    pane.show()
    table.qtbot.waitExposed(pane)
    rows = [pane.view.visualRect(pane.model.index(number)) for number in range(2)]
    rows = [row.adjusted(0, 0, 0, -row.height() // 2) for row in rows]    # below stand its way and its age
    above, below = (pane.view.viewport().grab(row).toImage() for row in rows)
    assert above == below
    pane.close()


def test_words_in_the_bars(qtbot: QtBot) -> None:
    line, question = Fitting(Text.THEME_TITLE), QuestionWords()
    for widget in (line, question):
        qtbot.addWidget(widget)
        widget.resize(500, 52)
    line.say(PLAIN)
    question.say("Question 1 of 1", PLAIN)
    plain = [picture_of(line), picture_of(question)]
    line.say(MARKED)
    question.say("Question 1 of 1", MARKED)
    assert [picture_of(line), picture_of(question)] == plain


def test_the_name_of_a_theme_stands_apart_in_our_sentences(table: Table) -> None:
    note = table.say("Wider pavements")
    theme = table.make_theme("הכביש!")
    said: list[str] = []
    table.acts.done.connect(said.append)
    table.acts.move([note], theme)
    table.qtbot.waitUntil(lambda: bool(said))
    assert f"{FIRST_STRONG}הכביש!{POP}" in said[0]
