"""Who takes part and how, and whether each way of taking part is being heard. Numbers only, never a name."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.terms import Mode
from ui.bridge import Bridge
from ui.icons import MODE_ICONS
from ui.modes import people_name
from ui.parts import Icon, KeyCaps, Label, Rule, Tone
from ui.theme import Text, font, tokens_of

PACE_MS = 1000
BEHIND = 0.6
"""A way of taking part is behind when its share of the notes is less than this much of its share of the people."""
FEW = 3


@dataclass(frozen=True, slots=True)
class Share:
    """One way of taking part: its people and notes, as numbers and as parts of all."""

    mode: Mode
    people: int
    notes: int
    of_people: float
    of_notes: float

    @property
    def is_behind(self) -> bool:
        """Whether these people are heard much less than they are many."""
        return self.people >= FEW and self.of_notes < BEHIND * self.of_people


def shares(board: Board) -> list[Share]:
    """The ways of taking part that somebody uses, in the order of Mode."""
    notes = Counter(note.mode for note in board.notes.values() if note.is_on_board)
    everyone = sum(board.people.values()) or 1
    said = sum(notes.values()) or 1
    used = [mode for mode in Mode if board.people.get(mode, 0)]
    return [
        Share(mode, board.people[mode], notes[mode], board.people[mode] / everyone, notes[mode] / said)
        for mode in used
    ]


class PeoplePane(QFrame):
    """The pane on the right, on demand. It counts again at most once a second, and only while it is seen."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "pane-right")
        self._bridge = bridge
        self._here = 0
        self._shown: tuple[object, ...] = ()
        self._who = Label(tone=Tone.SECOND)
        self._numbers = QVBoxLayout()
        self._heard = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 12)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addLayout(self._numbers)
        column.addLayout(self._heard)
        column.addStretch(1)
        self._again = QTimer(self, interval=PACE_MS)
        self._again.timeout.connect(self.count)
        self._again.start()
        self.count()

    def show_here(self, here: int) -> None:
        """How many are here now."""
        self._here = here

    @Slot()
    def count(self) -> None:
        """Show the numbers of now, where they changed."""
        if not self.isVisible() and self._shown:
            return
        found = shares(self._bridge.board)
        if (self._here, *found) == self._shown:
            return
        self._shown = (self._here, *found)
        self._who.setText(ngettext("{n} here", "{n} here", self._here).format(n=self._here))
        _clear(self._numbers)
        _clear(self._heard)
        for share in found:
            self._numbers.addWidget(_number_row(share))
        if not found:
            nobody = _("Nobody has written yet. Each person shows up here as a number, never as a name.")
            self._numbers.addWidget(_padded(Label(nobody, tone=Tone.SECOND, wrap=True)))
            return
        self._heard.addWidget(Rule())
        self._heard.addWidget(_padded(Label(_("Is everyone being heard?"), 13.0, bold=True, tone=Tone.SECOND)))
        for share in found:
            self._heard.addWidget(_bars(share))
        behind = next((share for share in found if share.is_behind), None)
        if behind is not None:
            self._heard.addWidget(_padded(_nudge(behind)))

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 10)
        row.setSpacing(8)
        row.addWidget(Icon("people"))
        row.addWidget(Label(_("People"), Text.PANE_TITLE, bold=True))
        row.addWidget(self._who)
        row.addStretch(1)
        row.addWidget(KeyCaps("Ctrl+3"))
        return row


class Bar(QWidget):
    """A part of a whole as a bar with its number."""

    def __init__(self, part: float, tone: str, words: str) -> None:
        super().__init__()
        self._part, self._tone, self._words = part, tone, words
        self.setFixedHeight(19)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{words}: {percent(part)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens_of(self.palette())
        room = self.width() - 110.0
        painter.fillRect(QRectF(0, 6, max(3.0, room * self._part), 7), getattr(colours, self._tone))
        painter.setPen(colours.ink)
        painter.setFont(font(Text.SMALL, bold=self._tone != "ink_3"))
        number = QRectF(max(3.0, room * self._part) + 8, 0, 60, 19)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, percent(self._part))
        painter.setFont(font(Text.SMALL))
        painter.setPen(colours.ink_2)
        words = QRectF(self.width() - 56.0, 0, 56, 19)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._words)


def percent(part: float) -> str:
    """A part of a whole, as the screen writes it."""
    return _("{n} %").format(n=round(100 * part))


def _number_row(share: Share) -> QFrame:
    frame = QFrame()
    row = QHBoxLayout(frame)
    row.setContentsMargins(12, 5, 12, 5)
    row.setSpacing(8)
    row.addWidget(Icon(MODE_ICONS[share.mode]))
    row.addWidget(Label(people_name(share.mode)), 1)
    row.addWidget(Label(f"{share.people}", bold=True))
    return frame


def _bars(share: Share) -> QFrame:
    frame = QFrame()
    grid = QGridLayout(frame)
    grid.setContentsMargins(12, 4, 12, 4)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    grid.addWidget(Icon(MODE_ICONS[share.mode]), 0, 0, 2, 1)
    grid.addWidget(Bar(share.of_people, "ink_3", _("people")), 0, 1)
    grid.addWidget(Bar(share.of_notes, "warn" if share.is_behind else "accent", _("notes")), 1, 1)
    return frame


def _nudge(share: Share) -> QFrame:
    card = QFrame()
    card.setProperty("part", "nudge")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 10, 12, 12)
    column.setSpacing(2)
    title = {
        Mode.ROOM: _("People on phones are behind"),
        Mode.REMOTE: _("People at home are behind"),
        Mode.PAPER: _("People on paper are behind"),
        Mode.SCRIBE: _("People we type for are behind"),
        Mode.IMPORTED: _("People from a table are behind"),
    }[share.mode]
    column.addWidget(Label(title, bold=True, wrap=True))
    advice = _("{people} of people, {notes} of notes. You could ask them first.")
    told = advice.format(people=percent(share.of_people), notes=percent(share.of_notes))
    column.addWidget(Label(told, wrap=True))
    return card


def _padded(widget: QWidget) -> QFrame:
    frame = QFrame()
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 10, 12, 4)
    column.addWidget(widget)
    return frame


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
