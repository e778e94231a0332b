"""A note with a picture shows it on the board, is told in words everywhere else, and opens large."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from core.base.ids import NoteId, new_id
from core.base.pictures import Picture
from core.domain.commands import SayNote
from core.domain.events import Author
from core.domain.values import changed
from tests.core.pictures import drawing, picture
from tests.ui.table import Table
from ui.dialogs.picture import PicturePanel
from ui.outline.model import Role
from ui.pictures import words_of

SECONDS = 10
RED = QColor(200, 30, 30)


def said(table: Table, text: str = "", *, sent: Picture | None = None) -> NoteId:
    """A note with a picture as the web sends it, once the board has it."""
    sent = sent or drawing()
    question = table.board.questions_in_order()[0].id
    note = SayNote(question=question, text=text, contributor=table.person, note_id=NoteId(new_id()))
    author = Author(table.session.desk, table.person)
    saved = table.session.do_with_picture(replace(note, picture=sent.hash), sent, author).result(SECONDS)
    table.qtbot.waitUntil(lambda: saved.note_id in table.view.board_scene.cards)
    return saved.note_id


def shown(table: Table, note: NoteId) -> QImage:
    """What is on the screen where the note lies."""
    area = table.view.board_scene.area_of(note).toRect()
    at = table.view.mapFromScene(area).boundingRect()
    return table.view.viewport().grab(at).toImage()


def has_red(image: QImage) -> bool:
    dots = (image.pixelColor(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return any(abs(dot.red() - RED.red()) + abs(dot.green() - RED.green()) < 40 for dot in dots)


def test_the_board_shows_the_picture_of_a_note(table: Table) -> None:
    note = said(table)
    table.qtbot.waitUntil(lambda: has_red(shown(table, note)))


def test_a_note_has_room_for_its_picture_above_its_words(table: Table) -> None:
    plain = table.view.board_scene.cards
    alone, worded = said(table), said(table, "the ramp", sent=picture(3))
    assert plain[alone].lines.texts == ()
    assert plain[worded].lines.texts == ("the ramp",)
    assert plain[worded].height > plain[alone].height


def test_a_picture_that_is_not_on_the_disk_stays_a_few_words(table: Table) -> None:
    table.view.pictures.close()
    note = said(table)
    assert not has_red(shown(table, note))
    board = table.board
    assert words_of(board, board.notes[note]) == "Photo of a note"


def test_outline_and_screen_readers_are_told_that_there_is_a_picture(table: Table) -> None:
    note = said(table, "the ramp")
    assert words_of(table.board, table.board.notes[note]) == "Photo of a note\nthe ramp"
    table.qtbot.waitUntil(lambda: table.outline.model.index_of_note(note).isValid())
    index = table.outline.model.index_of_note(note)
    assert index.data(Role.DisplayRole) == "Photo of a note the ramp"
    assert "Photo of a note" in index.data(Role.AccessibleTextRole)
    table.selection.set_focus(note)
    table.qtbot.waitUntil(lambda: "Photo of a note" in table.view.live.spoken)


def test_a_picture_is_looked_at_in_large_and_put_away_with_escape(table: Table) -> None:
    note = said(table, "the ramp")
    panel = PicturePanel(table.window, table.board, table.board.notes[note], table.view.pictures)
    panel.open()
    table.qtbot.waitUntil(lambda: not panel.picture.pixmap().isNull())
    assert panel.picture.accessibleName() == "the ramp"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    table.qtbot.waitUntil(lambda: not panel.isVisible())
    assert table.view.hasFocus()


def test_a_picture_that_is_gone_says_so_in_large(table: Table) -> None:
    said_id = said(table)
    note = table.board.notes[said_id]
    panel = PicturePanel(table.window, table.board, changed(note, picture=picture(9).hash), table.view.pictures)
    panel.open()
    table.qtbot.waitUntil(lambda: panel.picture.text() == "This picture is not on this computer.")
    panel.leave()
