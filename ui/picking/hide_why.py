"""“Hide, with a reason” and “Hold, with a reason”: the reasons by number, and a line for one's own."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.base.ids import NoteId
from core.base.language import _, ngettext
from core.domain.terms import Reason
from ui.picking.panel import ChoicePanel
from ui.words.names import reason_name

OF_THE_DOOR = (Reason.READ_FIRST, Reason.BURST)
REASONS: tuple[Reason, ...] = tuple(reason for reason in Reason if reason not in OF_THE_DOOR)
ROW = 32


class Decides(Protocol):
    """Who carries out what was chosen."""

    def hide(self, notes: Sequence[NoteId], reason: Reason, because: str = "") -> None:
        """Take notes off the board; their writers see why."""

    def hold(self, notes: Sequence[NoteId], reason: Reason) -> None:
        """Keep notes back."""


class HideWhy(ChoicePanel):
    """Lives while it is open. 1 to 6 hide at once, Enter hides with the marked reason and the words typed."""

    reasons: tuple[Reason, ...] = REASONS

    def __init__(self, over: QWidget, notes: Sequence[NoteId], acts: Decides) -> None:
        title, way_out = self.asked(len(notes))
        super().__init__(over, title, way_out, _("Why, in your own words"))
        self._notes = tuple(notes)
        self._acts = acts
        rows = [f"{number}   {_row(reason)}" for number, reason in enumerate(self.reasons, 1)]
        self.field.setPlaceholderText(_("Its writer can read why. Add words if you like."))
        self.list.setModel(QStringListModel(rows, self))
        self.list.setAccessibleName(_("Reasons"))
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.fit_list(len(rows) * ROW)

    def asked(self, count: int) -> tuple[str, str]:
        """The question, and what Escape does."""
        title = ngettext("Hide {n} note: why?", "Hide {n} notes: why?", count).format(n=count)
        return title, _("do not hide")

    def chosen(self, row: int) -> None:
        self._acts.hide(self._notes, self.reasons[row], self.field.text().strip())

    def other_key(self, event: QKeyEvent) -> bool:
        number = event.key() - Qt.Key.Key_1
        if self.field.text() or not 0 <= number < len(self.reasons):
            return False
        if self.reasons[number] is Reason.OTHER:    # its words come first
            self.list.setCurrentIndex(self.list.model().index(number, 0))
        else:
            self.take(number)
        return True


class HoldWhy(HideWhy):
    """The same for keeping notes back until somebody has looked; what is typed is not kept, the reason says enough."""

    reasons = (*REASONS[:-1], Reason.READ_FIRST)

    def __init__(self, over: QWidget, notes: Sequence[NoteId], acts: Decides) -> None:
        super().__init__(over, notes, acts)
        self.field.setReadOnly(True)
        self.field.setPlaceholderText(_("Choose with the arrows or a number."))
        self.field.setAccessibleName(_("Reasons"))

    def asked(self, count: int) -> tuple[str, str]:
        return ngettext("Hold {n} note: why?", "Hold {n} notes: why?", count).format(n=count), _("do not hold")

    def chosen(self, row: int) -> None:
        self._acts.hold(self._notes, self.reasons[row])


def _row(reason: Reason) -> str:
    return _("Other, type why") if reason is Reason.OTHER else reason_name(reason)
