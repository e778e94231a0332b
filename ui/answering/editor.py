"""The editor of an answer: what came of it, the words, who and by when, a reason where we cannot; and how it reads."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout

from core.base.clock import Clock
from core.base.days import day_words
from core.base.language import _
from core.domain.answering import GiveReply, told
from core.domain.board import Board
from core.domain.terms import Status
from core.domain.words import ANSWER_LIMIT, LINE_LIMIT, tidy
from ui.answering.grading import told_grade
from ui.answering.told import before, context, heading, reaches
from ui.dialogs.form import OneOf
from ui.look.parts import Button, Kind, Label, Rule, Tone
from ui.look.theme import Text
from ui.planner.fields import Field, one_line, several_lines, too_long
from ui.words.days import NoSuchDay, read_day
from ui.words.names import status_name


class ReplyEditor(QFrame):
    """Ctrl+Enter keeps the answer, Escape goes back to the list. What was typed and not kept is `draft`."""

    kept = Signal(object)    # GiveReply
    back_wanted = Signal(str)    # the subject of a reply that is taken back
    left = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setProperty("part", "plain")
        self._clock = clock
        self._stands = GiveReply(subject="")
        self.is_english = True
        self._heading = Label("", Text.PANE_TITLE, bold=True, wrap=True)
        self._reaches = Label("", tone=Tone.SECOND, wrap=True)
        self._context = _read_only(_("What it is about"), 96)
        statuses = [(each, status_name(each)) for each in Status]
        self.status = OneOf(_("What came of it"), statuses, Status.HEARD, across=True)
        self.because = Field(_("Because"), several_lines(54), _("People can live with a no that has a reason."))
        self.text = Field(_("Your answer"), several_lines(92))
        self._grade = Label("", Text.SMALL, wrap=True)
        self.who = Field(_("Who decides or does it"), one_line(""))
        self.by = Field(_("By when, or when they hear next"), one_line(_("12 May")))
        self._keep = Button(_("Keep the answer"), keys="Ctrl+Return", kind=Kind.MAIN)
        self._take_back = Button(_("Take it back"), kind=Kind.QUIET)
        self._before_title = Label(_("What people were told until now"), bold=True)
        self._before = _read_only(_("What people were told until now"), 80)
        self._lay_out()
        self._connect()

    def show_subject(self, board: Board, subject: str, draft: GiveReply | None) -> None:
        """The answer to this, as it stands or as it was left half done."""
        self._stands = told(board, subject)
        self.show_about(board)
        self._fill(draft or self._stands)

    def show_about(self, board: Board) -> None:
        """What stands around the fields, as it is now."""
        subject = self._stands.subject
        self._stands = told(board, subject)
        self.is_english = board.workshop is None or board.workshop.language == "en"
        self._heading.setText(heading(board, subject))
        self._reaches.setText(reaches(board, subject))
        _show_text(self._context, context(board, subject))
        earlier = before(board, subject)
        _show_text(self._before, earlier)
        self._before_title.setVisible(bool(earlier))
        self._take_back.setVisible(bool(earlier) and board.reply(subject) is not None)

    @property
    def draft(self) -> GiveReply | None:
        """What was typed, where it is other than what stands."""
        typed = replace(
            self._stands, status=self.status.value, text=self.text.text, who=self.who.text, by=self._day(),
            because=self.because.text if self.status.value is Status.CANNOT else "",
        )  # fmt: skip
        return None if typed == self._stands else typed

    @Slot()
    def keep(self) -> None:
        """Keep it, where nothing is missing; else say so at the field."""
        wrong = self._problems()
        for field, problem in wrong.items():
            field.say(problem)
        missing = next((field for field, problem in wrong.items() if problem), None)
        if missing is not None:
            missing.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (draft := self.draft) is not None:
            self.kept.emit(draft)
        else:
            self.left.emit()

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        self.status.focus().setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and ctrl:
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _problems(self) -> dict[Field, str]:
        cannot = self.status.value is Status.CANNOT
        no_reason = _("Say why, in plain words.") if cannot and not self.because.text else ""
        no_words = "" if cannot or self.text.text else _("Say what you will do, or why you cannot.")
        return {
            self.because: no_reason or too_long(self.because, ANSWER_LIMIT),
            self.text: no_words or too_long(self.text, ANSWER_LIMIT),
            self.who: too_long(self.who, LINE_LIMIT),
            self.by: self._day_problem(),
        }

    def _fill(self, shown: GiveReply) -> None:
        self.status.choose(shown.status)
        self.because.fill(shown.because)
        self.text.fill(shown.text)
        self.who.fill(shown.who)
        self.by.fill(day_words(date.fromordinal(shown.by)) if shown.by else "")
        for field in (self.because, self.text, self.who, self.by):
            field.say("")
        self._follow()

    @property
    def _today(self) -> date:
        return self._clock().astimezone().date()

    def _day(self) -> int | None:
        try:
            day = read_day(self.by.text, self._today)
        except NoSuchDay:
            return None
        return day.toordinal() if day else None

    def _day_problem(self) -> str:
        try:
            read_day(self.by.text, self._today)
        except NoSuchDay as error:
            return f"{error} {error.advice}"
        return ""

    @Slot()
    def _follow(self) -> None:
        """The reason is asked for only where we cannot; the grade is that of what people will read."""
        cannot = self.status.value is Status.CANNOT
        self.because.setVisible(cannot)
        read = " ".join(filter(None, (self.because.text if cannot else "", self.text.text)))
        words, tone = told_grade(tidy(read)) if self.is_english else ("", Tone.QUIET)
        self._grade.setText(words)
        self._grade.set_tone(tone)
        self._grade.setVisible(bool(words))

    @Slot()
    def _on_take_back(self) -> None:
        self.back_wanted.emit(self._stands.subject)

    def _connect(self) -> None:
        for button in self.status.buttons:
            button.toggled.connect(self._follow)
        for field in (self.because, self.text):
            if isinstance(field.entry, QPlainTextEdit):
                field.entry.textChanged.connect(self._follow)
        self._keep.clicked.connect(self.keep)
        self._take_back.clicked.connect(self._on_take_back)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(8)
        for widget in (self._heading, self._reaches, self._context, self.status, self.because, self.text, self._grade):
            column.addWidget(widget)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.who, 1)
        line.addWidget(self.by, 1)
        column.addLayout(line)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._take_back)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(Rule())
        column.addWidget(self._before_title)
        column.addWidget(self._before)
        column.addStretch(1)


def _read_only(name: str, height: int) -> QPlainTextEdit:
    """Text that can be read with the keyboard and is not changed here."""
    shown = several_lines(height)
    shown.setReadOnly(True)
    shown.setAccessibleName(name)
    shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return shown


def _show_text(shown: QPlainTextEdit, text: str) -> None:
    if text != shown.toPlainText():
        shown.setPlainText(text)
    shown.setVisible(bool(text))
