"""Paints a view with the strip below it, turns its pages, and lets its countdown run."""


from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.base.clock import Clock, utc_now
from core.domain.running import seconds_left
from ui.look.theme import tokens_of
from ui.projector.canvas import Canvas, Drawn, size_in_units
from ui.projector.clock import in_words
from ui.projector.photos import Photos
from ui.projector.shown import ProjectorView, WelcomeShown, pictures_of, timer_of
from ui.projector.strip import Way, paint_strip
from ui.projector.views.laid import laid

TICK_MS = 250


class Stage(QWidget):
    """One view at a time; laid out anew only when it, or the size of the window, has changed."""

    def __init__(self, photos: Photos, parent: QWidget | None = None, *, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._photos, self._clock = photos, clock
        self._view: ProjectorView = WelcomeShown(title="", purpose="", host="", promise="")
        self._way = Way()
        self._drawn: Drawn | None = None
        self._left = 0
        self.page = 0
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._look)
        photos.came.connect(self._on_photo)

    @property
    def pages(self) -> int:
        """How many pages the view has in this window."""
        return len(self._laid().keys)

    def show_view(self, view: ProjectorView) -> None:
        """Show this from now on. The page stays with what was on it; a view of another kind begins at its first."""
        if view == self._view:
            return
        before = self._laid().keys[self.page]
        is_other = type(view) is not type(self._view)
        self._view, self._drawn = view, None
        self._find_page("" if is_other else before, 0 if is_other else self.page)
        self._look()
        self._say()

    def show_way(self, way: Way) -> None:
        """Another address, another code."""
        if way != self._way:
            self._way = way
            self.update()

    def turn(self, by: int) -> None:
        """Turn so many pages on, or back."""
        page = min(max(0, self.page + by), self.pages - 1)
        if page != self.page:
            self.page = page
            self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        colours = tokens_of(self.palette())
        painter.fillRect(self.rect(), colours.paper)
        width, height, scale = size_in_units(self.width(), self.height())
        painter.scale(scale, scale)
        drawn = self._laid()
        canvas = Canvas(painter, width, height, colours, self._left, self._photos.picture)
        drawn.paint(canvas, self.page)
        paint_strip(canvas, self._way, drawn.aside(self.page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._drawn is not None:
            before = self._drawn.keys[self.page]
            self._drawn = None
            self._find_page(before, self.page)

    def _laid(self) -> Drawn:
        if self._drawn is None:
            width, height, _scale = size_in_units(self.width(), self.height())
            self._drawn = laid(self._view, width, height)
        return self._drawn

    def _find_page(self, key: str, page: int) -> None:
        keys = self._laid().keys
        self.page = keys.index(key) if key and key in keys else min(page, len(keys) - 1)
        self._photos.want(pictures_of(self._view))

    @Slot()
    def _look(self) -> None:
        """The countdown; it is painted when a second has gone, told when a minute has."""
        timer = timer_of(self._view)
        left = seconds_left(timer.timer, self._clock()) if timer is not None else 0
        runs = timer is not None and timer.timer.ends is not None and left > 0
        if runs and not self._tick.isActive():
            self._tick.start()
        elif not runs:
            self._tick.stop()
        if left != self._left:
            self._left = left
            self._say()

    @Slot()
    def _on_photo(self) -> None:
        self.update()

    def _say(self) -> None:
        words = self._laid().words(self.page)
        told = f"{words} {in_words(self._left)}" if timer_of(self._view) is not None else words
        if told != self.accessibleName():
            self.setAccessibleName(told)
        self.update()


