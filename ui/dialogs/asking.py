"""How a question is asked: when notes are seen, who is named, what may be sent, when it opens. One act, one undo."""

from datetime import datetime

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.base.clock import from_milliseconds
from core.base.ids import QuestionId
from core.base.language import _
from core.domain.board import Board
from core.domain.terms import Asking, Naming, NoteKind, Reveal
from core.domain.values import changed
from core.domain.words import LINE_LIMIT
from ui.acting.conduct import Conduct
from ui.dialogs.form import BESIDE, AnyOf, FormPanel, OneOf, box, labelled, number
from ui.look.parts import Label, Tone
from ui.words.names import kind_name, naming_name, reveal_name

MINUTES_AT_MOST = 240
TIME_FORMAT = "d MMM yyyy, HH:mm"


class Moment(QWidget):
    """A time that may be set or not."""

    def __init__(self, words: str, time: int | None) -> None:
        super().__init__()
        self._box = box(words, on=time is not None)
        moment = from_milliseconds(time).astimezone() if time is not None else datetime.now().astimezone()
        self._edit = QDateTimeEdit(QDateTime.fromSecsSinceEpoch(int(moment.timestamp()) // 60 * 60))
        self._edit.lineEdit().setTextMargins(BESIDE, 0, 0, 0)
        self._edit.setDisplayFormat(TIME_FORMAT)
        self._was, self._shown = time, self._edit.text()
        self._edit.setAccessibleName(words)
        self._edit.setEnabled(time is not None)
        self._box.toggled.connect(self._edit.setEnabled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box)
        row.addWidget(self._edit, 1)

    @property
    def time(self) -> int | None:
        """Milliseconds since 1970; None where none is set. The field shows whole minutes, and the hour that comes twice
        when the clocks go back only once: what was not changed is as it was."""
        if self._box.isChecked() and self._was is not None and self._edit.text() == self._shown:
            return self._was
        return self._edit.dateTime().toMSecsSinceEpoch() if self._box.isChecked() else None


class AskingPanel(FormPanel):
    """Begins with how the question is asked now."""

    def __init__(self, board: Board, question: QuestionId, conduct: Conduct, window: QWidget) -> None:
        super().__init__(_("How this question is asked"), window, 760)
        self._question, self._conduct = question, conduct
        self._was = asking = board.asking(question)
        self.column.addWidget(Label(board.text(board.questions[question].words), tone=Tone.SECOND, wrap=True))
        self.reveal = OneOf(
            _("When do people see each other’s notes?"), [(each, reveal_name(each)) for each in Reveal], asking.reveal
        )
        self.namings = AnyOf(
            _("How may people be shown?"), [(each, naming_name(each)) for each in Naming], asking.namings
        )
        self.kinds = AnyOf(
            _("What kinds of note may they choose from? None: they are not asked."),
            [(each, kind_name(each)) for each in NoteKind], asking.kinds, across=True,
        )  # fmt: skip
        self.hold, self.counts, self.pictures, self.live = self._boxes(asking)
        self.plain = QLineEdit(board.text(asking.plain))
        self.plain.setMaxLength(LINE_LIMIT)
        self.plain.setAccessibleName(_("The question in plain words"))
        self.plain.setPlaceholderText(_("Short words, one thing at a time"))
        self.minutes = number(
            _("Minutes people are told they have"), asking.minutes, least=0, most=MINUTES_AT_MOST, none=_("Not told")
        )
        self.opens, self.closes = Moment(_("Opens on"), asking.opens), Moment(_("Closes on"), asking.closes)
        self._problem = Label("", tone=Tone.BAD, wrap=True)
        self._problem.hide()
        self._lay_out()
        self.first = self.reveal.focus()

    def keep(self) -> bool:
        """Ask it this way from now on."""
        asking = self.filled()
        if asking.opens is not None and asking.closes is not None and asking.opens >= asking.closes:
            return self._wrong(_("It closes before it opens. Choose a later time to close."))
        if not asking.namings:
            return self._wrong(_("Tick at least one way for people to be shown."))
        if asking != self._was or self.plain.isModified():
            self._conduct.ask(self._question, asking, self.plain.text())
        return True

    def filled(self) -> Asking:
        """How the question is to be asked; its plain words apart."""
        return changed(
            self._was,
            reveal=self.reveal.value,
            hold=self.hold.isChecked(),
            counts=self.counts.isChecked(),
            kinds=self.kinds.values,
            namings=self.namings.values,
            pictures=self.pictures.isChecked(),
            live=self.live.isChecked(),
            minutes=self.minutes.value(),
            opens=self.opens.time,
            closes=self.closes.time,
        )

    def _boxes(self, asking: Asking) -> tuple[QCheckBox, QCheckBox, QCheckBox, QCheckBox]:
        return (
            box(_("Read every note first, before anyone sees it"), on=asking.hold),
            box(_("Tell people how many notes there are"), on=asking.counts),
            box(_("Pictures may be sent"), on=asking.pictures),
            box(_("Live: people ask, a panel answers"), on=asking.live),
        )

    def _lay_out(self) -> None:
        rules = QVBoxLayout()
        rules.setSpacing(0)
        for each in (self.hold, self.counts, self.pictures, self.live):
            rules.addWidget(each)
        rules.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        left = QVBoxLayout()
        left.addWidget(self.reveal)
        left.addStretch(1)
        grid.addLayout(left, 0, 0)
        grid.addWidget(self.namings, 0, 1)
        grid.addLayout(rules, 1, 0)
        times = QVBoxLayout()
        times.setSpacing(6)
        times.addWidget(self.opens)
        times.addWidget(self.closes)
        times.addStretch(1)
        grid.addLayout(times, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.column.addWidget(self.kinds)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(labelled(_("The question in plain words"), self.plain), 3)
        row.addLayout(labelled(_("Minutes people are told they have"), self.minutes), 2)
        self.column.addLayout(row)
        self.column.addWidget(self._problem)
        self.finish(_("Ask it this way"))

    def _wrong(self, problem: str) -> bool:
        self._problem.setText(problem)
        self._problem.show()
        self._centre()
        return False
