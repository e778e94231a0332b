"""A board on the screen, used by its mouse, with what each frame costs until it is painted."""

import time
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from core.session import Session
from ui.acting.acts import Acts
from ui.acting.selection import Selection
from ui.app import tidy_memory_again
from ui.board.view import BoardView
from ui.bridge import Bridge
from ui.look import theme

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SETTLE_SECONDS = 0.02


class Eyes:
    """Painted once when it is made."""

    def __init__(self, session: Session, width: int, height: int) -> None:
        self.app = QApplication([])
        theme.apply(self.app, theme.Scheme.LIGHT)
        self.bridge, self.selection = Bridge(session), Selection()
        self.view = BoardView(self.bridge, self.selection, Acts(self.bridge, self.selection))
        self.view.resize(width, height)
        self.view.show()
        self.app.processEvents()
        tidy_memory_again()    # as the desk does once a workshop has loaded

    def close(self) -> None:
        """Give everything back."""
        self.view.close_down()
        self.bridge.close()
        self.view.close()

    def frame(self, act: Callable[[], object]) -> float:
        """What it costs the screen's thread from an act until it is painted: on a processor of its own, the time it
        takes. By the clock, neighbours on the machine would be measured too."""
        began = time.thread_time()
        act()
        self.app.processEvents()
        return time.thread_time() - began

    def pan(self, steps: int) -> list[float]:
        """Read down the board and up again."""
        self._go_in()
        half = steps // 2
        ways = [QPoint(0, 24)] * half + [QPoint(0, -24)] * half
        return [self.frame(partial(self.view.scroll_by, way)) for way in ways]

    def drag(self, notes: int, steps: int) -> list[float]:
        """So many notes, in the hand, across the window and back."""
        self._go_in()
        scene, viewport = self.view.board_scene, self.view.viewport()
        seen = [note for note in scene.items_of if self.view.seen.contains(scene.area_of(note))]
        others = [note for note in scene.cards if note != seen[0]]
        self.selection.choose([seen[0], *others[: notes - 1]])
        self.app.processEvents()
        start = self.view.mapFromScene(scene.area_of(seen[0]).center())
        self._mouse(QEvent.Type.MouseButtonPress, start)
        self._mouse(QEvent.Type.MouseMove, start + QPoint(30, 10))
        self.app.processEvents()
        frames: list[float] = []
        for step in range(steps):
            across = 60 + (viewport.width() - 140) * abs((step / steps * 2) % 2 - 1)
            at = QPoint(int(across), 100 + step * 2)
            frames.append(self.frame(partial(self._mouse, QEvent.Type.MouseMove, at)))
        self.view._drop_gesture()    # Escape, without the keyboard
        self.selection.clear()
        self.app.processEvents()
        return frames

    def insert(self, saying: Iterable[Callable[[], object]]) -> list[float]:
        """Notes arriving: from the moment the bridge has them until they are painted."""
        self._go_in()
        frames: list[float] = []
        for say in saying:
            say()
            time.sleep(SETTLE_SECONDS)    # the writer tells its listeners; the pace of 16 ms has passed
            frames.append(self.frame(lambda: None))
        return frames

    def zoom(self, steps: int) -> list[float]:
        """Closer and away, among notes."""
        self._go_in()
        steps //= 2
        return [self.frame(step) for step in [self.view.smaller] * steps + [self.view.bigger] * steps]

    def repaint_all(self, times: int) -> list[float]:
        """All notes in view, painted anew."""
        self.view.fit()
        self.app.processEvents()
        return [self.frame(self.view.viewport().update) for _ in range(times)]

    def _go_in(self) -> None:
        """To 100 %, in the middle of the board."""
        self.view.whole()
        self.view.centerOn(self.view.board_scene.bounds.center() / 2)
        self.app.processEvents()

    def _mouse(self, kind: QEvent.Type, at: QPoint) -> None:
        viewport = self.view.viewport()
        place, button = QPointF(at), LEFT if kind is not QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        event = QMouseEvent(kind, place, viewport.mapToGlobal(place), button, LEFT, NONE)
        QApplication.sendEvent(viewport, event)
