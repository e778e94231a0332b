"""Suggestions of themes at the desk: found beside the screen's thread, shown until they are taken or left."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from core.base.bidi import isolated
from core.base.ids import NoteId, QuestionId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.sense.taking import TakeUp, still_open
from core.sense.themes import Suggestion, Way, suggest
from core.session import Saved
from ui.acting.selection import Selection
from ui.bridge import Bridge
from ui.jobs import Jobs
from ui.words.names import notes_count


class Suggesting(QObject):
    """`open` are those that nobody has taken or left. `told` says what came of it."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, bridge: Bridge, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._selection = bridge, selection
        self._jobs = Jobs(self)
        self.open: tuple[Suggestion, ...] = ()
        self.current = 0
        self._question: QuestionId | None = None
        self._links = [
            bridge.changed.connect(self._follow),
            bridge.was_reset.connect(self._follow),
            selection.question_changed.connect(self.leave_all),
        ]

    def close(self) -> None:
        """Hear nothing more."""
        for link in self._links:
            QObject.disconnect(link)
        self._links = []
        self._jobs.close()

    def begin(self) -> None:
        """Look for themes among the loose notes of the question; what was suggested before goes."""
        question = self._selection.question
        if question is None or not self._bridge.may_act():
            return
        board = self._bridge.board
        self._question = question
        self._jobs.run(lambda: suggest(board, question), lambda found: self._show(question, found))

    def choose(self, number: int) -> None:
        """Look at one of them."""
        if self.open and number != self.current:
            self.current = max(0, min(number, len(self.open) - 1))
            self.changed.emit()

    def take(self, number: int) -> None:
        """Do what one says."""
        if number < len(self.open):
            self._take((self.open[number],))

    def take_all(self) -> None:
        """Do what all say: one undo takes all of it back."""
        self._take(self.open)

    def leave(self, number: int, note: NoteId | None = None) -> None:
        """Let one go, or one of its notes."""
        if number >= len(self.open):
            return
        each = self.open[number]
        kept = each.only(set(each.notes) - {note}) if note is not None else each.only(())
        self._set((*self.open[:number], *((kept,) if kept.notes else ()), *self.open[number + 1 :]))

    @Slot()
    def leave_all(self) -> None:
        """Let all of them go."""
        self._question = None
        self._set(())

    def _show(self, question: QuestionId, found: tuple[Suggestion, ...]) -> None:
        if question != self._question:
            return
        self.current = 0
        self._set(still_open(self._bridge.board, question, found))
        count = len(self.open)
        said = ngettext("{n} suggestion", "{n} suggestions", count).format(n=count)
        self.told.emit(said if count else _("No notes were found that share enough words."))

    def _take(self, suggestions: tuple[Suggestion, ...]) -> None:
        if self._question is not None and suggestions:
            self._bridge.do(TakeUp(self._question, suggestions), lambda saved: self._say(saved, len(suggestions)))

    def _say(self, saved: Saved, count: int) -> None:
        if saved.events:
            self.told.emit(ngettext("{n} suggestion taken.", "{n} suggestions taken.", count).format(n=count))

    @Slot()
    def _follow(self) -> None:
        """What somebody has placed meanwhile is suggested no more."""
        if self.open and self._question is not None:
            self._set(still_open(self._bridge.board, self._question, self.open))

    def _set(self, suggestions: tuple[Suggestion, ...]) -> None:
        if suggestions != self.open:
            self.open = suggestions
            self.current = max(0, min(self.current, len(suggestions) - 1))
            self.changed.emit()


def title_of(board: Board, suggestion: Suggestion) -> str:
    """What would be done."""
    if suggestion.way is Way.ON_THEIR_OWN:
        return _("On their own")
    if suggestion.way is Way.NEW_THEME:
        return _("New theme “{name}”").format(name=isolated(suggestion.name))
    theme = board.themes.get(suggestion.theme) if suggestion.theme else None
    return _("Into “{theme}”").format(theme=isolated(board.text(theme.name)) if theme else "")


def count_and_reason(suggestion: Suggestion) -> str:
    """How many notes, and why: the line below what would be done."""
    return f"{notes_count(len(suggestion.notes))}, {reason_of(suggestion)}"


def reason_of(suggestion: Suggestion) -> str:
    """Why."""
    if suggestion.way is Way.ON_THEIR_OWN:
        return _("like no others")
    return _("shared words: {words}").format(words=", ".join(map(isolated, suggestion.words)))


def spoken(board: Board, suggestion: Suggestion) -> str:
    """All of it for ears."""
    return f"{title_of(board, suggestion)}, {notes_count(len(suggestion.notes))}, {reason_of(suggestion)}"


def texts_of(board: Board, notes: Sequence[NoteId]) -> list[str]:
    """The words of these notes, each on one line."""
    return [" ".join(board.text_of(board.notes[note]).split()) for note in notes if note in board.notes]
