"""A theme of an earlier workshop says on board and outline how often it was heard, and what was said to it there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit

from core.base.ids import ThemeId, new_id
from core.domain.answering import GiveReply
from core.domain.carrying import CarryOn, Heard
from core.domain.commands import MoveNotes
from core.domain.terms import Status
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall
from ui.places import Kind, Place


def test_a_carried_theme_says_how_often_it_was_heard_and_what_was_said_to_it(room: Hall) -> None:
    told = GiveReply(subject="", status=Status.IN_PROGRESS, text="Work begins.")
    ramps = Heard(first=ThemeId(new_id()), name="Ramps", question="?", times=2, day=738_000, title="May", reply=told)
    room.does(CarryOn((ramps,)))
    [theme] = room.board.themes_of(room.question)
    scene = room.screen.board.board_scene

    def below() -> str:
        frame = scene.theme_frame(theme.id)
        return frame.heading.below if frame else ""

    room.desk.wait(lambda: below() == "Heard 2 times before, last time: In progress")
    room.does(MoveNotes((room.say("Still steep"),), theme.id))
    room.desk.wait(lambda: below() == "3rd time heard, last time: In progress")
    frame = scene.theme_frame(theme.id)
    assert frame is not None
    assert not frame.is_aside
    room.does(GiveReply(subject=theme.id, status=Status.DONE, text="It is there."))
    model = room.screen.outline.model
    row = model.index_of_place(Place(room.question, Kind.THEME, theme.id))
    said = [str(model.index(row.row(), column, row.parent()).data()) for column in range(model.columnCount())]
    assert "1 note, Done, 3rd time heard, last time: In progress" in said


def test_an_earlier_workshop_without_themes_is_told_of_and_the_form_stays(
    new_desk: Callable[..., DeskUnderTest], tmp_path: Path
) -> None:
    earlier = tmp_path / "may.sayback"
    desk = new_desk(ask=lambda _window, _folder: str(earlier))
    hall(earlier, desk.settings.settings.desk)
    desk.begin()
    desk.press("New workshop")
    desk.write("What is it called?", "June")
    desk.press("Carry on from an earlier workshop…")
    desk.wait(lambda: any(each.text() == "That workshop has no themes yet." for each in desk.visible(QLabel)))
    assert desk.find(QLineEdit, "What is it called?").text() == "June"
