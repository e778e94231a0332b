"""The projector's window: the join view, a stage for all other views, or nothing at all."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from core.base.language import _
from ui.look.icons import app_icon
from ui.projector.photos import Photos
from ui.projector.shown import JoinShown, ProjectorView
from ui.projector.stage import Stage
from ui.projector.strip import Way
from ui.screens.join_view import JoinView, Shown

ON = frozenset({Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space})
BACK = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Backspace})
"""What clickers send, and what hands find in the dark."""
ACTIONS = {
    Qt.Key.Key_F4: "join-view", Qt.Key.Key_F5: "projector", Qt.Key.Key_F9: "blank", Qt.Key.Key_B: "blank",
    Qt.Key.Key_Period: "blank",
}  # fmt: skip


class Blank(QWidget):
    """Nothing."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor("#000000"))


class ProjectorWindow(QWidget):
    """`closed` by Escape or its button; `asked` names an action of the desk whose key was pressed here."""

    closed = Signal()
    asked = Signal(str)

    def __init__(self, photos: Photos) -> None:
        super().__init__()
        self.setWindowTitle(_("Projector · Sayback"))
        self.setWindowIcon(app_icon())
        self.setMinimumSize(480, 270)
        self.join, self.stage, self._blank = JoinView(self), Stage(photos, self), Blank(self)
        self._blank.setAccessibleName(_("The projector is blank"))
        self._view: ProjectorView = JoinShown()
        self._is_blank = False
        self._layers = QStackedLayout(self)
        for layer in (self.join, self.stage, self._blank):
            self._layers.addWidget(layer)

    @property
    def layer(self) -> QWidget | None:
        """What is seen: the join view, the stage, or the widget that shows nothing."""
        return self._layers.currentWidget()

    def show_view(self, view: ProjectorView) -> None:
        """Show this from now on."""
        self._view = view
        if not isinstance(view, JoinShown):
            self.stage.show_view(view)
        self._choose_layer()

    def show_join(self, shown: Shown) -> None:
        """How people come in now."""
        self.join.show_join(shown)
        self.stage.show_way(Way(shown.address, shown.code, shown.squares))

    def blank(self, *, on: bool) -> None:
        """Show nothing, or again what there is."""
        self._is_blank = on
        self._choose_layer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in ON or key in BACK:
            self.stage.turn(1 if key in ON else -1)
        elif key == Qt.Key.Key_F9 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.asked.emit("hold-still")
        elif key in ACTIONS:
            self.asked.emit(ACTIONS[key])
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    def _choose_layer(self) -> None:
        shown = self.join if isinstance(self._view, JoinShown) else self.stage
        self._layers.setCurrentWidget(self._blank if self._is_blank else shown)
