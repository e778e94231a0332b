"""The result of a vote as a plain list: the most votes first, told anew while people vote."""

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import QListView, QWidget

from core.base.ids import NoteId, ThemeId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.course import Round
from core.domain.terms import VoteOn
from ui.bridge import Bridge
from ui.dialogs.panel import Panel
from ui.parts import Button, Kind, Label, Tone


class ResultPanel(Panel):
    """Lists everything that has votes."""

    def __init__(self, bridge: Bridge, vote: Round, window: QWidget) -> None:
        super().__init__(_("Result of the vote"), window, 620)
        self._bridge, self._vote = bridge, vote
        self._summary = Label("", tone=Tone.SECOND, wrap=True)
        self._model = QStringListModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName(_("Votes, the most first"))
        self.list.setFixedHeight(320)
        self.list.setWordWrap(True)
        close = Button(_("Close"), keys="Esc", kind=Kind.MAIN)
        close.clicked.connect(self.leave)
        self.column.addWidget(self._summary)
        self.column.addWidget(self.list)
        self.column.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)
        bridge.changed.connect(self._show_board)
        self._show_board()

    def open(self) -> None:
        """Show it, with the keyboard in the list."""
        super().open()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        self.list.setCurrentIndex(self._model.index(0, 0))

    @property
    def rows(self) -> list[str]:
        """What is listed."""
        return self._model.stringList()

    @Slot()
    def _show_board(self) -> None:
        board, vote = self._bridge.board, self._vote
        rows = result(board, vote)
        if rows != self.rows:
            self._model.setStringList(rows)
        voters = len(board.votes.get(vote.id, ()))
        people = ngettext("{n} person has voted.", "{n} people have voted.", voters).format(n=voters)
        state = _("The vote is open.") if board.is_round_open(vote.id) else _("The vote is closed.")
        self._summary.setText(f"{people} {state}")


def result(board: Board, vote: Round) -> list[str]:
    """What has votes, the most first; equal ones by their words."""
    named = [(dots, _voted_on(board, vote, target)) for target, dots in board.tally(vote.id).items()]
    ordered = sorted(named, key=lambda each: (-each[0], each[1]))
    return [f"{dots}   {words}" for dots, words in ordered if words]


def _voted_on(board: Board, vote: Round, target: str) -> str:
    if vote.on is VoteOn.THEMES:
        theme = board.themes.get(ThemeId(target))
        return board.text(theme.name) if theme is not None and not theme.removed else ""
    note = board.notes.get(NoteId(target))
    return " ".join(board.text_of(note).split()) if note is not None else ""
