"""What two desks changed at once: both values, and one click to choose."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.base.bidi import isolated
from core.base.ids import NoteId, ThemeId
from core.base.language import _, ngettext
from core.domain.board import Board, Conflict, Done
from core.domain.bodies import (
    NoteHeld,
    NoteHidden,
    NoteMoved,
    NotePutBack,
    NoteReworded,
    NoteShown,
    NoteWithdrawn,
    ThemeRemoved,
    ThemeRenamed,
    ThemeRestored,
)
from core.domain.choosing import ChooseValue
from core.domain.events import Event
from core.domain.registers import NoteAnswered, ReplyGiven
from ui.bridge import Bridge
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label, Rule, Tone
from ui.look.theme import Text
from ui.words.names import reason_name
from ui.words.undo_words import describe

WIDTH = 640
TALLEST = 420


class ConflictsPanel(Panel):
    """Follows the board while it is open; what is chosen can be undone like any act."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(_("Changed at two desks at once"), window, WIDTH)
        self._bridge = bridge
        self._told = Label("", tone=Tone.SECOND, wrap=True)
        self._told.setMinimumWidth(WIDTH - 40)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._close = Button(_("Close"), keys="Esc", kind=Kind.QUIET)
        self._close.clicked.connect(self.leave)
        self.column.addWidget(self._told)
        self.column.addWidget(self._area)
        self.column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)
        bridge.changed.connect(self._fill)
        bridge.was_reset.connect(self._fill)
        self._shown: list[Conflict] | None = None
        self._fill()

    def open(self) -> None:
        """Show it, at the first choice."""
        super().open()
        first = self._area.findChild(Button)
        (first or self._close).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _fill(self) -> None:
        conflicts = self._bridge.board.conflict_list()
        if conflicts == self._shown:
            return
        self._shown = conflicts
        self._told.setText(how_many(len(conflicts)))
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for conflict in conflicts:
            column.addWidget(self._row(conflict))
        column.addStretch(1)
        self._area.setWidget(rows)
        rows.setAutoFillBackground(False)    # the panel's own ground; the area has just switched it on
        self._area.setVisible(bool(conflicts))
        self._area.setFixedHeight(min(TALLEST, rows.sizeHint().height() + 4))
        if self.isVisible():
            (self._area.findChild(Button) or self._close).setFocus(Qt.FocusReason.OtherFocusReason)
        self._centre()

    def _row(self, conflict: Conflict) -> QWidget:
        board = self._bridge.board
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(about(board, conflict), bold=True, wrap=True))
        for event in (conflict.kept, *conflict.lost):
            column.addLayout(self._value(conflict, event))
        column.addWidget(Rule())
        return row

    def _value(self, conflict: Conflict, event: Event) -> QHBoxLayout:
        is_kept = event is conflict.kept
        value = value_of(self._bridge.board, event)
        line = QHBoxLayout()
        line.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(value, wrap=True))
        where = _("on the board now") if is_kept else _("was overwritten")
        words.addWidget(Label(where, Text.SMALL, tone=Tone.SECOND))
        line.addLayout(words, 1)
        text = _("Keep this") if is_kept else _("Take this")
        choose = Button(text, height=30, name=f"{text}: {value}")
        choose.clicked.connect(partial(self._choose, conflict, event))
        line.addWidget(choose, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _choose(self, conflict: Conflict, event: Event) -> None:
        self._bridge.do(ChooseValue(conflict.subject, conflict.name, event.id))


def how_many(count: int) -> str:
    """How much waits to be chosen."""
    if not count:
        return _("There is nothing to choose.")
    return ngettext(
        "{n} thing was changed at two desks at once. Nothing is lost: choose what stands.",
        "{n} things were changed at two desks at once. Nothing is lost: choose what stands.",
        count,
    ).format(n=count)


def about(board: Board, conflict: Conflict) -> str:
    """Which note or theme it is."""
    note = board.notes.get(NoteId(conflict.subject))
    if note is not None:
        return _("Note: {words}").format(words=isolated(board.text_of(note)))
    theme = board.themes.get(ThemeId(conflict.subject))
    if theme is not None:
        return _("Theme: {name}").format(name=isolated(board.text(theme.name)))
    return describe(Done((conflict.kept,)), board)


def value_of(board: Board, event: Event) -> str:
    """What an event set, in words."""
    match event.body:
        case NoteReworded(words=words) | NoteAnswered(to=words) | ThemeRenamed(name=words):
            return board.text(words)
        case ReplyGiven(to=reply) if reply is not None:
            return board.text(reply.text) or board.text(reply.because)
        case NoteMoved(to=to):
            theme = board.themes.get(to.theme) if to.theme else None
            return board.text(theme.name) if theme else _("Not in a theme yet")
        case NoteHidden(reason=reason):
            return _("Hidden: {why}").format(why=reason_name(reason))
        case NoteHeld(reason=reason):
            return _("Held: {why}").format(why=reason_name(reason))
        case NoteShown():
            return _("Shown")
        case NoteWithdrawn():
            return _("Taken back")
        case NotePutBack() | ThemeRestored():
            return _("There")
        case ThemeRemoved():
            return _("Taken away")
    return describe(Done((event,)), board)
