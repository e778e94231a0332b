"""Whole themes: merged, sorted, coloured, folded; notes in two themes, and notes that are like no others."""

import pytest

from core.base.errors import NotThere
from core.domain.board import NoteState
from core.domain.commands import LOOKS, OWN_COLOUR, HideNotes, MoveNotes, RemoveTheme, Undo
from core.domain.grouping import (
    ColourTheme,
    FoldTheme,
    MergeThemes,
    SetOnTheirOwn,
    ShowAlsoIn,
    SortBy,
    SortTheme,
    own_lane,
)
from core.domain.terms import Mode, Reason
from tests.core.table import Seat, a_table, say, texts, theme


def undo(seat: Seat) -> None:
    seat.sees_and_does(Undo(seat.desk))


def test_merged_themes_keep_every_note_also_hidden_ones_and_one_undo_parts_them() -> None:
    _, question, [desk] = a_table("desk")
    ramp, bench, rude = (say(desk, question, text) for text in ("Ramp", "Bench", "Rude"))
    ways, seats = theme(desk, question, "Ways in", [ramp]), theme(desk, question, "Seats", [bench, rude])
    desk.does(HideNotes((rude,), Reason.HURTFUL))
    desk.sees_and_does(MergeThemes((seats, ways), ways))
    assert texts(desk.board, ways) == ["Ramp", "Bench"]
    assert desk.board.notes[rude].spot.theme == ways
    assert desk.board.themes[seats].removed
    undo(desk)
    assert (texts(desk.board, ways), texts(desk.board, seats)) == (["Ramp"], ["Bench"])
    assert desk.board.notes[rude].spot.theme == seats
    assert desk.board.notes[rude].state is NoteState.HIDDEN


def test_a_theme_that_is_gone_is_not_merged_into() -> None:
    _, question, [desk] = a_table("desk")
    ways, seats = theme(desk, question, "Ways in"), theme(desk, question, "Seats")
    desk.sees_and_does(RemoveTheme(ways))
    with pytest.raises(NotThere):
        desk.does(MergeThemes((seats,), ways))


def test_a_theme_is_sorted_by_how_its_notes_came_and_equals_stay_as_they_lay() -> None:
    _, question, [desk] = a_table("desk")
    first, second, third = (say(desk, question, text) for text in ("First", "Second", "Third"))
    ways = theme(desk, question, "Ways in", [third, first, second])
    desk.sees_and_does(SortTheme(ways, SortBy.ARRIVAL))
    assert texts(desk.board, ways) == ["First", "Second", "Third"]
    desk.sees_and_does(MoveNotes((third,), ways, first))
    desk.sees_and_does(SortTheme(ways, SortBy.MODE))
    assert texts(desk.board, ways) == ["Third", "First", "Second"]
    assert {desk.board.notes[note].mode for note in (first, second, third)} == {Mode.ROOM}
    undo(desk)
    assert texts(desk.board, ways) == ["First", "Second", "Third"]


def test_the_next_theme_looks_as_the_fewest_do_and_never_as_notes_that_stand_alone() -> None:
    _, question, [desk] = a_table("desk")
    made = [theme(desk, question, f"Theme {number}") for number in range(23)]
    looks = [desk.board.themes[each].colour for each in made]
    each_once = [look for look in range(LOOKS) if look != OWN_COLOUR]
    assert looks == [*each_once, *each_once, 0]
    desk.sees_and_does(RemoveTheme(made[2]), *(RemoveTheme(made[at]) for at in (4, 15)))
    more, others = theme(desk, question, "More"), theme(desk, question, "Others")
    assert [desk.board.themes[each].colour for each in (more, others)] == [4, 2]


def test_colour_and_fold_are_undone_and_nobody_is_asked_to_choose_between_two() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    ways = theme(ann, question, "Ways in")
    ann.catches_up()
    ben.catches_up()
    ann.does(ColourTheme(ways, 3), FoldTheme(ways))
    ben.does(ColourTheme(ways, 4), FoldTheme(ways))
    assert (table.board.themes[ways].colour, table.board.themes[ways].folded) == (4, True)
    assert not table.board.conflict_list()
    ann.sees_and_does(ColourTheme(ways, 5))
    undo(ann)
    assert ann.board.themes[ways].colour == 4


def test_a_note_in_two_themes_counts_once_and_leaves_the_second_with_one_undo() -> None:
    _, question, [desk] = a_table("desk")
    ramp = say(desk, question, "Ramp")
    ways, seats = theme(desk, question, "Ways in", [ramp]), theme(desk, question, "Seats")
    desk.sees_and_does(ShowAlsoIn((ramp,), seats))
    assert [note.id for note in desk.board.copies_in(seats)] == [ramp]
    assert texts(desk.board, seats) == []
    assert desk.board.balance.board == desk.board.balance.received == 1
    desk.sees_and_does(MoveNotes((ramp,), seats))
    assert desk.board.copies_in(seats) == []    # it lies there now
    desk.sees_and_does(MoveNotes((ramp,), ways), HideNotes((ramp,), Reason.OTHER))
    assert desk.board.copies_in(seats) == []    # hidden is hidden everywhere
    undo(desk)
    assert [note.id for note in desk.board.copies_in(seats)] == [ramp]
    desk.sees_and_does(ShowAlsoIn((ramp,), seats, on=False))
    assert not desk.board.copies


def test_showing_a_note_also_where_it_lies_changes_nothing() -> None:
    _, question, [desk] = a_table("desk")
    ramp = say(desk, question, "Ramp")
    ways = theme(desk, question, "Ways in", [ramp])
    assert not desk.sees_and_does(ShowAlsoIn((ramp,), ways))


def test_two_desks_that_set_notes_on_their_own_at_once_make_one_lane() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    ramp, bench = say(ann, question, "Ramp"), say(ann, question, "Bench")
    ann.catches_up()
    ben.catches_up()
    ann.does(SetOnTheirOwn((ramp,), question))
    ben.does(SetOnTheirOwn((bench,), question))
    assert [each.id for each in table.board.themes_of(question)] == [own_lane(question)]
    assert sorted(texts(table.board, own_lane(question))) == ["Bench", "Ramp"]


def test_a_lane_that_was_removed_comes_back_when_it_is_needed_again() -> None:
    _, question, [desk] = a_table("desk")
    ramp = say(desk, question, "Ramp")
    desk.sees_and_does(SetOnTheirOwn((ramp,), question))
    desk.sees_and_does(RemoveTheme(own_lane(question)))
    assert [note.id for note in desk.board.loose_notes(question)] == [ramp]
    desk.sees_and_does(SetOnTheirOwn((ramp,), question))
    assert texts(desk.board, own_lane(question)) == ["Ramp"]
