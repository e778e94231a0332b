"""A small question over the window: a child of it, not a dialog of its own, so that nothing is blocked."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.look.parts import Label
from ui.look.theme import Text
from ui.page import page_of

EDGE = 16
KEPT_FREE = "keptFree"
"""The property of a page that says how many pixels at its top a panel leaves free: code and timer stay in sight."""


class Panel(QFrame):
    """Stands in the middle of the window until it is answered; Escape leaves it. The focus goes back where it was."""

    def __init__(self, title: str, window: QWidget, width: int = 520, *, titled: bool = True) -> None:
        room = page_of(window) if window.isWindow() else window
        super().__init__(room)
        self.setProperty("part", "panel")
        self.setAccessibleName(title)
        self.setFixedWidth(width)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._before: QWidget | None = window.window().focusWidget()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 18)
        self.column.setSpacing(10)
        if titled:
            self.column.addWidget(Label(title, Text.SUBHEADING, bold=True))
        room.installEventFilter(self)

    def open(self) -> None:
        """Show it in the middle."""
        self._centre()
        self.show()
        self.raise_()

    @property
    def is_left(self) -> bool:
        """Whether nobody sees it any more: what it asked for may come after that. To be asked only once it was open."""
        return not isValid(self) or self.isHidden()

    def leave(self) -> None:
        """Close it and give the focus back."""
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes round inside."""
        usable = [each for each in self._stops() if each.isVisible() and each.isEnabled()]
        if not usable:
            return False
        now = self.focusWidget()
        place = usable.index(now) + (1 if next else -1) if now in usable else 0
        usable[place % len(usable)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _stops(self) -> list[QWidget]:
        """Where Tab stops, in its order."""
        found: list[QWidget] = []
        each = self.nextInFocusChain()
        while each is not None and each is not self:
            takes_tab = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None
            if takes_tab and self.isAncestorOf(each):
                found.append(each)
            each = each.nextInFocusChain()
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._centre()
        return False

    def _centre(self) -> None:
        room = self.parentWidget()
        if room is not None:
            height = self.column.totalHeightForWidth(self.width()) if self.column.hasHeightForWidth() else 0
            height = max(height, self.sizeHint().height())
            top = max(EDGE, int(room.property(KEPT_FREE) or 0))
            self.resize(self.width(), min(height, room.height() - top - EDGE))
            self.move((room.width() - self.width()) // 2, max(top, (room.height() - self.height()) // 3))
