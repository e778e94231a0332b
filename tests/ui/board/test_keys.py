"""Grouping notes by keyboard: three keys a note, and everything the mouse can do."""

from functools import partial

import pytest
from PySide6.QtCore import Qt

from core.base.ids import NoteId, new_id
from core.domain.board import NoteState
from core.domain.commands import SayNote
from core.domain.terms import Reason
from tests.ui.table import Table

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
KEY = Qt.Key


def is_in(table: Table, note: NoteId, theme: str) -> bool:
    """Whether a note is in this theme, on disk."""
    return table.theme_of(note) == theme


def test_three_keys_a_note_and_the_focus_goes_on_by_itself(table: Table) -> None:
    first, second = table.say_all(["The ramp is steep", "The door is heavy"])
    theme = table.make_theme("Getting in")
    table.key(KEY.Key_Down)
    assert table.selection.focus == first
    for note in (first, second):
        assert table.selection.focus == note
        table.type("g", on=table.view)
        table.type("e", on=table.focused())
        table.key(KEY.Key_Return, on=table.focused())
        table.until(partial(is_in, table, note, "Getting in"))
    table.until(lambda: table.shown_in(theme) == [first, second])
    assert table.focused() is table.view


def test_move_to_makes_a_new_theme_of_what_was_typed(table: Table) -> None:
    note = table.say("More trees")
    table.make_theme("Streets")
    table.selection.set_focus(note)
    table.type("p", on=table.view)
    table.type("arks", on=table.focused())
    table.key(KEY.Key_Return, CTRL, on=table.focused())
    table.until(lambda: table.theme_of(note) == "parks")


def test_escape_leaves_the_notes_where_they_are(table: Table) -> None:
    note = table.say("Stay")
    table.make_theme("Streets")
    table.selection.set_focus(note)
    table.type("s", on=table.view)
    assert table.focused() is not table.view
    table.key(KEY.Key_Escape, on=table.focused())
    assert table.focused() is table.view
    assert table.theme_of(note) == ""


def test_arrows_go_from_note_to_note_and_into_the_next_frame(table: Table) -> None:
    notes = table.say_all([f"Note {number}" for number in range(8)])
    inside = table.say("In a theme")
    table.make_theme("Left of them", [inside])
    table.key(KEY.Key_Down)
    table.key(KEY.Key_Down)
    assert table.selection.focus == notes[4]
    table.key(KEY.Key_Right)
    assert table.selection.focus == notes[5]
    table.key(KEY.Key_Left)
    table.key(KEY.Key_Left)
    assert table.selection.focus == inside
    table.key(KEY.Key_PageDown, CTRL)
    assert table.selection.focus == notes[0]
    table.key(KEY.Key_End)
    assert table.selection.focus == notes[7]


def test_space_chooses_and_shift_arrows_choose_more(table: Table) -> None:
    notes = table.say_all([f"Note {number}" for number in range(8)])
    table.key(KEY.Key_Down)
    table.key(KEY.Key_Space)
    assert list(table.selection.chosen) == [notes[0]]
    table.key(KEY.Key_Down, SHIFT)
    assert list(table.selection.chosen) == [notes[0], notes[4]]
    table.key(KEY.Key_Escape)
    assert list(table.selection.chosen) == []
    table.key(KEY.Key_A, CTRL)
    assert table.selection.chosen == tuple(notes)


def test_delete_hides_with_the_reason_of_a_number(table: Table) -> None:
    note = table.say("Call me on 0123")
    table.selection.set_focus(note)
    table.key(KEY.Key_Delete)
    table.key(KEY.Key_3, on=table.focused())
    table.until(lambda: table.board.notes[note].state is NoteState.HIDDEN)
    assert table.board.notes[note].standing.reason is Reason.PERSONAL_FACTS


def test_other_reason_is_typed(table: Table) -> None:
    note = table.say("Hm")
    table.selection.set_focus(note)
    table.key(KEY.Key_Delete)
    table.key(KEY.Key_6, on=table.focused())
    table.type("said twice", on=table.focused())
    table.key(KEY.Key_Return, on=table.focused())
    table.until(lambda: table.board.notes[note].standing.reason is Reason.OTHER)


def test_ctrl_g_makes_a_theme_of_the_chosen_and_names_it(table: Table) -> None:
    notes = table.say_all(["One", "Two"])
    table.key(KEY.Key_Down)
    table.key(KEY.Key_A, CTRL)
    table.key(KEY.Key_G, CTRL)
    table.until(lambda: table.focused().accessibleName() == "Name of the theme")
    table.type("Both", on=table.focused())
    table.key(KEY.Key_Return, on=table.focused())
    table.until(lambda: [table.theme_of(note) for note in notes] == ["Both", "Both"])
    assert table.focused() is table.view


def test_escape_keeps_the_name_a_theme_had(table: Table) -> None:
    theme = table.make_theme("Old name", table.say_all(["One"]))
    table.view.name_theme(theme)
    table.type("New", on=table.focused())
    table.key(KEY.Key_Escape, on=table.focused())
    assert table.focused() is table.view
    assert table.board.text(table.board.themes[theme].name) == "Old name"


def test_alt_arrows_change_the_order_in_a_theme(table: Table) -> None:
    one, two, three = table.say_all(["One", "Two", "Three"])
    theme = table.make_theme("Order", [one, two, three])
    table.selection.set_focus(three)
    table.key(KEY.Key_Up, ALT)
    table.until(lambda: table.shown_in(theme) == [one, three, two])
    table.key(KEY.Key_Down, ALT)
    table.until(lambda: table.shown_in(theme) == [one, two, three])
    assert table.selection.focus == three


def test_f2_changes_the_words_where_they_stand(table: Table) -> None:
    note = table.say("Teh ramp")
    table.selection.set_focus(note)
    table.key(KEY.Key_F2)
    table.type("The ramp", on=table.focused())
    table.key(KEY.Key_Return, on=table.focused())
    table.until(lambda: table.board.text_of(table.board.notes[note]) == "The ramp")
    table.until(lambda: table.view.board_scene.cards[note].lines.texts == ("The ramp",))


@pytest.mark.parametrize("key", [KEY.Key_Left, KEY.Key_Delete, KEY.Key_F2, KEY.Key_Space, KEY.Key_Home, KEY.Key_X])
def test_no_key_does_harm_on_an_empty_board(table: Table, key: Qt.Key) -> None:
    table.key(key)
    table.key(key, CTRL)
    assert table.refused == []
    assert table.focused() is table.view or table.focused().accessibleName() == "Name of the theme"


def test_note_with_the_focus_is_read_out_with_its_theme(table: Table) -> None:
    note = table.say("The ramp is steep")
    table.make_theme("Getting in", [note])
    table.key(KEY.Key_Down)
    assert table.view.live.spoken == "The ramp is steep, Getting in"


@pytest.mark.slow
def test_three_hundred_notes_go_into_eight_themes_with_three_keys_each(table: Table) -> None:
    names = ("Roads", "Homes", "Walking", "Schools", "Downtown", "Clean", "Internet", "Health")
    texts = [f"{names[number % 8]}: note {number}" for number in range(300)]
    saying = [
        table.session.do(SayNote(question=table.question, text=text, contributor=None, note_id=NoteId(new_id())))
        for text in texts
    ]
    for each in saying:
        table.seen(each)
    for name in names:
        table.make_theme(name)
    table.key(KEY.Key_Down)
    keys = 1
    while table.selection.focus is not None:
        note = table.selection.focus
        name = table.board.text_of(table.board.notes[note]).partition(":")[0]
        for letter in name[:2].lower():
            table.type(letter, on=table.view if table.focused() is table.view else table.focused())
        table.key(KEY.Key_Return, on=table.focused())
        keys += 3
        table.until(partial(is_in, table, note, name))
    assert table.board.loose_notes(table.question) == []
    assert keys / 300 < 3.01
