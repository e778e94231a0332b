"""Grouping notes by mouse: what is dragged lands where it is let go, in one act that can be undone."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from core.base.ids import ThemeId
from core.domain.commands import HideNotes, MoveNotes, PlaceTheme, WithdrawNote
from core.domain.events import Author
from core.domain.terms import Box, Reason
from tests.ui.table import Table
from ui.board.gestures import NoteDrag

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_note_dragged_onto_a_theme_is_in_it_and_undo_takes_it_out_again(table: Table) -> None:
    ramp = table.say("The ramp is steep")
    access = table.make_theme("Getting in")
    table.drag(table.at(ramp), table.in_frame(access))
    table.until(lambda: table.shown_in(access) == [ramp])
    assert table.texts_in(access) == ["The ramp is steep"]

    table.acts.undo()
    table.until(lambda: table.shown_in(access) == [])
    assert table.theme_of(ramp) == ""
    table.acts.redo()
    table.until(lambda: table.shown_in(access) == [ramp])


def test_note_dragged_between_two_others_lies_between_them(table: Table) -> None:
    first, last, middle = table.say_all(["One", "Three", "Two"])
    theme = table.make_theme("In order", [first, last])
    below = table.view.mapFromScene(table.view.board_scene.area_of(last).center()) - QPoint(0, 14)
    table.drag(table.at(middle), below)
    table.until(lambda: table.shown_in(theme) == [first, middle, last])
    assert table.texts_in(theme) == ["One", "Two", "Three"]


def test_several_notes_move_as_one_act(table: Table) -> None:
    notes = table.say_all([f"Note {number}" for number in range(4)])
    theme = table.make_theme("Together")
    table.click(notes[0])
    table.click(notes[1], CTRL)
    table.click(notes[3], CTRL)
    assert set(table.selection.chosen) == {notes[0], notes[1], notes[3]}
    table.drag(table.at(notes[1]), table.in_frame(theme))
    table.until(lambda: len(table.shown_in(theme)) == 3)
    assert table.texts_in(theme) == ["Note 0", "Note 1", "Note 3"]
    table.acts.undo()
    table.until(lambda: table.shown_in(theme) == [])


def test_the_label_says_what_letting_go_would_do(table: Table) -> None:
    notes = table.say_all(["One", "Two", "Three"])
    theme = table.make_theme("Health and care")
    table.selection.choose(notes)
    start = table.at(notes[0])
    table.press(start)
    table.move(start, table.in_frame(theme))
    drag = table.view._gesture
    assert isinstance(drag, NoteDrag)
    assert drag.label() == "Put 3 notes in “Health and care”"
    assert table.view.board_scene.left_behind == frozenset(notes)
    table.key(Qt.Key.Key_Escape)
    table.release(table.in_frame(theme))
    assert table.view.board_scene.left_behind == frozenset()
    assert table.shown_in(theme) == []


def test_note_dropped_on_the_empty_table_makes_a_theme_that_is_named_there(table: Table) -> None:
    note = table.say("More benches")
    empty = QPoint(60, table.view.viewport().height() - 60)
    table.drag(table.at(note), empty)
    table.until(lambda: len(table.board.themes_of(table.question)) == 1)
    table.until(lambda: table.focused().accessibleName() == "Name of the theme")
    table.type("Places to rest", table.focused())
    table.key(Qt.Key.Key_Return, on=table.focused())
    table.until(lambda: table.theme_of(note) == "Places to rest")
    theme = table.board.themes_of(table.question)[0]
    assert theme.box is not None
    assert abs(theme.box.x + theme.box.width / 2 - table.view.mapToScene(empty).x()) < theme.box.width


def test_theme_made_by_hand_covers_no_other(table: Table) -> None:
    first, second = table.say_all(["Short", "A long one. " * 30])
    scene = table.view.board_scene
    low = table.view.viewport().height() - 160
    for note, down in ((first, low), (second, low - 120)):
        table.drag(table.at(note), QPoint(60, down))
        table.until(lambda: table.focused().accessibleName() == "Name of the theme")
        table.key(Qt.Key.Key_Return, on=table.focused())
        table.until(lambda: table.focused() is table.view)
    one, other = scene.where[first], scene.where[second]
    assert one is not other
    assert not one.area.intersects(other.area)


def test_note_dragged_back_is_in_no_theme(table: Table) -> None:
    note = table.say("Not here")
    theme = table.make_theme("Wrong", [note])
    table.drag(table.at(note), table.in_frame(None))
    table.until(lambda: table.shown_in(theme) == [])
    assert table.theme_of(note) == ""


def test_rubber_band_chooses_what_it_touches(table: Table) -> None:
    notes = table.say_all(["One", "Two", "Three"])
    frame = table.view.board_scene.loose_frame
    assert frame is not None
    start = table.view.mapFromScene(frame.area.bottomRight()) - QPoint(6, 6)
    end = table.view.mapFromScene(frame.area.topLeft()) + QPoint(30, 60)
    table.drag(start, end)
    assert set(table.selection.chosen) == set(notes)
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert table.selection.chosen == ()


def test_shift_chooses_all_between(table: Table) -> None:
    notes = table.say_all([f"Note {number}" for number in range(5)])
    table.click(notes[1])
    table.click(notes[3], SHIFT)
    assert set(table.selection.chosen) == set(notes[1:4])


def test_theme_dragged_by_its_header_stays_there_after_a_reopening(table: Table) -> None:
    note = table.say("Far from here")
    theme = table.make_theme("Wandering", [note])
    table.drag(table.in_frame(theme), table.in_frame(theme) + QPoint(120, 150))
    table.until(lambda: table.board.themes[theme].box is not None)
    box = table.board.themes[theme].box
    frame = table.view.board_scene.theme_frame(theme)
    assert box is not None
    assert frame is not None
    table.until(lambda: (frame.x(), frame.y()) == (box.x, box.y))
    table.wait_for_screen()
    table.view.live.read_anew()
    again = table.view.board_scene.theme_frame(theme)
    assert again is not None
    assert (again.x(), again.y()) == (box.x, box.y)


def test_theme_dropped_on_another_that_was_placed_settles_beside_it_in_one_act(table: Table) -> None:
    still, moved = table.make_theme("Stays"), table.make_theme("Goes")
    table.do(PlaceTheme(still, Box(500.0, 120.0, 400.0, 126.0)))
    before = table.board.events
    table.drag(table.in_frame(moved), table.in_frame(still) + QPoint(20, 30))
    table.until(lambda: table.board.themes[moved].box is not None)
    assert not meet(table, still, moved)
    assert table.board.events == before + 1
    assert table.board.themes[still].box == Box(500.0, 120.0, 400.0, 126.0)
    table.acts.undo()
    table.until(lambda: table.board.themes[moved].box is None)


def test_a_placed_theme_that_grows_pushes_those_below_it_down_until_it_shrinks(table: Table) -> None:
    upper, lower = table.make_theme("Above"), table.make_theme("Below")
    table.do(PlaceTheme(upper, Box(500.0, 20.0, 206.0, 126.0)))
    table.do(PlaceTheme(lower, Box(500.0, 160.0, 206.0, 126.0)))
    frame = table.view.board_scene.theme_frame(lower)
    assert frame is not None
    assert frame.y() == 160
    table.do(MoveNotes(tuple(table.say_all(["One", "Two", "Three"])), upper))
    table.until(lambda: frame.y() > 160)
    assert not meet(table, upper, lower)
    table.acts.undo()
    table.until(lambda: frame.y() == 160)


def meet(table: Table, one: ThemeId, other: ThemeId) -> bool:
    """Whether two frames share some room on the screen."""
    frames = [table.view.board_scene.theme_frame(theme) for theme in (one, other)]
    first, second = (frame.area for frame in frames if frame is not None)
    return first.intersects(second)


def test_theme_made_wider_by_its_corner_takes_more_columns(table: Table) -> None:
    notes = table.say_all([f"Note {number}" for number in range(6)])
    theme = table.make_theme("Wide", notes)
    frame = table.view.board_scene.theme_frame(theme)
    assert frame is not None
    corner = table.view.mapFromScene(frame.area.bottomRight()) - QPoint(5, 5)
    table.drag(corner, corner + QPoint(240, 30))
    table.until(lambda: table.board.themes[theme].box is not None)
    assert len(frame.flow.columns) == 3
    table.acts.undo()
    table.until(lambda: table.board.themes[theme].box is None)
    table.until(lambda: len(frame.flow.columns) == 2)


def test_notes_arriving_while_one_is_dragged_change_nothing_in_the_hand(table: Table) -> None:
    notes = table.say_all(["One", "Two"])
    theme = table.make_theme("Here")
    start, end = table.at(notes[0]), table.in_frame(theme)
    table.press(start)
    table.move(start, end)
    before = table.view.board_scene.area_of(notes[1])
    arrived = table.say("Three, just now")
    assert table.view.board_scene.area_of(notes[1]) == before
    assert table.view.board_scene.where[arrived] is table.view.board_scene.loose_frame
    table.release(end)
    table.until(lambda: table.shown_in(theme) == [notes[0]])
    assert table.theme_of(arrived) == ""


def test_note_taken_back_by_its_writer_while_dragged_is_let_go(table: Table) -> None:
    note = table.say("I changed my mind")
    theme = table.make_theme("Here")
    start, end = table.at(note), table.in_frame(theme)
    table.press(start)
    table.move(start, end)
    table.do(WithdrawNote(note), Author(table.session.desk, table.person))
    table.until(lambda: not table.view.is_dragging)
    table.release(end)
    assert note not in table.view.board_scene.where
    assert table.refused == []


def test_others_do_not_move_what_is_under_the_pointer(table: Table) -> None:
    first, second = table.say_all(["One, which goes away", "Two"])
    QTest.mouseMove(table.view.viewport(), table.at(second))
    before = table.view.board_scene.area_of(second)
    table.do(WithdrawNote(first), Author(table.session.desk, table.person))
    assert table.view.board_scene.area_of(second) == before
    QTest.mouseMove(table.view.viewport(), QPoint(4, 4))
    assert table.view.board_scene.area_of(second) != before


def test_hidden_note_leaves_the_board_and_comes_back(table: Table) -> None:
    note = table.say("Buy my book")
    table.do(HideNotes((note,), Reason.OFF_TOPIC))
    assert note not in table.view.board_scene.where
    table.acts.show([note])
    table.until(lambda: note in table.view.board_scene.where)


def test_middle_button_moves_the_board(table: Table) -> None:
    table.say_all([f"Note {number} " * 12 for number in range(30)])
    viewport, middle = table.view.viewport(), Qt.MouseButton.MiddleButton
    QTest.mousePress(viewport, middle, pos=QPoint(300, 400))
    QTest.mouseMove(viewport, QPoint(300, 250))
    QTest.mouseRelease(viewport, middle, pos=QPoint(300, 250))
    assert table.view.verticalScrollBar().value() == 150
