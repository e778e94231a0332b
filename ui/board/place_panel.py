"""The panel at the foot of the board while a theme is moved without dragging: keys, and buttons that do the same."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from core.base.bidi import isolated
from core.base.ids import ThemeId
from core.base.language import _
from ui.board.frame_item import FrameItem
from ui.board.placing import Placing
from ui.board.steps import WAYS, Way
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label, Tone
from ui.look.theme import Text

if TYPE_CHECKING:
    from ui.board.view import BoardView

FAR = 9
"""With Shift, so many steps at once: half of the narrowest frame's width."""
REST_MS = 400
"""Where a theme is now is said when the keys rest for so long, not at each step."""
WIDTH = 600
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class PlacingPanel(Panel):
    """At the foot of the board while a theme is moved: what the keys do, and buttons that do the same."""

    def __init__(self, view: "BoardView", theme: ThemeId, frame: FrameItem, ended: Callable[[], None]) -> None:
        title = _("Move “{theme}”").format(theme=isolated(frame.heading.name))
        super().__init__(title, view, WIDTH)    # its viewport would take it along as it scrolls
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(
            _("Arrow keys move it. With Shift they move it further, with Ctrl they change its size.")
        )
        self.placing = Placing(view, theme, frame)
        self._view, self._ended = view, ended
        self._is_open = True
        self._where = Label(self.placing.words(), tone=Tone.SECOND, wrap=True)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._speak)
        self._lay_out()

    def open(self) -> None:
        """Show it, with the keyboard in it."""
        super().open()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._keep_in_sight()

    def leave(self) -> None:
        """Escape: put the theme back."""
        self._end(self.placing.cancel)

    def finish(self) -> None:
        """Enter: leave the theme where it is now."""
        self._end(self.placing.finish)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys are its own while it is open: a letter means no theme here."""
        way = WAYS.get(Qt.Key(event.key()))
        if way is not None:
            self._step(way, event.modifiers())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()

    def _step(self, way: Way, modifiers: Qt.KeyboardModifier = NONE) -> None:
        if modifiers & CTRL:
            self.placing.grow(way)
        else:
            self.placing.go(way, FAR if modifiers & SHIFT else 1)
        self._where.setText(self.placing.words())
        self._keep_in_sight()
        self._rest.start()

    @Slot()
    def _speak(self) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._where.text()))

    def _end(self, end: Callable[[], None]) -> None:
        if self._is_open:
            self._is_open = False
            end()
            super().leave()
            self._ended()

    def _keep_in_sight(self) -> None:
        """Its header clear of this panel."""
        area = self.placing.area()
        if not area.isEmpty():
            self._view.ensureVisible(area.x(), area.y(), area.width(), 60.0, 24, self.height() + 24)

    def _lay_out(self) -> None:
        moves = (
            (Way.LEFT, "left", _("Left")), (Way.UP, "up", _("Up")), (Way.DOWN, "down", _("Down")),
            (Way.RIGHT, "right", _("Right")),
        )  # fmt: skip
        sizes = ((Way.LEFT, _("Narrower")), (Way.RIGHT, _("Wider")), (Way.UP, _("Lower")), (Way.DOWN, _("Taller")))
        steps, ends = QHBoxLayout(), QHBoxLayout()
        for way, icon, name in moves:
            steps.addWidget(self._button(way, Button("", icon=icon, name=name)))
        steps.addStretch()
        for way, words in sizes:
            steps.addWidget(self._button(way, Button(words), CTRL))
        keep = Button(_("Leave it here"), keys="Return", kind=Kind.MAIN)
        back = Button(_("Put it back"), keys="Esc")
        for button, does in ((keep, self.finish), (back, self.leave)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(does)
            ends.addWidget(button)
        ends.addStretch()
        ends.addWidget(Label(_("Arrow keys. Shift: further. Ctrl: size."), Text.SMALL, tone=Tone.SECOND))
        self.column.addWidget(self._where)
        for row in (steps, ends):
            self.column.addLayout(row)

    def _button(self, way: Way, button: Button, modifiers: Qt.KeyboardModifier = NONE) -> Button:
        """For the mouse: the keyboard has its keys, and stays with the panel."""
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAutoRepeat(True)
        button.clicked.connect(lambda: self._step(way, modifiers))
        return button

    def _centre(self) -> None:
        """At the foot of the board, in its middle."""
        super()._centre()
        room = self.parentWidget()
        if room is not None:
            self.move(self.x(), max(0, room.height() - self.height() - 14))
