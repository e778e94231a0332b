"""A new workshop from the form; and a change to one that is open, in the same form over its board."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent
from PySide6.QtWidgets import QWidget

from core.base.language import _
from core.base.wifi import Wifi
from core.domain.planning import Plan
from ui.dialogs.panel import EDGE, Panel
from ui.planner.about import About, RoomWifi
from ui.planner.form import Wording, WorkshopForm

WIDEST = 1400


class NewWorkshopForm(WorkshopForm):
    """A screen of its own. `put_aside` tells of what is filled in when something else takes its place."""

    made = Signal(object, object)         # Plan, Wifi or None
    put_aside = Signal(object, object)    # the same, as far as it is filled in

    def __init__(self, today: date, begin: Plan, wifi: Wifi | None) -> None:
        safe = _("You can change all of this later, even while people write. No note is ever lost.")
        room = RoomWifi(wifi)
        super().__init__(Wording(_("New workshop"), _("Make the workshop"), safe), About(today, room))
        self._room = room
        self.show_plan(begin)
        self.kept.connect(lambda plan: self.made.emit(plan, self._room.wifi))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.put_aside.emit(self.plan, self._room.wifi)


class ChangeWorkshop(Panel):
    """Over the board, as large as the window lets it be. `changed` tells of both plans; `put_aside` of what was filled
    in, when it is left without keeping it."""

    changed = Signal(object, object)    # Plan as it was, Plan as it is to be
    put_aside = Signal(object, object)

    def __init__(self, was: Plan, begin: Plan, today: date, window: QWidget) -> None:
        super().__init__(_("Change the workshop"), window, WIDEST, titled=False)
        self._was, self._is_kept = was, False
        safe = _("People can go on writing. A question that you take out keeps its notes.")
        self.form = WorkshopForm(Wording(_("Change the workshop"), _("Keep the changes"), safe), About(today))
        self.form.show_plan(begin)
        self.form.kept.connect(self._on_kept)
        self.form.left.connect(self.leave)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.addWidget(self.form)

    def open(self) -> None:
        """Show it, with the cursor where one begins."""
        super().open()
        self.form.focus_first()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_kept:
            self.put_aside.emit(self._was, self.form.plan)
        super().closeEvent(event)

    @Slot(object)
    def _on_kept(self, plan: Plan) -> None:
        self._is_kept = True
        self.changed.emit(self._was, plan)
        self.leave()

    def _centre(self) -> None:
        room = self.parentWidget()
        if room is not None:
            self.setFixedSize(min(WIDEST, room.width() - 2 * EDGE), room.height() - 2 * EDGE)
            self.move((room.width() - self.width()) // 2, EDGE)
