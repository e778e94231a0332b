"""What the eye needs: contrast in every scheme, a ring around what has the keyboard, never colour alone (D5, D9)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from core.domain.terms import Reason
from tests.ui.at_the_desk import DeskUnderTest
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


def luminance(colour: QColor) -> float:
    """As WCAG 2.2 has it."""
    parts = [channel / 255 for channel in (colour.red(), colour.green(), colour.blue())]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """From 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_and_ground(picture: QImage, area: QRect) -> float:
    """The contrast between the commonest colour of an area and that which differs from it most."""
    pixels: dict[int, int] = {}
    for x in range(area.left(), area.right() + 1):
        for y in range(area.top(), area.bottom() + 1):
            pixels[picture.pixel(x, y)] = pixels.get(picture.pixel(x, y), 0) + 1
    ground = QColor(max(pixels, key=lambda each: pixels[each]))
    return max(contrast(ground, QColor(each)) for each in pixels)


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
    picture = room.desk.window.grab().toImage()
    worded: list[QLabel | QAbstractButton] = [*room.desk.visible(QLabel), *room.desk.visible(QAbstractButton)]
    faint = [
        f"{each.text()}: {ratio:.1f}" for each in worded
        if each.text() and each.isEnabled() and each.window() is room.desk.window and area_of(each).isValid()
        and (ratio := ink_and_ground(picture, area_of(each))) < least
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
