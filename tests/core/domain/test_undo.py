"""Undo and redo: a desk takes back its own acts, one at a time, and never the work of others."""

import pytest

from core.base.errors import NothingToUndo
from core.base.ids import NoteId
from core.domain.board import NoteState
from core.domain.commands import (
    Command,
    HideNotes,
    HoldNotes,
    MoveNotes,
    NewTheme,
    PlaceTheme,
    PutBackNote,
    Redo,
    RemoveTheme,
    RenameTheme,
    RestoreTheme,
    RewordNote,
    SayNote,
    ShowNotes,
    Undo,
    WithdrawNote,
)
from core.domain.terms import Box, Mode, Reason
from tests.core.table import Seat, a_table, say, texts, theme


def undo(seat: Seat) -> None:
    seat.sees_and_does(Undo(seat.desk))


def redo(seat: Seat) -> None:
    seat.sees_and_does(Redo(seat.desk))


def test_every_act_can_be_taken_back_and_done_again_one_after_another() -> None:
    _, question, [desk] = a_table("desk")
    note = say(desk, question, "The ramp is steep")
    ways = theme(desk, question, "Ways in")
    seats = theme(desk, question, "Seats")
    acts: list[Command] = [
        MoveNotes((note,), ways),
        MoveNotes((note,), seats),
        RewordNote(note, "The ramp is very steep"),
        RewordNote(note, "The ramp is far too steep"),
        HoldNotes((note,), Reason.OFF_TOPIC),
        HideNotes((note,), Reason.HURTFUL),
        ShowNotes((note,)),
        HideNotes((note,), Reason.OTHER),
        ShowNotes((note,)),
        WithdrawNote(note),
        PutBackNote(note),
        WithdrawNote(note),
        RenameTheme(ways, "Getting in"),
        RenameTheme(ways, "Getting in and out"),
        PlaceTheme(ways, Box(0, 0, 300, 200)),
        PlaceTheme(ways, Box(50, 0, 300, 200)),
        RemoveTheme(seats),
        RestoreTheme(seats),
        RemoveTheme(seats),
        NewTheme(question, "Light"),
    ]
    states = [seen(desk)]
    for act in acts:
        desk.sees_and_does(act)
        states.append(seen(desk))
    for state in reversed(states[:-1]):
        undo(desk)
        assert seen(desk) == state
    for state in states[1:]:
        redo(desk)
        assert seen(desk) == state
    for state in reversed(states[:-1]):
        undo(desk)
        assert seen(desk) == state


def seen(seat: Seat) -> object:
    """What one can see of the board."""
    board = seat.catches_up().board
    in_order = sorted(board.notes.values(), key=lambda note: note.arrival)
    notes = [(note.id, board.text_of(note), note.spot, note.standing, note.state) for note in in_order]
    themes = [(t.id, board.text(t.name), t.box) for q in board.questions_in_order() for t in board.themes_of(q.id)]
    return notes, themes


def test_a_bulk_move_is_one_act_and_one_undo() -> None:
    table, question, [desk] = a_table("desk")
    notes = tuple(say(desk, question, f"Note {number}") for number in range(5))
    ways = theme(desk, question, "Ways in")
    events = desk.sees_and_does(MoveNotes(notes, ways))
    assert len({event.act for event in events}) == 1
    assert texts(table.board, ways) == [f"Note {number}" for number in range(5)]
    undo(desk)
    assert texts(table.board, ways) == []
    redo(desk)
    assert texts(table.board, ways) == [f"Note {number}" for number in range(5)]


def test_a_theme_made_with_notes_in_it_goes_and_comes_back_as_one() -> None:
    table, question, [desk] = a_table("desk")
    notes = (say(desk, question, "Benches"), say(desk, question, "Shade"))
    ways = theme(desk, question, "Seats", notes)
    undo(desk)
    assert table.board.themes_of(question) == []
    assert [note.id for note in table.board.loose_notes(question)] == list(notes)
    redo(desk)
    assert [each.id for each in table.board.themes_of(question)] == [ways]
    assert texts(table.board, ways) == ["Benches", "Shade"]


def test_undo_skips_what_another_desk_has_changed_since() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    notes = tuple(say(ann, question, text) for text in ("one", "two", "three"))
    ways, seats = theme(ann, question, "Ways in"), theme(ann, question, "Seats")
    ann.sees_and_does(MoveNotes(notes, ways))
    ben.sees_and_does(MoveNotes(notes[:1], seats))
    undo(ann)
    assert texts(table.board, seats) == ["one"]
    assert [table.board.text_of(note) for note in table.board.loose_notes(question)] == ["two", "three"]
    redo(ann)
    assert texts(table.board, seats) == ["one"]
    assert texts(table.board, ways) == ["two", "three"]


def test_undo_does_not_take_back_what_another_desk_put_where_it_was_before() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    note = say(ann, question, "one")
    ways, seats = theme(ann, question, "Ways in"), theme(ann, question, "Seats")
    ann.sees_and_does(MoveNotes((note,), ways))
    ben.sees_and_does(MoveNotes((note,), seats))
    ann.sees_and_does(MoveNotes((note,), ways))
    undo(ann)
    assert texts(table.board, seats) == ["one"]
    undo(ann)
    assert texts(table.board, seats) == ["one"]


def test_a_desk_undoes_its_own_acts_only() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    ways = theme(ann, question, "Ways in")
    ann.sees_and_does(RenameTheme(ways, "Getting in"))
    with pytest.raises(NothingToUndo) as refusal:
        undo(ben)
    assert refusal.value.advice == "Only what was done at this desk can be undone here."
    ben.sees_and_does(PlaceTheme(ways, Box(9, 9, 300, 200)))
    undo(ann)
    assert table.board.text(table.board.themes[ways].name) == "Ways in"
    assert table.board.themes[ways].box == Box(9, 9, 300, 200)


def test_a_note_from_a_phone_is_nobodys_to_undo() -> None:
    table, question, [desk] = a_table("desk")
    note_id = NoteId("a" * 32)
    ada = "b" * 32
    desk.does(SayNote(question=question, text="Mine", contributor=None, note_id=note_id), actor=ada)
    with pytest.raises(NothingToUndo):
        undo(desk)
    assert table.board.notes[note_id].state is NoteState.BOARD


def test_a_note_typed_at_the_desk_is_withdrawn_by_undo_and_comes_back() -> None:
    table, question, [desk] = a_table("desk")
    note_id = NoteId("a" * 32)
    desk.sees_and_does(
        SayNote(question=question, text="Said aloud", contributor=None, note_id=note_id, mode=Mode.SCRIBE)
    )
    undo(desk)
    assert table.board.notes[note_id].state is NoteState.WITHDRAWN
    redo(desk)
    assert table.board.notes[note_id].state is NoteState.BOARD


def test_a_theme_that_others_have_filled_is_not_taken_away_by_the_undo_of_its_making() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    note = say(ann, question, "one")
    ways = theme(ann, question, "Ways in")
    ben.sees_and_does(MoveNotes((note,), ways))
    undo(ann)
    assert texts(table.board, ways) == ["one"]


def test_a_typed_note_that_others_work_on_is_not_taken_away_by_the_undo_of_its_saying() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    note = say(ann, question, "one")
    ben.sees_and_does(RewordNote(note, "One ramp"))
    undo(ann)
    assert table.board.notes[note].state is NoteState.BOARD


def test_a_new_act_ends_what_could_be_done_again() -> None:
    table, question, [desk] = a_table("desk")
    ways = theme(desk, question, "Ways in")
    desk.sees_and_does(RenameTheme(ways, "Getting in"))
    undo(desk)
    desk.sees_and_does(RenameTheme(ways, "Doors"))
    with pytest.raises(NothingToUndo):
        redo(desk)
    undo(desk)
    assert table.board.text(table.board.themes[ways].name) == "Ways in"


def test_the_act_of_another_desk_leaves_ones_own_redo_alone() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    ways = theme(ann, question, "Ways in")
    ann.sees_and_does(RenameTheme(ways, "Getting in"))
    undo(ann)
    ben.sees_and_does(PlaceTheme(ways, Box(9, 9, 300, 200)))
    redo(ann)
    assert table.board.text(table.board.themes[ways].name) == "Getting in"


def test_undo_and_redo_are_new_events_and_erase_nothing() -> None:
    table, question, [desk] = a_table("desk")
    ways = theme(desk, question, "Ways in")
    desk.sees_and_does(RenameTheme(ways, "Getting in"))
    before = list(table.events)
    undo(desk)
    redo(desk)
    assert table.events[: len(before)] == before
    assert len(table.events) == len(before) + 4


def test_nothing_to_undo_says_so_kindly() -> None:
    _, _, [desk] = a_table("desk")
    with pytest.raises(NothingToUndo) as refusal:
        redo(desk)
    assert str(refusal.value) == "There is nothing to redo."
    assert refusal.value.advice
