"""Pledges: who, what, by when, kept and changed and taken back by keyboard."""

from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from core.domain.terms import Pledge
from tests.ui.hall import CTRL, Hall, Key
from ui.panes.pledges import Pledges


@pytest.fixture
def pane(room: Hall) -> Pledges:
    """The pane, opened by its keys."""
    room.desk.keys(Key.Key_9, CTRL)
    room.desk.wait(lambda: room.screen.pledges.what.hasFocus())
    return room.screen.pledges


def only(room: Hall) -> Pledge:
    """The one pledge there is."""
    (pledge,) = room.board.pledges.values()
    return pledge


def make(room: Hall, what: str, who: str = "", by: str = "") -> None:
    """Fill in the form, field by field, and keep it."""
    before = len(room.board.pledges)
    room.desk.type(what)
    room.desk.keys(Key.Key_Tab)
    room.desk.type(who)
    room.desk.keys(Key.Key_Tab)
    room.desk.type(by)
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: len(room.board.pledges) == before + 1)


def test_a_pledge_is_written_down_and_the_form_is_ready_for_the_next(room: Hall, pane: Pledges) -> None:
    make(room, "Open the shop again", "Ada", "2026-05-12")
    pledge = only(room)
    assert room.board.text(pledge.what) == "Open the shop again"
    assert room.board.text(pledge.who) == "Ada"
    assert pledge.by == date(2026, 5, 12).toordinal()
    room.desk.wait(lambda: pane.what.hasFocus() and not pane.what.text())
    assert [row.spoken for row in pane.model.rows] == ["Open the shop again, Ada, by 12 May 2026"]
    make(room, "Count the buses")
    room.desk.wait(lambda: len(pane.model.rows) == 2)


def test_a_day_that_is_none_is_told_of_and_nothing_is_lost(room: Hall, pane: Pledges) -> None:
    room.desk.write("What will be done", "Open the shop again")
    room.desk.write("By when", "soonish")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: any("no day we know" in label.text() for label in room.desk.visible(QLabel)))
    assert not room.board.pledges
    assert pane.what.text() == "Open the shop again"
    pane.by.clear()
    room.desk.write("By when", "Friday")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: len(room.board.pledges) == 1)


def test_a_pledge_without_words_is_not_kept(room: Hall, pane: Pledges) -> None:
    room.desk.write("Who", "Ada")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: pane.what.hasFocus())
    assert any(label.text() == "Type what will be done first." for label in room.desk.visible(QLabel))
    assert not room.board.pledges


def test_a_pledge_is_changed_gets_a_theme_goes_and_comes_back(room: Hall, pane: Pledges) -> None:
    theme = room.theme("Shops")
    make(room, "Open the shop", "Ada")
    pane.list.setFocus()
    room.desk.keys(Key.Key_F2)
    field = room.desk.find(QLineEdit, "What will be done")
    assert field.text() == "Open the shop"
    room.desk.type("Open two shops")
    themes = room.desk.find(QComboBox, "Its theme")
    themes.setCurrentIndex(themes.findText("Shops"))
    room.desk.press("Keep the change")
    room.desk.wait(lambda: room.board.text(only(room).what).endswith("Open two shops"))
    assert only(room).theme == theme
    assert pane.model.rows[0].side == "Shops"
    room.desk.wait(lambda: room.undo == "Write down a pledge")
    pane.list.setFocus()
    room.desk.keys(Key.Key_Delete)
    room.desk.wait(lambda: not room.board.pledges)
    room.desk.do("undo")
    room.desk.wait(lambda: len(room.board.pledges) == 1)
