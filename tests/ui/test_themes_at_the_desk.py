"""Themes by menus, keys and the outline alone: what the mouse can do, the keyboard can."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from core.base.ids import RoundId, new_id
from core.domain.board import NoteState
from core.domain.commands import PlaceTheme
from core.domain.contributing import CastVote
from core.domain.grouping import own_lane
from core.domain.running import OpenVote
from core.domain.terms import Box, NoteKind, VoteOn
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Hall, Key, hall
from ui.board import menus
from ui.panes.tool_row import Legend
from ui.picking.panel import ChoicePanel

NewDesk = Callable[[], DeskUnderTest]


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    """A workshop open at the desk, in a wide window."""
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), (1600, 900))
    assert desk.door.code == "ABC234"
    return Hall(desk)


@pytest.mark.parametrize("outline", [False, True])
def test_a_theme_is_folded_coloured_joined_and_removed_by_keys(room: Hall, *, outline: bool) -> None:
    one, two = room.say("One"), room.say("Two")
    streets, roads = room.theme("Streets", one), room.theme("Roads", two)
    assert not room.can("fold")
    room.desk.do("outline" if outline else "board")
    room.desk.open.running.selection.set_theme(streets)
    assert room.can("fold")
    room.desk.keys(Key.Key_B, CTRL)
    room.desk.wait(lambda: room.board.themes[streets].folded)
    room.desk.wait(lambda: room.undo == "Fold a theme")
    assert room.words("fold") == "Unfold"
    room.desk.keys(Key.Key_L, CTRL)
    room.desk.type("pink, open")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.board.themes[streets].colour == 11)
    room.desk.keys(Key.Key_M, CTRL)
    assert [panel.accessibleName() for panel in room.desk.visible(ChoicePanel)] == ["Join “Streets” with"]
    room.desk.type("ro")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.board.themes[streets].removed)
    assert [note.id for note in room.board.notes_in(roads)] == [two, one]
    room.desk.open.running.selection.set_theme(roads)
    room.desk.do("remove-theme")
    room.desk.wait(lambda: len(room.board.loose_notes(room.question)) == 2)


def test_ctrl_b_folds_the_theme_of_the_note_with_the_focus(room: Hall) -> None:
    note = room.say("One")
    streets = room.theme("Streets", note)
    room.chooses(note)
    room.desk.keys(Key.Key_B, CTRL)
    room.desk.wait(lambda: room.board.themes[streets].folded)
    assert room.desk.open.running.selection.theme == streets
    room.desk.keys(Key.Key_B, CTRL)
    room.desk.wait(lambda: not room.board.themes[streets].folded)


def test_most_votes_come_first_when_a_theme_is_sorted_by_votes(room: Hall) -> None:
    one, two = room.say("One", by="Ada"), room.say("Two", by="Bo")
    streets = room.theme("Streets", one, two)
    vote = RoundId(new_id())
    room.does(OpenVote(room.question, VoteOn.NOTES, 3, vote))
    room.does(CastVote(vote, room.person("Ada"), two, 2), by="Ada")
    room.chooses(one)
    room.desk.do("sort-votes")
    room.desk.wait(lambda: [note.id for note in room.board.notes_in(streets)] == [two, one])
    room.desk.wait(lambda: room.undo == "Order of the notes in a theme")
    room.desk.do("sort-arrival")
    room.desk.wait(lambda: [note.id for note in room.board.notes_in(streets)] == [one, two])


def test_ctrl_d_shows_notes_in_a_second_theme_and_takes_them_out_again(room: Hall) -> None:
    note = room.say("One")
    room.theme("Streets", note)
    health = room.theme("Health")
    room.chooses(note)
    assert not room.can("only-here")
    for shown in (True, False):
        room.desk.keys(Key.Key_D, CTRL)
        assert [panel.accessibleName() for panel in room.desk.visible(ChoicePanel)] == ["Show 1 note also in"]
        room.desk.type("he")
        room.desk.keys(Key.Key_Return)
        room.desk.wait(lambda shown=shown: bool(room.board.copies_in(health)) is shown)    # type: ignore[misc]
        assert room.can("only-here") is shown
    assert room.board.balance.board == 1


def test_notes_are_set_on_their_own_from_the_menu(room: Hall) -> None:
    note = room.say("Like no other")
    room.chooses(note)
    room.desk.do("own")
    room.desk.wait(lambda: [each.id for each in room.board.notes_in(own_lane(room.question))] == [note])
    assert room.board.notes[note].state is NoteState.BOARD
    room.desk.wait(lambda: room.undo == "Move 1 note to On their own")
    room.desk.do("undo")
    room.desk.wait(lambda: bool(room.board.loose_notes(room.question)))


def test_the_menu_of_a_frame_has_all_that_can_be_done_with_a_theme(room: Hall) -> None:
    streets = room.theme("Streets", room.say("One"))
    room.theme("Roads", room.say("Two"))
    frame = room.screen.board.board_scene.theme_frame(streets)
    assert frame is not None
    menus.show_for_frame(room.screen.board, frame, QPoint(200, 200))
    (menu,) = [menu for menu in room.desk.visible(QMenu) if menu.parent() is room.screen.board]
    told = [action.text().replace("&", "").partition("\t")[0] for action in menu.actions()]
    menu.close()
    assert told == [
        "Change the name", "Colour…", "Fold", "Sort its notes", "Choose all its notes",
        "Move it on the board…", "Let the board place it", "Write the answer…", "Join with another theme…",
        "Remove it, keep its notes", "Open a vote…",
    ]  # fmt: skip


def test_tidy_needs_themes(room: Hall) -> None:
    assert not room.can("tidy")
    room.theme("Streets", room.say("One"))
    assert room.can("tidy")
    streets = room.board.themes_of(room.question)[0].id
    room.does(PlaceTheme(streets, Box(400.0, 300.0, 400.0, 200.0)))
    room.desk.do("tidy")
    room.desk.wait(lambda: room.board.themes[streets].box is None)


def test_notes_are_coloured_by_kind_or_by_how_they_came_with_a_legend_and_back(room: Hall) -> None:
    note = room.say("A bench", kind=NoteKind.IDEA)
    room.theme("Streets", note)
    scene = room.screen.board.board_scene
    assert scene.items_of[note].paper.colour == 0
    assert room.is_ticked("colour-by-theme")
    room.desk.do("colour-by-kind")
    assert scene.items_of[note].paper.colour == list(NoteKind).index(NoteKind.IDEA)
    assert room.desk.find(Legend, "Problem, Story, Idea, Experiment, Question").isVisible()
    room.desk.do("colour-by-mode")
    assert scene.items_of[note].paper.colour == 0
    assert room.is_ticked("colour-by-mode")
    assert room.desk.names(Legend)[0].startswith("In the room, At home")
    room.desk.do("colour-by-theme")
    assert room.desk.names(Legend) == []
