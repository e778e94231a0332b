"""The head of the form: what it is, and the templates one can begin from."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.base.bidi import isolated
from core.base.language import _, ngettext
from core.domain.planning import Plan
from ui.look.parts import Button, Kind, Label, Tone
from ui.look.theme import Text
from ui.planner.templates import Found


class Head(QFrame):
    """`chosen` tells of a template; `put_back_wanted` of what stood there before it."""

    chosen = Signal(object)             # Plan
    put_back_wanted = Signal(object)    # Plan
    keep_wanted = Signal()
    carry_on_wanted = Signal()    # with the themes of an earlier workshop

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("part", "tools")
        self._before: Plan | None = None
        self._plans: list[Plan] = []
        self.templates = QComboBox()
        self.templates.setAccessibleName(_("Begin from a plan"))
        self.templates.setMinimumWidth(240)
        self.templates.addItem(_("Begin from a plan…"))
        self.templates.activated.connect(self._on_activated)
        self._put_back = Button(_("Put back what was here"), icon="undo", kind=Kind.QUIET)
        self._put_back.clicked.connect(self._on_put_back)
        self._put_back.hide()
        self._keep = Button(_("Save as my template…"))
        self._keep.clicked.connect(self.keep_wanted)
        self._carry_on = Button(_("Carry on from an earlier workshop…"))
        self._carry_on.clicked.connect(self.carry_on_wanted)
        self._carry_on.hide()
        self._carried = Label("", tone=Tone.SECOND, wrap=True)
        self._carried.hide()
        self._told = Label("", tone=Tone.WARN, wrap=True)
        self._told.hide()
        self._lay_out(title)

    @property
    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [self._put_back, self._carry_on, self.templates, self._keep]

    def show_templates(self, found: Found) -> None:
        """Offer these; files that are damaged are named."""
        while self.templates.count() > 1:
            self.templates.removeItem(1)
        self._plans = [each.plan for each in found.templates]
        for each in found.templates:
            name, says = _(each.name), _(each.says) if each.says else ""
            self.templates.addItem(": ".join(filter(None, (name, says))))
        if found.damaged:
            told = ngettext(
                "This template cannot be read: {names}. The others work.",
                "These templates cannot be read: {names}. The others work.", len(found.damaged),
            )  # fmt: skip
            self.tell(told.format(names=", ".join(found.damaged)))

    def tell(self, words: str) -> None:
        """Say something about the templates."""
        self._told.setText(words)
        self._told.setVisible(bool(words))

    def offer_to_carry_on(self) -> None:
        """A new workshop may go on with the themes of another."""
        self._carry_on.show()

    def show_carried(self, names: Sequence[str]) -> None:
        """Which themes come along."""
        told = ngettext("{n} theme carries on: {names}.", "{n} themes carry on: {names}.", len(names))
        self._carried.setText(told.format(n=len(names), names=", ".join(map(isolated, names))))
        self._carried.setVisible(bool(names))

    def offer_to_put_back(self, before: Plan) -> None:
        """Nothing of what stood there is lost."""
        self._before = before
        self._put_back.show()

    @Slot(int)
    def _on_activated(self, at: int) -> None:
        if 0 < at <= len(self._plans):
            self.chosen.emit(self._plans[at - 1])

    @Slot()
    def _on_put_back(self) -> None:
        if self._before is not None:
            self.templates.setCurrentIndex(0)
            self._put_back.hide()
            self.put_back_wanted.emit(self._before)

    def _lay_out(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(title, Text.HEADING, bold=True))
        row.addStretch(1)
        for widget in self.stops:
            row.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self._carried)
        column.addWidget(self._told)
