"""“Hide, with a reason”: the reasons by number, and a line for one's own."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.base.ids import NoteId
from core.base.language import _, ngettext
from core.domain.terms import Reason
from ui.acts import Acts
from ui.panel import ChoicePanel

REASONS = tuple(reason for reason in Reason if reason not in (Reason.READ_FIRST, Reason.BURST))    # the door's own
ROW = 32


def reason_name(reason: Reason) -> str:
    """A reason as it is read at the desk."""
    names = {
        Reason.OFF_TOPIC: _("Off topic"),
        Reason.NAMES_SOMEONE: _("Names or accuses someone"),
        Reason.PERSONAL_FACTS: _("Phone, address or other personal facts"),
        Reason.HURTFUL: _("Hurtful words"),
        Reason.SAID_ALREADY: _("Said already"),
        Reason.READ_FIRST: _("Waits to be read"),
        Reason.BURST: _("Came in a burst from one place"),
        Reason.OTHER: _("Other, type why"),
    }
    return names[reason]


class HideWhy(ChoicePanel):
    """Lives while it is open. 1 to 6 hide at once, Enter hides with the marked reason and the words typed."""

    def __init__(self, over: QWidget, notes: Sequence[NoteId], acts: Acts) -> None:
        title = ngettext("Hide {n} note: why?", "Hide {n} notes: why?", len(notes)).format(n=len(notes))
        super().__init__(over, title, _("do not hide"), _("Why, in your own words"))
        self._notes = tuple(notes)
        self._acts = acts
        rows = [f"{number}   {reason_name(reason)}" for number, reason in enumerate(REASONS, 1)]
        self.field.setPlaceholderText(_("Its writer can read why. Add words if you like."))
        self.list.setModel(QStringListModel(rows, self))
        self.list.setAccessibleName(_("Reasons"))
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.fit_list(len(rows) * ROW)

    def chosen(self, row: int) -> None:
        self._acts.hide(self._notes, REASONS[row], self.field.text().strip())

    def other_key(self, event: QKeyEvent) -> bool:
        number = event.key() - Qt.Key.Key_1
        if self.field.text() or not 0 <= number < len(REASONS):
            return False
        if REASONS[number] is Reason.OTHER:    # its words come first
            self.list.setCurrentIndex(self.list.model().index(number, 0))
        else:
            self.take(number)
        return True
