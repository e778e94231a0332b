"""The small things everything stands on: actions, notices, jobs, icons, colours, and the checker of the tests."""

import re
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.base.errors import NotThere, WorkshopError
from core.domain.terms import Mode
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.dots import contrast
from tests.ui.fit import faults
from ui.acting.actions import menu_names, table
from ui.acting.needs import Needs, why_not
from ui.jobs import Jobs
from ui.look import theme
from ui.look.icons import FOLDER, MODE_ICONS, pixmap
from ui.look.parts import Button, KeyCaps, key_names
from ui.watching.notices import Notice, Notices, Urgency

SECONDS = 5000


def test_no_two_actions_share_a_key_but_for_one_that_acts_on_notes_or_else_on_their_theme() -> None:
    keys = Counter(QKeySequence(each).toString() for act in table() if not act.only_shown for each in act.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys
    in_menus = Counter((act.menu, each) for act in table() for each in act.keys)
    assert max(in_menus.values()) == 1


def test_every_menu_and_every_action_in_it_opens_by_its_own_letter() -> None:
    letters = Counter(re.findall(r"&(\w)", "".join(menu_names().values()).lower()))
    assert max(letters.values()) == 1
    assert len(letters) == len(menu_names())
    assert len({act.id for act in table()}) == len(table())
    assert all("&" in act.text for act in table())


def test_without_a_workshop_only_what_makes_sense_can_be_done(desk: DeskUnderTest) -> None:
    enabled = {act.id for act in table() if desk.window.actions_[act.id].isEnabled()}
    assert enabled == {act.id for act in table() if act.needs is Needs.NOTHING}
    assert {"new", "open", "practise", "quit", "help"} <= enabled


def test_what_cannot_be_done_says_why(desk: DeskUnderTest) -> None:
    away = [act for act in table() if act.needs is not Needs.NOTHING]
    assert all(desk.window.actions_[act.id].toolTip() == why_not(act.needs) != "" for act in away)


def test_the_most_urgent_notice_is_shown_and_the_others_wait() -> None:
    notices = Notices()
    full = Notice(what="The disk is full.", urgency=Urgency.BAD, topic="disk")
    moved = Notice(what="4 notes moved.", urgency=Urgency.GOOD)
    notices.tell(full)
    notices.tell(moved)
    assert notices.shown is full
    notices.settle("disk")
    assert notices.shown is moved
    notices.take_away(moved)
    assert notices.shown is None


def test_a_notice_takes_the_place_of_the_one_before_on_its_topic() -> None:
    notices = Notices()
    notices.tell(Notice(what="One", topic="port"))
    notices.tell(Notice(what="Two", topic="port"))
    assert notices.shown is not None
    assert notices.shown.what == "Two"
    notices.take_away(notices.shown)
    assert notices.shown is None


def test_a_notice_of_an_error_says_what_to_do() -> None:
    error = NotThere()
    notice = Notice.of(error)
    assert (notice.what, notice.advice) == (str(error), error.advice)


def test_jobs_run_elsewhere_and_answer_here(qtbot: QtBot) -> None:
    jobs, heard = Jobs(), list[object]()
    jobs.run(threading.current_thread, heard.append)
    jobs.run(refusing, heard.append, heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=SECONDS)
    assert isinstance(heard[0], threading.Thread)
    assert heard[0] is not threading.current_thread()
    assert isinstance(heard[1], WorkshopError)
    jobs.close()


def test_a_fault_in_a_job_is_raised_where_it_is_heard(qtbot: QtBot) -> None:
    jobs = Jobs()
    with qtbot.captureExceptions() as caught:
        jobs.run(broken, lambda _nothing: None)
        qtbot.waitUntil(lambda: bool(caught), timeout=SECONDS)
    assert caught[0][0] is ZeroDivisionError
    jobs.close()


def test_jobs_that_are_closed_answer_no_more(qtbot: QtBot) -> None:
    jobs, heard, go = Jobs(), list[object](), threading.Event()
    jobs.run(lambda: go.wait(5), heard.append)
    go.set()
    jobs.close()
    QApplication.processEvents()
    assert heard == []


def refusing() -> object:
    raise NotThere


def broken() -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.svg")))
def test_every_icon_draws_something(qapp: QApplication, name: str) -> None:
    picture = pixmap(name, theme.tokens(theme.Scheme.LIGHT).ink).toImage()
    assert any(picture.pixelColor(x, y).alpha() for x in range(20) for y in range(20))


def test_every_way_of_taking_part_has_an_icon() -> None:
    assert set(MODE_ICONS) == set(Mode)
    assert {path.stem for path in FOLDER.glob("*.svg")} >= set(MODE_ICONS.values())


@pytest.mark.parametrize("scheme", list(theme.Scheme))
def test_words_stand_out_from_their_ground(scheme: theme.Scheme) -> None:
    colours = theme.tokens(scheme)
    for ground in (colours.paper, colours.surface, colours.table):
        for ink in (colours.ink, colours.ink_2, colours.ink_3):
            assert contrast(ink, ground) >= 4.5
    for number in range(12):
        assert contrast(colours.note_ink, colours.paper_of(number)) >= 7
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.edge, colours.surface) >= 3


def test_a_widget_knows_its_colours_from_its_palette(dressed: QApplication) -> None:
    for scheme in theme.Scheme:
        theme.apply(dressed, scheme)
        assert theme.tokens_of(QWidget().palette()).scheme is scheme


def test_keys_are_written_as_on_the_keyboard(dressed: QApplication) -> None:
    assert key_names("Ctrl+Shift+Z") == ("Ctrl", "Shift", "Z")
    assert key_names("Ctrl++") == ("Ctrl", "+")
    assert key_names("Ctrl+Return") == ("Ctrl", "Enter")
    assert KeyCaps("Ctrl+Z").width() > KeyCaps("F4").width()


def test_enter_presses_a_button_that_has_the_keyboard(dressed: QApplication, qtbot: QtBot) -> None:
    button = Button("Do it")
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked, timeout=1000):
        press_enter(button)


def press_enter(widget: QWidget) -> None:



    QTest.keyClick(widget, Qt.Key.Key_Return)


def planted(make: Callable[[QWidget], None], qtbot: QtBot) -> list[str]:
    window = QWidget()
    window.resize(400, 200)
    make(window)
    qtbot.addWidget(window)
    window.show()
    return faults(window)


def test_the_checker_finds_words_that_are_cut_off(qtbot: QtBot) -> None:
    def make(window: QWidget) -> None:
        QLabel("Far too long for its place", window).setGeometry(QRect(10, 10, 40, 20))

    assert "Far too long" in planted(make, qtbot)[0]


def test_the_checker_finds_things_over_each_other(qtbot: QtBot) -> None:
    def make(window: QWidget) -> None:
        QLabel("One", window).setGeometry(QRect(10, 10, 80, 30))
        QLabel("Two", window).setGeometry(QRect(50, 20, 80, 30))

    assert "overlap" in planted(make, qtbot)[0]


def test_the_checker_finds_what_leaves_its_window(qtbot: QtBot) -> None:
    def make(window: QWidget) -> None:
        label = QLabel("Off", window)
        label.resize(60, 30)
        label.move(QPoint(380, 10))

    assert "leaves" in planted(make, qtbot)[0]


def test_the_checker_is_content_with_what_fits(qtbot: QtBot) -> None:
    def make(window: QWidget) -> None:
        row = QHBoxLayout(window)
        row.addWidget(QLabel("One"))
        row.addWidget(QLabel("Two"))

    assert planted(make, qtbot) == []
