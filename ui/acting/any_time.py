"""What can be opened at any time, over a workshop or not: help, all actions, checks, settings, the full screen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from ui.main_window import MainWindow
from ui.running import Running

Now = Callable[[], Running | None]
"""What is open at the moment."""


class AnyTime(QObject):
    """Hears its actions. What it opens is loaded when it is asked for: not before the first paint."""

    def __init__(
        self, window: MainWindow, running: Now, ready: Callable[[], None], settings: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window, self._running = window, running
        slots = {
            "ready": ready,
            "settings": settings,
            "help": self._show_help,
            "joining-help": self._show_joining_help,
            "all-actions": self._show_actions,
        }
        for id, slot in slots.items():
            window.actions_[id].triggered.connect(slot)
        window.actions_["full-screen"].toggled.connect(self._full_screen)

    @Slot()
    def _show_help(self) -> None:
        from ui.dialogs.help import HelpPanel

        HelpPanel(self._window.actions_, self._window).open()

    @Slot()
    def _show_joining_help(self) -> None:
        from ui.dialogs.joining_help import JoiningHelp

        panel = JoiningHelp(self._running(), self._window)
        panel.address_wanted.connect(self._window.actions_["address"].trigger)
        panel.wifi_wanted.connect(self._window.actions_["wifi"].trigger)
        panel.open()

    @Slot()
    def _show_actions(self) -> None:
        from ui.dialogs.help import AllActions

        AllActions(self._window.actions_.by_id.values(), self._window).open()

    @Slot(bool)
    def _full_screen(self, wanted: bool) -> None:
        if wanted:
            self._window.showFullScreen()
        else:
            self._window.showNormal()
