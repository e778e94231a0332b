"""A workshop is run from the desk: each action of the menus does what it says, is said, and can be taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QMenu, QWidget

from core.base.clock import utc_now
from core.base.ids import RoundId, new_id
from core.domain.board import NoteState
from core.domain.contributing import CastVote
from core.domain.running import AddStep, OpenVote, SetQuestion, StartTimer
from core.domain.terms import Asking, Mark, NoteKind, Openness, Reason, Reveal, StepKind, VoteOn
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.conftest import Bell
from tests.ui.hall import ALT, CTRL, SHIFT, Hall, Key, hall
from ui.dialogs.asking import AskingPanel
from ui.dialogs.help import AllActions
from ui.dialogs.result import ResultPanel
from ui.picking.panel import ChoicePanel

NewDesk = Callable[[], DeskUnderTest]
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def room(new_desk: NewDesk, tmp_path: Path) -> Hall:
    """A workshop open at the desk, in a wide window: the status line says what can be taken back."""
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), (1600, 900))
    assert desk.door.code == "ABC234"
    return Hall(desk)


def test_a_question_is_closed_opened_and_all_of_it_taken_back(room: Hall) -> None:
    assert room.words("take-notes") == "Close for notes"
    room.desk.do("take-notes")
    room.desk.wait(lambda: room.board.openness(room.question, 0) is Openness.CLOSED)
    room.desk.wait(lambda: room.undo == "Close for notes")
    assert room.words("take-notes") == "Open for notes"
    assert room.desk.notice.startswith("The question is closed.")
    room.desk.press("Undo")
    room.desk.wait(lambda: room.board.openness(room.question, 0) is Openness.OPEN)


def test_a_question_whose_time_is_over_opens_at_once_when_it_is_told_to(room: Hall) -> None:
    room.screen.conduct.ask_with(room.question, closes=1, opens=None)
    room.desk.wait(lambda: room.words("take-notes") == "Open for notes")
    room.desk.do("take-notes")
    room.desk.wait(lambda: room.words("take-notes") == "Close for notes")
    assert room.board.asking(room.question).closes is None


def test_f7_reveals_notes_that_wait_for_it_and_covers_them_again(room: Hall) -> None:
    note = room.say("The ramp is steep")
    assert not room.can("reveal")
    assert "do not wait" in room.desk.window.actions_["reveal"].toolTip()
    room.desk.do("seen-later")
    room.desk.wait(lambda: room.is_ticked("seen-later"))
    assert not room.board.is_seen_by_all(room.board.notes[note])
    room.desk.keys(Key.Key_F7)
    room.desk.wait(lambda: room.board.is_seen_by_all(room.board.notes[note]))
    room.desk.wait(lambda: room.words("reveal") == "Cover the notes again")
    assert room.desk.notice.startswith("Now everybody sees the notes.")
    room.desk.keys(Key.Key_F7)
    room.desk.wait(lambda: not room.board.is_revealed(room.question))


def test_notes_revealed_long_ago_wait_anew_when_the_question_is_set_to_wait(room: Hall) -> None:
    for action in ("seen-later", "reveal", "seen-never", "seen-later"):
        room.desk.do(action)
        room.is_seen()
        room.desk.wait(lambda action=action: room.is_ticked(action) or action == "reveal")    # type: ignore[misc]
    assert not room.board.is_revealed(room.question)
    room.desk.do("undo")
    room.desk.wait(lambda: room.board.asking(room.question).reveal is Reveal.NEVER)


@pytest.mark.parametrize(
    ("action", "setting", "on"),
    [("read-first", "hold", True), ("counts", "counts", True), ("kinds", "kinds", tuple(NoteKind)),
     ("pictures", "pictures", False), ("live", "live", True)],
)  # fmt: skip
def test_how_a_question_is_asked_changes_by_one_action_and_back(
    room: Hall, action: str, setting: str, on: object
) -> None:
    before = getattr(room.board.asking(room.question), setting)
    room.desk.do(action)
    room.desk.wait(lambda: getattr(room.board.asking(room.question), setting) == on)
    room.desk.wait(lambda: room.undo == "How a question is asked")
    assert room.is_ticked(action) is bool(on)
    room.desk.do("undo")
    room.desk.wait(lambda: getattr(room.board.asking(room.question), setting) == before)
    room.desk.wait(lambda: room.is_ticked(action) is bool(before))


def test_the_workshop_is_frozen_over_and_goes_on(room: Hall) -> None:
    room.desk.do("freeze")
    room.desk.wait(lambda: room.words("freeze") == "Let people change their notes again")
    assert room.board.is_frozen
    room.desk.do("end")
    room.desk.wait(lambda: room.words("end") == "The workshop goes on")
    assert room.board.is_ended
    assert not room.can("take-notes")
    assert not room.can("open-vote")
    assert room.desk.window.actions_["open-vote"].toolTip() == "The workshop is over."
    room.desk.do("undo")
    room.desk.wait(lambda: room.can("take-notes"))
    room.desk.do("freeze")
    room.desk.wait(lambda: not room.board.is_frozen)


def test_ctrl_h_holds_notes_with_a_reason_by_number_and_they_are_shown_again(room: Hall) -> None:
    note = room.say("The ramp is steep")
    room.chooses(note)
    room.desk.keys(Key.Key_H, CTRL)
    room.desk.find(ChoicePanel, "Hold 1 note: why?")
    room.desk.keys(Key.Key_6)
    room.desk.wait(lambda: room.board.notes[note].state is NoteState.HELD)
    assert room.board.notes[note].standing.reason is Reason.READ_FIRST
    room.desk.wait(lambda: room.undo == "Hold 1 note")
    room.chooses(note)
    assert not room.can("hold")
    room.desk.keys(Key.Key_S, CTRL | SHIFT)
    room.desk.wait(lambda: room.board.notes[note].state is NoteState.BOARD)


def test_live_questions_are_marked_one_at_a_time(room: Hall) -> None:
    first, second = room.say("When?"), room.say("Why?")
    room.chooses(first)
    assert not room.can("mark-now")
    room.desk.do("live")
    room.desk.wait(lambda: room.can("mark-now"))
    room.desk.keys(Key.Key_Return, CTRL | SHIFT)
    room.desk.wait(lambda: room.board.mark(first) is Mark.NOW)
    room.desk.wait(lambda: room.is_ticked("mark-now") and room.undo == "Being answered now")
    room.chooses(second, first)
    room.desk.do("mark-now")
    room.desk.wait(lambda: room.board.mark(second) is Mark.NOW)
    assert room.board.mark(first) is Mark.ASKED
    room.desk.do("undo")
    room.desk.wait(lambda: room.board.mark(first) is Mark.NOW)
    room.chooses(first, second)
    for action, mark in (("mark-writing", Mark.WRITING), ("mark-parked", Mark.PARKED), ("mark-waiting", Mark.WAITING)):
        room.desk.do(action)
        room.desk.wait(lambda mark=mark: {room.board.mark(each) for each in (first, second)} == {mark})    # type: ignore[misc]


def test_a_live_question_is_answered_in_words_by_keyboard(room: Hall) -> None:
    note = room.say("When?")
    room.desk.do("live")
    room.desk.wait(lambda: room.board.asking(room.question).live)
    room.chooses(note)
    room.desk.wait(lambda: room.can("answer"))
    room.desk.keys(Key.Key_R, CTRL)
    room.desk.type("In May.")
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: room.board.answer(note) == "In May.")
    room.desk.wait(lambda: room.undo == "Write an answer")
    room.desk.do("undo")
    room.desk.wait(lambda: room.board.answer(note) == "")


def test_notes_that_say_the_same_are_joined_by_words_and_stand_on_their_own_again(room: Hall) -> None:
    first, other, same = room.say("When is it?"), room.say("Benches"), room.say("When will it be?")
    room.chooses(same)
    room.desk.keys(Key.Key_M, CTRL)
    room.desk.type("when is")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.board.merged_into(same) == first)
    room.desk.wait(lambda: room.undo == "Join 1 note with another")
    assert room.board.merged_into(other) is None
    assert room.can("split")
    room.desk.do("split")
    room.desk.wait(lambda: room.board.merged_into(same) is None)
    assert not room.can("split")


def test_nothing_more_is_taken_from_a_phone_and_then_it_is_again(room: Hall) -> None:
    note, other = room.say("Buy this", by="Ben"), room.say("Benches")
    room.chooses(note, other)
    assert not room.can("block")
    room.chooses(note)
    room.desk.do("block")
    room.desk.wait(lambda: room.board.is_blocked(room.person("Ben")))
    assert room.desk.notice.startswith("Nothing more is taken from that phone.")
    assert not room.board.is_blocked(room.person("Ada"))
    assert room.words("block") == "Take notes from this phone again"
    room.desk.do("block")
    room.desk.wait(lambda: not room.board.is_blocked(room.person("Ben")))


def test_what_came_in_a_burst_is_hidden_in_one_act(room: Hall) -> None:
    assert not room.can("discard")
    burst = [room.say(f"spam {n}", by=f"bot {n}", held=Reason.BURST) for n in range(3)]
    room.desk.wait(lambda: room.can("discard"))
    room.desk.do("discard")
    room.desk.wait(lambda: {room.board.notes[each].state for each in burst} == {NoteState.HIDDEN})
    room.desk.wait(lambda: room.undo == "Hide 3 notes")
    room.desk.do("undo")
    room.desk.wait(lambda: {room.board.notes[each].state for each in burst} == {NoteState.HELD})


def test_the_agenda_is_made_gone_through_and_changed_by_keyboard(room: Hall) -> None:
    assert not room.can("next-step")
    room.desk.do("add-step")
    room.desk.keys(Key.Key_Home)
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: len(room.board.steps) == 1)
    room.is_seen()
    room.desk.keys(Key.Key_Insert)
    room.desk.keys(Key.Key_End)
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: len(room.board.steps) == 2)
    room.desk.wait(lambda: room.undo == "New step")
    room.is_seen()
    assert [step.kind.value for _id, step in room.board.agenda()] == ["welcome", "close"]
    room.desk.keys(Key.Key_End)
    room.desk.keys(Key.Key_Up, ALT)
    room.desk.wait(lambda: [step.kind.value for _id, step in room.board.agenda()] == ["close", "welcome"])
    room.desk.keys(Key.Key_Down, ALT)
    room.desk.wait(lambda: [step.kind.value for _id, step in room.board.agenda()] == ["welcome", "close"])
    room.desk.keys(Key.Key_Escape)
    (welcome, _first), (close, _second) = room.board.agenda()
    room.desk.keys(Key.Key_F8)
    room.desk.wait(lambda: room.board.step == welcome and room.can("next-step"))
    room.desk.keys(Key.Key_F8)
    room.desk.wait(lambda: room.board.step == close)
    room.desk.wait(lambda: not room.can("next-step") and room.undo == "Go to a step")
    room.desk.keys(Key.Key_F8, SHIFT)
    room.desk.wait(lambda: room.board.step == welcome)
    room.desk.keys(Key.Key_6, CTRL)
    room.desk.keys(Key.Key_Delete)
    room.desk.wait(lambda: len(room.board.steps) == 1 and room.undo == "Take a step out")
    room.desk.keys(Key.Key_Escape)


def test_a_step_is_changed_and_begun_from_the_list(room: Hall) -> None:
    room.desk.do("add-step")
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: len(room.board.steps) == 1)
    room.is_seen()
    (step,) = room.board.steps
    room.desk.keys(Key.Key_F2)
    room.desk.write("What it is called", "Five silent minutes")
    room.desk.write("Minutes", "")
    QApplication.processEvents()
    room.desk.type("5")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.board.text(room.board.steps[step].title) == "Five silent minutes")
    assert room.board.steps[step].minutes == 5
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.board.step == step)


def test_in_a_panel_with_one_number_enter_is_enough_and_on_cancel_it_means_cancel(room: Hall) -> None:
    room.desk.keys(Key.Key_F12)
    room.desk.find(QAbstractButton, "Cancel").setFocus()
    room.desk.keys(Key.Key_Return)
    assert room.board.timer is None
    room.desk.keys(Key.Key_F12)
    room.desk.type("3")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.board.timer is not None)
    assert 170 <= room.screen.conduct.seconds_left <= 180


def test_f12_starts_stops_and_goes_on_with_the_timer(room: Hall) -> None:
    room.desk.keys(Key.Key_F12)
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: room.words("timer") == "Stop the timer" and room.undo == "Start the timer")
    assert 290 <= room.screen.conduct.seconds_left <= 300
    room.desk.keys(Key.Key_F12, SHIFT)
    room.desk.wait(lambda: 350 <= room.screen.conduct.seconds_left <= 360)
    room.desk.keys(Key.Key_F12)
    room.desk.wait(lambda: room.words("timer") == "Start the timer" and room.undo == "Stop the timer")
    room.desk.keys(Key.Key_F12)
    room.desk.wait(lambda: room.words("timer") == "Stop the timer")
    assert 340 <= room.screen.conduct.seconds_left <= 360
    room.desk.do("no-timer")
    room.desk.wait(lambda: room.board.timer is None and not room.can("no-timer"))


def test_a_vote_is_opened_closed_and_goes_on(room: Hall) -> None:
    room.theme("Ways in")
    assert not room.can("voting")
    room.desk.do("open-vote")
    room.desk.write("Votes for each person", "")
    room.desk.keys(Key.Key_Up)
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: room.words("voting") == "Close the vote")
    (vote,) = room.board.rounds_in_order()
    assert (vote.on, vote.dots) == (VoteOn.THEMES, 4)
    assert room.desk.notice.startswith("The vote is open: 4 votes for each person.")
    room.desk.do("voting")
    room.desk.wait(lambda: room.words("voting") == "Let the vote go on" and room.undo == "Close the vote")
    room.desk.do("undo")
    room.desk.wait(lambda: room.board.is_round_open(vote.id))


@pytest.mark.parametrize("what", ["question", "theme", "note"])
def test_the_outlines_own_menu_offers_what_makes_sense(room: Hall, what: str) -> None:
    note = room.say("The ramp is steep")
    theme = room.theme("Ways in", note)
    stand, offered, not_offered = {
        "question": (room.stands_on_question, {"Close for notes", "Open a vote…"}, {"Reveal the notes"}),
        "theme": (lambda: room.stands_on_theme(theme), {"Open a vote…"}, {"Result of the vote"}),
        "note": (lambda: room.stands_on_note(note), {"Hold, with a reason…"}, {"Show on the board"}),
    }[what]
    stand()
    tree = room.screen.outline.tree
    room.screen.outline.show_menu(tree.viewport().mapToGlobal(tree.visualRect(tree.currentIndex()).center()))
    (menu,) = [each for each in room.screen.outline.findChildren(QMenu) if each.isVisible()]
    words = {action.text().replace("&", "").partition("\t")[0] for action in menu.actions()}
    assert offered <= words
    assert not not_offered & words
    menu.close()


def test_the_step_and_the_timer_stand_in_the_top_row_in_words(room: Hall) -> None:
    course = room.screen.top.course
    assert not course.isVisible()
    for kind in (StepKind.WELCOME, StepKind.WRITE, StepKind.VOTE):
        room.does(AddStep(kind=kind, minutes=5))
    room.desk.find(QAbstractButton, "Welcome, 5 min")
    room.desk.press("Next: Welcome")
    room.desk.wait(lambda: {"Welcome", "5 min planned, on time"} <= labels(course))
    room.does(StartTimer(65, utc_now()))
    room.desk.wait(lambda: bool({"1:05", "1:04"} & labels(course)))
    assert course.capsule.time.accessibleName() == "1 minute left"
    room.desk.wait(lambda: bool({"1:03", "1:02"} & labels(course)))
    room.desk.keys(Key.Key_F12)
    room.desk.wait(lambda: course.capsule.time.text().endswith(", stopped"))


def test_a_step_is_gone_to_from_the_bar_and_back_and_that_is_undone(room: Hall) -> None:
    for kind in (StepKind.WELCOME, StepKind.WRITE, StepKind.VOTE):
        room.does(AddStep(kind=kind))
    room.desk.press("Vote")
    room.desk.find(QAbstractButton, "Write, done")
    room.desk.press("Welcome, done")
    room.desk.wait(lambda: room.board.step == room.board.agenda()[0][0])
    room.desk.keys(Key.Key_F8)
    room.desk.find(QAbstractButton, "Next: Vote")
    for step in (0, 2):
        room.desk.do("undo")
        room.desk.wait(lambda step=step: room.board.step == room.board.agenda()[step][0])    # type: ignore[misc]


def test_time_that_is_up_is_said_once_and_can_be_given_again(room: Hall) -> None:
    room.does(StartTimer(1, utc_now()))
    room.desk.wait(lambda: room.desk.notice == "The time is up.")
    assert room.screen.top.course.capsule.time.text() == "0:00"
    assert room.words("timer") == "Start the timer"
    room.desk.press("One more minute")
    room.desk.wait(lambda: 50 <= room.screen.conduct.seconds_left <= 60)


def test_time_that_is_up_is_heard_only_by_those_who_switched_that_on(room: Hall, bell: Bell) -> None:
    room.does(StartTimer(1, utc_now()))
    room.desk.wait(lambda: room.desk.notice == "The time is up.")
    assert bell.rung == 0
    room.desk.do("sound")
    room.desk.press("One more minute")
    room.does(StartTimer(1, utc_now()))
    room.desk.wait(lambda: bell.rung == 1)
    assert room.desk.settings.settings.sound


def tick(widget: QWidget) -> None:
    (box,) = widget.findChildren(QCheckBox)
    box.click()


def labels(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel) if label.isVisible()}


def test_held_notes_are_read_one_after_the_other_by_keyboard(room: Hall) -> None:
    room.does(SetQuestion(room.question, Asking(hold=True)))
    assert not room.can("held")
    notes = [room.say(text) for text in ("The ramp is steep", "Ring 07700 900417", "Buy this")]
    room.desk.wait(room.screen.held.isVisible)
    assert "3 notes wait to be read." in labels(room.screen.held)
    spoken = [room.screen.held.model.data(room.screen.held.model.index(row), ACCESSIBLE) for row in range(3)]
    assert spoken == [
        "The ramp is steep, Held: to be read first",
        "Ring 07700 900417, Held: it has a phone number in it",
        "Buy this, Held: to be read first",
    ]
    room.desk.keys(Key.Key_J, CTRL)
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.board.notes[notes[0]].state is NoteState.BOARD)
    room.desk.keys(Key.Key_Space)
    room.desk.keys(Key.Key_Delete)
    room.desk.keys(Key.Key_1)
    room.desk.wait(lambda: room.board.notes[notes[2]].state is NoteState.HIDDEN)
    assert room.board.notes[notes[1]].state is NoteState.HELD
    assert "1 note waits to be read." in labels(room.screen.held)
    assert room.desk.window.focusWidget() is room.screen.held.view
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: not room.screen.held.isVisible())


def test_a_narrow_window_says_on_its_rail_how_many_notes_wait(room: Hall) -> None:
    room.desk.window.resize(1280, 720)
    room.say("Ring 07700 900417")
    room.desk.wait(lambda: "Held, 1" in room.desk.names(QAbstractButton))
    room.desk.press("Held, 1")
    assert room.desk.window.focusWidget() is room.screen.held.view


def test_who_types_the_whole_name_of_an_action_means_that_one(room: Hall) -> None:
    room.desk.keys(Key.Key_K, CTRL)
    room.desk.type("people")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.screen.people.isVisible())    # and nobody practises with pretend people


def test_the_list_of_all_actions_says_why_one_cannot_be_done(room: Hall) -> None:
    room.desk.keys(Key.Key_K, CTRL)
    room.desk.type("show on the board")
    room.desk.keys(Key.Key_Return)
    panel = room.desk.find(AllActions, "What do you want to do?")
    assert "No held or hidden note is chosen." in labels(panel)
    room.desk.keys(Key.Key_Escape)
    room.desk.keys(Key.Key_K, CTRL)
    room.desk.type("close for notes")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: room.board.openness(room.question, 0) is Openness.CLOSED)


def test_how_a_question_is_asked_is_one_panel_one_act_and_one_undo(room: Hall) -> None:
    before = room.board.asking(room.question)
    room.desk.keys(Key.Key_H, CTRL | SHIFT)
    panel = room.desk.find(AskingPanel, "How this question is asked")
    room.desk.keys(Key.Key_Down)
    panel.hold.click()
    tick(panel.opens)
    room.desk.write("The question in plain words", "What is bad here?")
    room.desk.write("Minutes people are told they have", "")
    QApplication.processEvents()
    room.desk.type("5")
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: room.board.asking(room.question).hold)
    asking = room.board.asking(room.question)
    assert (asking.reveal, asking.minutes, asking.closes) == (Reveal.LATER, 5, None)
    assert asking.opens is not None
    assert room.board.text(asking.plain) == "What is bad here?"
    room.desk.wait(lambda: room.undo == "How a question is asked")
    room.desk.do("undo")
    room.desk.wait(lambda: room.board.asking(room.question) == before)


def test_a_question_cannot_close_before_it_opens(room: Hall) -> None:
    room.does(SetQuestion(room.question, Asking(opens=2_000_000_000_000, closes=1_900_000_000_000)))
    room.desk.do("asking")
    panel = room.desk.find(AskingPanel, "How this question is asked")
    room.desk.keys(Key.Key_Return, CTRL)
    assert "It closes before it opens. Choose a later time to close." in labels(panel)
    for box in panel.namings.findChildren(QCheckBox):
        box.setChecked(False)
    tick(panel.opens)
    room.desk.keys(Key.Key_Return, CTRL)
    assert "Tick at least one way for people to be shown." in labels(panel)
    room.desk.keys(Key.Key_Escape)


def test_looking_at_how_a_question_is_asked_changes_nothing(room: Hall) -> None:
    room.does(SetQuestion(room.question, Asking(opens=1_900_000_000_123, minutes=7)))
    events = room.board.events
    room.desk.do("asking")
    room.desk.keys(Key.Key_Return, CTRL)
    room.theme("Ways in")
    assert room.board.events == events + 1


def test_one_undo_takes_back_that_a_vote_was_opened(room: Hall) -> None:
    room.screen.conduct.open_vote(room.question, VoteOn.NOTES, 3)
    room.desk.wait(lambda: room.undo == "Open a vote")
    assert room.can("result")
    room.desk.press("Undo")
    room.desk.wait(lambda: not room.can("result"))
    assert room.undo == ""


def test_the_result_of_a_vote_is_a_list_that_follows_the_votes(room: Hall) -> None:
    ways, seats = room.theme("Ways in"), room.theme("Seats")
    votes = RoundId(new_id())
    room.does(OpenVote(room.question, VoteOn.THEMES, 3, votes))
    room.does(CastVote(votes, room.person("Ada"), ways, 1), by="Ada")
    room.desk.do("result")
    panel = room.desk.find(ResultPanel, "Result of the vote")
    assert panel.table.rows == [["Ways in", "1", "1"]]
    room.does(CastVote(votes, room.person("Ben"), seats, 3), by="Ben")
    assert panel.table.rows == [["Seats", "3", "3"], ["Ways in", "1", "1"]]
    assert "2 phones have voted. The vote is open." in labels(panel)
    room.desk.keys(Key.Key_Escape)
