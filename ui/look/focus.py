"""The two rings around what has the keyboard: outside the widget, in two colours, clipped by nothing."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.look.theme import tokens_of

RING = 6    # 2 px of ink inside, 4 px of amber outside
OWN_RINGS = "ownFocusRing"
"""A widget with this property paints its focus itself (the board, lists whose rows have the focus)."""
MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class FocusRing(QWidget):
    """Lies over a window, lets the mouse through, and follows the keyboard's focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @Slot(QWidget, QWidget)
    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        self._watch(new if new is not None and self._wants(new) else None)
        self._follow()

    def _wants(self, widget: QWidget) -> bool:
        if widget.window() is not self.parent() or isinstance(widget, QMenu | QMenuBar | QMainWindow):
            return False
        if widget.property(OWN_RINGS):
            return False
        by_keys = self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        return by_keys or isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox | QAbstractSpinBox)

    def _watch(self, target: QWidget | None) -> None:
        for widget in filter(isValid, self._watched):    # of what Qt made itself, PySide may let go before it goes
            widget.removeEventFilter(self)
            widget.destroyed.disconnect(self._on_gone)
        self._watched = []
        self._target = target
        while target is not None and target is not self.parent():
            target.installEventFilter(self)
            target.destroyed.connect(self._on_gone)
            self._watched.append(target)
            target = target.parentWidget()

    @Slot(QObject)
    def _on_gone(self, gone: QObject) -> None:
        """Something the focus stood in was taken away: the others are let go without touching it."""
        self._watched = [widget for widget in self._watched if widget is not gone and isValid(widget)]
        if self._target is not None and not isValid(self._target):
            self._target = None
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES:
            self._follow()
        return False

    def _follow(self) -> None:
        if self._target is None or not self._target.isVisible():
            self.hide()
            return
        window = self.window()
        seen = self._target.visibleRegion().boundingRect()
        at = QRect(self._target.mapTo(window, QPoint(0, 0)), self._target.size())
        if seen.size() != self._target.size():    # partly scrolled away
            at = QRect(self._target.mapTo(window, seen.topLeft()), seen.size())
        self.setGeometry(at.adjusted(-RING, -RING, RING, RING))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        area = QRectF(self.rect())
        painter.setPen(QPen(colours.focus, 4))
        painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), 12, 12)
        painter.setPen(QPen(colours.focus_line, 2))
        painter.drawRoundedRect(area.adjusted(5, 5, -5, -5), 9, 9)
