"""A theme of an earlier workshop says on board and outline how often it was heard, and what was said to it there."""

from core.base.ids import ThemeId, new_id
from core.domain.answering import GiveReply
from core.domain.carrying import CarryOn, Heard
from core.domain.commands import MoveNotes
from core.domain.terms import Status
from tests.ui.hall import Hall
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
