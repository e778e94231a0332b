"""Everything at the desk about other desks: the status line's words, the notices, the panels that the menus name."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from core.base.language import _
from ui.main_window import MainWindow
from ui.panes.status_line import StatusLine
from ui.running import Running
from ui.together.bringing import Bringing
from ui.together.sharing import Sharing
from ui.together.turned_down import TurnedDown
from ui.watching.notices import Choice, Notice, Urgency

CONFLICTS = "conflicts"
LINK = "link"
TAKE_OVER = "take over"
SHARED = "shared"


class OtherDesks(QObject):
    """For one open workshop."""

    reopen_wanted = Signal(object)    # what is said then: Notice | None

    def __init__(
        self, running: Running, sharing: Sharing, window: MainWindow, status: StatusLine, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._running, self._sharing, self._window, self._status = running, sharing, window, status
        self._conflicts = 0
        self.bringing = Bringing(running, window, self)
        self._turned_down = TurnedDown(running, window.notices, self)
        sharing.changed.connect(self._show)
        sharing.refused.connect(window.notices.tell_error)
        running.bridge.changed.connect(self._count)
        running.bridge.was_reset.connect(self._count)
        window.actions_["second-desk"].triggered.connect(self.let_join)
        window.actions_["bring-in"].triggered.connect(self.bringing.start)
        window.actions_["online"].triggered.connect(self.share_online)
        window.actions_["take-over"].triggered.connect(self.ask_to_take_over)
        window.actions_["conflicts"].triggered.connect(self.choose)
        self._count()

    @Slot()
    def let_join(self) -> None:
        """The code for a second desk, and who was let in."""
        from ui.dialogs.second_desk import SecondDeskPanel  # after the first paint

        SecondDeskPanel(self._running, self._sharing, self._window).open()

    @Slot()
    def share_online(self) -> None:
        """Give the workshop to an online home; or how the two stand."""
        if self._sharing.home is not None:
            from ui.dialogs.online_home import OnlineHomePanel  # after the first paint

            OnlineHomePanel(self._running, self._sharing, self._window).open()
        elif self._sharing.is_first:
            from ui.dialogs.share_online import ShareOnlinePanel  # after the first paint

            ShareOnlinePanel(self._sharing, self._now_shared, self._window).open()
        else:
            self._window.notices.tell(
                Notice(
                    what=_("This workshop belongs to the first desk."),
                    advice=_("It can be shared through an online home there."), topic=SHARED,
                )
            )

    def _now_shared(self, lasts: bool) -> None:
        """Open it again as a copy of the one at the home, and say what that means."""
        later = "" if lasts else _("This laptop has no keyring: after its next start it needs a new code.")
        what = _("This workshop is shared through the online home now. Everything stays here, too.")
        self.reopen_wanted.emit(Notice(what=what, advice=later, urgency=Urgency.GOOD, topic=SHARED))

    @Slot()
    def choose(self) -> None:
        """What two desks changed at once."""
        from ui.dialogs.conflicts import ConflictsPanel  # after the first paint

        ConflictsPanel(self._running.bridge, self._window).open()

    @Slot()
    def ask_to_take_over(self) -> None:
        """Asked once more: with two first desks the workshop falls apart."""
        online = self._sharing.home is not None
        go_on = Choice(_("Go on without it"), self._take_over)
        stay = Choice(_("Cancel"), lambda: self._window.notices.settle(TAKE_OVER))
        self._window.notices.tell(
            Notice(
                what=_("Is the online home lost for good?") if online else _("Is the first desk lost for good?"),
                advice=_("This desk takes its place. Other desks and phones then join here."),
                urgency=Urgency.WARN, choices=(go_on, stay), topic=TAKE_OVER,
            )
        )  # fmt: skip

    def _take_over(self) -> None:
        self._window.notices.settle(TAKE_OVER)
        self._sharing.take_over(partial(self.reopen_wanted.emit, None))

    @Slot()
    def _show(self) -> None:
        self._status.show_desks(self._sharing.words, well=self._sharing.is_well)
        problem = self._sharing.problem
        if problem is None:
            self._window.notices.settle(LINK)
            return
        again = Choice(_("Join again…"), self._window.actions_["join-desk"].trigger)
        self._window.notices.tell(
            Notice(what=str(problem), advice=problem.advice, urgency=Urgency.WARN, choices=(again,), topic=LINK)
        )

    @Slot()
    def _count(self) -> None:
        """A notice when there is more to choose; it goes when there is nothing."""
        from ui.dialogs.conflicts import how_many

        now = len(self._running.bridge.board.conflicts)
        if now > self._conflicts:
            choose = Choice(_("Choose…"), self._window.actions_["conflicts"].trigger)
            self._window.notices.tell(
                Notice(what=how_many(now), urgency=Urgency.WARN, choices=(choose,), topic=CONFLICTS)
            )
        elif now < self._conflicts:
            self._window.notices.settle(CONFLICTS)
        self._conflicts = now
