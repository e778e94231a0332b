"""Pledges: who will do what, and by when; written down and put right where they stand."""

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.base.clock import Clock, utc_now
from core.base.days import day_words
from core.base.ids import PledgeId, ThemeId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.promising import MakePledge, RemovePledge
from core.domain.taking_part import WRITTEN_LIMIT
from core.domain.terms import Pledge
from core.domain.words import LINE_LIMIT
from core.session import Saved
from ui.acting.conduct import Conduct
from ui.acting.selection import Selection
from ui.bridge import Bridge
from ui.look.parts import Button, Icon, KeyCaps, Kind, Label, Tone
from ui.look.theme import Text
from ui.panes.rows import Row, RowList, Rows
from ui.words.days import NoSuchDay, read_day

NO_KEYS = Qt.KeyboardModifier.NoModifier


class Pledges(QFrame):
    """The list, and a form below it: for a new pledge, or for the one that is changed."""

    left = Signal()

    def __init__(
        self, bridge: Bridge, selection: Selection, conduct: Conduct, parent: QWidget | None = None, *,
        clock: Clock = utc_now,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("part", "pane-right")
        self.setAccessibleName(_("Pledges"))
        self._bridge, self._selection, self._conduct, self._clock = bridge, selection, conduct, clock
        self._changed: PledgeId | None = None
        self._told = Label(tone=Tone.SECOND, wrap=True)
        self.model = Rows(self)
        self.list = RowList(self.model, _("Pledges"))
        self.what = _line(_("What will be done"), WRITTEN_LIMIT)
        self.who = _line(_("Who"), LINE_LIMIT)
        self.by = _line(_("By when"), LINE_LIMIT)
        self.by.setPlaceholderText(_("By when: 12 May"))
        self.theme = QComboBox()
        self.theme.setAccessibleName(_("Its theme"))
        self._problem = Label("", tone=Tone.BAD, wrap=True)
        self._problem.hide()
        self._keep = Button(_("Keep the pledge"), keys="Return", kind=Kind.MAIN)
        self._new = Button(_("New"), keys="Ins", kind=Kind.QUIET)
        self._lay_out()
        self.setFocusProxy(self.what)
        self._connect()
        self.show_board()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_board()

    def keep(self) -> None:
        """Keep what the form says; a day that is none is told of, and nothing is lost."""
        try:
            day = read_day(self.by.text(), self._today)
        except NoSuchDay as error:
            self._tell(f"{error} {error.advice}", self.by)
            return
        if not self.what.text().strip():
            self._tell(_("Type what will be done first."), self.what)
            return
        theme = self.theme.currentData()
        command = MakePledge(
            what=self.what.text(), who=self.who.text(), by=day.toordinal() if day else None,
            theme=ThemeId(theme) if theme else None, pledge_id=self._changed,
        )  # fmt: skip
        self._conduct.change(command, _("The pledge is kept."), self._on_kept)

    def begin_new(self) -> None:
        """An empty form."""
        self._fill(None, None)
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self) -> None:
        """The form with the marked pledge."""
        marked = self._marked()
        if marked is not None:
            self._fill(marked, self._bridge.board.pledges.get(marked))
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Take the marked pledge off the list."""
        marked = self._marked()
        if marked is not None:
            self._conduct.change(RemovePledge(marked), _("The pledge is off the list."))

    @Slot()
    def show_board(self) -> None:
        """The pledges as they are now."""
        board = self._bridge.board
        row = self.list.currentIndex().row()
        pledges = board.pledge_list()
        self.model.show_rows([row_of(board, id, pledge) for id, pledge in pledges])
        if pledges and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(max(0, min(row, len(pledges) - 1))))
        told = ngettext("{n} pledge so far.", "{n} pledges so far.", len(pledges)).format(n=len(pledges))
        self._told.setText(told if pledges else _("Nobody has pledged anything yet."))
        self._show_themes()

    @property
    def _today(self) -> date:
        return self._clock().astimezone().date()

    def _marked(self) -> PledgeId | None:
        row = self.list.currentIndex().row()
        return PledgeId(self.model.rows[row].id) if row >= 0 else None

    def _show_themes(self, wanted: str | None = None) -> None:
        board, question = self._bridge.board, self._selection.question
        themes = board.themes_of(question) if question is not None else []
        rows = [("", _("No theme")), *((theme.id, board.text(theme.name)) for theme in themes)]
        chosen = wanted if wanted is not None else self.theme.currentData()
        if rows != [(self.theme.itemData(at), self.theme.itemText(at)) for at in range(self.theme.count())]:
            self.theme.clear()
            for id, name in rows:
                self.theme.addItem(name, id)
        self.theme.setCurrentIndex(max(0, self.theme.findData(chosen)))

    def _fill(self, id: PledgeId | None, pledge: Pledge | None) -> None:
        board = self._bridge.board
        self._changed = id if pledge is not None else None
        self.what.setText(board.text(pledge.what) if pledge else "")
        self.who.setText(board.text(pledge.who) if pledge else "")
        self.by.setText(day_words(date.fromordinal(pledge.by)) if pledge and pledge.by else "")
        self._show_themes(pledge.theme or "" if pledge else "")
        self._keep.set_words(_("Keep the change") if self._changed else _("Keep the pledge"))
        self._problem.hide()

    def _on_kept(self, _saved: Saved) -> None:
        self.begin_new()

    def _tell(self, problem: str, field: QLineEdit) -> None:
        self._problem.setText(problem)
        self._problem.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    @Slot(QModelIndex)
    def _on_double_click(self, _index: QModelIndex) -> None:
        self.change()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field of the form keeps, Insert begins anew; the list has its own keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.list.hasFocus():
            self.keep()
        elif event.key() == Qt.Key.Key_Insert:
            self.begin_new()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self._bridge.changed.connect(self.show_board)
        self._bridge.was_reset.connect(self.show_board)
        self._selection.question_changed.connect(self.show_board)
        self._keep.clicked.connect(self.keep)
        self._new.clicked.connect(self.begin_new)
        self.list.doubleClicked.connect(self._on_double_click)
        self.list.keys = {
            (NO_KEYS, Qt.Key.Key_Return): self.change,
            (NO_KEYS, Qt.Key.Key_Enter): self.change,
            (NO_KEYS, Qt.Key.Key_F2): self.change,
            (NO_KEYS, Qt.Key.Key_Delete): self.remove,
        }

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("check"))
        head.addWidget(Label(_("Pledges"), Text.PANE_TITLE, bold=True))
        head.addStretch(1)
        head.addWidget(KeyCaps("Ctrl+9"))
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self._told)
        form = QVBoxLayout()
        form.setContentsMargins(12, 10, 12, 12)
        form.setSpacing(8)
        for field in (self.what, self.who, self.by, self.theme, self._problem):
            form.addWidget(field)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._keep, 1)
        buttons.addWidget(self._new)
        form.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(form)


def row_of(board: Board, id: PledgeId, pledge: Pledge) -> Row:
    """A pledge as a row: what, then who, by when, and its theme."""
    theme = board.themes.get(pledge.theme) if pledge.theme else None
    by = _("by {day}").format(day=day_words(date.fromordinal(pledge.by))) if pledge.by else ""
    who = board.text(pledge.who)
    name = board.text(theme.name) if theme is not None and not theme.removed else ""
    return Row(id=id, words=board.text(pledge.what), foot=", ".join(filter(None, (who, by))), side=name)


def _line(name: str, limit: int) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(name)
    field.setMaxLength(limit)
    return field
