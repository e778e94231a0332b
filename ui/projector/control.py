"""Leads the projector: which view it shows, on which screen; it follows the board and the step of the agenda."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.base.clock import Clock, to_milliseconds, utc_now
from core.base.ids import QuestionId
from core.base.language import _
from core.domain.board import Board
from ui.pictures import Pictures
from ui.projector.names import what_name
from ui.projector.photos import Photos
from ui.projector.proposing import proposed, question_of
from ui.projector.screens import Place, Screens, best
from ui.projector.shown import JoinShown, ProjectorView, What
from ui.running import Door, Running

if TYPE_CHECKING:
    from ui.projector.window import ProjectorWindow

MOVED_MS = 10 * 60_000
"""So long the join view says that the address has changed: people who scanned the old code look up now and then."""
FOLLOW_MS = 100
"""What happens in this time comes on the picture together."""


class Projector(QObject):
    """Its window is made when it is first wanted, and ends with the workshop. While it is off, nothing is laid out."""

    changed = Signal()               # what it shows, or whether it is on
    toggled = Signal(bool)           # its window came or went
    placed = Signal(str)             # the screen it is on, to be remembered
    went_away = Signal()
    came_back = Signal()
    asked = Signal(str)              # an action of the desk, by a key pressed in its window

    def __init__(
        self, running: Running, desk_window: QWidget, pictures: Pictures, screens: Screens, *, remembered: str = "",
        parent: QObject | None = None, clock: Clock = utc_now,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._bridge, self._selection = running.bridge, running.selection
        self._desk_window, self._screens, self._clock = desk_window, screens, clock
        self._photos = Photos(pictures, self)
        self._remembered = remembered
        self._door: Door | None = None
        self._address = ""    # the last one that phones could come to
        self._here = 0
        self._chosen: What | None = None
        self._step = running.bridge.board.step
        self._view: ProjectorView = JoinShown()
        self._place: Place | None = None    # the screen it is on; None where it is a window beside the desk
        self.is_blank = self.is_still = self.shows_names = self.is_away = False
        self._moved = QTimer(self, interval=MOVED_MS, singleShot=True)
        self._moved.timeout.connect(self._fill_join)
        self._soon = QTimer(self, interval=FOLLOW_MS, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        self.window: ProjectorWindow | None = None
        self._bridge.changed.connect(self._follow)
        self._bridge.was_reset.connect(self._follow)
        self._selection.question_changed.connect(self._follow)
        running.looked.connect(self._look_at_the_time)
        screens.changed.connect(self._on_screens)

    @property
    def is_on(self) -> bool:
        """Whether its window is shown."""
        return self.window is not None and self.window.isVisible()

    @property
    def follows(self) -> bool:
        """Whether the step of the agenda says what is shown."""
        return self._chosen is None

    @property
    def what(self) -> What:
        """The view of now."""
        return self._chosen or proposed(self._board, self._question)

    @property
    def words(self) -> str:
        """What it shows now, for the top bar."""
        if self.is_away:
            return _("Unplugged")
        if not self.is_on:
            return _("Off")
        if self.is_blank:
            return _("Blank")
        return _("{view}, frozen").format(view=what_name(self.what)) if self.is_still else what_name(self.what)

    @Slot(object)
    def show_door(self, door: Door) -> None:
        """How people come in now. An address that is new says so for a while; one that has come back does not."""
        before, self._door = self._address, door
        if door.is_open:
            self._address = door.address
            if before and before != door.address:
                self._moved.start()
        self._fill_join()

    @Slot(int)
    def show_here(self, here: int) -> None:
        """How many are in."""
        self._here = here
        self._fill_join()

    @Slot()
    def toggle(self) -> None:
        """On, or off."""
        if self.is_on:
            self.put_off()
        elif self._door is not None:
            self._put_on()

    @Slot()
    def toggle_join(self) -> None:
        """The join view; once more, and what the agenda asks for is back. Where that is the join view, it goes off."""
        if self.is_on and self.what is What.JOIN and not self.is_blank:
            if proposed(self._board, self._question) is What.JOIN:
                self.put_off()
            self.show(None)
        elif self._door is not None:
            self.show(What.JOIN)

    def show(self, what: What | None) -> None:
        """Show this view until another is chosen; None follows the agenda. What is asked for is seen: neither blank nor
        frozen."""
        self._chosen = what
        self.is_still = self.is_blank = False
        if what is not None and not self.is_on and self._door is not None:
            self._put_on()
        self.refresh()

    def blank(self, *, on: bool) -> None:
        """Show nothing, or again what there is."""
        self.is_blank = on
        self.refresh()

    def hold_still(self, *, on: bool) -> None:
        """Let nothing new come on the picture, or let it follow again. What is hidden meanwhile goes all the same."""
        self.is_still = on
        self.refresh()

    def name_people(self, *, on: bool) -> None:
        """Show the names that people chose beside their notes."""
        self.shows_names = on
        self.refresh()

    def turn(self, by: int) -> None:
        """So many pages on, or back."""
        if self.window is not None:
            self.window.stage.turn(by)

    @Slot()
    def put_off(self) -> None:
        """Take the window away."""
        was_on, self.is_away = self.is_on or self.is_away, False
        if self.window is not None and was_on:
            self.window.hide()
            self.toggled.emit(False)
            self.changed.emit()

    @Slot()
    def next_screen(self) -> None:
        """Go to the next screen there is, also to that of the desk."""
        places = self._screens.places()
        if self.is_on and len(places) > 1:
            keys = [place.key for place in places]
            at = keys.index(self._place.key) if self._place is not None and self._place.key in keys else -1
            self._stand_on(places[(at + 1) % len(places)])

    @Slot()
    def refresh(self) -> None:
        """Show the board as it is."""
        self._draw()
        self.changed.emit()

    def close(self) -> None:
        """End with the workshop."""
        self._soon.stop()
        self._screens.changed.disconnect(self._on_screens)
        if self.window is not None:
            self.window.closed.disconnect(self.put_off)
            self.window.close()
            self.window.deleteLater()
            self.window = None

    @property
    def _board(self) -> Board:
        return self._bridge.board

    @property
    def _question(self) -> QuestionId | None:
        return question_of(self._board, self._selection.question)

    def _next_view(self) -> ProjectorView:
        from ui.projector.serializer import Glance, view_of, without_unseen  # when it is first put on

        if self.is_still:
            return without_unseen(self._view, self._board, names=self.shows_names)
        time = to_milliseconds(self._clock())
        glance = Glance(what=self.what, question=self._question, time=time, names=self.shows_names)
        return view_of(self._board, glance)

    def _draw(self) -> None:
        if self.window is not None and self.is_on:
            self._view = self._next_view()
            self.window.show_view(self._view)
            self.window.blank(on=self.is_blank)

    @Slot()
    def _look_at_the_time(self) -> None:
        """A question opens and closes by the clock, too."""
        if self.what is What.QUESTION:
            self._draw()

    @Slot()
    def _follow(self) -> None:
        if self._board.step != self._step:    # what was chosen was chosen for the step before
            self._step, self._chosen = self._board.step, None
            self.changed.emit()
        if self.is_on and not self._soon.isActive():
            self._soon.start()

    def _put_on(self) -> None:
        if self.window is None:
            from ui.projector.window import ProjectorWindow  # after the first paint

            self.window = ProjectorWindow(self._photos)
            self.window.closed.connect(self.put_off)
            self.window.asked.connect(self.asked)
        was_away, self.is_away = self.is_away, False
        self._fill_join()
        self._stand()
        self._desk_window.activateWindow()
        self.refresh()
        self.toggled.emit(True)
        if was_away:
            self.came_back.emit()

    def _stand(self) -> None:
        """On the screen that is best, or as a window beside the desk."""
        place = best(self._screens.places(), self._screens.key_of(self._desk_window), self._remembered)
        if place is not None:
            self._stand_on(place)
        elif self.window is not None:
            self._place = None
            self.window.resize(1280, 720)
            self.window.showNormal()

    def _stand_on(self, place: Place) -> None:
        if self.window is not None:
            self._place, self._remembered = place, place.key
            self.window.setGeometry(place.area)
            self.window.showFullScreen()
            self.placed.emit(place.key)

    @Slot()
    def _on_screens(self) -> None:
        """The projector was plugged in or out, or has another resolution."""
        places, before = self._screens.places(), self._place
        there = best(places, self._screens.key_of(self._desk_window), self._remembered)
        here = next((place for place in places if before is not None and place.key == before.key), None)
        if self.is_away and there is not None:
            self._put_on()
        elif self.is_on and before is None and there is not None:
            self._stand_on(there)
        elif self.is_on and before is not None and here is None:
            self._go_away()
        elif self.is_on and here is not None and here != before:
            self._stand_on(here)

    def _go_away(self) -> None:
        """Its screen is gone. Qt would put the window over the desk."""
        self.is_away = True
        if self.window is not None:
            self.window.hide()
        self.toggled.emit(False)
        self.went_away.emit()
        self.changed.emit()

    @Slot()
    def _fill_join(self) -> None:
        if self.window is not None and self._door is not None:
            from ui.screens.join_view import Shown  # when it is first put on

            door = self._door
            self.window.show_join(Shown(
                title=self._board.title(), address=door.address, code=door.code, squares=door.squares,
                here=self._here, wifi=door.wifi, wifi_squares=door.wifi_squares,
                has_moved=self._moved.isActive() and door.is_open,
            ))  # fmt: skip
