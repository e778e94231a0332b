"""“Join with”: a small panel to find the note that says the same, by a few letters of it."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QWidget

from core.base.ids import NoteId
from core.base.language import _, ngettext
from core.domain.board import Board, Note
from ui.acting.conduct import Conduct
from ui.picking.panel import ChoicePanel
from ui.pictures import words_of

ROW = 32
MOST_ROWS = 100


class MergeWith(ChoicePanel):
    """Lives while it is open. All notes of one question can be found, the chosen ones among them only where there are
    several: then one of them stands for all."""

    def __init__(self, over: QWidget, board: Board, notes: Sequence[NoteId], conduct: Conduct) -> None:
        title = ngettext("Join {n} note with", "Join {n} notes with", len(notes)).format(n=len(notes))
        super().__init__(over, title, _("leave them"), _("Words of the note to join with"))
        self._board, self._notes, self._conduct = board, tuple(notes), conduct
        self._found: list[NoteId] = []
        self._model = QStringListModel(self)
        self.field.setPlaceholderText(_("Type words of the note that says the same"))
        self.list.setModel(self._model)
        self.list.setAccessibleName(_("Notes"))
        self.field.textChanged.connect(self._narrow)
        self._narrow("")

    def chosen(self, row: int) -> None:
        if row < len(self._found):
            self._conduct.merge(self._notes, self._found[row])

    def _narrow(self, typed: str) -> None:
        found = self._candidates(typed.strip().casefold())[:MOST_ROWS]
        self._found = [note.id for note in found]
        self._model.setStringList([_one_line(self._board, note) for note in found])
        self.list.setCurrentIndex(self._model.index(0, 0))
        self.fit_list(max(1, len(found)) * ROW)

    def _candidates(self, wanted: str) -> list[Note]:
        """The chosen notes first, then the others as they came."""
        question = self._board.notes[self._notes[0]].question
        notes = self._board.notes_of(question)
        chosen = [note for note in notes if note.id in self._notes] if len(self._notes) > 1 else []
        others = [note for note in notes if note.id not in self._notes]
        return [note for note in (*chosen, *others) if wanted in self._board.text_of(note).casefold()]


def _one_line(board: Board, note: Note) -> str:
    return " ".join(words_of(board, note).split())
