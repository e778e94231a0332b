"""The page in a window: as large as the window, and larger where that is too small for it; then it scrolls.

A laptop of 1280 by 720 pixels on which everything is twice as large has room for a quarter of what it shows at 100 %.
"""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QScrollArea, QWidget

LEAST = QSize(1060, 692)
"""So much every screen, pane and panel needs, in Welsh too (`tests/ui/access/test_fits.py` looks)."""
ROUND = 16
"""So many pixels around what has the keyboard are brought into sight with it."""


class Page(QScrollArea):
    """Follows the keyboard: what it goes to comes into sight."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.inside = inside
        self.need(LEAST)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def need(self, least: QSize) -> None:
        """So much room the screen that is shown now needs."""
        self.inside.setMinimumSize(least)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What is larger than the window stays where it is: a click on the board must not move it away."""
        room = self.viewport().size()
        if now is None or not self.isAncestorOf(now) or now.width() > room.width() or now.height() > room.height():
            return
        self.ensureWidgetVisible(now, ROUND, ROUND)


def page_of(widget: QWidget) -> QWidget:
    """What a panel over this widget stands on: the page, so that it scrolls along; without one, the window."""
    window = widget.window()
    page = window.centralWidget() if isinstance(window, QMainWindow) else None
    return page.inside if isinstance(page, Page) else window
