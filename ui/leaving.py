"""Asks once, in a notice, before a workshop is left that people are still taking part in."""

from collections.abc import Callable
from functools import partial

from core.base.language import _, ngettext
from ui.main_window import MainWindow
from ui.open_desk import OpenDesk
from ui.watching.notices import Choice, Notice, Urgency

LEAVING = "leaving"


class Leaving:
    """One for the window; `forget` for each workshop that is opened."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._has_asked = False

    def forget(self) -> None:
        """Ask again."""
        self._has_asked = False

    def must_ask(self, open_desk: OpenDesk | None, act: Callable[[], None]) -> bool:
        """Ask whether to act all the same; whether that was done."""
        here = open_desk.running.here if open_desk is not None else 0
        slips = open_desk.screen.typed_for.without_slip if open_desk is not None else 0
        if not (here or slips) or self._has_asked:
            return False
        self._has_asked = True
        self._window.notices.tell(self._about_slips(slips, act) if slips else self._about_people(here, act))
        return True

    def _about_people(self, here: int, act: Callable[[], None]) -> Notice:
        what = ngettext("{n} person is still here.", "{n} people are still here.", here).format(n=here)
        advice = _("Their notes are safe. When you close, their phones cannot send any more.")
        stay = Choice(_("Stay"), partial(self._window.notices.settle, LEAVING))
        choices = (Choice(_("Close all the same"), act), stay)
        return Notice(what=what, advice=advice, urgency=Urgency.WARN, choices=choices, topic=LEAVING)

    def _about_slips(self, slips: int, act: Callable[[], None]) -> Notice:
        what = ngettext("{n} person has no slip yet.", "{n} people have no slips yet.", slips).format(n=slips)
        advice = _("Their codes are kept only until you close. Without one they cannot find their notes again.")
        show = Choice(_("Show the slips…"), self._window.actions_["slips"].trigger)
        choices = (show, Choice(_("Close all the same"), act))
        return Notice(what=what, advice=advice, urgency=Urgency.WARN, choices=choices, topic=LEAVING)
