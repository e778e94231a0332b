"""What the mouse can do on the board, one class for each way of dragging. Nothing is kept until it is let go."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF

from core.base.bidi import isolated
from core.base.ids import NoteId, ThemeId
from core.base.language import ngettext
from core.domain.terms import Box
from ui.acting.acts import Acts
from ui.acting.selection import Selection
from ui.board.arrange import Area, beside, clear_of
from ui.board.flow import Card
from ui.board.frame_item import FrameItem
from ui.board.overlay import Overlay
from ui.board.scene import BoardScene
from ui.board.sizes import BOARD_MARGIN, EMPTY_FRAME, HEADER, NOTE_GAP, NOTE_WIDTH, columns_in, frame_width
from ui.board.stack import Stack

LEAST_WIDTH = frame_width(1)
LEAST_HEIGHT = HEADER + EMPTY_FRAME


class Hand(Protocol):
    """What a gesture may reach: the parts of the board view."""

    board_scene: BoardScene
    overlay: Overlay
    selection: Selection
    acts: Acts

    @property
    def zoom(self) -> float: ...
    def scroll_by(self, step: QPoint) -> None: ...
    def name_theme(self, theme: ThemeId) -> None: ...


class Gesture(Protocol):
    """A way of dragging, from the first move until it is let go or given up."""

    def move(self, at: QPointF, on_screen: QPoint) -> None: ...
    def finish(self) -> None: ...
    def cancel(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Target:
    """Where dragged notes would land: in a frame before a note, or on the empty table."""

    frame: FrameItem | None
    before: NoteId | None = None
    mark: QLineF | None = None


class NoteDrag:
    """Notes in the hand. They stay where they are, faded, until they are let go somewhere else."""

    def __init__(self, hand: Hand, card: Card, at: QPointF) -> None:
        self._hand = hand
        scene = hand.board_scene
        self.notes = scene.in_order(hand.selection.chosen) or [card.note_id]
        self._target = Target(None)
        self._at = at
        self._card = card
        area = next(each for each in scene.areas_of(card.note_id) if each.contains(at))
        self._hold = at - area.topLeft()
        self._stack = self._made_stack()
        scene.leave_behind(self.notes)

    def move(self, at: QPointF, on_screen: QPoint) -> None:
        """Follow the pointer and show where the notes would go."""
        self._at = at
        target = self._target_at(at)
        if target.frame is not self._target.frame:
            self._light(target.frame)
        self._target = target
        self._hand.overlay.set_mark(target.mark)
        self._stack.follow(at, self.label(), self._hand.zoom)

    def finish(self) -> None:
        """Put the notes there: one command."""
        target, notes = self._target, self.notes
        self.cancel()
        if target.frame is None:
            self._hand.acts.new_theme(notes, box=self._free_box(), then=self._hand.name_theme)
        elif target.frame.place.theme or any(self._hand.board_scene.is_in_theme(n) for n in notes):
            self._hand.acts.move(notes, target.frame.place.theme, target.before)

    def cancel(self) -> None:
        """Leave everything as it was."""
        self._light(None)
        self._hand.overlay.set_mark(None)
        self._hand.board_scene.leave_behind(())
        self._hand.board_scene.removeItem(self._stack)

    def forget_gone(self) -> bool:
        """Let go of notes that were taken back meanwhile; whether any is left."""
        cards = {note: card for note in self.notes if (card := self._hand.board_scene.card_of(note)) is not None}
        there = list(cards)
        if len(there) != len(self.notes) and there:
            self.notes = there
            self._card = cards[there[0]]
            self._hand.board_scene.removeItem(self._stack)
            self._stack = self._made_stack()
            self._stack.follow(self._at, self.label(), self._hand.zoom)
        return bool(there)

    def _made_stack(self) -> Stack:
        scene = self._hand.board_scene
        others = [note for note in self.notes if note != self._card.note_id]
        below = [scene.card_of(note) for note in others[:2]]
        shown = [self._card, *(card for card in below if card is not None)]
        papers = [scene.lifted_paper(card, self._card.height) for card in shown]
        stack = Stack(scene.look, self._card, papers, len(self.notes), self._hold)
        scene.addItem(stack)
        return stack

    def _target_at(self, at: QPointF) -> Target:
        frame = self._hand.board_scene.frame_at(at)
        if frame is None or not frame.is_theme:
            return Target(frame)
        x, y = at.x() - frame.x(), frame.flow_y(at.y() - frame.y())
        card = frame.flow.at(x, y, within=NOTE_GAP / 2)
        if card is None:
            return Target(frame)
        is_above = y < card.y + card.height / 2
        edge = card.y - NOTE_GAP / 2 if is_above else card.bottom + NOTE_GAP / 2
        mark = QLineF(card.x, 0, card.x + NOTE_WIDTH, 0).translated(frame.x(), frame.y() + frame.seen_y(edge))
        before = card if is_above else frame.flow.after(card)
        while before is not None and before.note_id in self.notes:
            before = frame.flow.after(before)
        return Target(frame, before.note_id if before else None, mark)

    def _free_box(self) -> Box:
        """Where the notes were let go, or further down: a theme there would be covered, and its notes with it."""
        scene, box = self._hand.board_scene, _box_at(self._at, self._hold)
        columns = [0.0] * columns_in(box.width)
        for note in self.notes:
            card = scene.card_of(note)
            columns[columns.index(min(columns))] += (card.height if card else 0) + NOTE_GAP
        high = max(box.height, HEADER + max(columns) + NOTE_GAP)
        return Box(box.x, clear_of(placed(scene), Area(box.x, box.y, box.width, high)).y, box.width, box.height)

    def _light(self, frame: FrameItem | None) -> None:
        for each in self._hand.board_scene.frames.values():
            each.set_target(each is frame)

    def label(self) -> str:
        """What letting go now would do."""
        count, frame = len(self.notes), self._target.frame
        if frame is None:
            return ngettext("New theme with {n} note", "New theme with {n} notes", count).format(n=count)
        put = ngettext("Put {n} note in “{theme}”", "Put {n} notes in “{theme}”", count)
        return put.format(n=count, theme=isolated(frame.heading.name))


class FrameDrag:
    """A theme's frame in the hand."""

    def __init__(self, hand: Hand, frame: FrameItem, at: QPointF) -> None:
        self._hand = hand
        self._frame = frame
        self._hold = at - frame.pos()
        self._was = frame.pos()
        frame.setZValue(1.0)

    def move(self, at: QPointF, on_screen: QPoint) -> None:
        """Take the frame along, its notes with it."""
        to = at - self._hold
        self._frame.setPos(max(BOARD_MARGIN, round(to.x())), max(BOARD_MARGIN, round(to.y())))
        self._hand.board_scene.moved_by_hand()

    def finish(self) -> None:
        """Keep it there, or beside what others placed there; frames that nobody placed make room."""
        frame = self._frame
        frame.setZValue(0.0)
        height = frame.box.height if frame.box else float(LEAST_HEIGHT)
        if frame.place.theme and frame.pos() != self._was:
            room = beside(placed(self._hand.board_scene, but=frame), area_of(frame))
            frame.setPos(room.x, room.y)
            self._hand.board_scene.moved_by_hand()
            self._hand.acts.place_theme(frame.place.theme, Box(room.x, room.y, frame.width, height))

    def cancel(self) -> None:
        """Put it back."""
        self._frame.setZValue(0.0)
        self._frame.setPos(self._was)
        self._hand.board_scene.moved_by_hand()


class FrameResize:
    """A frame made bigger or smaller by its corner, in whole columns."""

    def __init__(self, hand: Hand, frame: FrameItem) -> None:
        self._hand = hand
        self._frame = frame
        self._was = frame.box
        frame.setZValue(1.0)

    def move(self, at: QPointF, on_screen: QPoint) -> None:
        """Lay the notes out for the size under the pointer."""
        frame = self._frame
        wide = frame_width(columns_in(max(LEAST_WIDTH, at.x() - frame.x())))
        high = max(LEAST_HEIGHT, round(at.y() - frame.y()))
        self._hand.board_scene.preview_box(frame, Box(frame.x(), frame.y(), float(wide), float(high)))

    def finish(self) -> None:
        """Keep this size."""
        frame, box = self._frame, self._frame.box
        frame.setZValue(0.0)
        if frame.place.theme and box != self._was:
            self._hand.acts.place_theme(frame.place.theme, box)

    def cancel(self) -> None:
        """Give it back the size it had."""
        self._frame.setZValue(0.0)
        self._hand.board_scene.preview_box(self._frame, self._was)


class Band:
    """A rubber band that chooses what it touches, besides what was chosen before."""

    def __init__(self, hand: Hand, at: QPointF, *, adds: bool) -> None:
        self._hand = hand
        self._from = at
        self._before = hand.selection.chosen if adds else ()
        self._was = hand.selection.chosen

    def move(self, at: QPointF, on_screen: QPoint) -> None:
        """Stretch it to the pointer."""
        band = QRectF(self._from, at).normalized()
        self._hand.overlay.set_band(band)
        self._hand.selection.choose((*self._before, *self._hand.board_scene.notes_within(band)))

    def finish(self) -> None:
        """Keep what is chosen."""
        self._hand.overlay.set_band(None)

    def cancel(self) -> None:
        """Choose again what was chosen before."""
        self._hand.overlay.set_band(None)
        self._hand.selection.choose(self._was)


class Pan:
    """The board itself in the hand."""

    def __init__(self, hand: Hand, on_screen: QPoint) -> None:
        self._hand = hand
        self._last = on_screen

    def move(self, at: QPointF, on_screen: QPoint) -> None:
        """Scroll with the pointer."""
        self._hand.scroll_by(self._last - on_screen)
        self._last = on_screen

    def finish(self) -> None:
        """Stay here."""

    def cancel(self) -> None:
        """Stay here."""


def area_of(frame: FrameItem) -> Area:
    """The room it takes."""
    return Area(frame.x(), frame.y(), frame.width, frame.height)


def placed(scene: BoardScene, but: FrameItem | None = None) -> list[Area]:
    """Where the frames stand that people placed."""
    return [area_of(frame) for frame in scene.frames.values() if frame.box and frame is not but]


def _box_at(at: QPointF, hold: QPointF) -> Box:
    """A new frame whose first note lies where the dragged one was let go."""
    corner = at - hold
    x, y = max(BOARD_MARGIN, round(corner.x() - 10)), max(BOARD_MARGIN, round(corner.y() - HEADER))
    return Box(float(x), float(y), float(frame_width(2)), float(LEAST_HEIGHT))
