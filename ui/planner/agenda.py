"""The agenda of a plan: what happens, about which question, how long."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from core.base.language import _
from core.domain.planning import PlannedStep
from core.domain.taking_part import MINUTES_AT_MOST
from core.domain.terms import StepKind
from core.domain.words import LINE_LIMIT, tidy
from ui.dialogs.form import choice, number
from ui.planner.rows import PlanRow, move_names
from ui.words.names import step_kind_name


class StepRow(PlanRow):
    """One step in one line. Its question is known by its row, so that it goes along when rows change places."""

    def __init__(self) -> None:
        super().__init__(*move_names(), _("Take this step out"))
        self.id = PlannedStep(kind=StepKind.WRITE).id
        self.kind = choice("", [(each, step_kind_name(each)) for each in StepKind], StepKind.WRITE)
        self.title = QLineEdit()
        self.title.setMaxLength(LINE_LIMIT)
        self._offered: list[QWidget] = []
        self.asked = QComboBox()
        self.asked.setFixedWidth(148)
        self.minutes = number(_("Minutes"), 0, least=0, most=MINUTES_AT_MOST, none="–")
        self.minutes.setFixedWidth(84)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self.changed)
        self.minutes.valueChanged.connect(self.changed)

    @property
    def first(self) -> QWidget:
        return self.kind

    @property
    def stops(self) -> list[QWidget]:
        return [self.kind, self.title, self.asked, self.minutes, self.up, self.down, self.out]

    def step(self, questions: Sequence[QWidget]) -> PlannedStep:
        """The step as it stands, among these rows of questions."""
        row = self._chosen
        return PlannedStep(
            kind=StepKind(self.kind.currentData()), title=tidy(self.title.text()), minutes=self.minutes.value(),
            question=questions.index(row) if row in questions else None, id=self.id,
        )  # fmt: skip

    def fill(self, step: PlannedStep, questions: Sequence[QWidget]) -> None:
        """Begin with this step."""
        self.id = step.id
        self.kind.setCurrentIndex(list(StepKind).index(step.kind))
        self.title.setText(step.title)
        self.title.setCursorPosition(0)
        self.minutes.setValue(step.minutes)
        self.show_questions(questions)
        is_there = step.question is not None and step.question < len(questions)
        self.asked.setCurrentIndex(1 + (step.question or 0) if is_there else 0)

    def show_questions(self, questions: Sequence[QWidget]) -> None:
        """Offer these; the one that is chosen stays chosen."""
        chosen = self._chosen
        self._offered = list(questions)
        self.asked.clear()
        self.asked.addItem(_("No question"))
        self.asked.addItems([_("Question {n}").format(n=place) for place in range(1, len(questions) + 1)])
        self.asked.setCurrentIndex(1 + self._offered.index(chosen) if chosen in self._offered else 0)

    @property
    def _chosen(self) -> QWidget | None:
        """The row of its question."""
        at = self.asked.currentIndex() - 1
        return self._offered[at] if 0 <= at < len(self._offered) else None

    def set_place(self, number: int, of: int) -> None:
        super().set_place(number, of)
        for widget, name in (
            (self.kind, _("Step {n}: what happens")), (self.title, _("Step {n}: what it is called")),
            (self.asked, _("Step {n}: its question")), (self.minutes, _("Step {n}: minutes")),
        ):  # fmt: skip
            widget.setAccessibleName(name.format(n=number))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(6)
        self.kind.setFixedWidth(152)
        row.addWidget(self.kind)
        row.addWidget(self.title, 1)
        row.addWidget(self.asked)
        row.addWidget(self.minutes)
        moves = QHBoxLayout()
        moves.setSpacing(0)
        for each in (self.up, self.down, self.out):
            moves.addWidget(each)
        row.addLayout(moves)
