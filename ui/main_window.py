"""The window: menus, notice bar, one screen at a time. It assembles and does nothing else."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.acting.actions import Actions
from ui.dialogs.panel import KEPT_FREE, Panel
from ui.look.focus import FocusRing
from ui.look.icons import app_icon
from ui.look.parts import take_what_is_left
from ui.page import LEAST, Page, page_of
from ui.regions import go_on
from ui.watching.notices import NoticeBar, Notices

SMALLEST = QSize(480, 320)
GRIP = 24    # as much of the top as a hand needs to take hold of it
USUAL, LARGEST = QSize(1280, 720), QSize(1920, 1080)


def usual_size(room: QSize) -> QSize:
    """Nine tenths of the screen, where nobody has chosen a size yet; at 200 % a screen is small."""
    return (room * 0.9).expandedTo(USUAL).boundedTo(LARGEST).boundedTo(room)


class MainWindow(QMainWindow):
    """`close_wanted` asks whoever runs the desk; the window closes once `may_close` is set."""

    close_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.may_close = False
        self.setWindowTitle("Sayback")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(SMALLEST)
        self.resize(usual_size(self.screen().availableSize()))
        self.actions_ = Actions(self)
        self.notices = Notices(self)
        self._top: QWidget | None = None
        self._screens = QStackedWidget()
        take_what_is_left(self._screens)    # or a notice on two lines would make the page as long as the board wishes
        self._bar = NoticeBar(self.notices)
        middle = QWidget()
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._bar)
        self._column.addWidget(self._screens, 1)
        self._page = Page(middle)
        self.setCentralWidget(self._page)
        self._ring = FocusRing(self)

    @property
    def screen_shown(self) -> QWidget | None:
        """The screen of the moment."""
        return self._screens.currentWidget()

    def show_screen(
        self, screen: QWidget, title: str, top: QWidget | None = None, *, least: QSize = LEAST
    ) -> None:
        """Put a screen in, with what goes above the notices; the one before is deleted. It scrolls where the window is
        smaller than the `least` it needs."""
        self._page.need(least)
        for panel in self.findChildren(Panel):
            panel.close()
        before = (self._screens.currentWidget(), self._top)
        if top is not None:
            self._column.insertWidget(0, top)
        self._top = top
        bar = min(top.sizeHint().height(), top.maximumHeight()) if top is not None else 0
        page_of(self).setProperty(KEPT_FREE, bar)
        self._screens.addWidget(screen)
        self._screens.setCurrentWidget(screen)
        self.setWindowTitle(f"{title} · Sayback" if title else "Sayback")
        for widget in before:
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def go_on(self, by: int) -> None:
        """Put the keyboard so many parts of the window on."""
        screen = self._screens.currentWidget()
        beside = (self._top, self._bar, *(screen.children() if screen is not None else ()))
        go_on(self, [each for each in beside if isinstance(each, QWidget)], by)

    def geometry_text(self) -> str:
        """Size and place, for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def restore_geometry_text(self, text: str) -> None:
        """Size and place as they were; Qt itself keeps the window on a screen that is there."""
        if text:
            self.restoreGeometry(QByteArray.fromBase64(text.encode()))

    def keep_in_sight(self, screens: Sequence[QRect]) -> None:
        """Come back to the first screen, in the size it has room for, where nothing of the title bar is on any."""
        grip = QRect(self.pos(), QSize(self.width(), GRIP))
        if screens and not any(screen.intersects(grip) for screen in screens):
            self.showNormal()
            self.setGeometry(QRect(QPoint(), self.size().boundedTo(screens[0].size())).translated(screens[0].topLeft()))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close:
            super().closeEvent(event)
        else:
            event.ignore()
            self.close_wanted.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self.actions_["full-screen"].setChecked(self.isFullScreen())
