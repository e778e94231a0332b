"""What lies where on the board: notes and frames found by a point, by an area, by their ids."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF

from core.base.ids import NoteId
from core.domain.board import Board
from ui.board.copies import Copies
from ui.board.flow import Card
from ui.board.frame_item import FrameItem
from ui.board.sizes import NOTE_WIDTH
from ui.places import Place


class Laid:
    """The part of the scene that only looks."""

    board: Board
    frames: dict[Place, FrameItem]
    where: dict[NoteId, FrameItem]
    cards: dict[NoteId, Card]
    copies: Copies

    def frame_at(self, point: QPointF) -> FrameItem | None:
        """The frame under a point; the one on top where they lie over each other."""
        found = [frame for frame in self.frames.values() if frame.area.contains(point)]
        return max(found, key=lambda frame: frame.zValue(), default=None)

    def card_at(self, point: QPointF) -> Card | None:
        """The note under a point."""
        frame = self.frame_at(point)
        return None if frame is None else frame.flow.at(point.x() - frame.x(), frame.flow_y(point.y() - frame.y()))

    def area_of(self, note_id: NoteId) -> QRectF:
        """Where a note lies; empty where it is not on the board."""
        card, frame = self.cards.get(note_id), self.where.get(note_id)
        if card is None or frame is None:
            return QRectF()
        top, bottom = frame.seen_y(card.y), frame.seen_y(card.bottom)
        return QRectF(frame.x() + card.x, frame.y() + top, NOTE_WIDTH, bottom - top)

    def areas_of(self, note_id: NoteId) -> list[QRectF]:
        """Where a note lies, and where it is shown too."""
        area = self.area_of(note_id)
        return [*([] if area.isEmpty() else [area]), *self.copies.areas_of(note_id)]

    def card_of(self, note_id: NoteId) -> Card | None:
        """A note as it lies in its frame, or as it is shown in another where that one is folded."""
        return self.cards.get(note_id) or next(iter(self.copies.of(note_id).values()), None)

    def is_in_theme(self, note_id: NoteId) -> bool:
        """Whether a note lies in a theme."""
        note = self.board.notes.get(note_id)
        return note is not None and self.board.theme_of(note) is not None

    def notes_within(self, area: QRectF) -> list[NoteId]:
        """The notes that lie in an area, wholly or in part."""
        found: list[NoteId] = []
        for frame in self.frames.values():
            top, bottom = frame.flow_y(area.top() - frame.y()), frame.flow_y(area.bottom() - frame.y())
            left, right = area.left() - frame.x() - NOTE_WIDTH, area.right() - frame.x()
            cards = [card for card in frame.flow.between(top, bottom) if left < card.x < right]
            found += [card.note_id for card in sorted(cards, key=lambda card: card.order)]
        return list(dict.fromkeys(found))

    def in_order(self, notes: Iterable[NoteId]) -> list[NoteId]:
        """Notes in the order in which they lie on the board; those that are not on it are left out."""
        wanted = set(notes)
        lying = (card.note_id for frame in self.frames.values() for card in frame.flow.cards)
        return list(dict.fromkeys(note_id for note_id in lying if note_id in wanted))
