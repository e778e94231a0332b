"""Everything the desk can be told to do, in one table: name, words, keys, menu, and when it can be done."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from core.base.language import _
from ui.acting.needs import Needs, why_not
from ui.acting.offered import SORT


class Menu(Enum):
    """The menus, left to right; those of SUBMENUS open from another."""

    WORKSHOP = auto()
    EDIT = auto()
    QUESTION = auto()
    NOTE = auto()
    LIVE = auto()
    THEME = auto()
    SORT = auto()
    BOARD = auto()
    AGENDA = auto()
    VOTES = auto()
    PEOPLE = auto()
    PROJECTOR = auto()
    RECORD = auto()
    HELP = auto()


SUBMENUS = {Menu.LIVE: Menu.NOTE, Menu.SORT: Menu.THEME}


def menu_names() -> dict[Menu, str]:
    """What the menus are called; & stands before the letter that opens one with Alt."""
    return {
        Menu.WORKSHOP: _("&Workshop"),
        Menu.EDIT: _("&Edit"),
        Menu.QUESTION: _("&Question"),
        Menu.NOTE: _("&Note"),
        Menu.LIVE: _("&Live question"),
        Menu.THEME: _("&Theme"),
        Menu.SORT: _("&Sort its notes"),
        Menu.BOARD: _("&Board"),
        Menu.AGENDA: _("&Agenda"),
        Menu.VOTES: _("&Votes"),
        Menu.PEOPLE: _("&People"),
        Menu.PROJECTOR: _("Pro&jector"),
        Menu.RECORD: _("&Record"),
        Menu.HELP: _("&Help"),
    }


@dataclass(frozen=True, slots=True)
class Act:
    """One action. `only_shown` keys are the board's and the outline's own: the menu names them, they act. While what
    it does is so, an action with `text_on` has these words, and takes it back."""

    id: str
    text: str
    menu: Menu
    keys: tuple[str, ...] = ()
    needs: Needs = Needs.WORKSHOP
    only_shown: bool = False
    group: str = ""         # one of a group is checked
    checkable: bool = False
    line_before: bool = False
    text_on: str = ""


def table() -> tuple[Act, ...]:
    """All actions, in the order of the menus."""
    return (
        *_workshop(), *_edit(), *_question(), *_notes(), *_live(), *_themes(), *_board(), *_agenda(), *_votes(),
        *_rest(),
    )  # fmt: skip


def _workshop() -> tuple[Act, ...]:
    menu, nothing = Menu.WORKSHOP, Needs.NOTHING
    return (
        Act("new", _("&New workshop"), menu, ("Ctrl+N",), nothing),
        Act("open", _("&Open a workshop…"), menu, ("Ctrl+O",), nothing),
        Act("practise", _("&Practise with pretend people"), menu, (), nothing),
        Act("change-workshop", _("C&hange the workshop…"), menu, (), line_before=True),
        Act("rehearse", _("&Rehearse with pretend people"), menu),
        Act("ready", _("&Is all ready?"), menu, (), nothing),
        Act("save-copy", _("&Save a copy…"), menu, ("Ctrl+S",)),
        Act("bring-in", _("&Bring in from another desk’s copy…"), menu, (), Needs.WRITING),
        Act("second-desk", _("Let a second &desk join…"), menu, (), Needs.FIRST_DESK, line_before=True),
        Act("take-over", _("Go on &without the first desk…"), menu, (), Needs.SECOND_DESK),
        Act("join-desk", _("&Join another desk’s workshop…"), menu, (), nothing),
        Act("online", _("Share through an online ho&me…"), menu, (), Needs.WRITING),
        Act(
            "freeze", _("&Freeze the notes"), menu, line_before=True,
            text_on=_("Let people change their notes &again"),
        ),
        Act("end", _("The workshop is o&ver"), menu, text_on=_("The workshop &goes on")),
        Act("settings", _("Se&ttings…"), menu, ("Ctrl+,",), nothing, line_before=True),
        Act("leave", _("&Close this workshop"), menu, ("Ctrl+W",), line_before=True),
        Act("quit", _("&Quit"), menu, ("Ctrl+Q",), nothing, line_before=True),
    )  # fmt: skip


def _edit() -> tuple[Act, ...]:
    menu = Menu.EDIT
    return (
        Act("undo", _("&Undo"), menu, ("Ctrl+Z",), Needs.UNDO),
        Act("redo", _("&Redo"), menu, ("Ctrl+Shift+Z", "Ctrl+Y"), Needs.REDO),
        Act("conflicts", _("C&hanged at two desks…"), menu, (), Needs.CONFLICTS),
        Act("copy", _("&Copy the words"), menu, ("Ctrl+C",), Needs.NOTES, only_shown=True, line_before=True),
        Act("find", _("&Find in all notes"), menu, ("Ctrl+F",), line_before=True),
        Act("find-next", _("&Next found note"), menu, ("F3",)),
        Act("find-before", _("Found note &before"), menu, ("Shift+F3",)),
        Act("sample", _("A s&ample of the notes in no theme"), menu, ("Ctrl+Shift+F",)),
        Act("choose-found", _("Choose all that are foun&d"), menu, ("Ctrl+Shift+A",)),
    )


def _question() -> tuple[Act, ...]:
    menu, question = Menu.QUESTION, Needs.QUESTION
    return (
        Act("take-notes", _("&Open for notes"), menu, (), Needs.GOING_ON, text_on=_("&Close for notes")),
        Act("reveal", _("&Reveal the notes"), menu, ("F7",), Needs.REVEALABLE, text_on=_("Cover the notes &again")),
        Act("reveal-parts", _("Re&veal a part…"), menu, ("Shift+F7",), Needs.REVEALABLE),
        Act("seen-at-once", _("Notes shown a&t once"), menu, (), question, group="seen", line_before=True),
        Act("seen-later", _("Notes shown &when I reveal them"), menu, (), question, group="seen"),
        Act("seen-never", _("Notes &never shown to others"), menu, (), question, group="seen"),
        Act("read-first", _("Read every note &first"), menu, (), question, checkable=True, line_before=True),
        Act("counts", _("Tell how &many notes there are"), menu, (), question, checkable=True),
        Act("kinds", _("Ask what &kind of note it is"), menu, (), question, checkable=True),
        Act("pictures", _("&Pictures may be sent"), menu, (), question, checkable=True),
        Act("live", _("&Live: people ask, a panel answers"), menu, (), question, checkable=True),
        Act(
            "join-venues", _("&Show what other venues said"), menu, (), Needs.APART, line_before=True,
            text_on=_("Cover what other ven&ues said"),
        ),
        Act("asking", _("&How this question is asked…"), menu, ("Ctrl+Shift+H",), question, line_before=True),
    )


def _notes() -> tuple[Act, ...]:
    note, notes = Menu.NOTE, Needs.NOTES
    return (
        Act("move", _("&Move to a theme…"), note, ("Ctrl+Return",), notes, only_shown=True),
        Act("new-theme-from", _("&New theme from these"), note, ("Ctrl+G",), notes, only_shown=True),
        Act("also", _("&Also in another theme…"), note, ("Ctrl+D",), Needs.SHOWN_NOTES),
        Act("only-here", _("Only in on&e theme again"), note, (), Needs.COPIED_NOTES),
        Act("own", _("Set on the&ir own"), note, (), Needs.SHOWN_NOTES),
        Act("reword", _("Change the &words"), note, ("F2",), notes, only_shown=True),
        Act("type", _("&Type for someone"), note, ("Ctrl+T",)),
        Act("slips", _("S&lips for the people you typed for…"), note, (), Needs.TYPED),
        Act("hide", _("&Hide, with a reason…"), note, ("Del",), notes, only_shown=True, line_before=True),
        Act("hold", _("H&old, with a reason…"), note, ("Ctrl+H",), Needs.SHOWN_NOTES),
        Act("show", _("&Show on the board"), note, ("Ctrl+Shift+S",), Needs.HIDDEN_NOTES),
        Act("answer", _("W&rite the answer…"), note, ("Ctrl+R",), notes),
        Act("what-happened", _("What happene&d to it"), note, ("Ctrl+I",), notes),
        Act("merge", _("&Join with another note…"), note, ("Ctrl+M",), notes, line_before=True),
        Act("split", _("On its own a&gain"), note, (), Needs.MERGED_NOTES),
        Act(
            "block", _("Take nothing more from this &phone"), note, (), Needs.ONE_PHONE, line_before=True,
            text_on=_("Take notes from this &phone again"),
        ),
        Act("discard", _("Hide all that came in the &burst"), note, (), Needs.BURST),
    )  # fmt: skip


def _live() -> tuple[Act, ...]:
    menu, needs = Menu.LIVE, Needs.LIVE_NOTES
    return (
        Act("mark-now", _("&Answer it now"), menu, ("Ctrl+Shift+Return",), needs, group="mark"),
        Act("mark-asked", _("It was a&sked"), menu, (), needs, group="mark"),
        Act("mark-writing", _("Answer it in &writing later"), menu, (), needs, group="mark"),
        Act("mark-parked", _("&Park it"), menu, (), needs, group="mark"),
        Act("mark-waiting", _("Let it wa&it"), menu, (), needs, group="mark"),
    )


def _themes() -> tuple[Act, ...]:
    menu, theme = Menu.THEME, Needs.THEME
    return (
        Act("new-theme", _("&New theme"), menu, (), Needs.QUESTION),
        Act("suggest", _("Su&ggest themes"), menu, ("Ctrl+Shift+G",), Needs.LOOSE_NOTES),
        Act("name-theme", _("Change the na&me"), menu, ("F2",), theme, only_shown=True, line_before=True),
        Act("colour-theme", _("&Colour…"), menu, ("Ctrl+L",), theme),
        Act("fold", _("&Fold"), menu, ("Ctrl+B",), theme, text_on=_("Un&fold")),
        Act("sort-arrival", _("As they &came"), Menu.SORT, (), theme),
        Act("sort-votes", _("Most &votes first"), Menu.SORT, (), theme),
        Act("sort-mode", _("By &how they came"), Menu.SORT, (), theme),
        Act("choose-theme", _("Choose &all its notes"), menu, ("Ctrl+A",), theme, only_shown=True),
        Act("place-theme", _("Mo&ve it on the board…"), menu, (), theme),
        Act("free-theme", _("&Let the board place it"), menu, (), theme),
        Act("answer-theme", _("&Write the answer…"), menu, (), theme),
        Act("join-themes", _("&Join with another theme…"), menu, ("Ctrl+M",), Needs.OTHER_THEMES, only_shown=True),
        Act("remove-theme", _("&Remove it, keep its notes"), menu, (), theme, line_before=True),
    )  # fmt: skip


def _board() -> tuple[Act, ...]:
    menu = Menu.BOARD
    return (
        Act("board", _("&Board"), menu, ("Ctrl+1",), group="view"),
        Act("outline", _("&Outline"), menu, ("Ctrl+2",), group="view"),
        Act("held", _("&Held for you"), menu, ("Ctrl+J",), Needs.HELD),
        Act("new-notes", _("&New notes"), menu, ("Ctrl+4",), checkable=True),
        Act("live-questions", _("Live &questions"), menu, ("Ctrl+7",), checkable=True),
        Act("replies", _("&Answers: you said, we did"), menu, ("Ctrl+8",), group="view"),
        Act("compare", _("Venues ne&xt to each other"), menu, ("Ctrl+Shift+V",), Needs.VENUES, group="view"),
        Act("pledges", _("Pl&edges"), menu, ("Ctrl+9",), checkable=True),
        Act("names", _("Na&mes in the outline"), menu, (), checkable=True),
        Act("history", _("Histor&y"), menu, ("Ctrl+5",), checkable=True),
        Act("colour-by-theme", _("Colou&r by theme"), menu, (), group="colour-by", line_before=True),
        Act("colour-by-kind", _("Colour by &kind"), menu, (), group="colour-by"),
        Act("colour-by-mode", _("Colour by ho&w they came"), menu, (), group="colour-by"),
        Act("tidy", _("&Tidy"), menu, (), Needs.THEMES, line_before=True),
        Act("fit", _("&Fit the board"), menu, ("Ctrl+0",)),
        Act("bigger", _("Bi&gger"), menu, ("Ctrl++", "Ctrl+=")),
        Act("smaller", _("&Smaller"), menu, ("Ctrl+-",)),
        Act("whole", _("Board at &100 %"), menu, ("Ctrl+Alt+0",)),
        Act("next-part", _("Next &part of the window"), menu, ("F6",), Needs.NOTHING, line_before=True),
        Act("part-before", _("Pre&vious part of the window"), menu, ("Shift+F6",), Needs.NOTHING),
        Act("full-screen", _("F&ull screen"), menu, ("F11",), Needs.NOTHING, checkable=True),
        Act("scheme-system", _("Colours of this &laptop"), menu, (), Needs.NOTHING, group="scheme", line_before=True),
        Act("scheme-light", _("L&ight colours"), menu, (), Needs.NOTHING, group="scheme"),
        Act("scheme-dark", _("&Dark colours"), menu, (), Needs.NOTHING, group="scheme"),
        Act("scheme-high-contrast", _("High &contrast"), menu, (), Needs.NOTHING, group="scheme"),
    )


def _agenda() -> tuple[Act, ...]:
    menu = Menu.AGENDA
    return (
        Act("next-step", _("&Next step"), menu, ("F8",), Needs.STEP_AFTER),
        Act("step-back", _("&Back one step"), menu, ("Shift+F8",), Needs.STEP_BEFORE),
        Act("agenda", _("&All steps…"), menu, ("Ctrl+6",)),
        Act("add-step", _("Add a &step…"), menu, ()),
        Act("timer", _("Start the &timer"), menu, ("F12",), text_on=_("Stop the &timer"), line_before=True),
        Act("set-timer", _("Start the timer with &minutes…"), menu, ()),
        Act("more-time", _("&One more minute"), menu, ("Shift+F12",), Needs.TIMER),
        Act("no-timer", _("&Put the timer away"), menu, (), Needs.TIMER),
        Act("sound", _("A soun&d when the time is up"), menu, (), checkable=True),
    )


def _votes() -> tuple[Act, ...]:
    menu = Menu.VOTES
    return (
        Act("open-vote", _("&Open a vote…"), menu, (), Needs.GOING_ON),
        Act("voting", _("Let the vote &go on"), menu, (), Needs.VOTE, text_on=_("&Close the vote")),
        Act("result", _("&Result of the vote"), menu, (), Needs.VOTE),
        Act("count-votes", _("Enter &hands and paper dots…"), menu, (), Needs.VOTE),
    )


def _projector() -> tuple[Act, ...]:
    menu, server = Menu.PROJECTOR, Needs.SERVER
    return (
        Act("join-view", _("&Join view"), menu, ("F4",), server, checkable=True),
        Act("projector", _("&Projector window"), menu, ("F5",), server, checkable=True),
        Act("blank", _("Show n&othing"), menu, ("F9",), server, checkable=True),
        Act("hold-still", _("Free&ze the picture"), menu, ("Shift+F9",), server, checkable=True),
        Act("follow", _("What the a&genda asks for"), menu, (), server, checkable=True, line_before=True),
        Act("show-welcome", _("W&elcome"), menu, (), server, group="stage"),
        Act("show-question", _("&Question and time"), menu, (), server, group="stage"),
        Act("show-themes", _("&Notes by theme"), menu, (), server, group="stage"),
        Act("show-how-to-vote", _("&How to vote"), menu, (), server, group="stage"),
        Act("show-results", _("&Results of the vote"), menu, (), server, group="stage"),
        Act("show-live", _("&Live question"), menu, (), server, group="stage"),
        Act("show-pledges", _("Ple&dges"), menu, (), server, group="stage"),
        Act("show-said", _("&You said"), menu, (), server, group="stage"),
        Act("show-pause", _("&Break, with the time"), menu, (), server, group="stage"),
        Act("page-on", _("Ne&xt page"), menu, (), server, line_before=True),
        Act("page-back", _("Page be&fore"), menu, (), server),
        Act("projector-names", _("Na&mes that people chose"), menu, (), server, checkable=True),
        Act("other-screen", _("Another s&creen"), menu, (), server),
        Act("address", _("Choose the &address…"), menu, (), server, line_before=True),
        Act("wifi", _("The room’s &Wi-Fi…"), menu, (), server),
    )  # fmt: skip


def _rest() -> tuple[Act, ...]:
    return (
        Act("people", _("&People"), Menu.PEOPLE, ("Ctrl+3",), checkable=True),
        Act("seat", _("The w&riter sits at a table…"), Menu.PEOPLE, (), Needs.ONE_PHONE),
        Act("venues", _("&Venues…"), Menu.PEOPLE, (), Needs.WRITING),
        Act("links", _("&Links to join…"), Menu.PEOPLE, (), Needs.NETWORK, line_before=True),
        Act("copy-link", _("&Copy the join link"), Menu.PEOPLE, (), Needs.NETWORK),
        Act("copy-link-home", _("Copy the link for people at &home"), Menu.PEOPLE, (), Needs.NETWORK),
        Act("copy-link-scribe", _("Copy the link for a &table scribe"), Menu.PEOPLE, (), Needs.NETWORK),
        *_projector(),
        Act("print", _("&Print…"), Menu.RECORD, ("Ctrl+P",), Needs.NETWORK),
        Act("export", _("&Make the record…"), Menu.RECORD, ("Ctrl+E",)),
        Act("easy-read", _("&Easy Read…"), Menu.RECORD),
        Act("way-back", _("The &way back: letters to everybody"), Menu.RECORD, ("Ctrl+Shift+E",), group="view"),
        Act("help", _("&Help, with all keys"), Menu.HELP, ("F1",), Needs.NOTHING),
        Act("joining-help", _("When phones cannot &join"), Menu.HELP, (), Needs.NOTHING),
        Act("all-actions", _("&All actions"), Menu.HELP, ("Ctrl+K",), Needs.NOTHING),
    )


LOOKS = frozenset({
    "colour-by-theme", "colour-by-kind", "colour-by-mode",
    "save-copy", "leave", "copy", "board", "outline", "held", "new-notes", "names", "fit", "bigger", "smaller", "whole",
    "compare", "agenda", "result", "people", "export", "slips", "sound", "history",
    "what-happened", "live-questions", "pledges", "replies", "find", "find-next", "find-before", "sample",
    "choose-found",
})  # fmt: skip
"""What can be done with a workshop that can only be looked at."""


class Actions(QObject):
    """The actions of one window, in its menu bar. `chosen` names the one that was chosen, by menu, keys or list."""

    chosen = Signal(str)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.acts = table()
        self.by_id: dict[str, QAction] = {}
        self._lacks: dict[str, Needs | None] = {}
        menus = _menus(window)
        self._submenus = {SORT: menus[Menu.SORT]}
        groups: dict[str, QActionGroup] = {}
        for act in self.acts:
            action = _action(act, window)
            if act.group:
                groups.setdefault(act.group, QActionGroup(window)).addAction(action)
            if act.line_before:
                menus[act.menu].addSeparator()
            menus[act.menu].addAction(action)
            action.triggered.connect(partial(self._tell, act.id))
            self.by_id[act.id] = action
        self.allow(())

    def __getitem__(self, id: str) -> QAction:
        return self.by_id[id]

    def allow(self, given: Iterable[Needs]) -> None:
        """Enable what can be done now; the others say why not. Few of them change at a time."""
        possible = {Needs.NOTHING, *given}
        for act in self.acts:
            action, lacking = self.by_id[act.id], _lacking(act, possible)
            if act.id not in self._lacks or self._lacks[act.id] is not lacking:
                self._lacks[act.id] = lacking
                action.setEnabled(lacking is None)
                action.setToolTip("" if lacking is None else why_not(lacking))

    def show_on(self, on: Mapping[str, bool]) -> None:
        """Say of these whether they are so: by a tick, or by the words for taking it back."""
        for act in self.acts:
            if act.id not in on:
                continue
            if act.text_on:
                self.by_id[act.id].setText(act.text_on if on[act.id] else act.text)
            else:
                _tick(self.by_id[act.id], on=on[act.id])

    def offer(self, menu: QMenu, ids: Iterable[str]) -> None:
        """Add those of these actions that make sense now."""
        found = (self._submenus[id].menuAction() if id in self._submenus else self.by_id[id] for id in ids)
        possible = [action for action in found if action.isEnabled()]
        if possible and not menu.isEmpty():
            menu.addSeparator()
        menu.addActions(possible)

    def _tell(self, id: str, _checked: bool = False) -> None:
        self.chosen.emit(id)


def _lacking(act: Act, possible: Set[Needs]) -> Needs | None:
    """What is not so that would have to be; what cannot be changed at all is said first."""
    changes = act.needs is not Needs.NOTHING and act.id not in LOOKS
    if Needs.WORKSHOP in possible and changes and Needs.WRITING not in possible:
        return Needs.WRITING
    return None if act.needs in possible else act.needs


def plain(text: str) -> str:
    """The words of an action without the mark of its letter."""
    return text.replace("&", "")


def _menus(window: QMainWindow) -> dict[Menu, QMenu]:
    menus: dict[Menu, QMenu] = {}
    for menu, name in menu_names().items():
        above = SUBMENUS.get(menu)
        menus[menu] = menus[above].addMenu(name) if above else window.menuBar().addMenu(name)
        menus[menu].setToolTipsVisible(True)
    return menus


def _tick(action: QAction, *, on: bool) -> None:
    group = action.actionGroup()
    if group is not None:
        group.setExclusive(False)    # none of a group may be so
    action.setChecked(on)
    if group is not None:
        group.setExclusive(True)


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
