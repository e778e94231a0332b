"""The question while people write: its words as large as they fit, the time, and what becomes of the notes."""

from core.base.language import _, ngettext
from core.domain.terms import Reveal
from ui.projector.canvas import SIDE, TOP, Canvas
from ui.projector.clock import paint_bar, paint_clock, polite
from ui.projector.shown import QuestionShown
from ui.projector.text import Block, fitted

LABEL, ASKED, RULES = 38.0, 100.0, 42.0
CLOCK_FROM_FOOT, BAR_FROM_FOOT = 310.0, 46.0
SPARE = 24.0


class QuestionView:
    """One page."""

    def __init__(self, view: QuestionShown, width: float, height: float) -> None:
        self._view = view
        self.keys = [""]

    def paint(self, canvas: Canvas, page: int) -> None:
        """Above the question, below the time and the rules."""
        view, colours, room = self._view, canvas.colours, canvas.width - 2 * SIDE
        top = TOP + 12
        if view.of > 1:
            top = canvas.put(Block(self._place(), LABEL, room), SIDE, top, colours.ink_2) + SPARE
        below = canvas.foot - CLOCK_FROM_FOOT
        canvas.put(fitted(view.text, ASKED, room, below - top - SPARE, bold=True), SIDE, top, colours.ink)
        left = SIDE
        if view.timer is not None:
            left = paint_clock(canvas, below)
            paint_bar(canvas, view.timer, canvas.foot - BAR_FROM_FOOT)
        self._paint_rules(canvas, left, below + 16)

    def aside(self, page: int) -> str:
        """How many notes there are, where that may be told."""
        notes, people = self._view.notes, self._view.people
        if notes is None or people is None:
            return ""
        told = ngettext("{n} note", "{n} notes", notes).format(n=notes)
        if not people:
            return told
        return ngettext("{notes} from {n} person", "{notes} from {n} people", people).format(notes=told, n=people)

    def words(self, page: int) -> str:
        """The question; where it is closed, that too."""
        return self._view.text if self._view.is_open else " ".join((self._view.text, *rules(self._view, 0)))

    def _place(self) -> str:
        return _("Question {n} of {all}").format(n=self._view.number, all=self._view.of)

    def _paint_rules(self, canvas: Canvas, left: float, top: float) -> None:
        first, *others = rules(self._view, canvas.left)
        room, foot = canvas.width - SIDE - left, canvas.foot - BAR_FROM_FOOT - 24
        at = canvas.put(fitted(first, RULES, room, 60, bold=True), left, top, canvas.colours.ink)
        canvas.put(fitted("\n".join(others), RULES, room, foot - at), left, at, canvas.colours.ink)


def rules(view: QuestionShown, left: int) -> list[str]:
    """What people may do now, and who sees it."""
    if not view.is_open:
        return [_("This question takes no notes just now."), _("What you wrote is safe.")]
    said = [polite(left)] if view.timer is not None and polite(left) else []
    said = said or [_("Write on your own, as many notes as you like.")]
    said.append({
        Reveal.AT_ONCE: _("Everybody can see them."),
        Reveal.LATER: _("Nobody can see them until we show them together."),
        Reveal.NEVER: _("Only the team reads them."),
    }[view.reveal])  # fmt: skip
    if view.timer is not None and left > 0:
        said.append(_("When the time is up you can still finish your note."))
    return said
