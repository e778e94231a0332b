"""Everything the desk can be told to do, in one table: name, words, keys, menu, and when it can be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

from core.base.language import _


class Needs(Enum):
    """What must be so for an action to make sense."""

    NOTHING = auto()
    WORKSHOP = auto()
    NOTES = auto()        # notes are chosen, or one has the focus
    HIDDEN_NOTES = auto()
    UNDO = auto()
    REDO = auto()
    SERVER = auto()


class Menu(Enum):
    """The menus, left to right."""

    WORKSHOP = auto()
    EDIT = auto()
    NOTE = auto()
    THEME = auto()
    BOARD = auto()
    PEOPLE = auto()
    PROJECTOR = auto()
    RECORD = auto()
    HELP = auto()


def menu_names() -> dict[Menu, str]:
    """What the menus are called; & stands before the letter that opens one with Alt."""
    return {
        Menu.WORKSHOP: _("&Workshop"),
        Menu.EDIT: _("&Edit"),
        Menu.NOTE: _("&Note"),
        Menu.THEME: _("&Theme"),
        Menu.BOARD: _("&Board"),
        Menu.PEOPLE: _("&People"),
        Menu.PROJECTOR: _("Pro&jector"),
        Menu.RECORD: _("&Record"),
        Menu.HELP: _("&Help"),
    }


@dataclass(frozen=True, slots=True)
class Act:
    """One action. `only_shown` keys are the board's and the outline's own: the menu names them, they act."""

    id: str
    text: str
    menu: Menu
    keys: tuple[str, ...] = ()
    needs: Needs = Needs.WORKSHOP
    only_shown: bool = False
    group: str = ""         # one of a group is checked
    checkable: bool = False
    line_before: bool = False


def table() -> tuple[Act, ...]:
    """All actions, in the order of the menus."""
    return (*_workshop(), *_edit(), *_notes(), *_board(), *_rest())


def _workshop() -> tuple[Act, ...]:
    menu, nothing = Menu.WORKSHOP, Needs.NOTHING
    return (
        Act("new", _("&New workshop"), menu, ("Ctrl+N",), nothing),
        Act("open", _("&Open a workshop…"), menu, ("Ctrl+O",), nothing),
        Act("practise", _("&Practise with pretend people"), menu, (), nothing),
        Act("leave", _("&Close this workshop"), menu, ("Ctrl+W",), line_before=True),
        Act("quit", _("&Quit"), menu, ("Ctrl+Q",), nothing, line_before=True),
    )


def _edit() -> tuple[Act, ...]:
    menu = Menu.EDIT
    return (
        Act("undo", _("&Undo"), menu, ("Ctrl+Z",), Needs.UNDO),
        Act("redo", _("&Redo"), menu, ("Ctrl+Shift+Z", "Ctrl+Y"), Needs.REDO),
        Act("copy", _("&Copy the words"), menu, ("Ctrl+C",), Needs.NOTES, only_shown=True, line_before=True),
    )


def _notes() -> tuple[Act, ...]:
    note, notes = Menu.NOTE, Needs.NOTES
    return (
        Act("move", _("&Move to a theme…"), note, ("Ctrl+Return",), notes, only_shown=True),
        Act("new-theme-from", _("&New theme from these"), note, ("Ctrl+G",), notes, only_shown=True),
        Act("reword", _("Change the &words"), note, ("F2",), notes, only_shown=True),
        Act("type", _("&Type a note"), note, ("Ctrl+T",)),
        Act("hide", _("&Hide, with a reason…"), note, ("Del",), notes, only_shown=True, line_before=True),
        Act("show", _("&Show again"), note, (), Needs.HIDDEN_NOTES),
        Act("new-theme", _("&New theme"), Menu.THEME, ()),
    )


def _board() -> tuple[Act, ...]:
    menu = Menu.BOARD
    return (
        Act("board", _("&Board"), menu, ("Ctrl+1",), group="view"),
        Act("outline", _("&Outline"), menu, ("Ctrl+2",), group="view"),
        Act("new-notes", _("&New notes"), menu, ("Ctrl+4",), checkable=True),
        Act("fit", _("&Fit the board"), menu, ("Ctrl+0",), line_before=True),
        Act("bigger", _("Bi&gger"), menu, ("Ctrl++", "Ctrl+=")),
        Act("smaller", _("&Smaller"), menu, ("Ctrl+-",)),
        Act("whole", _("Board at &100 %"), menu, ("Ctrl+Alt+0",)),
        Act("full-screen", _("F&ull screen"), menu, ("F11",), Needs.NOTHING, checkable=True, line_before=True),
        Act("scheme-system", _("Colours of this &laptop"), menu, (), Needs.NOTHING, group="scheme", line_before=True),
        Act("scheme-light", _("L&ight colours"), menu, (), Needs.NOTHING, group="scheme"),
        Act("scheme-dark", _("&Dark colours"), menu, (), Needs.NOTHING, group="scheme"),
        Act("scheme-high-contrast", _("&High contrast"), menu, (), Needs.NOTHING, group="scheme"),
    )


def _rest() -> tuple[Act, ...]:
    return (
        Act("people", _("&People"), Menu.PEOPLE, ("Ctrl+3",), checkable=True),
        Act("copy-link", _("&Copy the join link"), Menu.PEOPLE, (), Needs.SERVER),
        Act("join-view", _("&Join view"), Menu.PROJECTOR, ("F4",), Needs.SERVER, checkable=True),
        Act("projector", _("&Projector window"), Menu.PROJECTOR, ("F5",), Needs.SERVER, checkable=True),
        Act("export", _("&Make the record…"), Menu.RECORD, ("Ctrl+E",)),
        Act("help", _("&Help, with all keys"), Menu.HELP, ("F1",), Needs.NOTHING),
        Act("all-actions", _("&All actions"), Menu.HELP, ("Ctrl+K",), Needs.NOTHING),
    )


class Actions:
    """The actions of one window, in its menu bar."""

    def __init__(self, window: QMainWindow) -> None:
        self.acts = table()
        self.by_id: dict[str, QAction] = {}
        menus = {menu: window.menuBar().addMenu(name) for menu, name in menu_names().items()}
        groups: dict[str, QActionGroup] = {}
        for act in self.acts:
            action = _action(act, window)
            if act.group:
                groups.setdefault(act.group, QActionGroup(window)).addAction(action)
            if act.line_before:
                menus[act.menu].addSeparator()
            menus[act.menu].addAction(action)
            self.by_id[act.id] = action
        self.allow(())

    def __getitem__(self, id: str) -> QAction:
        return self.by_id[id]

    def allow(self, given: Iterable[Needs]) -> None:
        """Enable what can be done now."""
        possible = {Needs.NOTHING, *given}
        for act in self.acts:
            self.by_id[act.id].setEnabled(act.needs in possible)


def plain(text: str) -> str:
    """The words of an action without the mark of its letter."""
    return text.replace("&", "")


def _action(act: Act, window: QMainWindow) -> QAction:
    action = QAction(act.text, window)
    action.setObjectName(act.id)
    action.setCheckable(act.checkable or bool(act.group))
    if act.only_shown:
        keys = QKeySequence(act.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        action.setText(f"{act.text}\t{keys.replace('Return', _('Enter'))}")
    else:
        action.setShortcuts([QKeySequence(keys) for keys in act.keys])
        window.addAction(action)
    return action
