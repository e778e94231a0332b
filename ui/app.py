"""Puts the desk together: settings, colours, window, and what hears of our own faults. The one composition root."""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from core.base import language
from core.base.errors import ReadOnlyPlace
from core.base.ids import DeskId
from core.base.language import _
from core.base.names import file_name, free_path
from core.base.settings import Settings, SettingsFile, default_folder, memory_folder
from core.session import Session
from core.store.memory import FolderMemory, Memory
from ui.adapters import for_this_system
from ui.desk import Desk
from ui.look.looks import Looks
from ui.look.text_size import text_size
from ui.look.theme import keep_still
from ui.main_window import MainWindow
from ui.making.save_copy import SUFFIX
from ui.sessions import Sessions
from ui.watching.fault_watch import FaultWatch
from ui.watching.laptop import Laptop

if TYPE_CHECKING:
    from core.sync.known import Home

HEARTBEAT_MS = 500


def run(argv: Sequence[str]) -> int:
    """Open the desk, at this file if one is given; until it is closed."""
    settings = SettingsFile()
    app = begin(settings.settings)
    looks = Looks(app, settings)
    window = MainWindow()
    watch = FaultWatch(window.notices)
    looks.follow(window.actions_)
    desk = Desk(window, settings, sessions_of(settings), default_folder(), laptop=Laptop(addresses=for_this_system()))
    heartbeat = let_signals_in(app, desk)
    rest_while_loading(desk)
    desk.begin(Path(argv[0]) if argv else None)
    if not argv:
        QTimer.singleShot(0, desk, tidy_memory_again)
    ended = app.exec()
    heartbeat.stop()
    desk.end()
    watch.close()
    return ended


def begin(settings: Settings) -> QApplication:
    """The application, as large and in the language as the settings say: both must be so before the first widget."""
    if (scale := scale_of(settings, text_size(os.environ))) != 1:
        os.environ["QT_SCALE_FACTOR"] = f"{scale:g}"
    language.use(settings.language or language.SOURCE)
    app = QApplication([sys.argv[0] or "sayback"])
    app.setApplicationName("Sayback")
    app.setDesktopFileName("sayback")
    is_rtl = language.direction_of(language.spoken()) == "rtl"
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
    keep_still(settings.still)
    return app


def scale_of(settings: Settings, system: float) -> float:
    """Our own scale is in per cent of what the system asks for (docs/decisions/text-as-large-as-the-system-says.md)."""
    return system * settings.scale / 100


def sessions_of(settings: SettingsFile) -> Sessions:
    """Workshop files, opened as this desk, which remembers how far it wrote in each."""
    desk, memory = settings.settings.desk, FolderMemory(memory_folder())
    return Sessions(
        open=lambda path: open_or_view(path, desk, memory),
        create=lambda path, command: Session.create(path, command, desk, memory=memory, keeps_copies=True),
        join=lambda home, folder: joined(home, folder, settings.known, desk, memory),
        known=settings.known,
    )


def joined(home: "Home", folder: Path, known: Path, desk: DeskId, memory: Memory) -> Session:
    """The workshop of another desk, fetched into the file that this desk has of it, or into a new one; what the desk
    knows of its home is kept. Raises NotSaved, and what `fill` does."""
    from core.sync.joining import fill
    from core.sync.known import Homes

    homes = Homes(known)
    before = homes.of(home.workshop)
    path = Path(before.file) if before is not None and before.file else None
    is_here = path is not None and path.is_file()
    if path is None or not is_here:
        path = free_path(folder, file_name(home.title, _("Workshop")), SUFFIX)
    homes.keep(replace(home, file=str(path)))
    session = (
        Session.open(path, desk, memory=memory, keeps_copies=True)
        if is_here
        else Session.join(path, home.workshop, desk, memory=memory, keeps_copies=True)
    )
    try:
        fill(session, home)
    except BaseException:
        session.close()
        raise
    return session


def open_or_view(path: Path, desk: DeskId, memory: Memory) -> Session:
    """The workshop to work in, or only to look at where nothing can be written. Raises what `Session.open` does."""
    try:
        return Session.open(path, desk, memory=memory, keeps_copies=True)
    except ReadOnlyPlace:
        return Session.view(path)


def rest_while_loading(desk: Desk) -> None:
    """Python looks for no garbage while a workshop loads, and later only outside of what has loaded: with 20,000 notes
    in memory each look takes a tenth of a second. What is closed can be garbage again."""
    desk.loading.connect(gc.disable)
    desk.loaded.connect(lambda: QTimer.singleShot(0, desk, tidy_memory_again))
    desk.closed.connect(gc.unfreeze)


def tidy_memory_again() -> None:
    """What has loaded stays; the rest is looked after again. main.py has stopped that before anything was loaded."""
    gc.freeze()
    gc.enable()


def let_signals_in(app: QApplication, desk: Desk) -> QTimer:
    """SIGTERM and Ctrl+C quit; Python hears them only while it runs, so Qt's loop calls it now and then."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: desk.quit_now())
    heartbeat = QTimer(app, interval=HEARTBEAT_MS)
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start()
    return heartbeat
