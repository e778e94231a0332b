"""A workshop made from a plan, and changed to another while people write: no note is lost, one undo takes it back."""


from hypothesis import given
from hypothesis import strategies as st

from core.base.ids import QuestionId
from core.domain.commands import AskQuestion, Undo
from core.domain.planning import ChangePlan, MakePlanned, Plan, PlannedQuestion, PlannedStep, plan_of
from core.domain.running import AddStep, RemoveStep, RevealQuestion
from core.domain.terms import Asking, Naming, NoteKind, Reveal, StepKind
from core.domain.values import changed
from tests.core.table import Seat, Table, a_table, say

PLAN = Plan(
    title="A better square", host="The council", purpose="To hear you", promise="We write back", venue="Hall 2",
    telephone="01234 567890", language="cy", expected=65, reply_by=740_000,
    questions=(
        PlannedQuestion(text="What works?", asking=Asking(kinds=(NoteKind.IDEA,), reveal=Reveal.LATER)),
        PlannedQuestion(text="What should change?", asking=Asking(namings=(Naming.NO_NAME,), pictures=False)),
    ),
    steps=(
        PlannedStep(kind=StepKind.WELCOME, minutes=5),
        PlannedStep(kind=StepKind.WRITE, title="Five silent minutes", question=1, minutes=5),
        PlannedStep(kind=StepKind.CLOSE),
    ),
)  # fmt: skip


def test_a_workshop_is_made_as_it_was_planned() -> None:
    desk = Table().seat("desk")
    desk.sees_and_does(MakePlanned(plan=PLAN, code="ABC234"))
    board = desk.board
    assert plan_of(board).afresh() == PLAN
    [_, (_, writing), _] = board.agenda()
    assert writing.question == board.questions_in_order()[1].id


def test_only_what_differs_is_touched() -> None:
    desk, plan = planned()
    assert not desk.sees_and_does(ChangePlan(plan, plan))
    desk.sees_and_does(ChangePlan(plan, changed(plan, venue="Hall 3")))
    assert plan_of(desk.board) == changed(plan, venue="Hall 3")
    assert len(desk.board.history(desk.desk).undo[-1].events) == 1


def test_questions_and_steps_change_places_words_and_ways_as_one_act_and_no_note_is_lost() -> None:
    desk, plan = planned()
    first, second = plan.questions
    notes = [say(desk, question, f"Note {number}") for number, question in enumerate(asked(plan))]
    welcome, write, close = plan.steps
    to = changed(
        plan, title="The new square", reply_by=None, expected=0,
        questions=(
            changed(second, text="What must change?"),
            PlannedQuestion(text="What will you do?"),
            changed(first, asking=changed(first.asking, hold=True)),
        ),
        steps=(close, changed(write, question=0), changed(welcome, minutes=7), PlannedStep(kind=StepKind.PLEDGE)),
    )  # fmt: skip
    desk.sees_and_does(ChangePlan(plan, to))
    now = plan_of(desk.board)
    assert now.afresh() == to.afresh()
    assert {each.id for each in desk.board.notes.values()} == set(notes)
    assert desk.board.agenda()[1][1].question == second.id
    desk.sees_and_does(Undo(desk.desk))
    assert plan_of(desk.board) == plan


def test_a_question_that_goes_keeps_its_notes_and_its_steps_stay() -> None:
    desk, plan = planned()
    note = say(desk, asked(plan)[1], "A note")
    to = changed(plan, questions=plan.questions[:1], steps=(changed(plan.steps[1], question=None),))
    desk.sees_and_does(ChangePlan(plan, to))
    assert [each.text for each in plan_of(desk.board).questions] == ["What works?"]
    assert desk.board.balance.received == 1
    assert [each.id for each in desk.board.notes_of(asked(plan)[1])] == [note]
    desk.sees_and_does(Undo(desk.desk))
    assert plan_of(desk.board) == plan


def test_what_another_desk_did_meanwhile_stays() -> None:
    desk, plan = planned()
    desk.sees_and_does(
        AskQuestion("From the other desk?"), AddStep(kind=StepKind.BREAK), RemoveStep(desk.board.agenda()[0][0])
    )
    desk.sees_and_does(ChangePlan(plan, changed(plan, host="The town")))
    now = plan_of(desk.board)
    assert [each.text for each in now.questions][-1] == "From the other desk?"
    assert [each.kind for each in now.steps] == [StepKind.WRITE, StepKind.CLOSE, StepKind.BREAK]
    assert now.host == "The town"


def test_what_was_revealed_long_ago_waits_anew() -> None:
    desk, plan = planned()
    second = plan.questions[1]
    desk.sees_and_does(RevealQuestion(asked(plan)[1]))
    later = changed(second, asking=changed(second.asking, reveal=Reveal.LATER))
    desk.sees_and_does(ChangePlan(plan, changed(plan, questions=(plan.questions[0], later))))
    assert not desk.board.is_revealed(asked(plan)[1])


@given(st.permutations(range(5)), st.permutations(range(5)), st.sets(st.integers(0, 4)))
def test_any_order_comes_out_as_it_was_wanted(questions: list[int], steps: list[int], gone: set[int]) -> None:
    desk, _ = planned()
    desk.sees_and_does(*(AskQuestion(f"Question {n}") for n in range(3)), *(AddStep(kind=StepKind.TALK),) * 2)
    plan = plan_of(desk.board)
    for each in asked(plan):
        say(desk, each, "A note")
    to = changed(
        plan, questions=tuple(plan.questions[n] for n in questions if n not in gone),
        steps=tuple(changed(plan.steps[n], question=None) for n in steps if n not in gone),
    )  # fmt: skip
    desk.sees_and_does(ChangePlan(plan, to))
    assert plan_of(desk.board) == to
    assert desk.board.balance.received == 5


def planned() -> tuple[Seat, Plan]:
    """A desk whose workshop was changed to this plan from an empty one."""
    _, _, [desk] = a_table("desk")
    empty = plan_of(desk.board)
    desk.sees_and_does(ChangePlan(empty, PLAN))
    return desk, plan_of(desk.board)


def asked(plan: Plan) -> list[QuestionId]:
    """The questions of a plan that is followed."""
    return [each.id for each in plan.questions if each.id is not None]
