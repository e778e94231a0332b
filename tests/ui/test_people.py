"""The people pane: what people do right now, whether each way of taking part is heard, who sits at which table."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSpinBox, QWidget

from core.base.ids import NoteId, QuestionId, new_id
from core.domain.board import Board
from core.domain.commands import AskQuestion, SayNote
from core.domain.contributing import CastVote
from core.domain.preparing import SeatPerson
from core.domain.running import AddStep, BeginStep, OpenVote
from core.domain.terms import Mode, StepKind, VoteOn
from core.web.presence import NOBODY_YET, Present
from tests.core.table import Seat, a_table, person
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall
from tests.web.phones import Phone, listening, phone_at
from ui.attendance import Activity, left_behind, right_now, shares
from ui.panes.people import who_words
from ui.watching.left_behind import LeftBehind
from ui.watching.notices import Choice

NewDesk = Callable[[], DeskUnderTest]
PHONES = ("Ada", "Ben", "Cem", "Dee", "Eve", "Fay")
HOME = ("Gus", "Hal", "Ida")


def says(desk: Seat, question: QuestionId, who: str, mode: Mode = Mode.ROOM, times: int = 1) -> None:
    for _number in range(times):
        note = NoteId(new_id())
        said = SayNote(question=question, text=f"{note}", contributor=person(who), note_id=note, mode=mode)
        desk.sees_and_does(said, actor=person(who))


def few_from_home() -> tuple[Seat, QuestionId]:
    """Six people on phones with three notes each, three people at home with one each."""
    _table, question, [desk] = a_table("desk")
    for who in PHONES:
        says(desk, question, who, times=3)
    for who in HOME:
        says(desk, question, who, Mode.REMOTE)
    return desk, question


def doing(board: Board, present: Present) -> dict[str, int]:
    return {activity.name: state.count for activity, state in right_now(board, present).items() if state.count}


def test_everybody_who_is_here_does_one_thing() -> None:
    desk, _question = few_from_home()
    present = Present(
        here=frozenset(person(who) for who in (*PHONES, *HOME)),
        writing=frozenset((person("Ada"), person("Gus"))), lost=frozenset((person("Ben"),)),
        strangers={Mode.REMOTE: 3, Mode.ROOM: 1}, beginning={Mode.REMOTE: 2},
    )  # fmt: skip
    assert doing(desk.board, present) == {"SENT": 6, "WRITING": 4, "QUIET": 2, "LOST": 1}
    writing = right_now(desk.board, present)[Activity.WRITING]
    assert who_words(writing) == "In the room: 1 · At home: 3"


def test_who_answered_only_an_earlier_question_is_quiet_in_this_one() -> None:
    desk, question = few_from_home()
    present = Present(here=frozenset(person(who) for who in PHONES))
    desk.sees_and_does(AskQuestion("And then?"))
    for asked in (desk.board.questions_in_order()[1].id, question):
        desk.sees_and_does(AddStep(kind=StepKind.WRITE, question=asked))
    for number, expected in ((0, {"QUIET": 6}), (1, {"SENT": 6})):
        desk.sees_and_does(BeginStep(desk.board.agenda()[number][0]))
        assert doing(desk.board, present) == expected


def test_tables_are_told_where_they_are_known() -> None:
    desk, _question = few_from_home()
    desk.sees_and_does(SeatPerson(person("Ada"), 2), SeatPerson(person("Ben"), 2))
    lost = Present(here=frozenset((person("Ada"),)), lost=frozenset((person("Ada"),)))
    assert who_words(right_now(desk.board, lost)[Activity.LOST]) == "In the room: 1 · Table 2: 1"


def test_people_who_are_many_and_heard_little_are_behind() -> None:
    desk, question = few_from_home()
    found = shares(desk.board, NOBODY_YET)
    assert [(share.mode, share.people, share.notes) for share in found] == [(Mode.ROOM, 6, 18), (Mode.REMOTE, 3, 3)]
    behind = left_behind(desk.board, found)
    assert behind is not None
    assert (behind[0].mode, behind[1]) == (Mode.REMOTE, False)
    for who in HOME:
        says(desk, question, who, Mode.REMOTE, times=3)
    assert left_behind(desk.board, shares(desk.board, NOBODY_YET)) is None


def test_those_who_are_here_and_have_said_nothing_at_all_are_behind_too() -> None:
    _table, question, [desk] = a_table("desk")
    for who in PHONES:
        says(desk, question, who, times=2)
    present = Present(strangers={Mode.REMOTE: 4})
    behind = left_behind(desk.board, shares(desk.board, present))
    assert behind is not None
    assert (behind[0].mode, behind[0].of_notes) == (Mode.REMOTE, 0.0)


def test_in_a_vote_it_is_the_votes_that_count() -> None:
    desk, question = few_from_home()
    for who in HOME:
        says(desk, question, who, Mode.REMOTE, times=4)
    desk.sees_and_does(OpenVote(question, VoteOn.NOTES, 3))
    (vote,) = desk.board.rounds_in_order()
    note: str = next(iter(desk.board.notes))
    for who in PHONES:
        desk.sees_and_does(CastVote(vote.id, person(who), note, 3), actor=person(who))
    behind = left_behind(desk.board, shares(desk.board, NOBODY_YET))
    assert behind is not None
    assert (behind[0].mode, behind[1]) == (Mode.REMOTE, True)


def test_too_few_notes_or_people_leave_nobody_behind() -> None:
    _table, question, [desk] = a_table("desk")
    for who in PHONES:
        says(desk, question, who)
    says(desk, question, "Gus", Mode.REMOTE)
    assert left_behind(desk.board, shares(desk.board, NOBODY_YET)) is None


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), (1600, 900))
    assert desk.door.code == "ABC234"
    return Hall(desk)


def says_at(room: Hall, who: str, mode: Mode, text: str) -> None:
    note = NoteId(new_id())
    room.does(SayNote(question=room.question, text=text, contributor=room.person(who), note_id=note, mode=mode), who)


def test_who_falls_behind_is_said_once_in_each_step_and_stands_in_the_pane(room: Hall) -> None:
    for who in PHONES:
        for number in range(3):
            says_at(room, who, Mode.ROOM, f"{who} {number}")
    for who in HOME:
        says_at(room, who, Mode.REMOTE, who)
    told = "People at home are behind: 33 % of people, 14 % of notes. You could ask them first."
    room.screen.left_behind.look()
    assert room.desk.notice == told
    room.desk.press("Show the people")
    room.desk.wait(lambda: "People at home are behind" in labels(room.screen.people))
    room.desk.window.notices.clear()
    room.screen.left_behind.look()
    assert room.desk.notice == ""
    room.does(AddStep(kind=StepKind.TALK))
    room.does(BeginStep(room.board.agenda()[0][0]))
    room.screen.left_behind.look()
    assert room.desk.notice == told


def test_nobody_is_told_to_hurry_when_the_door_is_not_open(room: Hall) -> None:
    running = room.desk.open.running
    for who in PHONES:
        says_at(room, who, Mode.ROOM, who)
        says_at(room, who, Mode.ROOM, f"{who} again")
    running.present = Present(strangers={Mode.REMOTE: 5})
    running.door = None
    LeftBehind(running, room.desk.window.notices, Choice("", lambda: None), room.screen).look()
    assert room.desk.notice == ""


def test_somebody_who_writes_at_home_is_seen_writing_and_never_by_name(room: Hall) -> None:
    room.desk.do("people")
    with phone_at(f"http://127.0.0.1:{room.desk.door.port}") as phone, listening(phone):
        assert begins(phone) == 204
        rows = room.screen.people
        room.desk.wait(lambda: "Writing: 1. In the room: 1" in row_names(rows))


def test_panes_and_rail_change_sides_where_one_reads_from_right_to_left(room: Hall) -> None:
    room.desk.window.resize(1280, 720)
    screen = room.screen
    room.desk.wait(screen.rail.isVisible)
    room.desk.do("people")
    assert screen.people.geometry().right() == screen.rect().right()
    room.desk.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    room.desk.window.resize(1270, 720)
    room.desk.wait(lambda: screen.people.x() == 0)
    assert screen.rail.geometry().right() == screen.rect().right()


def begins(phone: Phone) -> int:
    phone.open("/ABC234/q/1")
    return phone.http.post(
        f"{phone.base}/ABC234/writing", data={"start": phone.form["start"], "m": ""}, headers=phone.origin
    ).status_code


def test_the_writer_of_the_chosen_note_is_given_a_table_and_that_is_undone(room: Hall) -> None:
    note = room.say("The ramp is steep", by="Ada")
    room.desk.do("people")
    assert "At a table…" not in room.desk.names(QWidget)
    room.chooses(note)
    assert "Nobody has said where the writer of this note sits." in labels(room.screen.people)
    room.desk.press("At a table…")
    room.desk.find(QSpinBox, "Table").setValue(4)
    room.desk.press("Keep")
    room.desk.wait(lambda: room.board.table(room.person("Ada")) == 4)
    room.desk.wait(lambda: "The writer of this note sits at: Table 4" in labels(room.screen.people))
    assert room.undo == "Who sits at which table"
    room.desk.do("undo")
    room.desk.wait(lambda: room.board.table(room.person("Ada")) is None)


def labels(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel) if label.isVisible()}


def row_names(widget: QWidget) -> set[str]:
    return {frame.accessibleName() for frame in widget.findChildren(QFrame) if frame.isVisible()}
