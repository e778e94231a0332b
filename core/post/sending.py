"""Hands the letters that wait to the mail server, one after the other: each is claimed on disk before it goes and
settled after, so that whatever happens in between, nobody gets it twice without a person having said so."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from core.base.mail import MailServer
from core.domain.contact import Way
from core.domain.delivery import Delivery, State
from core.post.message import NoSuchAddress, make_message
from core.post.office import Office, Ready, time_left
from core.post.smtp import CannotSend, Fate, Handed, Line, Open, lost_line, open_line

MOST_TRIES = 3
"""So often is a letter handed in that the server asks to try again."""
MOST_BREAKS = 3
"""So often in a row is a line opened anew."""
REST_SECONDS = 30.0
"""Before a line is opened anew, or a letter tried again, and nothing else is left to do."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is, and how long the rest will take."""

    done: int
    total: int
    left: timedelta


@dataclass(slots=True)
class Tally:
    """What became of the letters of one run."""

    sent: int = 0
    refused: int = 0
    unsure: int = 0
    left: int = 0


class Turns(Protocol):
    """Says when the next letter may go."""

    def next(self, seconds: float) -> bool:
        """Wait so long, and as long as somebody has paused it. False where it was stopped."""


class Pace:
    """Waits by the clock; another thread may pause, resume and stop it."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._paused = self._stopped = False

    @property
    def is_paused(self) -> bool:
        """Whether it stands still."""
        return self._paused

    def next(self, seconds: float) -> bool:
        """See Turns."""
        with self._change:
            self._change.wait_for(lambda: self._stopped, seconds)
            self._change.wait_for(lambda: self._stopped or not self._paused)
            return not self._stopped

    def pause(self) -> None:
        """No letter goes from now on."""
        self._set(paused=True)

    def resume(self) -> None:
        """Letters go again."""
        self._set(paused=False)

    def stop(self) -> None:
        """End it; what waits goes on waiting."""
        with self._change:
            self._stopped = True
            self._change.notify_all()

    def _set(self, *, paused: bool) -> None:
        with self._change:
            self._paused = paused
            self._change.notify_all()


class Sending:
    """One run over what waits. Runs in its caller's thread, and waits for server and clock."""

    def __init__(
        self, office: Office, server: MailServer, password: str, *, turns: Turns | None = None,
        opens: Open = open_line, told: Callable[[Progress], None] = lambda progress: None, rest: float = REST_SECONDS,
    ) -> None:  # fmt: skip
        self._office, self._server, self._password = office, server, password
        self._turns = turns or Pace()
        self._opens, self._told, self._rest = opens, told, rest
        self._line: Line | None = None
        self._breaks = 0
        self._tally = Tally()

    def run(self) -> Tally:
        """Send until nothing waits, or somebody stops it. Raises CannotSend where no line to the server holds; what had
        gone by then has gone, the rest waits."""
        queue = deque(self._office.waiting(Way.EMAIL))
        total = len(queue)
        try:
            gap = 0.0
            while queue and self._turns.next(gap):
                self._told(Progress(total - len(queue), total, time_left(len(queue), self._server.pace)))
                gap = self._step(queue)
        finally:
            self._hang_up()
            self._tally.left = len(queue)
        self._told(Progress(total - len(queue), total, timedelta()))
        return self._tally

    def _step(self, queue: deque[Delivery]) -> float:
        """One letter; how long to wait before the next."""
        line = self._open_line()
        if line is None:
            return self._rest
        ready = self._office.ready(queue[0])
        if ready is None or not self._office.claim(ready):
            queue.popleft()
            return 0.0
        handed = self._hand_in(line, ready)
        return self._after(queue, ready.delivery, handed)

    def _hand_in(self, line: Line, ready: Ready) -> Handed:
        try:
            message = make_message(
                ready.letter, ready.delivery, ready.contact.address, self._server, self._office.clock(), ready.enclosed
            )
        except NoSuchAddress:
            return Handed(Fate.REFUSED, "address")
        return line.hand_in(message, self._server.sender, ready.contact.address)

    def _after(self, queue: deque[Delivery], delivery: Delivery, handed: Handed) -> float:
        """Write down what became of it, on disk, before anything else is done."""
        pace = 60 / self._server.pace
        state = STATES[handed.fate]
        if handed.fate is Fate.LATER and delivery.tries + 1 >= MOST_TRIES:
            state = State.REFUSED
        self._office.settle(delivery, state, handed.why)
        queue.popleft()
        if handed.is_leaving:
            self._hang_up()
        if state is State.QUEUED:
            return self._wait_again(queue, delivery, handed)
        self._breaks = 0
        self._tally.sent += state is State.SENT
        self._tally.refused += state is State.REFUSED
        self._tally.unsure += state is State.UNSURE
        return pace

    def _wait_again(self, queue: deque[Delivery], delivery: Delivery, handed: Handed) -> float:
        again = next((each for each in self._office.waiting(Way.EMAIL) if each.message == delivery.message), delivery)
        queue.append(again)    # at the end: a letter that breaks the line holds up no other
        if handed.fate is Fate.NOT_TRIED:
            self._count_break()
            return self._rest
        return self._rest if all(each.tries for each in queue) else 60 / self._server.pace

    def _open_line(self) -> Line | None:
        """The line that is open, or can be opened. Raises CannotSend where that fails for the third time in a row."""
        if self._line is not None:
            return self._line
        try:
            self._line = self._opens(self._server, self._password)
        except CannotSend:
            if not self._tally.sent and not self._breaks:
                raise    # it never worked: say so at once
            self._count_break()
        return self._line

    def _count_break(self) -> None:
        self._breaks += 1
        if self._breaks >= MOST_BREAKS:
            raise lost_line(self._server)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None


STATES = {
    Fate.SENT: State.SENT, Fate.REFUSED: State.REFUSED, Fate.LATER: State.QUEUED, Fate.UNSURE: State.UNSURE,
    Fate.NOT_TRIED: State.QUEUED,
}  # fmt: skip
