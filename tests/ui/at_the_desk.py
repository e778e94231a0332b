"""A person at the desk: finds things by the names that are read out, presses real buttons, types real keys."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.base.settings import SettingsFile
from core.domain.board import Board
from ui.desk import Desk
from ui.open_desk import OpenDesk
from ui.running import Door

SECONDS = 15
W = TypeVar("W", bound=QWidget)


class DeskUnderTest:
    """One run of the desk, from its first window to its last."""

    def __init__(self, desk: Desk, settings: SettingsFile, qtbot: QtBot) -> None:
        self.desk, self.settings, self._qtbot = desk, settings, qtbot
        self.window = desk.window
        self._is_closed = False

    def begin(self, file: Path | None = None, size: tuple[int, int] = (1280, 720)) -> None:
        """Show the window."""
        self.desk.begin(file)
        self.window.resize(*size)
        self._qtbot.waitExposed(self.window)
        self.window.activateWindow()

    def close(self) -> None:
        """Quit as a person would who says yes to everything; wait until all is put away."""
        if self._is_closed:
            return
        self._is_closed = True
        self.desk.quit_now()
        self.desk.end()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def wait(self, condition: Callable[[], bool], seconds: float = SECONDS) -> None:
        """Let the desk work until this is so."""
        self._qtbot.waitUntil(condition, timeout=round(seconds * 1000))

    @property
    def open(self) -> OpenDesk:
        """The open workshop; waits until there is one."""
        self.wait(lambda: self.desk.open_desk is not None)
        assert self.desk.open_desk is not None
        return self.desk.open_desk

    @property
    def door(self) -> Door:
        """How phones come in; waits until they can."""
        running = self.open.running
        self.wait(lambda: running.door is not None)
        assert running.door is not None
        return running.door

    @property
    def board(self) -> Board:
        """The board as the desk has it."""
        return self.open.running.bridge.board

    def find(self, kind: type[W], name: str) -> W:
        """The one visible widget of this kind with this name for ears; waits a moment for it."""
        self.wait(lambda: self.names(kind).count(name) == 1, seconds=3)
        return next(each for each in self.visible(kind) if each.accessibleName() == name)

    def visible(self, kind: type[W]) -> list[W]:
        """All visible widgets of a kind, in every window."""
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        return [each for window in windows for each in window.findChildren(kind) if each.isVisible()]

    def names(self, kind: type[W]) -> list[str]:
        """What is there to be found."""
        return [each.accessibleName() for each in self.visible(kind)]

    def press(self, name: str) -> None:
        """Click a button."""
        QTest.mouseClick(self.find(QAbstractButton, name), Qt.MouseButton.LeftButton)

    def press_nth(self, name: str, at: int) -> None:
        """Click one of several buttons of the same name, from 0."""
        found = [each for each in self.visible(QAbstractButton) if each.accessibleName() == name]
        QTest.mouseClick(found[at], Qt.MouseButton.LeftButton)

    def write(self, name: str, words: str) -> None:
        """Type into a field."""
        entry = self.find(QWidget, name)
        inner = entry.viewport() if isinstance(entry, QPlainTextEdit) else entry
        QTest.mouseClick(inner, Qt.MouseButton.LeftButton)
        if words.isascii():
            QTest.keyClicks(entry, words)
        else:    # no keyboard of the test has these: they come as from an input method
            event = QInputMethodEvent()
            event.setCommitString(words)
            QCoreApplication.sendEvent(entry, event)

    def choose(self, chip: str, *choices: str, at: int = 0) -> None:
        """Choose in the menu of a chip; `at` is which of several of the same name."""
        self.wait(lambda: sum(name.startswith(chip) for name in self.names(QPushButton)) > at, seconds=3)
        found = [each for each in self.visible(QPushButton) if each.accessibleName().startswith(chip)]
        for action in found[at].menu().actions():
            if action.text() in choices:
                action.trigger()

    def keys(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the keyboard is."""
        QTest.keyClick(self._focus(), key, modifiers)

    def type(self, words: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(self._focus(), words)

    def _focus(self) -> QWidget:
        """Where the keyboard is; the test's screen sometimes forgets which window is in front."""
        places: tuple[QWidget | None, ...] = (QApplication.focusWidget(), self.window.focusWidget())
        return next((place for place in places if place is not None), self.window)

    def do(self, action: str) -> None:
        """Choose an action from the menus."""
        chosen = self.window.actions_[action]
        assert chosen.isEnabled(), f"{action} cannot be done now"
        chosen.trigger()

    @property
    def notice(self) -> str:
        """What the notice bar says; empty where there is none."""
        shown = self.window.notices.shown
        return f"{shown.what} {shown.advice}".strip() if shown else ""

    def make_workshop(self, title: str, *questions: str) -> None:
        """From the start screen, by the form."""
        self.press("New workshop")
        self.write("What is it called?", title)
        for number, question in enumerate(questions, 1):
            if number > 1:
                self.press("Add a question")
            self.write(f"Question {number}", question)
        self.press("Make the workshop")
        self.wait(lambda: self.desk.open_desk is not None)
