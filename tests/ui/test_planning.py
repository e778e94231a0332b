"""The form of a workshop: begun from a template, changed while people write. Nothing typed or said is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QWidget

from core.base.ids import NoteId, new_id
from core.domain.commands import SayNote
from core.domain.planning import plan_of
from core.domain.terms import NoteKind, Reveal, StepKind
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import ALT, CTRL, Hall, Key, hall
from tests.ui.test_fit import assert_fits, unnamed
from ui.planner.templates import SHIPPED, find_templates
from ui.words.undo_words import describe

OURS = ("One hybrid room", "Several venues, one day", "Open page", "What changed", "Live questions")


@pytest.fixture
def at(new_desk: Callable[[], DeskUnderTest], tmp_path: Path) -> Hall:
    """A workshop under way, with a note to each of its two questions."""
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    found = Hall(desk)
    found.say("Mend the ramp")
    second, who = found.board.questions_in_order()[1].id, found.person("Bo")
    found.does(SayNote(question=second, text="I will help", contributor=who, note_id=NoteId(new_id())), "Bo")
    return found


def test_there_are_five_templates_that_can_be_made_as_they_are() -> None:
    found = find_templates([SHIPPED])
    assert found.damaged == ()
    assert tuple(each.name for each in found.templates) == OURS
    assert all(each.says and each.plan.questions for each in found.templates)


@pytest.mark.parametrize("name", OURS)
def test_a_workshop_is_made_from_a_template_of_the_first_screen(desk: DeskUnderTest, name: str) -> None:
    desk.press(f"Begin from the plan {name}")
    desk.write("What is it called?", "Our town")
    desk.press("Make the workshop")
    made = plan_of(desk.board).afresh()
    template = next(each.plan for each in find_templates([SHIPPED]).templates if each.name == name)
    assert (made.title, made.questions, made.steps) == ("Our town", template.questions, template.steps)
    assert made.promise == template.promise


class Flashes(QObject):
    """What comes up as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


def test_no_part_of_the_form_flashes_up_as_a_window_before_it_has_its_place(
    desk: DeskUnderTest, qapp: QApplication
) -> None:
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    desk.press("New workshop")
    desk.press("Add a question")
    desk.press("Add a step")
    qapp.removeEventFilter(flashes)
    assert flashes.seen == []


def test_each_question_is_asked_in_its_own_way(desk: DeskUnderTest) -> None:
    desk.press("New workshop")
    desk.write("What is it called?", "Our town")
    desk.write("Question 1", "First")
    desk.press("Add a question")
    desk.type("Second")
    desk.choose("Kinds of note", "Idea", "Story", at=1)
    desk.choose("When do people see", "Never", at=0)
    desk.choose("How may people be shown?", "A first name", "Another name", "No name", at=1)
    desk.visible(QCheckBox)[-1].setChecked(True)
    desk.press("Add a step")
    desk.keys(Key.Key_Down)
    desk.keys(Key.Key_Return, CTRL)
    first, second = (desk.board.asking(each.id) for each in desk.board.questions_in_order())
    assert (first.reveal, second.reveal) == (Reveal.NEVER, Reveal.AT_ONCE)
    assert (first.kinds, second.kinds) == ((), (NoteKind.STORY, NoteKind.IDEA))
    assert len(second.namings) == 1
    assert second.live
    assert [step.kind for _, step in desk.board.agenda()] == [StepKind.GROUP]
    assert isinstance(desk.board.agenda()[0][1].kind, StepKind)    # the projector knows a vote by it


def test_questions_change_places_by_keyboard_and_keep_their_ways(desk: DeskUnderTest) -> None:
    desk.press("New workshop")
    desk.write("What is it called?", "Our town")
    desk.write("Question 1", "First")
    desk.choose("Kinds of note", "Idea")
    desk.press("Add a question")
    desk.type("Second")
    desk.keys(Key.Key_Up, ALT)
    desk.keys(Key.Key_Up, ALT)
    desk.type("!")
    desk.keys(Key.Key_Return, CTRL)
    asked = desk.board.questions_in_order()
    assert [desk.board.text(each.words) for each in asked] == ["Second!", "First"]
    assert desk.board.asking(asked[1].id).kinds == (NoteKind.IDEA,)


def test_what_was_filled_in_is_there_again_after_going_back(desk: DeskUnderTest) -> None:
    desk.press("New workshop")
    desk.write("What is it called?", "Our town")
    desk.write("Question 1", "What should change?")
    desk.write("The room’s Wi-Fi", "Hall")
    desk.write("Its password", "welcome in")
    desk.keys(Key.Key_Escape)
    desk.press("New workshop")
    assert desk.find(QLineEdit, "What is it called?").text() == "Our town"
    assert desk.find(QLineEdit, "Its password").text() == "welcome in"
    desk.press("Make the workshop")
    assert desk.board.title() == "Our town"
    desk.do("leave")
    desk.press("New workshop")
    assert desk.find(QLineEdit, "What is it called?").text() == ""


def test_a_template_on_top_of_what_was_typed_can_be_put_back(desk: DeskUnderTest) -> None:
    desk.press("New workshop")
    desk.write("Who is asking?", "The council")
    desk.write("Question 1", "Mine")
    take(desk, "Open page")
    assert desk.find(QLineEdit, "Question 1").text() == "What works well, and should stay?"
    assert desk.find(QLineEdit, "Who is asking?").text() == "The council"
    desk.press("Put back what was here")
    assert desk.find(QLineEdit, "Question 1").text() == "Mine"
    assert "Question 2" not in desk.names(QLineEdit)


def test_a_template_of_ones_own_is_kept_and_a_damaged_one_is_said_and_the_others_work(
    desk: DeskUnderTest, tmp_path: Path
) -> None:
    desk.press("New workshop")
    desk.write("Question 1", "What shall we eat?")
    desk.press("Save as my template…")
    desk.keys(Key.Key_Return, CTRL)
    assert "Give the template a name." in [label.text() for label in desk.visible(QLabel)]
    desk.type("Lunch")
    desk.keys(Key.Key_Return, CTRL)
    desk.wait(lambda: bool(desk.notice))
    assert desk.notice == "The template “Lunch” is kept on this laptop."
    own = tmp_path / "config" / "templates"
    assert [path.name for path in own.iterdir()] == ["Lunch.json"]
    damaged = {"broken.json": b"{", "odd.json": b'{"name": "X", "plan": {"steps": [{}]}}', "no.json": b"\xff"}
    for name, content in damaged.items():
        (own / name).write_bytes(content)
    desk.keys(Key.Key_Escape)
    desk.desk.show_start()
    desk.press("Begin from the plan Lunch")
    desk.wait(lambda: any("broken.json" in label.text() for label in desk.visible(QLabel)))
    assert desk.find(QLineEdit, "Question 1").text() == "What shall we eat?"
    take(desk, "Live questions")
    assert (own / "broken.json").read_bytes() == b"{"


def test_a_workshop_changes_through_the_form_while_people_write_and_no_note_is_lost(at: Hall) -> None:
    desk = at.desk
    first, second = (each.id for each in at.board.questions_in_order())
    before = plan_of(at.board)
    desk.do("change-workshop")
    desk.write("What is it called?", " and its park")
    desk.write("Question 1", " First of all")
    desk.press_nth("Move down", 0)
    desk.press("Add a question")
    desk.type("Anything else?")
    desk.press("Add a step")
    at.say("While the form was open")
    desk.press("Keep the changes")
    desk.wait(lambda: bool(desk.notice))
    assert desk.notice == "The workshop is changed. No note was lost."
    now = plan_of(at.board)
    assert now.title == "Our town and its park"
    assert [each.text for each in now.questions] == ["And then?", "What should change? First of all", "Anything else?"]
    assert [each.id for each in now.questions][:2] == [second, first]
    assert said(at) == {"Mend the ramp", "I will help", "While the form was open"}
    at.desk.do("undo")
    desk.wait(lambda: plan_of(desk.board) == before)
    assert said(at) == {"Mend the ramp", "I will help", "While the form was open"}


def test_a_question_that_is_taken_out_keeps_its_notes(at: Hall) -> None:
    first, second = (each.id for each in at.board.questions_in_order())
    at.desk.do("change-workshop")
    at.desk.press_nth("Take this question out", 0)
    at.desk.press("Keep the changes")
    at.desk.wait(lambda: at.board.is_dropped(first))
    assert said(at) == {"Mend the ramp", "I will help"}
    assert [each.id for each in plan_of(at.board).questions] == [second]
    assert describe(at.board.history(at.session.desk).undo[-1], at.board) == "Take a question out"


def test_another_template_over_a_workshop_with_notes_loses_none(at: Hall) -> None:
    at.desk.do("change-workshop")
    take(at.desk, "One hybrid room")
    at.desk.press("Keep the changes")
    at.desk.wait(lambda: len(at.board.agenda()) == 9)
    assert plan_of(at.board).questions[0].text == "What works well today?"
    assert said(at) == {"Mend the ramp", "I will help"}
    assert at.board.balance.received == 2


def test_a_change_that_was_left_is_there_again(at: Hall) -> None:
    at.desk.do("change-workshop")
    at.desk.write("Where?", "Hall 3")
    at.desk.keys(Key.Key_Escape)
    assert plan_of(at.board).venue == ""
    at.desk.do("change-workshop")
    assert at.desk.find(QLineEdit, "Where?").text() == "Hall 3"
    at.desk.press("Keep the changes")
    at.desk.wait(lambda: plan_of(at.desk.board).venue == "Hall 3")


def test_tab_goes_through_the_form_as_one_reads_and_stays_inside(at: Hall) -> None:
    at.desk.do("change-workshop")
    seen: list[str] = []
    for _ in range(60):
        at.desk.keys(Qt.Key.Key_Tab)
        seen.append(at.desk.window.focusWidget().accessibleName())
    wanted = ("Who is asking?", "Language", "Question 1", "Question 2", "Keep the changes", "What is it called?")
    order = [seen.index(name) for name in wanted]
    assert order == sorted(order)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_the_form_fits_and_everything_has_a_name(at: Hall, size: tuple[int, int]) -> None:
    at.desk.window.resize(*size)
    at.desk.do("change-workshop")
    take(at.desk, "One hybrid room")
    assert_fits(at.desk)
    assert unnamed(at.desk) == []


def take(desk: DeskUnderTest, name: str) -> None:
    """Choose a template in the head of the form."""
    box = desk.find(QComboBox, "Begin from a plan")
    desk.wait(lambda: any(box.itemText(n).startswith(name) for n in range(box.count())))
    place = next(n for n in range(box.count()) if box.itemText(n).startswith(name))
    box.setCurrentIndex(place)
    box.activated.emit(place)


def said(at: Hall) -> set[str]:
    """All words on the board."""
    return {at.board.text_of(note) for note in at.board.notes.values()}
