"""New notes: all of them can be marked as seen at once."""

from PySide6.QtWidgets import QAbstractButton

from tests.ui.hall import Hall


def test_all_new_notes_are_marked_as_seen_by_one_press(room: Hall) -> None:
    for number in range(3):
        room.say(f"Note {number}")
    room.desk.wait(lambda: len(room.screen.new_notes.model.unread) == 3)
    room.desk.press("All seen")
    assert not room.screen.new_notes.model.unread
    assert "All seen" not in room.desk.names(QAbstractButton)
    assert room.screen.new_notes.view.accessibleName() == "New notes, 0 unread"
