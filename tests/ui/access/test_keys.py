"""Everything at the desk can be done by keyboard, and is in a menu and in Help (access.md D5, D6, D7)."""

import ast
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from core.base import language
from tests.house.project import HOUSE, nodes_of
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall
from ui.acting.actions import Act, table
from ui.dialogs.help import HelpPanel, board_keys
from ui.look.parts import KeyCaps, key_names
from ui.panes.type_row import WordsLine
from ui.picking.move_to import MoveTo

EVERYWHERE = {
    "F1": "help", "F4": "join-view", "F5": "projector", "F6": "next-part", "Shift+F6": "part-before", "F7": "reveal",
    "F8": "next-step", "Shift+F8": "step-back", "F11": "full-screen", "F12": "timer", "Shift+F12": "more-time",
    "Ctrl+N": "new", "Ctrl+O": "open", "Ctrl+S": "save-copy", "Ctrl+E": "export", "Ctrl+W": "leave", "Ctrl+Q": "quit",
    "Ctrl+K": "all-actions", "Ctrl+Z": "undo", "Ctrl+Shift+Z": "redo", "Ctrl+Y": "redo", "Ctrl+T": "type",
    "Ctrl+J": "held", "Ctrl+1": "board", "Ctrl+2": "outline", "Ctrl+3": "people", "Ctrl+4": "new-notes",
    "Ctrl+5": "history", "Ctrl+6": "agenda", "Ctrl+7": "live-questions", "Ctrl+8": "replies",
    "Ctrl+9": "pledges", "Ctrl+F": "find", "F3": "find-next", "Shift+F3": "find-before",
    "Ctrl+0": "fit", "Ctrl++": "bigger", "Ctrl+-": "smaller",
    "Ctrl+Alt+0": "whole", "F2": "reword", "Del": "hide", "Ctrl+A": "choose-theme", "Ctrl+G": "new-theme-from",
    "Ctrl+D": "also", "Ctrl+M": "merge", "Ctrl+B": "fold", "Ctrl+R": "answer", "Ctrl+H": "hold",
    "Ctrl+I": "what-happened", "Ctrl+L": "colour-theme", "Ctrl+C": "copy",
}  # fmt: skip
"""The keys of the look of the desk (section 6), and what each does. docs/decisions/keys-of-the-desk.md says where we
have others."""
SHARED = {"F2", "Ctrl+M"}
"""Keys that mean a note or a theme, whichever has the focus."""
BY_KEYBOARD = {
    "Canvas.wheelEvent": ("bigger", "smaller", "fit"),
    "BoardView.mousePressEvent": ("move", "new-theme-from", "also", "choose-theme", "place-theme"),
    "BoardView.mouseMoveEvent": ("move", "new-theme-from", "also", "choose-theme", "place-theme"),
    "BoardView.mouseReleaseEvent": ("move", "new-theme-from", "also", "choose-theme", "place-theme"),
    "BoardView.mouseDoubleClickEvent": ("reword", "name-theme", "new-theme"),
    "BoardView.leaveEvent": (),    # nothing is done: a mark under the mouse goes
    "Minimap.mousePressEvent": ("fit", "bigger", "smaller"),
    "PicturePanel.mousePressEvent": (),    # closes it, as Escape does
    "StayingMenu.mouseReleaseEvent": (),    # a click ticks, as Space does
}
"""What the mouse can do by dragging, turning or hovering, and the actions that do the same."""
GESTURES = ("mouse", "drop", "drag", "hover", "enterEvent", "leaveEvent", "wheelEvent")
NewDesk = Callable[[], DeskUnderTest]


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    return Hall(desk)


def acts() -> dict[str, Act]:
    return {act.id: act for act in table()}


def test_every_action_is_in_a_menu(room: Hall) -> None:
    in_menus = {
        action.objectName() for menu in room.desk.window.menuBar().findChildren(QMenu) for action in menu.actions()
    }
    assert {act.id for act in table()} - in_menus == set()


def test_no_key_does_two_things() -> None:
    counted = Counter(keys for act in table() for keys in act.keys)
    assert {keys for keys, times in counted.items() if times > 1} <= SHARED


def test_no_key_is_a_bare_letter_or_digit() -> None:
    assert [keys for act in table() for keys in act.keys if len(keys.removeprefix("Shift+")) == 1] == []


def test_the_keys_are_those_of_the_look() -> None:
    ours = {keys: act.id for act in reversed(table()) for keys in act.keys}
    assert {keys: ours.get(keys) for keys in EVERYWHERE} == EVERYWHERE


@pytest.mark.parametrize(("code", "share"), [("en", 1), ("cy", 2)])
def test_the_letter_that_opens_something_is_its_own_in_its_menu(code: str, share: int, room: Hall) -> None:
    """In Welsh two may share one in a long menu: its words have fewer letters to choose from."""
    language.use(code)
    try:
        menus: dict[object, list[str]] = {}
        for act in table():
            menus.setdefault(act.menu, []).extend({letter(text) for text in (act.text, act.text_on) if text})
        twice = {str(menu): [each for each, n in Counter(found).items() if n > share] for menu, found in menus.items()}
        assert {menu: found for menu, found in twice.items() if found} == {}
    finally:
        language.use(language.SOURCE)


def letter(text: str) -> str:
    """The letter behind the mark; every action has one."""
    assert "&" in text, text
    return text[text.index("&") + 1].lower()


def test_help_lists_every_key(room: Hall) -> None:
    room.desk.do("help")
    panel = room.desk.window.findChild(HelpPanel)
    assert panel is not None
    listed = {caps.keys for caps in panel.findChildren(KeyCaps)}
    wanted = {keys for act in table() for keys in act.keys} | {keys for keys, _words in board_keys()}
    assert {key_names(keys) for keys in wanted} - listed == set()


def test_letters_are_letters_while_one_types(room: Hall) -> None:
    room.say("The ramp is steep")
    room.theme("A real say")
    room.desk.do("type")
    line = room.desk.visible(WordsLine)[0]
    QTest.keyClicks(line, "a 1 s")
    assert line.toPlainText() == "a 1 s"
    assert room.desk.window.findChildren(MoveTo) == []


def test_f6_goes_round_the_parts_of_the_window_and_back(room: Hall) -> None:
    room.desk.do("board")
    room.screen.board.setFocus()
    met: list[QWidget] = []
    for _step in range(12):
        focused = room.desk.window.focusWidget()
        assert focused is not None
        met.append(focused)
        room.desk.keys(Qt.Key.Key_F6)
    there = room.desk.window.focusWidget()
    assert len(set(met)) >= 5
    assert room.screen.board in met[1:]
    room.desk.keys(Qt.Key.Key_F6)
    room.desk.keys(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert room.desk.window.focusWidget() is there


def test_what_the_mouse_does_by_dragging_can_be_done_by_an_action() -> None:
    assert sorted(gestures()) == sorted(BY_KEYBOARD)
    assert {id for ids in BY_KEYBOARD.values() for id in ids} <= acts().keys()


def gestures() -> set[str]:
    """Every place in ui/ that hears the mouse more than a button does."""
    found = set()
    for path in (HOUSE / "ui").rglob("*.py"):
        classes = (node for node in nodes_of(path) if isinstance(node, ast.ClassDef))
        for node in classes:
            methods = (each.name for each in node.body if isinstance(each, ast.FunctionDef))
            found |= {f"{node.name}.{each}" for each in methods if each.startswith(GESTURES) and each.endswith("Event")}
    return found


def test_tab_goes_round_once_in_the_order_of_the_eye(room: Hall) -> None:
    room.desk.do("people")
    room.screen.tools.setFocus()
    order = tabbed(room.desk)
    stops = {each for each in room.desk.visible(QWidget) if is_stop(each)}
    assert stops - set(order) == set(), "Tab never comes here"
    backwards = [
        (one, other) for one, other in pairwise(order)
        if one.parentWidget() is other.parentWidget() and eye(other) < eye(one)
    ]  # fmt: skip
    assert backwards[1:] == []    # one of them is where the round began


def tabbed(desk: DeskUnderTest) -> list[QWidget]:
    """Where Tab goes, until it is where it was."""
    order: list[QWidget] = []
    now = desk.window.focusWidget()
    while now not in order:
        order.append(now)
        now = next_in_chain(now)
    return [each for each in order if is_stop(each)]


def is_stop(widget: QWidget) -> bool:
    """Whether Tab stops here."""
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and widget.isEnabled() and widget.focusProxy() is None and widget.isVisible()


def eye(widget: QWidget) -> tuple[int, int]:
    """Where the eye meets it: line by line."""
    return widget.y() // 12, widget.x()


def next_in_chain(widget: QWidget) -> QWidget:
    """The next place for Tab: the chain of a window is a ring."""
    after = widget.nextInFocusChain()
    assert after is not None
    return after
