"""The history: who did what and when, the newest first; all of it, or what happened to one note."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from core.base.errors import WorkshopError
from core.base.ids import DeskId, NoteId
from core.base.language import _, ngettext
from core.domain.bodies import WorkshopMade
from core.domain.past import Deed
from ui.dialogs.form import choice
from ui.look.focus import OWN_RINGS
from ui.look.parts import Button, Icon, KeyCaps, Label, Tone
from ui.look.theme import Text, font, tokens_of
from ui.panes.new_notes import paint_rings
from ui.running import Running
from ui.words.past import Row, Subject, desk_name, row_of, subject_name, why_not

AT_ONCE = 500
"""So many events are read; more on demand. Their rows are made on the screen's thread, in about 35 ms."""
AGAIN_MS = 1500
SIDE, TOP, LINE = 14, 7, 19
ALL = "all"
PEOPLE = "people"
Index = QModelIndex | QPersistentModelIndex


class Past(QAbstractListModel):
    """The rows that are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        return row.spoken if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole) else None

    def show_rows(self, rows: list[Row]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class PastRow(QStyledItemDelegate):
    """Paints what was done, the words of its first note, and where and when; what was taken back is struck out."""

    def __init__(self, model: Past, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, len(_lines(self._model.rows[index.row()])) * LINE + 2 * TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = tokens_of(self._view.palette())
        row, rect, state = self._model.rows[index.row()], QRectF(option.rect), option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.accent_soft)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line)
        room = QRectF(rect.left() + SIDE, rect.top() + TOP, rect.width() - 2 * SIDE, LINE)
        for words, size, is_first in _lines(row):
            made = font(size)
            made.setStrikeOut(is_first and row.deed.taken_back)
            painter.setFont(made)
            painter.setPen(colours.ink if is_first else colours.ink_2)
            fitting = QFontMetricsF(made).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fitting)
            room.translate(0, LINE)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_rings(painter, rect, colours)
        painter.restore()


def _lines(row: Row) -> list[tuple[str, Text, bool]]:
    about = [(row.about.replace("\n", " "), Text.SMALL, False)] if row.about else []
    return [(row.title, Text.BASE, True), *about, (row.foot, Text.SMALL, False)]


class HistoryPane(QFrame):
    """The pane on the right, on demand. It reads while it is seen, on another thread, a little after each change."""

    undo_wanted = Signal()

    def __init__(self, running: Running, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "pane-right")
        self._running, self._bridge = running, running.bridge
        self._deeds: Sequence[Deed] = ()
        self._rows: list[Row] = []
        self._most = AT_ONCE
        self._about: NoteId | None = None
        self._is_reading = False
        self.model = Past(self)
        self.view = self._list()
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find in the history"))
        self.field.setAccessibleName(_("Find in the history"))
        self.field.textChanged.connect(self._show)
        self._subjects: QComboBox = choice(
            _("What to show"), [(ALL, _("Everything")), *((each, subject_name(each)) for each in Subject)], ALL
        )
        self._subjects.currentIndexChanged.connect(self._show)
        self._desks: QComboBox = choice(_("Whose acts"), [(ALL, _("Everybody"))], ALL)
        self._desks.currentIndexChanged.connect(self._show)
        self._told = Label("", Text.SMALL, tone=Tone.SECOND, wrap=True)
        self._all = Button(_("Show all that was done"), height=30)
        self._all.clicked.connect(self.show_all)
        self._older = Button(_("Show what is older"), height=30)
        self._older.clicked.connect(self._read_more)
        self._undo = Button(_("Undo this"), icon="undo", height=30)
        self._undo.clicked.connect(self.undo_wanted)
        self._why = Label("", Text.SMALL, tone=Tone.SECOND, wrap=True)
        self._lay_out()
        self._again = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self.read)
        self._bridge.changed.connect(self._on_change)
        self._bridge.was_reset.connect(self._on_change)
        self.view.selectionModel().currentChanged.connect(self._show_choice)
        self.model.modelReset.connect(self._show_choice)

    def show_all(self) -> None:
        """Everything that was done."""
        self._look_at(None)

    def show_note(self, note: NoteId) -> None:
        """What happened to one note."""
        self._look_at(note)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    @Slot()
    def read(self) -> None:
        """Read again, if that is not being done."""
        if self.isVisible() and not self._is_reading:
            self._is_reading = True
            most, about, session = self._most, self._about, self._running.session
            self._running.in_background(lambda: (about, session.past(most, about)), self._on_read, self._on_refused)

    def _look_at(self, note: NoteId | None) -> None:
        self._about = note
        self._deeds = ()
        self._show_deeds()
        self.read()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_refused(self, error: WorkshopError) -> None:
        if isValid(self):
            self._is_reading = False
            self._bridge.refused.emit(error)

    def _on_read(self, found: tuple[NoteId | None, list[Deed]]) -> None:
        if not isValid(self):    # the workshop was left meanwhile
            return
        self._is_reading = False
        about, deeds = found
        if about != self._about:    # something else was asked for meanwhile
            self.read()
        elif deeds != self._deeds:
            self._deeds = deeds
            self._show_deeds()

    def _show_deeds(self) -> None:
        board, own = self._bridge.board, self._running.session.desk
        others = (deed.desk for deed in reversed(self._deeds) if not deed.is_by_contributors)
        desks = list(dict.fromkeys([own, *others]))
        self._rows = [row_of(deed, board, desks) for deed in self._deeds]
        self._name_desks(desks)
        self._all.setVisible(self._about is not None)
        oldest = self._deeds[-1].events if self._deeds else ()
        is_whole = any(isinstance(event.body, WorkshopMade) for event in oldest)
        self._older.setVisible(self._about is None and bool(self._deeds) and not is_whole)
        self._show()

    def _name_desks(self, desks: list[DeskId]) -> None:
        wanted = [(ALL, _("Everybody")), *((each, desk_name(each, desks)) for each in desks), (PEOPLE, _("Phones"))]
        if [self._desks.itemData(at) for at in range(self._desks.count())] == [each for each, _name in wanted]:
            return
        chosen = self._desks.currentData()
        self._desks.blockSignals(True)
        self._desks.clear()
        for each, name in wanted:
            self._desks.addItem(name, each)
        self._desks.setCurrentIndex(max(0, self._desks.findData(chosen)))
        self._desks.blockSignals(False)

    @Slot()
    def _show(self) -> None:
        """The rows that are asked for; the one that is looked at stays."""
        current = self.view.currentIndex().row()
        act = self.model.rows[current].deed.act if 0 <= current < len(self.model.rows) else None
        rows = [row for row in self._rows if self._is_wanted(row)]
        self.model.show_rows(rows)
        again = next((at for at, row in enumerate(rows) if row.deed.act == act), None)
        if again is not None:
            self.view.setCurrentIndex(self.model.index(again))
        told = ngettext("{n} line", "{n} lines", len(rows)).format(n=len(rows)) if self._deeds else _("Looking…")
        self._told.setText(_("What happened to this note: {told}").format(told=told) if self._about else told)

    def _is_wanted(self, row: Row) -> bool:
        subject, desk, text = self._subjects.currentData(), self._desks.currentData(), self.field.text().casefold()
        of_people = row.deed.is_by_contributors
        is_theirs = desk == ALL or (of_people if desk == PEOPLE else not of_people and row.deed.desk == desk)
        return is_theirs and subject in (ALL, row.subject) and text in row.spoken.casefold()

    @Slot()
    def _show_choice(self) -> None:
        current = self.view.currentIndex().row()
        row = self.model.rows[current] if 0 <= current < len(self.model.rows) else None
        why = why_not(row.deed, self._bridge.board, self._running.session.desk) if row is not None else ""
        self._undo.setVisible(row is not None)
        self._undo.setEnabled(not why)
        self._why.setText(why)
        self._why.setVisible(bool(why))

    @Slot()
    def _on_change(self) -> None:
        if self.isVisible() and not self._again.isActive():
            self._again.start()

    @Slot()
    def _read_more(self) -> None:
        self._most *= 2
        self.read()

    def _list(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setItemDelegate(PastRow(self.model, view))
        view.setProperty(OWN_RINGS, True)
        view.setAccessibleName(_("What was done, the newest first"))
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return view

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 12)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 0)
        foot.setSpacing(6)
        for widget in (self._why, self._undo, self._older):
            foot.addWidget(widget, 0, Qt.AlignmentFlag(0) if widget is self._why else Qt.AlignmentFlag.AlignLeft)
        column.addLayout(foot)

    def _head(self) -> QVBoxLayout:
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(Icon("history"))
        title.addWidget(Label(_("History"), Text.PANE_TITLE, bold=True))
        title.addStretch(1)
        title.addWidget(KeyCaps("Ctrl+5"))
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self._subjects, 1)
        filters.addWidget(self._desks, 1)
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        head.setSpacing(8)
        head.addLayout(title)
        head.addWidget(self.field)
        head.addLayout(filters)
        head.addWidget(self._told)
        head.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        return head
