"""The history pane: who did what and when, found by kind, words and desk; undone from there where that is right."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel

from core.base.ids import BackId, DeskId, new_id
from core.domain.answering import AnswerBack, GiveReply
from core.domain.commands import Command, MoveNotes, RenameTheme, RewordNote
from core.domain.events import Author
from core.domain.running import AddStep
from core.domain.terms import StepKind
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Hall, Key, hall
from ui.panes.history import HistoryPane
from ui.words.past import Subject

NewDesk = Callable[[], DeskUnderTest]


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    desk = new_desk()
    return come_in(desk, hall_of(desk, tmp_path))


def hall_of(desk: DeskUnderTest, folder: Path) -> Path:
    """A workshop that was made at this desk."""
    return hall(folder / "town.sayback", desk.settings.settings.desk)


def come_in(desk: DeskUnderTest, path: Path) -> Hall:
    desk.begin(path, (1600, 900))
    assert desk.door.code == "ABC234"
    return Hall(desk)


def pane(room: Hall) -> HistoryPane:
    return room.screen.history


def titles(room: Hall) -> list[str]:
    return [row.title for row in pane(room).model.rows]


def opens(room: Hall) -> None:
    """With Ctrl+5; waits until it was read."""
    room.desk.keys(Key.Key_5, CTRL)
    room.desk.wait(lambda: bool(titles(room)))


def chooses(room: Hall, title: str) -> None:
    pane(room).view.setCurrentIndex(pane(room).model.index(titles(room).index(title)))


def other_desk(room: Hall, command: Command) -> None:
    """Somebody at a second desk does something."""
    room.session.do(command, Author(DeskId("f" * 32))).result(10)
    room.is_seen()


def told(room: Hall) -> set[str]:
    return {label.text() for label in pane(room).findChildren(QLabel) if label.isVisible()}


def test_acts_stand_newest_first_with_where_and_about_what(room: Hall) -> None:
    notes = [room.say(text) for text in ("The ramp is steep", "There is no bus")]
    theme = room.theme("Ways in", *notes)
    other_desk(room, RenameTheme(theme, "Ways in and out"))
    opens(room)
    assert titles(room)[:3] == ["Name of a theme", "New theme Ways in", "2 new notes"]
    rows = pane(room).model.rows
    assert rows[0].foot.startswith("Desk 2 · ")
    assert rows[1].foot.startswith("This desk · ")
    assert rows[1].about == "The ramp is steep and 1 more"
    assert rows[2].foot.startswith("Phones · ")


def test_what_is_done_meanwhile_comes_in_by_itself(room: Hall) -> None:
    opens(room)
    room.theme("Ways in")
    room.desk.wait(lambda: titles(room)[0] == "New theme Ways in")


def test_it_is_narrowed_by_words_by_kind_and_by_desk(room: Hall) -> None:
    note = room.say("The ramp is steep")
    theme = room.theme("Ways in")
    room.does(AddStep(kind=StepKind.VOTE))
    other_desk(room, MoveNotes((note,), theme))
    opens(room)
    moved = "Move 1 note to Ways in"
    room.desk.write("Find in the history", "ramp")
    assert titles(room) == [moved, "1 new note"]
    pane(room).field.clear()
    for list_name, choice, expected in (
        ("What to show", "Themes", ["New theme Ways in"]), ("What to show", "Everything", None),
        ("Whose acts", "Desk 2", [moved]), ("Whose acts", "Phones", ["1 new note"]),
    ):  # fmt: skip
        room.desk.find(QComboBox, list_name).setCurrentText(choice)
        assert expected is None or titles(room) == expected


def test_the_newest_act_of_this_desk_is_undone_from_there_and_the_others_say_why_not(room: Hall) -> None:
    note = room.say("The ramp is steep")
    theme = room.theme("Ways in")
    room.does(MoveNotes((note,), theme))
    other_desk(room, RenameTheme(theme, "Ways out"))
    opens(room)
    for title, why in (
        ("Name of a theme", "Another desk did this. It can only be undone there."),
        ("1 new note", "People did this on their phones. You can hold or hide a note."),
        ("New theme Ways in", "You did other things after this. Undo them first, one by one: Ctrl+Z."),
        ("The workshop was made", "This cannot be undone."),
    ):
        chooses(room, title)
        assert why in told(room)
        assert not room.desk.find(QAbstractButton, "Undo this").isEnabled()
    chooses(room, "Move 1 note to Ways out")
    room.desk.press("Undo this")
    room.desk.wait(lambda: titles(room)[0] == "Taken back: Move 1 note to Ways out")
    room.desk.wait(lambda: "This was taken back already." in told(room))
    room.desk.do("redo")
    room.desk.wait(lambda: titles(room)[0] == "Done again: Move 1 note to Ways out")


def test_ctrl_i_says_what_happened_to_one_note(room: Hall) -> None:
    note, other = room.say("The ramp is steep"), room.say("There is no bus")
    theme = room.theme("Ways in", other)
    room.does(RewordNote(note, "The ramp is too steep"))
    room.does(MoveNotes((note,), theme))
    room.chooses(note)
    room.desk.keys(Key.Key_I, CTRL)
    room.desk.wait(lambda: titles(room) == ["Move 1 note to Ways in", "New words for a note", "1 new note"])
    assert "What happened to this note: 3 lines" in told(room)
    room.desk.press("Show all that was done")
    room.desk.wait(lambda: "New theme Ways in" in titles(room))


def test_the_people_and_the_history_take_turns_on_the_right(room: Hall) -> None:
    opens(room)
    room.desk.do("people")
    assert room.screen.people.isVisible()
    assert not pane(room).isVisible()
    room.desk.do("history")
    assert not room.screen.people.isVisible()
    assert not room.is_ticked("people")


def test_what_was_erased_has_no_words_there_and_a_restart_keeps_the_rest(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk()
    path = hall_of(desk, tmp_path)
    first = come_in(desk, path)
    kept, gone = first.say("The ramp is steep"), first.say("My number is 07700 900417", by="Ben")
    theme = first.theme("Ways in", kept)
    first.does(MoveNotes((gone,), theme))
    first.session.erase(first.person("Ben")).result(10)
    first.desk.close()
    again = come_in(new_desk(), path)
    opens(again)
    assert titles(again)[:2] == ["All of one person was erased", "Move 1 note to Ways in"]
    spoken = [row.spoken for row in pane(again).model.rows]
    assert not any("07700" in each for each in spoken)
    assert any("The ramp is steep" in each for each in spoken)


def test_what_is_older_is_read_on_demand(room: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        room.theme(f"Theme {number}")
    monkeypatch.setattr(pane(room), "_most", 4)
    opens(room)
    assert titles(room) == ["New theme Theme 5", "New theme Theme 4", "New theme Theme 3"]
    for _number in range(2):
        before = len(titles(room))
        room.desk.press("Show what is older")
        room.desk.wait(lambda before=before: len(titles(room)) > before)    # type: ignore[misc]
    assert titles(room)[-1] == "The workshop was made"
    assert "Show what is older" not in room.desk.names(QAbstractButton)


def test_leaving_while_it_is_read_harms_nothing(room: Hall) -> None:
    room.desk.do("history")
    room.desk.do("leave")
    room.desk.wait(lambda: room.desk.desk.open_desk is None)
    room.desk.find(QAbstractButton, "New workshop")


def test_what_was_answered_is_told_with_what_it_was_about(room: Hall) -> None:
    note = room.say("Steep")
    ramps = room.theme("Ramps", note)
    room.does(GiveReply(subject=ramps, text="We build one."))
    room.does(AnswerBack(note, room.person("Ada"), "I meant the stairs", BackId(new_id())), "Ada")
    opens(room)
    room.desk.wait(lambda: "1 person answered back" in titles(room))
    told = {row.title: row for row in pane(room).model.rows}
    assert (told["Write an answer"].about, told["Write an answer"].subject) == ("Ramps", Subject.ANSWERS)
    assert told["1 person answered back"].subject is Subject.ANSWERS
