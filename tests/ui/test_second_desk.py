"""Two facilitators, two laptops, one workshop: by what each of them sees and presses."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from core.base.join import LOOPBACK
from core.domain.commands import RewordNote
from core.sync.code import read_code
from core.sync.joining import join
from core.sync.known import Home
from core.sync.pairing import Stage
from core.sync.roles import Role
from tests.core.sync.desks import (
    First,
    Patience,
    Second,
    a_first_desk,
    a_second_desk,
    says,
)
from tests.core.workshops import BEN, SECONDS, say
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall

NAME = "Ben’s laptop"


@pytest.fixture
def first_at_screen(desk: DeskUnderTest, tmp_path: Path) -> DeskUnderTest:
    """The first desk, with a workshop open."""
    desk.desk.open(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    assert desk.door.code
    return desk


def shown(desk: DeskUnderTest) -> list[str]:
    """All words on the screen that are labels."""
    return [label.text() for label in desk.visible(QLabel) if label.text()]


def code_of(desk: DeskUnderTest) -> str:
    desk.wait(lambda: any(name.startswith("Code: ") for name in desk.names(QLabel)))
    name = next(name for name in desk.names(QLabel) if name.startswith("Code: "))
    code = read_code(name.removeprefix("Code: "))
    assert code is not None
    return code


class Asker:
    """The other desk, which asks to be let in."""

    def __init__(self, desk: DeskUnderTest, code: str) -> None:
        sharing = desk.open.running.sharing
        assert sharing is not None
        self.home: Home | None = None
        self._address, self._code = f"{LOOPBACK}:{sharing.port}", code
        self._thread = threading.Thread(target=self._ask, name="the other desk")
        self._thread.start()

    def _ask(self) -> None:
        self.home = join(self._address, self._code, BEN, NAME, Patience())

    def is_in(self) -> Home:
        self._thread.join(SECONDS)
        assert self.home is not None
        return self.home


@contextmanager
def let_in(desk: DeskUnderTest, folder: Path) -> Iterator[Second]:
    """A second desk that was let in at the screen of the first."""
    desk.do("second-desk")
    asker = Asker(desk, code_of(desk))
    desk.wait(lambda: f"{NAME} asks to join this workshop." in shown(desk))
    desk.press("Let them in")
    desk.wait(lambda: asker.home is not None)
    desk.wait(lambda: f"{NAME} works on this workshop with you now." in shown(desk))
    with a_second_desk(folder, asker.is_in()) as second:
        yield second


def test_a_second_desk_is_let_in_by_a_code_and_a_click_and_the_status_line_says_so(
    first_at_screen: DeskUnderTest, tmp_path: Path
) -> None:
    desk = first_at_screen
    with let_in(desk, tmp_path / "second") as second:
        desk.wait(lambda: "Second desk: on" in shown(desk))
        desk.keys(Qt.Key.Key_Escape)
        desk.wait(second.is_on)
        note = say(second.session, "from the second desk").note_id
        desk.wait(lambda: note in desk.board.notes)
    desk.wait(lambda: "Second desk: not here" in shown(desk))


@pytest.mark.parametrize("is_deleted", [False, True])
def test_a_panel_that_is_left_before_there_is_a_code_lets_nobody_in(
    first_at_screen: DeskUnderTest, is_deleted: bool
) -> None:
    running, sharing = first_at_screen.open.running, first_at_screen.open.running.sharing
    assert sharing is not None
    first_at_screen.do("second-desk")
    first_at_screen.keys(Qt.Key.Key_Escape)
    if is_deleted:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    after: list[bool] = []
    running.in_background(lambda: True, after.append, running.bridge.refused.emit)
    first_at_screen.wait(lambda: after == [True])
    assert sharing.pairing is not None
    assert sharing.pairing.stage is Stage.OVER


def test_no_means_no(first_at_screen: DeskUnderTest) -> None:
    desk = first_at_screen
    desk.do("second-desk")
    sharing = desk.open.running.sharing
    assert sharing is not None
    code = code_of(desk)
    pairing = sharing.pairing
    assert pairing is not None
    outcome: list[BaseException] = []

    def ask() -> None:
        try:
            join(f"{LOOPBACK}:{sharing.port}", code, BEN, NAME, Patience())
        except Exception as error:    # noqa: BLE001 - looked at below
            outcome.append(error)

    thread = threading.Thread(target=ask, name="the other desk")
    thread.start()
    desk.wait(lambda: pairing.stage is Stage.ASKED)
    desk.press("No")
    desk.wait(lambda: bool(outcome))
    thread.join()
    assert str(outcome[0]) == "The first desk did not let this desk in."
    assert f"{NAME} was not let in." in shown(desk)
    desk.press("Show a new code")
    assert code_of(desk) != code


def test_a_desk_that_was_let_in_can_be_sent_away(first_at_screen: DeskUnderTest, tmp_path: Path) -> None:
    desk = first_at_screen
    with let_in(desk, tmp_path / "second") as second:
        desk.wait(second.is_on)
        desk.press(f"Send {NAME} away")
        desk.wait(lambda: second.link.state.problem is not None)
        desk.wait(lambda: f"Send {NAME} away" not in desk.names(QAbstractButton))


def test_what_two_desks_worded_at_once_is_chosen_with_one_click_and_can_be_undone(
    first_at_screen: DeskUnderTest, tmp_path: Path
) -> None:
    desk = first_at_screen
    room = Hall(desk)
    note = room.say("as it was said")
    with let_in(desk, tmp_path / "second") as second:
        desk.keys(Qt.Key.Key_Escape)
        desk.wait(second.is_on)
        second.link.stop()
        second.session.do(RewordNote(note, "as the second desk has it")).result(SECONDS)
        room.does(RewordNote(note, "as the first desk has it"))
        second.link = second.linked()
        desk.wait(lambda: "1 thing was changed at two desks at once." in desk.notice)
        desk.wait(second.is_on)
        desk.press("Choose…")
        assert {"as the first desk has it", "as the second desk has it"} <= set(shown(desk))
        desk.press("Take this: as the first desk has it")
        desk.wait(lambda: not desk.board.conflicts)
        assert desk.board.text_of(desk.board.notes[note]) == "as the first desk has it"
        desk.wait(lambda: not second.session.board.conflicts)
        desk.keys(Qt.Key.Key_Escape)
        desk.do("undo")
        desk.wait(lambda: desk.board.text_of(desk.board.notes[note]) == "as the second desk has it")


def test_a_desk_joins_another_ones_workshop_from_the_start_screen(desk: DeskUnderTest, tmp_path: Path) -> None:
    with a_first_desk(tmp_path / "first") as first:
        note = say(first.session, "said before").note_id
        joined_by(desk, first)
        assert desk.open.running.bridge.board.title() == "The park"
        assert note in desk.board.notes
        desk.wait(lambda: "First desk: on" in shown(desk))
        later = say(first.session, "said later").note_id
        desk.wait(lambda: later in desk.board.notes)
        first.gateway.stop()
        say(desk.open.running.session, "meanwhile")
        desk.wait(lambda: "First desk: not reached. 1 change waits; it is safe here." in shown(desk))
        first.gateway = first.opened()
        desk.wait(lambda: len(first.session.board.notes) == 3)
        desk.wait(lambda: "First desk: on" in shown(desk))
        assert not desk.window.actions_["second-desk"].isEnabled()


def joined_by(desk: DeskUnderTest, first: First) -> None:
    """Fill in the panel, and somebody at the first desk says yes."""
    pairing = first.gateway.open_pairing()
    desk.do("join-desk")
    desk.write("Address", first.address)
    desk.write("Code", pairing.code)
    answering = says(pairing, Role.FACILITATOR)
    desk.press("Ask to join")
    desk.wait(lambda: desk.desk.open_desk is not None)
    answering.join()


def test_a_desk_that_has_joined_goes_on_where_it_was_and_joins_again_into_the_same_file(
    desk: DeskUnderTest, tmp_path: Path
) -> None:
    with a_first_desk(tmp_path / "first") as first:
        joined_by(desk, first)
        path = desk.open.running.session.path
        desk.do("leave")
        desk.desk.open(path)
        desk.wait(lambda: "First desk: on" in shown(desk))
        [guest] = first.gateway.guests.all()
        first.gateway.send_away(guest)
        desk.wait(lambda: "no longer works with this desk" in desk.notice)
        waits = say(desk.open.running.session, "waits").note_id
        before = desk.desk.open_desk
        joined_again(desk, first, before)
        assert desk.open.running.session.path == path
        desk.wait(lambda: waits in first.session.board.notes)


def joined_again(desk: DeskUnderTest, first: First, before: object) -> None:
    pairing = first.gateway.open_pairing()
    desk.press("Join again…")
    desk.write("Address", first.address)
    desk.write("Code", pairing.code)
    answering = says(pairing, Role.FACILITATOR)
    desk.press("Ask to join")
    desk.wait(lambda: desk.desk.open_desk not in (None, before))
    answering.join()


def test_a_wrong_code_is_said_beside_the_fields(desk: DeskUnderTest, tmp_path: Path) -> None:
    with a_first_desk(tmp_path / "first") as first:
        first.gateway.open_pairing()
        desk.press("Join another desk’s workshop…")
        desk.write("Address", first.address)
        desk.write("Code", "0000 0000")
        desk.press("Ask to join")
        desk.wait(lambda: any(words.startswith("That code does not let this desk in.") for words in shown(desk)))
        desk.write("Address", " x y")
        desk.press("Ask to join")
        desk.wait(lambda: any(words.startswith("That is no address of a desk.") for words in shown(desk)))
        assert desk.find(QLineEdit, "Code").text() == "0000 0000"


def test_a_second_desk_goes_on_without_a_first_one_that_is_lost(desk: DeskUnderTest, tmp_path: Path) -> None:
    with a_first_desk(tmp_path / "first") as first:
        joined_by(desk, first)
        first.gateway.stop()
        waits = say(desk.open.running.session, "waits").note_id
        before = desk.desk.open_desk
        desk.do("take-over")
        desk.press("Go on without it")
        desk.wait(lambda: desk.desk.open_desk not in (None, before))
        assert desk.open.running.session.is_home
        assert desk.open.running.session.unsent().result(SECONDS) == []
        assert waits in desk.board.notes
        assert desk.window.actions_["second-desk"].isEnabled()
        assert not desk.window.actions_["take-over"].isEnabled()
