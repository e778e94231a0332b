"""Says how many phones send faster than they may, with a button that takes nothing more from them; never whose."""

from PySide6.QtCore import QObject, Slot

from core.base.ids import ContributorId
from core.base.language import _, ngettext
from ui.acting.conduct import Conduct
from ui.running import Running
from ui.watching.notices import Choice, Notice, Notices, Urgency

TOPIC = "too fast"


class TooFast(QObject):
    """Looks whenever the door is looked at. A notice that was closed comes again only when there are others."""

    def __init__(self, running: Running, conduct: Conduct, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._running, self._conduct, self._notices = running, conduct, notices
        self._told: frozenset[ContributorId] = frozenset()
        running.looked.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Whether anybody is too fast now whom nothing was done about."""
        board = self._running.bridge.board
        hurried = frozenset(each for each in self._running.too_fast() if not board.is_blocked(each))
        if hurried - self._told:
            self._tell(hurried)
        elif not hurried and self._told:
            self._notices.settle(TOPIC)
        self._told = hurried

    def _tell(self, hurried: frozenset[ContributorId]) -> None:
        count = len(hurried)
        what = ngettext("{n} phone is sending very fast.", "{n} phones are sending very fast.", count)
        stop = ngettext("Take nothing more from it", "Take nothing more from them", count)
        self._notices.tell(
            Notice(
                what=what.format(n=count),
                advice=_("It may be somebody in a hurry. What comes too fast is asked to wait."),
                urgency=Urgency.WARN,
                choices=(Choice(stop, lambda: self._stop(hurried)),),
                topic=TOPIC,
            )
        )

    def _stop(self, hurried: frozenset[ContributorId]) -> None:
        self._notices.settle(TOPIC)
        self._conduct.block(sorted(hurried), on=True)
