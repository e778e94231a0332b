"""At the foot of the people: at which table the writer of the chosen note sits, and the button to say so."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QVBoxLayout

from core.base.language import _
from core.domain.preparing import table_name
from ui.acting.selection import Selection
from ui.bridge import Bridge
from ui.look.parts import Button, Label, Tone
from ui.look.theme import Text


class Seat(QFrame):
    """Away while there is no chosen note that somebody wrote. Who it is is not said."""

    def __init__(self, bridge: Bridge, selection: Selection, seat: QAction) -> None:
        super().__init__()
        self._bridge, self._selection, self._seat = bridge, selection, seat
        self._told = Label("", Text.SMALL, tone=Tone.SECOND, wrap=True)
        self._button = Button(_("At a table…"), icon="people", height=30)
        self._button.clicked.connect(seat.trigger)
        seat.changed.connect(self._allow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._told)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        selection.chosen_changed.connect(self.show_now)
        selection.focus_changed.connect(self.show_now)
        bridge.changed.connect(self.show_now)
        bridge.was_reset.connect(self.show_now)
        self._allow()
        self.show_now()

    @Slot()
    def _allow(self) -> None:
        self._button.setEnabled(self._seat.isEnabled())
        self._button.setToolTip(self._seat.toolTip())

    @Slot()
    def show_now(self) -> None:
        """The writer of what is chosen now, where that is one person."""
        board = self._bridge.board
        found = (board.notes.get(each) for each in self._selection.acted_on)
        people = {note.contributor for note in found if note is not None} - {None}
        self.setVisible(len(people) == 1)
        if len(people) == 1:
            (who,) = people
            table = board.table(who)
            self._told.setText(
                _("Nobody has said where the writer of this note sits.")
                if table is None
                else _("The writer of this note sits at: {table}").format(table=table_name(table))
            )
