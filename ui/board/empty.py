"""What stands on the board before the first note: what to do now."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.base.language import _
from ui.look.icons import paint_icon
from ui.look.parts import Button, Kind, Label, Tone
from ui.look.theme import Text, tokens_of

WIDTH = 600
MARK = 56


class Mark(QWidget):
    """The mark, large."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(MARK, MARK)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens_of(self.palette())
        ink = QColor("#1D2433") if not colours.is_plain else colours.ink
        paint_icon(QPainter(self), "mark", ink, QRectF(self.rect()))


class EmptyBoard(QWidget):
    """Over the table, in its middle; gone with the first note or theme."""

    join_view_wanted = Signal()
    typing_wanted = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        join = Button(_("Show the join view"), icon="screen", keys="F4", kind=Kind.MAIN, height=44)
        type_one = Button(_("Type for someone"), icon="pencil", height=44)
        join.clicked.connect(self.join_view_wanted)
        type_one.clicked.connect(self.typing_wanted)
        words = _(
            "Put the code on the projector. When the first note arrives it lands here, "
            "and you will see where it came from."
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(join)
        buttons.addWidget(type_one)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(18)
        column.addWidget(Mark())
        column.addWidget(Label(_("The board is ready. Bring people in."), Text.TITLE, bold=True, wrap=True))
        column.addWidget(Label(words, Text.SUBHEADING, tone=Tone.INK, wrap=True))
        column.addLayout(buttons)

    def place(self) -> None:
        """In the middle of what it lies over, a little above. A board that is being put away is given a size once more,
        when what it lies over is gone already."""
        if not isValid(self._over):
            return
        room = self._over.size()
        self.setFixedWidth(min(WIDTH, room.width() - 32))
        self.adjustSize()
        self.setFixedHeight(self.heightForWidth(self.width()) if self.hasHeightForWidth() else self.height())
        self.move((room.width() - self.width()) // 2, max(8, (room.height() - self.height()) * 2 // 5))
