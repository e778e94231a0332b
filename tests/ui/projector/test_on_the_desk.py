"""The projector led from the desk: by keys, by the agenda, by what people send; on screens that come and go."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from core.base.clock import to_milliseconds, utc_now
from core.base.ids import NoteId, StepId, ThemeId, new_id
from core.domain.commands import HideNotes, MoveNotes
from core.domain.running import AddStep, BeginStep, CloseVote, OpenVote, RevealQuestion, SetQuestion
from core.domain.terms import Asking, Reason, Reveal, StepKind, VoteOn
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import SHIFT, Hall, hall
from tests.ui.screens import DESK, WALL, OwnScreens
from tests.ui.test_desk import as_picture
from tests.web.phones import phone_at
from ui.projector.shown import What
from ui.projector.window import ProjectorWindow

NewDesk = Callable[[], DeskUnderTest]
BLACK = QColor("#000000")


class Wall:
    """The picture on the wall, as people in the room see it."""

    def __init__(self, desk: DeskUnderTest) -> None:
        self.desk, self.hall = desk, Hall(desk)
        self.projector = desk.open.projector
        assert desk.door.code

    @property
    def window(self) -> ProjectorWindow:
        """The window; there must be one."""
        assert self.projector.window is not None
        return self.projector.window

    @property
    def says(self) -> str:
        """What is read out of what is seen."""
        layer = self.window.layer
        return layer.accessibleName() if layer is not None else ""

    def comes(self, words: str) -> None:
        """Wait until these words are on the picture."""
        self.desk.wait(lambda: words in self.says)

    def goes(self, words: str) -> None:
        """Wait until these words are off the picture."""
        self.desk.wait(lambda: words not in self.says)

    def begins(self, kind: StepKind, title: str = "") -> None:
        """A step of the agenda begins."""
        step = StepId(new_id())
        self.hall.does(AddStep(kind=kind, title=title, question=self.hall.question, minutes=5, step_id=step))
        self.hall.does(BeginStep(step))

    @property
    def bar(self) -> str:
        """What the desk's top bar says that it shows."""
        found = [name for name in self.desk.names(QAbstractButton) if name.startswith("Projector: ")]
        return found[0].removeprefix("Projector: ")


@pytest.fixture
def wall(new_desk: NewDesk, tmp_path: Path) -> Wall:
    """A desk with a workshop; its projector is off."""
    desk = new_desk()
    desk.begin(hall(tmp_path / "hall.sayback", desk.settings.settings.desk))
    return Wall(desk)


def picture(wall: Wall) -> QImage:
    return wall.window.grab().toImage()


def test_f4_is_the_join_view_f5_the_window_f9_nothing_and_shift_f9_stands_still(wall: Wall) -> None:
    desk = wall.desk
    wall.begins(StepKind.WRITE)
    desk.keys(Qt.Key.Key_F5)
    assert wall.says.startswith("What should change?")
    assert wall.bar == "Question"
    desk.keys(Qt.Key.Key_F4)
    assert "Open http://" in wall.says
    assert (wall.bar, wall.hall.is_ticked("join-view")) == ("Join view", True)
    desk.keys(Qt.Key.Key_F4)
    assert wall.bar == "Question"
    desk.keys(Qt.Key.Key_F9)
    assert wall.bar == "Blank"
    image = picture(wall)
    assert {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)} == {BLACK.rgb()}
    assert wall.says == "The projector is blank"
    desk.keys(Qt.Key.Key_F9)
    desk.keys(Qt.Key.Key_F9, SHIFT)
    assert (wall.bar, wall.hall.is_ticked("hold-still")) == ("Question, frozen", True)
    desk.keys(Qt.Key.Key_F5)
    assert (wall.bar, wall.window.isVisible()) == ("Off", False)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)], ids=str)
def test_the_code_scans_from_every_view(wall: Wall, size: tuple[int, int]) -> None:
    wall.desk.do("projector")
    wall.window.resize(*size)
    for view in ("join-view", "show-question", "show-themes", "show-results", "show-live", "show-said"):
        if not wall.hall.is_ticked(view):
            wall.desk.do(view)
        codes = {code.text for code in zxingcpp.read_barcodes(as_picture(picture(wall)))}
        assert codes == {wall.desk.door.url}, view


def test_a_note_from_a_phone_comes_when_it_is_revealed_and_goes_within_a_moment_when_it_is_hidden(wall: Wall) -> None:
    question = wall.hall.question
    wall.hall.does(SetQuestion(question, Asking(reveal=Reveal.LATER)))
    wall.begins(StepKind.LOOK)
    wall.desk.do("projector")
    with phone_at(wall.desk.door.address) as ada:
        ada.open("/ABC234/q/1")
        assert ada.send("The ramp is steep").status_code == 303
        wall.desk.wait(lambda: bool(wall.hall.board.notes))
        assert "No notes are shown yet." in wall.says
        wall.hall.does(RevealQuestion(question))
        wall.comes("The ramp is steep")
        ada.open("/ABC234/q/1")
        assert ada.send("The door is heavy").status_code == 303
        wall.comes("The door is heavy")
    (first, _second) = wall.hall.board.notes_of(question)
    wall.hall.does(HideNotes((first.id,), Reason.OTHER))
    wall.goes("The ramp is steep")
    assert "The door is heavy" in wall.says


def test_while_it_stands_still_nothing_new_comes_but_what_is_hidden_goes(wall: Wall) -> None:
    ramp = wall.hall.say("ramp")
    wall.hall.say("bench")
    wall.begins(StepKind.LOOK)
    wall.desk.do("projector")
    wall.comes("ramp")
    wall.desk.do("hold-still")
    wall.hall.say("new")
    wall.hall.does(HideNotes((ramp,), Reason.OTHER))
    wall.goes("ramp")
    assert "bench" in wall.says
    assert "new" not in wall.says
    wall.begins(StepKind.WRITE)
    assert "bench" in wall.says
    wall.desk.do("hold-still")
    assert wall.says.startswith("What should change?")


def test_the_agenda_says_what_is_shown_until_another_is_chosen_for_that_step(wall: Wall) -> None:
    ramp = wall.hall.say("ramp")
    wall.desk.do("projector")
    assert wall.bar == "Join view"
    wall.begins(StepKind.LOOK)
    wall.desk.wait(lambda: wall.bar == "Notes")
    wall.desk.do("show-pledges")
    assert (wall.bar, wall.hall.is_ticked("show-pledges"), wall.hall.is_ticked("follow")) == ("Pledges", True, False)
    wall.hall.does(MoveNotes((ramp,), None))
    wall.hall.say("bench")
    assert wall.bar == "Pledges"
    wall.begins(StepKind.VOTE)
    wall.desk.wait(lambda: wall.bar == "Notes")
    assert wall.hall.is_ticked("follow")
    wall.hall.does(OpenVote(wall.hall.question, VoteOn.NOTES, 3))
    wall.desk.wait(lambda: wall.bar == "How to vote")
    (vote,) = wall.hall.board.rounds
    wall.hall.does(CloseVote(vote))
    wall.desk.wait(lambda: wall.bar == "Results")
    wall.begins(StepKind.BREAK, "Tea")
    wall.comes("Tea")
    wall.desk.do("show-themes")
    wall.desk.do("follow")
    assert wall.bar == "Break"


@pytest.mark.slow
def test_a_question_that_closes_by_the_clock_says_so_without_anybody_doing_anything(wall: Wall) -> None:
    wall.begins(StepKind.WRITE)
    wall.desk.do("projector")
    closes = to_milliseconds(utc_now()) + 1500
    wall.hall.does(SetQuestion(wall.hall.question, Asking(closes=closes)))
    assert wall.says == "What should change?"
    wall.comes("This question takes no notes just now.")


def full(wall: Wall) -> ThemeId:
    """A theme that takes several pages."""
    notes = [wall.hall.say(f"note {number}") for number in range(14)]
    wall.desk.do("projector")
    theme = wall.hall.theme("Doors", *notes)
    wall.desk.do("show-themes")
    wall.comes("note 0")
    return theme


def test_pages_turn_by_a_clicker_and_from_the_desk(wall: Wall) -> None:
    full(wall)
    stage = wall.window.stage
    assert stage.pages == 3
    for key, page in (
        (Qt.Key.Key_PageDown, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_PageDown, 2), (Qt.Key.Key_PageUp, 1),
    ):  # fmt: skip
        QTest.keyClick(wall.window, key)
        assert stage.page == page
    assert "note 6" in wall.says
    wall.desk.do("page-on")
    assert "note 13" in wall.says
    wall.desk.do("page-back")
    wall.desk.do("page-back")
    assert (stage.page, "note 0" in wall.says) == (0, True)


def test_the_page_stays_with_its_notes_when_others_come_before_them_and_the_size_changes(wall: Wall) -> None:
    theme = full(wall)
    wall.desk.do("page-on")
    assert wall.says.startswith("Doors. note 6")
    first: tuple[NoteId, ...] = (wall.hall.say("before all"),)
    wall.hall.does(MoveNotes(first, theme, wall.hall.board.notes_in(theme)[0].id))
    wall.desk.wait(lambda: "note 5" in wall.says)
    assert wall.window.stage.page == 1
    wall.window.resize(1024, 768)
    assert wall.window.stage.page == 1


def test_keys_of_the_desk_work_in_its_window_too(wall: Wall) -> None:
    wall.desk.do("projector")
    QTest.keyClick(wall.window, Qt.Key.Key_B)
    assert wall.bar == "Blank"
    QTest.keyClick(wall.window, Qt.Key.Key_F9)
    QTest.keyClick(wall.window, Qt.Key.Key_F9, SHIFT)
    assert wall.bar == "Join view, frozen"
    QTest.keyClick(wall.window, Qt.Key.Key_Escape)
    assert wall.bar == "Off"


def test_names_are_shown_only_where_the_facilitator_wants_them(wall: Wall) -> None:
    wall.desk.do("projector")
    wall.desk.do("show-themes")
    wall.desk.do("projector-names")
    assert wall.projector.shows_names
    wall.desk.do("projector-names")
    assert not wall.projector.shows_names


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=str)
def test_what_it_shows_is_readable_in_the_bar_whatever_it_is(wall: Wall, size: tuple[int, int]) -> None:
    wall.desk.window.resize(*size)
    wall.begins(StepKind.WRITE)
    wall.begins(StepKind.ASK)
    wall.desk.do("projector")
    wall.desk.do("hold-still")
    button = wall.desk.find(QAbstractButton, "Projector: Live question, frozen")
    wall.desk.wait(lambda: button.width() >= button.sizeHint().width())
    wall.desk.do("projector")
    narrow = button.sizeHint().width()
    wall.desk.wait(lambda: button.width() == narrow)


# Screens


@pytest.mark.slow
def test_it_goes_on_the_screen_beside_the_desk_and_remembers_it(
    new_desk: NewDesk, tmp_path: Path, screens: OwnScreens
) -> None:
    other = replace(WALL, key="other")
    screens.are(DESK, WALL, other)
    desk = new_desk()
    desk.begin(hall(tmp_path / "hall.sayback", desk.settings.settings.desk))
    wall = Wall(desk)
    desk.do("projector")
    assert wall.window.isFullScreen()
    assert desk.settings.settings.projector == "wall"
    desk.do("other-screen")
    assert desk.settings.settings.projector == "other"
    desk.close()
    again = new_desk()
    again.begin(tmp_path / "hall.sayback")
    there = Wall(again)
    again.do("projector")
    assert there.window.isFullScreen()
    assert again.settings.settings.projector == "other"


def test_a_projector_that_goes_away_is_told_of_and_comes_back_on_its_own(wall: Wall, screens: OwnScreens) -> None:
    screens.are(DESK, WALL)
    wall.desk.do("projector")
    wall.desk.do("show-themes")
    screens.are(DESK)
    assert wall.desk.notice == "The projector went away. Plug it in again. It will come back on its own."
    assert not wall.window.isVisible()
    assert wall.bar == "Unplugged"
    screens.are(DESK, WALL)
    assert wall.window.isFullScreen()
    assert (wall.desk.notice, wall.bar) == ("", "Notes")


def test_one_that_went_away_can_be_shown_as_a_window_and_moves_when_a_screen_comes(
    wall: Wall, screens: OwnScreens
) -> None:
    screens.are(DESK, WALL)
    wall.desk.do("projector")
    screens.are(DESK)
    wall.desk.keys(Qt.Key.Key_F5)
    assert (wall.window.isVisible(), wall.window.isFullScreen()) == (True, False)
    assert wall.desk.notice == ""
    screens.are(DESK, replace(WALL, key="another"))
    assert wall.window.isFullScreen()


def test_a_desk_whose_screen_goes_away_comes_back_in_sight(wall: Wall, screens: OwnScreens) -> None:
    screens.are(DESK, WALL)
    window = wall.desk.window
    window.setGeometry(QRect(DESK.area.width() + 40, 60, 1280, 720))
    screens.are(DESK, WALL)
    assert window.geometry().left() == DESK.area.width() + 40
    screens.are(replace(DESK, area=QRect(0, 0, 1100, 700)))
    assert window.geometry() == QRect(0, 0, 1100, 700)


def test_another_resolution_is_followed(wall: Wall, screens: OwnScreens) -> None:
    placed: list[QRect] = []
    screens.are(DESK, WALL)
    wall.desk.do("projector")
    wall.projector.placed.connect(lambda _key: placed.append(screens.there[1].area))
    screens.are(DESK, replace(WALL, area=QRect(1920, 0, 1024, 768)))
    assert placed == [QRect(1920, 0, 1024, 768)]
    screens.changed.emit()
    assert len(placed) == 1


def test_what_it_shows_is_nothing_while_it_is_off(wall: Wall) -> None:
    assert (wall.projector.what, wall.bar) == (What.JOIN, "Off")
    assert wall.projector.window is None
    wall.hall.say("ramp")
    assert wall.projector.window is None
