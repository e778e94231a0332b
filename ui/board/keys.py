"""The keyboard on the board: a bare letter always means a theme (look of the desk, section 6)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from core.base.ids import NoteId
from ui.board.steps import WAYS, Way, end_of_frame, step, theme_step

if TYPE_CHECKING:
    from ui.board.view import BoardView

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def press(view: "BoardView", event: QKeyEvent) -> bool:
    """Do what a key stands for; whether it stands for anything."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~KEYPAD
    if key in WAYS:
        return _arrow(view, WAYS[key], modifiers)
    if modifiers == CTRL:
        return _with_ctrl(view, key)
    if modifiers in (NONE, SHIFT) and _plain(view, key):
        return True
    letter = event.text()
    if modifiers in (NONE, SHIFT) and letter and letter.isalnum():
        view.move_to(letter)
        return True
    return False


def _arrow(view: "BoardView", way: Way, modifiers: Qt.KeyboardModifier) -> bool:
    selection, focus = view.selection, view.selection.focus
    if modifiers == ALT:
        if focus is not None and way in (Way.UP, Way.DOWN):
            view.acts.shift(focus, way.value[1])
        return True
    to = step(view.board_scene, focus, selection.theme, way)
    if modifiers == SHIFT:
        selection.add(note for note in (focus, to) if note is not None)
    elif modifiers == NONE:
        selection.clear()
    view.go_to(to)
    return True


def _with_ctrl(view: "BoardView", key: Qt.Key) -> bool:
    match key:
        case Qt.Key.Key_A:
            view.choose_all()
        case Qt.Key.Key_G:
            view.new_theme()
        case Qt.Key.Key_C:
            copy_words(view)
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            view.move_to()
        case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
            _next_theme(view, 1 if key == Qt.Key.Key_PageDown else -1)
        case Qt.Key.Key_M if view.selection.theme is not None:
            view.join_themes()
        case _:
            return False
    return True


def _next_theme(view: "BoardView", step_by: int) -> None:
    """To its first note, or to the theme itself where no note of it is shown."""
    frame = theme_step(view.board_scene, view.selection.focus, view.selection.theme, step_by)
    if frame is None:
        return
    view.selection.clear()
    if frame.flow.cards:
        view.go_to(frame.flow.cards[0].note_id)
    else:
        view.selection.set_theme(frame.place.theme)


def _plain(view: "BoardView", key: Qt.Key) -> bool:
    scene, focus = view.board_scene, view.selection.focus
    match key:
        case Qt.Key.Key_Escape:
            view.selection.clear()
        case Qt.Key.Key_Delete:
            view.hide_why()
        case Qt.Key.Key_F2:
            view.edit_or_name()
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            _enter(view, focus)
        case Qt.Key.Key_Home | Qt.Key.Key_End:
            view.go_to(end_of_frame(scene, focus, last=key == Qt.Key.Key_End))
        case _:
            return False
    return True


def _enter(view: "BoardView", focus: NoteId | None) -> None:
    """From the overview go in to read; else open the note."""
    if focus is None:
        return
    if view.is_overview:
        view.go_in(view.board_scene.area_of(focus).center())
    else:
        view.note_opened.emit(focus)


def copy_words(view: "BoardView") -> None:
    """The words of the notes, one after the other, to the clipboard."""
    board = view.bridge.board
    notes = view.board_scene.in_order(view.selection.acted_on)
    QGuiApplication.clipboard().setText("\n".join(board.text_of(board.notes[note]) for note in notes))
