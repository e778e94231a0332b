"""Why a note is hidden: its writer is told, and the record counts it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from core.base.ids import NoteId
from core.base.language import _, ngettext
from core.domain.events import Reason
from core.domain.words import LINE_LIMIT
from ui.dialogs.panel import Panel
from ui.parts import Button, Kind, Label, Tone


def reason_name(reason: Reason) -> str:
    """A reason, as the screen says it."""
    return {
        Reason.OFF_TOPIC: _("Off topic"),
        Reason.NAMES_SOMEONE: _("Names or accuses someone"),
        Reason.PERSONAL_FACTS: _("Phone, address or other personal facts"),
        Reason.HURTFUL: _("Hurtful words"),
        Reason.SAID_ALREADY: _("Said already"),
        Reason.OTHER: _("Other, type why"),
    }[reason]


class HideReasons(Panel):
    """1-6 choose a reason, Enter hides, Escape leaves the notes where they are."""

    decided = Signal(tuple, object, str)    # note ids, Reason, words typed for "other"

    def __init__(self, note_ids: tuple[NoteId, ...], window: QWidget) -> None:
        many = len(note_ids)
        super().__init__(ngettext("Hide this note: why?", "Hide {n} notes: why?", many).format(n=many), window, 460)
        self._note_ids = note_ids
        self._group = QButtonGroup(self)
        for number, reason in enumerate(Reason, 1):
            choice = QRadioButton(f"{number}   {reason_name(reason)}")
            choice.setAccessibleName(reason_name(reason))
            self._group.addButton(choice, number)
            self.column.addWidget(choice)
        self._words = QLineEdit()
        self._words.setMaxLength(LINE_LIMIT)
        self._words.setAccessibleName(_("Why, in your words"))
        self._words.setPlaceholderText(_("Why, in your words"))
        self._words.returnPressed.connect(self._decide)
        self._group.idToggled.connect(self._show_words)
        self.column.addWidget(self._words)
        told = _("The writer is told why. The note stays in the log, and you can show it again.")
        self.column.addWidget(Label(told, tone=Tone.SECOND, wrap=True))
        self.column.addLayout(self._buttons())
        self._group.button(1).setChecked(True)
        self._words.hide()

    def open(self) -> None:
        """Show it, with the first reason under the keyboard."""
        super().open()
        self._group.button(1).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._decide()
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_6 and not self._words.hasFocus():
            self._choose(event.key() - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def _choose(self, number: int) -> None:
        button = self._group.button(number)
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._reason() is Reason.OTHER:
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reason(self) -> Reason:
        return tuple(Reason)[self._group.checkedId() - 1]

    @Slot(int, bool)
    def _show_words(self, number: int, is_on: bool) -> None:
        if is_on:
            self._words.setVisible(self._reason() is Reason.OTHER)
            self.adjustSize()

    @Slot()
    def _decide(self) -> None:
        because = self._words.text() if self._reason() is Reason.OTHER else ""
        self.leave()
        self.decided.emit(self._note_ids, self._reason(), because)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        hide = Button(_("Hide"), keys="Return", kind=Kind.MAIN)
        hide.clicked.connect(self._decide)
        cancel = Button(_("Do not hide"), keys="Esc", kind=Kind.QUIET)
        cancel.clicked.connect(self.leave)
        row.addWidget(hide)
        row.addWidget(cancel)
        row.addStretch(1)
        return row
