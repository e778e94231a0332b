"""Which notes are chosen, which has the focus, which question is looked at: one for board and outline."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from core.base.ids import NoteId, QuestionId, ThemeId
from core.domain.board import Board, NoteState


class Selection(QObject):
    """Ids only. Each signal comes once a change, and only where something changed."""

    chosen_changed = Signal()
    focus_changed = Signal()
    question_changed = Signal()
    found_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.chosen: tuple[NoteId, ...] = ()      # in the order in which they were chosen
        self.focus: NoteId | None = None
        self.theme: ThemeId | None = None    # has the focus while no note has
        self.question: QuestionId | None = None
        self.found: frozenset[NoteId] | None = None    # None: nothing is looked for

    @property
    def acted_on(self) -> tuple[NoteId, ...]:
        """The notes that a command acts on: the chosen ones, or else the one with the focus."""
        return self.chosen or ((self.focus,) if self.focus else ())

    def choose(self, notes: Iterable[NoteId]) -> None:
        """Choose these and no others."""
        chosen = tuple(dict.fromkeys(notes))
        if chosen != self.chosen:
            self.chosen = chosen
            self.chosen_changed.emit()

    def add(self, notes: Iterable[NoteId]) -> None:
        """Choose these too."""
        self.choose((*self.chosen, *notes))

    def toggle(self, note: NoteId) -> None:
        """Choose a note, or choose it no more."""
        others = [each for each in self.chosen if each != note]
        self.choose(others if note in self.chosen else (*self.chosen, note))

    def clear(self) -> None:
        """Choose none."""
        self.choose(())

    def set_focus(self, note: NoteId | None) -> None:
        """Give one note the focus of the keyboard."""
        self._set_focus(note, None)

    def set_theme(self, theme: ThemeId | None) -> None:
        """Give a theme the focus of the keyboard, with no note chosen."""
        self.clear()
        self._set_focus(None, theme)

    def _set_focus(self, note: NoteId | None, theme: ThemeId | None) -> None:
        if (note, theme) != (self.focus, self.theme):
            self.focus, self.theme = note, theme
            self.focus_changed.emit()

    def set_found(self, notes: frozenset[NoteId] | None) -> None:
        """These were found, and are lit; None: nothing is looked for."""
        if notes != self.found:
            self.found = notes
            self.found_changed.emit()

    def set_question(self, question: QuestionId | None) -> None:
        """Look at another question, with nothing chosen."""
        if question == self.question:
            return
        self.clear()
        self.set_focus(None)
        self.question = question
        self.question_changed.emit()

    def forget_gone(self, board: Board) -> None:
        """Drop what was withdrawn or erased, and begin with the first question where there was none."""
        self.choose(note for note in self.chosen if _is_there(board, note))
        if self.focus is not None and not _is_there(board, self.focus):
            self.set_focus(None)
        if self.theme is not None and (self.theme not in board.themes or board.themes[self.theme].removed):
            self.set_theme(None)
        if self.question not in board.questions:
            asked = board.questions_in_order()
            self.set_question(asked[0].id if asked else None)


def _is_there(board: Board, note_id: NoteId) -> bool:
    note = board.notes.get(note_id)
    return note is not None and note.state not in (NoteState.WITHDRAWN, NoteState.ERASED)
