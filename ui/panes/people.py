"""Who takes part and how, what they do right now, and whether each way of taking part is being heard. Numbers only,
never a name."""

from PySide6.QtCore import QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QStyle, QVBoxLayout, QWidget

from core.base.language import _, ngettext
from core.domain.preparing import table_name
from core.web.presence import NOBODY_YET, Present
from ui.attendance import Activity, RightNow, Share, left_behind, right_now, shares, told
from ui.bridge import Bridge
from ui.look.icons import MODE_ICONS
from ui.look.parts import Icon, KeyCaps, Label, Rule, Tone
from ui.look.theme import Text, font, tokens_of
from ui.watching.left_behind import advice, behind_words
from ui.words.modes import mode_name, people_name, percent

PACE_MS = 1000
TABLES_TOLD = 6
DOT = " · "


class PeoplePane(QFrame):
    """The pane on the right, on demand. It counts again at most once a second, and only while it is seen. `foot` is
    for what can be done here."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "pane-right")
        self._bridge = bridge
        self._here = 0
        self._present = NOBODY_YET
        self._shown: tuple[object, ...] = ()
        self._who = Label(tone=Tone.SECOND)
        body = QFrame()
        body.setProperty("part", "plain")
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        scroll.viewport().setAutoFillBackground(False)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(12, 8, 12, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 12)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(scroll, 1)
        column.addLayout(self.foot)
        self._again = QTimer(self, interval=PACE_MS)
        self._again.timeout.connect(self.count)
        self._again.start()
        self.count()

    def show_here(self, here: int, present: Present = NOBODY_YET) -> None:
        """How many are here now, and what they do."""
        self._here, self._present = here, present

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.count()

    @Slot()
    def count(self) -> None:
        """Show the numbers of now, where they changed."""
        if not self.isVisible() and self._shown:
            return
        board = self._bridge.board
        found, doing = shares(board, self._present), right_now(board, self._present)
        now = (self._here, doing, *found)
        if now == self._shown:
            return
        self._shown = now
        self._who.setText(ngettext("{n} here", "{n} here", self._here).format(n=self._here))
        _clear(self._body)
        if not found:
            nobody = _("Nobody has written yet. Each person shows up here as a number, never as a name.")
            self._body.addWidget(_padded(Label(nobody, tone=Tone.SECOND, wrap=True)))
        for share in found:
            self._body.addWidget(_number_row(share))
        if any(state.count for state in doing.values()):
            self._show_doing(doing)
        if found:
            self._show_heard(found)
        self._body.addStretch(1)

    def _show_doing(self, doing: dict[Activity, RightNow]) -> None:
        self._body.addWidget(Rule())
        self._body.addWidget(_headline(_("Right now")))
        for activity, state in doing.items():
            if state.count or activity is not Activity.LOST:
                self._body.addWidget(_activity_row(activity, state))

    def _show_heard(self, found: list[Share]) -> None:
        self._body.addWidget(Rule())
        self._body.addWidget(_headline(_("Is everyone being heard?")))
        for share in found:
            self._body.addWidget(_bars(share))
        behind = left_behind(self._bridge.board, found)
        if behind is not None:
            self._body.addWidget(_padded(_nudge(*behind)))

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
        length = max(3.0, room * self._part)
        painter.fillRect(self._placed(QRectF(0, 6, length, 7)), getattr(colours, self._tone))
        painter.setPen(colours.ink)
        painter.setFont(font(Text.SMALL, bold=self._tone != "ink_3"))
        number = self._placed(QRectF(length + 8, 0, 60, 19))
        painter.drawText(number, self._side(Qt.AlignmentFlag.AlignLeft), percent(self._part))
        painter.setFont(font(Text.SMALL))
        painter.setPen(colours.ink_2)
        words = self._placed(QRectF(self.width() - 56.0, 0, 56, 19))
        painter.drawText(words, self._side(Qt.AlignmentFlag.AlignRight), self._words)

    def _placed(self, rect: QRectF) -> QRectF:
        """From the side where one begins to read."""
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(self.width() - rect.right())
        return rect

    def _side(self, side: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
        absolute = QStyle.visualAlignment(self.layoutDirection(), side) | Qt.AlignmentFlag.AlignAbsolute
        return absolute | Qt.AlignmentFlag.AlignVCenter


class Dot(QWidget):
    """Full for who does something, hollow for who is quiet."""

    def __init__(self, *, full: bool) -> None:
        super().__init__()
        self._full = full
        self.setFixedSize(20, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self.palette())
        painter.setPen(colours.accent if self._full else colours.ink_2)
        painter.setBrush(colours.accent if self._full else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(6, 6, 8, 8))


def _number_row(share: Share) -> QFrame:
    frame, row = _row()
    row.addWidget(Icon(MODE_ICONS[share.mode]))
    row.addWidget(Label(people_name(share.mode)), 1)
    row.addWidget(Label(f"{share.people}", bold=True))
    return frame


def _activity_row(activity: Activity, state: RightNow) -> QFrame:
    tone = Tone.WARN if activity is Activity.LOST else Tone.INK
    frame, row = _row()
    is_lost = activity is Activity.LOST
    row.addWidget(Icon("wifi", "warn") if is_lost else Dot(full=activity is not Activity.QUIET), 0, _TOP)
    lines = QVBoxLayout()
    lines.setSpacing(0)
    lines.addWidget(Label(activity_name(activity), tone=tone))
    if state.count:
        lines.addWidget(Label(_unbroken(who_words(state)), Text.SMALL, tone=Tone.SECOND, wrap=True))
    row.addLayout(lines, 1)
    row.addWidget(Label(f"{state.count}", bold=True, tone=tone), 0, _TOP)
    frame.setAccessibleName(f"{activity_name(activity)}: {state.count}. {who_words(state)}".strip(" ."))
    return frame


_TOP = Qt.AlignmentFlag.AlignTop


def activity_name(activity: Activity) -> str:
    """What people do."""
    return {
        Activity.SENT: _("Have sent a note"),
        Activity.WRITING: _("Writing"),
        Activity.QUIET: _("Quiet so far"),
        Activity.LOST: _("Lost connection"),
    }[activity]


def who_words(state: RightNow) -> str:
    """How these people came, and at which tables they sit."""
    modes = [_("{who}: {n}").format(who=mode_name(mode), n=count) for mode, count in told(state.modes)]
    seated = sorted(state.tables.items())[:TABLES_TOLD]
    tables = [_("{who}: {n}").format(who=table_name(table), n=count) for table, count in seated]
    more = "…" if len(state.tables) > TABLES_TOLD else ""
    return DOT.join([*modes, *tables]) + more


def _unbroken(words: str) -> str:
    """A line ends between two numbers only."""
    return DOT.join(part.replace(" ", "\u00a0") for part in words.split(DOT))


def _bars(share: Share) -> QFrame:
    frame = QFrame()
    grid = QGridLayout(frame)
    grid.setContentsMargins(12, 4, 12, 4)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    grid.addWidget(Icon(MODE_ICONS[share.mode]), 0, 0, 2, 1)
    grid.addWidget(Bar(share.of_people, "ink_3", _("people")), 0, 1)
    grid.addWidget(Bar(share.of_notes, "warn" if share.is_behind else "accent", _("notes")), 1, 1)
    if share.of_votes is not None:
        grid.addWidget(Bar(share.of_votes, "warn" if share.is_behind_in_votes else "accent", _("votes")), 2, 1)
    frame.setAccessibleName(people_name(share.mode))
    return frame


def _nudge(share: Share, in_votes: bool) -> QFrame:
    card = QFrame()
    card.setProperty("part", "nudge")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 10, 12, 12)
    column.setSpacing(2)
    column.addWidget(Label(behind_words(share.mode), bold=True, wrap=True))
    column.addWidget(Label(advice(share, in_votes), wrap=True))
    return card


def _headline(words: str) -> QFrame:
    return _padded(Label(words, 13.0, bold=True, tone=Tone.SECOND))


def _row() -> tuple[QFrame, QHBoxLayout]:
    frame = QFrame()
    row = QHBoxLayout(frame)
    row.setContentsMargins(12, 5, 12, 5)
    row.setSpacing(8)
    return frame, row


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
