"""How to join, and how many are here: always in the window, at the right of the top bar."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.base.language import _, ngettext
from ui.look.parts import Label, Rule, Tone
from ui.look.theme import Text

Squares = tuple[tuple[bool, ...], ...]
QR = 50


def paint_squares(painter: QPainter, squares: Squares, room: QRectF, dark: QColor) -> None:
    """Draw a QR code as large as whole pixels per square allow, in the middle of the room."""
    if not squares:
        return
    ratio = painter.device().devicePixelRatio()
    side = int(min(room.width(), room.height()) * ratio / len(squares)) / ratio
    left = round((room.x() + (room.width() - side * len(squares)) / 2) * ratio) / ratio
    top = round((room.y() + (room.height() - side * len(squares)) / 2) * ratio) / ratio
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(dark)
    painter.drawRects(
        [
            QRectF(left + x * side, top + y * side, side, side)
            for y, row in enumerate(squares)
            for x, is_dark in enumerate(row)
            if is_dark
        ]
    )


def spaced(code: str) -> str:
    """A join code as people read it out: two groups of three."""
    return f"{code[:3]} {code[3:]}" if len(code) == 6 else code


def without_scheme(address: str) -> str:
    """An address as short as it can be said at the desk."""
    return address.removeprefix("http://")


class Squarelet(QWidget):
    """The small QR code; always dark on white, so that phones read it."""

    def __init__(self) -> None:
        super().__init__()
        self._squares: Squares = ()
        self.setFixedSize(QR + 4, QR + 4)

    def show_squares(self, squares: Squares) -> None:
        """Another address."""
        self._squares = squares
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        paint_squares(painter, self._squares, QRectF(self.rect()).adjusted(2, 2, -2, -2), QColor("#1D2433"))


class JoinBox(QFrame):
    """QR, address, code, how many are here, how many notes came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "join")
        self._qr = Squarelet()
        self._at = Label(_("The door opens…"), Text.SMALL)
        self._code = Label("", Text.HEADING, bold=True)
        self._code.setFont(_wide(self._code.font()))
        self._here, self._here_word = _count_labels(_("here"))
        self._notes, self._notes_word = _count_labels(_("notes"))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(self._qr)
        row.addLayout(_column(self._at, self._code))
        for number, word in ((self._here, self._here_word), (self._notes, self._notes_word)):
            row.addWidget(Rule(upright=True))
            row.addLayout(_column(number, word, middle=True))

    def show_join(self, address: str, code: str, squares: Squares, others: Sequence[str] = ()) -> None:
        """The address is known, or that there is none now."""
        told = _("Join at {address}").format(address=without_scheme(address)) if address else _("No network yet")
        self._at.setText(told)
        self._at.set_tone(Tone.INK if address else Tone.WARN)
        self._code.setText(spaced(code))
        self._qr.show_squares(squares)
        also = _("Other addresses of this laptop: {addresses}").format(addresses=", ".join(others)) if others else ""
        self.setToolTip(also)
        self.setAccessibleDescription(also)
        self._name()

    def show_closed(self) -> None:
        """Nobody can join: it is only looked at."""
        self._at.setText(_("Only to look at"))
        self._name()

    def show_counts(self, here: int, notes: int) -> None:
        """How many people are here and how many notes have come."""
        self._here.setText(f"{here}")
        self._notes.setText(f"{notes}")
        self._notes_word.setText(ngettext("note", "notes", notes))
        self._name()

    def show_qr(self, *, wanted: bool) -> None:
        """Leave the QR code out where the window is narrow (F4 shows it large)."""
        self._qr.setVisible(wanted)

    def _name(self) -> None:
        words = (self._at, self._code, self._here, self._here_word, self._notes, self._notes_word)
        self.setAccessibleName(" ".join(label.text() for label in words))


def _count_labels(word: str) -> tuple[Label, Label]:
    number, below = Label("0", Text.HEADING, bold=True), Label(word, Text.SMALL, tone=Tone.SECOND)
    for label in (number, below):
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    number.setMinimumWidth(32)
    return number, below


def _column(upper: QWidget, lower: QWidget, *, middle: bool = False) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
    column.addWidget(upper, 0, side)
    column.addWidget(lower, 0, side)
    column.addStretch(1)
    return column


def _wide(made: QFont) -> QFont:
    """A code is read out sign by sign."""
    made = QFont(made)
    made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 2.2)
    return made
