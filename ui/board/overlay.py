"""Rings and marks over the notes: focus, chosen, and where a dragged note would go. Frames cannot clip them."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.base.ids import NoteId, ThemeId
from ui.board.look import Look
from ui.board.scene import BoardScene

Z = 100.0
REACH = 16.0
"""How far a ring or a tick reaches out of its note at 100 %, with room for other zooms."""
TICK_RADIUS = 9.0
MANY = 400
"""With more notes chosen than this in view each has an outline, and no tick."""


class Overlay(QGraphicsItem):
    """One item over everything. `follow` tells it that notes lie elsewhere."""

    def __init__(self, look: Look, scene: BoardScene) -> None:
        super().__init__()
        self._look = look
        self._scene = scene
        self.chosen: frozenset[NoteId] = frozenset()
        self.focus: NoteId | None = None
        self.band: QRectF | None = None
        self.mark: QLineF | None = None
        self._reach = REACH
        self.theme: ThemeId | None = None
        self._rings: dict[str, list[QRectF]] = {}    # where notes and the theme lie that have one
        self._bounds = scene.sceneRect()
        self.setZValue(Z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        scene.sceneRectChanged.connect(self._grow)
        scene.addItem(self)

    def set_chosen(self, notes: frozenset[NoteId]) -> None:
        """Ring these notes as chosen."""
        self.chosen = notes
        self.follow()

    def set_focus(self, note_id: NoteId | None, theme: ThemeId | None = None) -> None:
        """Ring the note, or the header of the theme, that has the focus of the keyboard."""
        before, self.focus, self.theme = self.focus, note_id, theme
        self.follow()
        for each in (before, note_id):
            for area in self._scene.areas_of(each) if each is not None else ():    # it may have the other ring still
                self._update(area)

    def set_band(self, band: QRectF | None) -> None:
        """The rubber band."""
        before, self.band = self.band, band
        self._update(before)
        self._update(band)

    def set_mark(self, mark: QLineF | None) -> None:
        """A line where what is dragged would be put between two notes."""
        before, self.mark = self.mark, mark
        for line in (before, mark):
            if line is not None:
                self._update(QRectF(line.p1(), line.p2()))

    def set_zoom(self, zoom: float) -> None:
        """Rings keep their width on the screen."""
        self._reach = REACH / min(1.0, zoom)
        self.follow()
        self.update()

    def follow(self) -> None:
        """Rings come, go, and move with their notes: paint anew only what is around those that did."""
        ringed = [note_id for note_id in {*self.chosen, self.focus} if note_id is not None]
        now: dict[str, list[QRectF]] = {note_id: self._scene.areas_of(note_id) for note_id in ringed}
        if self.theme is not None:
            now[self.theme] = [self._header(self.theme)]
        before, self._rings = self._rings, now
        if max(len(before), len(now)) > MANY:
            if before != now:
                self.update()
            return
        for ring in before.keys() | now.keys():
            was, is_now = before.get(ring, []), now.get(ring, [])
            for area in (*was, *is_now) if was != is_now else ():
                self._update(area)

    def _header(self, theme: ThemeId) -> QRectF:
        """The header of a theme's frame; empty where it is not on the board."""
        frame = self._scene.theme_frame(theme)
        return QRectF(frame.x(), frame.y(), frame.width, frame.header_height) if frame else QRectF()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        exposed = option.exposedRect.adjusted(-self._reach, -self._reach, self._reach, self._reach)
        zoom = painter.worldTransform().m11()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pixel = 1 / max(zoom, 0.5)
        chosen = [area for note_id in self.chosen for area in self._rings.get(note_id, ()) if area.intersects(exposed)]
        if len(chosen) > MANY:
            self._paint_many(painter, chosen)
        for area in chosen if len(chosen) <= MANY else ():
            self._paint_chosen(painter, area, pixel)
        for focused in filter(None, (self.focus, self.theme)):
            for area in self._rings.get(focused, ()):
                self._paint_focus(painter, area, pixel)
        self._paint_band(painter, 1 / zoom)

    def _paint_focus(self, painter: QPainter, area: QRectF, pixel: float) -> None:
        """Two rings: 2 pixels of ink inside, 4 of amber outside."""
        if area.isEmpty():
            return
        tokens = self._look.tokens
        for out, width, colour in ((5.0, 4.0, tokens.focus), (2.0, 2.0, tokens.focus_line)):
            painter.setPen(QPen(colour, width * pixel))
            ring = area.adjusted(-out * pixel, -out * pixel, out * pixel, out * pixel)
            painter.drawRoundedRect(ring, 4 * pixel, 4 * pixel)

    def _paint_many(self, painter: QPainter, areas: list[QRectF]) -> None:
        """Outlines alone, all at once: ticks would cover the notes from so far, and would take seconds."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        pen = QPen(self._look.tokens.accent, 2)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawRects(areas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_chosen(self, painter: QPainter, area: QRectF, pixel: float) -> None:
        """An outline, and a disc with a tick at the corner."""
        tokens = self._look.tokens
        painter.setPen(QPen(tokens.accent, 3 * pixel))
        painter.drawRoundedRect(area.adjusted(-pixel, -pixel, pixel, pixel), 3 * pixel, 3 * pixel)
        centre = area.topRight() + QPointF(-2 * pixel, 2 * pixel)
        painter.setPen(QPen(tokens.surface, 1.5 * pixel))
        painter.setBrush(tokens.accent)
        painter.drawEllipse(centre, TICK_RADIUS * pixel, TICK_RADIUS * pixel)
        painter.setPen(QPen(tokens.on_accent, 2 * pixel))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tick = [centre + QPointF(x, y) * pixel for x, y in ((-4.0, 0.2), (-1.2, 3.0), (4.0, -3.0))]
        painter.drawPolyline(QPolygonF(tick))

    def _paint_band(self, painter: QPainter, pixel: float) -> None:
        tokens = self._look.tokens
        if self.mark is not None:
            painter.setPen(QPen(tokens.accent, 4 * pixel, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(self.mark)
        if self.band is not None:
            ground = tokens.accent.lighter()
            ground.setAlphaF(0.15)
            painter.setPen(QPen(tokens.accent, 1.5 * pixel, Qt.PenStyle.DashLine))
            painter.setBrush(ground)
            painter.drawRect(self.band)

    def _update(self, area: QRectF | None) -> None:
        if area is not None:
            self.update(area.normalized().adjusted(-self._reach, -self._reach, self._reach, self._reach))

    def _grow(self, bounds: QRectF) -> None:
        self.prepareGeometryChange()
        self._bounds = bounds
