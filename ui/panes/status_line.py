"""The line at the foot: where every note is, what can be undone, how large the board is shown."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from core.base.language import _
from core.domain.board import Balance
from ui.look.parts import Button, Kind, Label, Tone, plain_tip
from ui.look.theme import Text, font, tokens_of

HEIGHT = 28


class BalanceLine(QWidget):
    """Received = on the board + held + hidden + taken back: the numbers bold, the words plain."""

    def __init__(self) -> None:
        super().__init__()
        self._balance = Balance()
        self._short = False
        self._safe = True
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)

    def show_balance(self, balance: Balance, *, safe: bool) -> None:
        """The numbers of now; `safe` is whether the disk takes what is said."""
        self._balance, self._safe = balance, safe
        self.setAccessibleName("".join(words for words, _bold in self._runs()))
        self.updateGeometry()
        self.update()

    def shorten(self, *, short: bool) -> None:
        """Fewer words where the window is narrow."""
        self._short = short
        self.show_balance(self._balance, safe=self._safe)

    def sizeHint(self) -> QSize:
        return QSize(round(sum(_width(words, bold) for words, bold in self._runs())) + 2, HEIGHT - 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(tokens_of(self.palette()).ink)
        x = 0.0
        for words, bold in self._runs():
            painter.setFont(font(Text.SMALL, bold=bold))
            room = QRectF(x, 0, _width(words, bold) + 2, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            x += _width(words, bold)

    def _runs(self) -> list[tuple[str, bool]]:
        told = self._told()
        runs: list[tuple[str, bool]] = []
        for number, part in enumerate(told.split("*")):
            if part:
                runs.append((part, number % 2 == 1))
        return runs

    def _told(self) -> str:
        """The line, with its numbers between stars."""
        balance = self._balance
        if self._short:
            safe = _("All safe. ") if self._safe else ""
            line = _("*{received}* = board *{board}* + held *{held}* + hidden *{hidden}* + taken back *{withdrawn}*")
        else:
            safe = _("All safe on this laptop. ") if self._safe else ""
            line = _(
                "Received *{received}* = on the board *{board}* + held *{held}* + hidden *{hidden}*"
                " + taken back *{withdrawn}*"
            )
        erased = _(" + erased *{erased}*") if balance.erased else ""
        return safe + (line + erased).format(
            received=balance.received,
            board=balance.board,
            held=balance.held,
            hidden=balance.hidden,
            withdrawn=balance.withdrawn,
            erased=balance.erased,
        )


class StatusLine(QFrame):
    """Balance on the left; undo, zoom and fit on the right."""

    undo_wanted = Signal()
    bigger_wanted = Signal()
    smaller_wanted = Signal()
    fit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "status")
        self.setFixedHeight(HEIGHT)
        self.balance = BalanceLine()
        self._short = False
        self._act = ""
        self._undo = _small("", "", "Ctrl+Z", _("Undo"))
        self._undo.clicked.connect(self.undo_wanted)
        smaller = _small("", "minus", "", _("Smaller"))
        smaller.clicked.connect(self.smaller_wanted)
        bigger = _small("", "plus", "", _("Bigger"))
        bigger.clicked.connect(self.bigger_wanted)
        self._zoom = Label(_("{n} %").format(n=100), Text.SMALL, bold=True)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(round(_width(_("{n} %").format(n=400), bold=True)) + 2)
        fit = _small(_("Fit"), "", "Ctrl+0", _("Fit the board"))
        fit.clicked.connect(self.fit_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 8, 0)
        row.setSpacing(4)
        self._desks = Label("", Text.SMALL)
        self._desks.hide()
        row.addWidget(self.balance)
        row.addSpacing(16)
        row.addWidget(self._desks)
        row.addStretch(1)
        row.addWidget(self._undo)
        row.addSpacing(8)
        self._about_zoom = (smaller, self._zoom, bigger, fit)
        for widget in self._about_zoom:
            row.addWidget(widget)

    def show_undo(self, act: str) -> None:
        """What Ctrl+Z takes back; empty where there is nothing."""
        self._act = act
        self._undo.setVisible(bool(act))
        if act:
            self._undo.set_words(_("Undo") if self._short else _("Undo: {act}").format(act=_fitting(act)))
            self._undo.setToolTip(plain_tip(act))

    def show_desks(self, words: str, *, well: bool) -> None:
        """How this desk stands with others; empty where it works alone."""
        self._desks.setVisible(bool(words))
        self._desks.setText(words)
        self._desks.set_tone(Tone.SECOND if well else Tone.WARN)

    def show_zoom(self, zoom: float) -> None:
        """How large the board is shown."""
        self._zoom.setText(_("{n} %").format(n=round(100 * zoom)))

    def show_about_zoom(self, *, wanted: bool) -> None:
        """The outline has no zoom."""
        for widget in self._about_zoom:
            widget.setVisible(wanted)

    def shorten(self, *, short: bool) -> None:
        """Fewer words where the window is narrow."""
        self._short = short
        self.balance.shorten(short=short)
        self.show_undo(self._act)


def _fitting(act: str) -> str:
    """A long name of a theme gives way here; the whole stands in the tool-tip."""
    return QFontMetricsF(font(Text.SMALL)).elidedText(act, Qt.TextElideMode.ElideRight, 330)


def _small(text: str, icon: str, keys: str, name: str) -> Button:
    button = Button(text, icon=icon, keys=keys, kind=Kind.QUIET, height=26, name=name)
    button.setFont(font(Text.SMALL))
    return button


def _width(words: str, bold: bool) -> float:
    return QFontMetricsF(font(Text.SMALL, bold=bold)).horizontalAdvance(words)
