"""What the projector shows while people come in: a QR code one can scan from the back row, address and code."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.base.language import _, ngettext
from core.base.wifi import Wifi
from ui.look.icons import paint_icon
from ui.look.theme import Scheme, font, tokens
from ui.panes.join_box import Squares, paint_squares, spaced
from ui.screens.writer import SMALLEST, UNIT, Writer

QR_PART, LEAST_QR_PART = 0.74, 0.70
SQUARISH = 1.7
SIDE = 52.0
DISC = 60.0
WIFI_BOX, WIFI_QUIET = 198.0, 22.0
WHITE = QColor("#FFFFFF")


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the join view. Without an address it says why there is no QR code."""

    title: str = ""
    address: str = ""
    code: str = ""
    squares: Squares = ()
    here: int = 0
    wifi: Wifi | None = None
    wifi_squares: Squares = ()
    has_moved: bool = False    # people may have scanned a code that no longer works

    def in_words(self) -> str:
        """For those who do not see it."""
        how = _("Open {address} and type {code}").format(address=self.address, code=spaced(self.code))
        parts = [how if self.address else no_network()[0]]
        if self.has_moved:
            parts.insert(0, " ".join(moved()))
        if self.wifi is not None:
            parts.append(_("The room’s Wi-Fi is {name}.").format(name=self.wifi.name))
        return ". ".join(part.rstrip(".") for part in parts)


def moved() -> tuple[str, str]:
    """What people are told when the address has changed."""
    return _("The address has changed."), _("The old QR code no longer works. Scan this one.")


def no_network() -> tuple[str, str]:
    """What stands in the place of the QR code, for the person who can do something about it."""
    return (
        _("This laptop is on no network."),
        _("So there is no QR code yet. Join the room’s Wi-Fi, or turn on this laptop’s own hotspot."),
    )


def back_soon() -> str:
    """What people read meanwhile."""
    return _("We are back in a moment.")


class JoinView(QWidget):
    """Fills the projector's window. Always dark on light: cameras read that, and so do people at ten metres."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Shown()
        self._colours = tokens(Scheme.LIGHT)

    def show_join(self, shown: Shown) -> None:
        """Show this from now on."""
        if shown == self._shown:
            return
        self._shown = shown
        self.setAccessibleName(shown.in_words())
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

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_squarish:
            self._paint_below(painter)
        else:
            self._paint_beside(painter)

    def _paint_beside(self, painter: QPainter) -> None:
        """The code on the left, the words on the right."""
        painter.fillRect(self.rect(), self._colours.paper)
        paper = QRectF(0, 0, self._paper_width(), self.height())
        painter.fillRect(paper, WHITE)
        painter.fillRect(QRectF(paper.right(), 0, self._px(2), self.height()), self._colours.line)
        self._paint_code(painter, paper)
        left = paper.right() + self._px(SIDE)
        text = Writer(painter, left, self.width() - left - self._px(SIDE), self.height() / UNIT)
        if self._shown.has_moved:
            self._paint_moved(painter, QRectF(paper.right() + self._px(2), 0, self.width(), self._px(164)), text)
        elif self._shown.wifi is not None:
            text.write(_("Take part"), 76, 121, self._colours.ink, bold=True)
        else:
            text.write(_("Take part"), 76, 130, self._colours.ink, bold=True)
            text.write(self._shown.title, 36, 192, self._colours.ink_2)
        if self._shown.wifi is None:
            self._paint_steps(text)
        else:
            self._paint_steps_with_wifi(painter, text, self._shown.wifi)

    def _paint_below(self, painter: QPainter) -> None:
        """The code above, a strip with the words below; what has changed and the Wi-Fi to the sides."""
        painter.fillRect(self.rect(), WHITE)
        top, side = 0.865 * self.height(), self._px(40)
        self._paint_code(painter, QRectF(0, 0, self.width(), top))
        painter.fillRect(QRectF(0, top, self.width(), self.height() - top), self._colours.paper)
        painter.fillRect(QRectF(0, top, self.width(), self._px(2)), self._colours.line)
        left = Writer(painter, side, 0.60 * self.width() - side, self.height() / UNIT)
        address = self._shown.address or back_soon()
        left.write_whole(address, 62, 1004, self._colours.ink, lines=2, upwards=True)
        left.write(self._who_is_in(), SMALLEST, 1054, self._colours.ink_2)
        right = Writer(painter, 0.63 * self.width(), 0.37 * self.width() - side, self.height() / UNIT)
        right.write(spaced(self._shown.code), 110, 1040, self._colours.accent, bold=True, spacing=4)
        self._paint_margins(painter)

    def _paint_margins(self, painter: QPainter) -> None:
        room = self.qr_rect.left() - 4 * self.qr_rect.width() / max(1, len(self._shown.squares)) - self._px(24)
        if self._shown.has_moved:
            beside = Writer(painter, self._px(24), room, self.height() / UNIT)
            at = beside.write_lines(moved()[0], 38, 100, self._colours.warn, bold=True)
            beside.write_lines(moved()[1], SMALLEST, at + 20, self._colours.ink)
        if (wifi := self._shown.wifi) is not None:
            beside = Writer(painter, self.width() - room - self._px(24), room, self.height() / UNIT)
            box = QRectF(self.width() - room - self._px(24), self._px(48), self._px(WIFI_BOX), self._px(WIFI_BOX))
            self._paint_wifi_code(painter, box)
            at = beside.write_lines(_("Join the room’s Wi-Fi"), SMALLEST, 300, self._colours.ink_2)
            at = beside.write_whole(wifi.name, 40, at + 16, self._colours.ink, lines=3, least=26)
            if wifi.password:
                at = beside.write_lines(_("Password"), SMALLEST, at + 20, self._colours.ink_2)
                beside.write_whole(wifi.password, 34, at + 4, self._colours.ink, lines=6, least=26)

    def _paint_code(self, painter: QPainter, paper: QRectF) -> None:
        if self._shown.squares:
            paint_squares(painter, self._shown.squares, self.qr_rect, self._colours.ink)
            return
        size, scale = self._px(160), self.height() / UNIT
        middle = QRectF(paper.center().x() - size / 2, paper.height() * 0.24, size, size)
        paint_icon(painter, "wifi", self._colours.warn, middle)
        what, advice = no_network()
        words = Writer(painter, paper.left() + self._px(96), paper.width() - 2 * self._px(96), scale, middle=True)
        at = words.write_lines(what, 56, middle.bottom() / scale + 90, self._colours.ink, bold=True)
        words.write_lines(advice, 40, at + 20, self._colours.ink_2)

    def _paint_moved(self, painter: QPainter, band: QRectF, text: Writer) -> None:
        painter.fillRect(band, self._colours.warn_soft)
        painter.fillRect(QRectF(band.left(), band.bottom(), band.width(), self._px(2)), self._colours.warn)
        what, advice = moved()
        text.write(what, 52, 76, self._colours.warn, bold=True)
        text.write(advice, 34, 130, self._colours.ink)

    def _paint_steps(self, text: Writer) -> None:
        colours = self._colours
        if not self._shown.has_moved:
            text.rule(234, colours.line)
        if not self._shown.address:
            self._paint_patience(text, 334)
        else:
            text.write(_("Scan the big square"), 46, 334, colours.ink, bold=True)
            text.rule(408, colours.line)
            text.write(_("Or open"), 46, 508, colours.ink, bold=True)
            at = text.write_whole(self._shown.address, 62, 596, colours.ink, lines=2, least=40)
            text.write(_("and type"), SMALLEST + 4, max(668, at), colours.ink_2)
            text.write(spaced(self._shown.code), 124, max(800, at + 132), colours.accent, bold=True, spacing=6)
        text.rule(900, colours.line)
        text.write(self._who_is_in(), SMALLEST + 2, 962, colours.ink, bold=True)
        text.write(_("No app, no account. No phone? Ask for help."), SMALLEST, 1012, colours.ink_2)

    def _paint_steps_with_wifi(self, painter: QPainter, text: Writer, wifi: Wifi) -> None:
        """A long name or password moves what is below it down; there is room for the longest."""
        colours = self._colours
        text.rule(164, colours.line)
        self._paint_wifi_code(
            painter, QRectF(text.right - self._px(WIFI_BOX), self._px(188), self._px(WIFI_BOX), self._px(WIFI_BOX))
        )
        self._paint_disc(painter, "1", text.left, 218)
        first = text.inside(self._px(84), self._px(WIFI_BOX + 24))
        first.write(_("Join the room’s Wi-Fi"), 34, 229, colours.ink_2)
        at = first.write_whole(wifi.name, 44, 284, colours.ink, lines=2)
        if wifi.password:
            at = first.write_labelled(_("Password"), wifi.password, 34, at, colours.ink_2, colours.ink)
        down = max(0.0, at - 396)
        text.rule(420 + down, colours.line)
        self._paint_disc(painter, "2", text.left, 478 + down)
        self._paint_second_step(text.inside(self._px(84), 0), down)
        text.rule(929, colours.line)
        text.write(self._who_is_in(), SMALLEST + 2, 985, colours.ink, bold=True)
        text.write(_("No app, no account. No phone? Ask for help."), SMALLEST, 1033, colours.ink_2)

    def _paint_second_step(self, text: Writer, down: float) -> None:
        colours = self._colours
        if not self._shown.address:
            self._paint_patience(text, 492 + down)
            return
        text.write(_("Scan the big square"), 44, 493 + down, colours.ink, bold=True)
        text.write(_("or open"), 34, 552 + down, colours.ink_2)
        at = text.write_whole(self._shown.address, 60, 616 + down, colours.ink, lines=2, least=40)
        text.write(_("and type"), 34, at + 4, colours.ink_2)
        text.write(spaced(self._shown.code), 124, at + 126, colours.accent, bold=True, spacing=6)

    def _paint_patience(self, text: Writer, at: float) -> None:
        below = text.write_lines(back_soon(), 46, at, self._colours.ink, bold=True)
        text.write_lines(_("What you have written is safe."), 36, below + 6, self._colours.ink_2)

    def _paint_wifi_code(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(self._colours.line, max(1.0, self._px(2))))
        painter.setBrush(WHITE)
        painter.drawRoundedRect(box, self._px(6), self._px(6))
        quiet = self._px(WIFI_QUIET)
        paint_squares(painter, self._shown.wifi_squares, box.adjusted(quiet, quiet, -quiet, -quiet), self._colours.ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_disc(self, painter: QPainter, number: str, left: float, middle: float) -> None:
        disc = QRectF(left, self._px(middle - DISC / 2), self._px(DISC), self._px(DISC))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours.accent)
        painter.drawEllipse(disc)
        painter.setPen(self._colours.on_accent)
        painter.setFont(font(float(max(1, round(self._px(36)))), bold=True))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, number)

    def _paper_width(self) -> float:
        return max(0.544 * self.width(), 0.967 * self.height())

    def _px(self, pixels: float) -> float:
        return pixels * self.height() / UNIT

    def _who_is_in(self) -> str:
        here = self._shown.here
        return ngettext("{n} is in.", "{n} are in.", here).format(n=here) if here else _("Nobody is in yet.")
