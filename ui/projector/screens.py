"""The screens of this laptop: which there are, and on which of them the projector's picture goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QRect, Signal, SignalInstance, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Place:
    """A screen: a name by which it is known again, and where it is."""

    key: str
    area: QRect


class Screens(Protocol):
    """What the projector asks of the system."""

    changed: SignalInstance    # one came, went, or has another resolution

    def places(self) -> list[Place]:
        """All screens."""

    def key_of(self, window: QWidget) -> str:
        """On which screen a window stands."""


class SystemScreens(QObject):
    """The screens as Qt tells of them."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_added)
            app.screenRemoved.connect(self.changed)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self.changed)

    def places(self) -> list[Place]:
        """All screens."""
        return [Place(_key(screen), screen.geometry()) for screen in QGuiApplication.screens()]

    def key_of(self, window: QWidget) -> str:
        """On which screen a window stands."""
        return _key(window.screen())

    @Slot(QScreen)
    def _on_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.changed)
        self.changed.emit()


def _key(screen: QScreen) -> str:
    parts = (screen.name(), screen.manufacturer(), screen.model(), screen.serialNumber())
    return " ".join(filter(None, parts))


def best(places: Sequence[Place], desk: str, remembered: str) -> Place | None:
    """Where the picture goes: the screen of last time, else any that the desk is not on; None where there is none."""
    others = [place for place in places if place.key != desk]
    return next((place for place in others if place.key == remembered), others[0] if others else None)
