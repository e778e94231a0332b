"""The answer to a live question, in words."""

from PySide6.QtWidgets import QWidget

from core.base.ids import NoteId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.words import ANSWER_LIMIT, tidy
from ui.acting.conduct import Conduct
from ui.dialogs.form import FormPanel, labelled
from ui.look.parts import Label, Tone
from ui.planner.fields import several_lines


class AnswerPanel(FormPanel):
    """Begins with the answer as it is; an empty one takes it back."""

    def __init__(self, board: Board, note: NoteId, conduct: Conduct, window: QWidget) -> None:
        super().__init__(_("Write the answer"), window, 560)
        self._note, self._conduct = note, conduct
        asked = Label(board.text_of(board.notes[note]), tone=Tone.SECOND, wrap=True)
        self.text = several_lines(150)
        self.text.setPlainText(board.answer(note))
        self.text.setAccessibleName(_("The answer"))
        self._problem = Label("", tone=Tone.BAD, wrap=True)
        self._problem.hide()
        self.column.addWidget(asked)
        self.column.addLayout(labelled(_("The answer"), self.text))
        self.column.addWidget(Label(_("Whoever asked can read it, and so can everybody who sees the question."),
                                    tone=Tone.QUIET, wrap=True))  # fmt: skip
        self.column.addWidget(self._problem)
        self.finish(_("Keep the answer"))
        self.first = self.text

    def keep(self) -> bool:
        """Keep it, where it is not too long."""
        text = tidy(self.text.toPlainText())
        over = len(text) - ANSWER_LIMIT
        if over > 0:
            told = ngettext("That is {n} letter too long.", "That is {n} letters too long.", over)
            self._problem.setText(told.format(n=over))
            self._problem.show()
            return False
        self._conduct.answer(self._note, text)
        return True
