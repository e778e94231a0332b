"""A small question: at which table the writer of a note sits."""

from PySide6.QtWidgets import QWidget

from core.base.ids import ContributorId
from core.base.language import _
from core.domain.board import Board
from ui.acting.conduct import Conduct
from ui.dialogs.form import FormPanel, labelled, number
from ui.look.parts import Label, Tone

TABLES_AT_MOST = 999


class SeatPanel(FormPanel):
    """Nought stands for not known. Who it is is not said."""

    def __init__(self, board: Board, who: ContributorId, conduct: Conduct, window: QWidget) -> None:
        super().__init__(_("Where does the writer sit?"), window, 400)
        self._who, self._conduct = who, conduct
        self.table = number(_("Table"), board.table(who) or 0, least=0, most=TABLES_AT_MOST, none=_("not known"))
        self.column.addLayout(labelled(_("Table"), self.table))
        why = _("It helps to see whether each table is heard. No name is shown.")
        self.column.addWidget(Label(why, tone=Tone.SECOND, wrap=True))
        self.finish(_("Keep"))
        self.first = self.table

    def keep(self) -> bool:
        """Write it down."""
        self._conduct.seat(self._who, self.table.value() or None)
        return True
