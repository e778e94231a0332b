"""What the eye needs: contrast in every scheme, a ring around what has the keyboard, never colour alone (D5, D9)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from core.domain.terms import Reason
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.dots import contrast, contrast_in
from tests.ui.hall import Hall, hall
from ui.look import theme
from ui.look.parts import Button

RING = 6
NewDesk = Callable[[], DeskUnderTest]
SCHEMES = pytest.mark.parametrize("scheme", list(theme.Scheme))


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    room = Hall(desk)
    room.theme("Getting in", room.say("The ramp is steep"))
    room.say("Ring me", held=Reason.PERSONAL_FACTS)
    return room


def area_of(widget: QWidget) -> QRect:
    """Where a widget is in its window, a little inside its edge."""
    inside = widget.rect().adjusted(3, 3, -3, -3)
    return QRect(widget.mapTo(widget.window(), inside.topLeft()), inside.size()).intersected(widget.window().rect())


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "least"), [("high-contrast", 7.0), ("light", 4.5), ("dark", 4.5)])
@pytest.mark.parametrize("view", ["board", "outline"])
def test_every_word_stands_out_from_its_ground(
    room: Hall, qapp: QApplication, scheme: str, least: float, view: str
) -> None:
    theme.apply(qapp, theme.Scheme(scheme))
    room.desk.do(view)
    room.desk.do("people")
    QApplication.processEvents()
    picture = room.desk.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    worded: list[QLabel | QAbstractButton] = [*room.desk.visible(QLabel), *room.desk.visible(QAbstractButton)]
    faint = [
        f"{each.text()}: {ratio:.1f}" for each in worded
        if each.text() and each.isEnabled() and each.window() is room.desk.window and area_of(each).isValid()
        and (ratio := contrast_in(picture, area_of(each))) < least
    ]  # fmt: skip
    assert faint == []


@SCHEMES
def test_a_ring_shows_where_the_keyboard_is(room: Hall, qapp: QApplication, scheme: theme.Scheme) -> None:
    theme.apply(qapp, scheme)
    window = room.desk.window
    room.screen.board.setFocus()
    QApplication.processEvents()
    before = window.grab().toImage()
    button = tabbed_to_a_button(room)
    after = window.grab().toImage()
    middle = button.mapTo(window, QPoint(button.width() // 2, 0))
    rows = range(middle.y() - RING, middle.y() + 1)
    seen = [y for y in rows if contrast(before.pixelColor(middle.x(), y), after.pixelColor(middle.x(), y)) >= 3]
    assert len(seen) >= 2, f"{button.text()}: {len(seen)} px"


def tabbed_to_a_button(room: Hall) -> Button:
    """Tab until a button has the keyboard."""
    for _press in range(60):
        room.desk.keys(Qt.Key.Key_Tab)
        QApplication.processEvents()
        focused = QApplication.focusWidget()
        if isinstance(focused, Button):
            return focused
    raise AssertionError("Tab meets no button")


def test_a_note_has_a_shape_with_its_colour() -> None:
    looks = [theme.shape_of(colour) for colour in range(12)]
    assert len(set(looks)) == 12


@SCHEMES
def test_a_state_is_told_in_words_too(room: Hall, scheme: theme.Scheme, qapp: QApplication) -> None:
    theme.apply(qapp, scheme)
    model = room.screen.outline.model
    states = {model.index_of_note(note.id).siblingAtColumn(4).data() for note in room.board.notes.values()}
    assert states == {"Shown", "Held: phone, address or other personal facts"}
