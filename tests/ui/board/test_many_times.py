"""Opened and closed again and again, nothing is left; and what came to the board piece by piece is the board."""

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.base.ids import ContributorId, NoteId, new_id
from core.domain.commands import HideNotes, RemoveTheme, RestoreTheme, WithdrawNote
from core.domain.events import Author
from core.domain.terms import Box, Reason
from tests.ui.table import Table
from ui.acting.acts import Acts
from ui.board.scene import BoardScene
from ui.board.view import BoardView
from ui.outline.view import OutlineView

TIMES = 50


@pytest.mark.slow
def test_board_and_outline_opened_and_closed_fifty_times_leave_nothing(table: Table) -> None:
    table.make_theme("Streets", table.say_all(["One", "Two", "Three"]))
    left: list[weakref.ref[object]] = []
    for _ in range(TIMES):
        acts = Acts(table.bridge, table.selection)
        for widget in (
            BoardView(table.bridge, table.selection, acts), OutlineView(table.bridge, table.selection, acts)
        ):  # fmt: skip
            widget.resize(800, 500)
            widget.show()
            QApplication.processEvents()
            widget.close_down()
            widget.close()
            widget.deleteLater()
            left.append(weakref.ref(widget))
        del acts, widget
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert [ref() for ref in left if ref() is not None] == []
    table.say("Still well")


def places(scene: BoardScene) -> dict[NoteId, tuple[float, float, float]]:
    """Where each note lies, from the corner of its frame, and its frame's width."""
    return {id: (card.x, card.y, scene.where[id].width) for id, card in scene.cards.items()}


def test_board_kept_up_to_date_is_the_board_read_anew(table: Table) -> None:
    notes = table.say_all([f"Note {number} " * (1 + number % 7) for number in range(24)])
    first = table.make_theme("First", notes[:7])
    second = table.make_theme("Second", notes[7:10])
    table.acts.move(notes[3:6], second, notes[8])
    table.acts.hide(notes[10:12], Reason.SAID_ALREADY)
    table.acts.reword(notes[1], "Quite other words, and more of them, so that it takes three lines at least")
    table.do(WithdrawNote(notes[12]), Author(table.session.desk, table.person))
    table.do(RemoveTheme(first))
    table.do(RestoreTheme(first))
    table.do(HideNotes((notes[13],), Reason.OTHER))
    table.acts.undo()
    table.wait_for_screen()
    table.qtbot.waitUntil(lambda: table.board.notes[notes[13]].is_on_board)
    table.wait_for_screen()
    scene = table.view.board_scene
    assert set(scene.cards) == {note.id for note in table.board.notes.values() if note.is_on_board}
    kept = places(scene)
    table.view.live.read_anew()
    assert places(scene) == kept
    for item in scene.items_of.values():
        assert (item.x(), item.y()) == (item.card.x, item.card.y)


def test_one_note_more_makes_one_item_more(table: Table) -> None:
    notes = table.say_all([f"Note {number}" for number in range(10)])
    scene = table.view.board_scene
    before = dict(scene.items_of)
    last = table.say("One more")
    assert {note: scene.items_of[note] for note in notes} == before
    assert set(scene.items_of) - set(before) == {last}


def test_window_put_away_while_notes_arrive(dressed: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    table = Table(tmp_path / "town.sayback", qtbot)
    saying = [table.say(f"Note {number}") for number in range(3)]
    table.acts.move(saying, None)
    table.acts.new_theme(saying)
    table.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.wait(20)


def test_moved_note_settles_where_it_belongs(table: Table) -> None:
    notes = table.say_all(["One", "Two", "Three"])
    theme = table.make_theme("Here")
    scene = table.view.board_scene
    start = scene.area_of(notes[0]).topLeft()
    table.acts.move([notes[0]], theme)
    table.until(lambda: table.shown_in(theme) == [notes[0]])
    home = scene.area_of(notes[0]).topLeft()
    assert home != start
    table.until(lambda: scene.items_of[notes[0]].scenePos() == home)
    table.until(lambda: all(scene.items_of[note].scenePos() == scene.area_of(note).topLeft() for note in notes))
    table.until(lambda: all(frame.zValue() == 0.0 for frame in scene.frames.values()))


def ground_between(table: Table) -> QImage:
    """What the screen shows between two frames: what was painted anew, over what was there before."""
    screen = table.view.screen().grabWindow(table.window.winId()).toImage()
    return screen.copy(QRect(410, 150, 180, 480))


def test_journey_of_notes_leaves_no_traces(table: Table) -> None:
    notes = table.say_all(["One", "Two", "Three"])
    scene = table.view.board_scene
    table.acts.new_theme(notes, box=Box(16.0, 16.0, 374.0, 400.0))
    table.until(lambda: scene.where[notes[0]].is_theme and scene.where[notes[0]].zValue() == 0.0)
    before = scene.where[notes[0]]
    table.acts.new_theme(notes, box=Box(600.0, 400.0, 374.0, 80.0))
    table.until(lambda: scene.where[notes[0]] is not before and scene.where[notes[0]].zValue() == 0.0)
    QApplication.processEvents()    # what is left to paint is painted
    shown = ground_between(table)
    table.view.viewport().repaint()
    assert ground_between(table) == shown


def test_a_question_that_is_come_back_to_is_not_broken_into_lines_again(table: Table) -> None:
    table.say_all(["A ramp at the door", "Light on the path"])
    lines, (first, second) = table.view.look.lines, table.board.questions_in_order()
    table.selection.set_question(second.id)
    before = lines.cache_info().misses
    table.selection.set_question(first.id)
    assert len(table.view.board_scene.cards) == 2
    assert lines.cache_info().misses == before


def test_of_what_was_erased_no_words_stay_for_the_next_time(table: Table) -> None:
    table.say("A ramp at the door")
    ben = ContributorId(new_id())
    table.say("The words of Ben", ben)
    table.seen(table.session.erase(ben))
    lines = table.view.look.lines
    before = lines.cache_info().misses
    lines("The words of Ben")
    assert lines.cache_info().misses == before + 1
