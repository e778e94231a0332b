"""At the desk: phones are led to the address that works, and the facilitator is told when something is in the way."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QRadioButton, QWidget

from core.base.adapters import addresses
from core.base.join import qr_matrix
from core.base.wifi import Wifi
from tests.core.venue import CABLE, PHONE, SIX, VPN, WIFI, Venue
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.conftest import Watch
from tests.ui.london import london
from tests.web.phones import phone_at
from ui.adapters import for_this_system, qt_addresses
from ui.dialogs.joining_help import JoiningHelp
from ui.screens.join_view import JoinView, Shown

NewDesk = Callable[[], DeskUnderTest]
HALL = Wifi("Hall Guest", "welcome-in")
LONGEST = Wifi("W" * 32, 'W;m"\\:,' * 9, is_hidden=True)
LONG_SIX = "http://[2001:db8:1234:5678:9abc:def0:1234:5678]:8000"
SIZES = [(1280, 720), (1920, 1080), (1024, 768), (1280, 800), (3840, 2160)]


@pytest.fixture
def town(new_desk: NewDesk, tmp_path: Path) -> DeskUnderTest:
    """A desk with a workshop, in a hall with Wi-Fi."""
    desk = new_desk()
    desk.begin(london(tmp_path / "london.sayback", desk.settings.settings.desk))
    assert desk.door.host == WIFI.host
    return desk


def as_picture(image: QImage) -> Image.Image:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (plain.width(), plain.height())
    return Image.frombytes("RGB", size, bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine())


def scanned(view: JoinView) -> set[str]:
    """What a camera reads from the projector."""
    return {code.text for code in zxingcpp.read_barcodes(as_picture(view.grab().toImage()))}


def join_view(desk: DeskUnderTest, size: tuple[int, int] = (1920, 1080)) -> JoinView:
    """The projector, with the join view on it; waits until the door is open."""
    assert desk.door.code
    if not desk.open.projector.is_on:
        desk.do("join-view")
    window = desk.open.projector.window
    assert window is not None
    window.resize(*size)
    return window.join


def says(desk: DeskUnderTest) -> list[str]:
    return [label.text() for label in desk.visible(QLabel)]


def url(desk: DeskUnderTest, host: str) -> str:
    return f"HTTP://{host}:{desk.door.port}/HKW735"


# The join view


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("wifi", [HALL, LONGEST, Wifi("Open to all")], ids=["usual", "longest", "open"])
def test_both_codes_scan_at_every_size(dressed: QApplication, size: tuple[int, int], wifi: Wifi) -> None:
    view = JoinView()
    for address in ("http://192.168.4.12:8000", LONG_SIX):
        link = f"{address}/HKW735".upper()
        squares, of_wifi = qr_matrix(link), qr_matrix(wifi.for_qr)
        view.show_join(Shown("Our town", address, "HKW735", squares, 3, wifi, of_wifi, has_moved=True))
        view.resize(*size)
        assert scanned(view) == {link, wifi.for_qr}
        assert view.qr_rect.height() >= 0.7 * view.height()
    view.deleteLater()


def test_without_a_network_there_is_no_code_and_the_view_says_why(dressed: QApplication) -> None:
    view = JoinView()
    view.show_join(Shown("Our town", "", "HKW735", (), 3))
    view.resize(1280, 720)
    assert scanned(view) == set()
    assert view.accessibleName() == "This laptop is on no network"
    view.deleteLater()


# When the address changes


@pytest.mark.slow
def test_code_and_words_follow_a_new_address_within_five_seconds_and_say_so(
    town: DeskUnderTest, venue: Venue
) -> None:
    view = join_view(town)
    assert scanned(view) == {url(town, WIFI.host)}
    venue.found = (CABLE,)
    began = time.monotonic()
    town.wait(lambda: scanned(view) == {url(town, CABLE.host)})
    assert time.monotonic() - began < 5
    assert view.accessibleName().startswith("The address has changed. The old QR code no longer works.")
    assert town.notice.startswith("The address has changed to 127.0.0.3. The old QR code no longer works.")
    box = town.open.screen.top.join_box
    assert f"Join at 127.0.0.3:{town.door.port} HKW 735" in box.accessibleName()
    with phone_at(town.door.address) as ada:
        assert ada.open("/HKW735").status_code == 200


@pytest.mark.slow
def test_where_the_code_is_not_up_the_notice_offers_to_show_it(town: DeskUnderTest, venue: Venue) -> None:
    venue.found = (CABLE,)
    town.wait(lambda: town.notice.startswith("The address has changed"))

    def buttons() -> list[QAbstractButton]:
        return [each for each in town.visible(QAbstractButton) if each.accessibleName() == "Show the join view"]

    town.wait(lambda: len(buttons()) == 2)    # in the bar and in the notice
    QTest.mouseClick(buttons()[-1], Qt.MouseButton.LeftButton)
    assert town.open.projector.is_on


@pytest.mark.slow
def test_a_network_that_is_lost_is_told_of_and_its_return_too(town: DeskUnderTest, venue: Venue) -> None:
    view = join_view(town)
    venue.found = ()
    town.wait(lambda: town.notice.startswith("This laptop has lost its network. Notes are safe"))
    assert scanned(view) == set()
    assert "No network yet HKW 735" in town.open.screen.top.join_box.accessibleName()
    assert not town.window.actions_["copy-link"].isEnabled()
    venue.found = (WIFI,)
    town.wait(lambda: town.notice.startswith("The network is back. The QR code is the same as before."))
    assert scanned(view) == {url(town, WIFI.host)}
    assert "The address has changed" not in view.accessibleName()


@pytest.mark.slow
def test_a_desk_that_begins_without_a_network_waits_for_one(new_desk: NewDesk, venue: Venue, tmp_path: Path) -> None:
    venue.found = ()
    desk = new_desk()
    desk.begin(london(tmp_path / "london.sayback", desk.settings.settings.desk))
    assert not desk.door.is_open
    desk.wait(lambda: desk.notice.startswith("This laptop is on no network yet."))
    view = join_view(desk)
    venue.found = (SIX,)
    desk.wait(lambda: scanned(view) == {url(desk, "[::1]")})
    assert view.accessibleName() == f"Open http://[::1]:{desk.door.port} and type HKW 735"


# Choosing an address


@pytest.mark.slow
def test_the_facilitator_chooses_an_address_by_keyboard_and_the_file_remembers(
    new_desk: NewDesk, venue: Venue, tmp_path: Path
) -> None:
    venue.found = (WIFI, CABLE, VPN)
    desk = new_desk()
    path = london(tmp_path / "london.sayback", desk.settings.settings.desk)
    desk.begin(path)
    assert desk.door.host == WIFI.host
    desk.do("address")
    names = desk.names(QRadioButton)
    assert names[0].partition(".")[0] == "Let Sayback choose"
    assert "most likely the right one" in names[1]
    assert "phones in the room seldom reach this one" in names[3]
    desk.keys(Qt.Key.Key_Down)
    desk.press("Use this address")
    desk.wait(lambda: desk.door.host == CABLE.host)
    desk.close()
    again = new_desk()
    again.begin(path)
    assert again.door.host == CABLE.host
    again.do("address")
    again.find(QRadioButton, "Let Sayback choose. It takes the one that phones most likely reach.").click()
    again.press("Use this address")
    again.wait(lambda: again.door.host == WIFI.host)


def test_all_addresses_can_be_read_beside_the_one_that_is_shown(town: DeskUnderTest, venue: Venue) -> None:
    box = town.open.screen.top.join_box
    assert box.toolTip() == ""
    venue.found = (WIFI, CABLE, VPN)
    port = town.door.port
    told = f"Other addresses of this laptop: http://127.0.0.3:{port}, http://127.0.0.4:{port}"
    town.wait(lambda: box.toolTip() == told)
    assert box.accessibleDescription() == told


@pytest.mark.slow
def test_the_list_of_addresses_follows_the_networks_while_it_is_open(town: DeskUnderTest, venue: Venue) -> None:
    town.do("address")
    assert len(town.visible(QRadioButton)) == 1
    assert not town.find(QAbstractButton, "Use this address").isEnabled()
    venue.found = (WIFI, CABLE)
    town.wait(lambda: len(town.visible(QRadioButton)) == 3)
    assert town.find(QAbstractButton, "Use this address").isEnabled()
    venue.found = ()
    town.wait(lambda: any(words.startswith("This laptop is on no network. Join") for words in says(town)))
    town.keys(Qt.Key.Key_Escape)
    assert town.visible(QRadioButton) == []


def test_what_qt_knows_of_this_machine_is_what_the_core_knows() -> None:
    assert {each.host for each in qt_addresses()} == {each.host for each in addresses()}
    assert for_this_system() is addresses


# When no phone comes


def test_after_a_minute_without_a_phone_the_desk_says_what_to_try_until_one_comes(
    town: DeskUnderTest, watch: Watch
) -> None:
    join_view(town)
    with phone_at(f"http://127.0.0.1:{town.door.port}") as here:
        here.open("/HKW735")    # this laptop itself is no phone
    watch.seconds = 59
    wait_for_a_look(town)
    assert town.notice == ""
    watch.seconds = 60
    town.wait(lambda: town.notice.startswith("No phone has reached this laptop yet."))
    assert "Try another address…" not in town.names(QAbstractButton)
    town.press("What to try…")
    (panel,) = town.visible(JoiningHelp)
    assert panel.window() is town.window
    assert f"No phone has reached {town.door.address} yet." in says(town)
    with phone_at(town.door.address, PHONE) as ada:
        ada.open("/HKW735")
    town.wait(lambda: town.notice == "")
    assert f"A phone has reached this laptop at {town.door.address}." in says(town)


@pytest.mark.slow
def test_the_minute_begins_when_the_code_is_up_and_again_when_the_address_changes(
    town: DeskUnderTest, venue: Venue, watch: Watch
) -> None:
    watch.seconds = 600
    wait_for_a_look(town)
    assert town.notice == ""
    join_view(town)
    with phone_at(town.door.address, PHONE) as ada:
        ada.open("/HKW735")
    venue.found = (CABLE, VPN)
    town.wait(lambda: town.notice.startswith("The address has changed"))
    town.press("Close this notice")
    watch.seconds = 659
    wait_for_a_look(town)
    assert town.notice == ""
    watch.seconds = 660
    town.wait(lambda: town.notice.startswith("No phone has reached this laptop yet."))
    town.press("Try another address…")
    assert len(town.visible(QRadioButton)) == 3


def test_who_has_closed_the_notice_is_left_in_peace(town: DeskUnderTest, watch: Watch) -> None:
    join_view(town)
    watch.seconds = 60
    town.wait(lambda: town.notice.startswith("No phone has reached"))
    town.press("Close this notice")
    watch.seconds = 600
    wait_for_a_look(town)
    assert town.notice == ""


def test_the_things_to_try_stand_in_their_order_and_can_be_read_at_any_time(desk: DeskUnderTest) -> None:
    desk.do("joining-help")
    words = " ".join(says(desk))
    order = ["firewall", "stay connected", "guest Wi-Fi", "hotspot", "online home", "paper"]
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert "No workshop is open, so phones find nothing yet." in words
    assert "Choose the address…" not in desk.names(QAbstractButton)
    desk.keys(Qt.Key.Key_Escape)
    assert desk.visible(JoiningHelp) == []


def wait_for_a_look(desk: DeskUnderTest) -> None:
    """The desk looks once a second whether somebody has come."""
    looks: list[bool] = []
    running = desk.open.running
    connection = running.looked.connect(lambda: looks.append(True))
    desk.wait(lambda: len(looks) >= 2)
    running.looked.disconnect(connection)


# The room's Wi-Fi


@pytest.mark.slow
def test_the_rooms_wifi_is_typed_once_shown_beside_the_code_and_forgotten_again(
    new_desk: NewDesk, tmp_path: Path
) -> None:
    desk = new_desk()
    path = london(tmp_path / "london.sayback", desk.settings.settings.desk)
    desk.begin(path)
    view = join_view(desk)
    give_wifi(desk, HALL.name, HALL.password)
    desk.wait(lambda: scanned(view) == {url(desk, WIFI.host), HALL.for_qr})
    assert desk.notice == "The join view shows the Wi-Fi Hall Guest."
    assert view.accessibleName().endswith("The room’s Wi-Fi is Hall Guest")
    desk.close()
    again = new_desk()
    again.begin(path)
    view = join_view(again)
    assert scanned(view) == {url(again, WIFI.host), HALL.for_qr}
    again.do("wifi")
    assert again.find(QLineEdit, "Password").text() == HALL.password
    again.press("Forget it")
    again.wait(lambda: scanned(view) == {url(again, WIFI.host)})
    again.close()
    assert HALL.password.encode() not in path.read_bytes()


def test_phones_and_the_desks_own_help_say_which_wifi_to_be_on(town: DeskUnderTest) -> None:
    give_wifi(town, HALL.name, HALL.password)
    town.wait(lambda: town.door.wifi == HALL)
    with phone_at(f"http://127.0.0.1:{town.door.port}") as ada:
        page = ada.open(f"/{town.door.code}/help").text
    assert f"on the Wi-Fi called <bdi>{HALL.name}</bdi>" in page
    assert HALL.password not in page
    town.do("joining-help")
    assert f"Phones should be on the Wi-Fi called {HALL.name}." in says(town)


def test_the_wifi_outlives_a_new_address(town: DeskUnderTest, venue: Venue) -> None:
    give_wifi(town, HALL.name, HALL.password)
    town.wait(lambda: town.door.wifi == HALL)
    venue.found = (CABLE,)
    town.wait(lambda: town.door.host == CABLE.host)
    assert town.door.wifi == HALL


def test_what_no_wifi_can_have_is_said_beside_its_field(town: DeskUnderTest) -> None:
    town.do("wifi")
    town.keys(Qt.Key.Key_Return)
    assert "Type the name of the network." in says(town)
    assert town.find(QLineEdit, "Name of the network").hasFocus()
    town.write("Name of the network", "Hall")
    town.write("Password", "short")
    town.keys(Qt.Key.Key_Return)
    assert "A Wi-Fi password has 8 to 63 signs. Look at it again." in says(town)
    assert town.find(QLineEdit, "Password").accessibleDescription().startswith("A Wi-Fi password")
    town.keys(Qt.Key.Key_Escape)
    assert town.door.wifi is None


def test_the_password_is_in_no_event_and_among_no_words(town: DeskUnderTest) -> None:
    give_wifi(town, HALL.name, HALL.password)
    town.wait(lambda: town.door.wifi == HALL)
    path = town.open.running.session.path
    with closing(sqlite3.connect(path)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        told = {name: repr(file.execute(f'SELECT * FROM "{name}"').fetchall()) for name in tables}
    assert [name for name, rows in told.items() if HALL.password in rows] == ["local"]


def give_wifi(desk: DeskUnderTest, name: str, password: str) -> None:
    desk.do("wifi")
    desk.write("Name of the network", name)
    desk.write("Password", password)
    desk.keys(Qt.Key.Key_Return)


# The links


@pytest.mark.parametrize(
    ("action", "way"), [("copy-link", ""), ("copy-link-home", "?m=home"), ("copy-link-scribe", "?m=scribe")]
)
def test_each_way_to_take_part_has_its_link(town: DeskUnderTest, action: str, way: str) -> None:
    town.do(action)
    link = f"http://127.0.0.2:{town.door.port}/HKW735{way}"
    assert QGuiApplication.clipboard().text() == link
    assert town.notice.endswith(f"copied. {link}")
    with phone_at(town.door.address) as ada:
        assert ada.http.get(link).status_code == 200


def test_the_links_stand_together_with_the_address_to_type(town: DeskUnderTest, venue: Venue) -> None:
    town.do("links")
    shown = {name: town.find(QLineEdit, name).text() for name in ("In the room", "At home", "Table scribe")}
    base = f"http://127.0.0.2:{town.door.port}"
    assert list(shown.values()) == [f"{base}/HKW735", f"{base}/HKW735?m=home", f"{base}/HKW735?m=scribe"]
    assert f"By hand: open {base} and type HKW735." in says(town)
    venue.found = (CABLE,)
    base = f"http://127.0.0.3:{town.door.port}"
    town.wait(lambda: town.find(QLineEdit, "In the room").text() == f"{base}/HKW735")
    shown = {name: town.find(QLineEdit, name).text() for name in shown}
    town.press("Copy the link for a table scribe")
    assert QGuiApplication.clipboard().text() == shown["Table scribe"]
    town.keys(Qt.Key.Key_Escape)
    assert not [each for each in town.visible(QWidget) if each.accessibleName() == "Links to join"]
