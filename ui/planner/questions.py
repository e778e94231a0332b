"""The questions of a plan: words, and how each is asked."""


from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from core.base.language import _, ngettext
from core.domain.planning import PlannedQuestion
from core.domain.terms import Naming, NoteKind, Reveal
from core.domain.values import changed
from ui.dialogs.form import box
from ui.look.parts import Label
from ui.look.theme import Text
from ui.planner.chips import Chip
from ui.planner.fields import Field, one_line
from ui.planner.rows import PlanRow, move_names
from ui.planner.wrapping import Wrapping
from ui.words.names import kind_name, naming_name, reveal_name

NEW = PlannedQuestion(text="")


class QuestionRow(PlanRow):
    """One question with its number, and chips for how it is asked."""

    def __init__(self) -> None:
        super().__init__(*move_names(), _("Take this question out"))
        self._was = NEW
        self.number = Label("", Text.BASE, bold=True)
        self.number.setFixedSize(22, 36)
        self.field = Field("", one_line(_("What would you like to know?")))
        self.kinds = Chip(
            _("Kinds of note people choose from"), [(each, kind_name(each)) for each in NoteKind], _kinds, several=True
        )
        self.reveal = Chip(
            _("When do people see each other’s notes?"), [(each, reveal_name(each)) for each in Reveal], _reveal
        )
        self.namings = Chip(
            _("How may people be shown?"), [(each, naming_name(each)) for each in Naming], _namings,
            several=True, least=1,
        )  # fmt: skip
        self.hold = Chip(_("What waits to be read first"), [(hold, _hold((hold,))) for hold in (False, True)], _hold)
        self.pictures = box(_("Pictures"), on=True)
        self.live = box(_("Live question"), on=False)
        self._chips = Wrapping()
        self._lay_out()
        self.changed.connect(self._chips.refit)
        self.fill(NEW)

    @property
    def first(self) -> QWidget:
        return self.field.entry

    @property
    def stops(self) -> list[QWidget]:
        return [self.field.entry, self.up, self.down, self.out, *self._ways]

    @property
    def _ways(self) -> tuple[QWidget, ...]:
        return self.kinds, self.reveal, self.namings, self.hold, self.pictures, self.live

    @property
    def question(self) -> PlannedQuestion:
        """The question as it stands."""
        asking = changed(
            self._was.asking, kinds=self.kinds.values, reveal=self.reveal.values[0], namings=self.namings.values,
            hold=self.hold.values[0], pictures=self.pictures.isChecked(), live=self.live.isChecked(),
        )  # fmt: skip
        return changed(self._was, text=self.field.text, asking=asking)

    def fill(self, question: PlannedQuestion) -> None:
        """Begin with this question."""
        self._was, asking = question, question.asking
        self.field.fill(question.text)
        self.kinds.choose(asking.kinds)
        self.reveal.choose((asking.reveal,))
        self.namings.choose(asking.namings)
        self.hold.choose((asking.hold,))
        self.pictures.setChecked(asking.pictures)
        self.live.setChecked(asking.live)
        self._chips.refit()

    def set_place(self, number: int, of: int) -> None:
        super().set_place(number, of)
        self.number.setText(f"{number}")
        self.field.entry.setAccessibleName(_("Question {n}").format(n=number))
        for each in self._ways:
            each.setAccessibleDescription(_("Question {n}").format(n=number))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        for widget, share in ((self.number, 0), (self.field, 1), (self.up, 0), (self.down, 0), (self.out, 0)):
            line.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)
        for each in self._ways:
            self._chips.add(each)
            _tell(each, self)
        inset = QHBoxLayout()
        inset.setContentsMargins(26, 0, 0, 0)
        inset.addWidget(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(8)
        column.addLayout(line)
        column.addLayout(inset)


def _tell(way: QWidget, row: QuestionRow) -> None:
    if isinstance(way, QCheckBox):
        way.toggled.connect(row.changed)
    elif isinstance(way, Chip):
        way.changed.connect(row.changed)


def _kinds(kinds: tuple[NoteKind, ...]) -> str:
    return ngettext("{n} kind", "{n} kinds", len(kinds)).format(n=len(kinds)) if kinds else _("No kinds")


def _reveal(reveal: tuple[Reveal, ...]) -> str:
    return {
        Reveal.AT_ONCE: _("Shown at once"),
        Reveal.LATER: _("Hidden until you reveal"),
        Reveal.NEVER: _("Never shown to others"),
    }[reveal[0]]


def _namings(namings: tuple[Naming, ...]) -> str:
    if set(namings) <= {Naming.NO_NAME, Naming.NOBODY}:
        return _("Nobody is named")
    return _("Name if they like") if Naming.NO_NAME in namings or Naming.NOBODY in namings else _("Always a name")


def _hold(hold: tuple[bool, ...]) -> str:
    return _("Hold: every note") if hold[0] else _("Hold: what looks private")
