"""The outline as a Qt model: it follows the board row by row, and reads every word from it."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont

from core.base.clock import Clock, to_milliseconds, utc_now
from core.base.ids import NoteId, ThemeId
from core.base.language import _
from core.domain.board import Board, Note
from core.domain.tallies import Votes
from core.session import Change
from ui.bridge import Bridge
from ui.look.parts import plain_tip
from ui.look.theme import Text, font
from ui.outline import telling
from ui.outline.nodes import Node, copy_order, group_order, shown_places
from ui.pictures import words_of
from ui.places import Kind, Place, order_of, place_of, touched
from ui.words.modes import mode_name

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
TEXT, KIND, MODE, VOTES, STATE = range(5)
Role = Qt.ItemDataRole


class OutlineModel(QAbstractItemModel):
    """Question, group, note. Holds ids and their order, no truth of its own. While `is_moving_rows`, what Qt says of
    the current row means nothing: it goes to a neighbour when a row is taken out to be put elsewhere."""

    moved_rows = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None, *, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._clock = clock
        self._shows_names = False
        self._has_kinds = False
        self.is_moving_rows = False
        self.is_behind = False    # the whole board is another, and nobody looks
        self._is_seen = True
        self._root = Node(())
        self._nodes: dict[int, Node] = {}
        self._groups: dict[Place, Node] = {}
        self._notes: dict[NoteId, Node] = {}
        self._copies: dict[NoteId, dict[ThemeId, Node]] = {}
        self._bold = font(Text.BASE, bold=True)
        self._links = [bridge.changed.connect(self._on_changed), bridge.was_reset.connect(self.read_anew)]
        self.read_anew()

    def close(self) -> None:
        """Hear nothing more."""
        for link in self._links:
            QObject.disconnect(link)
        self._links = []

    @property
    def board(self) -> Board:
        """What is shown."""
        return self._bridge.board

    @property
    def shows_kinds(self) -> bool:
        """Whether any note has a kind, or may get one."""
        return self._has_kinds or any(self.board.asking(question).kinds for question in self.board.questions)

    @property
    def shows_votes(self) -> bool:
        """Whether there are votes, or live questions that people support."""
        asks_live = any(self.board.asking(question).live for question in self.board.questions)
        return asks_live or bool(self.board.rounds_in_order())

    def show_names(self, *, wanted: bool) -> None:
        """Whether the names that people chose stand beside how their notes came. Off at first: others may look on."""
        self._shows_names = wanted
        for asked in self._root.children:
            self._tell_all(asked)

    def node(self, index: Index) -> Node:
        """The row of an index; the root for none."""
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    def index_of(self, node: Node | None, column: int = TEXT) -> QModelIndex:
        """The index of a row."""
        if node is None or node is self._root:
            return QModelIndex()
        return self.createIndex(node.row, column, node.serial)

    def index_of_note(self, note: NoteId) -> QModelIndex:
        """Where a note stands; invalid where it does not."""
        self._catch_up()
        return self.index_of(self._notes.get(note))

    def node_of(self, note: NoteId) -> Node | None:
        """The row of a note in its own theme; None where it has none."""
        return self._notes.get(note)

    def index_of_place(self, place: Place) -> QModelIndex:
        """Where a group stands."""
        self._catch_up()
        return self.index_of(self._groups.get(place))

    # following the board

    def watch(self, *, is_seen: bool) -> None:
        """While nobody looks, a board that is another altogether is not read until somebody does."""
        self._is_seen = is_seen
        if is_seen:
            self._catch_up()

    def _catch_up(self) -> None:
        if self.is_behind:
            self._read()

    @Slot()
    def read_anew(self) -> None:
        """Everything from the board as it is now."""
        self.is_behind = True
        if self._is_seen:
            self._read()

    def _read(self) -> None:
        self.is_behind = False
        self.beginResetModel()
        self._root, self._nodes, self._groups, self._notes, self._copies = Node(()), {}, {}, {}, {}
        board = self.board
        for question in board.questions_in_order():
            asked = self._kept(Node((question.key, question.id), self._root, question.id))
            for place in shown_places(board, question.id):
                self._kept(Node(group_order(board, place), asked, question.id, place))
        for note in sorted(board.notes.values(), key=lambda note: note.arrival):
            self._keep_note(note)
        for note_id in board.copies:
            for theme in self._also_in(note_id):
                self._kept(self._new_copy(board.notes[note_id], theme))
        self.endResetModel()

    def _also_in(self, note_id: NoteId) -> list[ThemeId]:
        """The themes that show a note besides its own."""
        note = self.board.notes.get(note_id)
        if note is None or not note.is_on_board:
            return []
        shown = (ThemeId(theme) for theme in self.board.copies.get(note_id, ()) if theme != note.spot.theme)
        return [theme for theme in shown if Place(note.question, Kind.THEME, theme) in self._groups]

    def _new_copy(self, note: Note, theme: ThemeId) -> Node:
        place = Place(note.question, Kind.THEME, theme)
        return Node(copy_order(note), self._groups[place], note.question, place, note.id, is_copy=True)

    def _update_copies(self, note_id: NoteId) -> list[Node]:
        """Put the rows of a note where it is shown besides its own theme; the rows that say something else now."""
        wanted, has = self._also_in(note_id), self._copies.get(note_id, {})
        changed: list[Node] = list(has.values())
        for theme in [theme for theme in has if theme not in wanted]:
            changed += self._remove(has[theme])
        for theme in wanted:
            if theme not in self._copies.get(note_id, {}):
                self._insert(self._new_copy(self.board.notes[note_id], theme))
        return changed

    def _keep_note(self, note: Note) -> None:
        self._has_kinds = self._has_kinds or note.kind is not None
        place = place_of(self.board, note)
        if place is not None and place.question in self.board.questions:
            group = self._groups.get(place)
            if group is None:
                group = self._kept(self._new_group(place))
            self._kept(Node(order_of(place, note), group, note.question, place, note.id))

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if self.is_behind:
            return
        found = touched(change.board, change.events)
        if found.questions:
            self.read_anew()
            return
        self.is_moving_rows = True
        changed: dict[Node, None] = {}
        for theme in found.themes:
            changed.update(dict.fromkeys(self._update_theme(theme)))
        for note_id in found.notes:
            changed.update(dict.fromkeys([*self._update_note(note_id), *self._update_copies(note_id)]))
        for theme in found.themes:
            self._drop_removed(theme)
        for node in changed:
            self._tell_changed(node)
        for subject in found.told:
            self._tell_of(subject)
        self.is_moving_rows = False
        self.moved_rows.emit()

    def _update_theme(self, theme_id: ThemeId) -> list[Node]:
        """A theme comes, or gets another name."""
        theme = self.board.themes.get(theme_id)
        if theme is None or theme.removed or theme.question not in self.board.questions:
            return []
        place = Place(theme.question, Kind.THEME, theme_id)
        if place not in self._groups:
            self._insert(self._new_group(place))
        siblings = self._groups[place].parent
        return list(siblings.children) if siblings else []    # its letters may change those of others

    def _drop_removed(self, theme_id: ThemeId) -> None:
        theme = self.board.themes.get(theme_id)
        node = self._groups.get(Place(theme.question, Kind.THEME, theme_id)) if theme and theme.removed else None
        if node is not None:
            self._remove(node)

    def _update_note(self, note_id: NoteId) -> list[Node]:
        """Put a note where it stands now; the rows that say something else now."""
        note, node = self.board.notes.get(note_id), self._notes.get(note_id)
        self._has_kinds = self._has_kinds or (note is not None and note.kind is not None)
        place = place_of(self.board, note) if note is not None else None
        if note is None or place is None or place.question not in self.board.questions:
            return self._remove(node) if node is not None else []
        if node is not None and node.place == place and node.order == order_of(place, note):
            return [node]
        changed = self._remove(node) if node is not None else []
        group = self._groups.get(place)
        if group is None:
            group = self._insert(self._new_group(place))
        self._insert(Node(order_of(place, note), group, note.question, place, note_id))
        return [*changed, *self._above(group)]

    def _above(self, group: Node) -> list[Node]:
        """A group and its question: their counts have changed."""
        return [node for node in (group, group.parent) if node is not None]

    def _new_group(self, place: Place) -> Node:
        asked = next(node for node in self._root.children if node.question == place.question)
        return Node(group_order(self.board, place), asked, place.question, place)

    def _kept(self, node: Node) -> Node:
        """Take a row in at the end of its parent, without a word."""
        if node.parent is not None:
            node.parent.children.insert(node.parent.row_for(node.order), node)
        self._nodes[node.serial] = node
        if node.note is not None and node.is_copy and node.place is not None and node.place.theme is not None:
            self._copies.setdefault(node.note, {})[node.place.theme] = node
        elif node.note is not None:
            self._notes[node.note] = node
        elif node.place is not None:
            self._groups[node.place] = node
        return node

    def _insert(self, node: Node) -> Node:
        parent = node.parent or self._root
        row = parent.row_for(node.order)
        self.beginInsertRows(self.index_of(parent), row, row)
        self._kept(node)
        self.endInsertRows()
        return node

    def _remove(self, node: Node) -> list[Node]:
        """Take a row out, with the group of held or hidden notes that is empty then; what says something else now."""
        parent = node.parent or self._root
        row = node.row
        self.beginRemoveRows(self.index_of(parent), row, row)
        del parent.children[row]
        self._nodes.pop(node.serial)
        if node.note is not None and node.is_copy and node.place is not None and node.place.theme is not None:
            del self._copies[node.note][node.place.theme]
        elif node.note is not None:
            self._notes.pop(node.note)
        elif node.place is not None:
            self._groups.pop(node.place)
        self.endRemoveRows()
        passing = parent.place is not None and parent.place.kind in (Kind.HELD, Kind.HIDDEN)
        if node.note is not None and passing and not parent.children:
            return self._remove(parent)
        return self._above(parent) if parent.serial in self._nodes else []

    def _tell_changed(self, node: Node) -> None:
        if node.serial in self._nodes:
            self.dataChanged.emit(self.index_of(node, TEXT), self.index_of(node, STATE))

    def _tell_of(self, subject: str) -> None:
        """The row of a note or a theme, or a question with everything below it, says something else."""
        note, theme = self._notes.get(NoteId(subject)), self.board.themes.get(ThemeId(subject))
        if note is not None:
            self._tell_changed(note)
        elif theme is not None:
            group = self._groups.get(Place(theme.question, Kind.THEME, theme.id))
            if group is not None:
                self._tell_changed(group)
        for asked in self._root.children:
            if asked.question == subject:
                self._tell_all(asked)

    def _tell_all(self, node: Node) -> None:
        self._tell_changed(node)
        if node.children:
            first, last = node.children[0], node.children[-1]
            self.dataChanged.emit(self.index_of(first, TEXT), self.index_of(last, STATE))
        for child in node.children:
            if child.children:
                self._tell_all(child)

    @Slot()
    def tell_times(self) -> None:
        """Questions that open or close by the clock may have done so."""
        for asked in self._root.children:
            asking = self.board.asking(asked.question) if asked.question else None
            if asking is not None and (asking.opens is not None or asking.closes is not None):
                self._tell_changed(asked)

    # what Qt asks

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        children = self.node(parent).children
        if not (0 <= row < len(children) and 0 <= column <= STATE):
            return QModelIndex()
        return self.createIndex(row, column, children[row].serial)

    def parent(self, child: Index = ROOT) -> QModelIndex:    # type: ignore[override]  # the stubs know QObject.parent
        return self.index_of(self.node(child).parent)

    def rowCount(self, parent: Index = ROOT) -> int:
        return len(self.node(parent).children) if parent.column() <= TEXT else 0

    def columnCount(self, parent: Index = ROOT) -> int:
        return STATE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> str | None:
        if role != Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("Question, theme, note"), _("Kind"), _("How it came"), _("Votes"), _("State"))[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> str | QFont | None:
        node = self.node(index)
        match role:
            case Role.DisplayRole:
                return self._cell(node, index.column())
            case Role.ToolTipRole if node.note and index.column() == TEXT:
                return plain_tip(words_of(self.board, self.board.notes[node.note]))
            case Role.ToolTipRole if index.column() == STATE:
                return plain_tip(self._cell(node, STATE))
            case Role.AccessibleTextRole:
                return self.spoken(node) if index.column() == TEXT else self._cell(node, index.column())
            case Role.FontRole if node.note is None and index.column() == TEXT:
                return self._bold
        return None

    def _cell(self, node: Node, column: int) -> str:
        cells = {
            TEXT: self._name_cell, KIND: self._kind_cell, MODE: self._mode_cell, VOTES: self._votes_cell,
            STATE: self._state_cell,
        }  # fmt: skip
        return cells[column](node)

    def _name_cell(self, node: Node) -> str:
        if node.note is not None:
            return self._words(self.board.notes[node.note])
        return self.group_name(node.place) if node.place is not None else self._question_name(node)

    def _kind_cell(self, node: Node) -> str:
        return telling.kind_of_note(self.board.notes[node.note]) if node.note is not None else ""

    def _votes_cell(self, node: Node) -> str:
        return telling.written_votes(self._votes(node))

    def _mode_cell(self, node: Node) -> str:
        if node.note is None:
            return ""
        note = self.board.notes[node.note]
        name = self.board.name(note.contributor) if self._shows_names else ""
        return telling.joined((mode_name(note.mode), name))

    def _state_cell(self, node: Node) -> str:
        if node.note is not None:
            return telling.state_of_note(self.board, self.board.notes[node.note], is_copy=node.is_copy)
        if node.place is not None:
            return telling.state_of_group(self.board, node.place, node.count)
        counts = {group.place.kind: 0 for group in node.children if group.place}
        for group in node.children:
            if group.place is not None:
                counts[group.place.kind] += group.count
        shown, held = counts.get(Kind.THEME, 0) + counts.get(Kind.LOOSE, 0), counts.get(Kind.HELD, 0)
        now = to_milliseconds(self._clock())
        return telling.state_of_question(self.board, node.question, shown, held, now) if node.question else ""

    def _votes(self, node: Node) -> Votes | None:
        if node.note is not None:
            return telling.votes_of_note(self.board, self.board.notes[node.note])
        return telling.votes_of_place(self.board, node.place) if node.place is not None else None

    def _words(self, note: Note) -> str:
        return " ".join(words_of(self.board, note).split("\n"))

    def _question_name(self, node: Node) -> str:
        question = self.board.questions[node.question] if node.question else None
        return f"{node.row + 1}  {self.board.text(question.words)}" if question else ""

    def group_name(self, place: Place) -> str:
        """What a group is called."""
        theme = self.board.themes.get(place.theme) if place.theme else None
        if theme is not None:
            return self.board.text(theme.name)
        names = {Kind.LOOSE: _("Not in a theme yet"), Kind.HELD: _("Held"), Kind.HIDDEN: _("Hidden")}
        return names.get(place.kind, "")

    def spoken(self, node: Node) -> str:
        """A row for ears: the words, then where the note is, what it is, how it came, its votes, whether it is
        shown."""
        where = self.group_name(node.place) if node.note is not None and node.place is not None else ""
        votes = telling.spoken_votes(self.board, node.question, self._votes(node))
        kind, mode = self._kind_cell(node), self._mode_cell(node)
        return telling.joined((self._name_cell(node), where, kind, mode, votes, self._state_cell(node)))
