"""The window onto the board: how large it is shown, which part of it, and as notes or as blocks."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from core.base.ids import NoteId
from ui.board.frame_item import FrameItem
from ui.board.look import Look
from ui.board.minimap import Minimap
from ui.board.overlay import Overlay
from ui.board.overview import NAME_STRIP, Overview
from ui.board.scene import BoardScene
from ui.board.zoom import Chosen, is_overview, stepped, to_fit
from ui.look.theme import tokens_of

BEFOREHAND, LEAST_BEFOREHAND = 300.0, 220.0
"""So many pixels around the window, notes are made ready; anew when fewer are left: a few notes at a time, for many at
once would be felt while the board moves."""
MOST_ITEMS = 1000
REST_MS = 300
"""Notes that are far away again are let go when the board rests for so long, or when they are too many."""
WHEEL_NOTCH = 120
ROOM_BELOW = 120.0
"""Empty table below the frames, to drop notes on."""
BAR = 14
"""A scroll bar's width, with a little to spare."""


class Canvas(QGraphicsView):
    """Raster, no item cache; repaints the bounding rectangle of what changed (measured best: see DESIGN.md)."""

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = Look(tokens_of(self.palette()))
        self.board_scene = BoardScene(self.look, self)    # the view does not own it: this reference does
        self.overlay = Overlay(self.look, self.board_scene)
        self.overview = Overview(self.look, self.board_scene)
        self._chosen_by = Chosen.ACROSS
        self.minimap = Minimap(self)
        self._ready = QRectF()    # where all notes have their items
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._forget_far)
        self.setScene(self.board_scene)
        self.setSceneRect(0, 0, 1, 1)    # begin at the top left
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setBackgroundBrush(self.look.tokens.table)
        self.board_scene.relaid.connect(self._on_relaid)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.realise)

    @property
    def zoom(self) -> float:
        """1.0 is 100 %."""
        return self.transform().m11()

    @property
    def is_overview(self) -> bool:
        """Whether notes are drawn as blocks."""
        return self.overview.isVisible()

    @property
    def seen(self) -> QRectF:
        """The part of the board in the window."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def fit(self) -> None:
        """Show all of the board."""
        self._chosen_by = Chosen.FIT
        self.board_scene.set_packs(True)
        self._follow_window()

    def across(self) -> None:
        """Show all frames side by side, as large as they go."""
        self._chosen_by = Chosen.ACROSS
        self.board_scene.set_packs(False)
        self._follow_window()

    def whole(self) -> None:
        """Show the board at 100 %."""
        self._zoom_by_hand(1.0, self.viewport().rect().center())

    def bigger(self) -> None:
        """One step closer."""
        self._zoom_by_hand(stepped(self.zoom, 1), self.viewport().rect().center())

    def smaller(self) -> None:
        """One step away."""
        self._zoom_by_hand(stepped(self.zoom, -1), self.viewport().rect().center())

    def go_in(self, point: QPointF) -> None:
        """From the overview to where notes can be read, around this point."""
        self._zoom_by_hand(1.0, self.mapFromScene(point))

    def scroll_by(self, step: QPoint) -> None:
        """Move the window over the board by so many pixels."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + step.x())
        down.setValue(down.value() + step.y())

    def bring_into_view(self, note_id: NoteId) -> None:
        """Scroll as little as needed to see a note."""
        areas, seen = self.board_scene.areas_of(note_id), self.seen.adjusted(8, 8, -8, -8)
        if areas and not any(seen.contains(area) for area in areas):
            self.ensureVisible(areas[0], 24, 24)

    def bring_frame_into_view(self, frame: FrameItem) -> None:
        """Scroll as little as needed to see the header of a frame."""
        self.ensureVisible(QRectF(frame.x(), frame.y(), frame.width, frame.header_height), 14, 14)

    @Slot()
    def realise(self) -> None:
        """Make ready the notes that are in the window, or soon will be."""
        seen = self.seen
        if self.is_overview or self._ready.contains(_around(seen, LEAST_BEFOREHAND)):
            return
        self._ready = _around(seen, BEFOREHAND)
        if len(self.board_scene.items_of) > MOST_ITEMS:
            self._forget_far()
        self.board_scene.realise(self._ready)
        self._rest.start()

    @Slot()
    def _forget_far(self) -> None:
        self.board_scene.forget_far(_around(self.seen, 2 * BEFOREHAND))

    def follow_palette(self) -> None:
        """Paint in the colours that the window has now."""
        tokens = tokens_of(self.palette())
        if tokens is not self.look.tokens:
            self.look.set_tokens(tokens)
            self.setBackgroundBrush(tokens.table)
            self.board_scene.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self._room()
        self.board_scene.set_window(room.width(), room.height())
        self._follow_window()
        self.realise()
        self.minimap.follow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.follow_palette()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls; with Ctrl it zooms where the pointer is."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / WHEEL_NOTCH
            self._zoom_by_hand(stepped(self.zoom, steps), event.position().toPoint())
            event.accept()
            return
        super().wheelEvent(event)

    def _zoom_by_hand(self, zoom: float, at: QPoint) -> None:
        self._chosen_by = Chosen.BY_HAND
        self._set_zoom(zoom, at)

    @Slot(list)
    def _on_relaid(self, frames: list[FrameItem]) -> None:
        self.take_bounds()
        self.overlay.follow()
        if self._chosen_by is not Chosen.BY_HAND:
            self._follow_window()
        if not self.is_overview:
            self.board_scene.realise(self._ready if not self._ready.isEmpty() else self.seen, frames)

    def _follow_window(self) -> None:
        """The zoom that the desk chooses by itself."""
        if self._chosen_by is not Chosen.BY_HAND and self.board_scene.standing.packs:
            self._set_zoom(to_fit(self.board_scene.bounds, self._room()), QPoint(0, 0))
        elif self._chosen_by is Chosen.ACROSS:
            self._set_zoom(self.board_scene.standing.zoom_across, QPoint(0, 0))

    def _room(self) -> QSizeF:
        """The window without scroll bars, whether they are there or not: else they would come and go for ever."""
        return QSizeF(self.width() - BAR, self.height() - BAR)

    def _set_zoom(self, zoom: float, at: QPoint) -> None:
        """Keep what is at this point of the window where it is."""
        overview = is_overview(zoom)
        if zoom == self.zoom and overview == self.is_overview:
            return
        fixed = self.mapToScene(at)
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self.take_bounds()
        self.scroll_by(self.mapFromScene(fixed) - at)
        self._show_as(overview=overview)
        self.board_scene.make_room_for_names(NAME_STRIP / zoom if overview else 0.0)
        self.overlay.set_zoom(zoom)
        self.zoom_changed.emit(zoom)
        self.realise()

    def _show_as(self, *, overview: bool) -> None:
        if overview != self.is_overview:
            self.board_scene.show_papers(not overview)
            self.overview.setVisible(overview)

    def take_bounds(self) -> None:
        """The scroll bars go as far as the frames, and a little further down."""
        sees_all = self.board_scene.standing.packs and self._chosen_by is not Chosen.BY_HAND
        bounds = self.board_scene.bounds.adjusted(0, 0, 0, 0.0 if sees_all else ROOM_BELOW)
        if self.sceneRect() != bounds:
            self.setSceneRect(bounds)


def _around(area: QRectF, pixels: float) -> QRectF:
    return area.adjusted(-pixels, -pixels, pixels, pixels)
