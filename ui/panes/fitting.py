"""A line of text that gives way to others."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent

from core.base.bidi import isolated
from ui.look.parts import Label, Tone, plain_tip
from ui.look.theme import Text


class Fitting(Label):
    """A line that gives way when the window is narrow; its whole text is its tool-tip and its name."""

    def __init__(self, size: Text, *, bold: bool = False, tone: Tone = Tone.INK) -> None:
        super().__init__("", size, bold=bold, tone=tone)
        self._whole = ""

    def say(self, text: str) -> None:
        """Show as much of this as fits."""
        self._whole = text
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(wide, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        whole, room = isolated(self._whole), max(1, self.width())
        self.setText(self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room))
