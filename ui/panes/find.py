"""Find: words and filters, what was found as a list, and the same lit on the board and in the outline."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.base.bidi import isolated
from core.base.chance import random_bytes
from core.base.ids import NoteId, ThemeId
from core.base.language import _, ngettext
from core.domain.board import Board, Note, NoteState
from core.domain.terms import Mode, NoteKind
from core.domain.words import LINE_LIMIT
from core.sense.sample import in_chance_order
from ui.acting.finding import Finder, Found, State, Wanted
from ui.acting.selection import Selection
from ui.bridge import Bridge
from ui.dialogs.form import choice
from ui.look.parts import Button, Icon, KeyCaps, Label, Tone, take_what_is_left
from ui.look.theme import Text
from ui.panes.pages import Page, Pages
from ui.panes.rows import Row, RowList, Rows
from ui.pictures import words_of
from ui.words.modes import mode_name
from ui.words.names import kind_name

LISTED = 100
"""So many stand on a page of the list; the board and the outline light all that were found."""
SAMPLES = (20, 50, 100)
TYPING_MS = 150
AGAIN_MS = 1000


class FindPane(QFrame):
    """Takes the place of the new notes while something is looked for. Escape gives the board back."""

    note_wanted = Signal(str)    # NoteId: show it on the board
    left = Signal()

    def __init__(
        self, bridge: Bridge, selection: Selection, parent: QWidget | None = None, *, seed: bytes | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "pane-left")
        self.setAccessibleName(_("Find"))
        self._bridge, self._selection = bridge, selection
        self._seed = seed or random_bytes(16)    # of samples: the same ones until the workshop is opened again
        self.found = Found(Wanted())
        self._order: tuple[NoteId, ...] = ()    # what was found, as it is listed
        self._page = Page(size=LISTED)
        self._finder = Finder(lambda: bridge.board, self)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Find in all notes"))
        self.field.setPlaceholderText(_("Find in all notes"))
        self.field.setMaxLength(LINE_LIMIT)
        self.kind = choice(_("Kind"), [("", _("Any kind")), *((kind, kind_name(kind)) for kind in NoteKind)], "")
        self.mode = choice(_("How it came"), [("", _("Any way")), *((mode, mode_name(mode)) for mode in Mode)], "")
        self.state = choice(_("State"), states(), None)
        self.theme = QComboBox()
        self.theme.setAccessibleName(_("Theme"))
        self.many = choice(_("How many of them"), amounts(), 0)
        self.told = Label("", tone=Tone.SECOND, wrap=True)
        self.choose = Button(_("Choose all"), keys="Ctrl+Shift+A", height=30)
        self.pages = Pages()
        self.model = Rows(self)
        self.list = RowList(self.model, _("Found notes"))
        take_what_is_left(self.list)
        self._lay_out()
        self.setFocusProxy(self.field)
        self._soon = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._again = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._connect()

    def begin(self) -> None:
        """Ready to look for something; what was looked for last is there to be typed over."""
        self._show_themes()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look()

    def end(self) -> None:
        """Nothing is lit any more."""
        self._finder.stop()
        self._soon.stop()
        self._again.stop()
        self._selection.set_found(None)

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        kind, mode, theme = self.kind.currentData(), self.mode.currentData(), self.theme.currentData()
        return Wanted(
            self.field.text(), NoteKind(kind) if kind else None, Mode(mode) if mode else None,
            ThemeId(theme) if theme else None, self.state.currentData(),
        )  # fmt: skip

    def sample(self) -> None:
        """Some notes that are in no theme yet, by chance."""
        self.field.clear()
        for box in (self.kind, self.mode, self.theme):
            box.setCurrentIndex(0)
        self.state.setCurrentIndex(self.state.findData(State.LOOSE))
        self.many.setCurrentIndex(self.many.findData(SAMPLES[1]))
        self._look()

    @property
    def is_sample(self) -> bool:
        """Whether only some of what was found are looked at, by chance."""
        return bool(self.many.currentData())

    @property
    def looked_at(self) -> tuple[NoteId, ...]:
        """What is stepped through and chosen: all that was found, or the sample."""
        return self._order[self._page.first : self._page.end] if self.is_sample else self._order

    def step(self, by: int) -> None:
        """Go to the next found note (1) or the one before (-1), round and round."""
        notes = self.looked_at
        if notes:
            focus = self._selection.focus
            at = notes.index(focus) + by if focus in notes else 0 if by > 0 else -1
            self._go_to(notes[at % len(notes)])

    @Slot()
    def choose_all(self) -> None:
        """Choose all that were found of the question that is looked at."""
        board, question = self._bridge.board, self._selection.question
        found = (board.notes.get(each) for each in self.looked_at)
        self._selection.choose(note.id for note in found if note is not None and note.question == question)
        chosen = len(self._selection.chosen)
        self._say(ngettext(
            "{n} note is chosen. The menu Note has what can be done with it.",
            "{n} notes are chosen. The menu Note has what can be done with them.", chosen,
        ).format(n=f"{chosen:,}"))    # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            case Qt.Key.Key_Down if self.field.hasFocus():
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
            case _:
                super().keyPressEvent(event)

    def _go_to(self, note: NoteId) -> None:
        self._turn(self._page.with_row(self._order.index(note)).first)
        row = self.model.row_of(note)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))
        self.note_wanted.emit(note)

    @Slot()
    def _look(self) -> None:
        if self.isVisible():
            self._finder.look_for(self.wanted)

    @Slot()
    def _on_many(self) -> None:
        """Who wants a sample and has not said of what means the notes that nobody has grouped yet."""
        if self.is_sample and self.wanted.is_nothing:
            self.state.setCurrentIndex(self.state.findData(State.LOOSE))
        self._page = Page()
        self._look()

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        is_new = found.wanted != self.found.wanted
        self.found = Found(found.wanted) if found.wanted.is_nothing else found
        self._order = self._drawn() if self.is_sample else self.found.notes
        size = self.many.currentData() or LISTED
        self._page = Page(0 if is_new else self._page.first, size, len(self._order)).kept
        self._show_page()
        self._say(sampled(self._page) if self.is_sample and self._order else summary(self.found))

    def _drawn(self) -> tuple[NoteId, ...]:
        """What was found to the question that is looked at, in an order of chance."""
        board, question = self._bridge.board, self._selection.question
        found = (board.notes.get(each) for each in self.found.notes)
        here = [note.id for note in found if note is not None and note.question == question]
        return tuple(in_chance_order(here, self._seed))

    @Slot()
    def _on_question(self) -> None:
        if self.is_sample:
            self._look()

    @Slot(int)
    def _turn(self, first: int) -> None:
        if first != self._page.first:
            self._page = Page(first, self._page.size, self._page.all)
            self._show_page()

    @Slot(int)
    def _on_turned(self, first: int) -> None:
        """Another page; the keyboard is on its first note."""
        self._turn(first)
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_page(self) -> None:
        board, page = self._bridge.board, self._page
        notes = (board.notes[each] for each in self._order[page.first : page.end] if each in board.notes)
        self.model.show_rows([row_of(board, note) for note in notes])
        self.pages.show_page(page)
        count = len(self.looked_at)
        words = ngettext("Choose it", "Choose all {n}", count).format(n=f"{count:,}")
        self.choose.setText(words)
        self.choose.setAccessibleName(words)
        self.choose.setVisible(bool(count))
        self._selection.set_found(None if self.found.wanted.is_nothing else frozenset(self.looked_at))

    def _say(self, words: str) -> None:
        """On the screen, and to those who do not see it; once."""
        if words != self.told.text():
            self.told.setText(words)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @Slot()
    def _on_change(self) -> None:
        """What comes in while something is looked for is found a moment later."""
        if self.isVisible() and not self._again.isActive():
            self._again.start()

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        self.note_wanted.emit(self.model.rows[index.row()].id)

    def _show_themes(self) -> None:
        board, question, chosen = self._bridge.board, self._selection.question, self.theme.currentData()
        self.theme.clear()
        self.theme.addItem(_("Any theme"), "")
        for theme in board.themes_of(question) if question is not None else ():
            self.theme.addItem(board.text(theme.name), theme.id)
        self.theme.setCurrentIndex(max(0, self.theme.findData(chosen)))

    def _connect(self) -> None:
        self.field.textChanged.connect(self._soon.start)
        for box in (self.kind, self.mode, self.state, self.theme):
            box.activated.connect(self._look)
        self.many.activated.connect(self._on_many)
        self._selection.question_changed.connect(self._on_question)
        self.choose.clicked.connect(self.choose_all)
        self.pages.turned.connect(self._on_turned)
        self._soon.timeout.connect(self._look)
        self._again.timeout.connect(self._look)
        self._finder.done.connect(self._on_found)
        self.list.activated.connect(self._on_chosen)
        self.list.clicked.connect(self._on_chosen)
        for came in (self._bridge.changed, self._bridge.was_reset):
            came.connect(self._on_change)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("search"))
        head.addWidget(Label(_("Find"), Text.PANE_TITLE, bold=True))
        head.addStretch(1)
        head.addWidget(KeyCaps("Ctrl+F"))
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, box in enumerate((self.state, self.theme, self.mode, self.kind)):
            box.setMinimumContentsLength(6)
            grid.addWidget(box, place // 2, place % 2)
        grid.addWidget(self.many, 2, 0, 1, 2)
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 10)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self.field)
        top.addLayout(grid)
        top.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.pages)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 8)
        foot.addWidget(self.choose)
        foot.addStretch(1)
        column.addLayout(foot)


def states() -> list[tuple[object, str]]:
    """What a note may be asked to be."""
    return [
        (None, _("Any state")),
        (State.ON_BOARD, _("On the board")),
        (State.LOOSE, _("Not in a theme yet")),
        (State.HELD, _("Held")),
        (State.HIDDEN, _("Hidden")),
        (State.LATE, _("Late")),
        (State.PICTURE, _("With a picture")),
        (State.TWO_THEMES, _("In two themes")),
    ]


def amounts() -> list[tuple[object, str]]:
    """How many of the found notes are looked at."""
    return [(0, _("All of them")), *((count, _("{n} at random").format(n=count)) for count in SAMPLES)]


def sampled(page: Page) -> str:
    """How many of how many."""
    shown = page.end - page.first
    told = ngettext("A sample of {n} of {all} note.", "A sample of {n} of {all} notes.", page.all)
    return told.format(n=shown, all=f"{page.all:,}")


def summary(found: Found) -> str:
    """How many were found; where none was, what could be looked for instead."""
    words, count = found.wanted.words.strip(), len(found.notes)
    if found.wanted.is_nothing:
        return _("Type a word, or choose what the notes are.")
    if count:
        return ngettext("{n} note found.", "{n} notes found.", count).format(n=f"{count:,}")
    if not words:
        return _("No note is like that.")
    none = _("No note says “{words}”.").format(words=isolated(words))
    if not found.word:
        return none
    some = ngettext("{n} note says “{word}”.", "{n} notes say “{word}”.", found.with_word)
    return none + " " + some.format(n=found.with_word, word=isolated(found.word))


def row_of(board: Board, note: Note) -> Row:
    """A found note as a row: its words, how it came, and where it is."""
    theme = board.theme_of(note)
    where = {NoteState.HELD: _("Held"), NoteState.HIDDEN: _("Hidden")}.get(note.state, "")
    if not where:
        where = board.text(theme.name) if theme is not None else _("Not in a theme yet")
    return Row(id=note.id, words=words_of(board, note), foot=mode_name(note.mode), side=where)
