"""The row above the board: board or outline, which question, a new theme."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QWidget,
)

from core.base.bidi import isolated
from core.base.ids import QuestionId
from core.base.language import _, ngettext
from core.domain.board import Board
from ui.acting.actions import Actions
from ui.board.look import paint_swatch
from ui.board.words import Breaker
from ui.look.icons import SIZE, paint_icon
from ui.look.parts import Button, Kind, plain_tip
from ui.look.theme import Text, font, tokens_of

HEIGHT = 52
LEGEND_SPACE = 34.0
WHICH = 20    # pixels for which question it is
"""Room for the swatch of an entry, and between two."""


class Segment(QAbstractButton):
    """One half of a switch."""

    def __init__(self, text: str, icon: str, keys: str, *, first: bool) -> None:
        super().__init__()
        self._icon, self._first = icon, first
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({keys})")
        self.setCheckable(True)
        self.setFixedHeight(36)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(font(Text.BASE, bold=True)).horizontalAdvance(self.text())
        return QSize(round(words) + SIZE + 34, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self.palette())
        on = self.isChecked()
        ground = colours.accent if on else colours.accent_soft if self.underMouse() else colours.surface
        ink = colours.on_accent if on else colours.ink
        path = QPainterPath()
        area = QRectF(self.rect()).adjusted(0.5, 0.5, 0 if self._first else -0.5, -0.5)
        whole = area.adjusted(0, 0, 12, 0) if self._first else area.adjusted(-12, 0, 0, 0)
        path.addRoundedRect(whole, 8, 8)
        painter.setClipRect(QRectF(self.rect()))
        painter.setPen(QPen(colours.accent if on else colours.edge, 1))
        painter.setBrush(ground)
        painter.drawPath(path)
        words = QFontMetricsF(font(Text.BASE, bold=on)).horizontalAdvance(self.text())
        x = (self.width() - words - SIZE - 8) / 2
        paint_icon(painter, self._icon, ink, QRectF(x, 8, SIZE, SIZE))
        painter.setPen(ink)
        painter.setFont(font(Text.BASE, bold=on))
        painter.drawText(QRectF(x + SIZE + 8, 0, words + 2, 36), Qt.AlignmentFlag.AlignVCenter, self.text())


class QuestionWords(QWidget):
    """Which question it is, and its words below; a long one takes both lines for itself."""

    def __init__(self) -> None:
        super().__init__()
        self._which = self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, which: str, words: str) -> None:
        """Another question."""
        self._which, self._words = which, words
        self.setAccessibleName(f"{which}: {words}")
        self.setToolTip(plain_tip(words))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens_of(self.palette())
        large = font(Text.THEME_TITLE, bold=True)
        room = QRectF(self.rect())
        if QFontMetricsF(large).horizontalAdvance(self._words) <= room.width():
            painter.setPen(colours.ink_2)
            painter.setFont(font(Text.SMALL))
            painter.drawText(QRectF(0, 0, room.width(), WHICH), Qt.AlignmentFlag.AlignVCenter, self._which)
            painter.setPen(colours.ink)
            painter.setFont(large)
            below = room.adjusted(0, WHICH, 0, 0)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, isolated(self._words))
            return
        painter.setPen(colours.ink)
        painter.setFont(font(Text.BASE, bold=True))
        lines = Breaker(painter.font(), room.width(), 2).lines(self._words)
        top = (room.height() - 20 * len(lines.texts)) / 2
        for number, line in enumerate(lines.texts):
            painter.drawText(QRectF(0, top + 20 * number, room.width(), 20), lines.flags, line)


class ActionButton(Button):
    """Does what an action does, whenever it can be done; else its tool-tip says why not."""

    def __init__(self, text: str, action: QAction, *, icon: str = "", kind: Kind = Kind.PLAIN) -> None:
        super().__init__(text, icon=icon, kind=kind)
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._look)
        self._look()

    @Slot()
    def _look(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip("" if self._action.isEnabled() else self._action.toolTip())


class Legend(QWidget):
    """What the colours of the notes say, each with its shape; nothing where the frames say it."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[tuple[int, str]] = []
        self.setFixedHeight(36)
        self.hide()

    def show_entries(self, entries: list[tuple[int, str]]) -> None:
        """Another meaning."""
        self._entries = entries
        metrics = QFontMetricsF(font(Text.SMALL))
        self.setFixedWidth(round(sum(metrics.horizontalAdvance(name) + LEGEND_SPACE for _colour, name in entries)))
        self.setAccessibleName(", ".join(name for _colour, name in entries))
        self.setVisible(bool(entries))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours, metrics = QPainter(self), tokens_of(self.palette()), QFontMetricsF(font(Text.SMALL))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Text.SMALL))
        x = 0.0
        for colour, name in self._entries:
            paint_swatch(painter, colours, colour, QRectF(x + 0.5, 10.5, 15, 15))
            painter.setPen(colours.ink)
            wide = metrics.horizontalAdvance(name)
            painter.drawText(QRectF(x + 21, 0, wide + 2, 36), Qt.AlignmentFlag.AlignVCenter, name)
            x += wide + LEGEND_SPACE


class ToolRow(QFrame):
    """Says which question is looked at; with several, a button leads to the others."""

    question_wanted = Signal(str)    # QuestionId

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "tools")
        self.setFixedHeight(HEIGHT)
        self._board = Segment(_("Board"), "board", "Ctrl+1", first=True)
        self._outline = Segment(_("Outline"), "outline", "Ctrl+2", first=False)
        self._both = QButtonGroup(self)
        for segment in (self._board, self._outline):
            self._both.addButton(segment)
        self._board.setChecked(True)
        self._board.clicked.connect(actions["board"].trigger)
        self._outline.clicked.connect(actions["outline"].trigger)
        self._words = QuestionWords()
        self._others = Button("", icon="down", name=_("Choose another question"), height=30)
        self._others.clicked.connect(self._offer)
        self.tidy = ActionButton(_("Tidy"), actions["tidy"], kind=Kind.QUIET)
        self.suggest = ActionButton(_("Suggest themes"), actions["suggest"], icon="suggest", kind=Kind.QUIET)
        self.theme = ActionButton(_("New theme"), actions["new-theme"], icon="plus")
        self.vote = Button("", icon="check", height=30)
        self.vote.clicked.connect(actions["result"].trigger)
        self.vote.hide()
        self.venue = Button("", icon="eye", height=30, name=_("All venues"))
        self.venue.hide()
        self._legend = Legend()
        self._questions: list[tuple[QuestionId, str]] = []
        self._current: QuestionId | None = None
        self._lay_out()

    def show_question(self, board: Board, current: QuestionId | None) -> None:
        """The question that board and outline look at."""
        self._questions = [(each.id, board.text(each.words)) for each in board.questions_in_order()]
        self._current = current
        ids = [each for each, _words in self._questions]
        place = ids.index(current) if current in ids else 0
        which = _("Question {n} of {all}").format(n=place + 1, all=len(ids)) if ids else ""
        self._words.say(which, self._questions[place][1] if ids else "")
        self._others.setVisible(len(ids) > 1)

    def show_vote(self, board: Board) -> None:
        """That people vote just now, and how many have; pressed, it shows what came of it so far."""
        open_now = [each.id for each in board.rounds_in_order() if board.is_round_open(each.id)]
        self.vote.setVisible(bool(open_now))
        if open_now:
            phones = len(board.votes.get(open_now[-1], ()))
            self.vote.set_words(ngettext("Vote: {n} phone so far", "Vote: {n} phones so far", phones).format(n=phones))

    def show_view(self, *, outline: bool) -> None:
        """Which of the two is shown."""
        (self._outline if outline else self._board).setChecked(True)

    def show_neither(self) -> None:
        """Something else stands in their place."""
        self._both.setExclusive(False)
        for segment in (self._board, self._outline):
            segment.setChecked(False)
        self._both.setExclusive(True)

    def show_venue(self, name: str) -> None:
        """That only one venue is shown; pressed, all are shown again. Nothing where its name is empty."""
        self.venue.setVisible(bool(name))
        if name:
            self.venue.set_words(_("Only {venue}: show all").format(venue=isolated(name)))

    def show_legend(self, entries: list[tuple[int, str]]) -> None:
        """What the colours of the notes say."""
        self._legend.show_entries(entries)

    def shorten(self, *, short: bool) -> None:
        """In a narrow window the menus have what has no room here."""
        self.suggest.setVisible(not short)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 14, 4)
        row.setSpacing(0)
        row.addWidget(self._board)
        row.addWidget(self._outline)
        row.addSpacing(16)
        row.addWidget(self._others)
        row.addSpacing(8)
        row.addWidget(self._words, 1)
        row.addSpacing(12)
        row.addWidget(self.venue)
        row.addSpacing(4)
        row.addWidget(self.vote)
        row.addSpacing(4)
        row.addWidget(self._legend)
        for button in (self.tidy, self.suggest, self.theme):
            row.addWidget(button)
            row.addSpacing(4 if button is not self.theme else 0)

    @Slot()
    def _offer(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for number, (question, words) in enumerate(self._questions, 1):
            action = QAction(f"{number}  {words}".replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(question == self._current)
            action.setData(question)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(self._choose)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._others.mapToGlobal(QPoint(0, self._others.height())))

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self.question_wanted.emit(str(action.data()))
