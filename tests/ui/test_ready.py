"""Is all ready? And a rehearsal of the open workshop, of which nothing comes into the real file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core.domain.planning import plan_of
from core.rehearsal.practice import rehearsal_of
from core.session import Session
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall
from ui.watching.laptop import Laptop, Standing, look_closely


def test_each_thing_that_is_not_so_says_what_to_do(tmp_path: Path) -> None:
    laptop = Laptop(addresses=list, mains=lambda: False, sleeps=lambda: True)
    found = look_closely(tmp_path, laptop, Standing(1, is_open=True))
    assert [check.good for check in found] == [True, False, False, False, False, False]
    assert all(check.todo for check in found if not check.good)


def test_what_cannot_be_known_says_how_to_look(tmp_path: Path) -> None:
    laptop = Laptop(addresses=list, mains=lambda: None, sleeps=lambda: None)
    *_, power, sleep = look_closely(tmp_path, laptop, Standing(2))
    assert "cannot be seen" in power.text
    assert "settings" in sleep.todo


def test_a_phone_that_has_come_and_a_port_that_was_busy_are_told(tmp_path: Path) -> None:
    laptop = Laptop(addresses=list, mains=lambda: True, sleeps=lambda: False)

    def phones(standing: Standing) -> str:
        return look_closely(tmp_path, laptop, standing)[3].text

    here = "http://192.168.8.20:8000"
    assert phones(Standing(2, here, is_open=True)) == f"No phone has reached {here} yet"
    assert phones(Standing(2, here, reached=True, is_open=True)) == f"A phone has reached {here}"
    assert "8000 was busy" in phones(Standing(2, here, 8000, is_open=True))


def test_the_panel_opens_on_the_first_screen_and_over_a_workshop(desk: DeskUnderTest) -> None:
    desk.press("Check everything")
    desk.wait(lambda: "The laptop has mains power" in texts(desk))
    assert not any("phone has reached" in text for text in texts(desk))
    desk.keys(Qt.Key.Key_Escape)
    desk.make_workshop("Our town", "What should change?")
    assert desk.door.is_open
    desk.do("ready")
    desk.wait(lambda: any("No phone has reached" in text for text in texts(desk)))
    desk.press("Look again")
    desk.wait(lambda: "Most of this can wait. Do what you can." in texts(desk))


def test_a_rehearsal_is_planned_alike_and_leaves_the_real_file_as_it_was(
    new_desk: Callable[[], DeskUnderTest], tmp_path: Path
) -> None:
    desk = new_desk()
    real = hall(tmp_path / "town.sayback", desk.settings.settings.desk)
    desk.begin(real)
    at = Hall(desk)
    at.say("A real note")
    plan = plan_of(at.board)
    desk.do("rehearse")
    desk.wait(lambda: desk.desk.open_desk is not None and desk.board.title() == "Rehearsal: Our town")
    assert desk.open.running.practice
    assert desk.open.running.session.path.parent == tmp_path / "workshops" / "practice"
    assert [each.text for each in plan_of(desk.board).questions] == [each.text for each in plan.questions]
    desk.wait(lambda: desk.board.balance.received > 3, seconds=60)
    assert "A real note" not in {desk.board.text_of(note) for note in desk.board.notes.values()}
    code = desk.door.code
    desk.desk.open(real)
    desk.wait(lambda: desk.desk.open_desk is not None and desk.board.title() == "Our town")
    assert desk.board.balance.received == 1
    assert not desk.open.running.session.is_behind
    assert desk.door.code != code


def test_a_rehearsal_promises_nothing(desk: DeskUnderTest, tmp_path: Path) -> None:
    session = Session.open(hall(tmp_path / "t.sayback", desk.settings.settings.desk), desk.settings.settings.desk)
    command = rehearsal_of(session.board, "XYZ234")
    session.close()
    assert "not a real workshop" in command.plan.promise
    assert command.plan.reply_by is None


def texts(desk: DeskUnderTest) -> list[str]:
    return [label.text() for label in desk.visible(QLabel)]
