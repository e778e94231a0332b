"""Reveal the notes of a question to everybody: all of them, or first those of some themes, some tables, some people."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from core.base.bidi import isolated
from core.base.ids import QuestionId, ThemeId
from core.base.language import _, ngettext
from core.domain.board import Board, Note
from core.domain.preparing import table_name
from core.domain.terms import Mode, Parts
from ui.acting.conduct import Conduct
from ui.dialogs.form import AnyOf, FormPanel
from ui.look.parts import Button, Label, Tone
from ui.words.modes import people_name

TALLEST = 320


class RevealPanel(FormPanel):
    """Begins with what is revealed now. What is ticked is one act; nothing else is covered or shown by itself."""

    def __init__(self, board: Board, question: QuestionId, conduct: Conduct, window: QWidget) -> None:
        super().__init__(_("Reveal the notes"), window, 560)
        self._board, self._question, self._conduct = board, question, conduct
        self._notes = board.notes_of(question)
        self.column.addWidget(Label(board.text(board.questions[question].words), tone=Tone.SECOND, wrap=True))
        everything = Button(self._counted(_("Reveal all"), self._notes), icon="eye", keys="F7")
        everything.clicked.connect(self._reveal_all)
        self.column.addWidget(everything, 0, Qt.AlignmentFlag.AlignLeft)
        parts = board.parts(question)
        self.modes = AnyOf(_("Some people first"), self._modes(), parts.modes)
        self.themes = AnyOf(_("By theme"), self._themes(), parts.themes)
        self.tables = AnyOf(_("By table"), self._tables(), parts.tables)
        self.column.addWidget(self._scrolling(self.modes, self.themes, self.tables))
        self._would = Label("", bold=True, wrap=True)
        self.column.addWidget(self._would)
        for each in self.findChildren(QCheckBox):
            each.toggled.connect(self._count)
        self._count()
        self.finish(_("Reveal what is ticked"))
        self.first = next(iter(self.findChildren(QCheckBox)), everything)

    @property
    def parts(self) -> Parts:
        """What is ticked."""
        return Parts(themes=self.themes.values, tables=self.tables.values, modes=self.modes.values)

    def keep(self) -> bool:
        """Reveal what is ticked, and no more."""
        self._conduct.reveal_parts(self._question, self.parts, self._seen())
        return True

    @Slot()
    def _reveal_all(self) -> None:
        self._conduct.reveal(self._question, on=True)
        self.leave()

    @Slot()
    def _count(self) -> None:
        count = len(self._notes)
        told = ngettext("Everybody would see {n} of {all} note.", "Everybody would see {n} of {all} notes.", count)
        self._would.setText(told.format(n=self._seen(), all=count))

    def _seen(self) -> int:
        parts = self.parts
        return sum(self._board.is_of(note, parts) for note in self._notes)

    def _modes(self) -> list[tuple[Mode, str]]:
        """The people at home first: they see least of the room."""
        order = (Mode.REMOTE, *(mode for mode in Mode if mode is not Mode.REMOTE))
        found = ((mode, [note for note in self._notes if note.mode is mode]) for mode in order)
        return [(mode, self._counted(people_name(mode), notes)) for mode, notes in found if notes]

    def _themes(self) -> list[tuple[ThemeId, str]]:
        themes = self._board.themes_of(self._question)
        return [(each.id, self._counted(self._board.text(each.name), self._board.notes_in(each.id))) for each in themes]

    def _tables(self) -> list[tuple[int, str]]:
        at: dict[int, list[Note]] = {}
        for note in self._notes:
            if (table := self._board.table(note.contributor)) is not None:
                at.setdefault(table, []).append(note)
        return [(table, self._counted(table_name(table), at[table])) for table in sorted(at)]

    def _counted(self, name: str, notes: Sequence[Note]) -> str:
        return ngettext("{name}: {n} note", "{name}: {n} notes", len(notes)).format(name=isolated(name), n=len(notes))

    def _scrolling(self, *parts: QWidget) -> QScrollArea:
        inside = QFrame()
        inside.setProperty("part", "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in parts:
            column.addWidget(part)
            part.setVisible(bool(part.findChildren(QCheckBox)))
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setFixedHeight(min(TALLEST, inside.sizeHint().height() + 4))
        return scroll
