"""The agenda as a list of steps: begin one, add, change, move, take out; each is an act that can be undone."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from core.base.ids import QuestionId, StepId, new_id
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.running import AddStep, ChangeStep, MoveStep, RemoveStep
from core.domain.taking_part import MINUTES_AT_MOST
from core.domain.terms import Step, StepKind
from core.domain.words import LINE_LIMIT, tidy
from ui.acting.conduct import Conduct
from ui.bridge import Bridge
from ui.dialogs.form import choice, labelled, number
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label, Tone
from ui.words.names import step_kind_name, step_name

NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
ALT = Qt.KeyboardModifier.AltModifier


def step_row(board: Board, place: int, step_id: StepId, step: Step) -> str:
    """A step in one line: its place, its name, its minutes, and whether it is under way."""
    minutes = ngettext("{n} minute", "{n} minutes", step.minutes).format(n=step.minutes) if step.minutes else ""
    now = _("now") if board.step == step_id else ""
    return ", ".join(filter(None, (f"{place}   {step_name(board, step)}", minutes, now)))


class StepList(QListWidget):
    """Its panel is asked first what a key stands for."""

    def __init__(self, panel: "AgendaPanel") -> None:
        super().__init__()
        self._panel = panel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._panel.on_key(event):
            super().keyPressEvent(event)


class StepForm(QWidget):
    """What a step is: a new one, or one that is changed."""

    kept = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.step: StepId | None = None
        self.kind = choice(_("What happens"), [(each, step_kind_name(each)) for each in StepKind], StepKind.WRITE)
        self.title = QLineEdit()
        self.title.setMaxLength(LINE_LIMIT)
        self.title.setAccessibleName(_("What it is called"))
        self.title.setPlaceholderText(_("May stay empty"))
        self.question = QComboBox()
        self.question.setAccessibleName(_("Its question"))
        self.minutes = number(_("Minutes"), 0, least=0, most=MINUTES_AT_MOST, none=_("Not planned"))
        keep = Button(_("Keep the step"), keys="Return", kind=Kind.MAIN)
        keep.clicked.connect(self.kept)
        back = Button(_("Back"), keys="Esc", kind=Kind.QUIET)
        back.clicked.connect(self.left)
        first = QHBoxLayout()
        first.setSpacing(16)
        first.addLayout(labelled(_("What happens"), self.kind), 2)
        first.addLayout(labelled(_("Minutes"), self.minutes), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(first)
        column.addLayout(labelled(_("What it is called"), self.title))
        column.addLayout(labelled(_("Its question"), self.question))
        column.addStretch(1)
        column.addLayout(_row(keep, back))

    def show_step(self, board: Board, step_id: StepId | None) -> None:
        """Begin with a step as it is; None: with a new one."""
        self.step = step_id
        step = board.steps.get(step_id) if step_id is not None else None
        self.kind.setCurrentIndex(list(StepKind).index(step.kind if step else StepKind.WRITE))
        self.title.setText(board.text(step.title) if step else "")
        self.minutes.setValue(step.minutes if step else 0)
        self.question.clear()
        self.question.addItem(_("No question"), None)
        for asked in board.questions_in_order():
            self.question.addItem(board.text(asked.words), asked.id)
        self.question.setCurrentIndex(max(0, self.question.findData(step.question if step else None)))
        self.kind.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def asked(self) -> QuestionId | None:
        """The question of the step."""
        chosen: str | None = self.question.currentData()
        return QuestionId(chosen) if chosen else None


class AgendaPanel(Panel):
    """Begins at the step that is under way; with `adding` at an empty form."""

    def __init__(self, bridge: Bridge, conduct: Conduct, window: QWidget, *, adding: bool = False) -> None:
        super().__init__(_("Agenda"), window, 640)
        self._bridge, self._conduct, self._adding = bridge, conduct, adding
        self._steps: list[StepId] = []
        self.list = StepList(self)
        self.list.setAccessibleName(_("Steps of the agenda"))
        self.list.setFixedHeight(260)
        self.form = StepForm()
        self.form.kept.connect(self.keep)
        self.form.left.connect(self.leave_form)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list_page())
        self._pages.addWidget(self.form)
        self.column.addWidget(self._pages)
        bridge.changed.connect(self.show_board)
        bridge.was_reset.connect(self.show_board)
        self.show_board()
        self._stand_at(bridge.board.step)

    @property
    def chosen(self) -> StepId | None:
        """The step in the marked row."""
        row = self.list.currentRow()
        return self._steps[row] if 0 <= row < len(self._steps) else None

    def open(self) -> None:
        """Show it, with the keyboard in the list or in the form."""
        super().open()
        if self._adding:
            self.add()
        else:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def show_board(self) -> None:
        """The steps as they are now; the marked one stays marked."""
        board, marked, row = self._bridge.board, self.chosen, self.list.currentRow()
        agenda = board.agenda()
        rows = [step_row(board, place, step_id, step) for place, (step_id, step) in enumerate(agenda, 1)]
        if rows == [self.list.item(each).text() for each in range(self.list.count())]:
            self._steps = [step_id for step_id, _step in agenda]
            return
        self.list.clear()
        self.list.addItems(rows)
        self._steps = [step_id for step_id, _step in agenda]
        self._empty.setVisible(not rows)
        self._stand_at(marked, otherwise=row)

    def add(self) -> None:
        """A form for one more step."""
        self._ask(None)

    def change(self) -> None:
        """A form with the marked step."""
        if self.chosen is not None:
            self._ask(self.chosen)

    def begin(self) -> None:
        """Go to the marked step."""
        if self.chosen is not None:
            self._conduct.begin_step(self.chosen)
            self.leave()

    def take_out(self) -> None:
        """Take the marked step out."""
        if self.chosen is not None:
            self._conduct.change_agenda(RemoveStep(self.chosen), _("The step is out. No note is lost by it."))

    def up(self) -> None:
        """One place earlier."""
        row = self.list.currentRow()
        if row > 0:
            self._move(self._steps[row], before=self._steps[row - 1])

    def down(self) -> None:
        """One place later."""
        row = self.list.currentRow()
        if 0 <= row < len(self._steps) - 1:
            after = self._steps[row + 2] if row + 2 < len(self._steps) else None
            self._move(self._steps[row], before=after)

    @Slot()
    def keep(self) -> None:
        """Keep what the form says, and go back to the list."""
        form = self.form
        kind, title, minutes = StepKind(form.kind.currentData()), tidy(form.title.text()), form.minutes.value()
        if form.step is None:
            step_id = StepId(new_id())
            command = AddStep(kind=kind, title=title, question=form.asked, minutes=minutes, step_id=step_id)
            self._conduct.change_agenda(command, _("The step is on the agenda."))
        else:
            change = ChangeStep(step=form.step, kind=kind, title=title, question=form.asked, minutes=minutes)
            self._conduct.change_agenda(change, _("The step is changed."))
        self._adding = False
        self.leave_form()

    @Slot()
    def leave_form(self) -> None:
        """Back to the list, or away where only a step was to be added."""
        if self._adding:
            self.leave()
            return
        self._pages.setCurrentIndex(0)
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; whether it stands for anything."""
        in_form = self._pages.currentIndex() == 1
        act = (FORM_KEYS if in_form else LIST_KEYS).get((event.modifiers() & ~KEYPAD, Qt.Key(event.key())))
        if act is not None:
            act(self)
        return act is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.on_key(event):
            super().keyPressEvent(event)

    def _ask(self, step: StepId | None) -> None:
        self._pages.setCurrentIndex(1)
        self.form.show_step(self._bridge.board, step)

    def _move(self, step: StepId, *, before: StepId | None) -> None:
        self._conduct.change_agenda(MoveStep(step, before), _("The step is moved."))

    def _stand_at(self, step: StepId | None, otherwise: int = 0) -> None:
        row = self._steps.index(step) if step in self._steps else max(0, min(otherwise, len(self._steps) - 1))
        self.list.setCurrentRow(row)

    def _list_page(self) -> QWidget:
        page = QWidget()
        empty = _("No steps yet. Add the first: it can be changed at any time.")
        self._empty = Label(empty, tone=Tone.SECOND, wrap=True)
        buttons = (
            _button(_("Begin it"), "Return", self.begin, Kind.MAIN),
            _button(_("Add…"), "Ins", self.add),
            _button(_("Change…"), "F2", self.change),
            _button(_("Take out"), "Del", self.take_out),
        )
        moves = (
            _button(_("Earlier"), "Alt+Up", self.up),
            _button(_("Later"), "Alt+Down", self.down),
            _button(_("Close"), "Esc", self.leave, Kind.QUIET),
        )
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._empty)
        column.addWidget(self.list)
        column.addLayout(_row(*buttons))
        column.addLayout(_row(*moves))
        return page


LIST_KEYS = {
    (NO_KEYS, Qt.Key.Key_Return): AgendaPanel.begin,
    (NO_KEYS, Qt.Key.Key_Enter): AgendaPanel.begin,
    (NO_KEYS, Qt.Key.Key_Insert): AgendaPanel.add,
    (NO_KEYS, Qt.Key.Key_F2): AgendaPanel.change,
    (NO_KEYS, Qt.Key.Key_Delete): AgendaPanel.take_out,
    (ALT, Qt.Key.Key_Up): AgendaPanel.up,
    (ALT, Qt.Key.Key_Down): AgendaPanel.down,
}
FORM_KEYS = {
    (NO_KEYS, Qt.Key.Key_Return): AgendaPanel.keep,
    (NO_KEYS, Qt.Key.Key_Enter): AgendaPanel.keep,
    (CTRL, Qt.Key.Key_Return): AgendaPanel.keep,
    (CTRL, Qt.Key.Key_Enter): AgendaPanel.keep,
    (NO_KEYS, Qt.Key.Key_Escape): AgendaPanel.leave_form,
}


def _button(words: str, keys: str, act: Callable[[], None], kind: Kind = Kind.PLAIN) -> Button:
    button = Button(words, keys=keys, kind=kind)
    button.clicked.connect(act)
    return button


def _row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 2, 0, 0)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
