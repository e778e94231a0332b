"""Type for someone: one row under the board, for several people's notes at two keys a note."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from core.base.bidi import isolated
from core.base.language import _, ngettext
from core.domain.taking_part import TABLES_AT_MOST
from core.domain.terms import Mode
from ui.acting.typed_for import Typed, TypedFor
from ui.bridge import Bridge
from ui.dialogs.form import choice, number
from ui.look.parts import Button, Icon, KeyCaps, Kind, Label, Tone
from ui.look.theme import Text
from ui.panes.fitting import Fitting

ONE_LINE, MOST_HIGH = 38, 98
CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WordsLine(QPlainTextEdit):
    """A field that begins with one line and grows. Enter keeps, Ctrl+Enter begins a line, Escape goes back. Tab on the
    empty field goes to the next person; where there is none to go to, out of the field as everywhere."""

    kept = Signal()
    left = Signal()

    def __init__(self, next_person: Callable[[], bool]) -> None:
        super().__init__()
        self._next_person = next_person
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Their words"))
        self.setPlaceholderText(_("What they say. Enter keeps it."))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._grow)
        self._grow()

    def sizeHint(self) -> QSize:
        return QSize(320, ONE_LINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, ONE_LINE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._on_enter(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        is_empty = not self.toPlainText().strip()
        return (next and is_empty and self._next_person()) or super().focusNextPrevChild(next)

    def _on_enter(self, event: QKeyEvent) -> None:
        if event.modifiers() & CTRL:
            self.insertPlainText("\n")
        elif not event.isAutoRepeat():
            self.kept.emit()

    @Slot()
    def _grow(self) -> None:
        lines = max(1, round(self.document().size().height()))
        wanted = ONE_LINE + (lines - 1) * self.fontMetrics().lineSpacing()
        is_long = wanted > MOST_HIGH
        self.setFixedHeight(min(MOST_HIGH, wanted))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_long else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)


class TypeRow(QFrame):
    """Who it is typed for, and the words. What was typed stays when one goes away and comes back."""

    left = Signal()
    slips_wanted = Signal()

    def __init__(self, bridge: Bridge, typed_for: TypedFor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "foot")
        self.setAccessibleName(_("Type for someone"))
        self._bridge, self._typed_for = bridge, typed_for
        self._told = Fitting(Text.BASE, tone=Tone.SECOND)
        self.slips = Button(_("Slips…"), height=30)
        self.slips.clicked.connect(self.slips_wanted)
        self.table = number(_("Table"), 0, least=0, most=TABLES_AT_MOST, none=_("No table"))
        self.table.setKeyboardTracking(False)
        self.table.setPrefix(_("Table") + " ")
        self.person = QComboBox()
        self.person.setAccessibleName(_("Who it is typed for"))
        self.way = choice(
            _("How their words came"), [(Mode.SCRIBE, _("Said aloud")), (Mode.PAPER, _("On paper"))], Mode.SCRIBE
        )
        self.words = WordsLine(typed_for.next_person)
        self._keep = Button(_("Keep"), keys="Return", kind=Kind.MAIN)
        self._next = Button(_("Next person"), keys="Tab")
        self._lay_out()
        self._connect()
        self._show_people()
        self.hide()

    def start(self) -> None:
        """Show the row, with the keyboard in its field."""
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("pencil"))
        head.addWidget(Label(_("Type for someone"), Text.PANE_TITLE, bold=True))
        head.addWidget(self._told, 1)
        head.addWidget(self.slips)
        head.addWidget(KeyCaps("Ctrl+T"))
        row = QHBoxLayout()
        row.setSpacing(8)
        for field, wide in ((self.table, 118), (self.person, 126), (self.way, 132)):
            field.setFixedWidth(wide)
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        for button in (self._keep, self._next):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(row)

    def _connect(self) -> None:
        self.words.kept.connect(self._on_keep)
        self.words.left.connect(self._leave)
        self._keep.clicked.connect(self._on_keep)
        self._next.clicked.connect(self._on_next)
        self.table.valueChanged.connect(self._typed_for.sit_at)
        self.person.activated.connect(self._choose)
        self.way.activated.connect(self._came_by)
        self._typed_for.changed.connect(self._show_people)
        self._typed_for.refused.connect(self._give_back)
        self._bridge.changed.connect(self._tell)
        self._bridge.was_reset.connect(self._tell)

    @Slot()
    def _on_keep(self) -> None:
        """The field is free for the next words at once; those that could not be kept come back."""
        if self._typed_for.keep(self.words.toPlainText()):
            self.words.clear()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _give_back(self, text: str) -> None:
        since = self.words.toPlainText()
        self.words.setPlainText(f"{text}\n{since}" if since else text)
        self.words.moveCursor(self.words.textCursor().MoveOperation.End)
        self.start()

    @Slot()
    def _on_next(self) -> None:
        """What was typed belongs to this person still."""
        self._on_keep()
        self._typed_for.next_person()

    @Slot()
    def _leave(self) -> None:
        self.setVisible(bool(self.words.toPlainText().strip()))
        self.left.emit()

    @Slot(int)
    def _choose(self, row: int) -> None:
        self._typed_for.choose(self._typed_for.people[row].number)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _came_by(self, _row: int) -> None:
        self._typed_for.came_by(Mode(self.way.currentData()))

    @Slot()
    def _show_people(self) -> None:
        people, current = self._typed_for.people, self._typed_for.current
        names = [person_name(each) for each in people]
        if names != [self.person.itemText(row) for row in range(self.person.count())]:
            self.person.clear()
            self.person.addItems(names)
        self.person.setCurrentIndex(people.index(current))
        self.way.setCurrentIndex(self.way.findData(current.mode))
        was_blocked = self.table.blockSignals(True)
        self.table.setValue(current.table)
        self.table.blockSignals(was_blocked)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        who, waiting = self._typed_for.current, self._typed_for.without_slip
        notes = who.notes(self._bridge.board)
        if notes:
            kept = ngettext("{who}: {n} note kept.", "{who}: {n} notes kept.", notes)
            self._told.say(kept.format(who=isolated(person_name(who)), n=notes))
        else:
            self._told.say(_("Each person gets a slip with a code. It leads them to their notes."))
        self.slips.setVisible(bool(self._typed_for.with_slips))
        self.slips.set_words(_("Slips ({n} new)…").format(n=waiting) if waiting else _("Slips…"))


def person_name(who: Typed) -> str:
    """Somebody without a name: by their number."""
    return _("Person {n}").format(n=who.number)
