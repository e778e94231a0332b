"""Screens that a test plugs in and out."""

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from ui.projector.screens import Place

DESK = Place("desk", QRect(0, 0, 1920, 1080))
WALL = Place("wall", QRect(1920, 0, 1280, 720))


class OwnScreens(QObject):
    """At first there is only that of the desk."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.there = [DESK]

    def places(self) -> list[Place]:
        """All screens."""
        return list(self.there)

    def key_of(self, window: QWidget) -> str:
        """The desk stays where it is."""
        return DESK.key

    def are(self, *places: Place) -> None:
        """These are plugged in now."""
        self.there = list(places)
        self.changed.emit()
