"""You said: the themes that people made of their notes, with how many notes and pledges each has."""

from core.base.language import _, ngettext
from ui.projector.rows import ListView, Row, words_width
from ui.projector.shown import SaidShown, ShownTheme
from ui.projector.text import Block

TEXT = 48.0


class SaidView(ListView):
    """One row for each theme."""

    def __init__(self, view: SaidShown, width: float, height: float) -> None:
        room = words_width(width, place=False, number=True)
        rows = (_row(theme, pledges, room) for theme, pledges in view.themes)
        super().__init__(_("You said"), rows, width, height, empty=_("Nothing is shown yet."))


def _row(theme: ShownTheme, pledges: int, room: float) -> Row:
    promised = ngettext("{n} promise", "{n} promises", pledges).format(n=pledges) if pledges else ""
    words = Block("\n".join(filter(None, (theme.name, promised))), TEXT, room)
    return Row(
        key=theme.handle, words=words, number=f"{theme.count}", apart=ngettext("note", "notes", theme.count)
    )
