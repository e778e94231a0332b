"""Is all ready? One line for each thing that must be so, and under it what to do where it is not."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.base.language import _
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Icon, Kind, Label, Tone
from ui.look.theme import Text
from ui.watching.laptop import Check

Look = Callable[[Callable[[Sequence[Check]], None]], None]
"""Looks at everything, and tells what it found."""


class ReadyPanel(Panel):
    """Looks when it opens and when it is asked to."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(_("Is all ready?"), window, 600)
        self._look = look
        self._told = Label(_("Looking…"), tone=Tone.SECOND, wrap=True)
        self.column.addWidget(self._told)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        self.column.addLayout(self._lines)
        self.again = Button(_("Look again"), kind=Kind.MAIN)
        self.again.clicked.connect(self.look)
        close = Button(_("Close"), keys="Esc", kind=Kind.QUIET)
        close.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.again, close):
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def open(self) -> None:
        """Show it, and look."""
        super().open()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    @Slot()
    def look(self) -> None:
        """See what is so now."""
        self._look(self.show_checks)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """What was found."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for check in checks:
            line = _line(check)
            self._lines.addWidget(line)
            line.show()    # what is not shown yet takes no room when the panel is made to fit
        is_ready = all(check.good for check in checks)
        self._told.setText(_("All is ready.") if is_ready else _("Most of this can wait. Do what you can."))
        self._centre()


def _line(check: Check) -> QFrame:
    line = QFrame()
    line.setAccessibleName(" ".join(filter(None, (check.text, check.todo))))
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    mark = Icon("check", "good") if check.good else Icon("warning", "warn")
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(check.text, bold=not check.good, wrap=True))
    if check.todo:
        words.addWidget(Label(check.todo, Text.BASE, tone=Tone.SECOND, wrap=True))
    row.addLayout(words, 1)
    return line
