"""Notes shown in a second theme, too: their cards and items there. The scene knows each note once, where it lies."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from core.base.ids import NoteId, ThemeId
from core.domain.board import Note
from ui.board.flow import Card
from ui.board.frame_item import FrameItem
from ui.board.note_item import NoteItem
from ui.board.reading import lines_of
from ui.board.sizes import NOTE_WIDTH

if TYPE_CHECKING:
    from ui.board.scene import BoardScene

LAST = "~"
"""Sorts after every key of a note: copies come at the end of a frame."""


class Copies:
    """Read from the board as all of the scene is."""

    def __init__(self, scene: "BoardScene") -> None:
        self._scene = scene
        self._cards: dict[NoteId, dict[FrameItem, Card]] = {}
        self._items: dict[Card, NoteItem] = {}

    def clear(self) -> None:
        """There are none; their items went with their frames."""
        self._cards, self._items = {}, {}

    def cards_for(self, frame: FrameItem) -> list[Card]:
        """The copies of a frame that is filled anew."""
        theme = frame.place.theme
        notes = self._scene.board.copies_in(theme) if theme else []
        return [self._new(frame, note) for note in notes]

    def update(self, note_id: NoteId) -> list[FrameItem]:
        """Put the copies of a note where they belong now; the frames that changed."""
        note = self._scene.board.notes.get(note_id)
        wanted = set(self._frames_for(note)) if note is not None else set()
        has = self._cards.get(note_id, {})
        gone = [frame for frame in has if frame not in wanted or note is None or has[frame].words != note.words]
        for frame in gone:
            frame.flow.remove(has[frame])
            self._forget(frame, note_id)
        new = [frame for frame in wanted if frame not in self._cards.get(note_id, {})]
        for frame in new:
            if note is not None:
                frame.flow.insert(self._new(frame, note))
        self.repaint(note_id)
        return list(dict.fromkeys([*gone, *new]))

    def forget_frame(self, frame: FrameItem) -> None:
        """A frame goes, or shows its notes no more."""
        for note_id in [note_id for note_id, has in self._cards.items() if frame in has]:
            self._forget(frame, note_id)

    def of(self, note_id: NoteId) -> dict[FrameItem, Card]:
        """The frames that show a copy of a note."""
        return self._cards.get(note_id, {})

    def areas_of(self, note_id: NoteId) -> list[QRectF]:
        """Where the copies of a note lie."""
        return [_area(frame, card) for frame, card in self.of(note_id).items()]

    def items_of(self, note_id: NoteId) -> Iterator[NoteItem]:
        """The items of the copies of a note that were made already."""
        return (self._items[card] for card in self.of(note_id).values() if card in self._items)

    def realise(self, frame: FrameItem, card: Card) -> None:
        """Make the item of a copy."""
        if card not in self._items:
            self._items[card] = NoteItem(self._scene.look, card, self._scene.paper_of(card, frame), frame)

    def forget_far(self, keep: QRectF) -> None:
        """Drop the items outside of this area."""
        for has in self._cards.values():
            for frame, card in has.items():
                if card in self._items and not _area(frame, card).intersects(keep):
                    self._scene.removeItem(self._items.pop(card))

    def repaint(self, note_id: NoteId) -> None:
        """Paint the copies of a note on the paper they have now."""
        for frame, card in self.of(note_id).items():
            if card in self._items:
                self._items[card].show_as(self._scene.paper_of(card, frame))

    def follow(self) -> None:
        """Items go where their cards lie now."""
        for card, item in self._items.items():
            item.setPos(card.x, card.y)

    def _frames_for(self, note: Note) -> Iterator[FrameItem]:
        board = self._scene.board
        for theme in board.copies.get(note.id, ()) if note.is_on_board else ():
            frame = self._scene.theme_frame(ThemeId(theme))
            if frame is not None and not frame.is_folded and note.spot.theme != theme:
                yield frame

    def _new(self, frame: FrameItem, note: Note) -> Card:
        lines = lines_of(self._scene.board, self._scene.look, note)
        card = Card(note.id, (LAST, note.arrival, note.id), note.words, lines, is_copy=True)
        self._cards.setdefault(note.id, {})[frame] = card
        frame.copies += 1
        return card

    def _forget(self, frame: FrameItem, note_id: NoteId) -> None:
        has = self._cards[note_id]
        item = self._items.pop(has.pop(frame), None)
        frame.copies -= 1
        if item is not None:
            self._scene.removeItem(item)
        if not has:
            del self._cards[note_id]


def _area(frame: FrameItem, card: Card) -> QRectF:
    top, bottom = frame.seen_y(card.y), frame.seen_y(card.bottom)
    return QRectF(frame.x() + card.x, frame.y() + top, NOTE_WIDTH, bottom - top)
