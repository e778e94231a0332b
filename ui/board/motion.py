"""Moves settle: a note glides to its new place in 120 ms, where motion is wanted and there are few to move."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation, Slot
from PySide6.QtWidgets import QStyle, QWidget

from core.base.ids import NoteId
from ui.board.frame_item import FrameItem
from ui.board.note_item import NoteItem
from ui.board.scene import BoardScene
from ui.look.theme import is_still

SETTLE_MS = 120
MOST_NOTES = 60
"""More than this at once are where they belong without a journey."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a note was, and where its frame was."""

    at: QPointF
    frame: FrameItem
    corner: QPointF


class Motion(QObject):
    """One animation for all notes that move at a time. The cards are where they belong at once: only items travel."""

    def __init__(self, scene: BoardScene, widget: QWidget) -> None:
        super().__init__(widget)
        self._scene = scene
        self._widget = widget
        self._from: dict[NoteId, QPointF] = {}
        self._open: set[FrameItem] = set()
        self._run = QVariantAnimation(self)
        self._run.setDuration(SETTLE_MS)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._run.valueChanged.connect(self._step)
        self._run.finished.connect(self._end)

    @property
    def is_wanted(self) -> bool:
        """Not where the system or a person asks for less motion, nor in high contrast, nor where nobody looks."""
        duration = self._widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self._widget)
        return duration > 0 and not is_still() and not self._scene.look.tokens.is_plain and self._widget.isVisible()

    def places(self) -> dict[NoteId, Spot]:
        """Where the notes near the window are now."""
        where = self._scene.where
        return {
            note_id: Spot(item.scenePos(), where[note_id], where[note_id].pos())
            for note_id, item in self._scene.items_of.items()
        }

    def settle(self, before: Mapping[NoteId, Spot]) -> None:
        """Let the notes that are elsewhere now travel there from where they were."""
        moved = {note_id: spot.at for note_id, spot in before.items() if self._has_moved(note_id, spot)}
        self.stop()
        if not moved or len(moved) > MOST_NOTES or not self.is_wanted:
            return
        self._from = moved
        self._open = {self._scene.where[note_id] for note_id in moved}
        for frame in self._open:
            frame.let_notes_out(True)
        self._run.start()

    def _has_moved(self, note_id: NoteId, spot: Spot) -> bool:
        """On its own: where its frame has moved, the note went with it."""
        item, frame = self._scene.items_of.get(note_id), self._scene.where.get(note_id)
        if item is None or frame is None or (frame is spot.frame and frame.pos() != spot.corner):
            return False
        return item.scenePos() != spot.at

    def stop(self) -> None:
        """Everything is where it belongs."""
        self._run.stop()
        self._end()

    @Slot(object)
    def _step(self, share: float) -> None:
        for note_id, start in self._from.items():
            item = self._scene.items_of.get(note_id)
            if item is not None:
                self._put(item, start, share)

    def _put(self, item: NoteItem, start: QPointF, share: float) -> None:
        frame = self._scene.where[item.card.note_id]
        home = QPointF(item.card.x, item.card.y)
        item.setPos((start - frame.pos()) * (1 - share) + home * share)

    @Slot()
    def _end(self) -> None:
        travelled, self._from = self._from, {}
        for note_id in travelled:
            item = self._scene.items_of.get(note_id)
            if item is not None:
                self._scene.update(item.sceneBoundingRect())    # where it was painted last, on its way
                item.setPos(item.card.x, item.card.y)
        opened, self._open = self._open, set()
        for frame in opened:
            frame.let_notes_out(False)
