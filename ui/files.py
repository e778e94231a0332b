"""How the desk asks for a workshop file, and what it lets only its own copy of one know."""

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog

from core.base.errors import WorkshopError
from core.base.language import _
from core.base.wifi import AS_KEPT as WIFI_AS_KEPT
from core.base.wifi import Wifi
from core.session import Session
from ui.main_window import MainWindow
from ui.making.save_copy import SUFFIX

AskFile = Callable[[MainWindow, str], str]


def ask_file(window: MainWindow, folder: str) -> str:
    """The system's own way to choose a workshop file."""
    kinds = _("Workshops (*{suffix})").format(suffix=SUFFIX)
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Open a workshop"), folder, kinds)
    return chosen


def knowing(wifi: Wifi | None, session: Session) -> Session:
    """The same, with the room's Wi-Fi kept in this copy of its file. Raises NotSaved; then it is closed."""
    try:
        if wifi is not None:
            session.set_local(WIFI_AS_KEPT, wifi.for_file()).result()
    except WorkshopError:
        session.close()
        raise
    return session
