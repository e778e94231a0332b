"""What can be done with notes and themes at the desk: the same acts for the board and the outline."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from core.base.bidi import isolated
from core.base.ids import NoteId, ThemeId, new_id
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.commands import (
    HideNotes,
    HoldNotes,
    MoveNotes,
    NewTheme,
    PlaceTheme,
    Redo,
    RemoveTheme,
    RenameTheme,
    RewordNote,
    ShowNotes,
    Undo,
)
from core.domain.grouping import SetOnTheirOwn, ShowAlsoIn, ShowOnlyThere
from core.domain.terms import Box, Reason
from core.session import Saved
from ui.acting.selection import Selection
from ui.acting.theme_acts import ThemeActs
from ui.bridge import Bridge
from ui.places import Kind, place_of


class Acts(QObject):
    """Hands commands to the bridge. `done` says what was done, once it is saved; `undone` that it was taken back."""

    done = Signal(str)
    undone = Signal(str)

    def __init__(self, bridge: Bridge, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._selection = selection
        self.themes = ThemeActs(bridge, self._say)

    def move(self, notes: Sequence[NoteId], theme: ThemeId | None, before: NoteId | None = None) -> None:
        """Put notes into a theme, or out of all; the focus goes on to the next note in no theme."""
        if not notes:
            return
        self._go_on(notes)
        said = self._moved(len(notes), theme)
        self._bridge.do(MoveNotes(tuple(notes), theme, before), lambda saved: self._say(saved, said))
        self._selection.clear()

    def set_on_their_own(self, notes: Sequence[NoteId]) -> None:
        """Put notes that are like no others where they are not buried."""
        question = self._selection.question
        if question is None or not notes:
            return
        self._go_on(notes)
        said = ngettext("{n} note set on its own.", "{n} notes set on their own.", len(notes)).format(n=len(notes))
        self._bridge.do(SetOnTheirOwn(tuple(notes), question), lambda saved: self._say(saved, said))
        self._selection.clear()

    def show_also_in(self, notes: Sequence[NoteId], theme: ThemeId, *, on: bool = True) -> None:
        """Show notes in a second theme, too, or no more."""
        count = len(notes)
        said = (
            ngettext("{n} note is also in “{theme}”.", "{n} notes are also in “{theme}”.", count)
            if on
            else ngettext("{n} note is out of “{theme}” again.", "{n} notes are out of “{theme}” again.", count)
        ).format(n=count, theme=self._name(theme))
        self._bridge.do(ShowAlsoIn(tuple(notes), theme, on), lambda saved: self._say(saved, said))

    def show_only_there(self, notes: Sequence[NoteId]) -> None:
        """Show notes in the theme where they lie, and in no other."""
        said = ngettext("{n} note is in one theme again.", "{n} notes are in one theme again.", len(notes))
        said = said.format(n=len(notes))
        self._bridge.do(ShowOnlyThere(tuple(notes)), lambda saved: self._say(saved, said))

    def new_theme(
        self,
        notes: Sequence[NoteId] = (),
        name: str = "",
        box: Box | None = None,
        then: Callable[[ThemeId], None] | None = None,
    ) -> None:
        """Make a theme with these notes in it. Without a name it gets a number, to be named after `then`."""
        question = self._selection.question
        if question is None:
            return
        theme_id = ThemeId(new_id())
        command = NewTheme(
            question=question,
            name=name or self._free_name(),
            note_ids=tuple(notes),
            box=box,
            theme_id=theme_id,
        )
        self._go_on(notes)
        self._bridge.do(command, lambda _saved: then(theme_id) if then else None)
        self._selection.clear()

    def rename_theme(self, theme: ThemeId, name: str) -> None:
        """Give a theme another name; an empty one changes nothing."""
        if name.strip():
            self._bridge.do(RenameTheme(theme, name))

    def place_theme(self, theme: ThemeId, box: Box | None) -> None:
        """Put a theme's frame somewhere, or let the board place it."""
        said = _("“{theme}” has another place.").format(theme=self._name(theme))
        self._bridge.do(PlaceTheme(theme, box), lambda saved: self._say(saved, said))

    def remove_theme(self, theme: ThemeId) -> None:
        """Remove a theme; its notes are in no theme then."""
        name = self._name(theme)
        said = _("The theme “{name}” is gone. Its notes are in “Not in a theme yet”.").format(name=name)
        self._bridge.do(RemoveTheme(theme), lambda saved: self._say(saved, said))

    def hide(self, notes: Sequence[NoteId], reason: Reason, because: str = "") -> None:
        """Take notes off the board; their writers see why."""
        self._go_on(notes)
        said = ngettext("{n} note hidden.", "{n} notes hidden.", len(notes)).format(n=len(notes))
        self._bridge.do(HideNotes(tuple(notes), reason, because), lambda saved: self._say(saved, said))
        self._selection.clear()

    def hold(self, notes: Sequence[NoteId], reason: Reason) -> None:
        """Keep notes back until somebody has looked at them."""
        self._go_on(notes)
        said = ngettext("{n} note held.", "{n} notes held.", len(notes)).format(n=len(notes))
        self._bridge.do(HoldNotes(tuple(notes), reason), lambda saved: self._say(saved, said))
        self._selection.clear()

    def show(self, notes: Sequence[NoteId]) -> None:
        """Put held or hidden notes on the board."""
        said = ngettext("{n} note shown.", "{n} notes shown.", len(notes)).format(n=len(notes))
        self._bridge.do(ShowNotes(tuple(notes)), lambda saved: self._say(saved, said))

    def reword(self, note: NoteId, text: str) -> None:
        """Give a note other words; an empty text changes nothing."""
        if text.strip():
            self._bridge.do(RewordNote(note, text))

    def shift(self, note_id: NoteId, steps: int) -> None:
        """Move a note up (-1) or down (1) among the notes of its theme."""
        board = self._bridge.board
        note = board.notes.get(note_id)
        theme = board.theme_of(note) if note else None
        if theme is None:
            return
        order = [each.id for each in board.notes_in(theme.id)]
        others = [each for each in order if each != note_id]
        to = order.index(note_id) + steps
        if 0 <= to < len(order):
            before = others[to] if to < len(others) else None
            self._bridge.do(MoveNotes((note_id,), theme.id, before))

    def undo(self) -> None:
        """Take back this desk's last act."""
        self._bridge.do(Undo(self._bridge.session.desk), lambda _saved: self.undone.emit(_("Taken back.")))

    def redo(self) -> None:
        """Do again what was taken back."""
        self._bridge.do(Redo(self._bridge.session.desk), lambda _saved: self.undone.emit(_("Done again.")))

    def _say(self, saved: Saved, said: str) -> None:
        if saved.events:
            self.done.emit(said)

    def _moved(self, count: int, theme: ThemeId | None) -> str:
        name = self._name(theme) if theme else _("Not in a theme yet")
        said = ngettext("{n} note moved to “{theme}”.", "{n} notes moved to “{theme}”.", count)
        return said.format(n=count, theme=name)

    def _name(self, theme_id: ThemeId) -> str:
        theme = self._bridge.board.themes.get(theme_id)
        return isolated(self._bridge.board.text(theme.name)) if theme else ""

    def _free_name(self) -> str:
        board = self._bridge.board
        taken = {board.text(theme.name) for theme in board.themes.values() if not theme.removed}
        names = (_("Theme {n}").format(n=number) for number in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def _go_on(self, gone: Sequence[NoteId]) -> None:
        """Give the focus to the next note in no theme, once these are put away."""
        focus = self._selection.focus
        if focus is None or focus in gone:
            self._selection.set_focus(next_loose(self._bridge.board, focus, gone))


def next_loose(board: Board, focus: NoteId | None, gone: Sequence[NoteId]) -> NoteId | None:
    """The note in no theme that comes after this one, or else the first; without those that go away."""
    note = board.notes.get(focus) if focus else None
    if note is None:
        return None
    place = place_of(board, note)
    loose = [each for each in board.loose_notes(note.question) if each.id not in gone]
    if not loose:
        return None
    since = note.arrival if place is not None and place.kind is Kind.LOOSE else -1
    return next((each.id for each in loose if each.arrival > since), loose[0].id)
