"""You said, we did: what people said on the left, what we answer on the right, and how many have been answered."""

from collections.abc import Callable
from dataclasses import dataclass
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
from ui.jobs import Jobs
from ui.look.parts import Label, Tone
from ui.look.theme import Text
from ui.panes.counting import Counting
from ui.panes.following import InPlaceOfBoard
from ui.panes.pages import Page, Pages
from ui.panes.rows import RowList, Rows

PACE_MS = 400
NO_KEYS = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything that can be answered, and how many people have been."""

    items: list[Item]
    reach: Reach


def count(board: Board, wanted: frozenset[NoteId]) -> Counted:
    """Looks at each note several times; from any thread."""
    found = survey(board)
    return Counted(all_items(board, found, wanted), found.reach)


class RepliesView(InPlaceOfBoard):
    """In the place of the board. The list follows the board; what is typed in the editor stays until it is kept, also
    while one looks at something else."""

    def __init__(self, bridge: Bridge, conduct: Conduct, clock: Clock, jobs: Jobs) -> None:
        super().__init__(bridge, PACE_MS)
        self._counting = Counting(jobs, self)
        self._items: list[Item] = []
        self._page = Page()
        self._then: Callable[[], object] | None = None    # once the list is there
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
        self.pages = Pages()
        self.editor = ReplyEditor(clock)
        self._nothing = Label("", tone=Tone.SECOND, wrap=True)
        self.lay_out((self.told, self.only), self.list, self._right(), self.pages)
        self.setFocusProxy(self.list)
        self._connect()

    def answer(self, subject: str) -> None:
        """Go to the answer to this, also where it is a note of a theme."""
        if NoteId(subject) in self._bridge.board.notes:
            self._wanted.add(NoteId(subject))
        self.only.setCurrentIndex(self.only.findData(Only.ALL))
        self._then = partial(self._go_to, subject)
        self.show_board()

    def _go_to(self, subject: str) -> None:
        if self._stand_at(subject):
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
        self._counting.ask(board, partial(count, board, frozenset(self._wanted)), self._show)

    def _show(self, counted: Counted) -> None:
        self.told.setText(headline(counted.reach))
        self._show_filters(self._bridge.board)
        self._put_draft_aside()
        self._show_items(listed(counted.items, self.only.currentData()))
        then, self._then = self._then, None
        if then is not None:
            then()

    def _show_filters(self, board: Board) -> None:
        for at, (_only, words) in enumerate(filters(len(waiting_backs(board)))):
            self.only.setItemText(at, words)

    def _show_items(self, items: list[Item]) -> None:
        """What is looked at stays so, where it is still there."""
        self._items, page = items, Page(self._page.first, self._page.size, len(items)).kept
        at = self._place_of(self._subject)
        row = self.list.currentIndex().row()
        self._show_page(page if at is None else page.with_row(at))
        if items and not self.list.currentIndex().isValid():
            again = self.model.row_of(self._subject)
            self.list.setCurrentIndex(
                self.model.index(max(0, min(row, len(self.model.rows) - 1)) if again is None else again)
            )
        self._nothing.setText(nothing(self.only.currentData()))
        self._nothing.setVisible(not items)
        self.editor.setVisible(bool(items))
        if items and self._subject:
            self.editor.show_about(self._bridge.board)

    def _show_page(self, page: Page) -> None:
        self._page = page
        shown = self._items[page.first : page.end]
        self.model.show_rows([row_of(item, is_begun=item.subject in self._drafts) for item in shown])
        self.pages.show_page(page)

    def _place_of(self, subject: str) -> int | None:
        """Where it stands in the whole list."""
        return next((at for at, item in enumerate(self._items) if item.subject == subject), None)

    def _stand_at(self, subject: str) -> bool:
        """Mark it, on its page; whether it is listed."""
        at = self._place_of(subject)
        if at is not None:
            self._show_page(self._page.with_row(at))
            self.list.setCurrentIndex(self.model.index(at - self._page.first))
        return at is not None

    @Slot(int)
    def _turn(self, first: int) -> None:
        """Another page; the keyboard is on its first row."""
        self._stand_at(self._items[first].subject)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

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
        at = self._place_of(subject)
        after = self._items[at + 1].subject if at is not None and at + 1 < len(self._items) else ""
        if subject == self._subject:
            self.editor.show_subject(self._bridge.board, subject, None)
        self._then = partial(self._stand_at, after)
        self.show_board()
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
        self.pages.turned.connect(self._turn)
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
