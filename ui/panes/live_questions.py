"""The live questions: what is answered now, what waits and in which order, and an account that leaves none out."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from core.base.ids import NoteId, QuestionId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.live_questions import Account, Asked, Order, account, all_asked, in_order
from core.domain.terms import Mark
from ui.acting.conduct import Conduct
from ui.attendance import shares
from ui.dialogs.form import choice
from ui.look.parts import Button, Icon, KeyCaps, Kind, Label, Tone
from ui.look.theme import Text
from ui.panes.following import Following
from ui.panes.rows import Row, RowList, Rows
from ui.running import Running
from ui.words.modes import mode_name
from ui.words.names import mark_name

PACE_MS = 200
NO_KEYS = Qt.KeyboardModifier.NoModifier
DIGITS = {
    Qt.Key.Key_1: Mark.NOW, Qt.Key.Key_2: Mark.ASKED, Qt.Key.Key_3: Mark.WRITING, Qt.Key.Key_4: Mark.PARKED,
    Qt.Key.Key_5: Mark.WAITING,
}  # fmt: skip


class LiveQuestions(Following):
    """What is marked in the list is chosen everywhere: the acts of the Note menu go for it, too."""

    def __init__(
        self, running: Running, conduct: Conduct, answer: Callable[[], None], merge: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(running.bridge, PACE_MS, parent)
        self.setProperty("part", "pane-right")
        self.setAccessibleName(_("Live questions"))
        self._running, self._selection = running, running.selection
        self._conduct = conduct
        self._answer, self._merge = answer, merge
        self._is_filling = False
        self.question: QuestionId | None = None
        self.told = Label(tone=Tone.SECOND, wrap=True)
        self.order = choice(_("Which comes first"), orders(), Order.SUPPORT)
        self.model = Rows(self)
        self.list = RowList(self.model, _("Live questions"))
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self._lay_out()
        self.setFocusProxy(self.list)
        self._connect()

    @property
    def chosen(self) -> list[NoteId]:
        """The marked questions, the first in the list first."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [NoteId(self.model.rows[row].id) for row in rows]

    def mark(self, mark: Mark) -> None:
        """Say where the marked questions stand."""
        if self.chosen:
            self._conduct.mark(self.chosen, mark)

    def write_answer(self) -> None:
        """Ask for the answer to the first marked question."""
        if self.chosen:
            self._choose()
            self._answer()

    def join(self) -> None:
        """Several marked questions become one, that which most people want; one is joined with another one."""
        chosen = self.chosen
        if len(chosen) > 1:
            found = {asked.note.id: asked.support for asked in self._all(self._bridge.board)}
            self._conduct.merge(chosen, max(chosen, key=lambda note: found[note]))
        elif chosen:
            self._choose()
            self._merge()

    @Slot()
    def show_board(self) -> None:
        """The questions as they are now; the marked ones stay marked."""
        if not self.isVisible():
            return
        board = self._bridge.board
        self.question = live_question(board, self._selection.question)
        found = self._all(board)
        ordered = in_order(found, self.order.currentData())
        marked, row = self.chosen, self.list.currentIndex().row()
        self._is_filling = True
        self.model.show_rows([row_of(board, asked) for asked in ordered])
        self._mark_again(marked, row)
        self._is_filling = False
        self.told.setText(summary(account(found)) if self.question else _no_live_question())

    def _all(self, board: Board) -> list[Asked]:
        behind = frozenset(share.mode for share in shares(board, self._running.present) if share.is_behind)
        return all_asked(board, self.question, behind) if self.question else []

    def _mark_again(self, marked: list[NoteId], row: int) -> None:
        rows = [at for at in map(self.model.row_of, marked) if at is not None]
        if not rows and self.model.rows:
            rows = [max(0, min(row, len(self.model.rows) - 1))]
        chooser, flag = self.list.selectionModel(), self.list.selectionModel().SelectionFlag
        if rows == sorted(index.row() for index in chooser.selectedIndexes()):
            return
        chooser.clearSelection()
        for at in rows:
            chooser.select(self.model.index(at), flag.Select)
        if rows:
            chooser.setCurrentIndex(self.model.index(rows[0]), flag.Select)

    @Slot(QItemSelection, QItemSelection)
    def _on_marked(self, _marked: QItemSelection, _unmarked: QItemSelection) -> None:
        if not self._is_filling and self.list.hasFocus():
            self._choose()

    def _choose(self) -> None:
        """What is marked here is chosen everywhere."""
        self._selection.set_question(self.question)
        self._selection.choose(self.chosen)
        self._selection.set_focus(self.chosen[0] if self.chosen else None)

    def _connect(self) -> None:
        self._selection.question_changed.connect(self.soon)
        self.order.activated.connect(self.show_board)
        self.list.selectionModel().selectionChanged.connect(self._on_marked)
        self.list.doubleClicked.connect(self._on_double_click)
        keys = {(NO_KEYS, key): partial(self.mark, mark) for key, mark in DIGITS.items()}
        answers = {(NO_KEYS, key): partial(self.mark, Mark.NOW) for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)}
        self.list.keys = {**keys, **answers, (NO_KEYS, Qt.Key.Key_6): self.join}

    @Slot(QModelIndex)
    def _on_double_click(self, _index: QModelIndex) -> None:
        self.mark(Mark.NOW)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("help"))
        head.addWidget(Label(_("Live questions"), Text.PANE_TITLE, bold=True))
        head.addStretch(1)
        head.addWidget(KeyCaps("Ctrl+7"))
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self.told)
        top.addWidget(self.order)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(12, 8, 12, 12)
        grid.setSpacing(8)
        acts: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (_("Answer now"), "1", partial(self.mark, Mark.NOW)),
            (_("Was asked"), "2", partial(self.mark, Mark.ASKED)),
            (_("In writing"), "3", partial(self.mark, Mark.WRITING)),
            (_("Park"), "4", partial(self.mark, Mark.PARKED)),
            (_("Let it wait"), "5", partial(self.mark, Mark.WAITING)),
            (_("Join"), "6", self.join),
            (_("Write the answer…"), "Ctrl+R", self.write_answer),
        )
        for place, (words, keys, act) in enumerate(acts):
            button = Button(words, keys=keys, height=32, kind=Kind.MAIN if not place else Kind.PLAIN)
            button.clicked.connect(act)
            grid.addWidget(button, place // 2, place % 2, 1, 2 if place == len(acts) - 1 else 1)
        return grid


def orders() -> list[tuple[object, str]]:
    """How the waiting questions may stand."""
    return [
        (Order.SUPPORT, _("Most wanted first")),
        (Order.ARRIVAL, _("Oldest first")),
        (Order.NOT_HEARD, _("Not heard yet first")),
    ]


def live_question(board: Board, looked_at: QuestionId | None) -> QuestionId | None:
    """The question that is looked at, where it is live; else the first live one."""
    live = [each.id for each in board.questions_in_order() if board.asking(each.id).live]
    return looked_at if looked_at in live else next(iter(live), None)


def row_of(board: Board, asked: Asked) -> Row:
    """A live question as a row."""
    wanted = ngettext("{n} person wants this", "{n} people want this", asked.support).format(n=asked.support)
    joined = len(asked.group) - 1
    same = ngettext("with {n} more", "with {n} more", joined).format(n=joined) if joined else ""
    unheard = _("not heard yet") if asked.is_unheard and asked.waits else ""
    way = mode_name(asked.note.mode)
    return Row(
        id=asked.note.id,
        words=board.text_of(asked.note),
        foot=", ".join(filter(None, (wanted if asked.support else way, same, unheard))),
        side=_state(asked),
        is_quiet=not asked.waits and asked.mark is not Mark.NOW,
    )


def summary(found: Account) -> str:
    """Where every question is."""
    parts = [
        _("being answered {n}").format(n=found.now) if found.now else "",
        _("asked {n}").format(n=found.asked),
        _("answered in writing {n}").format(n=found.written),
        _("parked {n}").format(n=found.parked) if found.parked else "",
        _("still to answer {n}").format(n=found.waiting),
    ]
    every = ngettext("{n} question: {parts}.", "{n} questions: {parts}.", found.questions)
    return every.format(n=found.questions, parts=", ".join(filter(None, parts)))


def _state(asked: Asked) -> str:
    if asked.is_answered and asked.mark is not Mark.NOW:
        return _("Answered")
    return "" if asked.mark is Mark.WAITING else mark_name(asked.mark)


def _no_live_question() -> str:
    return _("No question is live. Choose Live in the Question menu: then people ask, and a panel answers.")
