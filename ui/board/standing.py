"""How the frames of a board stand: side by side as they can be read, or packed so that all of them are seen."""

from collections.abc import Iterable, Sequence

from ui.board.arrange import (
    Area,
    Arranger,
    Slot,
    loose_span,
    packed,
    settled,
    span_of,
    units_across,
    zoom_across,
)
from ui.board.frame_item import FrameItem


class Standing:
    """`packs` says which of the two. Frames that people placed stand where they were put."""

    def __init__(self) -> None:
        self.packs = False
        self._window = (1280.0, 720.0)
        self._arranger = Arranger(3, 1)

    @property
    def zoom_across(self) -> float:
        """The zoom at which all frames fit the window's width."""
        return zoom_across(self._window[0], units_across(self._window[0]))

    def set_window(self, width: float, height: float) -> bool:
        """The size of the window that the board is seen in; whether the frames have to stand otherwise for it."""
        before, self._window = self._window, (width, height)
        return self.packs or units_across(width) != units_across(before[0])

    def choose(self, frames: Sequence[FrameItem]) -> None:
        """Give all frames new slots, and the size that goes with them."""
        if self.packs and frames:
            self._pack(frames)
        else:
            self._stand_side_by_side(frames)

    def is_outgrown(self, frames: Iterable[FrameItem]) -> bool:
        """Whether the notes in no theme have more or less room than so many themes leave them."""
        loose, themes = self._arranger.loose, sum(not frame.is_aside for frame in frames)
        return loose is not None and loose.span != loose_span(self._arranger.units, themes)

    def give_slot(self, frame: FrameItem, others: Iterable[FrameItem]) -> None:
        """A slot for one frame, beside or below the others."""
        loose = self._arranger.loose
        if loose is not None and frame.is_aside:
            frame.slot = loose
            return
        standing = [each for each in others if each.box is None and each is not frame and not (loose and each.is_aside)]
        taken = [(each.slot, each.height) for each in standing]
        frame.slot = self._arranger.free_slot(span_of(len(frame.flow.cards)), taken)

    def arrange(self, frames: Sequence[FrameItem]) -> list[FrameItem]:
        """Put every frame where it stands now; those that moved."""
        free = (frame for frame in frames if frame.box is None)
        standing = sorted(free, key=lambda frame: (frame.is_aside, frame.is_theme))    # those on their own come last
        by_hand = [frame for frame in frames if frame.box]
        placed = settled([Area(*frame.box[:2], frame.width, frame.height) for frame in by_hand if frame.box])
        areas = self._arranger.tops([frame.slot for frame in standing], [frame.height for frame in standing], placed)
        stand = zip([*standing, *by_hand], [*areas, *placed], strict=True)
        wanted = {frame: (area.x, area.y) for frame, area in stand}
        moved = [frame for frame, (x, y) in wanted.items() if (frame.x(), frame.y()) != (x, y)]
        for frame in moved:
            frame.setPos(*wanted[frame])
        return moved

    def _pack(self, frames: Sequence[FrameItem]) -> None:
        """So that all of the board is seen as large as can be; the notes in no theme come last."""
        spans = [span_of(len(frame.flow.cards)) for frame in frames]
        for frame, span in zip(frames, spans, strict=True):
            frame.slot = Slot(0, span)
            frame.fit()
        slots = packed(spans, [frame.height for frame in frames], *self._window)
        self._arranger = Arranger(max(slot.start + slot.span for slot in slots))
        for frame, slot in zip(frames, slots, strict=True):
            frame.slot = slot

    def _stand_side_by_side(self, frames: Sequence[FrameItem]) -> None:
        """As many as can be read in the window's width; the notes in no theme on the right."""
        units = units_across(self._window[0])
        self._arranger = Arranger(units, loose_span(units, sum(not frame.is_aside for frame in frames)))
        for index, frame in enumerate(frames):
            self.give_slot(frame, frames[:index])
            frame.fit()
