"""A theme is put somewhere else, and made bigger or smaller, without dragging (access.md D6)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from core.base.ids import ThemeId
from core.domain.commands import PlaceTheme, RemoveTheme
from core.domain.terms import Box
from tests.ui.hall import Hall
from tests.ui.table import Table
from ui.board.frame_item import FrameItem
from ui.board.place_panel import FAR, PlacingPanel
from ui.board.placing import STEP
from ui.board.sizes import BOARD_MARGIN, frame_width
from ui.words.undo_words import describe

NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip
KEY = Qt.Key


def begun(table: Table, theme: ThemeId) -> PlacingPanel:
    """The panel, with the keyboard in it."""
    table.view.place_theme(theme, lambda: None)
    panel = table.view.findChild(PlacingPanel)
    assert isinstance(panel, PlacingPanel)
    table.until(panel.hasFocus)
    return panel


def frame_of(table: Table, theme: ThemeId) -> FrameItem:
    frame = table.view.board_scene.theme_frame(theme)
    assert frame is not None
    return frame


def box_of(table: Table, theme: ThemeId) -> Box:
    """On disk."""
    box = table.board.themes[theme].box
    assert box is not None
    return box


def test_arrow_keys_put_a_theme_elsewhere_in_one_act(table: Table) -> None:
    theme = table.make_theme("Streets", [table.say("One")])
    frame = frame_of(table, theme)
    was = frame.pos()
    panel = begun(table, theme)
    for key, modifiers in ((KEY.Key_Down, SHIFT), (KEY.Key_Down, NONE), (KEY.Key_Right, NONE)):
        table.key(key, modifiers, on=panel)
    assert table.board.themes[theme].box is None    # nobody else sees it yet
    assert (frame.x(), frame.y()) == (was.x() + STEP, was.y() + (FAR + 1) * STEP)
    table.key(KEY.Key_Return, on=panel)
    table.until(lambda: table.board.themes[theme].box is not None)
    assert box_of(table, theme)[:2] == (was.x() + STEP, was.y() + (FAR + 1) * STEP)
    assert describe(table.board.history(table.session.desk).undo[-1], table.board) == "Place of a theme"
    table.acts.undo()
    table.until(lambda: table.board.themes[theme].box is None)
    table.until(lambda: frame.pos() == was)
    assert table.view.hasFocus()


def test_escape_puts_it_back_and_says_nothing_to_anyone(table: Table) -> None:
    theme = table.make_theme("Streets")
    frame, board = frame_of(table, theme), table.board
    was, width = frame.pos(), frame.width
    panel = begun(table, theme)
    table.key(KEY.Key_Down, SHIFT, on=panel)
    table.key(KEY.Key_Right, CTRL, on=panel)
    table.key(KEY.Key_Escape, on=panel)
    assert (frame.pos(), frame.width) == (was, width)
    assert table.board is board
    assert table.view.hasFocus()


def test_with_ctrl_the_arrows_change_its_size(table: Table) -> None:
    theme = table.make_theme("Streets")
    tall = frame_of(table, theme).height
    panel = begun(table, theme)
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        table.key(key, CTRL, on=panel)
    for _again in range(4):
        table.key(KEY.Key_Left, CTRL, on=panel)
    table.key(KEY.Key_Return, on=panel)
    table.until(lambda: table.board.themes[theme].box is not None)
    assert box_of(table, theme)[2:] == (frame_width(1), tall + STEP)
    table.wait_for_screen()
    assert frame_of(table, theme).height == tall + STEP


def test_it_is_told_where_it_is_in_words(table: Table) -> None:
    streets, roads = table.make_theme("Streets"), table.make_theme("Roads")
    for number, theme in enumerate((streets, roads)):
        table.do(PlaceTheme(theme, Box(float(BOARD_MARGIN + number * 20 * STEP), float(BOARD_MARGIN), 402.0, 126.0)))
    panel = begun(table, roads)
    assert panel.placing.words() == "From the left 20, from the top 0, right of “Streets”, 2 columns wide"
    table.key(KEY.Key_Left, on=panel)
    table.key(KEY.Key_Left, SHIFT, on=panel)
    assert panel.placing.words() == "From the left 10, from the top 0, over “Streets”, 2 columns wide"
    table.key(KEY.Key_Return, on=panel)
    table.until(lambda: box_of(table, roads).y > BOARD_MARGIN or box_of(table, roads).x > 402)    # beside it


def test_it_stays_on_the_board_at_its_edge(table: Table) -> None:
    theme = table.make_theme("Streets")
    frame = frame_of(table, theme)
    panel = begun(table, theme)
    for key in (KEY.Key_Up, KEY.Key_Left):
        table.key(key, SHIFT, on=panel)
    assert (frame.x(), frame.y()) == (BOARD_MARGIN, BOARD_MARGIN)


@pytest.mark.parametrize(("name", "across"), [("Right", STEP), ("Left", 0)])
def test_buttons_do_the_same_for_who_cannot_drag(table: Table, name: str, across: int) -> None:
    theme = table.make_theme("Streets")
    frame = frame_of(table, theme)
    panel = begun(table, theme)
    buttons = {each.accessibleName(): each for each in panel.findChildren(QAbstractButton)}
    QTest.mouseClick(buttons[name], Qt.MouseButton.LeftButton)
    assert frame.x() == BOARD_MARGIN + across
    QTest.mouseClick(buttons["Leave it here"], Qt.MouseButton.LeftButton)
    table.until(lambda: (table.board.themes[theme].box is not None) is bool(across))


def test_notes_that_come_in_and_a_theme_that_goes_do_no_harm(table: Table) -> None:
    theme = table.make_theme("Streets", [table.say("One")])
    panel = begun(table, theme)
    table.key(KEY.Key_Down, SHIFT, on=panel)
    at = frame_of(table, theme).pos()
    table.say_all(["Two", "Three"])
    assert frame_of(table, theme).pos() == at
    table.do(RemoveTheme(theme))
    table.key(KEY.Key_Down, on=panel)
    assert panel.placing.words() == "This theme is gone."
    table.key(KEY.Key_Return, on=panel)
    assert table.refused == []
    assert table.board.themes[theme].box is None


def test_from_the_outline_the_board_is_shown_and_the_outline_again(room: Hall) -> None:
    theme = room.theme("Streets", room.say("One"))
    room.stands_on_theme(theme)
    room.desk.do("place-theme")
    panel = room.screen.board.findChild(PlacingPanel)
    assert isinstance(panel, PlacingPanel)
    assert room.screen.views.currentWidget() is room.screen.board
    room.desk.wait(panel.hasFocus)
    room.desk.keys(KEY.Key_Down, SHIFT)
    room.desk.keys(KEY.Key_Return)
    room.desk.wait(lambda: room.board.themes[theme].box is not None)
    assert room.screen.views.currentWidget() is room.screen.outline
    assert room.undo == "Place of a theme"
