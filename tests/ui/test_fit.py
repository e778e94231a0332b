"""Nothing is clipped, cut short or drawn over something else; everything that can be used has a name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from core.base.clock import utc_now
from core.domain.running import AddStep, BeginStep, OpenVote, SetQuestion, StartTimer
from core.domain.terms import Asking, NoteKind, Reason, Reveal, StepKind, VoteOn
from tests.core.venue import CABLE, VPN, WIFI, Venue
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.conftest import Watch
from tests.ui.fit import faults_at_rest
from tests.ui.hall import Hall
from tests.ui.london import london
from ui.page import Page
from ui.watching.notices import Choice, Notice, Urgency

pytestmark = pytest.mark.slow

SIZES = [(1280, 720), (1920, 1080)]
at_both_sizes = pytest.mark.parametrize("size", SIZES, ids=["1280x720", "1920x1080"])
LONG_TITLE = "What should change first in our town, and who should do it"


@at_both_sizes
def test_start_screen(new_desk: Callable[[], DeskUnderTest], size: tuple[int, int]) -> None:
    first = new_desk()
    first.begin()
    first.make_workshop(LONG_TITLE, "What should change?")
    first.do("leave")
    first.make_workshop("Our town", "What should change?")
    first.close()
    desk = new_desk()
    desk.begin(size=size)
    desk.wait(lambda: any("Phones can" in name or "network" in name for name in texts(desk)))
    assert_fits(desk)


@at_both_sizes
def test_new_workshop(desk: DeskUnderTest, size: tuple[int, int]) -> None:
    desk.window.resize(*size)
    desk.press("New workshop")
    for _number in range(3):
        desk.press("Add a question")
    desk.press("Make the workshop")
    desk.wait(lambda: "Ask at least one question." in texts(desk))
    assert_fits(desk)


@at_both_sizes
@pytest.mark.parametrize("view", ["board", "outline"])
def test_workshop(
    new_desk: Callable[[], DeskUnderTest], tmp_path: Path, size: tuple[int, int], view: str
) -> None:
    desk = open_london(new_desk, tmp_path, size)
    desk.do(view)
    assert_fits(desk)
    screen = desk.open.screen
    desk.do("people")
    desk.wait(lambda: screen.people.isVisible())
    over = (screen.people, screen.beside, screen.history) if size[0] < 1360 else ()
    assert_fits(desk, *over)
    desk.do("history")
    desk.wait(lambda: screen.history.model.rowCount() > 0)
    assert_fits(desk, *over)
    assert unnamed(desk) == []


@at_both_sizes
@pytest.mark.parametrize("view", ["board", "outline"])
def test_a_workshop_under_way(
    new_desk: Callable[[], DeskUnderTest], tmp_path: Path, size: tuple[int, int], view: str
) -> None:
    desk = open_london(new_desk, tmp_path, size)
    held_and_voted_on(desk)
    desk.do(view)
    desk.do("held")
    screen = desk.open.screen
    desk.wait(lambda: screen.held.view.isVisible() and screen.top.course.isVisible())
    assert_fits(desk, *((screen.people, screen.beside) if size[0] < 1360 else ()))
    assert unnamed(desk) == []


@at_both_sizes
def test_notices(new_desk: Callable[[], DeskUnderTest], tmp_path: Path, size: tuple[int, int]) -> None:
    desk = open_london(new_desk, tmp_path, size)
    for urgency in Urgency:
        notice = Notice(
            what="The disk is full, so new notes cannot be kept.",
            advice="Everything thanked so far is safe. Empty the recycle bin, or move the workshop to a stick.",
            urgency=urgency,
            choices=(Choice("Try again", lambda: None),),
            topic="one",
        )
        desk.window.notices.tell(notice)
        desk.wait(lambda: "Try again" in desk.names(QAbstractButton))
        assert_fits(desk)


@at_both_sizes
def test_what_is_told_of_addresses_and_phones_that_do_not_come(
    new_desk: Callable[[], DeskUnderTest], tmp_path: Path, venue: Venue, watch: Watch, size: tuple[int, int]
) -> None:
    venue.found = (WIFI, VPN)
    desk = open_london(new_desk, tmp_path, size)
    desk.do("join-view")
    watch.seconds = 60
    desk.wait(lambda: desk.notice.startswith("No phone has reached this laptop"))
    assert_fits(desk)
    venue.found = (CABLE,)
    desk.wait(lambda: desk.notice.startswith("The address has changed"))
    assert_fits(desk)
    venue.found = ()
    desk.wait(lambda: desk.notice.startswith("This laptop has lost its network"))
    assert_fits(desk)
    desk.do("address")
    assert_fits(desk)


@at_both_sizes
@pytest.mark.parametrize(
    "panel",
    [
        "help", "export", "easy-read", "all-actions", "joining-help", "address", "wifi", "links",
        "asking", "agenda", "add-step", "set-timer", "open-vote", "result", "answer", "reveal-parts", "seat",
    ],
)  # fmt: skip
def test_panels(
    new_desk: Callable[[], DeskUnderTest], tmp_path: Path, venue: Venue, size: tuple[int, int], panel: str
) -> None:
    venue.found = (WIFI, CABLE, VPN)
    desk = open_london(new_desk, tmp_path, size)
    held_and_voted_on(desk)
    desk.do(panel)
    desk.wait(lambda: desk.window.focusWidget() is not None)
    assert_fits(desk)
    assert unnamed(desk) == []
    desk.keys(Qt.Key.Key_Escape)


@at_both_sizes
@pytest.mark.parametrize("action", ["print", "ready", "settings"])
def test_panels_before_the_day(
    new_desk: Callable[[], DeskUnderTest], tmp_path: Path, size: tuple[int, int], action: str
) -> None:
    desk = open_london(new_desk, tmp_path, size)
    desk.do(action)
    desk.wait(lambda: "Looking…" not in texts(desk))
    assert_fits(desk)
    assert unnamed(desk) == []


def test_everything_that_can_be_used_has_a_name(new_desk: Callable[[], DeskUnderTest], tmp_path: Path) -> None:
    desk = open_london(new_desk, tmp_path, (1280, 720))
    desk.do("people")
    assert unnamed(desk) == []
    desk.do("outline")
    assert unnamed(desk) == []
    desk.do("leave")
    assert unnamed(desk) == []
    desk.press("New workshop")
    assert unnamed(desk) == []


def open_london(new_desk: Callable[[], DeskUnderTest], tmp_path: Path, size: tuple[int, int]) -> DeskUnderTest:
    desk = new_desk()
    path = london(tmp_path / "london.sayback", desk.settings.settings.desk)
    desk.begin(path, size)
    assert desk.door.code == "HKW735"
    return desk


def held_and_voted_on(desk: DeskUnderTest) -> None:
    """The same with an agenda, a timer, a vote, a live question that is chosen, and notes that wait to be read."""
    hall = Hall(desk)
    for title in ("Welcome", "Five silent minutes for yourself", "Vote"):
        hall.does(AddStep(kind=StepKind.WRITE, title=title, minutes=5))
    hall.does(BeginStep(hall.board.agenda()[1][0]))
    hall.does(StartTimer(5 * 60, utc_now()))
    hall.does(OpenVote(hall.question, VoteOn.THEMES, 3))
    hall.does(SetQuestion(hall.question, Asking(live=True, kinds=tuple(NoteKind), reveal=Reveal.LATER)))
    hall.say("Ring me about the cadets, 07700 900417. I would help.")
    hall.say("Dr Smith never answers the phone")
    hall.chooses(hall.say("When will we hear from you?"))


def texts(desk: DeskUnderTest) -> list[str]:
    return [label.text() for label in desk.visible(QLabel)]


def unnamed(desk: DeskUnderTest) -> list[str]:
    """Widgets for the mouse or the keyboard without a name for ears."""
    usable = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView, QComboBox, QAbstractSpinBox)
    found = [each for kind in usable for each in desk.visible(kind) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    found = [each for each in found if not isinstance(each.parentWidget(), QAbstractSpinBox)]    # its own field
    return [repr(each) for each in found if not (each.accessibleName() or spoken(each))]


def spoken(widget: QWidget) -> str:
    """What a screen reader says of a button that has only its words."""
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def assert_fits(desk: DeskUnderTest, *over: QWidget) -> None:
    """Once everything has found its place, nothing is clipped, cut short or drawn over."""
    assert faults_at_rest(desk, over=over) == []


def test_a_notice_on_two_lines_does_not_make_the_page_longer_than_the_window(room: Hall) -> None:
    room.desk.window.resize(1280, 720)
    for number in range(8):
        room.say(f"Number {number} that somebody should read first", held=Reason.READ_FIRST)
    room.desk.window.notices.tell(Notice(what="This is so. " * 9, advice="Do that. " * 20))
    room.desk.do("held")
    page = room.desk.window.centralWidget()
    assert isinstance(page, Page)
    room.desk.wait(lambda: page.verticalScrollBar().maximum() == 0)
    assert room.screen.held.view.isVisible()
