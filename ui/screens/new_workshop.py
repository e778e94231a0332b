"""A new workshop from a short form: what it is called, what it is for, what is asked, what is promised."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.base.language import _
from core.base.wifi import Wifi, wrong_name, wrong_password
from core.domain.terms import Reveal
from core.domain.words import LINE_LIMIT, NOTE_LIMIT, tidy
from ui.dialogs.form import OneOf, box
from ui.names import reveal_name
from ui.parts import Button, Kind, Label, Rule, Tone
from ui.theme import Text

QUESTION_LIMIT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was filled in, tidied; it can be made into a workshop as it stands."""

    title: str
    questions: tuple[str, ...]
    host: str = ""
    purpose: str = ""
    promise: str = ""
    venue: str = ""
    telephone: str = ""
    wifi: Wifi | None = None
    reveal: Reveal = Reveal.AT_ONCE
    hold: bool = False


class Field(QWidget):
    """A labelled field with room for one kind sentence about what is wrong."""

    def __init__(self, label: str, entry: QLineEdit | QPlainTextEdit, hint: str = "") -> None:
        super().__init__()
        self.entry = entry
        self._label = Label(label, bold=True)
        self._label.setBuddy(entry)
        self._label.setVisible(bool(label))
        self._hint = hint
        self._below = Label(hint, Text.SMALL, tone=Tone.QUIET, wrap=True)
        self._below.setVisible(bool(hint))
        entry.setAccessibleName(label)
        entry.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for widget in (self._label, entry, self._below):
            column.addWidget(widget)

    @property
    def text(self) -> str:
        """The words as they will be kept."""
        entry = self.entry
        return tidy(entry.text() if isinstance(entry, QLineEdit) else entry.toPlainText())

    def say(self, problem: str) -> None:
        """Say what is wrong, to eyes and ears; an empty problem takes it away."""
        self._below.setText(problem or self._hint)
        self._below.set_tone(Tone.BAD if problem else Tone.QUIET)
        self._below.setVisible(bool(problem or self._hint))
        self.entry.setAccessibleDescription(problem or self._hint)
        self.entry.setProperty("wrong", bool(problem))
        self.entry.style().unpolish(self.entry)
        self.entry.style().polish(self.entry)


class QuestionRow(QWidget):
    """One question with its number and a button that takes it out."""

    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.number = Label("", Text.BASE, bold=True)
        self.number.setFixedSize(22, 36)
        self.field = Field("", one_line(_("What would you like to know?")))
        self.remove = Button("", icon="cross", kind=Kind.QUIET, name=_("Take this question out"))
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(8)
        for widget, share in ((self.number, 0), (self.field, 1), (self.remove, 0)):
            row.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)

    def set_place(self, number: int, *, alone: bool) -> None:
        """Which question it is now; the only one cannot be taken out."""
        self.number.setText(f"{number}")
        self.field.entry.setAccessibleName(_("Question {n}").format(n=number))
        self.remove.setVisible(not alone)


class NewWorkshopForm(QFrame):
    """Ctrl+Enter makes the workshop, Escape leaves. What is missing is said beside its field."""

    made = Signal(object)    # Filled
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "page")
        self.title = Field(_("What is it called?"), one_line(_("A better town square")))
        self.host = Field(_("Who is asking?"), one_line(_("The council")))
        purpose_hint = _("People read this before they write.")
        self.purpose = Field(_("What is it for?"), several_lines(66), purpose_hint)
        promise_hint = _("For example: we will write to everyone by 13 December.")
        self.promise = Field(_("What do you promise?"), several_lines(66), promise_hint)
        self.venue = Field(_("Where?"), one_line(_("Public library, hall 2")))
        self.telephone = Field(_("Telephone for help"), one_line(_("01234 567890")), _("Phones show it under Help."))
        self.wifi = Field(_("The room’s Wi-Fi"), one_line(_("Hall Guest")))
        self.password = Field(_("Its password"), one_line(""))
        self.reveal = OneOf(
            _("When do people see each other’s notes?"), [(each, reveal_name(each)) for each in Reveal], Reveal.AT_ONCE
        )
        self.hold = box(_("Read every note first, before anyone sees it"), on=False)
        self._rows: list[QuestionRow] = []
        self._questions = QVBoxLayout()
        self._add = Button(_("Add a question"), icon="plus")
        self._add.clicked.connect(self._add_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_head())
        column.addLayout(self._body(), 1)
        column.addWidget(self._foot())
        self._append_row()
        self._label_rows()

    def focus_first(self) -> None:
        """Put the cursor where one begins."""
        self.title.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def filled(self) -> Filled | None:
        """What was filled in; None (and said beside the fields) where something is missing."""
        problems = {field: _problem(field, lines) for field, lines in self._limits().items()}
        if not self.title.text:
            problems[self.title] = _("Give the workshop a name.")
        if not any(row.field.text for row in self._rows):
            problems[self._rows[0].field] = _("Ask at least one question.")
        wifi = self._wifi()
        if wifi is not None:
            problems |= {self.wifi: wrong_name(wifi.name), self.password: wrong_password(wifi.password)}
        for field, problem in problems.items():
            field.say(problem)
        wrong = next((field for field, problem in problems.items() if problem), None)
        if wrong is not None:
            wrong.entry.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return Filled(
            title=self.title.text,
            host=self.host.text,
            purpose=self.purpose.text,
            promise=self.promise.text,
            venue=self.venue.text,
            telephone=self.telephone.text,
            wifi=wifi,
            questions=tuple(row.field.text for row in self._rows if row.field.text),
            reveal=self.reveal.value,
            hold=self.hold.isChecked(),
        )

    def _wifi(self) -> Wifi | None:
        """As it was typed: a password may begin with a space."""
        password = self.password.entry
        typed = password.text() if isinstance(password, QLineEdit) else ""
        return Wifi(self.wifi.text, typed) if self.wifi.text or typed else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and ctrl:
            self._make()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _limits(self) -> dict[Field, int]:
        """How many signs each field may hold."""
        lines = (self.title, *(row.field for row in self._rows), self.host, self.venue, self.telephone)
        return dict.fromkeys(lines, LINE_LIMIT) | dict.fromkeys((self.purpose, self.promise), NOTE_LIMIT)

    @Slot()
    def _make(self) -> None:
        filled = self.filled()
        if filled is not None:
            self.made.emit(filled)

    @Slot()
    def _add_row(self) -> None:
        row = self._append_row()
        self._label_rows()
        row.field.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append_row(self) -> QuestionRow:
        row = QuestionRow()
        row.removed.connect(self._remove_row)
        self._rows.append(row)
        self._questions.addWidget(row)
        return row

    @Slot(object)
    def _remove_row(self, row: QuestionRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self._label_rows()

    def _label_rows(self) -> None:
        for number, row in enumerate(self._rows, 1):
            row.set_place(number, alone=len(self._rows) == 1)
        self._add.setEnabled(len(self._rows) < QUESTION_LIMIT)
        foot = (self._cancel, self._make_button)
        stops = [stop for row in self._rows for stop in (row.field.entry, row.remove)]
        for before, after in pairwise([self._add, *stops, *self.reveal.buttons, self.hold, *foot]):
            QWidget.setTabOrder(before, after)

    def _body(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(_scrolling(self._left()), 11)
        row.addWidget(Rule(upright=True))
        row.addWidget(_scrolling(self._right()), 14)
        return row

    def _left(self) -> QFrame:
        page, column = _page()
        names = QGridLayout()
        names.setHorizontalSpacing(12)
        names.addWidget(self.title, 0, 0, Qt.AlignmentFlag.AlignTop)
        names.addWidget(self.host, 0, 1, Qt.AlignmentFlag.AlignTop)
        names.setColumnStretch(0, 5)
        names.setColumnStretch(1, 3)
        column.addLayout(names)
        column.addWidget(self.purpose)
        column.addWidget(self.promise)
        places = QGridLayout()
        places.setHorizontalSpacing(12)
        places.setVerticalSpacing(14)
        for at, field in enumerate((self.venue, self.telephone, self.wifi, self.password)):
            places.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        places.setColumnStretch(0, 5)
        places.setColumnStretch(1, 3)
        column.addLayout(places)
        column.addStretch(1)
        return page

    def _right(self) -> QFrame:
        page, column = _page()
        head = QHBoxLayout()
        head.addWidget(Label(_("Questions"), Text.SUBHEADING, bold=True))
        head.addStretch(1)
        head.addWidget(self._add)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addLayout(self._questions)
        column.addWidget(Rule())
        column.addWidget(self.reveal)
        column.addWidget(self.hold)
        column.addWidget(Label(_("You can change this for each question at any time."), tone=Tone.QUIET))
        column.addStretch(1)
        return page

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("part", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(12)
        row.addWidget(Label(_("It is kept on this laptop. No note is ever lost."), tone=Tone.SECOND), 1)
        self._cancel = Button(_("Cancel"), keys="Esc", kind=Kind.QUIET)
        self._cancel.clicked.connect(self.left)
        self._make_button = Button(_("Make the workshop"), keys="Ctrl+Return", kind=Kind.MAIN)
        self._make_button.clicked.connect(self._make)
        row.addWidget(self._cancel)
        row.addWidget(self._make_button)
        return foot


def one_line(example: str) -> QLineEdit:
    """A field of one line, with an example in it (the label stands above)."""
    entry = QLineEdit()
    entry.setPlaceholderText(example)
    return entry


def several_lines(height: int) -> QPlainTextEdit:
    """A field of several lines that Tab leaves."""
    entry = QPlainTextEdit()
    entry.setTabChangesFocus(True)
    entry.setFixedHeight(height)
    return entry


def _problem(field: Field, limit: int) -> str:
    over = len(field.text) - limit
    return _("That is too long by {n}. Make it shorter.").format(n=over) if over > 0 else ""


def _head() -> QFrame:
    head = QFrame()
    head.setProperty("part", "tools")
    row = QHBoxLayout(head)
    row.setContentsMargins(24, 14, 24, 14)
    row.addWidget(Label(_("New workshop"), Text.HEADING, bold=True))
    row.addStretch(1)
    return head


def _page() -> tuple[QFrame, QVBoxLayout]:
    page = QFrame()
    page.setProperty("part", "page")
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 18, 24, 18)
    column.setSpacing(14)
    return page, column


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
