"""A workshop as it is planned, from its title to its agenda: made from a plan, or changed to another, as one act."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.base.errors import NotThere
from core.base.ids import QuestionId, StepId, WorkshopId, new_id
from core.domain import keys
from core.domain.board import Board
from core.domain.bodies import WorkshopMade
from core.domain.carrying import Heard, carried_on
from core.domain.commands import MakeWorkshop, question_asked
from core.domain.events import Draft
from core.domain.preparing import DescribeWorkshop, DropQuestion, RewordQuestion
from core.domain.registers import QuestionDropped, QuestionPlaced, StepSet, WorkshopDescribed
from core.domain.running import RemoveStep, RevealQuestion, SetQuestion
from core.domain.terms import AS_USUAL, Asking, Details, Reveal, Step, StepKind
from core.domain.values import Frozen, changed
from core.domain.words import Words

LINES = ("title", "purpose", "promise", "host", "venue", "telephone", "language")


class PlannedQuestion(Frozen, frozen=True, kw_only=True):
    """A question, and how it is asked; without an id it is asked for the first time."""

    text: str
    asking: Asking = AS_USUAL
    id: QuestionId | None = None


class PlannedStep(Frozen, frozen=True, kw_only=True):
    """A step of the agenda; `question` is the place of its question among those of the plan, from 0."""

    kind: StepKind
    title: str = ""
    question: int | None = None
    minutes: int = 0
    id: StepId | None = None


class Plan(Frozen, frozen=True, kw_only=True):
    """What is settled before the day. `expected` and `reply_by` are those of `Details`."""

    title: str = ""
    host: str = ""
    purpose: str = ""
    promise: str = ""
    venue: str = ""
    telephone: str = ""
    language: str = "en"
    expected: int = 0
    reply_by: int | None = None
    questions: tuple[PlannedQuestion, ...] = ()
    steps: tuple[PlannedStep, ...] = ()
    carried: tuple[Heard, ...] = ()    # themes of an earlier workshop; a workshop that is there has them as its own

    def afresh(self) -> "Plan":
        """The same for another workshop: its questions are not asked yet, and none is closed by a day that is over."""
        questions = tuple(
            changed(each, id=None, asking=changed(each.asking, plain=None, opens=None, closes=None))
            for each in self.questions
        )
        return changed(
            self, questions=questions, steps=tuple(changed(each, id=None) for each in self.steps), carried=()
        )


def plan_of(board: Board) -> Plan:
    """The plan that the workshop follows now."""
    workshop = board.workshop
    if workshop is None:
        raise NotThere
    asked = [each for each in board.questions_in_order() if not board.is_dropped(each.id)]
    places = {each.id: place for place, each in enumerate(asked)}
    return Plan(
        title=board.title(), host=board.text(workshop.host), purpose=board.text(workshop.purpose),
        promise=board.text(workshop.promise), venue=board.text(workshop.venue),
        telephone=board.text(workshop.telephone), language=workshop.language,
        expected=workshop.expected, reply_by=workshop.reply_by,
        questions=tuple(
            PlannedQuestion(text=board.text(each.words), asking=board.asking(each.id), id=each.id) for each in asked
        ),
        steps=tuple(
            PlannedStep(
                kind=step.kind, title=board.text(step.title), minutes=step.minutes, id=step_id,
                question=places.get(step.question) if step.question else None,
            )
            for step_id, step in board.agenda()
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePlanned:
    """Begin a workshop as it is planned, in an empty log; `code` is what people type to join."""

    plan: Plan
    code: str

    def drafts(self, board: Board) -> Sequence[Draft]:
        plan = self.plan
        said = {name: getattr(plan, name) for name in LINES}
        [made] = MakeWorkshop(questions=(), code=self.code, **said).drafts(board)
        places = keys.spread(len(plan.questions))
        asked = [question_asked(each.text, key, each.asking) for each, key in zip(plan.questions, places, strict=True)]
        ids = [QuestionId(each.subject) for each in asked]
        agenda = zip(plan.steps, keys.spread(len(plan.steps)), strict=True)
        steps = [_step_set(step, key, ids, None) for step, key in agenda]
        texts = [(id, each.text) for id, each in zip(ids, plan.questions, strict=True)]
        carried = carried_on(board, plan.carried, texts) if plan.carried else []
        return [made, *_described(made, plan), *asked, *steps, *carried]


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """Change a workshop from one plan to another, as one act. Only what differs between the two is touched: what others
    did meanwhile stays, and a question that goes keeps what was said to it."""

    was: Plan
    to: Plan

    def drafts(self, board: Board) -> Sequence[Draft]:
        described = DescribeWorkshop(**_details(self.was, self.to)).drafts(board)    # type: ignore[arg-type]
        questions, ids = _questions(board, self.was, self.to)
        return [*described, *questions, *_steps(board, self.was, self.to, ids)]


def _described(made: Draft, plan: Plan) -> list[Draft]:
    """What the making of a workshop does not say of it."""
    body = made.body
    if not isinstance(body, WorkshopMade) or not (plan.expected or plan.reply_by):
        return []
    was = Details(
        title=body.title, purpose=body.purpose, promise=body.promise, host=body.host, venue=body.venue,
        telephone=body.telephone, language=body.language,
    )  # fmt: skip
    to = changed(was, expected=plan.expected, reply_by=plan.reply_by)
    return [Draft(WorkshopId(made.subject), WorkshopDescribed(to=to, was=was))]


def _details(was: Plan, to: Plan) -> dict[str, str | int]:
    """What differs, as DescribeWorkshop takes it."""
    names = [name for name in (*LINES, "expected") if getattr(was, name) != getattr(to, name)]
    changed: dict[str, str | int] = {name: getattr(to, name) for name in names}
    return changed if was.reply_by == to.reply_by else {**changed, "reply_by": to.reply_by or 0}


def _questions(board: Board, was: Plan, to: Plan) -> tuple[list[Draft], list[QuestionId]]:
    """What happens to the questions, and their ids in the order of the new plan."""
    before = {each.id: each for each in was.questions if each.id is not None}
    kept = {each.id for each in to.questions}
    drafts = [draft for id in before if id not in kept for draft in DropQuestion(id).drafts(board)]
    ids: list[QuestionId] = []
    places = keys.reordered([board.questions[each.id].key if each.id else None for each in to.questions])
    for each, key in zip(to.questions, places, strict=True):
        if each.id is None:
            asked = question_asked(each.text, key, each.asking)
            drafts += [asked, Draft(asked.subject, QuestionDropped(to=False, was=True))]    # what undo takes back
            ids.append(QuestionId(asked.subject))
        else:
            drafts += _question(board, each.id, before[each.id], each, key)
            ids.append(each.id)
    return drafts, ids


def _question(board: Board, id: QuestionId, was: PlannedQuestion, to: PlannedQuestion, key: str) -> list[Draft]:
    drafts: list[Draft] = []
    if to.text != was.text:
        drafts += RewordQuestion(id, to.text).drafts(board)
    if to.asking != was.asking:
        drafts += SetQuestion(id, to.asking).drafts(board)
    if to.asking.reveal is Reveal.LATER and was.asking.reveal is not Reveal.LATER:
        drafts += RevealQuestion(id, on=False).drafts(board)    # what was revealed long ago waits anew
    if key != board.questions[id].key:
        drafts.append(Draft(id, QuestionPlaced(to=key, was=board.questions[id].key)))
    return drafts


def _steps(board: Board, was: Plan, to: Plan, ids: Sequence[QuestionId]) -> list[Draft]:
    """What happens to the agenda; a step that another desk took out stays out."""
    before = {each.id: each for each in was.steps if each.id is not None}
    ids_before = [each.id for each in was.questions if each.id is not None]
    kept = {each.id for each in to.steps}
    gone = [id for id in before if id not in kept and id in board.steps]
    drafts = [draft for id in gone for draft in RemoveStep(id).drafts(board)]
    wanted = [each for each in to.steps if each.id is None or each.id in board.steps]
    places = keys.reordered([board.steps[each.id].key if each.id else None for each in wanted])
    for each, key in zip(wanted, places, strict=True):
        if each.id is None or _meaning(each, ids) != _meaning(before[each.id], ids_before):
            drafts.append(_step_set(each, key, ids, board.steps[each.id] if each.id else None))
        elif key != (now := board.steps[each.id]).key:
            drafts.append(Draft(each.id, StepSet(to=changed(now, key=key), was=now)))
    return drafts


def _meaning(step: PlannedStep, ids: Sequence[QuestionId]) -> tuple[object, ...]:
    """What a step is, wherever it and its question stand."""
    return step.kind, step.title, step.minutes, _asked(step, ids)


def _asked(step: PlannedStep, ids: Sequence[QuestionId]) -> QuestionId | None:
    return ids[step.question] if step.question is not None and step.question < len(ids) else None


def _step_set(step: PlannedStep, key: str, ids: Sequence[QuestionId], was: Step | None) -> Draft:
    words = Words.of(step.title)
    to = Step(
        kind=step.kind, key=key, title=words.hash if words.text else None, question=_asked(step, ids),
        minutes=step.minutes,
    )  # fmt: skip
    return Draft(step.id or StepId(new_id()), StepSet(to=to, was=was), (words,) if words.text else ())
