"""What the projector shows while people come in: a QR code one can scan from the back row, address and code."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.base.language import _, ngettext
from ui.icons import app_icon
from ui.panes.join_box import Squares, paint_squares, spaced
from ui.theme import Scheme, font, tokens

UNIT = 1080.0
"""Sizes below are pixels on a picture 1080 high; the window scales them by its own height."""
QR_PART, LEAST_QR_PART = 0.74, 0.70
SQUARISH = 1.7
SMALLEST = 32.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the join view."""

    title: str = ""
    address: str = ""
    code: str = ""
    squares: Squares = ()
    here: int = 0


class JoinView(QWidget):
    """A window of its own. Always dark on light: cameras read that, and so do people at ten metres."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown = Shown()
        self._colours = tokens(Scheme.LIGHT)
        self.setWindowTitle(_("Join view · Sayback"))
        self.setWindowIcon(app_icon())
        self.setMinimumSize(480, 270)

    def show_join(self, shown: Shown) -> None:
        """Show this from now on."""
        if shown == self._shown:
            return
        self._shown = shown
        told = _("Open {address} and type {code}")
        self.setAccessibleName(told.format(address=shown.address, code=spaced(shown.code)))
        self.update()

    @property
    def qr_rect(self) -> QRectF:
        """Where the QR code is painted, without its quiet zone."""
        modules = len(self._shown.squares) or 1
        ratio = self.devicePixelRatioF()
        if self._is_squarish:
            module = math.ceil(LEAST_QR_PART * self.height() * ratio / modules) / ratio
            return QRectF((self.width() - module * modules) / 2, 2.5 * module, module * modules, module * modules)
        side = max(1, int(QR_PART * self.height() * ratio / modules)) * modules / ratio
        return QRectF((self._paper_width() - side) / 2, (self.height() - side) / 2, side, side)

    @property
    def _is_squarish(self) -> bool:
        """An old projector, 4 by 3: words beside so large a code would be too small, so they stand below."""
        return self.width() < SQUARISH * self.height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._is_squarish:
            self._paint_below(painter)
            return
        painter.fillRect(self.rect(), self._colours.paper)
        paper = QRectF(0, 0, self._paper_width(), self.height())
        painter.fillRect(paper, QColor("#FFFFFF"))
        painter.fillRect(QRectF(paper.right(), 0, self._px(2), self.height()), self._colours.line)
        paint_squares(painter, self._shown.squares, self.qr_rect, self._colours.ink)
        self._paint_words(painter, QRectF(paper.right() + self._px(52), 0, 0, 0).left())

    def _paint_below(self, painter: QPainter) -> None:
        """The code above, a strip with the words below."""
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        paint_squares(painter, self._shown.squares, self.qr_rect, self._colours.ink)
        top, scale, side = 0.865 * self.height(), self.height() / UNIT, self._px(40)
        painter.fillRect(QRectF(0, top, self.width(), self.height() - top), self._colours.paper)
        painter.fillRect(QRectF(0, top, self.width(), self._px(2)), self._colours.line)
        left = Writer(painter, side, 0.60 * self.width() - side, scale)
        left.write(self._shown.address, 62, 1004, self._colours.ink, bold=True)
        left.write(self._who_is_in(), SMALLEST, 1054, self._colours.ink_2)
        right = Writer(painter, 0.63 * self.width(), 0.37 * self.width() - side, scale)
        right.write(spaced(self._shown.code), 110, 1040, self._colours.accent, bold=True, spacing=4)

    def _paper_width(self) -> float:
        return max(0.544 * self.width(), 0.967 * self.height())

    def _px(self, pixels: float) -> float:
        return pixels * self.height() / UNIT

    def _paint_words(self, painter: QPainter, left: float) -> None:
        room = self.width() - left - self._px(52)
        text = Writer(painter, left, room, self.height() / UNIT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text.write(_("Take part"), 76, 130, self._colours.ink, bold=True)
        text.write(self._shown.title, 36, 192, self._colours.ink_2)
        text.rule(234, self._colours.line)
        text.write(_("Scan the big square"), 46, 334, self._colours.ink, bold=True)
        text.rule(408, self._colours.line)
        text.write(_("Or open"), 46, 508, self._colours.ink, bold=True)
        text.write(self._shown.address, 62, 596, self._colours.ink, bold=True)
        text.write(_("and type"), SMALLEST + 4, 668, self._colours.ink_2)
        text.write(spaced(self._shown.code), 124, 800, self._colours.accent, bold=True, spacing=6)
        text.rule(900, self._colours.line)
        text.write(self._who_is_in(), SMALLEST + 2, 962, self._colours.ink, bold=True)
        text.write(_("No app, no account. No phone? Ask for help."), SMALLEST, 1012, self._colours.ink_2)

    def _who_is_in(self) -> str:
        here = self._shown.here
        return ngettext("{n} is in.", "{n} are in.", here).format(n=here) if here else _("Nobody is in yet.")


class Writer:
    """Writes lines of a 1080-high picture at the size the window has; a line too wide for its room gets smaller."""

    def __init__(self, painter: QPainter, left: float, room: float, scale: float) -> None:
        self._painter, self._left, self._room, self._scale = painter, left, room, scale

    def write(
        self,
        words: str,
        size: float,
        baseline: float,
        colour: QColor,
        *,
        bold: bool = False,
        spacing: float = 0,
    ) -> None:
        """One line, its feet on the baseline."""
        made = self._fitting(words, size, bold=bold, spacing=spacing)
        self._painter.setFont(made)
        self._painter.setPen(colour)
        fitting = QFontMetricsF(made).elidedText(words, Qt.TextElideMode.ElideRight, self._room + 1)
        self._painter.drawText(QPointF(self._left, baseline * self._scale), fitting)

    def rule(self, at: float, colour: QColor) -> None:
        """A thin line across."""
        self._painter.setPen(QPen(colour, max(1.0, 2 * self._scale)))
        y = at * self._scale
        self._painter.drawLine(QPointF(self._left, y), QPointF(self._left + self._room, y))

    def _fitting(self, words: str, size: float, *, bold: bool, spacing: float) -> QFont:
        while True:
            made = font(float(max(1, round(size * self._scale))), bold=bold)
            if spacing:
                made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * self._scale)
            if size <= SMALLEST or QFontMetricsF(made).horizontalAdvance(words) <= self._room:
                return made
            size -= 2
