"""A workshop is shared through an online home, by what somebody at the desk sees and presses."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import combinations
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QScrollArea, QWidget

from core.base import language
from core.base.ids import ContributorId
from core.base.language import _
from core.domain.commands import RewordNote
from core.domain.venues import AddVenue
from core.session import Session
from core.sync.errors import WrongInvitation
from core.sync.roles import Role
from tests.core.home.online import Online, a_home, browser, sharing
from tests.core.workshops import SECONDS, say
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import hall
from ui.dialogs.online_home import OnlineHomePanel
from ui.look.parts import Icon


@pytest.fixture
def in_welsh() -> Iterator[None]:
    language.use("cy")
    yield
    language.use(language.SOURCE)


@pytest.fixture
def online(tmp_path: Path) -> Iterator[Online]:
    with a_home(tmp_path / "home") as online:
        yield online


def shown(desk: DeskUnderTest) -> list[str]:
    """All words on the screen that are labels."""
    return [label.text() for label in desk.visible(QLabel) if label.text()]


def share(desk: DeskUnderTest, online: Online, code: str) -> None:
    desk.do("online")
    desk.write(_("Address of the online home"), online.desks)
    desk.write(_("Invitation code"), code)
    desk.press(_("Share"))


@contextmanager
def nothing_done(desk: DeskUnderTest) -> Iterator[None]:
    """Nothing is done in the background meanwhile: what is asked for waits."""
    go_on = Event()
    desk.open.running.jobs.run(partial(go_on.wait, SECONDS), lambda _done: None)
    try:
        yield
    finally:
        go_on.set()


@pytest.fixture
def shared(desk: DeskUnderTest, online: Online, tmp_path: Path) -> DeskUnderTest:
    """A desk whose workshop is at the home."""
    desk.desk.open(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    assert desk.door.code
    before = desk.desk.open_desk
    share(desk, online, online.invites())
    desk.wait(lambda: desk.desk.open_desk not in (None, before))
    desk.wait(lambda: _("Online home: everything is there") in shown(desk))
    return desk


def test_a_workshop_is_shared_and_a_note_from_home_is_on_the_board(shared: DeskUnderTest, online: Online) -> None:
    desk = shared
    assert "This workshop is shared through the online home now." in desk.notice
    code = desk.door.code
    with browser(online.people, code) as phone:
        phone.say("said at home")
        desk.wait(lambda: "said at home" in {desk.board.text_of(note) for note in desk.board.notes.values()})


def test_a_wrong_code_is_said_in_the_panel_and_nothing_has_changed(
    desk: DeskUnderTest, online: Online, tmp_path: Path
) -> None:
    desk.desk.open(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    assert desk.door.code
    share(desk, online, "0000-0000-00")
    desk.wait(lambda: any("does not let this desk in" in words for words in shown(desk)))
    assert desk.open.running.session.is_home
    desk.press("Cancel")


def test_who_leaves_the_panel_before_the_home_says_yes_has_shared_all_the_same(
    desk: DeskUnderTest, online: Online, tmp_path: Path
) -> None:
    desk.desk.open(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    assert desk.door.code
    before = desk.desk.open_desk
    with nothing_done(desk):
        share(desk, online, online.invites())
        desk.press("Cancel")
    desk.wait(lambda: desk.desk.open_desk not in (None, before))
    desk.wait(lambda: "Online home: everything is there" in shown(desk))
    assert "This workshop is shared through the online home now." in desk.notice


def test_who_leaves_the_panel_before_the_home_says_no_is_told_so(
    desk: DeskUnderTest, online: Online, tmp_path: Path
) -> None:
    desk.desk.open(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    assert desk.door.code
    with nothing_done(desk):
        share(desk, online, "0000-0000-00")
        desk.press("Cancel")
    desk.wait(lambda: "does not let this desk in" in desk.notice)
    assert desk.open.running.session.is_home


def test_an_answer_that_comes_when_its_panel_is_gone_is_shown_nowhere_else(shared: DeskUnderTest) -> None:
    desk = shared
    with nothing_done(desk):
        desk.do("online")
        desk.press("Make an invitation code")
        desk.press("Fetch the addresses")
        desk.press("Close")
    desk.do("online")
    desk.press("Fetch the addresses")    # one after the other: what was asked for before has been answered by then
    desk.wait(lambda: "Nobody has left an address there since." in shown(desk))
    assert not any(name.startswith("Code: ") for name in desk.names(QLabel))
    desk.press("Close")


def test_what_the_home_says_is_told_in_the_language_of_the_desk(
    in_welsh: None, desk: DeskUnderTest, online: Online, tmp_path: Path
) -> None:
    desk.desk.open(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    assert desk.door.code
    share(desk, online, "0000-0000-00")
    desk.wait(lambda: any(str(WrongInvitation()) in words for words in shown(desk)))
    before = desk.desk.open_desk
    desk.find(QLineEdit, _("Invitation code")).setText(online.invites())
    desk.press(_("Share"))
    desk.wait(lambda: desk.desk.open_desk not in (None, before))
    session = desk.open.running.session
    desk.wait(lambda: _("Online home: everything is there") in shown(desk))
    online.home.send_away(session.workshop_id, session.desk)
    say(session, "said meanwhile")
    gone = _("The online home does not know this desk any more.")
    assert not gone.startswith("The")
    desk.wait(lambda: gone in desk.notice and gone in shown(desk))


def test_the_link_for_people_at_home_leads_to_the_home(shared: DeskUnderTest, online: Online) -> None:
    desk = shared
    code = desk.door.code
    desk.do("online")
    desk.press("Copy the link for people at home")
    assert QGuiApplication.clipboard().text() == f"{online.people}/{code}?m=home"
    desk.press("Close")
    if desk.door.is_open:
        desk.do("copy-link-home")
        assert QGuiApplication.clipboard().text() == f"{online.people}/{code}?m=home"


def test_while_the_home_is_away_the_status_line_says_how_many_notes_wait_and_that_they_are_safe(
    shared: DeskUnderTest, online: Online, tmp_path: Path
) -> None:
    desk = shared
    online.home.stop()
    for number in range(3):
        say(desk.open.running.session, f"note {number}")
    waiting = "3 notes not yet sent to the online home; they are safe here"
    desk.wait(lambda: waiting in shown(desk))
    desk.do("online")
    (state,) = (icon for icon in desk.visible(Icon) if icon.name == "house")
    desk.wait(lambda: state.tone == "warn")


def test_an_organiser_invites_another_desk_which_joins_by_address_and_code(
    shared: DeskUnderTest, online: Online
) -> None:
    desk = shared
    desk.do("online")
    desk.press("Make an invitation code")
    desk.wait(lambda: any(name.startswith("Code: ") for name in desk.names(QLabel)))
    (code,) = (name.removeprefix("Code: ").replace(" ", "") for name in desk.names(QLabel) if name.startswith("Code: "))
    invitation = online.shelf.invitations.look(code)
    assert invitation is not None
    assert invitation.role is Role.VENUE
    desk.press("Fetch the addresses")
    desk.wait(lambda: "Nobody has left an address there since." in shown(desk))


def test_another_desk_joins_a_workshop_of_the_home(desk: DeskUnderTest, online: Online, tmp_path: Path) -> None:
    with sharing(online, tmp_path / "ann") as ann:
        say(ann.session, "said at Ann’s")
        ann.waits()
        desk.do("join-desk")
        desk.write("Address", online.desks)
        desk.write("Code", online.invites(Role.VENUE, ann.session.workshop_id))
        desk.press("Ask to join")
        desk.wait(lambda: desk.desk.open_desk is not None)
        desk.wait(lambda: "said at Ann’s" in {desk.board.text_of(note) for note in desk.board.notes.values()})
        note = say(desk.open.running.session, "said here").note_id
        desk.wait(lambda: note in ann.session.board.notes)    # our loop goes on: the link begins after it
        desk.do("online")    # a venue may neither invite nor fetch
        assert desk.names(QLabel)
        desk.press("Close")


def test_what_the_home_does_not_take_is_said_with_why_and_the_words(
    desk: DeskUnderTest, online: Online, tmp_path: Path
) -> None:
    with sharing(online, tmp_path / "ann") as ann:
        note = say(ann.session, "The ramp is steep").note_id
        ann.waits()
        desk.do("join-desk")
        desk.write("Address", online.desks)
        desk.write("Code", online.invites(Role.MODERATOR, ann.session.workshop_id))
        desk.press("Ask to join")
        desk.wait(lambda: desk.desk.open_desk is not None and note in desk.board.notes)
        desk.wait(lambda: "Online home: everything is there" in shown(desk))
        desk.open.running.session.do(RewordNote(note, "The ramp is long")).result(SECONDS)
        desk.wait(lambda: "off the board again" in desk.notice)
        assert desk.notice.endswith("This desk was let in for notes and themes only. You wrote: “The ramp is long”")
        assert desk.board.text_of(desk.board.notes[note]) == "The ramp is steep"


def test_a_desk_that_the_home_knows_no_more_says_so_and_joins_again(shared: DeskUnderTest, online: Online) -> None:
    desk = shared
    session = desk.open.running.session
    online.home.send_away(session.workshop_id, session.desk)
    say(session, "said meanwhile")
    desk.wait(lambda: "does not know this desk any more" in desk.notice)
    before = desk.desk.open_desk
    desk.press("Join again…")
    desk.write("Address", online.desks)
    desk.write("Code", online.invites(Role.ORGANISER, session.workshop_id))
    desk.press("Ask to join")
    desk.wait(lambda: desk.desk.open_desk not in (None, before))
    desk.wait(lambda: "Online home: everything is there" in shown(desk))
    home = online.shelf.session_of(desk.open.running.session.workshop_id)
    assert home is not None
    desk.wait(lambda: "said meanwhile" in {home.board.text_of(note) for note in home.board.notes.values()})
    assert desk.open.running.session.path == session.path


def test_with_venues_a_code_and_erasures_nothing_in_the_panel_lies_over_anything(
    in_welsh: None, shared: DeskUnderTest, online: Online
) -> None:
    """In Welsh, whose words are the longest."""
    desk, session = shared, shared.open.running.session
    for name in ("York", "Leicester"):
        session.do(AddVenue(name)).result(SECONDS)
    for number in range(9):
        session.erase(say_as(session, f"note {number}", f"Ben {number}")).result(SECONDS)
    desk.do("online")
    desk.press(_("Make an invitation code"))
    desk.wait(lambda: any("24" in words for words in shown(desk)))
    desk.press(_("Fetch the addresses"))
    desk.wait(lambda: _("Nobody has left an address there since.") in shown(desk))
    panel = next(each for each in desk.visible(OnlineHomePanel))
    parts = [each for kind in (QLabel, QAbstractButton, QComboBox, QLineEdit, QScrollArea)
             for each in panel.findChildren(kind) if each.isVisible() and not in_an_area(each)]    # fmt: skip
    places = {each: QRect(each.mapTo(panel, QPoint()), each.size()) for each in parts}
    assert [(one, other) for one, other in combinations(parts, 2) if places[one].intersects(places[other])] == []
    assert all(panel.rect().contains(place) for place in places.values())
    copy = desk.find(QAbstractButton, _("Copy the link for people at home"))
    link = desk.find(QLineEdit, _("People at home take part here"))
    assert abs(places[copy].center().y() - places[link].center().y()) <= 1


def in_an_area(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, OnlineHomePanel):
        if isinstance(parent, QScrollArea | QComboBox | QLineEdit | QAbstractButton):
            return True
        parent = parent.parentWidget()
    return False


def say_as(session: Session, text: str, name: str) -> ContributorId:
    """Whose note it was."""
    saved = say(session, text, by=name)
    who = session.board.notes[saved.note_id].contributor
    assert who is not None
    return who
