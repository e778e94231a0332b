"""Going from note to note by the arrow keys: the next one that way, in its frame and then beyond."""

from enum import Enum

from PySide6.QtCore import QPointF, Qt

from core.base.ids import NoteId, ThemeId
from ui.board.flow import Card
from ui.board.frame_item import FrameItem
from ui.board.scene import BoardScene


class Way(Enum):
    """The four ways, as steps right and down."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


WAYS = {
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
}


def step(scene: BoardScene, focus: NoteId | None, theme: ThemeId | None, way: Way) -> NoteId | None:
    """The note that way from this one, or from a theme; the first of the board where there is none to start from."""
    card, frame = scene.cards.get(focus or NoteId("")), scene.where.get(focus or NoteId(""))
    if card is not None and frame is not None:
        found = _in_frame(frame, card, way) or _beyond(scene, frame, frame.pos() + QPointF(card.x, card.y), way)
        return found.note_id if found else focus
    frame = scene.theme_frame(theme) if theme else None
    if frame is None:
        return first(scene)
    if way is Way.DOWN and frame.flow.cards:
        return frame.flow.cards[0].note_id
    found = _beyond(scene, frame, frame.pos(), way)
    return found.note_id if found else None


def first(scene: BoardScene) -> NoteId | None:
    """The first note in no theme, or else the first of all."""
    frames = list(scene.frames.values())
    for frame in [*frames[-1:], *frames[:-1]]:
        if frame.flow.cards:
            return frame.flow.cards[0].note_id
    return None


def theme_step(
    scene: BoardScene, focus: NoteId | None, theme: ThemeId | None, step_by: int
) -> FrameItem | None:
    """The next or the previous frame: all of themes, and that of the notes in none where it has any."""
    frames = [frame for frame in scene.frames.values() if frame.is_theme or frame.flow.cards]
    here = scene.where.get(focus or NoteId("")) or (scene.theme_frame(theme) if theme else None)
    if not frames:
        return None
    if here not in frames:
        return next((frame for frame in [*frames[-1:], *frames[:-1]] if frame.flow.cards), frames[0])
    return frames[(frames.index(here) + step_by) % len(frames)]


def end_of_frame(scene: BoardScene, focus: NoteId | None, *, last: bool) -> NoteId | None:
    """The first or the last note of the frame."""
    frame = scene.where.get(focus or NoteId(""))
    return frame.flow.cards[-1 if last else 0].note_id if frame else None


def _in_frame(frame: FrameItem, card: Card, way: Way) -> Card | None:
    columns = frame.flow.columns
    at = next(index for index, column in enumerate(columns) if column and column[0].x == card.x)
    right, down = way.value
    if down:
        column = columns[at]
        to = column.index(card) + down
        return column[to] if 0 <= to < len(column) else None
    beside = columns[at + right] if 0 <= at + right < len(columns) else []
    middle = card.y + card.height / 2
    return min(beside, key=lambda other: abs(other.y + other.height / 2 - middle), default=None)


def _beyond(scene: BoardScene, frame: FrameItem, here: QPointF, way: Way) -> Card | None:
    """The nearest note of the nearest frame that way."""
    others = [each for each in scene.frames.values() if each is not frame and each.flow.cards]
    ahead = [each for each in others if _is_ahead(frame, each, way)]
    nearest = min(ahead, key=lambda each: _distance(each, here, way), default=None)
    if nearest is None:
        return None
    there = here - nearest.pos()
    return min(nearest.flow.cards, key=lambda other: abs(other.x - there.x()) + abs(other.y - there.y()))


def _is_ahead(frame: FrameItem, other: FrameItem, way: Way) -> bool:
    match way:
        case Way.LEFT:
            return other.area.right() <= frame.area.left()
        case Way.RIGHT:
            return other.area.left() >= frame.area.right()
        case Way.UP:
            return other.area.bottom() <= frame.area.top()
    return other.area.top() >= frame.area.bottom()


def _distance(other: FrameItem, here: QPointF, way: Way) -> float:
    """How far the frame is; what lies aside counts double."""
    area = other.area
    across = max(area.left() - here.x(), here.x() - area.right(), 0.0)
    along = max(area.top() - here.y(), here.y() - area.bottom(), 0.0)
    return across + 2 * along if way.value[0] else along + 2 * across
