"""The colours people choose: those of the laptop, light, dark, or high contrast."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from core.base.settings import SettingsFile
from ui.acting.actions import Actions
from ui.look import theme
from ui.remember import remember

PREFIX = "scheme-"
SYSTEM = "system"


class Looks(QObject):
    """Dresses the application, again when the laptop changes its colours, and keeps what was chosen."""

    def __init__(self, app: QApplication, settings: SettingsFile) -> None:
        super().__init__(app)
        self._app, self._settings = app, settings
        self.dress()
        app.styleHints().colorSchemeChanged.connect(self.dress)

    def follow(self, actions: Actions) -> None:
        """Let the menu choose."""
        for name in (SYSTEM, *theme.Scheme):
            actions[PREFIX + name].triggered.connect(self._choose)
        actions[PREFIX + (self._chosen() or SYSTEM)].setChecked(True)

    @Slot()
    def dress(self) -> None:
        """Put the colours on."""
        theme.apply(self._app, self._chosen())

    @Slot()
    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            name = action.objectName().removeprefix(PREFIX)
            remember(self._settings, scheme="" if name == SYSTEM else name)
            self.dress()

    def _chosen(self) -> theme.Scheme | None:
        """What was chosen; None for the laptop's, also where the settings name a scheme we do not have."""
        return next((each for each in theme.Scheme if each == self._settings.settings.scheme), None)
