"""The outline on the screen: a tree of the same notes as the board, the same acts, all of it by keyboard."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from core.base.ids import NoteId, ThemeId
from core.base.language import _
from core.domain.registers import ThemeFolded
from core.session import Change
from ui.acting.actions import Actions
from ui.acting.acts import Acts
from ui.acting.offered import FOR_A_NOTE, FOR_A_QUESTION, FOR_A_THEME
from ui.acting.selection import Selection
from ui.board.editing import NameField, WordsField
from ui.bridge import Bridge
from ui.look.theme import Text, font
from ui.outline.choosing import has_single_cells, nodes_in, rows_of
from ui.outline.delegate import OutlineDelegate
from ui.outline.model import KIND, MODE, STATE, TEXT, VOTES, OutlineModel
from ui.outline.tree import Tree
from ui.picking.hide_why import HideWhy
from ui.picking.move_to import MoveTo
from ui.places import Kind, Place

KIND_WIDTH, MODE_WIDTH, VOTES_WIDTH, STATE_WIDTH = 110, 150, 64, 250
TIMES_MS = 10_000
EDITOR_HEIGHT = 110
HEADER = 32


class OutlineView(QWidget):
    """The tree, alone: notes are typed in the row below, as for the board."""

    note_opened = Signal(str)    # NoteId

    def __init__(
        self, bridge: Bridge, selection: Selection, acts: Acts, parent: QWidget | None = None,
        *, actions: Actions | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.bridge, self.selection, self.acts = bridge, selection, acts
        self._actions = actions
        self.model = OutlineModel(bridge, self)
        self.tree = Tree(self)
        self.tree.setModel(self.model)
        self._delegate = OutlineDelegate(self.model, self.tree)
        self.tree.setItemDelegate(self._delegate)
        self._is_following = False
        self._times = QTimer(self, interval=TIMES_MS)
        self.setFocusProxy(self.tree)
        self._lay_out()
        self._connect()
        self._begin()

    def close_down(self) -> None:
        """Hear nothing more from the bridge."""
        self._times.stop()
        self.model.close()
        QObject.disconnect(self._folding)
        self.selection.chosen_changed.disconnect(self._follow)
        self.selection.focus_changed.disconnect(self._follow)
        self.selection.found_changed.disconnect(self._show_found)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tree, 1)
        header = self.tree.header()
        header.setFont(font(Text.SMALL, bold=True))
        header.setFixedHeight(HEADER)
        header.setSectionsClickable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for section, width in ((KIND, KIND_WIDTH), (MODE, MODE_WIDTH), (VOTES, VOTES_WIDTH), (STATE, STATE_WIDTH)):
            self.tree.setColumnWidth(section, width)

    def _connect(self) -> None:
        chooser = self.tree.selectionModel()
        chooser.selectionChanged.connect(self._on_selected)
        chooser.currentChanged.connect(self._on_current)
        self.selection.chosen_changed.connect(self._follow)
        self.selection.focus_changed.connect(self._follow)
        self.selection.found_changed.connect(self._show_found)
        self.model.modelReset.connect(self._begin)
        self.model.rowsInserted.connect(self._on_inserted)
        self.model.moved_rows.connect(self._follow)
        self.model.dataChanged.connect(self._delegate.forget)
        self.model.dataChanged.connect(self._show_columns)
        self._folding = self.bridge.changed.connect(self._fold)
        self._times.timeout.connect(self.model.tell_times)
        self._times.start()

    # what can be asked of the outline, as of the board

    def move_to(self, typed: str = "") -> None:
        """Ask which theme the chosen notes go to."""
        notes = self._acted_on()
        if notes and self.selection.question is not None and self.bridge.may_act():
            panel = MoveTo(self.tree, lambda: self.bridge.board, self.selection.question, notes, self.acts)
            panel.start(typed)

    def hide_why(self) -> None:
        """Ask why the chosen notes are hidden."""
        notes = self._acted_on()
        if notes and self.bridge.may_act():
            HideWhy(self.tree, notes, self.acts).start()

    def new_theme(self) -> None:
        """A new theme with the chosen notes in it, to be named at once."""
        if self.bridge.may_act():
            self.acts.new_theme(self.selection.chosen, then=self.name_theme)

    def join_themes(self) -> None:
        """Ask which theme the one with the focus is joined with."""
        if self._actions is not None and self.selection.theme is not None:
            self._actions["join-themes"].trigger()

    def edit(self) -> None:
        """Change the words of the note, or the name of the theme, that has the focus."""
        node = self.model.node(self.tree.currentIndex())
        if not self.bridge.may_act():
            return
        if node.note is not None:
            self._edit_words(node.note)
        elif node.place is not None and node.place.theme:
            self.name_theme(node.place.theme)

    edit_or_name = edit

    def name_theme(self, theme: ThemeId) -> None:
        """Change the name of a theme, where it stands."""
        found = self.bridge.board.themes.get(theme)
        if found is None:
            return
        index = self.model.index_of_place(Place(found.question, Kind.THEME, theme))
        self.tree.setCurrentIndex(index)
        name = self.bridge.board.text(found.name)
        room = self._room(index)
        NameField(self.tree.viewport(), room, name, _("Name of the theme"), lambda to: self._renamed(theme, name, to))

    def choose_all(self) -> None:
        """Choose all notes of the group that has the focus."""
        node = self.model.node(self.tree.currentIndex())
        group = node.parent if node.note is not None else node
        if group is not None and group.place is not None:
            self.selection.choose(child.note for child in group.children if child.note is not None)

    def copy_words(self) -> None:
        """The words of the notes, one after the other, to the clipboard."""
        board = self.bridge.board
        texts = [board.text_of(board.notes[note]) for note in self._acted_on()]
        QGuiApplication.clipboard().setText("\n".join(texts))

    def on_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; letters stay with the tree, which goes to rows that begin with them."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = KEYS.get((modifiers, Qt.Key(event.key())))
        if act is not None:
            act(self)
        return act is not None

    def show_menu(self, at: QPoint) -> None:
        """Everything you can do here."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        node = self.model.node(self.tree.currentIndex())
        if node.note is not None:
            menu.addAction(_("Move to a theme…") + "\t" + _("Ctrl+Enter"), self.move_to)
            menu.addAction(_("New theme from these") + "\tCtrl+G", self.new_theme)
            menu.addAction(_("Change the words") + "\tF2", self.edit)
            menu.addAction(_("Hide, with a reason…") + "\tDel", self.hide_why)
            self._offer(menu, FOR_A_NOTE)
        elif node.place is not None and node.place.theme:
            self._offer(menu, FOR_A_THEME)
        elif node.question is not None:
            self._offer(menu, FOR_A_QUESTION)
        if not menu.isEmpty():
            menu.popup(at)

    def _offer(self, menu: QMenu, ids: Sequence[str]) -> None:
        if self._actions is not None:
            self._actions.offer(menu, ids)

    def _acted_on(self) -> list[NoteId]:
        """The notes a command acts on, in the order of the rows."""
        board, question = self.bridge.board, self.selection.question
        found = (board.notes.get(note) for note in self.selection.acted_on)
        there = [note.id for note in found if note is not None and note.question == question]
        return sorted(there, key=self._row_of)

    def _row_of(self, note: NoteId) -> tuple[int, int]:
        index = self.model.index_of_note(note)
        return index.parent().row(), index.row()

    def _edit_words(self, note: NoteId) -> None:
        room = self._room(self.model.index_of_note(note)).adjusted(0, 0, 0, EDITOR_HEIGHT)
        text = self.bridge.board.text_of(self.bridge.board.notes[note])
        keep = self.acts.reword
        field = WordsField(self.tree.viewport(), room, text, font(Text.BASE), lambda words: keep(note, words))
        field.setAccessibleName(_("The words of the note"))

    def _room(self, index: QModelIndex) -> QRect:
        self.tree.scrollTo(index)
        return self.tree.visualRect(index).adjusted(2, 1, -2, -1)

    def _renamed(self, theme: ThemeId, was: str, name: str) -> None:
        if name != was:
            self.acts.rename_theme(theme, name)

    @Slot()
    def _show_columns(self) -> None:
        """Kinds and votes where there are any; how notes came where there is room."""
        wanted = {
            KIND: self.model.shows_kinds,
            MODE: self.width() >= 2 * (MODE_WIDTH + STATE_WIDTH),
            VOTES: self.model.shows_votes,
        }
        for column, is_wanted in wanted.items():
            if self.tree.isColumnHidden(column) is is_wanted:
                self.tree.setColumnHidden(column, not is_wanted)

    # one selection for board and outline

    @Slot()
    def _begin(self) -> None:
        """Open the questions and their groups; stand where the selection is."""
        self._delegate.forget()
        self._show_columns()
        self.tree.expandToDepth(1)
        board = self.bridge.board
        for theme in board.themes.values():
            if theme.folded and not theme.removed:
                self.tree.collapse(self.model.index_of_place(Place(theme.question, Kind.THEME, theme.id)))
        self._follow()

    @Slot(QModelIndex, int, int)
    def _on_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        """Groups that are new, or get their first notes, are open."""
        if not self.model.node(parent).place:
            for row in range(first, last + 1):
                self.tree.expand(self.model.index(row, TEXT, parent))
        elif self.model.rowCount(parent) == 1:
            self.tree.expand(parent)

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, _chosen: QItemSelection, _dropped: QItemSelection) -> None:
        if self._is_following or self.model.is_moving_rows:
            return
        chosen = self.tree.selectionModel().selection()
        nodes = nodes_in(self.model, chosen)
        self._is_following = True
        if nodes and nodes[-1].question is not None:
            self.selection.set_question(nodes[-1].question)
        self.selection.choose(node.note for node in nodes if node.note is not None)
        self._is_following = False
        if has_single_cells(chosen):
            self._follow()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if self._is_following or self.model.is_moving_rows:
            return
        node = self.model.node(current)
        self._is_following = True
        if node.question is not None:
            self.selection.set_question(node.question)
        if node.note is None and node.place is not None and node.place.theme is not None:
            self.selection.set_theme(node.place.theme)
        else:
            self.selection.set_focus(node.note)
        self._is_following = False

    @Slot()
    def _show_found(self) -> None:
        self._delegate.found = self.selection.found or frozenset()
        self.tree.viewport().update()

    @Slot()
    def _follow(self) -> None:
        """Show as chosen what was chosen elsewhere."""
        if self._is_following or self.model.is_behind:
            return
        self._is_following = True
        chooser = self.tree.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        chooser.select(rows_of(self.model, self.selection.chosen), flags.ClearAndSelect)
        focus, now = self._focused(), self.model.node(chooser.currentIndex())
        is_there = now.note is not None and now.note == self.selection.focus    # it may be shown in two themes
        if focus.isValid() and focus != chooser.currentIndex() and not is_there:
            chooser.setCurrentIndex(focus, flags.NoUpdate)
        self._is_following = False

    def _focused(self) -> QModelIndex:
        """The row of what has the focus."""
        selection = self.selection
        if selection.focus is not None:
            return self.model.index_of_note(selection.focus)
        if selection.theme is not None and selection.question is not None:
            return self.model.index_of_place(Place(selection.question, Kind.THEME, selection.theme))
        return QModelIndex()

    @Slot(object)
    def _fold(self, change: Change) -> None:
        """What was folded shows no rows; what was opened shows them."""
        for event in change.events:
            theme = self.bridge.board.themes.get(ThemeId(event.subject))
            if isinstance(event.body, ThemeFolded) and theme is not None:
                place = Place(theme.question, Kind.THEME, theme.id)
                self.tree.setExpanded(self.model.index_of_place(place), not theme.folded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The menus send their keys here."""
        if not self.on_key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_columns()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.watch(is_seen=True)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.watch(is_seen=False)


NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def _open(outline: OutlineView) -> None:
    node = outline.model.node(outline.tree.currentIndex())
    if node.note is not None:
        outline.note_opened.emit(node.note)
    else:
        index = outline.tree.currentIndex()
        outline.tree.setExpanded(index, not outline.tree.isExpanded(index))


def _shift(outline: OutlineView, steps: int) -> None:
    if outline.selection.focus is not None:
        outline.acts.shift(outline.selection.focus, steps)


KEYS: dict[tuple[Qt.KeyboardModifier, Qt.Key], Callable[[OutlineView], None]] = {
    (CTRL, Qt.Key.Key_Return): OutlineView.move_to,
    (CTRL, Qt.Key.Key_Enter): OutlineView.move_to,
    (NONE, Qt.Key.Key_Return): _open,
    (NONE, Qt.Key.Key_Enter): _open,
    (NONE, Qt.Key.Key_F2): OutlineView.edit,
    (NONE, Qt.Key.Key_Delete): OutlineView.hide_why,
    (CTRL, Qt.Key.Key_G): OutlineView.new_theme,
    (CTRL, Qt.Key.Key_M): OutlineView.join_themes,
    (CTRL, Qt.Key.Key_A): OutlineView.choose_all,
    (CTRL, Qt.Key.Key_C): OutlineView.copy_words,
    (NONE, Qt.Key.Key_Escape): lambda outline: outline.selection.clear(),
    (ALT, Qt.Key.Key_Up): lambda outline: _shift(outline, -1),
    (ALT, Qt.Key.Key_Down): lambda outline: _shift(outline, 1),
}
