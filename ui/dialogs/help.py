"""Help, with every key; and a list of all actions to type into."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QListView, QScrollArea, QWidget

from core.base.language import _
from ui.acting.actions import Actions, plain
from ui.dialogs.panel import Panel
from ui.look.focus import OWN_RINGS
from ui.look.parts import Button, KeyCaps, Kind, Label, Tone
from ui.look.theme import Text


def board_keys() -> tuple[tuple[str, str], ...]:
    """Keys of board and outline that are no actions of the menus."""
    return (
        (_("A"), _("Any letter: move the chosen notes to a theme")),
        ("Space", _("Choose or un-choose this note")),
        ("Left", _("Arrow keys: the next note that way")),
        ("Shift+Left", _("Choose more")),
        ("Return", _("Open the note")),
        ("Home", _("First note in the theme")),
        ("End", _("Last note in the theme")),
        ("Ctrl+PgUp", _("Previous theme")),
        ("Ctrl+PgDown", _("Next theme")),
        ("Alt+Up", _("Move up in the theme")),
        ("Alt+Down", _("Move down in the theme")),
        ("Esc", _("Choose none")),
        ("Shift+F10", _("Everything you can do here")),
    )


class HelpPanel(Panel):
    """How a workshop goes in four lines, then the keys."""

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(_("Help"), window, 760)
        steps = (
            _("Make a workshop and show the join view. People scan the square or type the code."),
            _("Notes arrive by themselves and are safe at once. Drag them into themes, or type a theme’s letters."),
            _("Nothing is ever lost: undo takes back what this desk did, hiding can be taken back too."),
            _("Answer each theme and note, during the workshop or weeks later: Answers in the menu Board, or Ctrl+8."),
            _("Make the record at the end. It holds every note on the board."),
        )
        for number, step in enumerate(steps, 1):
            self.column.addWidget(Label(f"{number}  {step}", wrap=True))
        self.column.addWidget(Label(_("Keys"), Text.BASE, bold=True))
        self.column.addWidget(self._keys(actions), 1)
        close = Button(_("Close"), keys="Esc", kind=Kind.MAIN)
        close.clicked.connect(self.leave)
        self.column.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)
        self._close = close

    def open(self) -> None:
        """Show it, ready to be closed."""
        super().open()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keys(self, actions: Actions) -> QScrollArea:
        page = QFrame()
        page.setProperty("part", "plain")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        lines = [(keys, plain(act.text)) for act in actions.acts for keys in act.keys]
        lines += board_keys()
        half = (len(lines) + 1) // 2
        for place, (keys, words) in enumerate(lines):
            row, column = place % half, 2 * (place // half)
            grid.addWidget(KeyCaps(keys), row, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(words, wrap=True), row, column + 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        area.viewport().setAutoFillBackground(False)
        area.setMinimumHeight(120)
        area.setAccessibleName(_("Keys"))
        return area


class AllActions(Panel):
    """Type a few letters of what you want to do; Enter does it. What cannot be done now comes last, and says why."""

    def __init__(self, actions: Iterable[QAction], window: QWidget) -> None:
        super().__init__(_("What do you want to do?"), window, 480)
        ordered = sorted(actions, key=lambda action: not action.isEnabled())
        self._actions = {_name(action): action for action in ordered}
        self._words = QLineEdit()
        self._words.setAccessibleName(_("What do you want to do?"))
        self._words.textChanged.connect(self._narrow)
        self._model = QStringListModel(self)
        self._list = QListView()
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setModel(self._model)
        self._list.setProperty(OWN_RINGS, True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFixedHeight(260)
        self._list.setAccessibleName(_("Actions"))
        self._list.clicked.connect(self._do)
        self._words.returnPressed.connect(self._do)
        self.column.addWidget(self._words)
        self.column.addWidget(self._list)
        self._hint = Label(_("Enter does it. Esc leaves."), Text.SMALL, tone=Tone.QUIET)
        self.column.addWidget(self._hint)
        self._narrow("")

    def open(self) -> None:
        """Show it, ready to type."""
        super().open()
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            row = self._list.currentIndex().row() + steps[Qt.Key(event.key())]
            self._list.setCurrentIndex(self._model.index(max(0, min(row, self._model.rowCount() - 1)), 0))
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _narrow(self, words: str) -> None:
        """Those with these words; what begins with them first: who types a whole name means that one."""
        wanted = words.strip().casefold()
        found = [name for name in self._actions if wanted in name.casefold()]
        found.sort(key=lambda name: (not self._actions[name].isEnabled(), not name.casefold().startswith(wanted)))
        self._model.setStringList(found)
        self._list.setCurrentIndex(self._model.index(0, 0))

    @Slot()
    def _do(self) -> None:
        chosen = self._actions.get(str(self._list.currentIndex().data() or ""))
        if chosen is None:
            return
        if chosen.isEnabled():
            self.leave()
            chosen.trigger()
        else:
            self._hint.setText(chosen.toolTip())
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, chosen.toolTip()))


def _name(action: QAction) -> str:
    words = plain(action.text()).partition("\t")[0]
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    if not action.isEnabled():
        return f"{words} ({action.toolTip().rstrip('.')})"
    told = _("{action} (on)").format(action=words) if action.isChecked() else words
    return f"{told}    {keys}" if keys else told
