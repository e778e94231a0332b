"""The desk while a workshop runs: what it shows, what it keeps, how it says what went wrong, how it ends."""

import json
import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from core.base.ids import DeskId, new_id
from core.base.join import qr_matrix
from core.base.settings import Settings, SettingsFile
from core.domain.commands import MakeWorkshop, MoveNotes
from core.session import Health, Session
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.dots import dots_in
from tests.ui.london import london
from tests.web.phones import NO_TLS
from ui.answering.view import RepliesView
from ui.board.view import BoardView
from ui.look.looks import Looks
from ui.outline.view import OutlineView
from ui.panes.find import FindPane
from ui.panes.people import PeoplePane
from ui.panes.status_line import BalanceLine
from ui.panes.type_row import TypeRow
from ui.remember import remember
from ui.screens.join_view import JoinView, Shown
from ui.screens.workshop import WorkshopScreen
from ui.watching.fault_watch import FaultWatch

NewDesk = Callable[[], DeskUnderTest]


@pytest.fixture
def town(new_desk: NewDesk, tmp_path: Path) -> DeskUnderTest:
    """The London session, open at the desk."""
    desk = new_desk()
    desk.begin(london(tmp_path / "london.sayback", desk.settings.settings.desk))
    assert desk.door.code == "HKW735"
    return desk


def write_note(desk: DeskUnderTest, words: str) -> None:
    """As a phone without JavaScript does."""
    base = f"http://127.0.0.1:{desk.door.port}"
    with httpx2.Client(base_url=base, follow_redirects=True, trust_env=False, verify=NO_TLS, timeout=10) as phone:
        page = phone.get(f"/{desk.door.code}/q/1")
        assert page.status_code == 200
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        answer = phone.post(f"/{desk.door.code}/note", data={"text": words, **fields}, headers={"origin": base})
        assert answer.status_code == 200


def test_what_stands_in_the_place_of_the_board_is_built_when_its_keys_are_pressed(town: DeskUnderTest) -> None:
    shown = [type(each) for each in town.open.screen.views.children() if isinstance(each, QWidget)]
    assert shown == [BoardView]
    for key, kind in ((Qt.Key.Key_2, OutlineView), (Qt.Key.Key_8, RepliesView), (Qt.Key.Key_1, BoardView)):
        town.keys(key, Qt.KeyboardModifier.ControlModifier)
        assert isinstance(town.open.screen.views.currentWidget(), kind)


def test_a_pane_is_built_when_its_keys_are_pressed_and_stands_where_the_others_do(town: DeskUnderTest) -> None:
    assert not town.window.findChildren(PeoplePane)
    for key, kind in ((Qt.Key.Key_3, PeoplePane), (Qt.Key.Key_F, FindPane), (Qt.Key.Key_T, TypeRow)):
        town.keys(key, Qt.KeyboardModifier.ControlModifier)
        (pane,) = town.window.findChildren(kind)
        assert pane.isVisible()
        assert town.window.rect().contains(QRect(pane.mapTo(town.window, QPoint()), pane.size()))


def test_a_note_from_a_phone_is_new_on_the_left_until_it_was_in_view(town: DeskUnderTest) -> None:
    pane = town.open.screen.new_notes
    town.do("new-notes")
    write_note(town, "The ramp is steep")
    town.wait(lambda: "The ramp is steep" in [pane.model.data(pane.model.index(0)), ""])
    assert len(pane.model.unread) == 1
    town.wait(lambda: not pane.model.unread)
    assert "0 unread" in pane.view.accessibleName()


@pytest.mark.slow
def test_notes_that_came_while_the_pane_was_away_are_read_when_it_is_opened(town: DeskUnderTest) -> None:
    pane = town.open.screen.new_notes
    write_note(town, "The ramp is steep")
    town.wait(lambda: len(pane.model.unread) == 1)
    town.wait(lambda: not pane.is_looking)
    town.do("new-notes")
    town.wait(lambda: not pane.model.unread)


def test_a_note_put_in_a_theme_is_new_no_more(town: DeskUnderTest) -> None:
    pane = town.open.screen.new_notes
    theme = town.board.themes_of(town.board.questions_in_order()[0].id)[0]
    write_note(town, "The ramp is steep")
    town.wait(lambda: len(pane.model.unread) == 1)
    town.open.running.bridge.do(MoveNotes(tuple(pane.model.unread), theme.id))
    town.wait(lambda: not pane.model.unread)
    assert not pane.isVisible()


def test_the_desk_says_how_to_join_who_is_here_and_what_came(town: DeskUnderTest) -> None:
    box = town.open.screen.top.join_box
    write_note(town, "The ramp is steep")
    town.wait(lambda: "1 here 40 notes" in box.accessibleName())
    assert f"Join at {town.door.address.removeprefix('http://')} HKW 735" in box.accessibleName()


def test_the_balance_closes_in_words(town: DeskUnderTest) -> None:
    (line,) = town.visible(BalanceLine)
    assert line.accessibleName() == "All safe. 39 = board 38 + held 0 + hidden 1 + taken back 0"
    town.window.resize(1920, 1080)
    long = "All safe on this laptop. Received 39 = on the board 38 + held 0 + hidden 1 + taken back 0"
    town.wait(lambda: line.accessibleName() == long)


@pytest.mark.slow
def test_undo_names_what_it_takes_back_and_survives_a_restart(town: DeskUnderTest, new_desk: NewDesk) -> None:
    assert "Undo: Hide 1 note" not in town.names(QAbstractButton)
    town.window.resize(1920, 1080)
    town.wait(lambda: "Undo: Hide 1 note" in town.names(QAbstractButton))
    path = town.open.running.session.path
    town.close()
    again = new_desk()
    again.begin(path, (1920, 1080))
    again.press("Undo: Hide 1 note")
    again.wait(lambda: again.board.balance.hidden == 0)
    again.do("redo")
    again.wait(lambda: again.board.balance.hidden == 1)


def test_new_notes_slide_over_a_narrow_window_and_escape_takes_them_away(town: DeskUnderTest) -> None:
    pane = town.open.screen.new_notes
    assert not pane.isVisible()
    town.keys(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert pane.isVisible()
    assert town.window.focusWidget() is pane.view
    town.keys(Qt.Key.Key_Escape)
    assert not pane.isVisible()
    assert town.window.focusWidget() is town.open.screen.board


def test_a_note_on_the_left_leads_to_the_note_on_the_board(town: DeskUnderTest) -> None:
    town.do("new-notes")
    pane = town.open.screen.new_notes
    town.keys(Qt.Key.Key_Down)
    town.keys(Qt.Key.Key_Down)
    chosen = pane.model.note_at(pane.view.currentIndex().row())
    assert chosen is not None
    town.keys(Qt.Key.Key_Return)
    assert town.open.running.selection.focus == chosen.id
    assert not pane.isVisible()


def test_the_join_view_can_be_scanned_and_read(town: DeskUnderTest, tmp_path: Path) -> None:
    town.press("Show the join view")
    window = town.open.projector.window
    assert window is not None
    window.resize(1920, 1080)
    view = window.join
    assert view.qr_rect.height() >= 0.7 * view.height()
    picture = tmp_path / "join.png"
    assert view.grab().save(str(picture))
    with Image.open(picture) as image:
        (code,) = zxingcpp.read_barcodes(image)
    assert code.text == town.door.url
    assert view.accessibleName() == f"Open {town.door.address} and type HKW 735"
    town.press("Projector: Join view")
    assert not view.isVisible()
    assert "Projector: Off" in town.names(QAbstractButton)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (1280, 800), (1367, 769), (3840, 2160)])
def test_the_join_view_is_sharp_and_scans_at_every_size(dressed: QApplication, size: tuple[int, int]) -> None:
    view = JoinView()
    url = "HTTP://192.168.4.12:8000/HKW735"
    view.show_join(Shown("Our town", "http://192.168.4.12:8000", "HKW735", qr_matrix(url), 3))
    view.resize(*size)
    image = view.grab().toImage()
    (code,) = zxingcpp.read_barcodes(as_picture(image))
    assert code.text == url
    area = view.qr_rect.toAlignedRect()
    dots = dots_in(image, area.adjusted(-2, -2, 1, 1), across=3)
    shades = {QColor(dot).lightness() for dot in dots}
    assert len(shades) == 2
    assert view.qr_rect.height() >= 0.7 * view.height()
    view.deleteLater()


def as_picture(image: QImage) -> Image.Image:
    """A picture of Qt's as one that the reader of codes takes."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (plain.width(), plain.height())
    return Image.frombytes("RGB", size, bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine())


def test_f4_puts_the_projector_on_and_escape_takes_it_off(town: DeskUnderTest) -> None:
    town.keys(Qt.Key.Key_F4)
    assert town.open.projector.is_on
    view = town.open.projector.window
    assert view is not None
    QApplication.sendEvent(view, key(Qt.Key.Key_Escape))
    town.wait(lambda: not town.open.projector.is_on)
    assert not town.window.actions_["join-view"].isChecked()


def key(which: Qt.Key) -> QEvent:
    return QKeyEvent(QEvent.Type.KeyPress, which, Qt.KeyboardModifier.NoModifier)


def test_a_full_disk_is_a_red_bar_until_there_is_room(town: DeskUnderTest) -> None:
    bridge = town.open.running.bridge
    bridge.health_changed.emit(Health.DISK_FULL)
    assert town.notice.startswith("The disk is full, so new notes cannot be kept.")
    assert "Close this notice" not in town.names(QAbstractButton)
    (line,) = town.visible(BalanceLine)
    assert not line.accessibleName().startswith("All safe")
    bridge.health_changed.emit(Health.GOOD)
    assert "disk" not in town.notice    # another program may hold the usual port, which is said then
    assert line.accessibleName().startswith("All safe")


def test_a_file_that_was_moved_away_is_a_red_bar_until_it_is_back(town: DeskUnderTest) -> None:
    path = town.open.running.session.path
    away = path.with_name("elsewhere")
    path.rename(away)
    town.wait(lambda: town.notice.startswith("The file of this workshop is not where it was"))
    away.rename(path)
    town.wait(lambda: "not where it was" not in town.notice)


def test_our_own_fault_is_told_and_written_down_without_words(town: DeskUnderTest, home: Path) -> None:
    watch = FaultWatch(town.window.notices)
    try:
        try:
            raise ValueError("Ring me on 07700 900417")
        except ValueError as fault:
            sys.excepthook(ValueError, fault, fault.__traceback__)
        town.wait(lambda: "Something went wrong. Your notes are saved." in town.notice)
    finally:
        watch.close()
    logs = [path.read_text() for path in home.rglob("faults.log")]
    assert len(logs) == 1
    assert "builtins.ValueError" in logs[0]
    assert "07700" not in logs[0]


@pytest.mark.slow
def test_quitting_with_people_here_asks_once_and_loses_nothing(town: DeskUnderTest, new_desk: NewDesk) -> None:
    write_note(town, "The ramp is steep")
    town.wait(lambda: town.open.running.here == 1)
    town.window.close()
    assert town.window.isVisible()
    assert town.notice.startswith("1 person is still here.")
    path = town.open.running.session.path
    town.press("Close all the same")
    assert not town.window.isVisible()
    town.close()
    again = new_desk()
    again.begin(path)
    assert "The ramp is steep" in [again.board.text_of(note) for note in again.board.notes.values()]


@pytest.mark.slow
def test_window_view_and_people_stand_as_they_stood(new_desk: NewDesk, tmp_path: Path) -> None:
    first = new_desk()
    path = london(tmp_path / "london.sayback", first.settings.settings.desk)
    first.begin(path, (1500, 820))
    assert first.door.code == "HKW735"
    first.do("outline")
    first.do("people")
    first.close()
    again = new_desk()
    again.begin(path, (1500, 820))    # the test's screen is too small for a window that remembers this by itself
    screen = again.open.screen
    again.wait(screen.people.isVisible)
    assert screen.views.view is screen.outline
    assert again.settings.settings.geometry


def test_damaged_settings_are_kept_aside_and_the_desk_starts(new_desk: NewDesk, tmp_path: Path) -> None:
    settings = tmp_path / "config" / "settings.json"
    settings.parent.mkdir()
    settings.write_text('{"desk": 7, "recent": "all of')
    desk = new_desk()
    desk.begin()
    assert "New workshop" in desk.names(QAbstractButton)
    assert settings.with_name("settings.json.damaged").read_text() == '{"desk": 7, "recent": "all of'
    assert json.loads(settings.read_text())["desk"] == desk.settings.settings.desk


@pytest.mark.parametrize("text", ["", "[]", "null", '{"desk": "x"}', '{"recent": [1]}', "\x00", '{"desk": null}'])
def test_no_damaged_settings_stop_the_desk(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert SettingsFile(path).settings.recent == ()
    assert SettingsFile(path).settings.desk == SettingsFile(path).settings.desk


def test_settings_that_cannot_be_written_do_not_stop_the_work(town: DeskUnderTest, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    (folder / "settings.json").unlink()
    folder.rmdir()
    folder.write_text("in the way")
    remember(town.settings, folder="records")
    assert town.settings.settings.folder == "records"


@pytest.mark.slow
def test_colours_change_at_once_and_are_kept(town: DeskUnderTest, new_desk: NewDesk) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    looks = Looks(app, town.settings)
    looks.follow(town.window.actions_)
    town.do("scheme-high-contrast")
    assert app.palette().window().color().name() == "#000000"
    assert SettingsFile(town.settings.path).settings.scheme == "high-contrast"
    town.do("scheme-light")
    assert app.palette().window().color().name() == "#fbfaf7"
    looks.deleteLater()


def test_a_busy_port_gives_way_and_the_desk_says_so(new_desk: NewDesk, tmp_path: Path) -> None:
    first = new_desk()
    path = london(tmp_path / "london.sayback", first.settings.settings.desk)
    first.begin(path)
    port = first.door.port
    first.close()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        again = new_desk()
        again.begin(path)
        assert again.door.port != port
        assert again.notice.startswith(f"Port {port} is busy, so we use {again.door.port}.")
        again.close()


def test_another_question_is_chosen_from_the_row_above_the_board(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk()
    made = MakeWorkshop(title="Our town", questions=("What works?", "What should change?"), code="ABC234")
    Session.create(tmp_path / "town.sayback", made, DeskId(new_id())).close()
    desk.begin(tmp_path / "town.sayback")
    assert desk.door.code == "ABC234"
    assert "Question 1 of 2: What works?" in desk.names(QWidget)
    desk.press("Choose another question")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QApplication.sendEvent(menu, key(Qt.Key.Key_Down))
    QApplication.sendEvent(menu, key(Qt.Key.Key_Down))
    QApplication.sendEvent(menu, key(Qt.Key.Key_Return))
    desk.wait(lambda: "Question 2 of 2: What should change?" in desk.names(QWidget))


def test_a_workshop_left_just_before_quitting_is_closed_and_can_be_opened_again(
    new_desk: NewDesk, tmp_path: Path
) -> None:
    desk = new_desk()
    desk.begin(path := london(tmp_path / "london.sayback", desk.settings.settings.desk))
    assert desk.open.running.door is None    # it still opens: closing waits behind that
    desk.do("leave")
    desk.close()
    Session.open(path, DeskId(new_id())).close()


@pytest.mark.slow
def test_a_workshop_closed_is_gone_from_screen_and_memory(town: DeskUnderTest) -> None:
    path = town.open.running.session.path
    counts = []
    for _time in range(5):
        town.do("leave")
        town.desk.open(path)
        assert town.open.screen.isVisible()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        counts.append(len(QApplication.allWidgets()))
    assert len(set(counts[1:])) == 1


@pytest.mark.slow
def test_the_screen_of_a_workshop_opened_and_closed_fifty_times_leaves_no_widget(town: DeskUnderTest) -> None:
    running, window = town.open.running, town.window
    counts = []
    for _time in range(50):
        screen = WorkshopScreen(running, window.actions_, window.notices, window)
        screen.show()
        screen.close_down()
        screen.deleteLater()
        screen.top.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        counts.append(len(QApplication.allWidgets()))
    assert counts[-1] == counts[1]


def test_settings_without_a_recent_file_are_those_of_a_new_desk(tmp_path: Path) -> None:
    first = SettingsFile(tmp_path / "settings.json").settings
    assert first == SettingsFile(tmp_path / "settings.json").settings
    assert first != Settings()
