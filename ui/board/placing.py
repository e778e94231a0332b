"""A theme put somewhere else on the board without dragging: step by step, with what is around it told in words."""

from PySide6.QtCore import QRectF

from core.base.bidi import isolated
from core.base.ids import ThemeId
from core.base.language import _, ngettext
from core.domain.terms import Box
from ui.board.arrange import beside
from ui.board.frame_item import FrameItem
from ui.board.gestures import LEAST_HEIGHT, Hand, area_of, placed
from ui.board.sizes import BOARD_MARGIN, UNIT, columns_in, frame_width
from ui.board.steps import Way

STEP = UNIT // 18


class Placing:
    """The theme in hand. Others see nothing of it until it is left where it is: one act, one undo."""

    def __init__(self, hand: Hand, theme: ThemeId, frame: FrameItem) -> None:
        self._hand, self._theme = hand, theme
        self._box = frame.box or Box(frame.x(), frame.y(), frame.width, float(LEAST_HEIGHT))
        self._was = self._box
        frame.setZValue(1.0)

    @property
    def _frame(self) -> FrameItem | None:
        """None once somebody else has taken the theme away, or another question is looked at."""
        return self._hand.board_scene.theme_frame(self._theme)

    def go(self, way: Way, steps: int = 1) -> None:
        """Move it so many steps, onto the lines of a grid."""
        across, down = way.value
        self._show(self._box._replace(x=_stepped(self._box.x, across * steps), y=_stepped(self._box.y, down * steps)))

    def grow(self, way: Way) -> None:
        """Make it a column wider or narrower, a step taller or lower; a folded one has only its name."""
        frame = self._frame
        if frame is None or frame.is_folded:
            return
        across, down = way.value
        width = frame_width(max(1, columns_in(frame.width) + across))
        height = max(float(LEAST_HEIGHT), frame.height + down * STEP) if down else self._box.height
        self._show(self._box._replace(width=float(width), height=height))

    def finish(self) -> None:
        """Leave it here, or beside what others placed here; frames that nobody placed make room."""
        frame, scene = self._frame, self._hand.board_scene
        if frame is None or self._box == self._was:
            self.cancel()
            return
        frame.setZValue(0.0)
        room = beside(placed(scene, but=frame), area_of(frame))
        self._hand.acts.place_theme(self._theme, self._box._replace(x=room.x, y=room.y))

    def cancel(self) -> None:
        """Put it back."""
        frame = self._frame
        if frame is not None:
            frame.setZValue(0.0)
        self._hand.board_scene.stand_where_saved()

    def area(self) -> QRectF:
        """Where it stands now; empty where it is no longer on the board."""
        frame = self._frame
        return frame.area if frame is not None else QRectF()

    def words(self) -> str:
        """Where it stands and how wide it is, for ears and eyes."""
        frame = self._frame
        if frame is None:
            return _("This theme is gone.")
        across, down = round((frame.x() - BOARD_MARGIN) / STEP), round((frame.y() - BOARD_MARGIN) / STEP)
        columns = columns_in(frame.width)
        wide = ngettext("{n} column wide", "{n} columns wide", columns).format(n=columns)
        place = _("From the left {across}, from the top {down}").format(across=across, down=down)
        return ", ".join((place, *self._neighbours(frame), wide))

    def _neighbours(self, frame: FrameItem) -> list[str]:
        """The theme it lies over; else those next to it on the left and above."""
        others = [each for each in self._hand.board_scene.frames.values() if each is not frame]
        over = [each for each in others if area_of(each).meets(area_of(frame))]
        if over:
            return [_("over “{theme}”").format(theme=isolated(over[0].heading.name))]
        left, above = QRectF(0, frame.y(), frame.x(), frame.height), QRectF(frame.x(), 0, frame.width, frame.y())
        beside_it = (each for each in others if each.area.intersects(left))
        above_it = (each for each in others if each.area.intersects(above))
        named = (
            (max(beside_it, key=lambda each: each.area.right(), default=None), _("right of “{theme}”")),
            (max(above_it, key=lambda each: each.area.bottom(), default=None), _("below “{theme}”")),
        )
        return [words.format(theme=isolated(each.heading.name)) for each, words in named if each is not None]

    def _show(self, box: Box) -> None:
        frame = self._frame
        if frame is not None:
            self._box = box
            frame.setPos(box.x, box.y)
            self._hand.board_scene.preview_box(frame, box)


def _stepped(now: float, steps: int) -> float:
    """The line of the grid so many steps on; from between two lines, the first step goes to the next."""
    at = (now - BOARD_MARGIN) / STEP
    line = at if at.is_integer() else at // 1 + (steps < 0)
    return BOARD_MARGIN + max(0.0, line + steps) * STEP if steps else now
