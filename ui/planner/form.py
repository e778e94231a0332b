"""The form of a workshop, on one page: about it, its questions, its agenda. The same for a new one and for one that is
under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.base.language import _, ngettext
from core.domain.carrying import Heard
from core.domain.planning import Plan, PlannedQuestion, PlannedStep
from core.domain.terms import StepKind
from core.domain.values import changed
from core.domain.words import LINE_LIMIT
from ui.look.parts import Button, Kind, Label, Rule, Tone
from ui.look.theme import Text
from ui.planner.about import About
from ui.planner.agenda import StepRow
from ui.planner.fields import Field, too_long
from ui.planner.head import Head
from ui.planner.questions import NEW, QuestionRow
from ui.planner.rows import Rows
from ui.planner.templates import Found

QUESTIONS_AT_MOST = 12
STEPS_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Wording:
    """What the form is called, what its main button says, and what stands beside that."""

    title: str
    keep: str
    safe: str


class WorkshopForm(QFrame):
    """Ctrl+Enter keeps what was filled in, Escape leaves. What is missing is said beside its field."""

    kept = Signal(object)            # Plan, with a name and a question
    left = Signal()
    template_named = Signal(object)  # Plan, to be kept as a template

    def __init__(self, wording: Wording, about: About) -> None:
        super().__init__()
        self.setProperty("part", "page")
        self.about = about
        self.questions = Rows(QuestionRow, QUESTIONS_AT_MOST, least=1)
        self.steps = Rows(StepRow, STEPS_AT_MOST)
        self.head = Head(wording.title)
        self.head.chosen.connect(self.begin_from)
        self.head.put_back_wanted.connect(self.show_plan)
        self.head.keep_wanted.connect(lambda: self.template_named.emit(self.plan))
        self._add_question = Button(_("Add a question"), icon="plus")
        self._add_question.clicked.connect(self._on_add_question)
        self._add_step = Button(_("Add a step"), icon="plus")
        self._add_step.clicked.connect(self._on_add_step)
        self._carried: tuple[Heard, ...] = ()
        self._minutes = Label("", Text.SMALL, tone=Tone.SECOND)
        self._cancel = Button(_("Cancel"), keys="Esc", kind=Kind.QUIET)
        self._cancel.clicked.connect(self.left)
        self._keep_button = Button(wording.keep, keys="Ctrl+Return", kind=Kind.MAIN)
        self._keep_button.clicked.connect(self.keep)
        self._lay_out(wording.safe)
        self.questions.changed.connect(self._on_questions)
        self.steps.changed.connect(self._on_steps)
        self.show_plan(Plan())

    @property
    def plan(self) -> Plan:
        """What is filled in, as it stands; an empty question is none."""
        rows = [row for row in self.questions.rows if row.field.text]
        return changed(
            self.about.plan,
            questions=tuple(row.question for row in rows),
            steps=tuple(row.step(rows) for row in self.steps.rows),
            carried=self._carried,
        )

    @Slot(object)
    def show_plan(self, plan: Plan) -> None:
        """Begin with this plan."""
        self.about.fill(plan)
        self._carried = plan.carried
        self.head.show_carried([theme.name for theme in plan.carried])
        self.questions.clear()
        for question in plan.questions or (NEW,):
            self.questions.append().fill(question)
        self.steps.clear()
        for step in plan.steps:
            self.steps.append().fill(step, self.questions.rows)
        self.questions.number()
        self.steps.number()

    @Slot(object)
    def begin_from(self, template: Plan) -> None:
        """Take questions and agenda from a template, and what nobody has filled in yet. It can be put back."""
        before = self.plan
        if before != Plan():
            self.head.offer_to_put_back(before)
        self.show_plan(changed(
            before, questions=template.questions, steps=template.steps,
            **{name: getattr(template, name) for name in ("host", "purpose", "promise") if not getattr(before, name)},
        ))  # fmt: skip

    def carry_on(self, themes: Sequence[Heard]) -> None:
        """Take the themes of an earlier workshop along, and what it asked where nothing is asked yet. It can be put
        back."""
        before = self.plan
        earlier = dict.fromkeys(theme.question for theme in themes)
        asked = before.questions or tuple(PlannedQuestion(text=words) for words in earlier)
        self.head.offer_to_put_back(before)
        self.show_plan(changed(before, questions=asked[:QUESTIONS_AT_MOST], carried=tuple(themes)))

    def show_templates(self, found: Found) -> None:
        """Offer these to begin from, and say of which files nothing can be read."""
        self.head.show_templates(found)

    def focus_first(self) -> None:
        """Put the cursor where one begins."""
        self.about.title.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def checked(self) -> Plan | None:
        """What was filled in; None (and said beside the fields) where something is missing."""
        problems = self.about.problems()
        problems |= {row.field: too_long(row.field, LINE_LIMIT) for row in self.questions.rows}
        if not any(row.field.text for row in self.questions.rows):
            problems[self.questions.rows[0].field] = _("Ask at least one question.")
        for field, problem in problems.items():
            field.say(problem)
        wrong = next((field for field, problem in problems.items() if problem), None)
        if wrong is not None:
            self._go_to(wrong)
        return self.plan if wrong is None else None

    @Slot()
    def keep(self) -> None:
        """Use what was filled in, where nothing is missing."""
        plan = self.checked()
        if plan is not None:
            self.kept.emit(plan)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and ctrl:
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _go_to(self, field: Field) -> None:
        field.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        for area in self.findChildren(QScrollArea):
            if area.isAncestorOf(field):
                area.ensureWidgetVisible(field)

    @Slot()
    def _on_add_question(self) -> None:
        row = self.questions.append()
        self.questions.number()
        row.first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_add_step(self) -> None:
        row = self.steps.append()
        row.fill(PlannedStep(kind=StepKind.WRITE), self.questions.rows)
        self.steps.number()
        row.first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_questions(self) -> None:
        """Another order, one more or one less."""
        self._add_question.setEnabled(not self.questions.is_full)
        for row in self.steps.rows:
            row.show_questions(self.questions.rows)
        self._order_stops()

    @Slot()
    def _on_steps(self) -> None:
        minutes = sum(row.minutes.value() for row in self.steps.rows)
        told = ngettext("{n} minute in all", "{n} minutes in all", minutes).format(n=minutes) if minutes else ""
        self._minutes.setText(told)
        self._add_step.setEnabled(not self.steps.is_full)
        self._order_stops()

    def _order_stops(self) -> None:
        """Tab goes as one reads."""
        questions = [stop for row in self.questions.rows for stop in row.stops]
        steps = [stop for row in self.steps.rows for stop in row.stops]
        stops = [*self.about.stops, self._add_question, *questions, self._add_step, *steps]
        for before, after in pairwise([*stops, self._cancel, self._keep_button, *self.head.stops]):
            QWidget.setTabOrder(before, after)

    def _lay_out(self, safe: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(_scrolling(self.about), 11)
        body.addWidget(Rule(upright=True))
        body.addWidget(_scrolling(self._right()), 15)
        column.addLayout(body, 1)
        column.addWidget(self._foot(safe))

    def _right(self) -> QFrame:
        page = QFrame()
        page.setProperty("part", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addLayout(_title(_("Questions"), self._add_question))
        column.addWidget(Rule())
        column.addWidget(self.questions)
        column.addSpacing(8)
        column.addLayout(_title(_("Agenda"), self._add_step, self._minutes))
        column.addWidget(Rule())
        column.addWidget(self.steps)
        column.addStretch(1)
        return page

    def _foot(self, safe: str) -> QFrame:
        foot = QFrame()
        foot.setProperty("part", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(12)
        row.addWidget(Label(safe, tone=Tone.SECOND, wrap=True), 1)
        row.addWidget(self._cancel)
        row.addWidget(self._keep_button)
        return foot


def _title(words: str, add: Button, beside: Label | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(Label(words, Text.SUBHEADING, bold=True))
    if beside is not None:
        row.addWidget(beside)
    row.addStretch(1)
    row.addWidget(add)
    return row


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
