"""The only way from core's threads to the screen: saved events come in at a pace a screen can follow."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from core.base.errors import WorkshopError
from core.base.ids import EventId, NoteId
from core.domain.board import Board
from core.domain.bodies import NoteSaid
from core.domain.commands import Command
from core.domain.events import Event
from core.domain.registers import DeskPlaced, VenuesApart, VenueSet, VenuesJoined
from core.session import Change, Saved, Session

EVENTS_A_TICK = 50
TICK_MS = 16
NARROWED_MS = 250
TOO_MANY = 500
"""More events waiting than this are not played one by one: the models read the board anew."""

MOVES_NOTES = VenueSet | DeskPlaced | VenuesApart | VenuesJoined
"""After these a venue may see other notes than before, though nothing happened to them."""

Then = Callable[[Saved], None]
Otherwise = Callable[[WorkshopError], None]
Lens = Callable[[Board], Board]
Outcome = tuple[Future[Saved], Then | None, Otherwise | None]


def _all_of_it(board: Board) -> Board:
    return board


class Bridge(QObject):
    """Tells the screen's thread what was saved. All but `_on_change` and `_on_done` runs on that thread."""

    changed = Signal(object)           # Change: its events, and `board` once they are in
    was_reset = Signal()               # read `board` anew
    refused = Signal(object)           # WorkshopError
    health_changed = Signal(object)    # Health
    only_viewed = Signal()             # something was tried that changes a workshop which can only be looked at
    _woken = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._changes: deque[Change] = deque()      # filled on the writer's thread
        self._outcomes: deque[Outcome] = deque()    # so is this
        self._waiting: deque[Change] = deque()
        self._thens: dict[EventId, tuple[Then, Saved]] = {}
        self._asleep = True
        self._closed = False
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._woken.connect(self._wake, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = session.subscribe(self._on_change)
        self.board: Board = session.board           # read after subscribing: nothing is missed
        self._lens: Lens = _all_of_it
        self._is_narrowed = False
        self._health = session.health

    @property
    def is_awake(self) -> bool:
        """Whether it ticks; an idle desk does not."""
        return self._timer.isActive()

    def do(self, command: Command, then: Then | None = None, *, otherwise: Otherwise | None = None) -> None:
        """Hand a command to the writer and return at once. `then` is called after the screen has shown what
        was saved; where it was not saved, `refused` says why, and `otherwise` is called."""
        if self.may_act():
            self.session.do(command).add_done_callback(partial(self._on_done, then, otherwise))

    def look_through(self, lens: Lens) -> None:
        """Show from now on what this leaves of the board. It gives the same board back where it leaves everything."""
        self._lens = lens
        if self._waiting or lens(self.session.board) is not self.board:
            self._read_anew()

    def may_act(self) -> bool:
        """Whether anything can be changed; where not, this is told."""
        if self.session.is_view_only:
            self.only_viewed.emit()
        return not self.session.is_view_only

    def close(self) -> None:
        """Hear and say nothing more."""
        if self._closed:
            return
        self._closed = True
        self._unsubscribe()
        self._timer.stop()
        self._woken.disconnect(self._wake)
        for queue in (self._changes, self._outcomes, self._waiting, self._thens):
            queue.clear()

    def _on_change(self, change: Change) -> None:
        """On the writer's thread."""
        self._changes.append(change)
        self._call()

    def _on_done(self, then: Then | None, otherwise: Otherwise | None, future: Future[Saved]) -> None:
        """On the writer's thread, before the listeners hear of the commit."""
        self._outcomes.append((future, then, otherwise))
        self._call()

    def _call(self) -> None:
        if self._asleep and not self._closed:
            self._asleep = False
            self._woken.emit()

    @Slot()
    def _wake(self) -> None:
        self._timer.start()
        self._tick()

    @Slot()
    def _tick(self) -> None:
        if not (self._changes or self._outcomes or self._waiting):
            self._sleep()
            return
        self._hear_outcomes()    # before the changes: the writer tells of them in this order
        while self._changes:
            self._waiting.append(self._changes.popleft())
        if self._must_read_anew():
            self._read_anew()
        elif self._waiting:
            self._pass_on(self._next_few())
        self._look_at_health()

    def _sleep(self) -> None:
        """Stop ticking, unless something came in just now, between looking and falling asleep."""
        self._timer.stop()
        self._asleep = True
        if self._changes or self._outcomes:
            self._call()

    def _hear_outcomes(self) -> None:
        while self._outcomes:
            future, then, otherwise = self._outcomes.popleft()
            try:
                saved = future.result()
            except WorkshopError as error:
                self.refused.emit(error)
                if otherwise is not None:
                    otherwise(error)
                continue
            if then is not None:
                self._keep_for_later(then, saved)

    def _keep_for_later(self, then: Then, saved: Saved) -> None:
        """The future is done before the listeners are told: `then` waits until its last event is passed on."""
        if saved.repeated or not saved.events:
            then(saved)
        else:
            self._thens[saved.events[-1].id] = (then, saved)

    def _must_read_anew(self) -> bool:
        waiting = sum(len(change.events) for change in self._waiting)
        if waiting > TOO_MANY or any(change.reset for change in self._waiting):
            return True
        return any(isinstance(event.body, MOVES_NOTES) for change in self._waiting for event in change.events)

    def _read_anew(self) -> None:
        self._waiting.clear()
        self._look(self.session.board)
        self.was_reset.emit()
        self._run(list(self._thens))

    def _next_few(self) -> Change:
        """The events to show in this tick, with the board that has them all."""
        events: list[Event] = []
        board = self.board
        most = TOO_MANY if self._is_narrowed else EVENTS_A_TICK
        while self._waiting and len(events) < most:
            change = self._waiting.popleft()
            room = most - len(events)
            if len(change.events) > room:
                self._waiting.appendleft(replace(change, events=change.events[room:]))
            events.extend(change.events[:room])
            board = change.board
        return Change(board, tuple(events))

    def _look(self, board: Board) -> None:
        """Through the lens. To narrow a large board takes a while: it is not done at each tick."""
        self.board = self._lens(board)
        self._is_narrowed = self.board is not board
        self._timer.setInterval(NARROWED_MS if self._is_narrowed else TICK_MS)

    def _pass_on(self, change: Change) -> None:
        if change.events:
            self._look(change.board)
            seen = tuple(event for event in change.events if not self._is_out_of_sight(event))
            self.changed.emit(Change(self.board, seen))
            self._run([event.id for event in change.events])

    def _is_out_of_sight(self, event: Event) -> bool:
        """Whether somebody said something that the lens leaves out."""
        is_said = isinstance(event.body, NoteSaid)
        return self._is_narrowed and is_said and NoteId(event.subject) not in self.board.notes

    def _run(self, seen: list[EventId]) -> None:
        for event_id in seen:
            found = self._thens.pop(event_id, None)
            if found is not None:
                then, saved = found
                then(saved)

    def _look_at_health(self) -> None:
        health = self.session.health
        if health is not self._health:
            self._health = health
            self.health_changed.emit(health)
