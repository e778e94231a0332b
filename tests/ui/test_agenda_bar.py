"""The agenda bar: what it says of plan and time, what of it stays where there is little room."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from core.domain.board import Board
from core.domain.running import AddStep, BeginStep, StartTimer, StopTimer
from core.domain.terms import StepKind
from tests.core.table import NOON, Seat, a_table
from ui.panes.agenda_bar import AgendaBar, StepMark
from ui.panes.capsule import late_words
from ui.panes.fitting import Fitting

STEPS = (StepKind.WELCOME, StepKind.WRITE, StepKind.GROUP, StepKind.LOOK, StepKind.VOTE, StepKind.CLOSE)
WIDE, TIGHT = 1100, 620


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def bar(dressed: QApplication, clock: Hands) -> Iterator[AgendaBar]:
    made = AgendaBar(clock=clock)
    made.resize(WIDE, made.height())
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk() -> Seat:
    """A desk with an agenda of six steps, ten minutes each."""
    seat = a_table("desk")[0].seat("desk")
    for kind in STEPS:
        seat.sees_and_does(AddStep(kind=kind, minutes=10))
    return seat


def begun(desk: Seat, number: int) -> Board:
    """The board once a step has begun, at noon."""
    desk.table.now = NOON - timedelta(seconds=1)
    desk.sees_and_does(BeginStep(desk.board.agenda()[number][0]))
    return desk.board


def marks(bar: AgendaBar) -> list[str]:
    """The steps that are seen, from the front."""
    shown = [each for each in bar.findChildren(StepMark) if each.isVisible()]
    return [each.accessibleName() for each in sorted(shown, key=lambda each: each.x())]


def told(bar: AgendaBar) -> list[str]:
    """The words that are seen, whole."""
    labels = [each for each in bar.findChildren(QLabel) if each.isVisible()]
    return [each.accessibleName() if isinstance(each, Fitting) else each.text() for each in labels]


def test_without_an_agenda_or_a_timer_there_is_no_bar(bar: AgendaBar) -> None:
    bar.show_board(Board())
    assert not bar.isVisible()


def test_before_the_day_begins_all_steps_are_seen_and_the_first_is_next(bar: AgendaBar, desk: Seat) -> None:
    bar.show_board(desk.board)
    assert marks(bar) == [f"{name}, 10 min" for name in ("Welcome", "Write", "Group", "Look together", "Vote", "Close")]
    assert not bar.capsule.isVisible()
    assert buttons(bar)[-1] == "Next: Welcome"


def test_done_steps_have_a_tick_the_step_of_now_stands_between_them(bar: AgendaBar, desk: Seat) -> None:
    bar.show_board(begun(desk, 2))
    assert marks(bar)[:3] == ["Welcome, 10 min, done", "Write, 10 min, done", "Look together, 10 min"]
    places = [each.x() for each in bar.findChildren(StepMark) if each.isVisible()]
    assert sorted([*places, bar.capsule.x()])[2] == bar.capsule.x()
    assert told(bar) == ["Group", "10 min planned, on time"]


def test_the_capsule_says_by_itself_when_it_gets_late(bar: AgendaBar, desk: Seat, clock: Hands) -> None:
    bar.show_board(begun(desk, 0))
    clock.now = NOON + timedelta(minutes=13, seconds=5)
    bar.capsule.say_time()
    assert told(bar)[-1] == "10 min planned, 3 min late"
    assert bar.capsule.part_left == 0.0


def test_where_not_all_have_room_the_nearest_stay_and_the_place_is_told(bar: AgendaBar, desk: Seat) -> None:
    bar.resize(TIGHT, bar.height())
    bar.show_board(begun(desk, 2))
    assert "3 of 6" in told(bar)
    assert "Look together, 10 min" in marks(bar)
    assert "Welcome, 10 min, done" not in marks(bar)
    assert all(each.geometry().right() <= bar.width() for each in bar.findChildren(StepMark) if each.isVisible())


def test_in_a_narrow_window_place_step_and_next_are_left(bar: AgendaBar, desk: Seat) -> None:
    bar.shorten(short=True)
    bar.show_board(begun(desk, 2))
    assert marks(bar) == []
    assert told(bar) == ["3 of 6", "Group", "10 min, on time"]
    assert buttons(bar) == ["Next: Look together"]


def test_right_to_left_the_first_step_stands_on_the_right(bar: AgendaBar, desk: Seat) -> None:
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bar.show_board(begun(desk, 2))
    assert marks(bar)[-1] == "Welcome, 10 min, done"


def test_the_bar_of_time_left_follows_the_timer_and_grows_thicker_at_the_end(
    bar: AgendaBar, desk: Seat, clock: Hands
) -> None:
    begun(desk, 1)
    desk.table.now = NOON - timedelta(seconds=1)
    desk.sees_and_does(StartTimer(300, NOON))
    bar.show_board(desk.board)
    assert bar.capsule.part_left == 0.5    # of the ten minutes that were planned
    assert not bar.capsule.is_last_minute
    clock.now = NOON + timedelta(seconds=250)
    desk.sees_and_does(StopTimer(clock.now))
    bar.show_board(desk.board)
    assert bar.capsule.time.text() == "0:50, stopped"
    assert not bar.capsule.is_last_minute
    desk.sees_and_does(StartTimer(50, clock.now))
    bar.show_board(desk.board)
    assert bar.capsule.is_last_minute


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0, "on time"), (59, "on time"), (60, "1 min late"), (-59, "on time"), (-150, "2 min early")],
)
def test_how_late_in_words(seconds: int | None, words: str) -> None:
    assert late_words(seconds) == words


def buttons(bar: AgendaBar) -> list[str]:
    """What can be pressed beside the steps."""
    found = (each for each in bar.findChildren(QAbstractButton) if not isinstance(each, StepMark))
    return [each.accessibleName() for each in found if each.isVisible()]
