"""Small things beside each other that go on in a next line where the room ends."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 8


class Wrapping(QWidget):
    """Lays widgets out as words are laid out in a paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """One more, at the end."""
        widget.setParent(self)
        self._widgets.append(widget)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((rect.bottom() + 1 for rect in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        hint = QSize(0, 0)
        for each in self._widgets:
            hint = hint.expandedTo(each.sizeHint())
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._put()

    def refit(self) -> None:
        """One of them says something else now."""
        self._put()
        self.updateGeometry()

    def _put(self) -> None:
        for widget, rect in zip(self._widgets, self._places(self.width()), strict=True):
            widget.setGeometry(self._mirrored(rect))

    def _places(self, width: int) -> list[QRect]:
        """Where each stands, from the left."""
        found: list[QRect] = []
        x, y, line = 0, 0, 0
        for size in (each.sizeHint() for each in self._widgets):
            if x and x + size.width() > width:
                x, y, line = 0, y + line + GAP, 0
            found.append(QRect(x, y, size.width(), size.height()))
            x, line = x + size.width() + GAP, max(line, size.height())
        return found

    def _mirrored(self, rect: QRect) -> QRect:
        """From the side where reading begins."""
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return rect
        return QRect(self.width() - rect.x() - rect.width(), rect.y(), rect.width(), rect.height())
