"""Several venues at the desk, by what somebody there sees and presses."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from core.base.ids import NoteId, VenueId, new_id
from core.domain.commands import SayNote
from core.domain.events import Author
from core.domain.terms import ONLINE
from core.domain.venues import AddVenue, JoinVenues, KeepVenuesApart, PlaceDesk, venues_in_order
from core.sync.roles import Role
from tests.core.home.online import a_home, sharing
from tests.core.table import name_of, person
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall
from ui.look.theme import tokens_of
from ui.venues.view import CompareView

YORK, LEEDS = (VenueId(name_of(name)) for name in ("york", "leeds"))
EVERYTHING = "Everything that was said"
READ_OUT = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def day(desk: DeskUnderTest, tmp_path: Path) -> Hall:
    """An organiser's desk: two venues, and people online."""
    desk.desk.open(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    assert desk.door.code
    made = Hall(desk)
    for command in (AddVenue("York", YORK), AddVenue("Leeds", LEEDS)):
        made.does(command)
    return made


def said(day: Hall, text: str, by: str, venue: VenueId | None = None) -> SayNote:
    return SayNote(
        question=day.question, text=text, contributor=person(by), note_id=NoteId(new_id()), venue=venue
    )


def say(day: Hall, text: str, by: str, venue: VenueId) -> NoteId:
    command = said(day, text, by, venue)
    day.session.do(command, Author(day.session.desk, person(by))).result(10)
    return command.note_id


def texts(day: Hall) -> set[str]:
    """What stands on the board."""
    return {day.desk.board.text_of(note) for note in day.desk.board.notes.values()}


def compare(day: Hall) -> CompareView:
    day.desk.do("compare")
    return day.desk.open.venues.view


def told(view: CompareView) -> list[list[str]]:
    """The table as it is shown, row by row."""
    table = view.table
    return [
        [str(table.index(row, column).data()).replace("\n", ", ") for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_venues_are_named_one_after_the_other_and_each_has_its_link(desk: DeskUnderTest, tmp_path: Path) -> None:
    desk.desk.open(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    code = desk.door.code
    assert not desk.window.actions_["compare"].isEnabled()
    desk.do("venues")
    for name in ("York", "Leeds"):
        desk.write("One more venue", name)
        desk.keys(Qt.Key.Key_Return)
        desk.wait(lambda name=name: name in [desk.find(QComboBox, "Venue").itemText(at) for at in range(3)])    # type: ignore[misc]
    assert len(venues_in_order(desk.board)) == 3
    york = venues_in_order(desk.board)[0]
    assert desk.find(QLineEdit, "Its link").text().endswith(f"/{code}/v/{york[:8]}")
    desk.press("Copy the link of this venue")
    assert QGuiApplication.clipboard().text().endswith(f"/{code}/v/{york[:8]}")
    here = desk.find(QComboBox, "This desk is at")
    here.setCurrentIndex(here.findText("York"))
    here.activated.emit(here.currentIndex())
    desk.wait(lambda: desk.board.venue_of_desk(desk.open.running.session.desk) == york)
    next(box for box in desk.visible(QCheckBox) if "apart" in box.text()).click()
    desk.wait(lambda: desk.board.are_venues_apart)
    desk.press("Close")
    desk.do("join-venues")
    question = desk.board.questions_in_order()[0].id
    desk.wait(lambda: not desk.board.is_apart(question))


def test_what_was_said_in_all_venues_in_some_and_in_one_stands_side_by_side(day: Hall) -> None:
    buses = [say(day, "Buses", "Ada", YORK), say(day, "A bus", "Bo", LEEDS), say(day, "The bus", "Cy", ONLINE)]
    light = [say(day, "Light", "Ada", YORK), say(day, "Lamps", "Bo", LEEDS)]
    trees = say(day, "Trees", "Bo", LEEDS)
    say(day, "Alone", "Di", ONLINE)
    for name, notes in (("Buses", buses), ("Light", light), ("Trees", [trees])):
        day.theme(name, *notes)
    view = compare(day)
    day.desk.wait(lambda: len(told(view)) == 9)
    assert view.table.heads == ["Theme", "All venues", "York", "Leeds", "Online"]
    assert view.table.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "York"
    assert told(view) == [
        ["People who took part", "4 people", "1 person", "1 person", "2 people"],
        [EVERYTHING, "7 notes, 4 people", "2 notes, 1 person", "3 notes, 1 person", "2 notes, 2 people"],
        ["Said in all 3 venues", "", "", "", ""],
        ["Buses", "3 notes, 3 people", "1 note, 1 person", "1 note, 1 person", "1 note, 1 person"],
        ["Said in some venues", "", "", "", ""],
        ["Light", "2 notes, 2 people", "1 note, 1 person", "1 note, 1 person", "–"],
        ["Said in one venue only", "", "", "", ""],
        ["Trees", "1 note, 1 person", "–", "1 note, 1 person", "–"],
        ["In no theme yet", "1 note, 1 person", "–", "–", "1 note, 1 person"],
    ]
    assert view.table.index(7, 2).data(READ_OUT) == "Trees, York: nothing"
    assert view.told.text() == "3 venues have said something to this question."
    say(day, "More buses", "Eve", YORK)    # it goes on while one looks
    day.desk.wait(lambda: told(view)[1][2] == "3 notes, 2 people")


def test_themes_that_are_called_alike_are_joined_by_one_click(day: Hall) -> None:
    day.theme("Buses", say(day, "Buses", "Ada", YORK))
    day.theme("buses!", say(day, "Buses too", "Bo", LEEDS))
    view = compare(day)
    day.desk.press("Join them")
    day.desk.wait(lambda: len(day.board.themes_of(day.question)) == 1)
    day.desk.wait(lambda: ["Said in all 2 venues", "", "", "", ""] in told(view))
    assert "Join them" not in day.desk.names(type(view._join_alike))


def test_the_board_shows_one_venue_alone_until_all_are_wanted_again(day: Hall) -> None:
    say(day, "Said in York", "Ada", YORK)
    say(day, "Said in Leeds", "Bo", LEEDS)
    view = compare(day)
    day.desk.wait(lambda: view.table.rowCount() > 2)
    view.view.setCurrentIndex(view.table.index(1, 3))
    cell = view.view.visualRect(view.table.index(1, 3))
    edge = view.view.viewport().grab(cell).toImage().pixelColor(1, cell.height() // 2)
    assert edge == tokens_of(view.palette()).accent    # seen from its neighbours, also by who sees little contrast
    day.desk.press("Only Leeds on the board")
    day.desk.wait(lambda: texts(day) == {"Said in Leeds"})
    assert day.desk.open.screen.tools.venue.isVisible()
    say(day, "Leeds again", "Bo", LEEDS)
    say(day, "York again", "Ada", YORK)
    day.desk.wait(lambda: texts(day) == {"Said in Leeds", "Leeds again"})
    day.desk.press("Only Leeds: show all")
    day.desk.wait(lambda: len(texts(day)) == 4)


def test_a_desk_that_runs_one_venue_sees_the_others_when_the_organiser_lets_it(
    desk: DeskUnderTest, tmp_path: Path
) -> None:
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "national") as national:
        for command in (AddVenue("York", YORK), AddVenue("Leeds", LEEDS), KeepVenuesApart()):
            national.session.do(command).result(10)
        national.waits()
        desk.do("join-desk")
        desk.write("Address", online.desks)
        desk.write("Code", online.shelf.invitations.make(Role.VENUE, national.session.workshop_id, YORK))
        desk.press("Ask to join")
        desk.wait(lambda: desk.desk.open_desk is not None)
        york = Hall(desk)
        desk.wait(lambda: york.session.board.venue_of_desk(york.session.desk) == YORK)
        york.session.do(said(york, "Said in York", "Ada")).result(10)
        say(york, "Said in Leeds", "Bo", LEEDS)
        desk.wait(lambda: texts(york) == {"Said in York"})
        view = compare(york)
        desk.wait(lambda: view.table.rowCount() > 1)
        assert told(view)[1][2:] == ["1 note, 1 person", "–", "–"]
        desk.do("venues")
        assert not desk.find(QLineEdit, "One more venue").isEnabled()    # that is for the organiser
        desk.press("Close")
        national.session.do(JoinVenues(york.question)).result(10)
        desk.wait(lambda: told(view)[1][2:] == ["1 note, 1 person", "1 note, 1 person", "–"])
        desk.wait(lambda: len(desk.board.notes) == 2)


def test_notes_of_one_venue_come_row_by_row_while_those_from_elsewhere_are_not_even_told(day: Hall) -> None:
    day.desk.open.venues.show_only(YORK)
    bridge = day.desk.open.running.bridge
    resets, heard = list[None](), list[object]()
    bridge.was_reset.connect(lambda: resets.append(None))
    bridge.changed.connect(lambda change: heard.extend(event.subject for event in change.events))
    say(day, "The bus is late", "ada", LEEDS)
    here = say(day, "The ramp is steep", "ben", YORK)
    day.desk.wait(lambda: here in heard)
    assert (texts(day), heard, resets) == ({"The ramp is steep"}, [here], [])
    day.session.do(PlaceDesk(day.session.desk, LEEDS)).result(10)
    day.desk.wait(lambda: len(resets) == 1)
