"""The venues at the desk: the view that compares them, the panel that names them, and the board of one alone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.base.bidi import isolated
from core.base.ids import VenueId
from core.base.language import _
from core.domain.board import Board
from core.domain.places import as_seen_at, only_from
from core.domain.venues import JoinVenues, venue_name
from ui.acting.actions import Actions
from ui.later import Once
from ui.running import Running
from ui.watching.notices import Notice, Notices

if TYPE_CHECKING:
    from ui.screens.workshop import WorkshopScreen
    from ui.venues.view import CompareView

ONE_VENUE = "one venue"


class Venues(QObject):
    """Lives as long as the workshop's screen, its parent. A desk that runs one venue of several sees the others as the
    organiser lets it."""

    def __init__(self, running: Running, actions: Actions, notices: Notices, screen: "WorkshopScreen") -> None:
        super().__init__(screen)
        self._running, self._actions, self._notices, self._screen = running, actions, notices, screen
        self._only: VenueId | None = None
        self._was_one_of_many = False
        self._view = Once(self._make_view)
        screen.views.currentChanged.connect(self._on_view)
        actions["compare"].triggered.connect(self.show)
        actions["venues"].triggered.connect(self.ask)
        actions["join-venues"].triggered.connect(self._join)
        screen.tools.venue.clicked.connect(self._show_all)
        running.bridge.look_through(self._looked_at)
        if running.sharing is not None:
            running.sharing.changed.connect(self._look_again)

    @property
    def view(self) -> "CompareView":
        """What is shown in the place of board and outline."""
        return self._view()

    def _make_view(self) -> "CompareView":
        from ui.venues.view import CompareView  # after the first paint

        running = self._running
        view = CompareView(running.bridge, running.selection, self._screen.acts, self.whole, running.jobs)
        self._screen.views.addWidget(view)
        view.left.connect(self._actions["board"].trigger)
        view.venue_wanted.connect(self.show_only)
        return view

    @Slot()
    def _look_again(self) -> None:
        """What this desk was let in for is known only once its home is."""
        if self._is_one_of_many is not self._was_one_of_many:
            self._was_one_of_many = self._is_one_of_many
            self._running.bridge.look_through(self._looked_at)

    def whole(self) -> Board:
        """The board as far as this desk may see it, of all venues."""
        board = self._running.session.board
        here = board.venue_of_desk(self._running.session.desk)
        return as_seen_at(board, here) if here is not None and self._is_one_of_many else board

    @Slot()
    def show(self) -> None:
        """In the place of board and outline."""
        self._screen.views.setCurrentWidget(self.view)
        self._actions["compare"].setChecked(True)
        self.view.setFocus()

    @Slot()
    def ask(self) -> None:
        """Which there are, and how they are found."""
        from ui.venues.panel import VenuesPanel  # after the first paint

        window = self._screen.window()
        VenuesPanel(self._running, self._screen.conduct, window, may_change=not self._is_one_of_many).open()

    @Slot(object)
    def show_only(self, venue: VenueId) -> None:
        """On the board, in the outline and beside them; a button above them says so, and leads back."""
        self._only = venue
        self._running.bridge.look_through(self._looked_at)
        name = venue_name(self._running.session.board, venue)
        self._screen.tools.show_venue(name)
        self._screen.conduct.done.emit(_("The board shows {venue} only.").format(venue=isolated(name)))
        self._actions["board"].trigger()

    @Slot()
    def _show_all(self) -> None:
        self._only = None
        self._screen.tools.show_venue("")
        self._running.bridge.look_through(self._looked_at)

    def _looked_at(self, board: Board) -> Board:
        """What the desk shows of a board; the same one where that is everything."""
        if self._only is not None:
            return only_from(board, self._only)
        here = board.venue_of_desk(self._running.session.desk) if self._is_one_of_many else None
        return board if here is None else as_seen_at(board, here)

    @property
    def _is_one_of_many(self) -> bool:
        """Whether it was let in to run a venue, and no more."""
        home = self._running.sharing.home if self._running.sharing is not None else None
        if home is None:
            return False
        from core.sync.roles import Role  # after the first paint

        return home.role is Role.VENUE

    @Slot()
    def _join(self) -> None:
        question = self._running.selection.question
        if self._is_one_of_many:
            self._notices.tell(Notice(what=_("The organiser of all venues changes them."), topic=ONE_VENUE))
        elif question is not None:
            is_apart = self._running.session.board.is_apart(question)
            told = _("All venues see what the others said.") if is_apart else _("Each venue sees its own notes only.")
            self._screen.conduct.change(JoinVenues(question, on=is_apart), told, lambda _saved: None)

    @Slot(int)
    def _on_view(self, _at: int) -> None:
        """What is looked at is said above it; the zoom is of no use here."""
        if self._screen.views.currentWidget() is self._view.made:
            self._screen.tools.show_neither()
            self._screen.status.show_about_zoom(wanted=False)
