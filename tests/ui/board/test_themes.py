"""What can be done with whole themes on the board: fold, colour, sort, join, tidy; and notes on their own or in two."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from core.domain.commands import PlaceTheme
from core.domain.grouping import FoldTheme, SetOnTheirOwn, SortBy, own_lane
from core.domain.terms import Box, Mode
from tests.ui.table import Table
from ui.board.frame_item import FrameItem
from ui.board.sizes import EMPTY_FRAME
from ui.picking.move_to import Way, choices
from ui.picking.theme_panels import ColourOf, JoinThemes, colour_name

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


def frame_of(table: Table, name: str) -> FrameItem:
    """The frame of a theme, by its name."""
    return next(frame for frame in table.view.board_scene.frames.values() if frame.heading.name == name)


def test_a_folded_theme_shows_its_name_and_its_count_and_no_note(table: Table) -> None:
    notes = table.say_all(["One", "Two", "Three"])
    theme = table.make_theme("Streets", notes)
    frame, high = frame_of(table, "Streets"), frame_of(table, "Streets").height
    table.selection.set_focus(notes[1])
    table.do(FoldTheme(theme))
    assert frame.height == frame.header_height < high
    assert (frame.count, table.shown_in(theme)) == (3, [])
    assert table.view.board_scene.area_of(notes[0]).isEmpty()
    assert (table.selection.focus, table.selection.theme) == (None, theme)
    table.acts.move([table.say("Four")], theme)
    table.until(lambda: frame.count == 4)
    table.acts.themes.fold(theme, on=False)
    table.until(lambda: len(table.shown_in(theme)) == 4)
    assert frame.height == high


def test_folded_and_empty_themes_are_reached_by_keyboard_and_told(table: Table) -> None:
    inside = table.say("Inside")
    first = table.make_theme("First", [inside])
    second, third = table.make_theme("Second", [table.say("Put away")]), table.make_theme("Third")
    table.do(FoldTheme(second))
    table.selection.set_focus(inside)
    table.key(KEY.Key_PageDown, CTRL)
    assert (table.selection.focus, table.selection.theme) == (None, second)
    assert table.view.live.spoken == "Second, 1 note, folded"
    table.key(KEY.Key_PageDown, CTRL)
    assert table.selection.theme == third
    assert table.view.live.spoken == "Third, 0 notes"
    table.key(KEY.Key_F2)
    table.type("Last", on=table.focused())
    table.key(KEY.Key_Return, on=table.focused())
    table.until(lambda: table.board.text(table.board.themes[third].name) == "Last")
    table.key(KEY.Key_PageUp, CTRL)
    table.key(KEY.Key_PageUp, CTRL)
    assert table.selection.focus == inside
    assert not table.board.themes[first].folded


def test_a_click_on_a_header_gives_the_theme_the_focus(table: Table) -> None:
    theme = table.make_theme("Streets", [table.say("One")])
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=table.in_frame(theme))
    assert table.selection.theme == theme
    assert table.view.overlay.theme == theme
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    table.key(KEY.Key_Down)
    assert table.selection.theme is None


def test_a_colour_is_chosen_by_its_name_and_never_told_by_colour_alone(table: Table) -> None:
    note = table.say("One")
    theme = table.make_theme("Streets", [note])
    names = [colour_name(colour) for colour in range(12)]
    assert len(set(names)) == 12
    ColourOf(table.view, lambda: table.bridge.board, theme, table.acts).start()
    table.type("green, open", on=table.focused())
    table.key(KEY.Key_Return, on=table.focused())
    table.until(lambda: table.board.themes[theme].colour == 9)
    table.wait_for_screen()
    assert table.view.board_scene.items_of[note].paper.colour == 9
    assert names[9] == "Green, open diamond"
    table.acts.undo()
    table.until(lambda: table.board.themes[theme].colour == 0)


def test_notes_of_a_theme_are_sorted_as_they_came_and_by_how_they_came(table: Table) -> None:
    paper, phone = table.say("On paper", mode=Mode.PAPER), table.say("By phone")
    theme = table.make_theme("Streets", [paper, phone])
    table.acts.themes.sort(theme, SortBy.MODE)
    table.until(lambda: table.shown_in(theme) == [phone, paper])
    table.acts.themes.sort(theme, SortBy.ARRIVAL)
    table.until(lambda: table.shown_in(theme) == [paper, phone])
    table.acts.undo()
    table.until(lambda: table.shown_in(theme) == [phone, paper])


def test_two_themes_are_joined_and_one_undo_parts_them(table: Table) -> None:
    one, two = table.say_all(["One", "Two"])
    streets, roads = table.make_theme("Streets", [one]), table.make_theme("Roads", [two])
    JoinThemes(table.view, lambda: table.bridge.board, streets, table.acts).start()
    table.type("ro", on=table.focused())
    table.key(KEY.Key_Return, on=table.focused())
    table.until(lambda: table.shown_in(roads) == [two, one])
    assert table.view.board_scene.theme_frame(streets) is None
    table.acts.undo()
    table.until(lambda: (table.shown_in(streets), table.shown_in(roads)) == ([one], [two]))


def test_tidy_places_all_frames_anew_in_one_act(table: Table) -> None:
    themes = [table.make_theme(name, [table.say(name)]) for name in ("One", "Two")]
    for number, theme in enumerate(themes):
        table.do(PlaceTheme(theme, Box(40.0 + 30 * number, 300.0 + 200 * number, 400.0, 200.0)))
    table.acts.themes.tidy(table.question)
    table.until(lambda: all(table.board.themes[theme].box is None for theme in themes))
    table.wait_for_screen()
    assert frame_of(table, "One").y() == frame_of(table, "Two").y()
    table.acts.undo()
    table.until(lambda: all(table.board.themes[theme].box is not None for theme in themes))


def test_notes_on_their_own_stand_below_those_in_no_theme(table: Table) -> None:
    loose, alone = table.say_all(["One of many", "Like no other"])
    table.make_theme("Streets", [table.say("A street")])
    table.acts.set_on_their_own([alone])
    lane = own_lane(table.question)
    table.until(lambda: table.shown_in(lane) == [alone])
    own, none = frame_of(table, "On their own"), table.view.board_scene.loose_frame
    assert none is not None
    assert own.x() == none.x() > frame_of(table, "Streets").x()
    assert own.y() > none.y() + none.height
    assert own.heading.below == "Like no others. They go in the record too."
    assert table.board.balance.board == 3
    assert loose in table.view.board_scene.cards


def test_on_their_own_is_in_the_list_before_there_is_any_such_note(table: Table) -> None:
    note = table.say("Like no other")
    table.selection.set_focus(note)
    table.type("o", on=table.view)
    table.type("n", on=table.focused())
    table.key(KEY.Key_Return, on=table.focused())
    table.until(lambda: table.theme_of(note) == "On their own")
    again = choices(table.board, table.question, [table.say("Another")], "on")
    assert [row.way for row in again if row.name == "On their own"] == [Way.INTO_THEME]


def test_new_notes_move_nothing_under_the_pointer_even_below_them(table: Table) -> None:
    first = table.say("First")
    table.do(SetOnTheirOwn((table.say("Like no other"),), table.question))
    own, place = frame_of(table, "On their own"), frame_of(table, "On their own").pos()
    QTest.mouseMove(table.view.viewport(), table.view.mapFromScene(own.area.center()))
    later = table.say_all([f"Note {number} " * 20 for number in range(4)])
    assert own.pos() == place
    assert later[0] not in table.view.board_scene.cards
    QTest.mouseMove(table.view.viewport(), table.at(first))
    assert own.pos() != place
    assert all(note in table.view.board_scene.cards for note in later)


def test_a_note_in_two_themes_is_drawn_in_both_and_counted_once(table: Table) -> None:
    one, two = table.say_all(["One", "Two"])
    streets, health = table.make_theme("Streets", [one]), table.make_theme("Health", [two])
    table.selection.set_focus(one)
    table.type("h", on=table.view)
    table.key(KEY.Key_Return, SHIFT, on=table.focused())
    table.until(lambda: table.shown_in(health) == [two, one])
    assert table.theme_of(one) == "Streets"
    assert (frame_of(table, "Streets").count, frame_of(table, "Health").count) == (1, 1)
    scene = table.view.board_scene
    copy = scene.copies.of(one)[frame_of(table, "Health")]
    assert scene.paper_of(copy, frame_of(table, "Health")).is_in_two
    assert scene.paper_of(copy, frame_of(table, "Health")).colour == table.board.themes[health].colour
    assert len(scene.areas_of(one)) == 2
    table.acts.reword(one, "One, said better")
    table.until(lambda: scene.copies.of(one)[frame_of(table, "Health")].lines.texts == ("One, said better",))
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=_middle_of_copy(table, "Health"))
    assert table.selection.chosen == (one,)
    table.acts.show_only_there([one])
    table.until(lambda: table.shown_in(health) == [two])
    assert table.shown_in(streets) == [one]


def test_a_copy_goes_with_its_theme_and_comes_back_with_it(table: Table) -> None:
    note = table.say("One")
    table.make_theme("Streets", [note])
    health = table.make_theme("Health")
    table.acts.show_also_in([note], health)
    table.until(lambda: table.shown_in(health) == [note])
    table.acts.remove_theme(health)
    table.until(lambda: table.view.board_scene.theme_frame(health) is None)
    assert len(table.view.board_scene.areas_of(note)) == 1
    table.acts.undo()
    table.until(lambda: table.shown_in(health) == [note])
    table.acts.move([note], health)
    table.until(lambda: frame_of(table, "Health").count == 1)
    assert table.shown_in(health) == [note]


def test_a_copy_can_be_dragged_and_takes_the_note_along(table: Table) -> None:
    note = table.say("One")
    table.make_theme("Streets", [note])
    health, roads = table.make_theme("Health"), table.make_theme("Roads")
    table.acts.show_also_in([note], health)
    table.until(lambda: table.shown_in(health) == [note])
    table.drag(_middle_of_copy(table, "Health"), table.in_frame(roads, EMPTY_FRAME))
    table.until(lambda: table.theme_of(note) == "Roads")
    assert table.refused == []


def _middle_of_copy(table: Table, theme: str) -> QPoint:
    frame = frame_of(table, theme)
    card = frame.flow.cards[-1]
    assert card.is_copy
    return table.view.mapFromScene(frame.pos()) + QPoint(round(card.x) + 40, round(card.y) + 12)
