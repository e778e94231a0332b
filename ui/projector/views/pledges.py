"""What was promised, and by when."""

from datetime import date

from core.base.language import _
from core.record.wording import day
from ui.projector.rows import ListView, Row, words_width
from ui.projector.shown import PledgesShown, ShownPledge
from ui.projector.text import Block

TEXT = 44.0


class PledgesView(ListView):
    """One row for each, in order."""

    def __init__(self, view: PledgesShown, width: float, height: float) -> None:
        room = words_width(width, place=True, number=False)
        rows = (
            Row(key=f"{number}", words=Block(told(each), TEXT, room), place=f"{number}")
            for number, each in enumerate(view.pledges, 1)
        )
        super().__init__(_("What will be done"), rows, width, height, empty=_("Nothing has been promised yet."))


def told(pledge: ShownPledge) -> str:
    """What, then who and by when on a line below."""
    by = _("by {day}").format(day=day(date.fromordinal(pledge.by))) if pledge.by else ""
    below = ", ".join(filter(None, (pledge.who, by)))
    return "\n".join(filter(None, (pledge.what, below)))
