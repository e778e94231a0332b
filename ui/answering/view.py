"""You said, we did: what people said on the left, what we answer on the right, and how many have been answered."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from core.base.clock import Clock
from core.base.ids import NoteId
from core.base.language import _, ngettext
from core.domain.answering import GiveReply, TakeReplyBack
from core.domain.board import Board
from core.domain.replies import Reach, survey
from core.session import Saved
from ui.acting.conduct import Conduct
from ui.answering.editor import ReplyEditor
from ui.answering.items import Item, Only, all_items, listed, row_of, waiting_backs
from ui.bridge import Bridge
from ui.dialogs.form import choice
from ui.look.parts import Label, Tone
from ui.look.theme import Text
from ui.panes.following import InPlaceOfBoard
from ui.panes.rows import RowList, Rows

PACE_MS = 400
NO_KEYS = Qt.KeyboardModifier.NoModifier


class RepliesView(InPlaceOfBoard):
    """In the place of the board. The list follows the board; what is typed in the editor stays until it is kept, also
    while one looks at something else."""

    def __init__(self, bridge: Bridge, conduct: Conduct, clock: Clock) -> None:
        super().__init__(bridge, PACE_MS)
        self.setProperty("part", "page")
        self.setAccessibleName(_("You said, we did"))
        self._conduct = conduct
        self._drafts: dict[str, GiveReply] = {}
        self._wanted: set[NoteId] = set()
        self._subject = ""
        self.told = Label("", Text.SUBHEADING, bold=True, wrap=True)
        self.only = choice(_("Which are listed"), filters(0), Only.ALL)
        self.model = Rows(self)
        self.list = RowList(self.model, _("What people said"))
        self.editor = ReplyEditor(clock)
        self._nothing = Label("", tone=Tone.SECOND, wrap=True)
        self.lay_out((self.told, self.only), self.list, self._right())
        self.setFocusProxy(self.list)
        self._connect()

    def answer(self, subject: str) -> None:
        """Go to the answer to this, also where it is a note of a theme."""
        if NoteId(subject) in self._bridge.board.notes:
            self._wanted.add(NoteId(subject))
        self.only.setCurrentIndex(self.only.findData(Only.ALL))
        self.show_board()
        row = self.model.row_of(subject)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))
            self.editor.focus_first()

    def show_backs(self) -> None:
        """What people answered back, the first of it marked."""
        self.only.setCurrentIndex(self.only.findData(Only.BACKS))
        self.show_board()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def show_board(self) -> None:
        """Everything as it is now."""
        if not self.isVisible():
            return
        board = self._bridge.board
        found = survey(board)
        self.told.setText(headline(found.reach))
        self._show_filters(board)
        self._put_draft_aside()
        self._show_items(listed(all_items(board, found, self._wanted), self.only.currentData()))

    def _show_filters(self, board: Board) -> None:
        for at, (_only, words) in enumerate(filters(len(waiting_backs(board)))):
            self.only.setItemText(at, words)

    def _show_items(self, items: list[Item]) -> None:
        at = self.list.currentIndex().row()
        self.model.show_rows([row_of(item, is_begun=item.subject in self._drafts) for item in items])
        row = self.model.row_of(self._subject)
        if items and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(max(0, min(at, len(items) - 1)) if row is None else row))
        self._nothing.setText(nothing(self.only.currentData()))
        self._nothing.setVisible(not items)
        self.editor.setVisible(bool(items))
        if items and self._subject:
            self.editor.show_about(self._bridge.board)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not now.isValid():
            return
        self._put_draft_aside()
        self._subject = self.model.rows[now.row()].id
        self.editor.show_subject(self._bridge.board, self._subject, self._drafts.get(self._subject))

    def _put_draft_aside(self) -> None:
        """What was typed and not kept stays with what it is about."""
        draft = self.editor.draft if self._subject else None
        if draft is not None:
            self._drafts[self._subject] = draft
        else:
            self._drafts.pop(self._subject, None)

    @Slot(object)
    def _keep(self, command: GiveReply) -> None:
        self._conduct.change(command, _("The answer is kept."), partial(self._on_kept, command.subject))

    def _on_kept(self, subject: str, _saved: Saved) -> None:
        """On to the next that waits."""
        self._drafts.pop(subject, None)
        at = self.model.row_of(subject)
        if subject == self._subject:
            self.editor.show_subject(self._bridge.board, subject, None)
        self.show_board()
        if self.model.row_of(subject) is not None and at is not None and at + 1 < len(self.model.rows):
            self.list.setCurrentIndex(self.model.index(at + 1))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _take_back(self, subject: str) -> None:
        self._conduct.change(TakeReplyBack(subject), _("The answer is taken back."), partial(self._on_taken, subject))

    def _on_taken(self, subject: str, _saved: Saved) -> None:
        self._drafts.pop(subject, None)
        if subject == self._subject:
            self.editor.show_subject(self._bridge.board, subject, None)

    @Slot()
    def _write(self) -> None:
        if self.editor.isVisible():
            self.editor.focus_first()

    @Slot()
    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _on_only(self, _at: int) -> None:
        self.show_board()

    def _connect(self) -> None:
        self.only.activated.connect(self._on_only)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.keys = {(NO_KEYS, Qt.Key.Key_Return): self._write, (NO_KEYS, Qt.Key.Key_Enter): self._write}
        self.list.doubleClicked.connect(self._write)
        self.editor.kept.connect(self._keep)
        self.editor.back_wanted.connect(self._take_back)
        self.editor.left.connect(self._to_list)

    def _right(self) -> QVBoxLayout:
        head = self.head("check", _("You said, we did"))
        head.setContentsMargins(20, 8, 14, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self._nothing.setContentsMargins(20, 20, 20, 20)
        column.addWidget(self._nothing)
        column.addWidget(self.editor, 1)
        area.setWidget(page)
        page.setAutoFillBackground(False)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(area, 1)
        return right


def headline(found: Reach) -> str:
    """The one honest number."""
    if not found.people:
        return _("Nobody has said anything yet.")
    told = ngettext("Answered {n} of {all} person", "Answered {n} of {all} people", found.people)
    return told.format(n=found.answered, all=found.people)


def filters(backs: int) -> list[tuple[object, str]]:
    """What can be listed; of what was answered back how much is new."""
    back = _("What people answered back")
    return [
        (Only.ALL, _("Everything")),
        (Only.WAITING, _("Not answered yet")),
        (Only.BACKS, _("{back} ({n} new)").format(back=back, n=backs) if backs else back),
    ]


def nothing(only: Only) -> str:
    """What is said where the list is empty."""
    return {
        Only.ALL: _("Nothing was said yet. What people say can be answered here, during the workshop or weeks later."),
        Only.WAITING: _("Everything has an answer. People read it on their phones and in the record."),
        Only.BACKS: _("Nobody has answered back. Who thinks that we got a note wrong can say so on their phone."),
    }[only]
