"""A desk whose screen is watched: how long it stands still at most while something is done."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.base.ids import ContributorId, NoteId, new_id
from core.base.settings import SettingsFile
from core.domain.commands import SayNote
from core.domain.events import Author
from ui.app import begin, sessions_of
from ui.desk import Desk
from ui.look.looks import Looks
from ui.main_window import MainWindow
from ui.panes.pages import Pages
from ui.running import Running
from ui.watching.laptop import Laptop

SETTLE_MS = 900
NO_KEYS = Qt.KeyboardModifier.NoModifier


def settle() -> None:
    """Let the desk work. (QTest's own waiting does not let Python's other threads.)"""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()


class Watched:
    """Opens the desk with a workshop; `end` closes both."""

    def __init__(self, settings: SettingsFile, path: Path, size: tuple[int, int]) -> None:
        self._app = begin(settings.settings)
        self._window = MainWindow()
        self._looks = Looks(self._app, settings)
        self._looks.follow(self._window.actions_)
        laptop = Laptop(mains=lambda: True, sleeps=lambda: False, battery=lambda: None)
        self._desk = Desk(self._window, settings, sessions_of(settings), path.parent, laptop=laptop)
        self._last = self._longest = 0.0
        self._beat = QTimer(interval=0)
        self._beat.timeout.connect(self._tick)
        self._desk.begin(path)
        self._window.resize(*size)
        self._window.activateWindow()
        while self._desk.open_desk is None or self.running.door is None:
            settle()

    @property
    def running(self) -> Running:
        """The open workshop."""
        assert self._desk.open_desk is not None
        return self._desk.open_desk.running

    @property
    def focused(self) -> QWidget:
        """Where the keyboard is."""
        return QApplication.focusWidget() or self._window

    def do(self, action: str) -> None:
        """Choose it from the menus, and let it be done."""
        self._window.actions_[action].trigger()
        if not self._beat.isActive():
            settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key."""
        QTest.keyClick(self.focused, key, modifiers)

    def turn_held(self) -> None:
        """The next page of what is held."""
        assert self._desk.open_desk is not None
        pages = self._desk.open_desk.screen.held.findChild(Pages)
        assert isinstance(pages, Pages)
        pages.turned.emit(self._desk.open_desk.screen.held.model.page.end)

    def draw(self) -> None:
        """A sample anew."""
        assert self._desk.open_desk is not None
        self._desk.open_desk.screen.find_pane.sample()

    def hear_a_note(self) -> None:
        """Somebody says something."""
        session = self.running.session
        who = ContributorId(new_id())
        question = session.board.questions_in_order()[0].id
        say = SayNote(question=question, text="One more note", contributor=who, note_id=NoteId(new_id()))
        session.do(say, Author(session.desk, who)).result()

    def stands_still(self, act: Callable[[], object]) -> float:
        """For how many seconds the screen does nothing else, at most, while this is done and shown."""
        self._longest, self._last = 0.0, time.perf_counter()
        self._beat.start()
        act()
        settle()
        self._beat.stop()
        return self._longest

    def end(self) -> None:
        """Close everything."""
        self._desk.quit_now()
        self._desk.end()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now
