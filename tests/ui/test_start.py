"""From the first screen to an open workshop and back: made, opened again, refused kindly."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from core.base import language
from core.base.ids import DeskId, new_id
from core.domain.commands import MakeWorkshop
from core.domain.terms import Reveal
from core.session import Session
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.fit import faults
from ui.look.parts import Label
from ui.page import Page
from ui.screens.start import WorkshopRow, day_of


def workshop(path: Path, title: str = "Our town") -> Path:
    made = MakeWorkshop(title=title, questions=("What should change?",), code="ABC234")
    Session.create(path, made, DeskId(new_id())).close()
    return path


def test_a_workshop_is_made_from_the_form(desk: DeskUnderTest, tmp_path: Path) -> None:
    desk.make_workshop("Our town", "What should change?", "What should stay?")
    assert desk.board.title() == "Our town"
    asked = [desk.board.text(question.words) for question in desk.board.questions_in_order()]
    assert asked == ["What should change?", "What should stay?"]
    assert desk.open.running.session.path == tmp_path / "workshops" / "Our town.sayback"
    assert desk.window.windowTitle() == "Our town · Sayback"


def test_two_workshops_of_one_name_get_two_files(desk: DeskUnderTest, tmp_path: Path) -> None:
    desk.make_workshop("Our town", "What should change?")
    desk.do("leave")
    desk.make_workshop("Our town", "And now?")
    names = sorted(path.name for path in (tmp_path / "workshops").glob("*.sayback"))
    assert names == ["Our town 2.sayback", "Our town.sayback"]


def test_a_title_that_is_no_file_name_still_makes_a_file(desk: DeskUnderTest, tmp_path: Path) -> None:
    desk.make_workshop("../../Con: <who>? 中文 " + "x" * 90, "What should change?")
    path = desk.open.running.session.path
    assert path.parent == tmp_path / "workshops"
    assert path.name.startswith("Con who 中文 xxx")
    assert len(path.stem) <= 60


def test_what_is_missing_in_the_form_is_said_beside_its_field(desk: DeskUnderTest) -> None:
    desk.press("New workshop")
    desk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    said = [label.text() for label in desk.visible(Label)]
    assert "Give the workshop a name." in said
    assert "Ask at least one question." in said
    assert desk.desk.open_desk is None
    desk.write("What is it called?", "T" * 201)
    desk.write("Question 1", "What should change?")
    desk.press("Make the workshop")
    assert "That is too long by 1. Make it shorter." in [label.text() for label in desk.visible(Label)]
    assert desk.desk.open_desk is None


def test_the_form_is_filled_and_sent_by_keyboard_alone(desk: DeskUnderTest) -> None:
    desk.keys(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    said = ("Our town", "The council", "To hear you", "We write back")
    for words in (*said, " ", "", "", "", "Hall 2", "01234", "65", "", "Hall", ""):
        for letter in words:
            desk.keys(Qt.Key(ord(letter.upper())) if letter != " " else Qt.Key.Key_Space)
        desk.keys(Qt.Key.Key_Tab)
    desk.keys(Qt.Key.Key_Tab)    # past "Add a question"
    for letter in "WHY":
        desk.keys(Qt.Key(ord(letter)))
    desk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    board = desk.board
    assert board.workshop is not None
    told = [board.text(each) for each in (
        board.workshop.host, board.workshop.purpose, board.workshop.venue, board.workshop.telephone,
    )]  # fmt: skip
    assert [each.lower() for each in told] == ["the council", "to hear you", "hall 2", "01234"]
    assert board.workshop.expected == 65
    assert board.workshop.reply_by is not None
    assert desk.door.wifi is not None
    assert desk.door.wifi.name.lower() == "hall"
    assert board.title().lower() == "our town"


def test_nobody_sees_the_notes_of_others_until_they_are_revealed(desk: DeskUnderTest) -> None:
    desk.press("New workshop")
    desk.write("What is it called?", "Our town")
    desk.write("Question 1", "Why")
    desk.choose("When do people see each other’s notes?", "When I reveal them")
    desk.choose("What waits to be read first", "Hold: every note")
    desk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (question,) = desk.board.questions_in_order()
    asking = desk.board.asking(question.id)
    assert (asking.reveal, asking.hold) == (Reveal.LATER, True)
    assert not desk.board.is_revealed(question.id)


def test_a_password_that_no_wifi_can_have_is_said_beside_its_field(desk: DeskUnderTest) -> None:
    desk.press("New workshop")
    desk.write("What is it called?", "Our town")
    desk.write("Question 1", "Why")
    desk.write("Its password", "short")
    desk.press("Make the workshop")
    said = [label.text() for label in desk.visible(Label)]
    assert "Type the name of the network." in said
    assert "A Wi-Fi password has 8 to 63 signs. Look at it again." in said
    assert desk.desk.open_desk is None


def test_escape_leaves_the_form_and_makes_nothing(desk: DeskUnderTest, tmp_path: Path) -> None:
    desk.press("New workshop")
    desk.keys(Qt.Key.Key_Escape)
    assert "New workshop" in desk.names(QAbstractButton)
    assert not (tmp_path / "workshops").exists()


def test_a_workshop_is_in_the_list_and_opens_again(new_desk: Callable[[], DeskUnderTest]) -> None:
    first = new_desk()
    first.begin()
    first.make_workshop("Our town", "What should change?")
    first.close()
    second = new_desk()
    second.begin()
    (row,) = second.visible(WorkshopRow)
    assert row.accessibleName().startswith("Our town, ")
    assert row.accessibleName().endswith("0 notes")
    second.press(row.accessibleName())
    assert second.board.title() == "Our town"


def test_a_file_given_at_the_start_is_opened(new_desk: Callable[[], DeskUnderTest], tmp_path: Path) -> None:
    desk = new_desk()
    desk.begin(workshop(tmp_path / "town.sayback"))
    assert desk.board.title() == "Our town"


def test_a_file_that_is_no_workshop_is_refused_and_not_touched(desk: DeskUnderTest, tmp_path: Path) -> None:
    letter = tmp_path / "letter.sayback"
    letter.write_bytes(b"Dear council, " * 500)
    before = (letter.read_bytes(), sorted(tmp_path.iterdir()))
    desk.desk.open(letter)
    desk.wait(lambda: bool(desk.notice))
    assert "not changed" in desk.notice or "Nothing was changed" in desk.notice
    assert (letter.read_bytes(), sorted(tmp_path.iterdir())) == before
    assert "New workshop" in desk.names(QAbstractButton)


def test_a_workshop_open_elsewhere_is_said_and_left_alone(desk: DeskUnderTest, tmp_path: Path) -> None:
    path = workshop(tmp_path / "town.sayback")
    elsewhere = Session.open(path, DeskId(new_id()))
    desk.desk.open(path)
    desk.wait(lambda: bool(desk.notice))
    assert "open" in desk.notice
    assert desk.desk.open_desk is None
    elsewhere.close()
    desk.desk.open(path)
    assert desk.board.title() == "Our town"
    assert desk.notice == ""


def test_a_file_that_is_gone_can_be_taken_off_the_list(
    new_desk: Callable[[], DeskUnderTest], tmp_path: Path
) -> None:
    first = new_desk()
    first.begin()
    first.make_workshop("Our town", "What should change?")
    path = first.open.running.session.path
    first.close()
    path.unlink()
    desk = new_desk()
    desk.begin()
    desk.press(desk.visible(WorkshopRow)[0].accessibleName())
    desk.wait(lambda: bool(desk.notice))
    desk.press("Take it off the list")
    desk.wait(lambda: not desk.visible(WorkshopRow))
    assert desk.notice == ""


def test_the_checks_of_this_laptop_are_what_is_true(desk: DeskUnderTest) -> None:
    desk.wait(lambda: "No projector plugged in yet" in [label.text() for label in desk.visible(Label)])


def test_a_day_is_written_as_people_write_it() -> None:
    assert day_of("2026-11-12T12:00:00+00:00") == "12 November 2026"
    assert day_of("not a day") == ""


@pytest.mark.parametrize("spoken", ["en", "cy"])
def test_on_a_laptop_of_720_lines_with_a_task_bar_the_first_screen_fits_without_scrolling(
    new_desk: Callable[[], DeskUnderTest], spoken: str
) -> None:
    language.use(spoken)
    try:
        desk = new_desk()
        desk.begin(size=(1280, 640))
        desk.wait(lambda: "This laptop" in texts(desk) or "Y gliniadur hwn" in texts(desk))
        page = desk.window.centralWidget()
        assert isinstance(page, Page)
        desk.wait(lambda: page.verticalScrollBar().maximum() == 0)
        assert faults(desk.window, over=()) == []
        desk.desk.show_form()
        desk.wait(lambda: page.verticalScrollBar().maximum() > 0)
    finally:
        language.use(language.SOURCE)


def texts(desk: DeskUnderTest) -> list[str]:
    return [label.text() for label in desk.visible(Label)]
