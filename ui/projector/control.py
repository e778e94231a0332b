"""The projector window: on the second screen where there is one, as a window otherwise."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.running import Door
from ui.screens.join_view import JoinView, Shown

MOVED_MS = 10 * 60_000
"""So long the join view says that the address has changed: people who scanned the old code look up now and then."""


class Projector(QObject):
    """Shows the join view. Its window is made when it is first wanted, and ends with the workshop."""

    toggled = Signal(bool)

    def __init__(self, desk_window: QWidget, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk_window = desk_window
        self._title = title
        self._door: Door | None = None
        self._address = ""    # the last one that phones could come to
        self._here = 0
        self._moved = QTimer(self, interval=MOVED_MS, singleShot=True)
        self._moved.timeout.connect(self._fill)
        self.window: JoinView | None = None

    @property
    def is_on(self) -> bool:
        """Whether its window is shown."""
        return self.window is not None and self.window.isVisible()

    @Slot(object)
    def show_door(self, door: Door) -> None:
        """How people come in now. An address that is new says so for a while; one that has come back does not."""
        before, self._door = self._address, door
        if door.is_open:
            self._address = door.address
            if before and before != door.address:
                self._moved.start()
        self._fill()

    @Slot(int)
    def show_here(self, here: int) -> None:
        """How many are in."""
        self._here = here
        self._fill()

    @Slot()
    def toggle(self) -> None:
        """On, or off."""
        if self.is_on:
            self.put_off()
        elif self._door is not None:
            self._put_on()

    @Slot()
    def put_off(self) -> None:
        """Take the window away."""
        if self.window is not None and self.window.isVisible():
            self.window.hide()
            self.toggled.emit(False)

    def close(self) -> None:
        """End with the workshop."""
        if self.window is not None:
            self.window.closed.disconnect(self.put_off)
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _put_on(self) -> None:
        if self.window is None:
            self.window = JoinView()
            self.window.closed.connect(self.put_off)
        self._fill()
        others = [each for each in QGuiApplication.screens() if each is not self._desk_window.screen()]
        if others:
            self.window.setGeometry(others[0].geometry())
            self.window.showFullScreen()
        else:
            self.window.resize(1280, 720)
            self.window.show()
        self._desk_window.activateWindow()
        self.toggled.emit(True)

    @Slot()
    def _fill(self) -> None:
        if self.window is not None and self._door is not None:
            door = self._door
            self.window.show_join(Shown(
                title=self._title, address=door.address, code=door.code, squares=door.squares, here=self._here,
                wifi=door.wifi, wifi_squares=door.wifi_squares, has_moved=self._moved.isActive() and door.is_open,
            ))  # fmt: skip
