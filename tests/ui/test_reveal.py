"""Notes are revealed a part at a time: by theme, by table, people at home first; phones and wall follow."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel

from core.base.ids import NoteId, new_id
from core.domain.commands import SayNote
from core.domain.preparing import SeatPerson
from core.domain.running import SetQuestion
from core.domain.terms import Asking, Mode, Reveal
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import SHIFT, Hall, Key, hall
from tests.web.phones import phone_at, until
from ui.dialogs.reveal import RevealPanel

NewDesk = Callable[[], DeskUnderTest]
RAMP, BUS, STAIRS = "The ramp is steep", "There is no bus", "The stairs are dark"


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    """Three notes that wait: one in a theme, one from home, one from table 2."""
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), (1600, 900))
    assert desk.door.code == "ABC234"
    room = Hall(desk)
    room.does(SetQuestion(room.question, Asking(reveal=Reveal.LATER)))
    room.theme("Ways in", room.say(RAMP, by="Ada"))
    home = SayNote(
        question=room.question, text=BUS, contributor=room.person("Ben"), note_id=NoteId(new_id()), mode=Mode.REMOTE
    )
    room.does(home, "Ben")
    room.say(STAIRS, by="Cem")
    room.does(SeatPerson(room.person("Cem"), 2))
    return room


def on_the_wall(room: Hall) -> set[str]:
    """Which of the notes a phone is shown on the wall."""
    with phone_at(f"http://127.0.0.1:{room.desk.door.port}") as phone:
        page = phone.open("/ABC234/wall").text
    return {text for text in (RAMP, BUS, STAIRS) if text in page}


def tick(room: Hall, *names: str) -> None:
    for name in names:
        box = next(each for each in room.desk.visible(QCheckBox) if each.text() == name)
        box.click()


def told(room: Hall) -> set[str]:
    (panel,) = room.desk.visible(RevealPanel)
    return {label.text() for label in panel.findChildren(QLabel)}


@pytest.mark.parametrize(
    ("name", "seen"),
    [("Ways in: 1 note", {RAMP}), ("At home: 1 note", {BUS}), ("Table 2: 1 note", {STAIRS}),
     ("In the room, on phones: 2 notes", {RAMP, STAIRS})],
)  # fmt: skip
def test_a_part_is_revealed_to_phones_and_one_undo_covers_it(room: Hall, name: str, seen: set[str]) -> None:
    room.desk.keys(Key.Key_F7, SHIFT)
    tick(room, name)
    assert f"Everybody would see {len(seen)} of 3 notes." in told(room)
    assert on_the_wall(room) == set()
    room.desk.press("Reveal what is ticked")
    room.desk.wait(lambda: room.desk.notice.startswith("Now everybody sees"))
    until(lambda: on_the_wall(room) == seen, "the wall")
    assert room.undo == "Reveal some of the notes"
    room.desk.press("Undo")
    until(lambda: on_the_wall(room) == set(), "the wall")


def test_parts_are_added_one_after_the_other_and_then_all(room: Hall) -> None:
    for name, count in (("Ways in: 1 note", 1), ("Table 2: 1 note", 2)):
        room.desk.do("reveal-parts")
        tick(room, name)
        room.desk.press("Reveal what is ticked")
        room.desk.wait(lambda count=count: sum(map(room.board.is_seen_by_all, room.board.notes.values())) == count)    # type: ignore[misc]
    room.desk.do("reveal-parts")
    room.desk.press("Reveal all: 3 notes")
    room.desk.wait(lambda: room.board.is_revealed(room.question))


def test_what_was_all_revealed_can_become_a_part_again(room: Hall) -> None:
    room.desk.keys(Key.Key_F7)
    room.desk.wait(lambda: room.board.is_revealed(room.question))
    room.desk.do("reveal-parts")
    tick(room, "At home: 1 note")
    room.desk.press("Reveal what is ticked")
    until(lambda: on_the_wall(room) == {BUS}, "the wall")
    room.desk.do("undo")
    until(lambda: on_the_wall(room) == {RAMP, BUS, STAIRS}, "the wall")


def test_only_notes_that_wait_can_be_revealed_in_parts(room: Hall) -> None:
    room.does(SetQuestion(room.question, Asking(reveal=Reveal.AT_ONCE)))
    assert not room.can("reveal-parts")
