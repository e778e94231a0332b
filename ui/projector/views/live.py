"""The live question that is answered now, in large; on further pages what most people want answered next."""

from core.base.language import _, ngettext
from ui.projector.canvas import SIDE, STRIP, TOP, Canvas
from ui.projector.rows import ListView, Row, words_width
from ui.projector.shown import LiveShown, ShownNote
from ui.projector.text import Block, fitted

LABEL, ASKED, SUPPORT, NEXT = 44.0, 100.0, 44.0, 42.0
SUPPORT_HIGH = 120.0


class LiveView:
    """First the question of now, then the others; these alone where none is answered now."""

    def __init__(self, view: LiveShown, width: float, height: float) -> None:
        self._view = view
        words = words_width(width, place=False, number=True)
        rows = [
            Row(key=note.handle, words=Block(note.text, NEXT, words), number=f"{support}")
            for note, support in view.next
        ]
        heading = _("Next, by how many people want to know") if view.now else view.question
        self._list = ListView(heading, rows, width, height, empty=_("No questions yet. Ask yours on your phone."))
        self._now = self._parts(view.now, width, height) if view.now else []
        waiting = self._list.keys if rows or not self._now else []
        self.keys = [f"now {number}" for number in range(len(self._now))] + waiting

    def paint(self, canvas: Canvas, page: int) -> None:
        """The question of now, or a page of the others."""
        if page < len(self._now):
            self._paint_now(canvas, page)
        else:
            self._list.paint(canvas, page - len(self._now))

    def aside(self, page: int) -> str:
        """How many have been answered."""
        done = self._view.answered
        return ngettext("{n} answered so far", "{n} answered so far", done).format(n=done) if done else ""

    def words(self, page: int) -> str:
        """The question of now, or the heading of the others."""
        if page < len(self._now):
            return ": ".join((_("Answered now"), self._now[page][0].text))
        return self._list.words(page - len(self._now))

    def _parts(self, now: ShownNote, width: float, height: float) -> list[tuple[ShownNote, Block, slice]]:
        """The question as large as it fits; one that no page holds goes on over several."""
        room = height - STRIP - TOP - LABEL * 1.3 - 24 - SUPPORT_HIGH
        block = fitted(now.text, ASKED, width - 2 * SIDE, room, bold=len(now.text) < 120)
        most = max(1, int(room / block.pitch))
        return [(now, block, slice(start, start + most)) for start in range(0, block.count, most)]

    def _paint_now(self, canvas: Canvas, page: int) -> None:
        view, colours, room = self._view, canvas.colours, canvas.width - 2 * SIDE
        now, block, lines = self._now[page]
        label = ", ".join(filter(None, (_("Answered now"), now.name)))
        at = canvas.put(Block(label, LABEL, room, bold=True), SIDE, TOP, colours.accent) + 24
        canvas.put(block, SIDE, at, colours.ink, lines)
        if view.support:
            many = ngettext("{n} person wants to know, too.", "{n} people want to know, too.", view.support)
            told = Block(many.format(n=view.support), SUPPORT, room)
            canvas.put(told, SIDE, canvas.foot - SUPPORT_HIGH + 24, colours.ink)
