"""What is put right before and during a workshop: no note is lost by any of it."""

from core.domain.commands import AskQuestion, Undo
from core.domain.preparing import DescribeWorkshop, DropQuestion, MoveQuestion, RewordQuestion, SeatPerson
from core.domain.running import AddStep, BeginStep, RemoveStep
from core.domain.terms import Openness, StepKind
from tests.core.table import a_table, person, say


def test_a_workshop_is_described_anew_and_what_is_not_named_stays() -> None:
    _, _, [desk] = a_table("desk")
    desk.sees_and_does(DescribeWorkshop(promise="We answer by May.", expected=65, reply_by=738_000))
    desk.sees_and_does(DescribeWorkshop(title="The park and the pond", telephone="01904 551 550"))
    workshop = desk.board.workshop
    assert workshop is not None
    assert (desk.board.title(), desk.board.text(workshop.promise)) == ("The park and the pond", "We answer by May.")
    assert desk.board.text(workshop.telephone) == "01904 551 550"
    assert (workshop.expected, workshop.reply_by) == (65, 738_000)
    desk.sees_and_does(DescribeWorkshop(promise="", reply_by=0))
    assert desk.board.workshop is not None
    assert (desk.board.workshop.promise, desk.board.workshop.reply_by) == (None, None)
    assert not desk.sees_and_does(DescribeWorkshop(title="The park and the pond"))


def test_questions_are_reworded_and_moved_and_their_notes_stay() -> None:
    _, first, [desk] = a_table("desk")
    desk.sees_and_does(AskQuestion("Second?"), AskQuestion("Third?"))
    second, third = (question.id for question in desk.board.questions_in_order()[1:])
    note = say(desk, third, "A note")
    desk.sees_and_does(MoveQuestion(third, first), RewordQuestion(third, "The third?"))
    assert [question.id for question in desk.board.questions_in_order()] == [third, first, second]
    assert desk.board.text(desk.board.questions[third].words) == "The third?"
    assert [each.id for each in desk.board.notes_of(third)] == [note]
    desk.sees_and_does(MoveQuestion(third))
    assert [question.id for question in desk.board.questions_in_order()] == [first, second, third]
    assert not desk.sees_and_does(MoveQuestion(third))


def test_a_dropped_question_is_gone_when_nobody_has_said_anything_and_stays_with_its_notes_otherwise() -> None:
    _, first, [desk] = a_table("desk")
    desk.sees_and_does(AskQuestion("Second?"))
    second = desk.board.questions_in_order()[1].id
    desk.sees_and_does(DropQuestion(second))
    assert [question.id for question in desk.board.questions_in_order()] == [first]
    assert desk.board.openness(second, 0) is Openness.CLOSED
    say(desk, second, "From a phone that had the page open")
    assert [question.id for question in desk.board.questions_in_order()] == [first, second]
    desk.sees_and_does(Undo(desk.desk), Undo(desk.desk))
    assert desk.board.openness(second, 0) is Openness.OPEN


def test_a_step_that_goes_takes_no_note_along() -> None:
    _, question, [desk] = a_table("desk")
    desk.sees_and_does(AddStep(kind=StepKind.WRITE, question=question))
    [(step, _)] = desk.board.agenda()
    desk.sees_and_does(BeginStep(step))
    note = say(desk, question, "A note")
    desk.sees_and_does(RemoveStep(step))
    assert desk.board.step is None
    assert [each.id for each in desk.board.notes_of(question)] == [note]


def test_a_person_sits_at_a_table_or_nobody_knows() -> None:
    _, _, [desk] = a_table("desk")
    desk.sees_and_does(SeatPerson(person("Ada"), 4))
    assert (desk.board.table(person("Ada")), desk.board.table(person("Bo")), desk.board.table(None)) == (4, None, None)
    desk.sees_and_does(Undo(desk.desk))
    assert desk.board.table(person("Ada")) is None
